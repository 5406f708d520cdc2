"""Cuts a passage into sentences, and a sentence's comma list into its members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policyview.model import Passage

KEPT = 4096  # texts, more than a document has paragraphs
_END = re.compile(
    r"(?<=[.!?;])[\"'”’)\]]*\s+(?=[\"'“‘(\[*†]*[A-Z0-9])|(?<=[.!?])[\"'”’)\]]+\s+(?=[A-Z])"
    r"|(?<=[a-z]{3}[.;])(?=[A-Z][a-z]*\s)"  # a web page lost the blank
    r"|\s+(?=Notes?:\s)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|Dr|Mr|Ms|St|No|Nos|Inc|Ltd|al|approx|Fig|Sec|Ch|cf|U\.S|ie|eg|lbs|wt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?"
    r"|Oct|Nov|Dec)\.|\b[A-Z]\.)$"
)
_COMMA = re.compile(r"\s*[,;]\s*(?:(and/or|and|or)\s+)?")
_LIMIT = r"(?!without\b|with\b|not\b|more\b|less\b|fewer\b|greater\b|older\b|younger\b|later\b|higher\b|equal\b)"
_OR = re.compile(r"(?<!\bwith)(?<!\balone)\s+or\s+" + _LIMIT, re.IGNORECASE)
_LAST = re.compile(r"(?<!\bwith)(?<!\balone)\s+(?:and/or|and|or)\s+" + _LIMIT, re.IGNORECASE)


def split_sentences(passage: Passage) -> list[Passage]:
    """The sentences of a passage, at least one, semicolons before a capital ending one too."""
    parts = [passage.part(start, end) for start, end in _sentence_spans(passage.text)]
    return [part for part in parts if part] or [passage]  # an item of a damaged list may hold no words


@lru_cache(maxsize=KEPT)
def _sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences stand; kept, because a paragraph is cut again by each that reads it."""
    out: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()]
        if _ABBREVIATION.search(before) or before.count("(") > before.count(")"):
            continue
        out.append((start, match.start()))
        start = match.end()
    return (*out, (start, len(text)))


def outside(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches that stand in no parenthesis."""
    for match in pattern.finditer(text):
        before = text[: match.start()]
        if before.count("(") <= before.count(")") and before.count("[") <= before.count("]"):
            yield match


def split_list(passage: Passage) -> list[Passage]:
    """The members of a printed enumeration "a, b (c, d), and e": commas part them, the last "and" or "or" too.

    An "and" or "or" inside an earlier member belongs to it ("pain in the back or the neck").
    """
    commas = list(outside(passage.text, _COMMA))
    edges = [0, *[x for comma in commas for x in comma.span()], len(passage)]
    members = [part for a, b in zip(edges[::2], edges[1::2], strict=True) if (part := passage.part(a, b))]
    if not members or (commas and commas[-1].group(1)):
        return members
    return [*members[:-1], *_parts(members[-1], _LAST)]


def split_or(passage: Passage) -> list[Passage]:
    """The limbs of "a or b"; "with or without c" is one."""
    return _parts(passage, _OR)


def _parts(passage: Passage, pattern: re.Pattern[str]) -> list[Passage]:
    cuts = [m.span() for m in outside(passage.text, pattern)]
    edges = [0, *[x for cut in cuts for x in cut], len(passage)]
    return [part for a, b in zip(edges[::2], edges[1::2], strict=True) if (part := passage.part(a, b))]
