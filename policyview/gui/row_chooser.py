"""Asks for a row or a topic: its name found by a few letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from policyview.gui.board import Board, flat
from policyview.gui.plain import PlainLabel, WrappedLabel, plain_tip
from policyview.model import Row

_VALUE = Qt.ItemDataRole.UserRole
_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


@dataclass(frozen=True)
class Choice:
    """Something to choose; ``more`` is found by its letters too."""

    name: str
    more: str
    value: object


class Chooser(QDialog):
    """Letters filter, arrow keys walk, Enter chooses. ``chosen`` carries the value."""

    chosen = Signal(object)

    def __init__(
        self, title: str, about: str, noun: str, choices: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._choices = choices
        self.filter, self.list = QLineEdit(self), QListWidget(self)
        self.filter.setPlaceholderText(f"Filter {noun}s")
        self.filter.setAccessibleName(f"Filter {noun}s")
        self.list.setAccessibleName(f"{noun.capitalize()}s")
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = PlainLabel(f"No {noun} answers the filter.", "soft")
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
        for choice in self._choices:
            if all(word in f"{choice.name}\n{choice.more}".casefold() for word in words):
                item = QListWidgetItem(f"{choice.name} ({choice.more})" if choice.more else choice.name)
                item.setData(_VALUE, choice.value)
                item.setToolTip(plain_tip(choice.name))
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
            self.chosen.emit(item.data(_VALUE))
            self.accept()


class RowChooser(Chooser):
    """``chosen`` carries a Row."""

    def __init__(self, title: str, about: str, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        super().__init__(title, about, "row", [Choice(flat(row.label), flat(row.group), row) for row in rows], parent)


class TopicChooser(Chooser):
    """``chosen`` carries a Board."""

    def __init__(self, title: str, about: str, boards: Sequence[Board], parent: QWidget | None = None) -> None:
        choices = [Choice(flat(board.matrix.topic), _payers(board), board) for board in boards]
        super().__init__(title, about, "topic", choices, parent)


def _payers(board: Board) -> str:
    return ", ".join(dict.fromkeys(head.payer for head in board.heads))
