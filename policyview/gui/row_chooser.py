"""Asks for a row: its label found by a few letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from policyview.gui.board import flat
from policyview.gui.plain import PlainLabel, WrappedLabel, plain_tip
from policyview.model import Row

_ROW = Qt.ItemDataRole.UserRole
_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class RowChooser(QDialog):
    """Letters filter, arrow keys walk, Enter chooses. ``chosen`` carries the row."""

    chosen = Signal(object)  # Row

    def __init__(self, title: str, about: str, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._rows = rows
        self.filter, self.list = QLineEdit(self), QListWidget(self)
        self.filter.setPlaceholderText("Filter rows")
        self.filter.setAccessibleName("Filter rows")
        self.list.setAccessibleName("Rows")
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = PlainLabel("No row answers the filter.", "soft")
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        self.buttons.button(buttons.Ok).setText("&Choose")
        column = QVBoxLayout(self)
        for part in (WrappedLabel(about, "soft"), self.filter, self.list, self.none, self.buttons):
            column.addWidget(part)
        self.resize(460, 380)
        self.buttons.accepted.connect(self._choose)
        self.buttons.rejected.connect(self.reject)
        self.list.itemDoubleClicked.connect(lambda item: self._choose())
        self.filter.textChanged.connect(self._list)
        self.filter.installEventFilter(self)
        self._list()
        self.filter.setFocus()

    def _list(self) -> None:
        words = self.filter.text().casefold().split()
        self.list.clear()
        for row in self._rows:
            label = flat(row.label)
            if all(word in f"{label}\n{flat(row.group)}".casefold() for word in words):
                item = QListWidgetItem(f"{label} ({flat(row.group)})" if row.group else label)
                item.setData(_ROW, row)
                item.setToolTip(plain_tip(label))
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        found = self.list.count() > 0
        self.none.setVisible(not found)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys walk the list while letters go into the filter."""
        key = event.key() if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress else 0
        if watched is self.filter and key in _STEPS:
            wanted = self.list.currentRow() + _STEPS[key]
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, wanted)))
            return True
        return super().eventFilter(watched, event)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(_ROW))
            self.accept()
