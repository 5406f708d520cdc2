"""Boxes that a page prints behind the text they stand beside are read where they stand; columns of text stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.segment.made import LEADING, LEFT, TOP, Draw, printed, ruled, told

ABOVE = "Sleeves of this kind hold a small heater that is charged over night."
BOX = "A sleeve is lent, never sold, and comes back to the plan in spring."
BELOW = ("The sleeve is covered for members with frozen toes and white fingers.",
         "It is worn on the arm that is colder in the morning, and for six hours",
         "a day while the winter lasts. It is given back to the plan in April.")


def behind(x: float, at: float, *lines: str) -> Draw:
    """Prints lines behind all others of the page, the first of them in this row."""
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for k, line in enumerate(lines):
            canvas.drawString(LEFT + x, 792 - TOP - LEADING * (at + k), line)

    return draw


@pytest.mark.parametrize("space", [1, 3])
@pytest.mark.parametrize("above", [ABOVE, ABOVE.rstrip(".")])
def test_a_box_printed_last_is_read_where_it_stands(tmp_path: Path, space: int, above: str) -> None:
    page = above + "\n" * (2 * space + 2) + "\n".join(BELOW)
    structure = printed(tmp_path, page, draws=[behind(0, space + 1, BOX)])
    assert told(structure) == [above, BOX, " ".join(BELOW)]


@pytest.mark.parametrize(("title", "letters"), [
    ("Sleeves of this kind hold a heater.", "JKL"), (f"{ABOVE} {BOX[:30]}", "JKLMNPQR"),
], ids=["beside nothing", "most of the page"])
def test_a_second_column_of_text_stays_behind_the_first(tmp_path: Path, title: str, letters: str) -> None:
    left = [title, *(f"Sentence {k} is about toes." for k in "ABCDE")]
    right = [f"Sentence {k} is about fingers." for k in letters]
    words = " ".join(str(block) for block in told(printed(tmp_path, "\n".join(left), draws=[behind(260, 2, *right)])))
    assert words.index("Sentence E") < words.index("Sentence J")


def test_a_box_never_comes_to_stand_in_a_drawn_table(tmp_path: Path) -> None:
    rows = "\n".join(f"E910{k}     Sleeve, {k} heaters" for k in range(1, 7))

    def draw(canvas: Canvas) -> None:
        ruled((0, 10, 40), range(7))(canvas)
        behind(245, 2.5, "Wool")(canvas)

    found = told(printed(tmp_path, f"{rows}\n{ABOVE}", draws=[draw]))
    assert [block if isinstance(block, str) else "row" for block in found] == ["Wool", *["row"] * 6, ABOVE]
