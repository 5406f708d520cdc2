"""A person reviews and corrects cells: what is on screen, what is said, and that each step can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from policyview.gui.cell_marks import CORRECTING
from policyview.gui.chosen_pages import ChosenPages
from policyview.gui.main_window import MainWindow
from policyview.gui.matrix_sheet import CELL, ROW
from policyview.gui.row_chooser import RowChooser
from policyview.gui.statement_dialog import FieldsDialog
from policyview.model import Determination, State
from policyview.resources import sample_docs
from policyview.review import standing
from policyview.settings import Settings
from policyview.store import Workspace
from tests.test_amend import LARKSPUR, MARSH, reading_of

PATIENCE_MS = 60_000  # a comparison on a busy machine
Key, Mod = Qt.Key, Qt.KeyboardModifier
ADULTS, CHILDREN, COUGH = 1, 2, 4  # lines of the made board
NORTHFIELD, EASTBROOK, SOUTHGATE, HANDBOOK = 1, 2, 3, 4  # columns


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    """A key in the matrix, once it has the keyboard."""
    cells = window.matrix.tables.cells
    window.activateWindow()
    cells.setFocus()
    for _ in range(200):
        if QApplication.focusWidget() is cells:
            break
        QTest.qWait(5)
    QTest.keyClick(cells, key, modifier)


def tip(window: MainWindow, line: int, column: int) -> str:
    model = window.matrix.tables.cells.model()
    return str(model.index(line, column).data(Qt.ItemDataRole.ToolTipRole))


def face_signs(window: MainWindow) -> tuple[str, ...]:
    cells = window.matrix.tables.cells
    face = window.matrix._model.face(cells.currentIndex())
    assert face is not None
    return face.signs


def lines(window: MainWindow) -> list[str]:
    """The top lines of the criteria pane."""
    model = window.cell.tree.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def actions(window: MainWindow) -> list[str]:
    return [each.action for each in standing(window.session.reviews)]


# --------------------------------------------------------------------------- judging


def test_space_confirms_a_cell_of_every_state_and_takes_it_back(filled: MainWindow) -> None:
    for place in ((ADULTS, NORTHFIELD), (CHILDREN, EASTBROOK), (CHILDREN, SOUTHGATE), (CHILDREN, HANDBOOK)):
        confirm_and_take_back(filled, place)


def confirm_and_take_back(filled: MainWindow, place: tuple[int, int]) -> None:
    filled.matrix.tables.set_current(*place)
    press(filled, Key.Key_Space)
    assert actions(filled) == ["confirm"]
    assert face_signs(filled) == ("mark-confirmed",)
    assert "Confirmed by" in tip(filled, *place)
    assert any(line.startswith("Confirmed by") for line in lines(filled))
    press(filled, Key.Key_Space)
    assert actions(filled) == []
    assert face_signs(filled) == ()
    filled.undo_stack.undo()
    assert face_signs(filled) == ("mark-confirmed",)
    press(filled, Key.Key_Delete)
    assert face_signs(filled) == ("mark-not-relevant",)
    filled.undo_stack.undo()
    filled.undo_stack.undo()
    filled.undo_stack.undo()
    assert (actions(filled), face_signs(filled)) == ([], ())


def test_a_confirmed_cell_is_no_longer_to_be_checked(filled: MainWindow, qtbot: QtBot) -> None:
    assert filled.status.checks.text() == "2 cells to check"
    filled.matrix.tables.set_current(CHILDREN, NORTHFIELD)
    press(filled, Key.Key_Space)
    assert filled.status.checks.text() == "1 cell to check"
    assert "To check" not in tip(filled, CHILDREN, NORTHFIELD)
    filled.matrix.tables.set_current(ADULTS, NORTHFIELD)
    press(filled, Key.Key_F9)
    assert filled.matrix.tables.current == (COUGH, EASTBROOK)
    QTest.keyClick(filled, Key.Key_Z, Mod.ControlModifier)
    assert filled.matrix.tables.current == (CHILDREN, NORTHFIELD)  # what was undone is to be seen
    assert "To check: the age is not stated" in tip(filled, CHILDREN, NORTHFIELD)
    filled.status.checks.click()
    audit = filled.audit_view
    qtbot.waitUntil(lambda: len(audit.board.of("checks")) == 2)
    assert (audit.section, audit.sections.tabText(1), audit.model.rowCount()) == ("checks", "To check (2)", 2)
    assert audit.isVisible()


def test_a_note_is_written_at_the_cell(filled: MainWindow) -> None:
    filled.matrix.tables.set_current(CHILDREN, SOUTHGATE)
    press(filled, Key.Key_N)
    line = filled.reviewing.editor.line
    assert line.hasFocus()
    QTest.keyClicks(line, "n or N: ask <b>them</b>")
    QTest.keyClick(line, Key.Key_Return)
    assert filled.matrix.tables.cells.hasFocus()
    assert not filled.reviewing.editor.isVisible()
    (note,) = filled.session.reviews
    assert (note.action, note.text) == ("note", "n or N: ask <b>them</b>")
    assert face_signs(filled) == ("mark-note",)
    assert "ask &lt;b&gt;them" in tip(filled, CHILDREN, SOUTHGATE)
    assert any("ask <b>them</b>" in line for line in lines(filled))
    press(filled, Key.Key_N)
    assert line.text() == note.text
    QTest.keyClicks(line, "other words")
    QTest.keyClick(line, Key.Key_Escape)
    assert len(filled.session.reviews) == 1
    assert filled.undo_stack.undoText() == "note: Children with knotted airway syndrome"
    press(filled, Key.Key_N)
    line.clear()
    QTest.keyClick(line, Key.Key_Return)
    assert actions(filled) == []


def test_where_nothing_is_kept_nothing_can_be_said(filled: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.matrix.tables.set_current(ADULTS, NORTHFIELD)
    monkeypatch.setattr(filled.session._keeping, "locked", "kept.policyview is open in another window.")
    press(filled, Key.Key_Space)
    assert filled.session.reviews == ()
    assert "another window" in filled.statusBar().currentMessage()
    menu = filled.menuBar().actions()[4].menu()
    assert isinstance(menu, QMenu)
    menu.popup(QPoint(0, 0))
    texts = {action.text(): action for action in menu.actions() if action.isVisible() and action.text()}
    assert "another window" in next(iter(texts))
    assert not texts["&Confirm"].isEnabled()
    assert "another window" in texts["&Confirm"].toolTip()
    menu.close()
    assert filled.menus.review.confirm.isEnabled()  # so that its key says why


def test_menus_stand_where_they_are_of(filled: MainWindow) -> None:
    tables = filled.matrix.tables
    tables.set_current(ADULTS, NORTHFIELD)
    place = tables.cells.visualRect(tables.cells.currentIndex()).center()

    def offered() -> list[str]:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        texts = [action.text().replace("&", "") for action in menu.actions() if action.text()]
        menu.close()
        return texts

    mouse = QContextMenuEvent.Reason.Mouse
    for table, words in ((tables.cells, "Move to another row …"), (tables.labels, "Merge the row into another …")):
        event = QContextMenuEvent(mouse, place, table.viewport().mapToGlobal(place))
        QApplication.sendEvent(table.viewport(), event)
        assert words in offered()
    tables.cells.head.customContextMenuRequested.emit(QPoint(20, 20))
    assert "About this document …" in offered()
    filled.cell.tree.customContextMenuRequested.emit(QPoint(20, 20))
    assert "Correct the determination" in offered()
    filled.source.text.customContextMenuRequested.emit(QPoint(20, 20))
    assert "Make the selected words an indication …" in offered()
    tables.set_current(CHILDREN, SOUTHGATE)  # a catch-all: several acts cannot be done, and the menu's top says why
    event = QContextMenuEvent(mouse, place, tables.cells.viewport().mapToGlobal(place))
    filled.menus.review.open_at_cell(event.globalPos())
    assert offered()[0] == "Only what a document states itself can be moved"


# --------------------------------------------------------------------------- correcting


@pytest.fixture
def vests(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window on two invented policies, really compared."""
    for name, text in (("larkspur.md", LARKSPUR), ("marsh.md", MARSH)):
        window.session._keep(reading_of(tmp_path, name, text))
    window.session._note()
    settle(window, qtbot)
    return window


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.source.is_settled, timeout=PATIENCE_MS)


