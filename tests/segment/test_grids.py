"""Drawn tables and forms: which are rows, what goes on over a page, what stands in a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.segment.made import outline, printed, ruled, told

CODES = """Code      Meaning                                 Group
E9101     Heated sleeve for one arm, worn         Sleeves
          over a shirt and under a coat
E9102     Sand basin                              Basins"""


@pytest.mark.parametrize(("rows", "expected"), [
    ((0, 1, 3, 4), [["Code", "Meaning", "Group"],
                    ["E9101", "Heated sleeve for one arm, worn over a shirt and under a coat", "Sleeves"],
                    ["E9102", "Sand basin", "Basins"]]),
    ((0, 1, 2, 4), [["Code", "Meaning", "Group"],
                    ["E9101", "Heated sleeve for one arm, worn", "Sleeves"],
                    ["E9102", "over a shirt and under a coat Sand basin", "Basins"]]),
], ids=["as printed", "otherwise"])
def test_drawn_lines_decide_what_a_row_holds(
    tmp_path: Path, rows: tuple[int, ...], expected: list[list[str]]
) -> None:
    assert told(printed(tmp_path, CODES, draws=[ruled((0, 10, 50, 62), rows)])) == expected


def test_the_names_of_columns_are_a_head_also_where_they_are_printed_again(tmp_path: Path) -> None:
    more = CODES.replace("Sand basin", "Sand bath").replace("over a shirt", "with a shirt").replace("E91", "F92")
    columns = (0, 10, 50, 62)
    draws = [ruled(columns, (2, 3, 5, 6)), ruled(columns, (0, 1, 3, 4))]
    (part,) = printed(tmp_path, f"The plan knows these codes.\n\n{CODES}", more, draws=draws).parts
    assert [(row.table, row.is_head) for row in part.blocks[1:]] == [(1, k % 3 == 0) for k in range(6)]


def test_a_row_goes_on_below_the_names_of_columns_that_are_printed_again(tmp_path: Path) -> None:
    head = "Use             What it takes\n"
    pages = (f"Of feet.\n\n{head}Frozen toes     The member walks to work in winter,",
             f"{head}                has tried woollen socks,",
             f"{head}                and felt boots.\nWhite fingers   A nurse has seen them.",
             *(f"A page of {word}." for word in
               ("snow", "ice", "hail", "sleet", "frost", "fog", "rain", "wind", "sun")))
    draws = [ruled((0, 16, 60), rows) for rows in ((2, 3, 4), (0, 1, 2), (0, 1, 2, 3))]
    rows = [row for row in told(printed(tmp_path, *pages, draws=draws)) if isinstance(row, list)]
    assert rows.count(["Use", "What it takes"]) == 3
    rows = [row for row in rows if row != ["Use", "What it takes"]]
    assert rows == [["Frozen toes", "The member walks to work in winter, has tried woollen socks, and felt boots."],
                    ["White fingers", "A nurse has seen them."]]


FIRST = """Use             What it takes
Frozen toes     The member walks to work in winter and
                has tried two pairs of woollen socks"""
NEXT = """                for at least one month each.
White fingers   A nurse has seen them."""


@pytest.mark.parametrize(("between", "columns", "tables"), [
    ("", (0, 16, 60), [1, 1, 1]), ("", (0, 20, 60), [1, 1, 2, 2]), ("In between stands a sentence.", (0, 16, 60), None),
], ids=["same columns", "other columns", "text between"])
def test_a_drawn_table_goes_on_upon_the_next_page(
    tmp_path: Path, between: str, columns: tuple[int, ...], tables: list[int] | None
) -> None:
    """The rest of a cell that the page break cut belongs to the row above."""
    shift = NEXT.replace("   A nurse", "     A nurse") if columns[1] == 20 else NEXT
    below = f"{between}\n\n{shift}" if between else shift
    start = 2 if between else 0
    draws = [ruled((0, 16, 60), (0, 1, 3)), ruled(columns, (start, start + 1, start + 2))]
    (part,) = printed(tmp_path, FIRST, below, draws=draws).parts
    rows = [block for block in part.blocks if block.kind == "row"]
    if tables is None:
        assert {row.table for row in rows} == {1, 2}
        assert rows[1].cells[1].text.endswith("two pairs of woollen socks")
        return
    assert [row.table for row in rows] == tables
    if len(tables) == 3:
        assert rows[1].cells[1].text.endswith("two pairs of woollen socks for at least one month each.")


FORM = """Required          The member has had frozen toes in two winters and
signs             all of these hold:
                  1. The toes are white for three hours in a warm room.
                  2. A nurse has measured their temperature.
                  3. Wool has been tried for a month, as the diary of the
                     member or of someone in the house shows.
