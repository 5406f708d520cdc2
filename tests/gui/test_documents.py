"""A person puts right what is known of a document and of its topic; a payer that was not read is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from policyview.gui.about_dialog import AboutDialog
from policyview.gui.main_window import MainWindow
from policyview.gui.row_chooser import TopicChooser
from policyview.gui.statement_dialog import FieldsDialog
from policyview.review import standing
from tests.gui.test_reviewing import settle
from tests.test_amend import LARKSPUR, MARSH, reading_of

Key, Mod = Qt.Key, Qt.KeyboardModifier
BATHS = """Medical policy
# Warm Sand Baths

Policy number: B-3
Effective 2025-02-01

## Policy

Warm sand baths are investigational for adults with brittle airway syndrome.
"""


@pytest.fixture
def shelf(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window on two topics; one document names no payer."""
    for name, text in (("larkspur.md", LARKSPUR), ("marsh.md", MARSH), ("baths.md", BATHS)):
        window.session._keep(reading_of(tmp_path, name, text))
    window.session._note()
    settle(window, qtbot)
    return window


def topics(window: MainWindow) -> dict[str, list[str]]:
    return {board.matrix.topic: sorted(column.file for column in board.matrix.columns)
            for board in window.session.boards}  # fmt: skip


def keep(dialog: QDialog) -> None:
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    QTest.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)


def line_of(window: MainWindow, name: str) -> QModelIndex:
    """A line of the library."""
    model = window.library.model
    found = model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, name, 1, Qt.MatchFlag.MatchRecursive
                        | Qt.MatchFlag.MatchExactly)  # fmt: skip
    return found[0]


def go_to_library(window: MainWindow, qtbot: QtBot, line: QModelIndex) -> None:
    """Makes a line current, the keyboard on it."""
    window.activateWindow()
    window.library.tree.setFocus()
    window.library.tree.setCurrentIndex(line)
    qtbot.waitUntil(window.library.tree.hasFocus)


def test_what_a_document_says_of_itself_is_put_right_and_put_back(shelf: MainWindow, qtbot: QtBot) -> None:
    assert shelf.payers.isVisible()
    assert "Warm Sand Baths" in shelf.payers.told.whole
    QTest.mouseClick(shelf.payers.name, Qt.MouseButton.LeftButton)
    (dialog,) = shelf.findChildren(AboutDialog)
    fields = dialog.fields
    assert fields["payer"].state.whole == "not found in the text"
    fields["payer"].show_value("Quarry Baths Trust")
    fields["effective"].show_value("spring")
    assert "is not a date" in dialog.fault.text()
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    fields["effective"].show_value("")
    fields["last_review"].show_value("2024-11")
    assert "reviewed 2024-11" in dialog.version.text()
    fields["lines"].show_value("medicaid fep")
    for button in dialog.findChildren(type(fields["payer"].back)):
        if button.accessibleName().startswith("Source of Policy number"):
            button.click()
    assert shelf.source.target is not None
    assert [anchor.quote for anchor in shelf.source.target.words] == ["B-3"]
    keep(dialog)
    settle(shelf, qtbot)
    assert not shelf.payers.isVisible()
    board = next(each for each in shelf.session.boards if each.matrix.columns[0].file == "baths.md")
    (head,) = board.heads
    assert (head.payer, head.version) == ("Quarry Baths Trust", "reviewed 2024-11 (corrected by a reviewer)")
    assert head.corrected == "payer, effective date, last review, lines of business corrected by a reviewer"
    assert len(shelf.session.reviews) == 4  # each to be taken back by itself
    assert shelf.undo_stack.undoText().startswith("corrected: payer, effective date, last review, lines of business of")

    dialog = shelf.documents.ask_about("baths.md")  # type: ignore[assignment]
    assert dialog.fields["effective"].state.whole.startswith("read: “2025-02-01” · corrected by ")
    dialog.fields["effective"].back.click()
    dialog.fields["payer"].show_value("Quarry Trust")
    keep(dialog)
    settle(shelf, qtbot)
    policy = shelf.session.corrected["baths.md"].facts.policy
    assert (policy.dates.effective, policy.dates.last_review, policy.payer) == ("2025-02-01", "2024-11", "Quarry Trust")
    assert [dict(each.sets) for each in standing(shelf.session.reviews)] == [
        {"payer": "Quarry Baths Trust"}, {"last_review": "2024-11"}, {"lines": "medicaid fep"},
        {"payer": "Quarry Trust"}]  # fmt: skip
    for _ in range(2):
        shelf.undo_stack.undo()
    settle(shelf, qtbot)
    assert shelf.session.corrected["baths.md"] is shelf.session.readings["baths.md"]
    assert shelf.payers.isVisible()
    QTest.mouseClick(shelf.payers.later, Qt.MouseButton.LeftButton)
    assert not shelf.payers.isVisible()

    vests, baths = sorted(shelf.session.boards, key=lambda board: -len(board.heads))
    before, held = len(shelf.session.reviews), standing(shelf.session.reviews)
    shelf.documents.acts.merge(vests, baths)
    assert [review.action for review in shelf.session.reviews[before:]] == ["move", "move"]
    shelf.undo_stack.undo()  # both in one step
    assert standing(shelf.session.reviews) == held


