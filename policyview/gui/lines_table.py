"""The table of an audit's lines: two lines of words a cell, struck through where it was taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from policyview.gui import icon, theme
from policyview.gui.audit_lines import Line
from policyview.gui.lines_model import LinesModel

Index = QModelIndex | QPersistentModelIndex
_SIGN, _ROOM = 16, 6  # pixels: an icon, the space around words
_LONGEST = 400  # characters of a cell; two lines hold no more


class _Delegate(QStyledItemDelegate):
    """Draws a text on two lines; of one that has a line end each part on its own, the second one smaller."""

    def __init__(self, table: QTableView, model: LinesModel) -> None:
        super().__init__(table)
        self._table, self._model = table, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._model.line(index)
        if line is None:
            return
        self.initStyleOption(option, index)
        option.text = ""
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the whole line is current, not a cell of it
        self._table.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._table)
        painter.save()
        painter.setClipRect(option.rect)
        self._paint(painter, option.rect.adjusted(_ROOM, 4, -_ROOM, -4), line, index.column())
        if index.row() == self._table.currentIndex().row() and index.column() == 0:
            painter.fillRect(option.rect.left(), option.rect.top(), 3, option.rect.height(),
                             theme.current().colour("accent"))  # fmt: skip
        painter.restore()

    def _paint(self, painter: QPainter, rect: QRect, line: Line, column: int) -> None:
        look = theme.current()
        colour = look.colour("text" if line.holds else "soft")
        if column == 0 and line.icon:
            sign = look.colour("warning" if line.is_loud else "accent")
            painter.drawPixmap(rect.left(), rect.top() + 1, icon.pixmap(line.icon, sign, _SIGN))
            rect = rect.adjusted(_SIGN + _ROOM, 0, 0, 0)
        text = line.cells[column][:_LONGEST]
        first, _, second = text.partition("\n")
        font = QFont(look.font())
        font.setStrikeOut(not line.holds and column == 1)
        if "\n" not in text:
            _draw_wrapped(painter, rect, first, font, colour)
            return
        _draw(painter, rect, first, font, colour)
        below = rect.adjusted(0, QFontMetrics(font).lineSpacing(), 0, 0)
        _draw(painter, below, second.replace("\n", " · "), look.font("small"), look.colour("soft"))


def _draw(painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect.left(), rect.top() + metrics.ascent(), shown)


def _draw_wrapped(painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor) -> None:
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    end = line.textLength()
    layout.endLayout()
    if end >= len(text):
        _draw(painter, rect, text, font, colour)
        return
    _draw(painter, rect, text[:end].rstrip(), font, colour)
    _draw(painter, rect.adjusted(0, QFontMetrics(font).lineSpacing(), 0, 0), text[end:], font, colour)


class LinesTable(QTableView):
    """``chosen`` carries the line that is current now, ``followed`` the one that Enter or a double click asks for,
    ``confirmed`` and ``dismissed`` the one on which Space or Delete was pressed."""

    chosen = Signal(object)  # Line | None
    followed = Signal(object)  # Line
    confirmed = Signal(object)  # Line
    dismissed = Signal(object)  # Line

    def __init__(self, model: LinesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shares: tuple[int, ...] = ()
        self.setObjectName("lines")
        self.setModel(model)
        self.setItemDelegate(_Delegate(self, model))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(56)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleDescription(
            "Arrow keys walk the lines, and the source beside them follows; Enter goes to the place, Ctrl+C copies, "
            "Space confirms a cell that is not reviewed and takes over what waits, Delete says that it is over"
        )
        self.doubleClicked.connect(lambda index: self._follow())
        self.retheme()

    @property
    def line(self) -> Line | None:
        """The current line."""
        return self._model.line(self.currentIndex())

    def share(self, shares: Sequence[int]) -> None:
        """How wide the columns are, in relation to each other."""
        self._shares = tuple(shares)
        self._take_room()

    def go_to(self, row: int) -> None:
        """Makes a line current."""
        self.setCurrentIndex(self._model.index(row, 0))

    def currentChanged(self, now: Index, before: Index) -> None:
        super().currentChanged(now, before)
        if now.row() != before.row() or not now.isValid():
            self.chosen.emit(self._model.line(now))
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        room, whole = self.viewport().width(), sum(self._shares)
        left = room
        for column, share in enumerate(self._shares):
            width = left if column == len(self._shares) - 1 else room * share // whole
            self.setColumnWidth(column, max(56, width))
            left -= width

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow()
        elif event.key() == Qt.Key.Key_Space:
            if self.line is not None:
                self.confirmed.emit(self.line)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.line is not None:
                self.dismissed.emit(self.line)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._model.rowCount():
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self._model.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        if self.line is not None:
            self.followed.emit(self.line)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        look = theme.current()
        line, small = (QFontMetrics(font).lineSpacing() for font in (look.font(), look.font("small")))
        self.verticalHeader().setDefaultSectionSize(max(2 * line, line + small) + 8)
        self.horizontalHeader().setFont(look.font("small"))
        self.viewport().update()