def go_to(window: MainWindow, use: str, payer: str) -> None:
    """Makes the cell current in which a payer says something of a use."""
    reading = next(each for each in window.session.readings.values() if payer in str(each.facts.policy.payer))
    stated = next(each for each in reading.facts.indications if use in each.text)
    assert window.matrix.go_to_statement(reading.document.sha256, stated.id)


def rows(window: MainWindow) -> list[str]:
    assert window.matrix.board is not None
    return sorted(window.matrix.board.labels)


def dialog_of(window: MainWindow) -> FieldsDialog:
    (dialog,) = [each for each in window.findChildren(FieldsDialog) if each.isVisible()]
    return dialog


def keep(dialog: FieldsDialog) -> None:
    QTest.mouseClick(dialog.buttons.button(dialog.buttons.StandardButton.Ok), Qt.MouseButton.LeftButton)


def test_a_determination_is_corrected_undone_and_redone(vests: MainWindow, qtbot: QtBot) -> None:
    go_to(vests, "cough", "Larkspur")
    press(vests, Key.Key_F2)
    dialog = dialog_of(vests)
    field = dialog.fields["determination"]
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData("not_covered"))
    name = dialog.fields["text"]
    assert isinstance(name, QLineEdit)
    name.setText("Cough of a season")
    keep(dialog)
    (said,) = vests.session.reviews
    assert dict(said.sets) == {"determination": "not_covered", "text": "Cough of a season"}
    shown = vests.matrix.tables.cells.currentIndex()
    assert CORRECTING in shown.data()
    assert vests.matrix.standing is not None
    settle(vests, qtbot)
    now = vests.matrix.standing
    assert now is not None
    assert (now.indications[0].determination, now.indications[0].text) == (
        Determination.NOT_COVERED, "Cough of a season")  # fmt: skip
    assert "Not covered" in vests.matrix.tables.cells.currentIndex().data()
    assert face_signs(vests) == ("mark-corrected",)
    assert any("orrected by a reviewer" in line and "was: Investigational" in line for line in lines(vests))
    assert vests.undo_stack.undoText().startswith("corrected: ")
    vests.undo_stack.undo()
    settle(vests, qtbot)
    assert "Investigational" in vests.matrix.tables.cells.currentIndex().data()
    assert face_signs(vests) == ()
    vests.undo_stack.redo()
    settle(vests, qtbot)
    assert "Not covered" in vests.matrix.tables.cells.currentIndex().data()


