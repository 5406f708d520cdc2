"""What the reading text leaves to the canonical text: where printed lines end; and headings without their labels."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from policyview.model import Document, Passage

_LABEL = re.compile(r"(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])(?:[.):]\s*(?!\d)|(?<=\d)\s+)")


def without_label(heading: str) -> str:
    """A heading without the number or letter printed before it ("7.0", "IV.")."""
    label = _LABEL.match(heading)
    return heading[label.end():] if label else heading


def line_starts(document: Document, passage: Passage) -> tuple[int, ...]:
    """The indexes of ``passage.text`` at which a printed line begins, 0 among them."""
    if not passage:
        return ()
    found = {0, *passage.breaks}
    line_end = document.text.find("\n", passage.start, passage.end)
    while line_end >= 0:
        at = bisect_right(passage.offsets, line_end)
        found.add(at)
        following = passage.offsets[at] if at < len(passage) else passage.end
        line_end = document.text.find("\n", following, passage.end)
    return tuple(sorted(at for at in found if at < len(passage) and not passage.text[at].isspace()))


def printed_lines(document: Document, passage: Passage) -> tuple[Passage, ...]:
    """The passage cut at line ends, empty lines left out."""
    starts = line_starts(document, passage)
    return tuple(line for a, b in pairwise((*starts, len(passage))) if (line := passage.part(a, b)))
