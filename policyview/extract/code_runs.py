"""Finds runs of procedure and diagnosis codes: single codes, lists and ranges, however printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from policyview.lexicon import Lexicon

_RANGE = r"\s*(?:-|‐|‑|–|—|\bto\b|\bthrough\b|\bthru\b)\s*"
_MARKS = r"[*†‡§♦^#®◊¹²³]*"
_LIST = rf"{_MARKS}\s*(?:,\s*(?:and|or)\b|,|;|/|&|\band\b|\bor\b)\s*"

_RANGED = re.compile(rf"{_RANGE}\Z")
_OPEN = re.compile(rf"{_MARKS}\s*[-‐‑–—,]")
_DIGIT = re.compile(r"\d")  # no code is without

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
class _Grammar:
    systems: tuple[tuple[System, re.Pattern[str], bool], ...]
    run: re.Pattern[str]
    loose_run: re.Pattern[str]
    code: re.Pattern[str]
    loose_code: re.Pattern[str]


@lru_cache(maxsize=4)
def _grammar(lexicon: Lexicon) -> _Grammar:
    entries = [entry for entry in lexicon.entries("codes") if entry.get("kind") == "system"]
    systems = tuple(
        (e.get("system"), re.compile("|".join(f"(?:{p})" for p in e.patterns)), bool(e.get("is_listed_only")))
        for e in entries
    )
    strict = "|".join(f"(?:{p})" for e in entries if not e.get("is_listed_only") for p in e.patterns)
    loose = "|".join(f"(?:{p})" for e in entries for p in e.patterns)
    whole = r"(?<![\w.$#/-])(?:{})(?![A-Za-z0-9]|\.\d|-\d{{2,4}}(?!\d)|-x)"
    strict, loose = whole.format(strict), whole.format(loose)
    joined = r"(?:{0})(?:(?:{1}|{2})(?:{3}))*"
    inner = loose.replace(r"(?<![\w.$#/-])", r"(?<![\w.$#])")
    strict_inner = strict.replace(r"(?<![\w.$#/-])", r"(?<![\w.$#])")
    return _Grammar(
        systems,
        re.compile(joined.format(strict, _RANGE, _LIST, strict_inner)),
        re.compile(joined.format(loose, _RANGE, _LIST, inner)),
        re.compile(strict_inner),
        re.compile(inner),
    )


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
    found = []
    for match in (grammar.loose_run if is_listed else grammar.run).finditer(text):
        run = _run(text, match, grammar, lexicon, is_listed=is_listed, revenue=revenue)
        if run:
            found.append(run)
    return tuple(found)


def _run(
    text: str, match: re.Match[str], grammar: _Grammar, lexicon: Lexicon, *, is_listed: bool, revenue: bool
) -> CodeRun | None:
    codes = list((grammar.loose_code if is_listed else grammar.code).finditer(text, match.start(), match.end()))
    spans = list[CodeSpan]()
    for at, code in enumerate(codes):
        system = system_of(code.group(), lexicon, is_listed=is_listed)
        if system is None or (system == "REV") != revenue:
            if not (revenue and code.group().isdigit()):
                continue
            system = "REV"
        between = text[codes[at - 1].end():code.start()] if at else ""
        previous = spans[-1] if spans else None
        is_end = previous is not None and previous.last is None and bool(_RANGED.fullmatch(between))
        if previous and is_end and previous.system == system and previous.code < code.group():
            spans[-1] = CodeSpan(system, previous.code, code.group(), previous.start, code.end())
            continue
        spans.append(CodeSpan(system, code.group(), None, code.start(), code.end()))
    if not spans:
        return None
    rest = text[spans[-1].end:].strip()
    return CodeRun(
        spans[0].start, spans[-1].end, tuple(spans),
        is_open=bool(_OPEN.fullmatch(rest)), is_range=bool(re.fullmatch(r"[-‐‑–—]", rest)),
    )
