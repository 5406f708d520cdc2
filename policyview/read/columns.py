"""Finds the cells of printed lines: parted by a drawn line, by wide white, or by less of it where a column of the
page begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeAlias

from policyview.read.strokes import Stroke

Spans: TypeAlias = tuple[tuple[int, int, float], ...]

WIDE_EM = 1.5  # white wider than this many type sizes parts cells by itself; running text stays under 1
COLUMN_EM = 0.55  # two blanks after a full stop are 0.5 to 0.56 wide; see ALIGNED_LINES
_OVER_USUAL = 2.0  # a gap must be this much wider than the line's usual one: justified lines are evenly wide
_TOUCHING_PT = 1.0  # a word may reach so far into a drawn line
_ALIGNED_LINES = 3  # so many lines that begin at a place make it a column
_ALIGNED_PT = 0.6  # how exactly they must
_LABEL = re.compile(
    r"(?:[^\w\s(]{1,2}|\(?(?:\d{1,3}|[a-z]|[ivxl]{1,6})[.):]{1,2}|\d+(?:\.\d+)+\.?|o|§)", re.IGNORECASE
)
"""A list label: the white behind it is the item's indentation and parts no cells."""


def is_label(word: str) -> bool:
    """Whether the first word of a line is a list label."""
    return bool(_LABEL.fullmatch(word))


class Printed(Protocol):
    """What is asked of a line: its words' spans and edges, where it begins and its type size."""

    words: Sequence[tuple[int, int]]
    edges: Sequence[tuple[float, float]]
    size: float
    origin: tuple[float, float]


def cells(text: str, lines: Sequence[Printed], walls: Sequence[Stroke] = ()) -> list[Spans]:
    """Each line's cells as (start, end, left edge on the canvas), () for a line that is no row."""
    starts = _columns(lines)
    walled = [_walled(line, walls) for line in lines] if walls else [[] for _ in lines]
    return [_spans(line, cuts) if cuts else _cells(text, line, starts)
            for line, cuts in zip(lines, walled, strict=True)]


def _walled(line: Printed, walls: Sequence[Stroke]) -> list[int]:
    """The words before which a wall stands."""
    height = line.origin[1] + 0.25 * line.size  # about the middle of small letters
    first, last = line.edges[0][0], line.edges[-1][1]
    found = set()
    for wall in walls:
        x = (wall.left + wall.right) / 2
        if not (wall.bottom <= height <= wall.top and first < x < last):
            continue
        for index in range(1, len(line.edges)):
            if line.edges[index - 1][1] - _TOUCHING_PT <= x <= line.edges[index][0] + _TOUCHING_PT:
                found.add(index)
                break
    return sorted(found)


def _columns(lines: Sequence[Printed]) -> list[float]:
    """The places at which several lines of the page begin, in order."""
    counts = Counter(round(line.edges[0][0] / _ALIGNED_PT) for line in lines)
    return sorted(step * _ALIGNED_PT for step, count in counts.items()
                  if count + counts[step - 1] + counts[step + 1] >= _ALIGNED_LINES)


def _cells(text: str, line: Printed, starts: Sequence[float]) -> Spans:
    if len(line.words) < 2 or line.size <= 0:
        return ()
    gaps = [after[0] - before[1] for before, after in pairwise(line.edges)]
    if max(gaps) <= COLUMN_EM * line.size:
        return ()
    usual = sorted(gaps)[(len(gaps) - 1) // 2] if len(gaps) > 2 else 0.0
    cuts = []
    for index, gap in enumerate(gaps, 1):
        is_wide, begins = gap > WIDE_EM * line.size, _is_near(starts, line.edges[index][0])
        is_unusual = gap > COLUMN_EM * line.size and gap > _OVER_USUAL * usual
        if (is_unusual and (is_wide or begins)) or (is_wide and begins):  # in a short row most gaps are wide
            cuts.append(index)
    first = text[line.words[0][0]:line.words[0][1]]
    if cuts == [1] and is_label(first):
        return ()
    return _spans(line, cuts) if cuts else ()


def _spans(line: Printed, cuts: Sequence[int]) -> Spans:
    bounds = [0, *cuts, len(line.words)]
    return tuple((line.words[a][0], line.words[b - 1][1], line.edges[a][0])
                 for a, b in pairwise(bounds))


def _is_near(starts: Sequence[float], x: float) -> bool:
    index = bisect_left(starts, x - 2 * _ALIGNED_PT)
    return index < len(starts) and starts[index] <= x + 2 * _ALIGNED_PT