def test_a_document_goes_to_another_topic_and_stays_there(shelf: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (vests, both), (baths, _) = sorted(topics(shelf).items(), key=lambda each: -len(each[1]))
    tree = shelf.library.tree
    go_to_library(shelf, qtbot, shelf.library.model.find(("document", "baths.md", "")))
    QTest.keyClick(shelf, Key.Key_T, Mod.ControlModifier | Mod.ShiftModifier)
    (chooser,) = shelf.findChildren(TopicChooser)
    assert chooser.list.count() == 1
    QTest.keyClick(chooser.filter, Key.Key_Return)
    settle(shelf, qtbot)
    assert topics(shelf) == {vests: ["baths.md", *both]}
    assert shelf.library.current_file == "baths.md"
    assert "“Warm Sand Baths · B-3” moved to the topic" in shelf.undo_stack.undoText()

    shelf.session._keep(reading_of(tmp_path, "other.md", MARSH.replace("Marsh Mutual", "Other Trust")))
    shelf.session._keep(reading_of(tmp_path, "baths.md", BATHS))  # read again
    settle(shelf, qtbot)
    assert topics(shelf) == {vests: ["baths.md", *both, "other.md"]}

    go_to_library(shelf, qtbot, line_of(shelf, vests))
    QTest.keyClick(tree, Key.Key_F2)
    dialog = next(each for each in shelf.findChildren(FieldsDialog) if each.isVisible())
    dialog.fields["topic"].setText("Vests and baths")  # type: ignore[union-attr]
    keep(dialog)
    shelf.documents.set_apart("baths.md")
    settle(shelf, qtbot)
    assert sorted(topics(shelf)) == sorted(["Vests and baths", baths])
    assert shelf.matrix.board is not None
    assert shelf.matrix.board.matrix.topic == baths  # where it went is seen
    shelf.documents.choose_merged()
    merging = next(each for each in shelf.findChildren(TopicChooser) if each.isVisible())
    assert merging.list.count() == 1
    assert merging.list.item(0).text().startswith("Vests and baths (Larkspur Health Plan, Marsh Mutual")
    merging.close()

    tree.setCurrentIndex(shelf.library.model.find(("document", "baths.md", "")))
    mime = shelf.library.model.mimeData([tree.currentIndex()])
    place = QPointF(tree.visualRect(line_of(shelf, "Vests and baths")).center())
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(tree.viewport(), QDragEnterEvent(place.toPoint(), move, mime, left, Mod.NoModifier))
    over = QDragMoveEvent(place.toPoint(), move, mime, left, Mod.NoModifier)
    QApplication.sendEvent(tree.viewport(), over)
    assert over.isAccepted()
    assert tree.aim.data() == "Vests and baths"
    tree.grab()
    QApplication.sendEvent(tree.viewport(), QDropEvent(place, move, mime, left, Mod.NoModifier))
    settle(shelf, qtbot)
    assert list(topics(shelf)) == ["Vests and baths"]
    for _ in range(4):
        shelf.undo_stack.undo()
    settle(shelf, qtbot)
    assert topics(shelf) == {vests: [*both, "other.md"], baths: ["baths.md"]}
    names = [each.text().replace("&", "") for each in shelf.library.menu_of_topic(vests).actions()]
    assert names == ["Name the topic …", "Merge the topic into another …"]