Left out          The sleeve is not covered for members who work
                  beside a stove, nor for those with
                  - warm hands all the year round, or
                  - a heater in the coat that is less than two years old"""


def test_a_form_is_read_as_headings_with_what_stands_beside_them(tmp_path: Path) -> None:
    assert told(printed(tmp_path, FORM, draws=[ruled((0, 18, 76), (0, 6, 10))])) == [
        "# Required signs",
        "The member has had frozen toes in two winters and all of these hold:",
        "1. The toes are white for three hours in a warm room.",
        "2. A nurse has measured their temperature.",
        "3. Wool has been tried for a month, as the diary of the member or of someone in the house shows.",
        "# Left out",
        "The sleeve is not covered for members who work beside a stove, nor for those with",
        "- warm hands all the year round, or",
        "- a heater in the coat that is less than two years old",
    ]


@pytest.mark.parametrize("head", ["Part of it        What it takes", "!Part of it        What it takes"])
def test_a_table_of_lists_whose_columns_are_named_is_no_form(tmp_path: Path, head: str) -> None:
    structure = printed(tmp_path, f"{head}\n{FORM}", draws=[ruled((0, 18, 76), (0, 1, 7, 11))])
    assert structure.sections == ()
    head_row, first, second = structure.parts[0].blocks
    assert (head_row.is_head, first.is_head, second.is_head) == (True, False, False)
    assert first.cells[0].text == "Required signs"
    assert first.cells[1].text.startswith("The member has had frozen toes in two winters and all of these hold: 1. The")
    assert outline(first.inner[0]) == ["Required signs"]
    assert [block.label for block in first.inner[1]] == ["", "1.", "2.", "3."]
    assert [block.label for block in second.inner[1]] == ["", "-", "-"]


def test_dates_are_no_labels_of_a_form(tmp_path: Path) -> None:
    text = FORM.replace("Required ", "03/01/2021").replace("signs  ", "       ").replace("Left out  ", "04/01/2022")
    structure = printed(tmp_path, text, draws=[ruled((0, 18, 76), (0, 6, 10))])
    assert [block.kind for block in structure.parts[0].blocks] == ["row", "row"]


def test_cells_without_lists_have_no_inner_blocks(tmp_path: Path) -> None:
    (part,) = printed(tmp_path, CODES, draws=[ruled((0, 10, 50, 62), (0, 1, 3, 4))]).parts
    assert {row.inner for row in part.blocks} == {()}


def test_a_row_as_wide_as_the_table_stands_between_tables(tmp_path: Path) -> None:
    lines = CODES.split("\n")
    text = "\n".join([*lines[:3], "The codes below are for basins and need a letter of the nurse.", lines[3]])
    def draw_open_row(canvas: Canvas) -> None:
        ruled((0, 62), (3, 4))(canvas)
        ruled((0, 10, 50, 62), (0, 1, 3))(canvas)
        ruled((0, 10, 50, 62), (4, 5))(canvas)

    (part,) = printed(tmp_path, text, draws=[draw_open_row]).parts
    assert [(block.kind, block.table) for block in part.blocks] == [
        ("row", 1), ("row", 1), ("paragraph", 0), ("row", 2),
    ]


def test_only_the_head_of_a_table_may_be_drawn(tmp_path: Path) -> None:
    """The rows below are found by their columns, the head with them."""
    text = CODES.replace("Sand basin", "Basin     ").replace("Basins", "Sand")
    (part,) = printed(tmp_path, text, draws=[ruled((0, 10, 50, 62), (0, 1))]).parts
    assert [row.cells[0].text for row in part.blocks] == ["Code", "E9101", "E9102"]
    assert {row.table for row in part.blocks} == {1}



def test_pages_that_print_all_the_same_are_furniture_and_no_fault(tmp_path: Path) -> None:
    structure = printed(tmp_path, CODES, CODES, draws=[ruled((0, 10, 50, 62), (0, 1, 3, 4))] * 2)
    assert [part.blocks for part in structure.parts] == [()]
