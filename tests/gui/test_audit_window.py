"""The audit in the window, by keyboard: what was said on Tuesday is worked through on Friday, version by version."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from policyview.gui.main_window import MainWindow
from policyview.marks import of_statement
from policyview.model import Indication, Reading
from policyview.review import ChangeSubject, Review
from policyview.settings import Settings
from tests.gui.audited import FILES, statement

PATIENCE_MS = 60_000  # spawned workers on a busy machine
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def _press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focused(), key, modifier)


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


class Desk:
    """A window on a folder, and a person at it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.audit, self._qtbot = window, window.audit_view, qtbot

    def settle(self) -> None:
        session, wiring = self.window.session, self.window.audit_wiring
        self._qtbot.waitUntil(lambda: not (session.is_busy or wiring.is_busy or session.is_empty), timeout=PATIENCE_MS)

    def reading(self, name: str) -> Reading:
        return next(each for file, each in self.window.session.readings.items() if file.endswith(name))

    def confirm(self, name: str, use: str) -> Review:
        """What Space does in the matrix."""
        session, reading = self.window.session, self.reading(name)
        found: Indication = statement(reading, use)
        row = next(row for board in session.boards for row in board.matrix.rows
                   if (reading.file, found.id) in {(cell.file, cell.indication) for cell in row.cells})  # fmt: skip
        about = session.amended.subject(reading.document.sha256, found, "Tidal Vest Therapy")
        return session.review("confirm", about, "", of_statement(found, row))

    def waits(self) -> list[str]:
        return [line.cells[0].partition("\n")[0] for line in self.audit.board.of("carried")]


