"""A PDF's own outline says where sections begin, also where nothing in the print does."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from policyview import read
from policyview.segment import segment
from tests.segment.made import LEXICON

LINES = (
    "The device warms a limb from outside. It is worn at night and",
    "switched off in the morning by a nurse or by the member.",
    "",
    "on the warming of frozen toes",
    "",
    "Members may ask for it after two cold winters in a row, and they",
    "may keep it as long as the winters stay cold.",
)


def _pdf(path: Path, outline: str | None) -> Path:
    """One page in one type; the fourth line looks like any other."""
    canvas = Canvas(str(path), invariant=1)
    for number, line in enumerate(LINES):
        y = 760 - 16 * number
        if line == outline:
            canvas.bookmarkHorizontal(line, 72, y + 12)
            canvas.addOutlineEntry(line, line)
        canvas.drawString(72, y, line)
    canvas.showPage()
    canvas.save()
    return path


@pytest.mark.parametrize(("outline", "sections"), [(LINES[3], [LINES[3]]), (None, [])])
def test_an_outline_entry_begins_a_section(tmp_path: Path, outline: str | None, sections: list[str]) -> None:
    structure = segment(read.document(_pdf(tmp_path / "toes.pdf", outline)), LEXICON)
    assert [section.heading for section in structure.sections] == sections
