"""Lines of lists that are set like headings: items between items, and labels inside an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from policyview.model import Passage
from policyview.segment.labels import Reading, split_label
from policyview.segment.strips import Strip

if TYPE_CHECKING:
    from policyview.segment.headings import HeadingFinder

SAME_PLACE = 4.0  # points
Found: TypeAlias = tuple[int, int, Passage]
"""What looks like a heading: its first line, the line after the last, its words."""
_Items: TypeAlias = Sequence[tuple[int, Reading, Strip]]


def without_list_lines(found: list[Found], finder: HeadingFinder) -> list[Found]:
    """The headings without those lines that belong to lists."""
    taken = {start for start, _, _ in found}
    items = [(i, number, strip) for i, strip in enumerate(finder.strips)
             if i not in taken and not strip.table and (number := _number(strip.passage))]
    kept: list[Found] = []
    for one in found:
        if _is_item(one, items, finder) or _is_in_item(one, items, finder, kept[-1][0] if kept else -1):
            _unmark(finder.strips[one[0] : one[1]])
        else:
            kept.append(one)
    return kept


def _unmark(strips: Iterable[Strip]) -> None:
    for strip in strips:
        strip.heading, strip.heading_tail = 0, False


def _is_item(one: Found, items: _Items, finder: HeadingFinder) -> bool:
    """Whether the neighbours in number of a line are list items at the same place: it is an item too."""
    number, strip = _number(one[2]), finder.strips[one[0]]
    return number is not None and all(_has_item(items, one[0], number, strip, step) for step in (-1, 1))


def _is_in_item(one: Found, items: _Items, finder: HeadingFinder, last_heading: int) -> bool:
    """Whether the name of a limit ("Approval Duration") stands at the indentation of an item's text, with more of it
    below, and the item is one of a list."""
    start, end, passage = one
    strips = finder.strips
    line, after = strips[start], strips[end] if end < len(strips) else None
    names_limit = finder.lexicon["statements"]["limits-heading"].regex.fullmatch(passage.text.strip(" :"))
    if not names_limit or after is None or abs(after.x - line.x) > SAME_PLACE:
        return False
    outer = [entry for entry in items if last_heading < entry[0] < start and entry[2].x < line.x - SAME_PLACE]
    if not outer or any(strip.x < line.x - SAME_PLACE for strip in strips[outer[-1][0] + 1 : start]):
        return False
    at, number, strip = outer[-1]
    others = [entry for entry in items if entry[0] != at]
    return any(_has_item(others, at, number, strip, step) for step in (-1, 1))


def _number(passage: Passage) -> Reading | None:
    label, rest = split_label(passage)
    return label.readings[0] if label and rest and not label.is_bullet else None


def _has_item(items: _Items, at: int, number: Reading, strip: Strip, step: int) -> bool:
    """Whether the item before or behind a line in number stands at the same indentation, with no restart between."""
    side = [entry for entry in items if (entry[0] < at) == (step < 0) and entry[1].style == number.style]
    side = [entry for entry in side if abs(entry[2].x - strip.x) <= SAME_PLACE]
    near = (side[-1] if step < 0 else side[0]) if side else None
    return near is not None and near[1].ordinal == number.ordinal + step
