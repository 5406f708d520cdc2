"""Lines that a page draws: found however they are drawn, as walls between cells, underlines and strike-outs."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from policyview import read
from policyview.model import Document
from policyview.segment import segment
from tests.read.made import FONT, make_pdf, make_raw_pdf, stream
from tests.segment.made import LEXICON, all_blocks

BOX = [(100, 192, 300, 192), (100, 292, 300, 292), (100, 192, 100, 292), (300, 192, 300, 292)]


def drawing(path: Path, content: bytes, page: bytes = b"") -> Document:
    """A page with a few words that draws so."""
    return read.document(make_raw_pdf(path, [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>" % page,
        stream(b"BT /F 11 Tf 72 700 Td (Wings are covered) Tj ET " + content), FONT,
    ]))


def rules(document: Document) -> list[tuple[float, float, float, float]]:
    """Their places rounded to points, level ones first."""
    found = sorted(document.rules, key=lambda rule: (not rule.is_level, rule.top, rule.left))
    return [(round(r.left), round(r.top), round(r.right), round(r.bottom)) for r in found]


@pytest.mark.parametrize(("content", "expected"), [
    (b"100.2 600 199.6 0.4 re f", [(100, 192, 300, 192)]),
    (b"0 w 100 500 m 100 600 l S", [(100, 192, 100, 292)]),
    (b"100 500 200 100 re S", BOX),
    (b"100 500 m 100 600 l 300 600 l 300 500 l h S", BOX),
    (b"q 2 0 0 0.5 60 400 cm 20 200 100 200 re S Q", BOX),
    (b"q 0 1 -1 0 300 500 cm 0 0 100 200 re S Q", BOX),
], ids=["bar", "line", "stroked rectangle", "closed path", "scaled", "turned"])
def test_a_line_is_found_however_it_is_drawn(
    tmp_path: Path, content: bytes, expected: list[tuple[float, float, float, float]]
) -> None:
    assert rules(drawing(tmp_path / "a.pdf", content)) == expected


@pytest.mark.parametrize("content", [
    b"100 500 200 100 re f", b"100 500 m 300 600 l S", b"100 500 m 100 600 300 600 300 500 c S",
], ids=["shade", "slanted", "curve"])
def test_what_is_no_line_gives_no_rule(tmp_path: Path, content: bytes) -> None:
    assert rules(drawing(tmp_path / "a.pdf", content)) == []


def test_rules_stand_where_a_turned_page_shows_them(tmp_path: Path) -> None:
    document = drawing(tmp_path / "a.pdf", b"100 499.8 200 0.4 re f", b"/Rotate 90")
    assert rules(document) == [(500, 100, 500, 300)]
    assert not document.rules[0].is_level


def test_rules_know_their_page(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(612, 792))
    for y in (500, 600, 700):
        canvas.drawString(72, 720, f"Wings of {y}")
        canvas.rect(100, y, 200, 0.4, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    found = read.document(tmp_path / "a.pdf").rules
    assert [(rule.page, round(rule.bottom)) for rule in found] == [(1, 292), (2, 192), (3, 92)]


# --------------------------------------------------------------------------- walls


@pytest.mark.parametrize(("low", "high", "parts"), [
    (620, 720, ["W1 Left", "wing of a duck"]), (705, 720, []), (620, 690, []),
], ids=["between", "above", "below"])
def test_a_drawn_upright_line_parts_cells_of_the_lines_it_runs_beside(
    tmp_path: Path, low: float, high: float, parts: list[str]
) -> None:
    def wall(canvas: Canvas) -> None:
        x = 72 + canvas.stringWidth("W1 Left", "Helvetica", 11) + 1.5
        canvas.line(x, low, x, high)

    document = read.document(make_pdf(tmp_path / "a.pdf", [[(72, 92, "W1 Left wing of a duck")]], change=wall))
    assert [document.text[start:end] for start, end, _ in document.lines[0].cells] == parts


def test_a_line_through_a_word_parts_nothing(tmp_path: Path) -> None:
    document = read.document(make_pdf(tmp_path / "a.pdf", [[(72, 92, "Waterfowl and others")]],
                                      change=lambda canvas: canvas.line(90, 620, 90, 720)))
    assert document.lines[0].cells == ()


# --------------------------------------------------------------------------- underlined, struck out


WORDS = "Wings of water birds are trimmed"


def marked(path: Path, first: str, last: str, rise: float, beyond: float = 0, color: str = "black") -> Document:
    """A line of words, a stroke from ``first`` to ``last`` of them at such a height over their foot."""
    def draw(canvas: Canvas) -> None:
        def width(text: str) -> float:
            return float(canvas.stringWidth(text, "Helvetica", 11))

        left, right = width(WORDS[:WORDS.index(first)]), width(WORDS[:WORDS.index(last) + len(last)])
        canvas.setFillColor(color)
        canvas.drawString(72, 692, WORDS)
        canvas.rect(72 + left - beyond, 692 + rise, right - left + 2 * beyond, 0.5, stroke=0, fill=1)

    return read.document(make_pdf(path, [[(72, 60, "Policy")]], change=draw))


@pytest.mark.parametrize(("last", "rise", "beyond", "color", "expected"), [
    ("trimmed", -1.5, 0.0, "black", True),
    ("trimmed", -1.5, 4.0, "black", True),
    ("trimmed", -1.5, 0.0, "#0000ee", False),
    ("Wings", -1.5, 0.0, "black", False),
    ("trimmed", -1.5, 40.0, "black", False),
    ("trimmed", -6.0, 0.0, "black", False),
    ("trimmed", 12.0, 0.0, "black", False),
], ids=["all", "a little beyond", "a link", "one word", "rule of a table", "far below", "above"])
def test_a_line_of_words_is_underlined(
    tmp_path: Path, last: str, rise: float, beyond: float, color: str, expected: bool
) -> None:
    line = marked(tmp_path / "a.pdf", "Wings", last, rise, beyond, color).lines[1]
    assert line.underlined is expected


def test_words_drawn_one_underline_each_are_an_underlined_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for x, word in ((72, "Wing"), (99, "trimming")):
            canvas.line(x, 690.5, x + canvas.stringWidth(word, "Helvetica", 11), 690.5)

    words = [(72.0, 100.0, "Wing"), (99.0, 100.0, "trimming")]
    assert read.document(make_pdf(tmp_path / "a.pdf", [words], change=draw)).lines[0].underlined


@pytest.mark.parametrize(("first", "last", "shown", "said"), [
    ("water", "water", "Wings of birds are trimmed", "1 word struck out"),
    ("of", "birds", "Wings are trimmed", "3 words struck out"),
])
def test_struck_out_words_are_stated_and_not_read(
    tmp_path: Path, first: str, last: str, shown: str, said: str
) -> None:
    document = marked(tmp_path / "a.pdf", first, last, 2.8)
    assert WORDS in document.text
    assert {sign for _, sign in document.signs} == {""}
    assert [loss.page for loss in document.losses if said in loss.reason] == [1]
    blocks = [block.passage.text for block in all_blocks(segment(document, LEXICON))]
    assert blocks == [shown]


@pytest.mark.parametrize(("last", "rise"), [("trimmed", -1.5), ("trimmed", 9.0), ("Wi", 2.8)],
                         ids=["under", "over", "through two letters"])
def test_other_lines_strike_nothing_out(tmp_path: Path, last: str, rise: float) -> None:
    document = marked(tmp_path / "a.pdf", "Wi", last, rise)
    assert document.signs == () == document.losses