def test_rows_are_named_joined_and_parted(vests: MainWindow, qtbot: QtBot) -> None:
    before = rows(vests)
    go_to(vests, "cough", "Larkspur")
    press(vests, Key.Key_F2, Mod.ShiftModifier)
    line = vests.reviewing.editor.line
    line.clear()
    QTest.keyClicks(line, "Seasonal complaints")
    QTest.keyClick(line, Key.Key_Return)
    settle(vests, qtbot)
    assert "Seasonal complaints" in rows(vests)
    marsh = next(n for n in range(1, 3) if "marsh" in vests.matrix.file_of(n))
    vests.matrix.tables.set_current(vests.matrix.tables.current[0], marsh)  # which says nothing of it itself
    press(vests, Key.Key_F2, Mod.ShiftModifier)
    QTest.keyClicks(line, " more")
    QTest.keyClick(line, Key.Key_Return)
    settle(vests, qtbot)
    undo, redo = vests.menuBar().actions()[1].menu().actions()[:2]  # type: ignore[attr-defined]
    assert undo.text().startswith("Undo row named: ")
    go_to(vests, "brittle", "Larkspur")
    undo.trigger()
    assert vests.statusBar().currentMessage().startswith("Undone: row named: ")
    settle(vests, qtbot)
    assert vests.matrix.standing is not None
    assert ("marsh" in vests.matrix.standing.reading.file, vests.matrix.standing.row.label) == (
        True, "Seasonal complaints")  # fmt: skip
    assert redo.text().startswith("Redo row named: ")

    go_to(vests, "hay", "Marsh")
    press(vests, Key.Key_M, Mod.ControlModifier)
    (chooser,) = vests.findChildren(RowChooser)
    QTest.keyClicks(chooser.filter, "complaints seas")
    assert chooser.list.count() == 1
    QTest.keyClick(chooser.filter, Key.Key_Return)
    settle(vests, qtbot)
    standing = vests.matrix.standing
    assert standing is not None
    assert (standing.row.label, "marsh" in standing.reading.file) == ("Seasonal complaints", True)
    assert len({cell.file for cell in standing.row.cells}) == 2
    assert any("into this row" in line for line in lines(vests))

    press(vests, Key.Key_X, Mod.ControlModifier | Mod.ShiftModifier)
    settle(vests, qtbot)
    assert vests.matrix.standing is not None
    assert len(vests.matrix.standing.row.cells) == 1
    assert "marsh" in vests.matrix.standing.reading.file
    for _ in range(3):
        vests.undo_stack.undo()
    settle(vests, qtbot)
    assert rows(vests) == before


