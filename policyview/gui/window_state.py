"""The window's place, and the sizes of its panes, from one time to the next."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from policyview.gui.preferences import Preferences
from policyview.gui.sharing import SharedSplitter


def restore(window: QMainWindow, across: SharedSplitter, preferences: Preferences) -> None:
    """Puts the window where it was; one that no longer fits a screen, Qt moves onto one."""
    for kept, take in ((preferences.geometry, window.restoreGeometry), (preferences.sizes, across.restoreState)):
        if kept:
            take(QByteArray.fromBase64(kept.encode("ascii", "replace")))
    across.is_parted = bool(preferences.sizes)


def keep(window: QMainWindow, across: SharedSplitter, preferences: Preferences) -> None:
    """Remembers where the window is, and whatever else a person chose in it."""
    before = Preferences.load()
    preferences.geometry = _text(window.saveGeometry())
    preferences.sizes = _text(across.saveState()) if across.is_parted else ""
    if preferences != before:
        preferences.keep()


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")
