"""Versions in the window: which are shown, which documents a person says are versions, and from when on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from policyview.gui.main_window import MainWindow
from policyview.gui.versioning import Versioning
from policyview.gui.versions_dialog import VersionsDialog
from policyview.model import Overrides

PATIENCE_MS = 30_000  # a spawned worker on a busy machine
POLICY = """{payer}
Medical Policy
Policy Number: {number}
{dated}: {date}
Title: Warm sand baths

Policy
Warm sand baths are considered {position} for adults with chronic tendon stiffness.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    larch = {"payer": "Larch Valley Health", "number": "LV-12"}
    spruce = {"payer": "Spruce Mutual Insurance", "number": "5.31"}
    for name, said in {
        "a-old": {**larch, "dated": "Effective Date", "date": "2023-02-01", "position": "investigational"},
        "b-new": {**larch, "dated": "Effective Date", "date": "2024-02-01", "position": "medically necessary"},
        "c-other": {**spruce, "dated": "Last Review Date", "date": "2022-11-15", "position": "medically necessary"},
    }.items():
        (tmp_path / f"{name}.txt").write_text(POLICY.format(**said), encoding="utf-8")
    return tmp_path


def shown(window: MainWindow) -> list[str]:
    """The heads of the columns that are shown, each its number, version and badge."""
    model = window.matrix.tables.cells.model()
    heads = [window.matrix._model.head(column) for column in range(1, model.columnCount())]
    return [" ".join(filter(None, (head.number, head.version, head.badge))) for head in heads if head]


def line(tree: QTreeWidget, row: int) -> QTreeWidgetItem:
    """A document's line."""
    item = tree.topLevelItem(row)
    assert item is not None
    return item


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.session.is_busy and window.source.is_settled, timeout=PATIENCE_MS)


OLD, NEW, OTHER = (
    "LV-12 effective 2023-02-01", "LV-12 effective 2024-02-01", "5.31 reviewed 2022-11-15, effective date not printed",
)  # fmt: skip


def test_versions_are_shown_hidden_joined_dated_and_all_undone(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    window.open_paths([folder])
    qtbot.waitUntil(lambda: len(window.session.readings) == 3, timeout=PATIENCE_MS)
    settled(window, qtbot)
    assert shown(window) == [NEW, OTHER]
    assert window.matrix.versions.text() == "As of today · 1 hidden"
    QTest.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert shown(window) == [f"{OLD} older version", NEW, OTHER]
    assert window.matrix.versions.accessibleName() == "Versions: All versions"
    window.menus.which.all_versions.trigger()

    day = window.menus.which.choose_day()
    day.date.setDate(QDate(2023, 6, 1))
    assert shown(window) == [OLD, OTHER]
    assert window.matrix.versions.text() == "As of 2023-06-01 · 1 hidden"
    day.today.click()
    assert shown(window) == [NEW, OTHER]
    day.reject()

    dialog = window.menus.which.choose_versions(str(folder / "b-new.txt"))
    assert dialog is not None
    _says_that_another_is_a_version(window, dialog, qtbot)
    _says_from_when_it_is_in_effect(window, dialog, qtbot)
    while window.session.undo_stack.canUndo():
        window.session.undo_stack.undo()
    settled(window, qtbot)
    assert shown(window) == [NEW, OTHER]
    assert window.session.versioning.overrides == Overrides()
    dialog.reject()


def _says_that_another_is_a_version(window: MainWindow, dialog: VersionsDialog, qtbot: QtBot) -> None:
    tree = dialog.documents
    assert "Version 2 of 2" in dialog.told.text()
    ticks = [line(tree, row).checkState(0) for row in range(3)]
    assert ticks == [Qt.CheckState.Checked, Qt.CheckState.Checked, Qt.CheckState.Unchecked]
    assert not line(tree, 1).flags() & Qt.ItemFlag.ItemIsUserCheckable  # itself
    tree.setCurrentItem(line(tree, 2))
    dialog.activateWindow()
    tree.setFocus()
    qtbot.waitUntil(tree.hasFocus)
    QTest.keyClick(tree, Qt.Key.Key_Space)
    settled(window, qtbot)
    assert shown(window) == [NEW]
    assert "a person said so" in dialog.told.text()
    said = window.session.reviews[-1]
    assert (said.author != "", dict(said.sets)["called"]) == (True, "Larch Valley Health · LV-12")
    current = tree.currentItem()
    assert current is not None
    assert (current.text(0).rsplit(" ", 1)[-1], current.text(2)) == ("c-other.txt", "older version")


def _says_from_when_it_is_in_effect(window: MainWindow, dialog: VersionsDialog, qtbot: QtBot) -> None:
    entry = dialog.date.lineEdit()
    assert isinstance(entry, QLineEdit)
    entry.setText("next spring")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert "is not a date" in dialog.fault.text()
    entry.setText("2025-07")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    settled(window, qtbot)
    assert shown(window) == ["5.31 effective 2025-07 (corrected by a reviewer)"]
    assert window.undo_stack.undoText() == "corrected: effective date of “Spruce Mutual · 5.31”"


def test_what_was_said_is_undone_act_by_act(qtbot: QtBot) -> None:
    stack = QUndoStack()
    versioning = Versioning(stack)
    first = Overrides().joining("1", ["2"])
    with qtbot.waitSignal(versioning.overridden):
        versioning.say(first, "one")
    versioning.say(first, "again")
    versioning.say(first.dating("1", "2025"), "two")
    assert stack.count() == 2
    stack.undo()
    assert versioning.overrides == first
    stack.undo()
    assert versioning.overrides == Overrides()
    stack.redo()
    versioning.restore(Overrides())
    assert stack.count() == 2
