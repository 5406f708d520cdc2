"""Paints the matrix: icon, word and colour of a determination; derived states by their edge, not by colour."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from policyview.gui import icon, theme
from policyview.gui.board import Face
from policyview.gui.broken import lines_of
from policyview.gui.matrix_model import LABEL_COLUMN, MatrixModel
from policyview.gui.verdicts import Verdict
from policyview.model import State

ICON = 16  # pixels; the square of a determination's icon
GAP = 8  # pixels around and between
DOT = 7  # pixels across; "wants a look"
SIGN = 12  # pixels; the square of a sign of what people said
_LEADING = 2  # pixels between the lines of a cell
Cells = Literal["compact", "normal", "full"]
"""Icon and word; what it hangs on beside them; its first criteria too."""
_FIRST_LINES = 2  # of the first criteria in a full cell
_TIGHT = 5  # pixels above and below in a compact cell
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
        self.cells: Cells = "normal"
        self.has_focus = False
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
        """Pixels of every row: as many lines as its cells have, and room to breathe."""
        word, small = self._metrics["word"].height(), self._metrics["detail"].height() + _LEADING
        verdict = small if self._model.are_held_against_ours else 0
        if self.cells == "compact":
            return max(word + verdict, 2 * small) + 2 * _TIGHT
        more = _FIRST_LINES * small if self.cells == "full" else 0
        return 2 * word + more + verdict + 2 * GAP

    def group_height(self, name: str, width: int) -> int:
        """Pixels of the head of a group in a label column of ``width``: one line of text, or two."""
        lines = lines_of(name, self._fonts["group"], width - 2 * GAP, 2)
        return len(lines) * self._metrics["group"].height() + GAP + GAP // 2

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
                self._paint_face(painter, rect, face, self._model.verdict(index))
                if state & QStyle.StateFlag.State_Selected:
                    self._paint_current(painter, rect, self.has_focus)
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
        is_told_by_end = self._model.is_like_another(line)
        font, texts = self._fitted(self._model.label(line), width, rect.height(), is_told_by_end)
        top = rect.top() + (rect.height() - len(texts) * self._metrics[font].height()) / 2
        self._draw_all(painter, font, texts, rect.left() + GAP + 2, top, self._theme.colour("text"))

    def _paint_face(self, painter: QPainter, rect: QRect, face: Face, verdict: Verdict | None) -> None:
        """The word beside its icon; below it what it hangs on, its first criteria, and how it stands against ours."""
        colour, soft = self._theme.determination(face.determination), self._theme.colour("soft")
        is_derived = face.state in (State.BROADER, State.CATCH_ALL)  # which is no sign to be learnt, but said
        if is_derived:
            self._paint_edge(painter, rect, colour, dashed=face.state is State.CATCH_ALL)
        left, width = rect.left() + 2 * GAP + 2 + ICON, rect.width() - 3 * GAP - 2 - ICON
        is_silent, is_compact = face.state is State.SILENT, self.cells == "compact"
        font = "detail" if is_silent else "word"
        height, small = self._metrics["word"].height(), self._metrics["detail"].height() + _LEADING
        detail = face.detail if is_derived or not is_compact else ""
        has_detail = bool(detail or (face.look and not is_compact))
        first = self._first_lines(face.first, width) if self.cells == "full" else ()
        has_verdict = verdict is not None and self._model.are_held_against_ours
        lines = has_detail + len(first) + has_verdict
        top = round(rect.top() + (rect.height() - height - lines * small) / 2)
        if not is_silent:
            sign = icon.pixmap(face.icon, colour, ICON)
            painter.drawPixmap(rect.left() + GAP + 2, round(top + (height - ICON) / 2), sign)
        middle = rect.bottom() - SIGN // 2 - 4 if is_compact else top + height + small // 2 if has_detail else (
            top + height // 2)  # in a compact cell they take no room from the word
        room = width - self._paint_signs(painter, rect, middle, face)
        self._draw(painter, font, face.word, left, top + is_silent, room if is_silent and not is_compact else width,
                   soft if is_silent else colour)  # fmt: skip
        top += height + _LEADING
        if has_detail:
            self._draw(painter, "detail", detail, left, top, room, soft)
            top += small
        for line in first:
            self._draw_all(painter, "detail", (line,), left, top, self._theme.colour("soft" if is_silent else "text"))
            top += small
        if verdict is not None and has_verdict:
            self._paint_verdict(painter, left, top, width, verdict)

    def _first_lines(self, text: str, width: int) -> tuple[QStaticText, ...]:
        key = (text, width, "first")
        if key not in self._texts:
            font = self._fonts["detail"]
            lines = lines_of(text, font, width, _FIRST_LINES) if text else []
            self._keep(key, tuple(_static(line, font) for line in lines))
        return self._texts[key]

    def _paint_verdict(self, painter: QPainter, left: int, top: int, width: int, verdict: Verdict) -> None:
        colour = self._theme.colour("soft" if verdict.word in ("same", "cannot tell") else "text")
        size = self._metrics["detail"].height() - 4
        painter.drawPixmap(left, top + 2, icon.pixmap(verdict.icon, colour, size))
        self._draw(painter, "detail", verdict.word, left + size + 5, top, width - size - 5, colour)

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

    def _fitted(
        self, text: str, width: int, height: int, is_told_by_end: bool
    ) -> tuple[str, tuple[QStaticText, ...]]:
        """A label with its font: in large letters where two lines of them hold it, else in small ones. What does not
        fit is elided, in the middle where its end tells it from another."""
        sizes = {name: min(most, (height - 4) // self._metrics[name].height())
                 for name, most in (("label", 2), ("detail", 4))}  # fmt: skip
        keys = {name: (text, width, f"{name} {lines} {is_told_by_end}") for name, lines in sizes.items()}
        font = next((name for name, key in keys.items() if key in self._texts), "")
        if not font:
            font, lines = "label", lines_of(text, self._fonts["label"], width, sizes["label"])
            if lines[-1].endswith(_MORE) or sizes["label"] < 2:
                cut = Qt.TextElideMode.ElideMiddle if is_told_by_end else Qt.TextElideMode.ElideRight
                font, lines = "detail", lines_of(text, self._fonts["detail"], width, sizes["detail"], cut)
            self._keep(keys[font], tuple(_static(line, self._fonts[font]) for line in lines))
        return font, self._texts[keys[font]]

    def _keep(self, key: tuple[str, int, str], texts: tuple[QStaticText, ...]) -> None:
        if len(self._texts) >= _CACHED_TEXTS:
            self._texts.clear()
        self._texts[key] = texts


def _static(text: str, font: QFont) -> QStaticText:
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.prepare(font=font)
    return static
