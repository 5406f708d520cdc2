"""Folds the library away where the window is too narrow for it and two payers' columns, and brings it when asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

NARROW = 1060  # pixels of the window: below it two columns have no room beside labels, library and source


class Folding(QObject):
    """Follows the window's width. A folded pane that is asked for stands there until the keyboard leaves it."""

    def __init__(self, pane: QWidget, window: QWidget) -> None:
        super().__init__(window)
        self._pane, self._window = pane, window
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    @property
    def is_narrow(self) -> bool:
        return self._window.width() < NARROW

    def unfold(self) -> None:
        """Shows the pane and gives it the keyboard."""
        self._pane.show()
        self._pane.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._fold(QApplication.focusWidget())
        return False

    def _fold(self, focused: QWidget | None) -> None:
        is_used = focused is not None and (focused is self._pane or self._pane.isAncestorOf(focused))
        self._pane.setVisible(not self.is_narrow or is_used)

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.is_narrow and now.window() is self._window:
            self._fold(now)
