"""Whom a policy is for: lines of business, products, states, from labels, letterhead, headings and page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from policyview.anchor import anchor_at, anchor_of
from policyview.extract.fields import iter_fields
from policyview.extract.payer import Payer
from policyview.lexicon import Lexicon
from policyview.model import POLICY_ROLES, Anchor, Applicability, Document, Structure

_LETTERHEAD_CHARS = 900  # before the first rule or notice
_HEADLINE_WORDS = 16  # a longer line of a letterhead is running text
_RUNNING = re.compile(r"[a-z)]\.\s+[A-Z]|\A\s*[a-z]+\s+[a-z]")  # sentences
_BOX = re.compile(r"[☐☑☒✓✔□■❑❒\uf0a8\uf0fe]")
_CHECKED = frozenset("☑☒✓✔■\uf0fe")

# lines that name a state for where somebody sits: the holder of a copyright, an address
_ADDRESS = re.compile(r"(?i)[^\n]*(?:©|\bcopyright|\bassociation,|\bP\.? ?O\.? box|, [A-Z]{2},? \d{5}\b)[^\n]*")

Piece = tuple[str, Anchor]
_StatePatterns = tuple[str, re.Pattern[str], re.Pattern[str]]


def applies_to(
    document: Document, structure: Structure, lexicon: Lexicon, front: int, authority: str, payer: Payer | None
) -> tuple[Applicability, ...]:
    """One entry a line of business, with the products and states that are named beside it."""
    found: dict[str, Applicability] = {}
    pieces = list(_pieces(document, structure, lexicon, front))
    if payer:  # "Federal Employee Program", "WESTLAND MEDICAID": the payer's name tells the line
        pieces.append((payer.name, payer.anchor))
    for text, anchor in pieces:
        for line, products, states in _read(text, lexicon):
            known = found.get(line)
            if known:
                products = (*known.products, *(p for p in products if p not in known.products))
                states = (*known.states, *(s for s in states if s not in known.states))
                anchor = known.anchor or anchor
            found[line] = Applicability(line, products, states, anchor)  # type: ignore[arg-type]
    if authority in ("medicare_national", "medicare_local"):
        return _medicare(document, lexicon, front, authority)
    return tuple(found.values())


def _medicare(document: Document, lexicon: Lexicon, front: int, authority: str) -> tuple[Applicability, ...]:
    """A national determination is for all states, a local one for those of the contractor's jurisdiction."""
    text = document.text[:front]
    match = re.search(r"(?:National|Local)\s+Coverage\s+Determination|\b[NL]CD\b", text)
    if not match:
        return ()
    states = _states(text, lexicon) if authority == "medicare_local" else ()
    return (Applicability("medicare", (), states, anchor_at(document, match.start(), match.end())),)


def _pieces(document: Document, structure: Structure, lexicon: Lexicon, front: int) -> Iterator[Piece]:
    labels = [p for e in lexicon.entries("fields") if e.get("field") in ("line", "state") for p in e.patterns]
    for field in iter_fields(document, tuple(labels), lexicon, front):
        anchor = anchor_at(document, field.start, field.end)
        if _BOX.search(field.value):
            yield from ((segment, anchor) for segment in _checked(field.value))
        else:
            yield field.value, anchor
    for match in re.finditer(r"[^\n]+", document.text[:max(_LETTERHEAD_CHARS, front)]):
        line = match.group()
        if _BOX.search(line):
            anchor = anchor_at(document, match.start(), match.end())
            yield from ((segment, anchor) for segment in _checked(line))
        elif match.start() < _LETTERHEAD_CHARS and len(line.split()) <= _HEADLINE_WORDS and not _RUNNING.search(line):
            yield line, anchor_at(document, match.start(), match.end())
    for furniture in structure.boilerplate:
        if furniture.passage:
            yield furniture.text, anchor_of(document, furniture.passage)
    for part in structure.parts:
        if part.section and part.role in POLICY_ROLES:
            yield part.section.heading, part.section.anchor


def _checked(line: str) -> list[str]:
    """The words after each ticked box."""
    cuts = [m.start() for m in _BOX.finditer(line)] + [len(line)]
    return [line[a + 1:b].strip() for a, b in pairwise(cuts) if line[a] in _CHECKED]


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """What puts a line of business outside, the products, and (line of business, its words)."""
    file = lexicon["lines_of_business"]
    outside = re.compile(rf"(?:{file['excluded'].regex.pattern})[\s(*|:_]*\Z", re.IGNORECASE)
    product = re.compile(rf"\b(?:{'|'.join(file['product'].patterns)})\b")
    return outside, product, tuple(
        (str(e.get("line")), re.compile(rf"(?<![\w-])(?:{e.regex.pattern})(?!\w)", re.IGNORECASE))
        for e in file.values() if e.get("line")
    )


def _read(text: str, lexicon: Lexicon) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    outside, product, lines = _words(lexicon)
    elsewhere = lexicon["lines_of_business"]["elsewhere"].regex
    named = []
    for line, pattern in lines:
        for match in pattern.finditer(text):
            is_outside = outside.search(text[max(0, match.start() - 40):match.start()])
            if not is_outside and not elsewhere.match(text, match.end()):
                named.append(line)
                break
    if not named:
        return
    products = tuple(dict.fromkeys(product.findall(text)))
    states = _states(text, lexicon)
    for line in dict.fromkeys(named):
        yield line, products if len(set(named)) == 1 or line == "commercial" else (), states


def _states(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    any_name, any_short, states = _state_patterns(lexicon)
    text = _ADDRESS.sub(" ", text)
    if not (any_name.search(text) or any_short.search(text)):
        return ()
    return tuple(name for name, printed, short in states if printed.search(text) or short.search(text))


@lru_cache(maxsize=4)
def _state_patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], tuple[_StatePatterns, ...]]:
    """All names and all abbreviations as one expression each, and for each state its own two."""
    entries = lexicon.entries("states")
    names = "|".join(f"(?:{entry.regex.pattern})" for entry in entries)
    states = tuple((str(e.get("name")), e.regex, re.compile(_beside(e.name))) for e in entries)
    return re.compile(names, re.IGNORECASE), re.compile(_beside("|".join(e.name for e in entries))), states


def _beside(abbreviation: str) -> str:
    """An abbreviation counts only beside a line of business ("NH Medicaid")."""
    return rf"\b(?:{abbreviation})(?=\s+(?:Medicaid|Medicare|MassHealth|HealthNet|Clarity|Senior))"
