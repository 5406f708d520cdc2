"""Folds the library away where the window is too narrow for it beside payers to compare and a source's whole lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from policyview.gui.preferences import Preferences

NARROW = 1400  # pixels of the window: three payers beside labels and library, and lines of print that can be read
_SHOWN = "shown"


class Folding(QObject):
    """Follows the window's width. A folded pane that is asked for by key stands there until the keyboard leaves it, one
    that is asked for by its button until that is pressed again; the button stands in narrow windows only."""

    def __init__(self, pane: QWidget, window: QWidget, preferences: Preferences) -> None:
        super().__init__(window)
        self._pane, self._window, self._preferences = pane, window, preferences
        self.button = QToolButton(window)
        self.button.setText("Library")
        self.button.setCheckable(True)
        self.button.setChecked(preferences.library == _SHOWN)
        self.button.setToolTip("Shows the library in a narrow window, too (Ctrl+1: until you leave it)")
        self.button.clicked.connect(self._on_clicked)
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self._fold(None)

    @property
    def is_narrow(self) -> bool:
        return self._window.width() < NARROW

    def unfold(self) -> None:
        """Shows the pane and gives it the keyboard."""
        self._pane.show()
        self._pane.setFocus()

    def _on_clicked(self, is_shown: bool) -> None:
        self._preferences.library = _SHOWN if is_shown else ""
        self._fold(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._fold(QApplication.focusWidget())
        return False

    def _fold(self, focused: QWidget | None) -> None:
        is_used = focused is not None and (focused is self._pane or self._pane.isAncestorOf(focused))
        self._pane.setVisible(not self.is_narrow or is_used or self.button.isChecked())
        self.button.setVisible(self.is_narrow)

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.is_narrow and now.window() is self._window:
            self._fold(now)
