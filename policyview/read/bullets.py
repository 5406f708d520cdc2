"""Bullets that a page draws as small shapes or pictures: its text layer does not hold them.

Web pages printed to PDF draw all their bullets so. Without them a list reads as one paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyview.read import columns
from policyview.read.strokes import Mark, Stroke

SIGNS = {"filled": "• ", "hollow": "○ ", "picture": "• "}
_LEAST, _MOST = 0.12, 0.85  # in type sizes: how wide and high a bullet is
_ROUND = 1.5  # how much wider than high, or higher than wide
_LOW, _HIGH = 0.12, 0.5  # in type sizes above the foot of the letters: where its middle is
_NEAR, _FAR = 0.2, 3.0  # in type sizes: the white between it and the words
_MOST_MARKS = 400  # a page with more small shapes is a drawing


@dataclass(frozen=True)
class Bullet:
    """A drawn bullet before the word that begins at ``at``: what it looks like, and its left edge on the canvas."""

    at: int
    sign: str
    left: float


def bullets(printed: str, lines: Sequence[columns.Printed], marks: Sequence[Mark]) -> dict[int, Bullet]:
    """The bullet of each line that has one, by the line's place in ``lines``."""
    if not 0 < len(marks) <= _MOST_MARKS:
        return {}
    return {nth: bullet for nth, line in enumerate(lines) if (bullet := _of_line(printed, line, marks))}


def _of_line(printed: str, line: columns.Printed, marks: Sequence[Mark]) -> Bullet | None:
    own = [mark for mark in marks if _stands_before(mark.box, line)]
    start, end = line.words[0]
    if not own or columns.is_label(printed[start:end]):
        return None
    if max(mark.box.left for mark in own) - min(mark.box.left for mark in own) > _LEAST * line.size:
        return None  # several beside each other: a row of dots
    return Bullet(start, SIGNS[own[0].kind], own[0].box.left)


def _stands_before(box: Stroke, line: columns.Printed) -> bool:
    """Whether a shape is as small as a bullet, and stands where the bullet of a line stands."""
    size, wide, high = line.size, box.right - box.left, box.top - box.bottom
    return (
        _NEAR * size <= line.edges[0][0] - box.right <= _FAR * size
        and _LOW * size <= (box.bottom + box.top) / 2 - line.origin[1] <= _HIGH * size
        and _LEAST * size <= min(wide, high)
        and max(wide, high) <= min(_MOST * size, _ROUND * min(wide, high))
    )
