"""Paths that were copied elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from policyview.gui.main_window import MainWindow
from policyview.gui.pasting import paths_of


def _text(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def test_only_what_is_there_is_a_path(tmp_path: Path) -> None:
    one, other = tmp_path / "a policy.txt", tmp_path / "other.txt"
    for path in (one, other):
        path.write_text("x", encoding="utf-8")
    assert paths_of(_text(f'"{one}"\n  {other} \n{one}\n{tmp_path / "gone"}')) == [one, other]
    assert paths_of(_text(QUrl.fromLocalFile(str(one)).toString())) == [one]
    assert paths_of(_text("other.txt")) == []  # of no folder in particular
    assert paths_of(_text("words\0words\n" + "x" * 10_000)) == []
    assert paths_of(None) == []
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(other)), QUrl("https://example.org/policy.pdf")])
    assert paths_of(files) == [other]


def test_a_pasted_folder_is_read(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setText("no path at all")
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "path" in window.statusBar().currentMessage()
    assert window.session.is_empty
    (tmp_path / "larch.txt").write_text("Larch Health\nSand baths are covered for stiff tendons.", encoding="utf-8")
    QGuiApplication.clipboard().setText(str(tmp_path))
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=30_000)
    assert [Path(file).name for file in window.session.readings] == ["larch.txt"]
