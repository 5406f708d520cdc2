"""Makes an anchor of a place in the canonical text, and finds an anchor again in another text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from policyview.model import Anchor, Document, Passage

CONTEXT_CHARS = 32  # enough to tell repeated phrases apart; see test_repeated_phrase
FLOOR = 0.85  # copies of a quote with 10 % noise scored 0.896 or more, absent quotes 0.52 in the median
MARGIN = 0.05  # a runner-up as near as this makes a fuzzy place a guess
MIN_FUZZY_CHARS = 16  # squashed; shorter quotes look like something everywhere
CONTEXT_MARGIN = 0.25  # how much likelier (0-1) its surroundings make one of two equal places
SLACK_CHARS = 16  # how far the ends of a fuzzy place are moved to fall on word boundaries

Sense = Callable[[str], Hashable]
"""What two texts must share to be the same statement: numbers, comparators, negations (``wording.sense``)."""


def anchor_at(document: Document, start: int, end: int) -> Anchor:
    """The anchor of ``canonical[start:end]``."""
    text = document.text
    return Anchor(
        start, end, document.page_at(start), text[start:end],
        text[max(0, start - CONTEXT_CHARS):start], text[end:end + CONTEXT_CHARS],
    )


def unbroken(passage: Passage) -> list[tuple[int, int]]:
    """The places of a passage in the canonical text, one for each stretch that no page furniture interrupts."""
    cuts = [0, *sorted(passage.breaks), len(passage)]
    parts = [passage.part(a, b) for a, b in pairwise(cuts) if a < b]
    return [(part.start, part.end) for part in parts if part]


def anchor_of(document: Document, passage: Passage) -> Anchor:
    """The anchor of a passage: its longest part that no page furniture interrupts, the others in ``continues``."""
    if not passage:
        raise ValueError("An empty passage has no anchor")
    anchors = [anchor_at(document, start, end) for start, end in unbroken(passage)]
    longest = max(anchors, key=lambda a: a.end - a.start)
    rest = tuple(a for a in anchors if a is not longest)
    return longest if not rest else Anchor(
        longest.start, longest.end, longest.page, longest.quote, longest.prefix, longest.suffix, continues=rest
    )


def find(document: Document, quote: str, prefix: str = "", suffix: str = "", *, sense: Sense) -> Anchor | None:
    """The place of ``quote`` in the document's text, or None where it is not found.

    Tried in this order: exact, white-space-blind (case, ligatures, dashes and line-end hyphens folded too), fuzzy.
    Of several equal places the one whose surroundings are most like ``prefix`` and ``suffix`` is taken. A fuzzy
    place must score ``FLOOR``, lie ``MARGIN`` above the best other place (or be told by its surroundings) and have
    the ``sense`` of the quote: a look-alike with another number or one "not" more is not a match.
    """
    text = document.text
    if not quote.strip():
        return None
    if spans := [(a, b) for a, b in _occurrences(text, quote) if _is_whole(text, a, b, prefix, suffix)]:
        start, end = max(spans, key=lambda span: _context_likeness(text, span, prefix, suffix))
        return anchor_at(document, start, end)
    folded, needle = _squashed(text), _squashed(quote)
    if not needle.text:
        return None
    spans = [folded.span(a, b) for a, b in _occurrences(folded.text, needle.text)]
    alike = [s for s in spans if _is_whole(text, *s, prefix, suffix) and sense(text[s[0]:s[1]]) == sense(quote)]
    if alike:
        start, end = max(alike, key=lambda span: _context_likeness(text, span, prefix, suffix))
        return _with_match(anchor_at(document, start, end), "folded", 1.0)
    return _fuzzy(document, quote, prefix, suffix, folded, needle, sense)


@dataclass(frozen=True)
class _Squashed:
    """Text without white space, case and typographic variety; ``text[i]`` comes from ``offsets[i]``."""

    text: str
    offsets: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.offsets[start], self.offsets[end - 1] + 1


_DASHES = frozenset("-‐‑‒–—―−\u00ad\ufffe")
_QUOTES = {"‘": "'", "’": "'", "“": '"', "”": '"'}


def _squashed(text: str) -> _Squashed:
    kept, offsets = list[str](), list[int]()
    for at, original in enumerate(text):
        if original.isspace() or original in "\u200b\ufeff":
            continue
        if original in _DASHES:  # one engine heals a line-end hyphen, the other keeps it; "10-20" stays "10-20"
            if not _stands_between_digits(text, at):
                continue
            original = "-"
        for character in unicodedata.normalize("NFKC", _QUOTES.get(original, original)).casefold():
            if not character.isspace():
                kept.append(character)
                offsets.append(at)
    return _Squashed("".join(kept), offsets)


def _stands_between_digits(text: str, at: int) -> bool:
    left, right = text[max(0, at - 3):at].rstrip(), text[at + 1:at + 4].lstrip()
    return bool(left and right and left[-1].isdigit() and right[0].isdigit())


def _occurrences(text: str, part: str) -> Iterator[tuple[int, int]]:
    at = text.find(part)
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + 1)


def _is_whole(text: str, start: int, end: int, prefix: str, suffix: str) -> bool:
    """Whether the place does not cut a word or number ("5 mg" in "15 mg"), unless the quote itself did so."""
    cuts_left = _joined(text[start - 1:start], text[start:start + 1], text[max(0, start - 2):start - 1])
    cuts_right = _joined(text[end - 1:end], text[end:end + 1], text[end + 1:end + 2])
    cut_before = bool(prefix) and _joined(prefix[-1], text[start:start + 1], prefix[-2:-1])
    cut_after = bool(suffix) and _joined(text[end - 1:end], suffix[0], suffix[1:2])
    return (not cuts_left or cut_before) and (not cuts_right or cut_after)


def _joined(left: str, right: str, beyond: str) -> bool:
    if left.isalnum() and right.isalnum():
        return True
    decimal = (left in (".", ",") and right.isdigit()) or (left.isdigit() and right in (".", ","))
    return bool(left and right) and decimal and beyond.isdigit()


def _context_likeness(text: str, span: tuple[int, int], prefix: str, suffix: str) -> float:
    """0-1: how alike the surroundings of a place and those of the quote are."""
    before = _squashed(text[max(0, span[0] - 2 * CONTEXT_CHARS):span[0]]).text
    after = _squashed(text[span[1]:span[1] + 2 * CONTEXT_CHARS]).text
    wanted_before, wanted_after = _squashed(prefix).text, _squashed(suffix).text
    parts = []
    if wanted_before:
        parts.append(fuzz.ratio(wanted_before, before[-len(wanted_before):]) / 100)
    if wanted_after:
        parts.append(fuzz.ratio(wanted_after, after[:len(wanted_after)]) / 100)
    return sum(parts) / len(parts) if parts else 0.0


def _fuzzy(
    document: Document, quote: str, prefix: str, suffix: str, folded: _Squashed, needle: _Squashed, sense: Sense
) -> Anchor | None:
    if len(needle.text) < MIN_FUZZY_CHARS or len(folded.text) < len(needle.text) // 2:
        return None
    best = _nearest(needle.text, folded.text, 0, len(folded.text))
    if best is None or best[0] < FLOOR:
        return None
    before = _nearest(needle.text, folded.text, 0, best[1])
    after = _nearest(needle.text, folded.text, best[2], len(folded.text))
    rivals = [best, *(other for other in (before, after) if other is not None and other[0] > best[0] - MARGIN)]
    likeness = [_context_likeness(document.text, folded.span(a, b), prefix, suffix) for _, a, b in rivals]
    ranked = sorted(zip(likeness, rivals, strict=True), reverse=True)
    if len(ranked) > 1 and ranked[0][0] < ranked[1][0] + CONTEXT_MARGIN:
        return None  # a guess between two places is no match
    score, a, b = ranked[0][1]
    start, end = _settled(document.text, *folded.span(a, b), needle.text)
    if sense(document.text[start:end]) != sense(quote):
        return None
    return _with_match(anchor_at(document, start, end), "fuzzy", round(score, 3))


def _nearest(needle: str, text: str, start: int, end: int) -> tuple[float, int, int] | None:
    """(score 0-1, start, end) of the part of ``text[start:end]`` that is most like ``needle``."""
    if end - start < len(needle) // 2:
        return None
    alignment = fuzz.partial_ratio_alignment(needle, text[start:end], score_cutoff=50.0)
    if alignment is None or alignment.dest_end <= alignment.dest_start:
        return None
    return alignment.score / 100, start + alignment.dest_start, start + alignment.dest_end


def _settled(text: str, start: int, end: int, needle: str) -> tuple[int, int]:
    """The word-bounded span near ``[start, end)`` that is most like the needle."""
    starts = [start] + [
        k for k in range(max(0, start - SLACK_CHARS), min(end, start + SLACK_CHARS))
        if not text[k].isspace() and (k == 0 or text[k - 1].isspace())
    ]
    ends = [end] + [
        k for k in range(max(start + 1, end - SLACK_CHARS), min(len(text), end + SLACK_CHARS) + 1)
        if not text[k - 1].isspace() and (k == len(text) or not text[k].isalnum() or not text[k - 1].isalnum())
    ]
    return max(
        ((a, b) for a in starts for b in ends if a < b),
        key=lambda span: fuzz.ratio(needle, _squashed(text[span[0]:span[1]]).text),
    )


def _with_match(anchor: Anchor, match: str, score: float) -> Anchor:
    return Anchor(
        anchor.start, anchor.end, anchor.page, anchor.quote, anchor.prefix, anchor.suffix,
        "folded" if match == "folded" else "fuzzy", score,
    )
