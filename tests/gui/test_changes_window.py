"""The window on two versions of one policy, by keyboard: from the library to the changes, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from policyview.gui.change_marks import Mark
from policyview.gui.main_window import MainWindow
from policyview.settings import Settings
from tests.gui.changed import NEW, OLD, made_changes

PATIENCE_MS = 60_000  # spawned workers on a busy machine
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def _press(key: Qt.Key, *more: Qt.KeyboardModifier) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for each in more:
        modifiers |= each
    QTest.keyClick(_focused(), key, modifiers)


def test_what_was_said_of_changes_is_there_the_next_time(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    said, noted = made_changes().subjects[:2]
    for number in (1, 2):
        window = MainWindow(Settings(workers=1))
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.session.workspace_opened, timeout=PATIENCE_MS):
            window.begin(())
        if number == 1:
            window.marks.judge(said, "confirmed")
            window.marks.note(noted, "ask the payer")
        assert window.marks.mark(said) == Mark("confirmed")
        assert window.marks.mark(noted) == Mark("", "ask the payer")
        window.end()


def test_two_versions_are_compared_and_judged_by_keyboard_alone(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    changes = window.changes
    (tmp_path / "old.md").write_text(OLD, encoding="utf-8")
    window.open_paths([tmp_path / "old.md"])
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=PATIENCE_MS)
    assert not window.views.is_offered(changes)

    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    window.open_paths([tmp_path / "new.md"])
    qtbot.waitUntil(lambda: window.views.is_offered(changes) and not window.session.is_busy, timeout=PATIENCE_MS)
    assert window.views.tabs.isVisible()
    assert changes.board is None  # nobody looked yet

    _press(KEY.Key_6, CONTROL)
    assert changes.isVisible()
    assert not window.source.isVisible()
    assert changes.board is None
    _press(KEY.Key_F8)
    assert "still being compared" in window.statusBar().currentMessage()
    _press(KEY.Key_Space)  # confirms nothing yet, and cancels nothing
    assert changes.cancel.isVisible()
    qtbot.waitUntil(lambda: changes.board is not None and changes.is_settled, timeout=PATIENCE_MS)
    assert _focused() is changes.list
    assert changes.head.counts.whole == "3 on coverage, 1 on evidence, 4 editorial, 2 suppressed · 4 not reviewed"

    first = changes.list.face
    _press(KEY.Key_F8)
    assert changes.list.face is not first
    _press(KEY.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert changes.list.face is first
    _press(KEY.Key_Space)
    assert changes.detail.confirm.isChecked()
    _press(KEY.Key_F9)
    assert changes.list.face is not first
    _press(KEY.Key_Z, CONTROL)
    assert not changes.detail.confirm.isChecked()
    assert changes.list.face is first
    _press(KEY.Key_C, CONTROL)
    assert "at least 3 warming agents" in QGuiApplication.clipboard().text()

    _press(KEY.Key_Return)
    assert _focused() is changes.pages.new.text
    _press(KEY.Key_Escape)
    seen = [_focused()]
    while len(seen) < 30:
        _press(KEY.Key_Tab)
        if _focused() in seen:
            break
        seen.append(_focused())
    wanted = {changes.list, changes.bar.policy, changes.bar.new, changes.filter.untold, changes.pages.old.text,
              changes.detail.redline, changes.detail.confirm, changes.detail.note, window.folding.button}  # fmt: skip
    assert wanted <= set(seen)

    _press(KEY.Key_2, CONTROL)
    assert window.matrix.isVisible()
    assert window.source.isVisible()
    window.library.show_file(next(file for file in window.session.readings if file.endswith("old.md")))
    window.library.tree.setFocus()
    place = QPoint(1, 1)  # of another line: what a platform makes of the Menu key knows none
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, window.mapToGlobal(place))
    QApplication.sendEvent(window.library.tree.viewport(), asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.text() for action in menu.actions()]
    assert names[0] == "Changes up to effective 2025-01-01"
    QTest.keyClick(menu, KEY.Key_Down)
    QTest.keyClick(menu, KEY.Key_Return)
    assert changes.isVisible()
    window.menus.looks.choose("dark")
    assert window.grab().toImage().pixelColor(700, 5).lightness() < 80
