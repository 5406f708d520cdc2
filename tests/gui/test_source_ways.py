"""Ways through a source: to read it, to jump in it, to find words, to go back, and to hold one beside another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from policyview.anchor import anchor_at
from policyview.gui.main_window import MainWindow
from policyview.gui.page_images import BoxKey, PageImages, PageKey, ShapeKey, WordsKey
from policyview.gui.page_shape import Letters, PageShape
from policyview.gui.page_zoom import PageZoom, zoom_of, zoom_words
from policyview.gui.preferences import Preferences
from policyview.gui.source_room import SourceRoom
from policyview.gui.source_view import SourceView
from policyview.gui.standing import Target
from policyview.model import Document, Facts, Loss, Reading, Role, Section

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PAGES = 60
LINE = "Gentle rinsing of the nose is covered for adults with dry airways after two weeks of drops.\n"
HEADINGS = ("Coverage", "Who may ask", "Limits", "Codes", "History", "Sources")


@dataclass
class SmallPrint:
    """Draws white pages, and finds every word in a low line at the right of its page."""

    asked: list[PageKey | BoxKey] = field(default_factory=list)
    letter: float = 0.008  # of the page's height

    def image(self, key: PageKey) -> QImage:
        self.asked.append(key)
        image = QImage(key.width, round(key.width * 1.4), QImage.Format.Format_BGR888)
        image.fill(Qt.GlobalColor.white)
        return image

    def boxes(self, key: BoxKey) -> list[QRectF]:
        self.asked.append(key)
        return [QRectF(0.6, 0.5, 0.3, self.letter)]

    def shape(self, key: ShapeKey) -> PageShape:
        return PageShape(612.0, 1.4, tuple(QRectF(0.1, 0.3 + 0.04 * k, 0.8, self.letter) for k in range(10)))

    def words(self, key: WordsKey) -> list[QRectF]:
        return [QRectF(0.6, 0.5 + 0.0001 * k, 0.02, self.letter) for k in range(len(key.spans))]

    def close(self) -> None:
        pass


def _reading(media_type: str) -> Reading:
    """A document of one heading every ten pages, the second under the first."""
    parts = [f"{HEADINGS[n // 10]}\n{LINE}" if n % 10 == 0 else LINE for n in range(PAGES)]
    text, starts = "".join(parts), [sum(map(len, parts[:n])) for n in range(PAGES)]
    pages = tuple(starts) if media_type == "application/pdf" else ()
    document = Document(f"made.{media_type[-3:]}", media_type[-1] * 64, media_type, text, pages)
    sections = tuple(
        Section(name, 2 if name == "Who may ask" else 1, Role.OTHER,
                anchor_at(document, starts[10 * n], starts[10 * n] + len(name))) for n, name in enumerate(HEADINGS)
    )  # fmt: skip
    return Reading(document, Facts(sections=sections))


def _target(reading: Reading, page: int) -> Target:
    start = reading.document.text.index("Gentle", (reading.document.pages or (0,))[page - 1])
    return Target(reading, (anchor_at(reading.document, start, start + 60),))


@pytest.fixture
def drawn() -> SmallPrint:
    return SmallPrint()


@pytest.fixture
def source(qtbot: QtBot, drawn: SmallPrint) -> Iterator[SourceView]:
    images = PageImages(lambda: drawn)
    view = SourceView(images)
    qtbot.addWidget(view)
    view.resize(360, 640)
    view.show()
    yield view
    images.close()


def test_a_page_is_drawn_once_and_so_large_that_its_words_can_be_read(
    source: SourceView, qtbot: QtBot, drawn: SmallPrint
) -> None:
    source.show_target(_target(_reading("application/pdf"), 4))
    qtbot.waitUntil(lambda: source.is_settled)
    pages = source.pages
    height = drawn.letter * pages._layout.height(4)
    assert 10.9 <= height <= 14.1
    assert len({key.width for key in drawn.asked if isinstance(key, PageKey)}) == 1
    across = pages.horizontalScrollBar()
    left, right = (10 + share * pages._layout.width - across.value() for share in (0.6, 0.9))
    assert 0 <= left < right <= pages.viewport().width()  # the words stand in view without a person's doing
    QTest.keyClick(pages, KEY.Key_Plus)
    assert drawn.letter * pages._layout.height(4) == pytest.approx(1.25 * height, rel=0.01)
    assert source.zoom.sizes.text() == f"{100 * pages.share:.0f} %"


def test_from_large_print_to_a_late_page_of_small_print(source: SourceView, qtbot: QtBot, drawn: SmallPrint) -> None:
    """The bar below comes and goes within the turn to another document; the window died of a page it had not."""
    small = _reading("application/pdf")
    document = small.document
    large = Reading(replace(document, sha256="c" * 64, text=document.text[:150], pages=document.pages[:2]), Facts())
    first = Target(large, (anchor_at(large.document, 0, 8),))
    for target, letter in ((first, 0.04), (_target(small, 55), 0.008), (first, 0.04)):
        drawn.letter = letter
        source.show_target(target)
        qtbot.waitUntil(lambda: source.is_settled)
        assert source.pages.page == target.page
        assert source.pages.horizontalScrollBar().isVisible() is (letter < 0.01)


def test_letters_decide_the_width_and_the_pane_where_they_are_large() -> None:
    zoom = PageZoom()
    zoom.choice = "passage"
    assert zoom.width(400) == 400  # while nothing is known
    zoom.take_letters(Letters(0.01), 400, 330)
    assert zoom.width(400) == 1100  # 11 pixels
    zoom.take_letters(Letters(0.012), 400, 330)
    assert zoom.width(400) == 1100  # letters of one document are shown in one size …
    zoom.take_letters(Letters(0.005), 400, 330)
    assert zoom.width(400) == 2200  # … unless they are too small
    for letters, fitting, width in ((Letters(0.03), 450, 450), (Letters(0.03), 900, 600), (None, 500, 500),
                                    (Letters(0.018, column=0.5), 400, 612),
                                    (Letters(0.02, column=0.5), 400, 400)):  # fmt: skip
        zoom.forget_letters()
        zoom.take_letters(letters, fitting, 330)
        assert zoom.width(fitting) == pytest.approx(width)
    zoom.take_letters(Letters(0.022), 380, 330)
    assert zoom.width(380) == 380  # a page whose lines are longer: whole lines stay whole
    assert [zoom_of(zoom_words(each)) for each in ("passage", "width", 1.25)] == ["passage", "width", 1.25]
    assert zoom_of("9999") == zoom_of("large") == zoom_of("") == "passage"


def test_sections_and_pages_to_jump_by(source: SourceView, qtbot: QtBot, drawn: SmallPrint) -> None:
    reading = _reading("application/pdf")
    source.show_target(_target(reading, 14))
    qtbot.waitUntil(lambda: source.is_settled)
    source.toggle_outline()
    outline, tree = source.outline, source.outline.tree
    qtbot.waitUntil(lambda: tree.read == "Who may ask")
    assert tree.hasFocus()
    assert tree.currentIndex().parent().data() == "Coverage"
    QTest.keyClicks(tree, "hist")
    assert outline.words.text() == "hist"
    QTest.keyClick(outline.words, KEY.Key_Return)
    qtbot.waitUntil(lambda: tree.read == "History")
    assert source.pages.hasFocus()
    assert source.pages.lit_count == 1  # what is lit stays lit, on its page
    assert source.target == _target(reading, 14)
    outline.words.clear()
    drawn.asked.clear()
    QTest.mouseClick(outline.by_page, Qt.MouseButton.LeftButton)
    outline.enter()
    qtbot.waitUntil(lambda: len({key.page for key in _small(drawn)}) >= 3)
    assert len(_small(drawn)) < 25  # only those in sight
    assert outline.pages.currentIndex().row() + 1 == source.pages.page
    told = [outline.pages.model().index(page, 0).data(Qt.ItemDataRole.AccessibleTextRole) for page in (13, 14)]
    assert told == ["Page 14 of 60, words are lit on it", "Page 15 of 60"]
    QTest.keyClick(outline.pages, KEY.Key_Home)
    QTest.keyClick(outline.pages, KEY.Key_Return)
    assert source.pages.page == 1
    QTest.keyClick(outline.pages, KEY.Key_Escape)
    assert outline.isHidden()
    assert source.pages.hasFocus()


def _small(drawn: SmallPrint) -> list[PageKey]:
    return [key for key in drawn.asked if isinstance(key, PageKey) and key.width < 100]


def test_a_text_has_its_sections_its_size_and_its_find_too(source: SourceView, qtbot: QtBot) -> None:
    reading = _reading("text/plain")
    source.show_target(_target(reading, 1))
    qtbot.waitUntil(lambda: source.is_settled)
    source.toggle_outline()
    assert source.outline.by_page.isHidden()
    QTest.keyClick(source.outline.tree, KEY.Key_End)
    QTest.keyClick(source.outline.tree, KEY.Key_Return)
    qtbot.waitUntil(lambda: source.outline.tree.read in ("History", "Sources"))
    size = source.text.fontMetrics().height()
    QTest.keyClick(source.text, KEY.Key_Plus)
    assert source.text.fontMetrics().height() > size
    assert source.zoom.sizes.text() == "125 %"
    source.open_find()
    QTest.keyClicks(source.finder.words, "who  MAY ask")
    qtbot.waitUntil(lambda: source.finder.told.text() == "1 of 1")
    assert source.selected is not None
    assert source.selected.anchor.quote == "Who may ask"
    QTest.keyClick(source.finder.words, KEY.Key_Escape)
    assert source.text.hasFocus()


def test_words_are_found_from_the_place_in_view_on(source: SourceView, qtbot: QtBot) -> None:
    source.show_target(_target(_reading("application/pdf"), 30))
    qtbot.waitUntil(lambda: source.is_settled)
    source.open_find()
    QTest.keyClicks(source.finder.words, "two weeks")
    qtbot.waitUntil(lambda: "of 60" in source.finder.told.text())
    here = int(source.finder.told.text().split()[0])
    assert here in (29, 30, 31)
    for _ in range(4):
        QTest.keyClick(source, KEY.Key_F3)
    assert source.finder.told.text() == f"{here + 4} of 60"
    qtbot.waitUntil(lambda: source.pages.page in (here + 3, here + 4))
    assert source.selected is not None
    assert source.selected.anchor.quote == "two weeks"
    QTest.keyClicks(source.finder.words, " nobody")
    qtbot.waitUntil(lambda: source.finder.told.text() == "not found")


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain"])
def test_another_size_of_the_pane_leaves_what_is_read_in_view(
    source: SourceView, qtbot: QtBot, media_type: str
) -> None:
    reading = _reading(media_type)
    start = reading.document.text.index("Limits")
    target = Target(reading, (anchor_at(reading.document, start, start + 6),))
    source.show_target(target)
    qtbot.waitUntil(lambda: source.is_settled)
    view = source._view
    assert view is not None
    for width in (600, 330):  # the lit words stay …
        source.resize(width, 400)
        qtbot.waitUntil(lambda: source.is_settled)
        assert view.is_lit_seen
    source.outline.tree.show_reading(reading)
    source.go_to(reading.facts.sections[4].anchor)  # … and another place, where somebody went there
    place = view.top_offset
    source.resize(620, 400)
    source.open_find()
    qtbot.waitUntil(lambda: source.is_settled)
    assert not view.is_lit_seen
    assert abs(view.top_offset - place) < 2 * len(LINE)


def test_a_source_is_held_while_the_cell_moves_on(filled: MainWindow, qtbot: QtBot) -> None:
    cells, room = filled.matrix.tables.cells, filled.sources
    filled.matrix.tables.set_current(1, 1)
    qtbot.waitUntil(lambda: filled.source.is_settled)
    first = filled.source.target
    QTest.keyClick(filled, KEY.Key_H, CONTROL)
    assert room.held is not None
    QTest.keyClick(cells, KEY.Key_Right)
    qtbot.waitUntil(lambda: filled.source.is_settled and room.held is not None and room.held.is_settled)
    assert room.held.target == first != filled.source.target
    assert room.held.where.text().startswith("Held: Northfield")
    assert room.orientation() is Qt.Orientation.Horizontal  # the panes beside it gave it room
    QTest.keyClick(filled, KEY.Key_F6)
    qtbot.waitUntil(lambda: room.focused is room.held)
    QTest.keyClick(room.held.text, KEY.Key_Escape)
    assert cells.hasFocus()
    QTest.keyClick(filled, KEY.Key_H, CONTROL)
    assert not room.is_holding
    room.put_beside("in/southgate.txt")
    for line in (1, 2):
        filled.matrix.tables.set_current(line, 1)
        assert room.held.target is not None
        assert room.held.target.reading.file == "in/southgate.txt"
    assert room.held.where.text().startswith("Beside: Southgate")
    places = {room.held.target, filled.source.target}
    room.release()
    assert len(places) == 2


def test_back_leads_to_the_cell_from_which_a_place_was_seen(filled: MainWindow, qtbot: QtBot) -> None:
    tables, visits = filled.matrix.tables, filled.sources.visits
    places = []
    for column in (1, 2, 3):
        tables.set_current(1, column)
        qtbot.waitUntil(lambda: filled.source.is_settled)
        places.append((tables.current, filled.source.target))
        visits._keep()  # she rests there
    QTest.keyClick(filled, KEY.Key_Left, ALT)
    QTest.keyClick(filled, KEY.Key_Left, ALT)
    assert (tables.current, filled.source.target) == places[0]
    QTest.keyClick(filled, KEY.Key_Right, ALT)
    assert (tables.current, filled.source.target) == places[1]
    qtbot.waitUntil(lambda: filled.source.is_settled)
    tables.set_current(2, 1)
    qtbot.waitUntil(lambda: filled.source.is_settled)
    visits._keep()
    assert not visits.can_step(1)


def test_what_could_not_be_read_leads_to_its_page(filled: MainWindow, qtbot: QtBot) -> None:
    session = filled.session
    paged = _reading("application/pdf")
    lost = replace(paged, document=replace(paged.document, losses=(Loss(7, "Page 7 has no text."), Loss(9, "Page 9."))))
    session.readings["made.pdf"] = lost
    QTest.keyClick(filled, KEY.Key_5, CONTROL)
    lines = filled.problems.lines
    qtbot.waitUntil(lines.hasFocus)
    rows = [row for row in range(lines.count()) if "Page 7" in lines.item(row).text()]
    lines.setCurrentRow(rows[0])
    QTest.keyClick(lines, KEY.Key_Return)
    target = filled.source.target
    assert target is not None
    assert (target.reading.document.sha256, target.page) == (lost.document.sha256, 7)
    qtbot.waitUntil(lambda: filled.source.pages.page == 7)
    QTest.keyClick(lines, KEY.Key_Escape)
    assert not filled.problems.isVisible()
    assert filled.matrix.tables.cells.hasFocus()


def test_the_chosen_size_is_kept(qtbot: QtBot, drawn: SmallPrint) -> None:
    preferences, images = Preferences(), PageImages(lambda: drawn)
    room = SourceRoom(images, preferences)
    qtbot.addWidget(room)
    room.source.pages.set_choice("width")
    room.source.text.zoom_in()
    again = SourceRoom(images, preferences)
    qtbot.addWidget(again)
    assert (again.source.pages.choice, again.source.text.share) == ("width", 1.25)
    images.close()


def test_every_control_of_a_source_has_a_name(filled: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    filled.source.toggle_outline()
    filled.source.open_find()
    fields = filled.source.findChildren(QLineEdit)
    buttons = [each for each in filled.source.findChildren(QAbstractButton) if each.parent() not in fields]
    assert len(buttons) > 12
    assert all(each.accessibleName() or each.text() for each in buttons)
    assert all(each.accessibleName() for each in fields)
    assert QApplication.focusWidget() is filled.source.finder.words
