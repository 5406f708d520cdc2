"""Drawn tables: their edges and cells, however their lines are drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest

from policyview.model import Rule
from policyview.segment.frames import MOST_RULES, frames

XS, YS = (100.0, 200.0, 300.0), (50.0, 70.0, 90.0)


def level(y: float, left: float = 100, right: float = 300) -> Rule:
    return Rule(1, left, y, right, y + 0.4)


def upright(x: float, top: float = 50, bottom: float = 90) -> Rule:
    return Rule(1, x, top, x + 0.4, bottom)


GRID = [*map(level, YS), *map(upright, XS)]
BY_CELLS = [rule for top, bottom in pairwise(YS) for left, right in pairwise(XS)
            for rule in (level(top, left + 1, right - 1), level(bottom - 1, left + 1, right - 1),
                         upright(left + 1, top, bottom - 1), upright(right - 1, top, bottom - 1))]
IN_PIECES = [*(level(y + k % 2, 100 + 33.5 * k, 132.5 + 33.5 * k) for y in YS for k in range(6)), *map(upright, XS)]
OPEN_SIDES = [*map(level, YS), upright(200)]
OPEN_TOP = [level(70), *map(upright, XS)]


@pytest.mark.parametrize("rules", [GRID, BY_CELLS, IN_PIECES, OPEN_SIDES, OPEN_TOP],
                         ids=["grid", "cell by cell", "in pieces", "open sides", "open top and bottom"])
def test_a_drawn_table_has_its_four_cells(rules: list[Rule]) -> None:
    (frame,) = frames(rules)[1]
    assert [*frame.xs, *frame.ys] == pytest.approx([*XS, *YS], abs=1.5)
    places = [(110, 62), (210, 62), (110, 82), (210, 82)]
    assert [frame.cell_at(x, y) for x, y in places] == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize(("rules", "cells"), [
    ([*map(level, YS), upright(100), upright(200, 70), upright(300)], [(0, 0), (0, 0), (1, 0), (1, 1)]),
    ([level(50), level(70, 200), level(90), *map(upright, XS)], [(0, 0), (0, 1), (0, 0), (1, 1)]),
], ids=["over columns", "over rows"])
def test_a_cell_may_reach_over_several_fields(rules: list[Rule], cells: list[tuple[int, int]]) -> None:
    (frame,) = frames(rules)[1]
    assert [frame.cell_at(x, y) for x, y in [(110, 62), (210, 62), (110, 82), (210, 82)]] == cells


@pytest.mark.parametrize("place", [(90, 62), (310, 62), (110, 45), (110, 95)])
def test_what_stands_outside_is_in_no_cell(place: tuple[float, float]) -> None:
    assert frames(GRID)[1][0].cell_at(*place) is None


def test_tables_that_do_not_touch_are_several_from_the_top_down() -> None:
    lower = [Rule(1, r.left, r.top + 200, r.right, r.bottom + 200) for r in GRID]
    assert [frame.ys[0] for frame in frames([*lower, *GRID])[1]] == pytest.approx([50, 250], abs=1)


@pytest.mark.parametrize("rules", [
    [*map(level, YS), upright(100), upright(300)],
    [*map(level, YS)],
    [level(50), level(53.5), *(upright(x, 50, 53.5) for x in XS)],
    [level(50, 100, 104), level(70, 100, 104), *map(upright, (98, 102, 106))],
    [*GRID, *[level(400, 400, 402)] * MOST_RULES],
], ids=["a box", "rules between lines", "low marks", "narrow marks", "a drawing"])
def test_other_drawings_are_no_tables(rules: list[Rule]) -> None:
    assert frames(rules) == {}


HEAD_ONLY = [level(50), level(70), *(upright(x, 50, 70) for x in XS)]


def row_end(y: float, page: int = 1, edges: tuple[float, ...] = XS) -> list[Rule]:
    """The line below a row, drawn cell by cell."""
    return [Rule(page, left, y, right, y + 0.4) for left, right in pairwise(edges)]


def test_rows_below_a_head_go_down_to_lines_that_are_drawn_cell_by_cell() -> None:
    (frame,) = frames([*HEAD_ONLY, *row_end(130), *row_end(160)])[1]
    places = [(110, 62), (110, 100), (210, 125), (210, 150), (110, 170)]
    assert [frame.cell_at(x, y) for x, y in places] == [(0, 0), (1, 0), (1, 1), (2, 1), None]


@pytest.mark.parametrize("below", [
    [level(130)], row_end(130, edges=(100, 150, 300)), [Rule(1, 40, 130, 400, 131)],
], ids=["one line", "other columns", "a line across the page"])
def test_other_lines_below_a_head_end_no_rows(below: list[Rule]) -> None:
    (frame,) = frames([*HEAD_ONLY, *below])[1]
    assert frame.cell_at(110, 100) is None


def test_a_row_that_goes_on_upon_the_next_page_ends_with_its_page() -> None:
    second = [Rule(2, r.left, r.top, r.right, r.bottom) for r in HEAD_ONLY]
    found = frames([*HEAD_ONLY, *row_end(130), *second, *row_end(110, 2)])
    assert [found[1][0].cell_at(110, y) for y in (100, 700)] == [(1, 0), (2, 0)]
    assert found[2][0].cell_at(110, 700) is None
