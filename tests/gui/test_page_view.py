"""Pages of a PDF: drawn by a worker, words lit where they stand, nothing asked for twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from policyview.anchor import anchor_at
from policyview.errors import FileError
from policyview.gui.chosen_pages import ChosenPages
from policyview.gui.page_images import BoxKey, PageImages, PageKey, ShapeKey, WordsKey
from policyview.gui.page_picture import ink_of
from policyview.gui.page_shape import PageShape
from policyview.gui.page_view import PageView
from policyview.gui.standing import Target
from policyview.model import Document, Facts, Reading

PAGE = "x" * 99 + "\n"
PAGES = 6


@dataclass
class DrawnPages:
    """Draws white pages with a grey block of text, and finds every word in the middle of its page."""

    asked: list[PageKey | BoxKey] = field(default_factory=list)
    bad_page: int = 0
    has_text: bool = True
    closed: threading.Event = field(default_factory=threading.Event)

    def image(self, key: PageKey) -> QImage:
        self.asked.append(key)
        if key.page == self.bad_page:
            raise FileError("drawing it took longer than 10 seconds.")
        image = QImage(key.width, round(key.width * 1.4), QImage.Format.Format_BGR888)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.fillRect(QRectF(0.2 * key.width, 0.2 * key.width, 0.6 * key.width, key.width), QColor("#444444"))
        painter.end()
        return image

    def shape(self, key: ShapeKey) -> PageShape:
        lines = [QRectF(0.2, 0.2 + 0.03 * k, 0.6, 0.014) for k in range(20)]
        return PageShape(612.0, 1.4, tuple(lines) if self.has_text else ())

    def words(self, key: WordsKey) -> list[QRectF]:
        return []

    def boxes(self, key: BoxKey) -> list[QRectF]:
        self.asked.append(key)
        return [QRectF(0.3, 0.5, 0.2, 0.02)]

    def close(self) -> None:
        self.closed.set()


def _target(page: int, sha256: str = "a" * 64, pages: int = PAGES) -> Target:
    text = PAGE * pages
    document = Document("made.pdf", sha256, "application/pdf", text, tuple(range(0, len(text), len(PAGE))))
    start = (page - 1) * len(PAGE)
    words, basis = anchor_at(document, start + 40, start + 60), anchor_at(document, start + 2, start + 8)
    return Target(Reading(document, Facts()), (words,), (basis,), "Policy")


@pytest.fixture
def drawn() -> DrawnPages:
    return DrawnPages()


@pytest.fixture
def view(qtbot: QtBot, drawn: DrawnPages) -> Iterator[PageView]:
    images = PageImages(lambda: drawn)
    view = PageView(images)
    qtbot.addWidget(view)
    view.resize(360, 560)
    view.show()
    yield view
    images.close()
    assert drawn.closed.is_set() or not drawn.asked


def _settle(view: PageView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.is_settled)


def test_the_page_of_the_words_is_drawn_and_scrolled_to(view: PageView, qtbot: QtBot) -> None:
    view.show_target(_target(4))
    _settle(view, qtbot)
    assert view.page == 4
    assert view.lit_count == 2
    image = view.grab().toImage()
    lit = [image.pixelColor(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)]
    assert any(colour.blue() < colour.red() - 20 for colour in lit)  # a warm mark on grey and white


def test_the_text_of_the_page_fits_the_pane(view: PageView, qtbot: QtBot) -> None:
    view.show_target(_target(1))
    _settle(view, qtbot)
    width = view.viewport().width()
    assert 0.85 * width < 0.6 * view._layout.width <= width  # the text takes 0.6 of the page


def test_a_page_without_text_is_shown_as_wide_as_its_ink(view: PageView, qtbot: QtBot, drawn: DrawnPages) -> None:
    drawn.has_text = False
    view.show_target(_target(1))
    _settle(view, qtbot)
    width = view.viewport().width()
    assert 0.85 * width < 0.6 * view._layout.width <= width


def test_moving_on_the_same_page_draws_nothing_again(view: PageView, qtbot: QtBot, drawn: DrawnPages) -> None:
    view.show_target(_target(2))
    _settle(view, qtbot)
    qtbot.waitUntil(lambda: [getattr(key, "width", 0) for key in drawn.asked].count(round(view._layout.width)) >= 3)
    asked = [key for key in drawn.asked if isinstance(key, PageKey)]
    view.show_target(_target(2))
    _settle(view, qtbot)
    assert [key for key in drawn.asked if isinstance(key, PageKey)] == asked
    assert len(asked) == len(set(asked))


def test_a_page_that_cannot_be_drawn_says_so_in_its_place(view: PageView, qtbot: QtBot, drawn: DrawnPages) -> None:
    drawn.bad_page = 3
    view.show_target(_target(3))
    _settle(view, qtbot)
    assert "longer than 10 seconds" in view._images.reason(view._page_key(3))
    view.grab()


def test_keys_turn_pages_and_zoom(view: PageView, qtbot: QtBot) -> None:
    view.show_target(_target(1))
    _settle(view, qtbot)
    QTest.keyClick(view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert view.page == 2
    with qtbot.waitSignal(view.left):
        QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(1.25)
    assert view.page == 2
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1.0
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page in (PAGES - 1, PAGES)


def test_only_what_is_seen_is_drawn(view: PageView, qtbot: QtBot, drawn: DrawnPages) -> None:
    view.show_target(_target(1))
    _settle(view, qtbot)
    assert {key.page for key in drawn.asked} <= {1, 2, 3}


def test_what_may_come_next_is_drawn_while_nothing_else_is_to_do(
    view: PageView, qtbot: QtBot, drawn: DrawnPages
) -> None:
    other = _target(5, "b" * 64)
    view.set_next(lambda: [other])
    view.show_target(_target(1))
    _settle(view, qtbot)
    assert not any(key.sha256 == "b" * 64 for key in drawn.asked)
    qtbot.waitUntil(lambda: any(isinstance(key, PageKey) and key.sha256 == "b" * 64 for key in drawn.asked))
    qtbot.waitUntil(lambda: {key.page for key in drawn.asked if isinstance(key, PageKey)} >= {1, 2, 5})
    view._images.want([], None)
    seen = len(drawn.asked)
    view.show_target(other)
    assert view.is_placed  # at once: its words and its page are there, as wide as the pane wants it
    assert [key for key in drawn.asked[seen:] if key.page == 5] == []
    view.set_next(tuple)


def test_wishes_that_were_withdrawn_are_never_drawn(qtbot: QtBot) -> None:
    gate, drawn = threading.Event(), DrawnPages()

    class Slow(DrawnPages):
        def image(self, key: PageKey) -> QImage:
            gate.wait(5)
            return drawn.image(key)

    images = PageImages(Slow)
    first, passed, last = (PageKey("b" * 64, page, 40) for page in (1, 2, 3))
    images.want([first])
    qtbot.wait(50)
    images.want([passed])
    images.want([last])
    gate.set()
    qtbot.waitUntil(lambda: images.image(last) is not None)
    images.close()
    assert [key.page for key in drawn.asked] == [1, 3]


def test_the_ink_of_a_page_is_found_and_a_stray_bar_is_not(qtbot: QtBot) -> None:
    drawn = DrawnPages().image(PageKey("c" * 64, 1, 500))
    painter = QPainter(drawn)
    painter.fillRect(0, 600, 500, 3, QColor("black"))
    painter.end()
    assert ink_of(drawn) == pytest.approx((0.18, 0.82), abs=0.02)
    blank = QImage(50, 50, QImage.Format.Format_BGR888)
    blank.fill(Qt.GlobalColor.white)
    assert ink_of(blank) == (0.0, 1.0)


def test_a_wish_after_the_end_starts_no_thread(qtbot: QtBot, drawn: DrawnPages) -> None:
    """A pane may be painted once more while the window closes; Qt aborts where a running thread is destroyed."""
    images = PageImages(lambda: drawn)
    with qtbot.waitSignal(images.answered):
        images.want([PageKey("a" * 64, 1, 200)])
    images.close()
    images.want([PageKey("a" * 64, 2, 200)])
    assert not images._thread.isRunning()


def test_from_a_short_document_to_a_late_page_of_another(qtbot: QtBot, drawn: DrawnPages) -> None:
    images = PageImages(lambda: drawn)
    view = ChosenPages(images)
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.show()
    for target in (_target(2, "b" * 64, pages=2), _target(PAGES), _target(1, "b" * 64, pages=2)):
        view.show_target(target)
        qtbot.waitUntil(lambda: view.is_settled)
        assert view.page == target.page
    images.close()
