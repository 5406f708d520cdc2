"""Pictures beside text: a page may hold its matter in one, and then says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from policyview import read
from tests.read.made import make_pdf

HEADING = [(72.0, 60.0, "Appendix I: How wings are scored")]


def image(canvas: Canvas, left: float = 72, width: float = 400, height: float = 400) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 60), "grey")), left, 200, width, height)


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("scores")
    image(canvas)
    canvas.endForm()
    canvas.doForm("scores")


def letterhead(canvas: Canvas) -> None:
    image(canvas, 0, 612)


def logo(canvas: Canvas) -> None:
    image(canvas, width=120, height=120)


@pytest.mark.parametrize(("draw", "lost"), [(image, [1]), (in_a_form, [1]), (letterhead, []), (logo, [])])
def test_a_large_picture_below_a_heading_is_a_loss(
    tmp_path: Path, draw: Callable[[Canvas], None], lost: list[int]
) -> None:
    losses = read.document(make_pdf(tmp_path / "a.pdf", [HEADING], change=draw)).losses
    assert [loss.page for loss in losses] == lost
    assert all("holds a picture over 33% of it" in loss.reason for loss in losses)


def test_a_picture_behind_words_is_none(tmp_path: Path) -> None:
    words = [*HEADING, (90.0, 400.0, "Wings are scored from one to ten")]
    assert read.document(make_pdf(tmp_path / "a.pdf", [words], change=image)).losses == ()
