"""Finds the changed words of a unit in the canonical text, where a page can light them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz.distance import Levenshtein

from policyview.anchor import anchor_at
from policyview.export.versions import Piece
from policyview.gui.standing import parts
from policyview.model import Anchor, Document
from policyview.versions import Side

_LONGEST = 6_000  # characters of a unit that are aligned one by one; a longer one is lit as a whole
_MOST_WORDS = 60  # that are sought; enough to tell a passage
_UNPRINTED = frozenset("-‐‑‒–—\u00ad\ufffe\u200b\ufeff")  # what healing a line's end may leave out
_TAIL = re.compile(r"\S+(?:\s+\S+){0,2}\s*\Z")


def changed_words(
    document: Document, side: Side, pieces: Sequence[Piece], sort: Literal["old", "new"]
) -> tuple[Anchor, ...]:
    """The places of the pieces of one sort; ``side`` is the unit in that version, in order of the text.

    Empty where the unit has no words of this sort, the whole unit where all of it is of this sort.
    """
    own = [piece for piece in pieces if piece.sort in ("same", sort)]
    whole = tuple(sorted(parts(side.anchor), key=lambda part: part.start))
    if all(piece.sort == sort for piece in own) or len(side.text) > _LONGEST:
        return whole
    letters = [(letter, at) for part in whole for letter, at in _letters(document.text, part.start, part.end)]
    found: list[Anchor] = []
    place_of = _places(side.text, letters)
    start = 0
    for piece in own:
        end = start + len(piece.text)
        if piece.sort == sort:
            found += _anchors(document, [place_of[k] for k in range(start, end) if k in place_of], whole)
        start = end
    return tuple(found)


def words_before(document: Document, end: int) -> Anchor | None:
    """The last words that end at an offset; None where none stand there."""
    tail = _TAIL.search(document.text, max(0, end - 60), end)
    return anchor_at(document, tail.start(), tail.start() + len(tail[0].rstrip())) if tail else None


def find_words(document: Document, text: str) -> Anchor | None:
    """The first place of words, whatever the white space between them; None where it is not found."""
    words = text.split()[:_MOST_WORDS]
    found = re.search(r"\s+".join(map(re.escape, words)), document.text) if words else None
    return anchor_at(document, *found.span()) if found else None


def _letters(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The printed characters between two offsets and where they stand."""
    for at in range(start, end):
        if not text[at].isspace() and text[at] not in _UNPRINTED:
            for letter in unicodedata.normalize("NFKC", text[at]).casefold():  # a ligature is several
                yield letter, at


def _places(text: str, letters: Sequence[tuple[str, int]]) -> dict[int, int]:
    """For each character of a unit's reading text that is found in the source, its canonical offset."""
    own = list(_letters(text, 0, len(text)))
    one, other = [letter for letter, _ in own], [letter for letter, _ in letters]
    if one == other:
        return {at: place for (_, at), (_, place) in zip(own, letters, strict=True)}
    return {
        own[block.a + n][1]: letters[block.b + n][1]
        for block in Levenshtein.opcodes(one, other).as_matching_blocks() for n in range(block.size)
    }  # fmt: skip


def _anchors(document: Document, places: Sequence[int], whole: Sequence[Anchor]) -> Iterator[Anchor]:
    """From the first to the last of the places, cut where another part of the unit begins."""
    for part in whole:
        inside = [place for place in places if part.start <= place < part.end]
        if inside:
            yield anchor_at(document, min(inside), max(inside) + 1)