def test_a_cell_that_is_moved_leaves_the_given_name_of_its_row_behind(vests: MainWindow, qtbot: QtBot) -> None:
    go_to(vests, "hay", "Marsh")
    assert vests.matrix.standing is not None
    target = vests.matrix.standing.row.label
    go_to(vests, "cough", "Larkspur")
    press(vests, Key.Key_F2, Mod.ShiftModifier)
    line = vests.reviewing.editor.line
    line.clear()
    QTest.keyClicks(line, "Seasonal complaints")
    QTest.keyClick(line, Key.Key_Return)
    settle(vests, qtbot)
    press(vests, Key.Key_M, Mod.ControlModifier)
    (chooser,) = vests.findChildren(RowChooser)
    QTest.keyClicks(chooser.filter, target.split()[0])
    QTest.keyClick(chooser.filter, Key.Key_Return)
    settle(vests, qtbot)
    assert vests.matrix.standing is not None
    assert vests.matrix.standing.row.label == target
    assert len(vests.matrix.standing.row.cells) == 2
    assert "Seasonal complaints" not in rows(vests)  # it had no other cell
    vests.undo_stack.undo()
    settle(vests, qtbot)
    assert "Seasonal complaints" in rows(vests)


def test_a_cell_is_dragged_onto_a_row_and_a_row_merged(
    vests: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_to(vests, "cough", "Larkspur")
    target = vests.matrix.tables.current[0]
    go_to(vests, "hay", "Marsh")
    labels, mime = vests.matrix.tables.labels, QMimeData()
    mime.setData(CELL, b"")
    place = QPoint(20, labels.rowViewportPosition(target) + 10)
    drags: list[tuple[int, int]] = []
    cells = vests.matrix.tables.cells
    monkeypatch.setattr(cells, "drag", lambda: drags.append(vests.matrix.tables.current))
    here = cells.visualRect(cells.currentIndex()).center()
    QTest.mousePress(cells.viewport(), Qt.MouseButton.LeftButton, pos=here)
    there = QPointF(cells.visualRect(cells.currentIndex().siblingAtRow(target)).center())
    QApplication.sendEvent(cells.viewport(), QMouseEvent(
        QMouseEvent.Type.MouseMove, there, there, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Mod.NoModifier))
    assert drags == [vests.matrix.tables.current]  # and nothing else became current on the way
    QTest.mouseRelease(cells.viewport(), Qt.MouseButton.LeftButton, pos=here)
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Mod.NoModifier
    enter = QDragEnterEvent(place, move, mime, left, none)
    QApplication.sendEvent(labels.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(labels.viewport(), QDropEvent(QPointF(place), move, mime, left, none))
    settle(vests, qtbot)
    assert vests.matrix.standing is not None
    assert len(vests.matrix.standing.row.cells) == 2

    press(vests, Key.Key_M, Mod.ControlModifier | Mod.ShiftModifier)
    (chooser,) = [each for each in vests.findChildren(RowChooser) if each.isVisible()]
    QTest.keyClicks(chooser.filter, "brittle")
    QTest.keyClick(chooser.filter, Key.Key_Return)
    settle(vests, qtbot)
    assert len(rows(vests)) == 1
    vests.undo_stack.undo()
    settle(vests, qtbot)
    go_to(vests, "brittle", "Larkspur")
    target = vests.matrix.tables.current[0]
    go_to(vests, "hay", "Marsh")
    whole = QMimeData()
    whole.setData(ROW, b"")
    place = QPoint(20, labels.rowViewportPosition(target) + 10)
    QApplication.sendEvent(labels.viewport(), QDragEnterEvent(place, move, whole, left, none))
    QApplication.sendEvent(labels.viewport(), QDropEvent(QPointF(place), move, whole, left, none))
    settle(vests, qtbot)
    assert len(rows(vests)) == 1
    assert actions(vests) == ["move", "move", "move"]
    assert len(vests.matrix.standing.cells) == 2
    press(vests, Key.Key_Space)
    assert actions(vests)[3:] == ["confirm", "confirm"]  # both statements of the cell
    vests.undo_stack.undo()
    assert "choose one of them" in vests.reviewing.why_not_corrected()
    tree = vests.cell.tree
    tree.setCurrentIndex(vests.cell._model.index_of(1))
    press(vests, Key.Key_Space)
    assert actions(vests)[3:] == ["confirm"]
    assert vests.cell.statement == 1  # it stays chosen
    assert vests.reviewing.statement is not None
    assert vests.session.reviews[-1].subject == vests.session.amended.subject(
        vests.matrix.standing.reading.document.sha256, vests.reviewing.statement)  # fmt: skip
    assert "1 of 2 statements judged" in tip(vests, *vests.matrix.tables.current)
    vests.undo_stack.undo()
    vests.undo_stack.undo()  # the merged cells go back in one step
    settle(vests, qtbot)
    assert len(rows(vests)) == 2
    assert actions(vests) == ["move"]


def test_false_statements_go_and_words_of_the_source_become_statements(vests: MainWindow, qtbot: QtBot) -> None:
    go_to(vests, "hay", "Marsh")
    settle(vests, qtbot)
    press(vests, Key.Key_Delete, Mod.ControlModifier)
    settle(vests, qtbot)
    assert actions(vests) == ["delete"]
    assert not any("hay" in label.lower() for label in rows(vests))
    assert vests.matrix.standing is not None

    go_to(vests, "brittle", "Marsh")
    settle(vests, qtbot)
    text = vests.source.text
    text.setFocus()
    assert "Select words" in vests.reviewing.why_not_added()
    found = text.document().find("hay fever")
    cursor = text.textCursor()
    cursor.setPosition(found.selectionStart())
    text.setTextCursor(cursor)
    for _ in range(len("hay fever")):
        QTest.keyClick(text, Key.Key_Right, Mod.ShiftModifier)
    assert text.textCursor().selectedText() == "hay fever"
    QTest.keyClick(text, Key.Key_I, Mod.ControlModifier)
    dialog = dialog_of(vests)
    assert dialog.values()["text"] == "hay fever"
    field = dialog.fields["determination"]
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData("not_medically_necessary"))
    words = dialog.fields["stated"]
    assert isinstance(words, QLineEdit)
    words.setText("not medically necessary")
    keep(dialog)
    settle(vests, qtbot)
    standing = vests.matrix.standing
    assert standing is not None
    assert [each.text for each in standing.indications] == ["hay fever"]
    assert (standing.indications[0].anchor.quote, standing.indications[0].stated) == (
        "hay fever", "not medically necessary")  # fmt: skip
    assert face_signs(vests) == ("mark-added",)
    assert "added by a reviewer" in tip(vests, *vests.matrix.tables.current).lower()
    vests.undo_stack.undo()
    settle(vests, qtbot)
    assert not any("hay" in label.lower() for label in rows(vests))
    vests.undo_stack.redo()
    settle(vests, qtbot)
    assert face_signs(vests) == ("mark-added",)  # what was redone is to be seen

    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    vests.reviewing.add(is_clause=True)
    keep(dialog_of(vests))
    settle(vests, qtbot)
    clause = vests.session.amended.readings[1].facts.catch_all[-1]
    assert (clause.anchor.quote, clause.origin) == ("Marsh Mutual", "added")


def test_a_clause_is_corrected_at_a_cell_and_a_payer_in_the_library(vests: MainWindow, qtbot: QtBot) -> None:
    go_to(vests, "hay", "Marsh")
    vests.matrix.tables.set_current(vests.matrix.tables.current[0], 1)
    standing = vests.matrix.standing
    assert standing is not None
    assert standing.state is State.CATCH_ALL
    menu = vests.menus.review.determination
    next(each for each in menu.actions() if each.data() == "investigational").trigger()
    settle(vests, qtbot)
    now = vests.matrix.standing
    assert now is not None
    assert now.catch_all is not None
    assert now.catch_all.determination is Determination.INVESTIGATIONAL
    assert face_signs(vests) == ("mark-corrected",)
    assert any("was: Not covered" in line for line in lines(vests))

    file = next(file for file in vests.session.readings if "marsh" in file)
    dialog = vests.documents.ask_about(file)
    assert dialog is not None
    dialog.fields["payer"].show_value("Marsh & Reed Mutual")
    QTest.mouseClick(dialog.buttons.button(dialog.buttons.StandardButton.Ok), Qt.MouseButton.LeftButton)
    settle(vests, qtbot)
    board = vests.matrix.board
    assert board is not None
    (head,) = [head for head in board.heads if head.payer == "Marsh & Reed Mutual"]
    assert "payer corrected by a reviewer" in head.spoken
    assert head.corrected in head.tip
    model = vests.library.model
    assert "Marsh & Reed Mutual" in [model.index(row, 0, model.index(0, 0)).data() for row in range(2)]


# --------------------------------------------------------------------------- words of a page


def test_words_of_a_page_are_chosen_by_mouse_and_key_and_become_an_indication(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.open_paths([sample_docs() / "harborline-veragepant.pdf"])
    settle(window, qtbot)
    pages, reading = window.source.pages, next(iter(window.session.readings.values()))
    selection = pages._selection
    assert selection is not None
    qtbot.waitUntil(lambda: bool(selection._seen(pages.page)), timeout=PATIENCE_MS)
    room = pages.viewport().rect()
    seen = [(word, box) for word, box in selection._seen(pages.page) if room.contains(at(pages, box))]
    (first, start), (last, end) = seen[3], seen[6]
    QTest.mousePress(pages.viewport(), Qt.MouseButton.LeftButton, pos=at(pages, start))
    there = QPointF(at(pages, end))
    move = QMouseEvent(QMouseEvent.Type.MouseMove, there, there, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton,
                       Mod.NoModifier)  # fmt: skip
    QApplication.sendEvent(pages.viewport(), move)
    QTest.mouseRelease(pages.viewport(), Qt.MouseButton.LeftButton, pos=at(pages, end))
    assert pages.chosen == (first[0], last[1])
    pages.setFocus()
    QTest.keyClick(pages, Key.Key_Right, Mod.ShiftModifier)
    assert pages.chosen == (first[0], seen[7][0][1])
    QTest.keyClick(pages, Key.Key_Left, Mod.ShiftModifier)
    words = reading.document.text[first[0]:last[1]]
    assert " ".join(words.split()) in pages.accessibleName()
    QTest.keyClick(pages, Key.Key_C, Mod.ControlModifier)
    assert QApplication.clipboard().text().startswith(f"“{' '.join(words.split())}”")
    QTest.keyClick(pages, Key.Key_I, Mod.ControlModifier)
    keep(dialog_of(window))
    settle(window, qtbot)
    standing = window.matrix.standing
    assert standing is not None
    assert standing.indications[0].anchor.quote == words
    assert standing.indications[0].origin == "added"

    QTest.keyClick(pages, Key.Key_Escape)
    assert pages.chosen is None
    for key in (Key.Key_Right, Key.Key_Down):
        QTest.keyClick(pages, key, Mod.ControlModifier)
    QTest.keyClick(pages, Key.Key_Down, Mod.ShiftModifier)
    assert pages.chosen is not None
    assert pages.chosen[0] > standing.indications[0].anchor.start


def at(pages: ChosenPages, box: QRectF) -> QPoint:
    """The middle of a word in the pane."""
    rect, middle = pages._page_rect(pages.page), box.center()
    return QPoint(round(rect.left() + middle.x() * rect.width()), round(rect.top() + middle.y() * rect.height()))


def test_what_was_said_is_there_when_the_workspace_is_opened_again(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "larkspur.md").write_text(LARKSPUR)
    Workspace.make(tmp_path / "mine.policyview").close()
    windows = [MainWindow(Settings(workers=1)) for _ in range(2)]
    for window in windows:
        qtbot.addWidget(window)
    first, second = windows
    first.begin([tmp_path / "mine.policyview", tmp_path / "larkspur.md"])
    settle(first, qtbot)
    go_to(first, "cough", "Larkspur")
    first.reviewing.determine(Determination.NOT_COVERED)
    settle(first, qtbot)
    first.reviewing.judge("confirmed")
    reading, board = next(iter(first.session.corrected.values())), first.session.boards[0]
    first.documents.acts.set(reading, {"payer": "Larkspur of Ohio", "effective": "2025-06"})
    first.documents.acts.name(board, "Vests")
    go_to(first, "brittle", "Larkspur")
    standing = first.matrix.standing
    assert standing is not None
    first.reviewing.acts.set_criteria(standing, first.session.boards[0], 0, "A letter of thanks")
    settle(first, qtbot)
    first.end()
    second.begin([tmp_path / "mine.policyview"])
    settle(second, qtbot)
    go_to(second, "cough", "Larkspur")
    assert face_signs(second) == ("mark-corrected", "mark-confirmed")
    assert any("was: Investigational" in line for line in lines(second))
    assert second.session.reviews == first.session.reviews
    (now,) = second.session.corrected.values()
    assert (now.facts.policy.payer, now.facts.policy.dates.effective) == ("Larkspur of Ohio", "2025-06")
    assert second.session.boards[0].matrix.topic == "Vests"
    assert [each.text for each in now.facts.indications[0].criteria] == ["A letter of thanks"]
    second.reviewing.restore()  # though nothing is to be undone in this window
    settle(second, qtbot)
    assert "Investigational" in second.matrix.tables.cells.currentIndex().data()
    assert "look at it again" in tip(second, *second.matrix.tables.current)
    assert "Nothing" in second.reviewing.why_not_restored()
    second.end()
