"""The list of changes: a tree of groups whose lines are two lines of words over one that says what they are."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from policyview.gui import icon, theme
from policyview.gui.change_faces import ChangeFace
from policyview.gui.change_marks import Mark
from policyview.gui.changes_model import ChangesModel
from policyview.gui.wrapping_tree import WrappingTree

Index = QModelIndex | QPersistentModelIndex
_SIGN, _ROOM = 16, 6  # pixels: an icon, the space around words
_SIGNS = {"confirmed": "mark-confirmed", "not relevant": "mark-not-relevant"}


class _Delegate(QStyledItemDelegate):
    """Draws a sentence on one line or two, and below it what sort of change it is."""

    def __init__(self, tree: QTreeView, model: ChangesModel) -> None:
        super().__init__(tree)
        self._tree, self._model = tree, model
        self._widths: dict[str, int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, small = _heights()
        face = self._model.face(index)
        if face is None:
            return QSize(60, line + 8)
        lines = 1 if face.group == "suppressed" or self._fits(face) else 2
        return QSize(60, lines * line + small + 2 * _ROOM)

    def _fits(self, face: ChangeFace) -> bool:
        """Whether the sentence stands on one line; sentences are measured once."""
        if face.sentence not in self._widths:
            metrics = QFontMetrics(theme.current().font(bold=face.is_loud))
            self._widths[face.sentence] = metrics.horizontalAdvance(face.sentence[:300])
        room = self._tree.viewport().width() - 2 * self._tree.indentation() - _SIGN - 3 * _ROOM
        return self._widths[face.sentence] <= room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        face = self._model.face(index)
        if face is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text, option.icon = "", type(option.icon)()
        style = self._tree.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._tree)
        painter.save()
        self._paint_line(painter, option.rect, face, self._model.mark(face))
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, face: ChangeFace, mark: Mark) -> None:
        look, (line, small) = theme.current(), _heights()
        words = rect.adjusted(_SIGN + 2 * _ROOM, _ROOM, -_ROOM, -_ROOM)
        colour = look.colour("warning" if face.is_loud else "soft" if mark.judgement == "not relevant" else "text")
        painter.drawPixmap(rect.left() + _ROOM, words.top() + 1, icon.pixmap(face.icon, colour, _SIGN))
        painter.setFont(look.font(bold=face.is_loud))
        painter.setPen(colour)
        _draw_wrapped(painter, words.adjusted(0, 0, 0, -small), face.sentence, (words.height() - small) // line)
        below = QRect(words.left(), words.bottom() - small + 1, words.width(), small)
        self._paint_below(painter, below, face, mark)

    def _paint_below(self, painter: QPainter, rect: QRect, face: ChangeFace, mark: Mark) -> None:
        """What sort of change it is at the left, what was said of it at the right."""
        look = theme.current()
        painter.setFont(look.font("small"))
        metrics = painter.fontMetrics()
        said = " · ".join(filter(None, (mark.judgement, "note" if mark.note else "")))
        room = metrics.horizontalAdvance(said) + (_SIGN + 8 if said else 0)
        if said:
            painter.setPen(look.colour("accent"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
            sign = icon.pixmap(_SIGNS.get(mark.judgement, "mark-note"), look.colour("accent"), 14)
            painter.drawPixmap(rect.right() - room + 8, rect.top() + (rect.height() - 14) // 2, sign)
        colour = look.colour("soft" if face.is_told and not face.is_loud else "warning")
        if face.is_substantive:
            sign = icon.pixmap("history" if face.is_told else "history-doubt", colour, 12)
            painter.drawPixmap(rect.left(), rect.top() + (rect.height() - 12) // 2, sign)
            rect = rect.adjusted(16, 0, 0, 0)
        about = metrics.elidedText(face.about, Qt.TextElideMode.ElideRight, rect.width() - room)
        painter.setPen(colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, about)


def _heights() -> tuple[int, int]:
    """Pixels of a line of words and of a small one."""
    look = theme.current()
    return QFontMetrics(look.font()).lineSpacing(), QFontMetrics(look.font("small")).lineSpacing()


def _draw_wrapped(painter: QPainter, rect: QRect, text: str, most: int) -> None:
    """At most so many lines; the last one ends in dots where the text goes on."""
    metrics, top, start = painter.fontMetrics(), rect.top(), 0
    layout = QTextLayout(text[:600], painter.font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    for number in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        start = line.textStart()
        part = text[start:start + line.textLength()] if number < most - 1 else (
            metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, rect.width()))
        painter.drawText(rect.left(), top + metrics.ascent(), part.rstrip())
        top += metrics.lineSpacing()
    layout.endLayout()


class ChangesList(WrappingTree):
    """``chosen`` carries the line that is current now. Space confirms, Delete finds not relevant, N asks for a note."""

    chosen = Signal(object)  # ChangeFace | None
    confirmed = Signal()
    dismissed = Signal()
    note_wanted = Signal()
    entered = Signal()

    def __init__(self, model: ChangesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(self, model))
        self.setHeaderHidden(True)
        self.setAccessibleName("Changes")
        self.setAccessibleDescription(
            "Arrow keys walk the changes, Enter goes into the pages, Space confirms, Delete marks as not relevant, "
            "N writes a note"
        )
        self.setIndentation(12)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self._on_reset)

    @property
    def face(self) -> ChangeFace | None:
        """The current line; None on a group."""
        return self._model.face(self.currentIndex())

    def currentChanged(self, now: Index, before: Index) -> None:
        super().currentChanged(now, before)
        self.chosen.emit(self._model.face(now))

    def _on_reset(self) -> None:
        self.expandAll()
        suppressed = self._model.group_index("suppressed")
        if suppressed.isValid() and len(self._model.indexes()) > self._model.rowCount(suppressed):
            self.collapse(suppressed)

    def go_to(self, index: QModelIndex) -> None:
        """Makes a line current, its group open."""
        self.expand(index.parent())
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def go_to_first(self) -> None:
        """Makes the first line current that is open; the first group where none is."""
        first = next((index for index in self._model.indexes() if self.isExpanded(index.parent())), None)
        self.setCurrentIndex(first if first is not None else self._model.index(0, 0))

    def step(self, by: int, is_unreviewed: bool = False) -> bool:
        """Goes to the next (1) or previous (-1) substantive change (nobody has judged yet); False for none."""
        rules = [
            index for index in self._model.indexes()
            if (face := self._model.face(index)) and face.is_substantive
            and not (is_unreviewed and self._model.mark(face).is_reviewed)
        ]  # fmt: skip
        here = self._place(self.currentIndex())
        after = [index for index in rules if (self._place(index) > here if by > 0 else self._place(index) < here)]
        if after:
            self.go_to(after[0] if by > 0 else after[-1])
        return bool(after)

    def _place(self, index: QModelIndex) -> tuple[int, int]:
        if not index.isValid():
            return -1, -1
        return (index.parent().row(), index.row()) if index.parent().isValid() else (index.row(), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Space: self.confirmed, Qt.Key.Key_Delete: self.dismissed, Qt.Key.Key_N: self.note_wanted,
            Qt.Key.Key_Backspace: self.dismissed, Qt.Key.Key_Return: self.entered, Qt.Key.Key_Enter: self.entered,
        }  # fmt: skip
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        act = acts.get(Qt.Key(event.key())) if plain and self.face is not None else None
        if act is not None:
            act.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))
        else:
            super().keyPressEvent(event)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        self._model.retheme()
        self.scheduleDelayedItemsLayout()