def test_reviews_of_the_older_version_are_worked_through_on_friday(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "policies"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")

    tuesday = _window(qtbot, folder / "larkspur-2025.md", folder / "marsh.md")
    assert tuesday.window.views.tabs.tabText(tuesday.window.views.tabs.count() - 2) == "Audit"
    for use in ("brittle", "stiff", "marsh"):
        tuesday.confirm("larkspur-2025.md", use)
    tuesday.settle()
    assert not tuesday.audit.board.waiting
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(tuesday.window, Qt.Key.Key_7, ctrl | shift)
    assert tuesday.audit.isVisible()
    assert tuesday.audit.section == "open"
    tuesday.audit.turn_to("log")
    tuesday.window.end()

    friday = _window(qtbot)
    window, audit = friday.window, friday.audit
    assert [each.action for each in window.session.reviews] == ["confirm"] * 3
    window.open_paths([folder / "larkspur-2026.md"])
    qtbot.waitUntil(lambda: len(window.session.readings) == 3, timeout=PATIENCE_MS)
    friday.settle()
    tab = next(n for n in range(window.views.tabs.count()) if "Audit" in window.views.tabs.tabText(n))
    assert window.views.tabs.tabText(tab) == "Audit · 3 to carry over"

    window.matrix.tables.setFocus()
    _press(KEY.Key_7, CONTROL)
    assert audit.isVisible()
    friday.settle()
    assert audit.head.told.whole.startswith("0 of ")
    assert audit.sections.tabText(0) == "What was said (3)"
    audit.turn_to("carried")
    audit.table.setFocus()
    assert friday.waits() == ["words changed", "moved", "orphaned"]
    assert window.source.target is not None
    assert window.source.target.reading is friday.reading("2026.md")
    _press(KEY.Key_End)
    assert window.source.target.reading is friday.reading("2025.md")  # what is gone stands only there
    assert not audit.detail.take.isEnabled()

    audit.detail.take_all.click()
    friday.settle()
    assert friday.waits() == ["words changed", "orphaned"]
    taken = window.session.reviews[-1]
    assert (taken.action, taken.text) == ("confirm", "carried over from larkspur-2025.md")
    new = friday.reading("2026.md")
    assert window.session.marks.of_statement(new.document.sha256, statement(new, "stiff").id).is_reviewed
    assert audit.head.told.whole.startswith("1 of ")
    _press(KEY.Key_Z, CONTROL)
    friday.settle()
    assert friday.waits() == ["words changed", "moved", "orphaned"]
    assert window.undo_stack.redoText() == "take over a review"
    window.undo_stack.redo()
    friday.settle()

    audit.table.setFocus()
    _press(KEY.Key_Home)
    _press(KEY.Key_Space)
    friday.settle()
    assert friday.waits() == ["orphaned"]
    _press(KEY.Key_Space)
    assert window.statusBar().currentMessage() == "What it was said of is not in the newer version."
    _press(KEY.Key_Delete)
    _press(KEY.Key_Delete)
    friday.settle()
    assert [each.action for each in window.session.reviews].count("dismiss") == 1
    assert friday.waits() == []
    assert window.views.tabs.tabText(tab) == "Audit"
    assert audit.nothing.isVisible()
    assert window.session.reviews[-1].text == "not carried over from larkspur-2025.md"
    window.end()

    monday = _window(qtbot)
    assert monday.waits() == []
    assert len(monday.window.session.reviews) == len(window.session.reviews)


def _window(qtbot: QtBot, *paths: Path) -> Desk:
    window = MainWindow(Settings(workers=1))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    window.begin(paths)
    desk = Desk(window, qtbot)
    desk.settle()
    return desk


def test_every_line_leads_back_to_its_cell_or_its_change(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    window.open_paths([tmp_path])
    desk = Desk(window, qtbot)
    qtbot.waitUntil(lambda: len(window.session.readings) == 3, timeout=PATIENCE_MS)
    desk.settle()
    old, new = desk.reading("2025.md"), desk.reading("2026.md")
    window.compare_versions(old.file, new.file)
    qtbot.waitUntil(lambda: window.changes.board is not None and window.changes.is_settled, timeout=PATIENCE_MS)
    face = window.changes.list.face
    assert face is not None
    change = face.subject
    assert isinstance(change, ChangeSubject)
    window.changes.judge("confirmed")
    desk.confirm("2025.md", "marsh")
    desk.confirm("marsh.md", "hay")

    window.compare_versions(None, None)
    window.changes.list.setFocus()
    _press(KEY.Key_7, CONTROL)
    desk.settle()
    assert _focused() is desk.audit.table
    assert [line.cells[1] for line in desk.audit.board.of("log")] == [
        "confirmed: Not medically necessary", "confirmed: Investigational", "confirmed"]  # fmt: skip
    assert window.source.isVisible()
    assert window.source.target is not None
    assert window.source.target.reading.file.endswith("marsh.md")
    _press(KEY.Key_C, CONTROL)
    assert "— Marsh Mutual, Tidal Vest Therapy, M-7" in QGuiApplication.clipboard().text()
    window.matrix.filter.setText("brittle")  # hides that row
    _press(KEY.Key_Return)
    standing = window.matrix.standing
    assert standing is not None
    assert (standing.column.file, standing.row.label) == (desk.reading("marsh.md").file, "Hay fever")
    assert window.matrix.isVisible()

    _press(KEY.Key_7, CONTROL)
    _press(KEY.Key_Down)
    assert window.source.target.reading is old
    _press(KEY.Key_2, CONTROL)
    assert window.source.target.reading is standing.reading
    _press(KEY.Key_7, CONTROL)
    assert window.source.target.reading is old
    _press(KEY.Key_Return)  # of a version that is not in force
    standing = window.matrix.standing
    assert standing is not None
    assert (standing.column.file, standing.row.label) == (old.file, "Marsh fever")
    assert window.menus.which.all_versions.isChecked()

    _press(KEY.Key_7, CONTROL)
    _press(KEY.Key_Down)
    window.changes.list.go_to_first()
    _press(KEY.Key_Return)
    assert window.changes.isVisible()
    face = window.changes.list.face
    assert face is not None
    assert face.subject is not None
    assert face.subject.identity == change.identity
    assert not window.source.isVisible()

    _press(KEY.Key_7, CONTROL)
    desk.audit.turn_to("open")
    desk.audit.table.setFocus()
    desk.settle()
    first, count = desk.audit.table.line, desk.audit.model.rowCount()
    assert first is not None
    _press(KEY.Key_Space)
    _press(KEY.Key_Space)  # before the line is gone; it is no second thought
    desk.settle()
    assert window.session.reviews[-1].action == "confirm"
    assert desk.audit.model.rowCount() == count - 1
    assert desk.audit.table.line is desk.audit.board.of("open")[0]  # the next one
    assert _focused() is desk.audit.table
    _press(KEY.Key_Z, CONTROL)
    desk.settle()
    assert desk.audit.board.of("open")[0].key == first.key
    desk.audit.turn_to("log")

    desk.audit.table.setFocus()
    row = desk.audit.model.find(next(each.sha256 for each in window.session.reviews if each.subject == change))
    assert row is not None
    desk.audit.table.go_to(row)
    desk.audit.detail.back.click()
    desk.settle()
    assert not window.marks.mark(change).is_reviewed
    line = desk.audit.table.line
    assert line is not None
    assert (line.goal.change, line.holds) == (change, False)
    assert not desk.audit.detail.back.isVisible()
    window.undo_stack.undo()
    desk.settle()
    assert window.marks.mark(change).is_reviewed

    _press(KEY.Key_F, CONTROL)
    assert _focused() is desk.audit.filter.words
    seen = {_focused()}
    for _ in range(40):
        _press(KEY.Key_Tab)
        seen.add(_focused())
    wanted = {desk.audit.table, desk.audit.sections, desk.audit.detail.entry, desk.audit.detail.go,
              desk.audit.copy_sum, desk.audit.filter.payer}  # fmt: skip
    assert wanted <= seen
    desk.audit.copy_sum.click()
    assert QGuiApplication.clipboard().text() == window.session.reviews[-1].sha256
    window.menus.looks.choose("dark")
    assert desk.audit.grab().toImage().pixelColor(5, 5).lightness() < 80
