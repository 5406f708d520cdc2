"""Paints the matrix: icon, word and colour of a determination; derived states by their edge, not by colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from policyview.gui import icon, theme
from policyview.gui.board import Face
from policyview.gui.broken import lines_of
from policyview.gui.matrix_model import LABEL_COLUMN, MatrixModel
from policyview.model import State

ICON = 16  # pixels; the square of a determination's icon
GAP = 8  # pixels around and between
DOT = 7  # pixels across; "wants a look"
SIGN = 12  # pixels; the square of a sign of what people said
_LEADING = 2  # pixels between the two lines of a cell
_MORE = "…"
_CACHED_TEXTS = 20_000  # more than 2,000 rows hold; then the cache starts anew


class MatrixDelegate(QStyledItemDelegate):
    """Draws cached, elided static text at fixed offsets; ``current_line`` is tinted across both views, ``drop_line`` is
    where a dragged cell would be put."""

    def __init__(self, model: MatrixModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._texts: dict[tuple[str, int, str], tuple[QStaticText, ...]] = {}
        self.current_line = self.drop_line = -1
        self.retheme()

    def retheme(self) -> None:
        """Takes fonts and colours from the theme that applies now."""
        self._theme = theme.current()
        self._fonts = {"word": self._theme.font(), "detail": self._theme.font("small"),
                       "group": self._theme.font("small", bold=True), "label": self._theme.font()}  # fmt: skip
        self._metrics = {name: QFontMetrics(font) for name, font in self._fonts.items()}
        self._texts.clear()

    @property
    def row_height(self) -> int:
        """Pixels of every row: two lines of text and room to breathe."""
        return 2 * self._metrics["word"].height() + 2 * GAP

    def group_height(self, name: str, width: int) -> int:
        """Pixels of the head of a group in a label column of ``width``: one line of text, or two."""
        return len(self._group_lines(name, width)) * self._metrics["group"].height() + GAP + GAP // 2

    def word_width(self, word: str) -> int:
        """Pixels a column needs to show a determination's word uncut."""
        return self._metrics["word"].horizontalAdvance(word) + ICON + 3 * GAP + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(150, self.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        painter.save()
        if self._model.matrix_row(index.row()) is None:
            self._paint_group(painter, rect, self._model.label(index.row()) if index.column() == LABEL_COLUMN else "")
        else:
            self._paint_ground(painter, rect, index.row() == self.current_line)
            face = self._model.face(index)
            if face is None:
                self._paint_label(painter, rect, index.row())
            else:
                state: QStyle.StateFlag = option.state
                self._paint_face(painter, rect, face)
                if state & QStyle.StateFlag.State_Selected:
                    self._paint_current(painter, rect, bool(state & QStyle.StateFlag.State_HasFocus))
            if index.row() == self.drop_line:
                self._paint_drop(painter, rect)
        painter.restore()

    # ------------------------------------------------------------ parts

    def _paint_ground(self, painter: QPainter, rect: QRect, is_current: bool) -> None:
        painter.fillRect(rect, self._theme.colour("row" if is_current else "surface"))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_drop(self, painter: QPainter, rect: QRect) -> None:
        """The row onto which a cell is being dragged stands between two lines."""
        for y in (rect.top() + 1, rect.bottom() - 2):
            painter.fillRect(rect.left(), y, rect.width(), 2, self._theme.colour("accent"))

    def _paint_group(self, painter: QPainter, rect: QRect, name: str) -> None:
        painter.fillRect(rect, self._theme.colour("sunken"))
        lines = self._group_lines(name, rect.width())
        top = rect.bottom() - len(lines) * self._metrics["group"].height() - GAP // 2
        self._draw_all(painter, "group", lines, rect.left() + GAP, top, self._theme.colour("soft"))

    def _group_lines(self, name: str, width: int) -> tuple[QStaticText, ...]:
        key = (name, width, "group")
        if key not in self._texts:
            font = self._fonts["group"]
            self._keep(key, tuple(_static(line, font) for line in lines_of(name, font, width - 2 * GAP, 2)))
        return self._texts[key]

    def _paint_label(self, painter: QPainter, rect: QRect, line: int) -> None:
        if self._model.differs(line):  # a bar where payers differ; the filter and F8 name the same rows
            painter.fillRect(rect.left(), rect.top(), 3, rect.height() - 1, self._theme.colour("accent"))
        width = rect.width() - 2 * GAP - 2
        font, texts = self._fitted(self._model.label(line), width)
        top = rect.top() + (rect.height() - len(texts) * self._metrics[font].height()) / 2
        self._draw_all(painter, font, texts, rect.left() + GAP + 2, top, self._theme.colour("text"))

    def _paint_face(self, painter: QPainter, rect: QRect, face: Face) -> None:
        colour = self._theme.determination(face.determination)
        if face.state in (State.BROADER, State.CATCH_ALL):
            self._paint_edge(painter, rect, colour, dashed=face.state is State.CATCH_ALL)
        left, width = rect.left() + 2 * GAP + 2 + ICON, rect.width() - 3 * GAP - 2 - ICON
        if face.state is State.SILENT:
            middle = rect.top() + (rect.height() - self._metrics["word"].height()) / 2
            self._draw(painter, "detail", face.word, left, middle + 1, width, self._theme.colour("soft"))
            self._paint_signs(painter, rect, round(middle + self._metrics["word"].height() / 2), face)
            return
        height = self._metrics["word"].height()
        below = _LEADING + self._metrics["detail"].height() if face.detail or face.look else 0
        top = rect.top() + (rect.height() - height - below) / 2
        sign = icon.pixmap(face.icon, colour, ICON)
        painter.drawPixmap(rect.left() + GAP + 2, round(top + (height - ICON) / 2), sign)
        self._draw(painter, "word", face.word, left, top, width, colour)
        middle = round(top + height + _LEADING + self._metrics["detail"].height() / 2)
        width -= self._paint_signs(painter, rect, middle, face)
        self._draw(painter, "detail", face.detail, left, top + height + _LEADING, width, self._theme.colour("soft"))

    def _paint_signs(self, painter: QPainter, rect: QRect, middle: int, face: Face) -> int:
        """At the cell's right: a dot where it wants a look, before it what people said of it; the pixels it took."""
        right = rect.right() - GAP
        if face.look:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("warning"))
            painter.drawEllipse(right - DOT, middle - DOT // 2, DOT, DOT)
            right -= DOT + 4
        for name in reversed(face.signs):
            sign = icon.pixmap(name, self._theme.colour("accent"), SIGN)
            painter.drawPixmap(right - SIGN, middle - SIGN // 2, sign)
            right -= SIGN + 4
        return rect.right() - GAP - right

    def _paint_edge(self, painter: QPainter, rect: QRect, colour: QColor, dashed: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(3, 3, -4, -5), 5, 5)

    def _paint_current(self, painter: QPainter, rect: QRect, has_focus: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._theme.colour("accent"), 2 if has_focus else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -2, -2))

    # ------------------------------------------------------------ text

    def _draw(
        self, painter: QPainter, font: str, text: str, left: float, top: float, width: int, colour: QColor
    ) -> None:
        self._draw_all(painter, font, self._elided(font, text, width), left, top, colour)

    def _draw_all(
        self, painter: QPainter, font: str, texts: tuple[QStaticText, ...], left: float, top: float, colour: QColor
    ) -> None:
        painter.setFont(self._fonts[font])
        painter.setPen(colour)
        for number, text in enumerate(texts):
            painter.drawStaticText(QPointF(left, round(top) + number * self._metrics[font].height()), text)

    def _elided(self, font: str, text: str, width: int) -> tuple[QStaticText, ...]:
        key = (text, width, font)
        if key not in self._texts:
            elided = self._metrics[font].elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._keep(key, (_static(elided, self._fonts[font]),))
        return self._texts[key]

    def _fitted(self, text: str, width: int) -> tuple[str, tuple[QStaticText, ...]]:
        """A label on two lines, a longer one on three smaller lines, the last elided; with its font."""
        large, small = (text, width, "label"), (text, width, "detail")
        if large not in self._texts and small not in self._texts:
            lines = lines_of(text, self._fonts["label"], width, 2)
            if lines[-1].endswith(_MORE):
                lines = lines_of(text, self._fonts["detail"], width, 3)
                self._keep(small, tuple(_static(line, self._fonts["detail"]) for line in lines))
            else:
                self._keep(large, tuple(_static(line, self._fonts["label"]) for line in lines))
        font = "label" if large in self._texts else "detail"
        return font, self._texts[text, width, font]

    def _keep(self, key: tuple[str, int, str], texts: tuple[QStaticText, ...]) -> None:
        if len(self._texts) >= _CACHED_TEXTS:
            self._texts.clear()
        self._texts[key] = texts


def _static(text: str, font: QFont) -> QStaticText:
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.prepare(font=font)
    return static
