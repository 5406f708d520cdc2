"""Bullets that a page draws as shapes: each begins an item, though the text layer has none of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from policyview import read
from policyview.segment import segment
from tests.read.made import PAGE, make_pdf
from tests.segment.made import LEXICON, all_blocks

WORDS = [
    (72.0, 100.0, "Wing repair is covered when all of the following are met:"),
    (87.0, 114.0, "Age of 12 years or older and a tear that was"),
    (87.0, 128.0, "seen by a keeper"),
    (87.0, 142.0, "Failure of rest"),
    (87.0, 156.0, "No infection of the wing"),
]
HEADS = (114, 142, 156)


def discs(canvas: Canvas) -> None:
    for y in HEADS:
        canvas.circle(76, PAGE[1] - y + 3.4, 2.2, stroke=0, fill=1)


def rings(canvas: Canvas) -> None:
    for y in HEADS:
        canvas.circle(76, PAGE[1] - y + 3.4, 2.2, stroke=1, fill=0)


def pictures(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    dot = ImageReader(Image.new("RGB", (8, 8), "black"))
    for y in HEADS:
        canvas.drawImage(dot, 74, PAGE[1] - y + 1.5, 4, 4)


def leaders(canvas: Canvas) -> None:
    for y in HEADS:
        for x in range(60, 80, 4):
            canvas.circle(x, PAGE[1] - y + 3.4, 1, stroke=0, fill=1)


def full_stops(canvas: Canvas) -> None:
    for y in HEADS:
        canvas.circle(76, PAGE[1] - y, 1, stroke=0, fill=1)


def items(path: Path, draw: Callable[[Canvas], None]) -> list[str]:
    document = read.document(make_pdf(path, [WORDS], change=draw))
    return [f"{b.label} {b.passage.text}" for b in all_blocks(segment(document, LEXICON)) if b.label]


@pytest.mark.parametrize(("draw", "sign"), [(discs, "•"), (rings, "○"), (pictures, "•")])
def test_a_drawn_bullet_begins_an_item(tmp_path: Path, draw: Callable[[Canvas], None], sign: str) -> None:
    assert items(tmp_path / "a.pdf", draw) == [
        f"{sign} Age of 12 years or older and a tear that was seen by a keeper",
        f"{sign} Failure of rest",
        f"{sign} No infection of the wing",
    ]


@pytest.mark.parametrize("draw", [leaders, full_stops])
def test_other_small_shapes_are_no_bullets(tmp_path: Path, draw: Callable[[Canvas], None]) -> None:
    assert items(tmp_path / "a.pdf", draw) == []


def test_the_canonical_text_stays_and_the_line_begins_at_its_bullet(tmp_path: Path) -> None:
    document = read.document(make_pdf(tmp_path / "a.pdf", [WORDS], change=discs))
    assert "•" not in document.text
    at = document.text.index("Failure")
    assert (at, "• F") in document.signs
    line = next(line for line in document.lines if line.start <= at < line.end)
    assert round(line.x) == 74


def test_a_label_of_the_text_needs_no_second_one(tmp_path: Path) -> None:
    labelled = [(x, y, f"{n}. {text}" if n else text) for n, (x, y, text) in enumerate(WORDS)]
    document = read.document(make_pdf(tmp_path / "a.pdf", [labelled], change=discs))
    assert document.signs == ()
