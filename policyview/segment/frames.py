"""Frames: the tables that a page draws with lines, and which cell a place on the page lies in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from policyview.model import Rule

NEAR = 3.0  # points between lines that are drawn as one, or that touch
LONGEST_GAP = 4.0  # points between two pieces of one line
SHORTEST = 5.0  # points; a shorter mark is no line of a table
SAME_COLUMNS = 8.0  # points between the edges of a table and its continuation on the next page
PAGE_END = 1e5  # points; the foot of every page
MOST_RULES = 4000  # a page with more is a drawing


@dataclass(frozen=True)
class _Bar:
    """A merged line: at ``at`` across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float


@dataclass(eq=False)
class Frame:
    """A drawn table of one page. ``xs`` and ``ys`` are its edges; ``roots`` gives for each of the smallest fields
    (row, column) the first field of the cell it belongs to, the same where no line parts them."""

    page: int
    xs: list[float]
    ys: list[float]
    roots: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    is_half_drawn: bool = False  # below its head only lines from row to row

    def add_row(self, end: float) -> None:
        """One more row below the others, down to ``end``, each field a cell of its own."""
        row = len(self.ys) - 1
        self.ys.append(end)
        self.roots |= {(row, column): (row, column) for column in range(len(self.xs) - 1)}

    def has_columns_of(self, other: Frame) -> bool:
        return len(self.xs) == len(other.xs) and all(
            abs(a - b) <= SAME_COLUMNS for a, b in zip(self.xs, other.xs, strict=True)
        )

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The first field of the cell that holds a place, None outside."""
        column, row = bisect_right(self.xs, x + NEAR) - 1, bisect_right(self.ys, y - 1.0) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        return self.roots[row, column]


def frames(rules: Iterable[Rule]) -> dict[int, list[Frame]]:
    """The frames of each page with at least two columns, from the top down."""
    by_page: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_page[rule.page].append(rule)
    found = {page: of_page for page, lines in by_page.items() if (of_page := _frames(page, lines))}
    for page, of_page in found.items():
        last, after = of_page[-1], found.get(page + 1)
        if last.is_half_drawn and after and after[0].is_half_drawn and after[0].has_columns_of(last):
            last.add_row(PAGE_END)  # a row that goes on upon the next page has no line below it here
    return found


def _frames(page: int, rules: Sequence[Rule]) -> list[Frame]:
    if len(rules) > MOST_RULES:
        return []
    upright = _merged([((r.left + r.right) / 2, r.top, r.bottom) for r in rules if not r.is_level])
    level = _merged([((r.top + r.bottom) / 2, r.left, r.right) for r in rules if r.is_level])
    upright = [bar for bar in upright if bar.end - bar.start >= SHORTEST]
    level = [bar for bar in level if bar.end - bar.start >= SHORTEST]
    out = []
    for ups, levels in _joined(upright, level):
        xs, ys = _edges(ups, levels)
        if len(xs) >= 3 and len(ys) >= 2:
            out.append(_frame(page, xs, ys, ups, levels))
    out.sort(key=lambda frame: frame.ys[0])
    for frame, after in zip_longest(out, out[1:]):
        _add_open_rows(frame, rules, after.ys[0] - NEAR if after else PAGE_END)
    return out


def _add_open_rows(frame: Frame, rules: Iterable[Rule], end: float) -> None:
    """The rows below a head where only the head's columns are parted by lines: what ends a row is then drawn cell by
    cell, with the columns' own edges."""
    below: dict[float, list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.is_level and frame.ys[-1] + NEAR < rule.top < end and rule.right - rule.left >= SHORTEST:
            below[rule.top].append(rule)
    for top, pieces in sorted(below.items()):
        if not all(_ends_at(x, pieces) for x in frame.xs) or not all(_is_within_columns(frame, p) for p in pieces):
            return
        if top - frame.ys[-1] > NEAR:
            frame.add_row(top)
            frame.is_half_drawn = True


def _ends_at(x: float, pieces: Iterable[Rule]) -> bool:
    return any(abs(piece.left - x) <= NEAR or abs(piece.right - x) <= NEAR for piece in pieces)


def _is_within_columns(frame: Frame, piece: Rule) -> bool:
    """Whether a piece of line goes from one edge of the frame to the next."""
    ends = [nth for end in (piece.left, piece.right) for nth, x in enumerate(frame.xs) if abs(x - end) <= NEAR]
    return len(ends) == 2 and ends[1] == ends[0] + 1


def _merged(pieces: list[tuple[float, float, float]]) -> list[_Bar]:
    """Pieces of one line as one: tables are often drawn cell by cell."""
    groups: list[list[tuple[float, float, float]]] = []
    for piece in sorted(pieces):
        if groups and piece[0] - groups[-1][-1][0] <= NEAR / 2:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    out = []
    for group in groups:
        at = sum(piece[0] for piece in group) / len(group)
        start, end = None, 0.0
        for _, low, high in sorted(group, key=lambda piece: piece[1]):
            if start is None or low > end + LONGEST_GAP:
                if start is not None:
                    out.append(_Bar(at, start, end))
                start, end = low, high
            end = max(end, high)
        if start is not None:
            out.append(_Bar(at, start, end))
    return out


def _touch(up: _Bar, level: _Bar) -> bool:
    return level.start - NEAR <= up.at <= level.end + NEAR and up.start - NEAR <= level.at <= up.end + NEAR


def _joined(upright: Sequence[_Bar], level: Sequence[_Bar]) -> list[tuple[list[_Bar], list[_Bar]]]:
    """The lines that touch each other, one group a table."""
    groups: list[tuple[list[_Bar], list[_Bar]]] = []
    for up in upright:
        touching = [group for group in groups if any(_touch(up, bar) for bar in group[1])]
        levels = [bar for bar in level if _touch(up, bar)]
        if not levels:
            continue
        ups = [up]
        for group in touching:
            ups += group[0]
            levels += [bar for bar in group[1] if bar not in levels]
            groups.remove(group)
        groups.append((ups, levels))
    return groups


def _edges(ups: Sequence[_Bar], levels: Sequence[_Bar]) -> tuple[list[float], list[float]]:
    """The places of all lines; the ends of the others where a side of the table is left open."""
    xs = _distinct([*(bar.at for bar in ups), min(bar.start for bar in levels), max(bar.end for bar in levels)])
    ys = _distinct([*(bar.at for bar in levels), min(bar.start for bar in ups), max(bar.end for bar in ups)])
    return xs, ys


def _distinct(places: Iterable[float]) -> list[float]:
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > NEAR:
            out.append(place)
    return out


def _frame(page: int, xs: list[float], ys: list[float], ups: Sequence[_Bar], levels: Sequence[_Bar]) -> Frame:
    frame = Frame(page, xs, ys)
    roots = frame.roots
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            centre = (xs[column] + xs[column + 1]) / 2
            above, before = roots.get((row - 1, column)), roots.get((row, column - 1))
            if above and not any(abs(bar.at - ys[row]) <= NEAR and bar.start <= centre <= bar.end for bar in levels):
                roots[row, column] = above
            elif before and not any(abs(b.at - xs[column]) <= NEAR and b.start <= middle <= b.end for b in ups):
                roots[row, column] = before
            else:
                roots[row, column] = (row, column)
    return frame
