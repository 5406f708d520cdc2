"""In the menu bar's corner: a field from which all documents are searched, whatever is seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenuBar, QWidget

_WIDTH = 240  # pixels


class SearchField(QLineEdit):
    """``wanted`` carries the words that are looked for, ``left`` says that Esc leaves it. By keyboard Ctrl+Shift+F
    leads to the search itself, so that Tab does not stop here."""

    wanted = Signal(str)
    left = Signal()

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self.setAccessibleName("Search all documents, from anywhere")
        self.setPlaceholderText("Search all documents")
        self.setToolTip("Words or a code, in all documents (Ctrl+Shift+F)")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFixedWidth(_WIDTH)
        room = QWidget(bar)
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 2, 8, 0)
        row.addWidget(self)
        bar.setCornerWidget(room)
        self.returnPressed.connect(self._on_return)

    def _on_return(self) -> None:
        words = self.text().strip()
        if words:
            self.clear()
            self.wanted.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)
