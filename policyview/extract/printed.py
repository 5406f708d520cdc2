"""A passage as its printed lines: the reading text joins lines, the canonical text still knows where they end."""

from __future__ import annotations

from itertools import pairwise

from policyview.model import Document, Passage


def line_starts(document: Document, passage: Passage) -> tuple[int, ...]:
    """The indexes of ``passage.text`` at which a printed line begins, 0 among them."""
    starts, text = [0] if passage else [], document.text
    for at in range(1, len(passage)):
        before, here = passage.offsets[at - 1], passage.offsets[at]
        broken = at in passage.breaks or (here > before and "\n" in text[before:here])
        if broken and not passage.text[at].isspace():
            starts.append(at)
    return tuple(starts)


def printed_lines(document: Document, passage: Passage) -> tuple[Passage, ...]:
    """The passage cut at line ends, empty lines left out."""
    starts = line_starts(document, passage)
    return tuple(line for a, b in pairwise((*starts, len(passage))) if (line := passage.part(a, b)))
