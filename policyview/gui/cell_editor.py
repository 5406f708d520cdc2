"""A line to write on, at the cell that it is about; the window goes on beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from policyview.gui.plain import ElidedLabel
from policyview.gui.writing import NoteLine

_WIDTH = 460  # pixels
_LONGEST = 2_000  # characters
_PASSING = frozenset((Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason))


class _Line(NoteLine):
    """Going elsewhere keeps it too."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.kept.emit()


class CellEditor(QFrame):
    """Stands over its parent. ``left`` is emitted when it goes and the keyboard was in it."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setAutoFillBackground(True)
        self.caption, self.line = ElidedLabel("", "soft", self), _Line(self)
        self.line.setMaxLength(_LONGEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self.line)
        self._keep: Callable[[str], None] | None = None
        self.line.kept.connect(lambda: self._end(is_kept=True))
        self.line.left.connect(self.leave)
        self.hide()

    def write(self, at: QRect, caption: str, text: str, keep: Callable[[str], None]) -> None:
        """Asks for a line below ``at`` (in the parent's coordinates), above it where there is no room below."""
        self._keep = keep
        self.caption.show_text(f"{caption} (Enter keeps it, Esc leaves it)")
        self.line.setAccessibleName(caption)
        self.line.setText(text)
        self.line.selectAll()
        parent = self.parentWidget()
        assert parent is not None
        room = parent.rect()
        width, height = min(_WIDTH, room.width() - 8), self.sizeHint().height()
        top = at.bottom() + 2 if at.bottom() + 2 + height <= room.bottom() else max(0, at.top() - height - 2)
        self.setGeometry(max(4, min(at.left(), room.right() - width - 4)), top, width, height)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Goes without keeping anything."""
        self._end(is_kept=False)

    def _end(self, is_kept: bool) -> None:
        keep, self._keep = self._keep, None
        if keep is None:
            return
        had_focus = self.line.hasFocus()
        self.hide()
        if is_kept:
            keep(" ".join(self.line.text().split()))
        if had_focus:
            self.left.emit()
