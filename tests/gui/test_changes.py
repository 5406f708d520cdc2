"""The changes between two versions: what is shown of them, where they are lit, and what a person says of them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QUndoStack
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from policyview.anchor import anchor_at
from policyview.errors import FileError
from policyview.export.versions import redline_of
from policyview.gui.change_faces import ChangeBoard, ChangeFace, change_text, placed
from policyview.gui.change_marks import ChangeMarks, Mark
from policyview.gui.changed_words import changed_words
from policyview.gui.changes_model import ChangeFilter, ChangesModel
from policyview.gui.changes_view import ChangesView
from policyview.gui.comparer import Comparer
from policyview.gui.lit_boxes import paint_boxes
from policyview.gui.page_images import BoxKey, PageImages, PageKey, ShapeKey, WordsKey
from policyview.gui.page_places import PagePlaces
from policyview.gui.page_shape import PageShape
from policyview.gui.redline import Redline, spoken
from policyview.gui.shown_text import ShownText
from policyview.gui.standing import Target
from policyview.gui.text_view import TextView
from policyview.gui.two_pages import TwoPages
from policyview.model import Anchor, Document, Facts, Loss, Progress, Reading
from policyview.review import ChangeSubject, first_break, standing
from policyview.versions import Side
from tests.gui.changed import compared, made_changes
from tests.gui.held_reviews import HeldReviews

KEY = Qt.Key
Compared = Generator[Progress, None, object]


def _face(group: str, number: int = 0) -> ChangeFace:
    return made_changes().groups[group][number]


def _lit(target: Target | None) -> list[str]:
    return [anchor.quote for anchor in target.words] if target else []


def _said(group: str, number: int = 0) -> str:
    return _face(group, number).sentence


def _subject(group: str, number: int = 0) -> ChangeSubject:
    subject = _face(group, number).subject
    assert subject is not None
    return subject


def _current(view: ChangesView) -> str:
    return view.list.face.sentence if view.list.face else ""


# --------------------------------------------------------------------------- what is shown


def test_the_changes_stand_by_weight_each_a_plain_sentence() -> None:
    board = made_changes()
    assert board.counts == "3 on coverage, 1 on evidence, 4 editorial, 2 suppressed"
    changed, removed, added = board.groups["coverage"]
    assert changed.about == "Threshold modified · not told in the history"
    assert changed.why == "number changed: ≥ 2 → ≥ 3"
    assert (changed.icon, removed.icon, added.icon) == ("change-modified", "change-removed", "change-added")
    assert not changed.is_told
    assert added.told == "Told in the history: “Added numb heels at night.”"


def test_an_entry_that_denies_a_change_of_coverage_is_loud() -> None:
    board = made_changes()
    (said,) = board.contradictions
    assert said.endswith("(2025-02), BUT what bears on coverage was changed.")
    found, denied = board.groups["history"]
    assert found.about == "2025-01 · found in the text"
    assert denied.is_loud
    assert not found.is_loud


def test_only_the_changed_words_are_lit_on_both_sides() -> None:
    assert [_lit(place) for place in _face("coverage").places] == [["2"], ["3"]]
    assert [_lit(place) for place in _face("evidence").places] == [["twice"], ["three times"]]


def test_what_one_version_has_not_has_its_place_marked_in_it() -> None:
    gone, come = _face("coverage", 1), _face("coverage", 2)
    for place, words in ((gone.places[1], "are contraindicated; and"), (come.places[0], "mm or more")):
        assert place is not None
        assert place.styles[1] == "gap"
        assert [anchor.quote for anchor in place.basis] == [words]
    assert gone.said[1] == come.said[0] == "not in this version; it would stand at the mark"


def test_what_was_suppressed_is_found_when_it_is_looked_at() -> None:
    board = made_changes()
    face = placed(_face("suppressed", 1), board.report)
    assert face.about == "renumbering"
    assert [place.basis[0].quote for place in face.places if place] == ["5. ONE of the following:",
                                                                       "4. ONE of the following:"]  # fmt: skip
    lost = placed(replace(face, sought=("words of nobody", "")), board.report)
    assert lost.said == ("its place was not found", "not in this version")


def test_words_are_found_through_line_ends_hyphens_and_ligatures() -> None:
    text = "1. The ﬁrst visit is pre-\nceded by\n  PAGE 3\n a chest X-\ufffe\nray within 10 days."
    document = Document("x.txt", "0" * 64, "text/plain", text, (0,))
    cut = text.index("  PAGE")
    first, second = anchor_at(document, 3, cut - 1), anchor_at(document, text.index("a chest"), len(text))
    side = Side("1. The first visit is preceded by a chest X-ray within 10 days.", replace(second, continues=(first,)))
    now = side.text.replace("first visit is", "second is").replace("X-ray within 10", "scan in 12")
    pieces = redline_of(side.text, now)
    lit = changed_words(document, side, pieces, "old")
    assert [anchor.quote for anchor in lit] == ["ﬁrst visit", "X-\ufffe\nray within 10"]
    assert all(text[anchor.start:anchor.end] == anchor.quote for anchor in lit)


def test_a_redline_says_in_words_what_its_lines_say() -> None:
    assert spoken(redline_of("give 2 of them", "give 3 of them")) == "give; removed: 2; added: 3; of them"


def test_removed_and_added_words_differ_in_more_than_colour(qtbot: QtBot) -> None:
    redline = Redline()
    qtbot.addWidget(redline)
    redline.show_pieces(redline_of("give 2 of them", "give 3 of them"))
    cursor, found = redline.textCursor(), {}
    for word in "23":
        cursor.setPosition(redline.toPlainText().index(word) + 1)
        found[word] = cursor.charFormat().fontStrikeOut(), cursor.charFormat().fontUnderline()
    assert found == {"2": (True, False), "3": (False, True)}
    drawn = {style: _rows_drawn(style) for style in ("removed", "added", "words")}
    assert drawn["removed"][0] == 30  # a line through the middle of rows 20 to 40
    assert min(drawn["added"]) >= 38
    assert max(drawn["added"]) - min(drawn["added"]) > 2  # two lines


def _rows_drawn(style: str) -> list[int]:
    """The rows of pixels that hold the dark edge of a style, in the middle of a box."""
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_boxes(painter, QRectF(0, 0, 100, 100), [QRectF(0.2, 0.2, 0.6, 0.2)], style, 5.0)
    painter.end()
    return [y for y in range(100) if image.pixelColor(50, y).lightness() < 130]


def test_a_copied_change_carries_both_citations() -> None:
    text = change_text(_face("coverage"))
    assert "Older: “The logger has tried at least 2 warming agents" in text
    assert "Newer: “The logger has tried at least 3 warming agents" in text
    assert text.count("— ") == 2
    assert "FH-12" in text


def test_places_lead_from_one_version_to_the_other_and_back() -> None:
    old, new, *_ = compared()
    there, back = made_changes().beside
    for words in ("chilblain in adults", "E9901", "Winter A"):
        here, other = old.document.text.index(words), new.document.text.index(words)
        assert abs(there.offset(here) - other) < 3, words
        assert abs(back.offset(other) - here) < 3, words


def test_qt_positions_lead_back_to_canonical_offsets() -> None:
    text = "one\r\ntwo \U0001d54f three\x07four"
    shown = ShownText(text)
    shown.take(1000)
    for offset in range(len(text)):
        place = shown.place(offset)
        assert shown.place(shown.offset(place)) == place
        assert offset - 1 <= shown.offset(place) <= offset


# --------------------------------------------------------------------------- the model


@pytest.fixture
def marks() -> ChangeMarks:
    reviews, stack = HeldReviews(), QUndoStack()
    marks = ChangeMarks(reviews, stack)
    for each in (reviews, stack):
        each.setParent(marks)
    return marks


def test_qt_finds_no_fault_in_the_changes(qtmodeltester: ModelTester, marks: ChangeMarks) -> None:
    model = ChangesModel(marks)
    model.show(made_changes())
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    for wanted in (ChangeFilter(is_moved=True), ChangeFilter(is_substantive=True), ChangeFilter()):
        model.set_filter(wanted)
    marks.judge(_subject("coverage"), "confirmed")
    model.show(None)


def test_each_filter_shows_what_it_says(marks: ChangeMarks) -> None:
    model = ChangesModel(marks)
    model.show(made_changes())

    def shown(wanted: ChangeFilter) -> list[int]:
        model.set_filter(wanted)
        return [model.rowCount(model.index(row, 0)) for row in range(model.rowCount())]

    assert shown(ChangeFilter()) == [3, 1, 2, 4, 2]
    assert shown(ChangeFilter(is_substantive=True)) == [3, 1]
    assert shown(ChangeFilter(bears_on="evidence")) == [1]
    assert shown(ChangeFilter(is_untold=True)) == [2, 1]
    assert shown(ChangeFilter(is_moved=True)) == []
    marks.judge(_subject("coverage", 2), "not relevant")
    assert shown(ChangeFilter(is_substantive=True, is_unreviewed=True)) == [2, 1]
    assert model.index(0, 0).data() == "On coverage (2 of 3)"
    assert model.unreviewed() == 3


def test_what_is_said_is_only_ever_added_to(marks: ChangeMarks) -> None:
    stack, reviews = marks.findChild(QUndoStack), marks.findChild(HeldReviews)
    assert stack is not None
    assert reviews is not None
    first, other = _subject("coverage"), _subject("evidence")
    marks.judge(first, "confirmed")
    marks.judge(first, "not relevant")
    marks.note(first, "why")
    marks.judge(other, "confirmed")
    marks.judge(first, "")
    assert (marks.mark(first), marks.mark(other)) == (Mark("", "why"), Mark("confirmed"))
    stack.undo()
    assert marks.mark(first) == Mark("not relevant", "why")
    stack.redo()
    assert marks.mark(first) == Mark("", "why")
    for _ in range(4):
        stack.undo()
    assert (marks.mark(first), marks.mark(other)) == (Mark("confirmed"), Mark())
    stack.undo()
    assert not standing(reviews.reviews)
    for _ in range(5):
        stack.redo()
    assert (marks.mark(first), marks.mark(other)) == (Mark("", "why"), Mark("confirmed"))
    assert first_break(reviews.reviews) is None
    again = ChangeMarks(reviews, QUndoStack(marks), marks)  # as after opening it anew
    assert again.mark(first) == Mark("", "why")


# --------------------------------------------------------------------------- both versions side by side


class Drawn:
    """White pages; every word stands in the middle of its page."""

    def image(self, key: PageKey) -> QImage:
        image = QImage(key.width, round(key.width * 1.4), QImage.Format.Format_BGR888)
        image.fill(Qt.GlobalColor.white)
        return image

    def shape(self, key: ShapeKey) -> PageShape:
        return PageShape(612.0, 1.4, (QRectF(0.1, 0.5, 0.8, 0.02),))

    def words(self, key: WordsKey) -> list[QRectF]:
        return []

    def boxes(self, key: BoxKey) -> list[QRectF]:
        return [QRectF(0.3, 0.5, 0.2, 0.02)]

    def close(self) -> None:
        pass


@pytest.fixture
def images() -> Iterator[PageImages]:
    images = PageImages(Drawn)
    yield images
    images.close()


def _paged(letter: str, pages: int) -> Reading:
    text = letter * 1000 * pages
    return Reading(Document(f"{letter}.pdf", letter * 64, "application/pdf", text, tuple(range(0, len(text), 1000))),
                   Facts())  # fmt: skip


def _on_page(reading: Reading, page: int) -> tuple[Anchor, ...]:
    return (anchor_at(reading.document, 1000 * page - 500, 1000 * page - 480),)


def test_what_is_scrolled_in_one_is_scrolled_in_the_other(qtbot: QtBot, images: PageImages) -> None:
    """The newer version has a page more in front."""
    from policyview.gui.beside import Beside

    old, new = _paged("a", 8), _paged("b", 9)
    pairs = [((n * 1000, n * 1000 + 900), (n * 1000 + 1000, n * 1000 + 1900)) for n in range(8)]
    back = [(other, one) for one, other in pairs]
    view = TwoPages(images)
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show()
    view.show_places(
        (Target(old, _on_page(old, 2), styles=("removed", "unit")), Target(new, _on_page(new, 3))), ("", ""),
        (Beside(pairs, (8000, 9000)), Beside(back, (9000, 8000))),
    )  # fmt: skip
    qtbot.waitUntil(lambda: view.is_settled)
    assert (view.old.pages.page, view.new.pages.page) == (2, 3)
    for pane, other, key, page in ((view.old, view.new, KEY.Key_PageDown, 5), (view.new, view.old, KEY.Key_PageUp, 2)):
        pane.enter()
        while pane.pages.page != page:
            QTest.keyClick(pane.pages, key)
        assert other.pages.page == (page + 1 if pane is view.old else page - 1)
    QTest.keyClick(view.old.pages, KEY.Key_Plus)
    assert view.new.pages.share == view.old.pages.share
    assert view.old.pages.zoom > 1.2


def test_places_on_a_page_are_known_where_its_worker_told_of_them(qtbot: QtBot, images: PageImages) -> None:
    document = _paged("a", 2).document
    places = PagePlaces(document, images)
    assert places.share(2, 1500) == 0.5  # nothing is known yet: by its share of the text
    places.set_landmarks([1400, 1410, 1800])
    keys = list(places.keys(2))
    assert [key.start for key in keys] == [400, 800]  # those too near to another one are left out
    images.want(keys)
    qtbot.waitUntil(lambda: all(map(images.is_answered, keys)))
    assert places.share(2, 1400) == places.share(2, 1200) + 0.25 == 0.5  # Drawn finds all words in the middle
    assert places.offset(2, 0.5) == 1400
    assert places.offset(2, 0.75) == 1700


def test_a_text_tells_what_stands_at_its_top(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    text = "".join(f"Line {n} is followed by others, and some of these are long enough to wrap.\n" for n in range(200))
    view.show_target(Target(Reading(Document("a.txt", "a" * 64, "text/plain", text), Facts())))
    bar = view.verticalScrollBar()
    for offset in (0, 5_000, len(text) // 2):
        bar.setValue(view.value_at(offset))
        assert abs(view.offset_at(bar.value()) - offset) < 100


def test_a_wish_of_one_page_leaves_those_of_the_other(qtbot: QtBot, images: PageImages) -> None:
    first, second = PageKey("a", 1, 40), PageKey("b", 1, 40)
    images.want([first], "left")
    images.want([second], "right")
    qtbot.waitUntil(lambda: images.is_answered(first) and images.is_answered(second))


# --------------------------------------------------------------------------- the view


def _compare(old: Reading, new: Reading) -> Compared:
    yield Progress(0, 2, "Reading both versions again")
    return compared()[2:]


@pytest.fixture
def view(qtbot: QtBot, images: PageImages, marks: ChangeMarks) -> Iterator[ChangesView]:
    comparer = Comparer(_compare)  # type: ignore[arg-type]
    view = ChangesView(comparer, marks, images)
    qtbot.addWidget(view)
    view.resize(1100, 660)
    with qtbot.waitExposed(view):
        view.show()
    old, new, *_ = compared()
    view.show_readings([old, new], [(old, new)])
    qtbot.waitUntil(lambda: view.board is not None and view.is_settled)
    yield view
    comparer.close()


def test_the_changes_of_the_only_policy_with_versions_stand_there(view: ChangesView) -> None:
    assert view.head.verdict.whole == "3 changes bear on coverage, 2 not told in the newer version’s revision history."
    assert view.head.counts.whole.endswith("2 suppressed · 4 not reviewed")
    assert view.head.loud.isVisible()
    assert "BUT what bears on coverage was changed" in view.head.loud.text()
    assert _current(view) == _said("coverage")
    assert view.detail.redline.toPlainText() == (
        "3. The logger has tried at least 2\N{HAIR SPACE}3 warming agents, unless they are contraindicated; and")
    assert "removed: 2; added: 3" in view.detail.redline.accessibleDescription()
    for pane, words in ((view.pages.old, "2"), (view.pages.new, "3")):
        assert words in [each.cursor.selectedText() for each in pane.text.extraSelections()]
    ledger = view.model.group_index("suppressed")
    assert not view.list.isExpanded(ledger)


def test_changes_are_judged_by_keyboard_and_undone(view: ChangesView, marks: ChangeMarks, qtbot: QtBot) -> None:
    view.list.setFocus()
    first, second = (view.model.face(index) for index in view.model.indexes()[:2])
    assert first is not None
    assert second is not None
    QTest.keyClick(view.list, KEY.Key_Space)
    assert marks.mark(first.subject) == Mark("confirmed")
    assert view.head.counts.whole.endswith("3 not reviewed")
    assert "confirmed" in view.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.keyClick(view.list, KEY.Key_Down)
    QTest.keyClick(view.list, KEY.Key_Delete)
    QTest.keyClick(view.list, KEY.Key_N)
    assert view.detail.note.hasFocus()
    QTest.keyClicks(view.detail.note, "ask the payer")
    QTest.keyClick(view.detail.note, KEY.Key_Return)
    assert view.list.hasFocus()
    assert marks.mark(second.subject) == Mark("not relevant", "ask the payer")
    assert view.detail.dismiss.isChecked()
    QTest.keyClick(view.list, KEY.Key_N)
    QTest.keyClicks(view.detail.note, "thrown away")
    QTest.keyClick(view.detail.note, KEY.Key_Escape)
    assert view.detail.note.text() == "ask the payer"
    QTest.keyClick(view.list, KEY.Key_Up)
    stack = marks.findChild(QUndoStack)
    assert stack is not None
    stack.undo()
    assert marks.mark(second.subject) == Mark("not relevant")
    assert view.list.face is second
    stack.undo()
    stack.undo()
    assert marks.mark(first.subject) == Mark()
    assert view.list.face is first


def test_stepping_passes_what_is_editorial_and_opens_what_is_closed(view: ChangesView) -> None:
    told: list[str] = []
    view.told.connect(told.append)
    passed = [_current(view)]
    for _ in range(3):
        view.step(1)
        passed.append(_current(view))
    assert passed == [_said("coverage"), _said("coverage", 1), _said("coverage", 2), _said("evidence")]
    view.step(1)
    assert told == ["There is no further substantive change"]
    view.judge("confirmed")
    view.step(-1, is_unreviewed=True)
    assert _current(view) == _said("coverage", 2)


def test_a_filter_that_nothing_answers_says_so(view: ChangesView) -> None:
    view.filter.moved.click()
    assert view.no_line.isVisible()
    view.filter.moved.click()
    assert view.list.isVisible()
    view.filter.unreviewed.click()
    assert _current(view) == _said("coverage")


def test_losses_found_since_are_told_before_the_changes(view: ChangesView) -> None:
    old, new, *_ = compared()
    document = replace(old.document, losses=(Loss(1, "Page 1 holds a drawing that was not read."),))
    view.show_readings([replace(old, document=document), new], [(old, new)])
    assert view.head.cautions.isVisible()
    said = view.head.cautions.toPlainText()
    assert said == "Caution: Of the older version: Page 1 holds a drawing that was not read."
    assert view.head.cautions.y() < view.head.verdict.y()


def test_documents_that_are_open_no_more_take_their_changes_with_them(view: ChangesView, qtbot: QtBot) -> None:
    old, new, *_ = compared()
    view.show_readings([old], [])
    assert view.message.isVisible()
    assert view.board is None
    assert not view.model.rowCount()
    view.show_readings([old, new], [(old, new)])
    qtbot.waitUntil(lambda: view.board is not None and view.is_settled)


def test_any_two_documents_are_chosen_by_keyboard(view: ChangesView, qtbot: QtBot) -> None:
    old, new, *_ = compared()
    view.ask(new.file, None)
    assert view.bar.new.hasFocus()
    assert view.message.text() == "Choose the older and the newer version above"
    QTest.keyClick(view.bar.new, KEY.Key_Home)
    qtbot.waitUntil(lambda: view.board is not None and view.board.report.old is new)
    assert view.bar.pair == (new.file, old.file)
    view.bar.swap.click()
    qtbot.waitUntil(lambda: view.board is not None and view.board.report.old is old)


def test_every_control_has_a_name(view: ChangesView) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLineEdit

    for kind in (QComboBox, QLineEdit, QAbstractScrollArea, QAbstractButton):
        for each in view.findChildren(kind):
            text = each.text() if isinstance(each, QAbstractButton) else ""
            inner = each.objectName().startswith("qt_") or each.window() is not view.window()  # a list that drops down
            assert each.accessibleName() or text or inner or not each.focusPolicy(), each


# --------------------------------------------------------------------------- comparing


def _fails(old: Reading, new: Reading) -> Compared:
    yield Progress(0, 2, "Reading both versions again")
    raise FileError("The copy of old.md is gone. Open the document again.")


def _waits(old: Reading, new: Reading) -> Compared:
    import time

    while True:
        time.sleep(0.005)
        yield Progress(0, 2, "Reading both versions again")


@pytest.mark.parametrize("work", [_fails, _waits])
def test_a_comparison_that_fails_or_is_cancelled_says_so(
    qtbot: QtBot, images: PageImages, marks: ChangeMarks, work: object
) -> None:
    comparer = Comparer(work)  # type: ignore[arg-type]
    view = ChangesView(comparer, marks, images)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    assert view.message.isVisible()
    old, new, *_ = compared()
    view.show_readings([old, new], [(old, new)])
    if work is _waits:
        qtbot.waitUntil(lambda: view.cancel.isVisible() and view.message.text() == "Reading both versions again …")
        view.cancel.click()
    qtbot.waitUntil(lambda: view.again.isVisible())
    assert view.message.text() in {
        "The comparison was cancelled.",
        "The comparison could not be made: The copy of old.md is gone. Open the document again.",
    }
    view.again.click()
    assert view.cancel.isVisible()
    comparer.close()


def test_the_pair_asked_for_last_is_compared(qtbot: QtBot) -> None:
    old, new, *_ = compared()
    comparer = Comparer(_compare)  # type: ignore[arg-type]
    found: list[ChangeBoard] = []
    comparer.compared.connect(found.append)
    comparer.ask(old, new)
    comparer.ask(new, old)
    qtbot.waitUntil(lambda: len(found) == 1)
    assert found[0].report.old is new
    comparer.ask(new, old)
    assert found == [found[0], found[0]]
    comparer.close()
