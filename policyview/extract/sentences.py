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
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|Dr|Mr|Ms|St|No|Nos|Inc|Ltd|al|approx|Fig|Sec|Ch|cf|U\.S|ie|eg|lbs|wt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?"
    r"|Oct|Nov|Dec)\.|\b[A-Z]\.)$"
)
_COMMA = re.compile(r"\s*[,;]\s*(?:(?:and/or|and|or)\s+)?")
_LAST = re.compile(r"\s+(?:and/or|and|or)\s+")
_OR = re.compile(r"\s+or\s+")


def split_sentences(passage: Passage) -> list[Passage]:
    """The sentences of a passage, semicolons before a capital ending one too."""
    return [sentence for start, end in _sentence_spans(passage.text) if (sentence := passage.part(start, end))]


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


def _outside(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches that stand in no parenthesis."""
    for match in pattern.finditer(text):
        before = text[: match.start()]
        if before.count("(") <= before.count(")") and before.count("[") <= before.count("]"):
            yield match


def split_list(passage: Passage, at_or: bool = True) -> list[Passage]:
    """The members of a printed enumeration "a, b (c, d), and e or f": commas part them, the last "and"/"or" too.

    An "or" inside a member parts it as well, since each limb is a use of its own; an "and" before the last
    comma does not. Without ``at_or`` an "or" inside a member belongs to it ("pain in the back or the neck").
    """
    members: list[Passage] = []
    start = 0
    for match in _outside(passage.text, _COMMA):
        members.append(passage.part(start, match.start()))
        start = match.end()
    members.append(passage.part(start))
    members = [m for m in members if m]
    if len(members) == 1:
        return _halves(members[0], _LAST)
    if not at_or:  # only the last comma's "or" parts
        return [*members[:-1], *_halves(members[-1], _LAST)]
    return [half for member in members for half in _halves(member, _OR)]


def _halves(passage: Passage, pattern: re.Pattern[str]) -> list[Passage]:
    cuts = [m.span() for m in _outside(passage.text, pattern)]
    edges = [0, *[x for cut in cuts for x in cut], len(passage)]
    return [part for a, b in zip(edges[::2], edges[1::2], strict=True) if (part := passage.part(a, b))]
