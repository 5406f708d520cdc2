"""Pages: heads are repeated, rows are whole, nothing stands beyond the paper."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF

from policyview.export.paper.form import Line, Part, Passage, Square, Table
from policyview.gui.paper_layout import POINT, Icon, Layout, Page, Words, font

WIDTH, HEIGHT = 842, 595  # points, A4 across


def _pages(*parts: Part) -> list[Page]:
    layout = Layout(WIDTH, HEIGHT)
    for _ in layout.fill(parts):
        pass
    for page in layout.pages:
        for each in page.drawn:
            if isinstance(each, Words):
                right = each.left + QFontMetricsF(font(each.line.style)).horizontalAdvance(each.text)
                assert right <= (WIDTH - 30) * POINT, each.text
                assert each.top <= (HEIGHT - 40) * POINT, each.text
            elif isinstance(each, Icon):
                assert each.rect.right() <= WIDTH * POINT
    return layout.pages


def _texts(page: Page) -> list[str]:
    return [each.text for each in page.drawn if isinstance(each, Words)]


def _square(*texts: str) -> Square:
    return Square(tuple(Line(text) for text in texts))


def test_heads_and_the_group_are_repeated_and_rows_are_not_cut() -> None:
    rows = tuple((_square(f"use {n}"), _square(f"first {n}", *["more"] * 5, f"last {n}")) for n in range(40))
    table = Table((0.2, 0.8), (_square("Indication"), _square("Larch Health")), (Line("Adults"), *rows))
    pages = _pages(Part("tendons", (Passage((Line("Tendons", "heading"),), is_head=True), table)))
    assert len(pages) > 3
    for page in pages:
        texts = _texts(page)
        assert {"Indication", "Larch Health", "Adults"} <= set(texts)
        assert [text[6:] for text in texts if text.startswith("first ")] == [
            text[5:] for text in texts if text.startswith("last ")]  # fmt: skip


def test_a_row_that_no_page_holds_goes_on_and_long_words_break() -> None:
    huge = " ".join(f"word{n}" for n in range(6000)) + " " + "unbroken" * 60 + " 𝔘nicode\ud800"
    table = Table((0.2, 0.8), (_square("Indication"), _square("Larch Health")), ((_square("use"), _square(huge)),))
    found = " ".join(text for page in _pages(Part("tendons", (table,))) for text in _texts(page))
    assert all(f"word{n} " in found for n in (0, 3000, 5999))
    assert found.replace(" ", "").count("unbroken") >= 60


def test_passages_run_in_columns_and_a_head_stays_with_what_follows() -> None:
    passages = [block for n in range(60) for block in (
        Passage((Line(f"row {n}", "row"),), is_head=True), Passage(tuple(Line(f"said {n}") for _ in range(6))))]
    pages = _pages(Part("words", tuple(passages), columns=3))
    assert len({each.left for each in pages[0].drawn if isinstance(each, Words)}) == 3
    for page in pages:
        texts = _texts(page)
        assert all(f"said {text[4:]}" in texts for text in texts if text.startswith("row "))
