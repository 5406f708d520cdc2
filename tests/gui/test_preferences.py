"""What is kept from one window to the next: looks, place, and which payer is our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from policyview.gui import theme
from policyview.gui.main_window import MainWindow
from policyview.gui.preferences import Preferences
from policyview.settings import Settings, users_settings
from tests.gui.test_depth import LARCH, SPRUCE


@pytest.fixture
def settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return users_settings()


@pytest.mark.parametrize("content", ["", "[]", '{"ours": 7, "appearance": null}', "[" * 9_000, '{"ours": "\\ud800'])
def test_what_cannot_be_read_was_never_set(settings_folder: Path, content: str) -> None:
    settings_folder.mkdir(parents=True)
    (settings_folder / "window.json").write_text(content, encoding="utf-8")
    assert Preferences.load() == Preferences()


def test_kept_where_that_can_be_done(settings_folder: Path) -> None:
    Preferences(ours="Larch & Co").keep()
    assert Preferences.load().ours == "Larch & Co"
    (settings_folder / "window.json").unlink()
    (settings_folder / "window.json").mkdir()  # nothing can be written there
    Preferences(ours="nobody").keep()
    assert Preferences.load() == Preferences()


def test_our_own_payer_and_the_looks_are_remembered(settings_folder: Path, qtbot: QtBot, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name, text in (("larch.md", LARCH), ("spruce.md", SPRUCE)):
        (docs / name).write_text(text, encoding="utf-8")
    window = MainWindow(Settings(workers=1))
    qtbot.addWidget(window)
    window.show()
    window.open_paths([docs])
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=30_000)
    own = window.matrix.standing
    assert own is not None
    QTest.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert window.menus.ours.payer == own.column.policy.payer
    assert window.menus.ours.act.isChecked()
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.in_depth.is_settled and len(window.in_depth.stems) == 2)
    first, other = window.in_depth.stems
    assert (first.stem.file, first.against.text()) == (own.column.file, "ours")
    assert other.against.text().startswith("against ours: ")
    window.menus.looks.choose("dark")
    window.resize(1100, 640)
    window.close()

    again = MainWindow(Settings(workers=1))
    qtbot.addWidget(again)
    again.restore()
    assert again.menus.ours.payer == own.column.policy.payer
    assert theme.current().scheme == "dark"
    assert again.height() == 640  # its width fits the screen
    again.end()
