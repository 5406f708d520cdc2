"""Headings in colour: alike among themselves, and above black ones that are hardly larger."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.colors import Color, black, blue, white
from reportlab.pdfgen.canvas import Canvas

from policyview import read
from policyview.model import WHITE
from policyview.segment import segment
from tests.segment.made import LEXICON

PROSE = "A warm sleeve keeps the arm warm and is worn by those who walk to work in winter, on every day of it."
GREY = Color(0.3, 0.3, 0.32)


def printed(path: Path, headings: list[tuple[str, Color, str, float]]) -> list[tuple[str, int]]:
    """Headings (words, colour, font, size), each over two lines of prose, and the level that each was given."""
    canvas = Canvas(str(path), pagesize=(612, 792))
    y = 730.0
    for words, colour, font, size in headings:
        canvas.setFillColor(colour)
        canvas.setFont(font, size)
        canvas.drawString(72, y, words)
        canvas.setFillColor(black)
        canvas.setFont("Helvetica", 10)
        for line in (1, 2):
            canvas.drawString(72, y - 8 - 13 * line, PROSE)
        y -= 70
    canvas.save()
    return [(s.heading, s.level) for s in segment(read.document(path), LEXICON).sections]


@pytest.mark.parametrize(("colour", "levels"), [(blue, [1, 2, 3, 2, 2]), (GREY, [1, 2, 2, 3, 3])])
def test_headings_in_one_colour_stand_above_black_ones(tmp_path: Path, colour: Color, levels: list[int]) -> None:
    """In grey, which is as good as black, the larger heading rules."""
    named = ("Warm Sleeves", "Description", "Sleeves for Winter", "Policy", "Rationale")
    looks = ((black, "Helvetica", 18.0), (colour, "Helvetica", 12.0), (black, "Helvetica-Bold", 13.0),
             (colour, "Helvetica", 12.0), (colour, "Helvetica", 12.0))
    assert printed(tmp_path / "a.pdf", [(n, *look) for n, look in zip(named, looks, strict=True)]) == [
        *zip(named, levels, strict=True)]


def test_lines_in_two_colours_are_two_headings(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(612, 792))
    canvas.setFont("Helvetica-Bold", 10)
    for row, (words, colour) in enumerate((("Related Winter Documents", blue), ("Articles", black))):
        canvas.setFillColor(colour)
        canvas.drawString(72, 730 - 13 * row, words)
    canvas.setFont("Helvetica", 10)
    for row in range(3, 9):
        canvas.drawString(72, 730 - 13 * row, PROSE)
    canvas.save()
    found = segment(read.document(tmp_path / "a.pdf"), LEXICON).sections
    assert [s.heading for s in found] == ["Related Winter Documents", "Articles"]


def test_the_colour_of_a_line(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(612, 792))
    for row, colour in enumerate((black, GREY, white, blue, Color(0.02, 0.01, 1))):
        canvas.setFillColor(colour)
        canvas.drawString(72, 700 - 20 * row, "Words of a line")
    canvas.save()
    colours = [line.colour for line in read.document(tmp_path / "a.pdf").lines]
    assert colours[:3] == [0, 0, WHITE]
    assert colours[3] == colours[4] not in {0, WHITE}
