"""Finds runs of procedure and diagnosis codes: single codes, lists and ranges, however printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from policyview.lexicon import Lexicon

_RANGE = r"\s*(?:-|‐|‑|–|—|\bto\b|\bthrough\b|\bthru\b)\s*"
_MARKS = r"[*†‡§♦^#®◊¹²³]*"
_LIST = rf"{_MARKS}\s*(?:,\s*(?:and|or)\b|,|;|/|&|\band\b|\bor\b)\s*"

_RANGED = re.compile(rf"{_RANGE}\Z")
_OPEN = re.compile(rf"{_MARKS}\s*[-‐‑–—,]")
_DIGIT = re.compile(r"\d")  # no code is without
_BEFORE = r"(?<![\w.$#/-])"  # neither inside a word, number or path
_INNER = r"(?<![\w.$#])"  # of the second code of a range or list
_AFTER = r"(?![A-Za-z0-9]|\.\d|-\d{3,4}(?!\d)|-\d{2}-|-x)"  # no postal or drug code, no telephone; "-25" modifies
_SEVENTH = re.compile(r"\s?[(\[]\s*([A-HJ-NP-S](?:\s*[,/]\s*[A-HJ-NP-S])*)\s*[)\]]")  # Q10.20X (A, D, S)
_SIBLINGS = re.compile(r"((?:\s*[,/]\s*[A-HJ-NP-S])+)(?![\w.])")  # Q10.20XA, D, S
_SHORT_END = re.compile(r"[-–](\d)(?![\w.-])")  # 99001-5
_FULL = 8  # characters of a diagnosis code that has its seventh

_BRACKETED = re.compile(r"\s?[-–—]?\s?\((?P<words>[A-Z][a-z](?:[^()]|\([^()]*\))+)\)")

System = Literal["CPT", "HCPCS", "ICD-10-CM", "ICD-10-PCS", "REV"]


@dataclass(frozen=True)
class CodeSpan:
    """A code, or a range of codes, at ``[start, end)`` of a text."""

    system: System
    code: str
    last: str | None
    start: int
    end: int


@dataclass(frozen=True)
class CodeRun:
    """Codes that stand together. ``is_open`` where the text ends in a dash (``is_range``) or comma after the run."""

    start: int
    end: int
    spans: tuple[CodeSpan, ...]
    is_open: bool = False
    is_range: bool = False


@dataclass(frozen=True)
class _Shape:
    run: re.Pattern[str]
    code: re.Pattern[str]


@dataclass(frozen=True)
class _Grammar:
    systems: tuple[tuple[System, re.Pattern[str], bool], ...]
    strict: _Shape
    loose: _Shape
    revenue: _Shape


@lru_cache(maxsize=4)
def _grammar(lexicon: Lexicon) -> _Grammar:
    entries = [entry for entry in lexicon.entries("codes") if entry.get("kind") == "system"]
    systems = tuple(
        (e.get("system"), re.compile("|".join(f"(?:{p})" for p in e.patterns)), bool(e.get("is_listed_only")))
        for e in entries
    )
    strict = "|".join(f"(?:{p})" for e in entries if not e.get("is_listed_only") for p in e.patterns)
    loose = "|".join(f"(?:{p})" for e in entries for p in e.patterns)
    revenue = "|".join(f"(?:{p})" for e in entries if e.get("system") == "REV" for p in e.patterns)
    return _Grammar(systems, _shape(strict, _AFTER), _shape(loose, _AFTER), _shape(revenue, r"(?![\w.])"))


def _shape(codes: str, after: str) -> _Shape:
    first, inner = f"{_BEFORE}(?:{codes}){after}", f"{_INNER}(?:{codes}){after}"
    return _Shape(re.compile(f"(?:{first})(?:(?:{_RANGE}|{_LIST})(?:{inner}))*"), re.compile(inner))


def system_of(code: str, lexicon: Lexicon, *, is_listed: bool) -> System | None:
    """The code system that prints codes like this."""
    return next(
        (s for s, expression, listed_only in _grammar(lexicon).systems
         if (is_listed or not listed_only) and expression.fullmatch(code)),
        None,
    )


def iter_runs(text: str, lexicon: Lexicon, *, is_listed: bool, revenue: bool = False) -> tuple[CodeRun, ...]:
    """All runs of a text, in order. ``is_listed`` allows what is a code only in a list of codes (J80)."""
    if not _DIGIT.search(text):
        return ()
    grammar = _grammar(lexicon)
    shape = grammar.loose if is_listed else grammar.strict
    system: System | None = None
    if revenue and _is_revenue(text, grammar, shape):
        shape, system = grammar.revenue, "REV"
    runs = (_run(text, match, shape, lexicon, system, is_listed=is_listed) for match in shape.run.finditer(text))
    return tuple(run for run in runs if run)


def _is_revenue(text: str, grammar: _Grammar, shape: _Shape) -> bool:
    """Whether a text under a revenue label begins with revenue codes, not with codes of another system."""
    first, other = grammar.revenue.run.search(text), shape.run.search(text)
    return first is not None and (other is None or first.start() <= other.start())


def _run(
    text: str, match: re.Match[str], shape: _Shape, lexicon: Lexicon, only: System | None, *, is_listed: bool
) -> CodeRun | None:
    codes = list(shape.code.finditer(text, match.start(), match.end()))
    spans = list[CodeSpan]()
    for at, code in enumerate(codes):
        system = only or system_of(code.group(), lexicon, is_listed=is_listed)
        if system is None or (system == "REV" and not only):
            continue
        between = text[codes[at - 1].end():code.start()] if at else ""
        name = code.group().replace(",", ".")  # a slip of print
        previous = spans[-1] if spans else None
        is_end = previous is not None and previous.last is None and bool(_RANGED.fullmatch(between))
        if previous and is_end and previous.system == system and previous.code < name:
            spans[-1] = CodeSpan(system, previous.code, name, previous.start, code.end())
            continue
        spans.append(CodeSpan(system, name, None, code.start(), code.end()))
    if not spans:
        return None
    spans[-1:] = _spelled_out(text, spans[-1])
    rest = text[spans[-1].end:].strip()
    return CodeRun(
        spans[0].start, spans[-1].end, tuple(spans),
        is_open=bool(_OPEN.fullmatch(rest)), is_range=bool(re.fullmatch(r"[-‐‑–—]", rest)),
    )


def _spelled_out(text: str, span: CodeSpan) -> list[CodeSpan]:
    """The codes that the print shortens: one for each seventh character, or the end of a range by its last digit."""
    code = span.code
    if span.last:
        return [span]
    if span.system == "CPT":
        end = _SHORT_END.match(text, span.end)
        is_range = end is not None and code[-1] < end[1]
        return [replace(span, last=code[:-1] + end[1], end=end.end())] if end and is_range else [span]
    full = len(code) == _FULL
    letters = (_SIBLINGS if full else _SEVENTH).match(text, span.end) if span.system == "ICD-10-CM" else None
    if letters is None:
        return [span]
    stem = code[:-1] if full else code
    seventh = re.findall(r"[A-Z]", (code[-1] if full else "") + letters[1])
    return [replace(span, code=stem + letter, end=letters.end()) for letter in seventh]


def bracketed(text: str, run: CodeRun) -> str | None:
    """The description in brackets right behind one code that stands in a sentence ("99999-(Rolling of barrels)")."""
    match = _BRACKETED.match(text, run.end) if len(run.spans) == 1 else None
    return " ".join(match.group("words").split()) if match else None
