"""A tree whose lines may go on in further lines."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTreeView


class WrappingTree(QTreeView):
    """Lays its lines out anew at another width."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():  # later: a layout under way would take it for done
            QTimer.singleShot(0, self, self.scheduleDelayedItemsLayout)
