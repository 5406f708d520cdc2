"""Every control of every view and dialog has a name and a role that a screen reader can speak; icons are seen at 16
pixels."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from policyview.gui import icon
from policyview.gui.main_window import MainWindow
from policyview.resources import resource
from tests.gui import pictures
from tests.gui.test_grids import LARCH, SPRUCE

USE = "\n## Not covered\n\nWarm sand baths are considered investigational for writer's cramp.\n"
_NO_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client)


def _unspoken(top: QWidget) -> list[str]:
    """The controls that the keyboard reaches of which nothing, or not what they are, is told."""
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy():
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name) if told is not None else ""
        is_inner = widget.objectName().startswith("qt_") and isinstance(widget, QLineEdit)  # of a box that has a name
        is_told = told is not None and (told.role() not in _NO_ROLES or bool(widget.accessibleDescription()))
        if not is_told or not (name.strip() or is_inner):  # what Qt knows no role for says what its keys do
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    return found


def test_every_control_of_every_view_and_dialog_can_be_spoken(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    docs = tmp_path / "docs"
    docs.mkdir()
    newer = LARCH.replace("2025-02-01", "2026-02-01").replace("6 months", "9 months")
    texts = {"larch.md": LARCH, "larch-2026.md": newer, "spruce.md": SPRUCE + USE, "torn.pdf": "%PDF-1.4"}
    for name, text in texts.items():
        (docs / name).write_text(text, encoding="utf-8")
    assert _unspoken(window) == []
    window.open_paths([docs])
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=60_000)
    silent: dict[str, list[str]] = {}
    for view in pictures.VIEWS:
        if view.name in ("pack", "source-pdf"):  # the one is tested by its own, of the other there is none here
            continue
        top = view.show(window) or window
        qtbot.wait(1)
        if not isinstance(top, QFileDialog) and (missing := _unspoken(top)):  # a file dialog is Qt's, or the system's
            silent[view.name] = missing
        if isinstance(top, QDialog):
            top.close()
        elif top is not window:
            top.hide()
    assert silent == {}


@pytest.mark.parametrize("name", sorted(path.stem for path in resource("icons").glob("*.svg")))
def test_an_icon_is_seen_at_16_pixels(name: str) -> None:
    image = icon.pixmap(name, QColor("#000000"), 16, 1.0).toImage()
    inks = [image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)]
    assert sum(ink > 128 for ink in inks) >= 6, "nothing to be seen"
    assert sum(ink > 128 for ink in inks) <= 220, "a blot"
