"""The heads of the matrix's columns: payer, policy number, the date that names the version and which date it is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from policyview.gui import icon, theme
from policyview.gui.board import Head
from policyview.gui.broken import lines_of
from policyview.gui.matrix_model import MatrixModel

_PAD = 8  # pixels
_DOT = 3.0  # pixels
_SIGN = 12  # pixels
_OURS = "ours"


class MatrixHeader(QHeaderView):
    """Paints a head on up to eleven lines, some wrapped to two; plain text only.

    Where heads may be moved, ``carried`` carries the section that is dragged, where to, and whether it was let go.
    """

    carried = Signal(int, QPoint, bool)

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._extent = ""
        self.is_movable = False
        self._held, self._held_at, self._is_carrying = -1, QPoint(), False
        self._gap = -1
        self._height = 4 * QFontMetrics(theme.current().font()).height()  # until the columns have their width
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSectionSize(), self._height)  # Qt's own would ask for every section's words

    def height_for(self, width: int) -> int:
        """Pixels that the highest head needs in columns of ``width``."""
        bold, small = theme.current().font(bold=True), theme.current().font("small")
        name, line = QFontMetrics(bold).height(), QFontMetrics(small).height()
        heights = [name + line]
        for column in range(1, self._model.columnCount()):
            if (head := self._model.head(column)) is not None:
                names = len(lines_of(head.payer, bold, width - 2 * _PAD, 2))
                wrapped = (text for text in (head.scope, head.version, head.note) if text)
                lines = sum(len(lines_of(text, small, width - 2 * _PAD, 2)) for text in wrapped)
                others = lines + sum(map(bool, (head.number, head.badge, self._model.is_ours(column))))
                heights.append(names * name + others * line)
        return max(heights) + 2 * _PAD + 4  # a pixel between lines

    def take_height(self, height: int) -> None:
        """Qt asks for the height dozens of times a layout, so it is told beforehand."""
        if height != self._height:
            self._height = height
            self.updateGeometry()
            self.geometriesChanged.emit()

    @property
    def extent(self) -> str:
        return self._extent

    def say(self, extent: str) -> None:
        """What stands below "Indication": which of the columns are in view."""
        if extent != self._extent:
            self._extent = extent
            self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look, head = theme.current(), self._model.head(logicalIndex)
        painter.save()
        painter.fillRect(rect, look.colour("window"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        if head is None:
            inner = self._write(painter, inner, self._model.corner, 1, bold=True)
            if self._extent:
                self._write(painter, inner, self._extent, 2)
        else:
            is_pinned = logicalIndex <= self._model.pinned
            name = inner.adjusted(0, 0, -_SIGN - 2, 0) if is_pinned else inner
            inner = self._write(painter, name, head.payer, 2, bold=True).adjusted(0, 0, inner.right() - name.right(), 0)
            inner = self._ours(painter, inner) if self._model.is_ours(logicalIndex) else inner
            for text, lines in ((head.number, 1), (head.scope, 2), (head.version, 2)):
                inner = self._write(painter, inner, text, lines) if text else inner
            inner = self._badge(painter, inner, head) if head.badge else inner
            if head.note:
                self._write(painter, inner, head.note, 2)
            if is_pinned:
                sign = icon.pixmap("pin", look.colour("soft"), _SIGN)
                painter.drawPixmap(rect.right() - _SIGN - _PAD // 2, rect.top() + _PAD + 1, sign)
            if head.look:
                self._dot(painter, rect)
            if head.corrected:
                sign = icon.pixmap("mark-corrected", look.colour("accent"), _SIGN)
                painter.drawPixmap(rect.right() - _SIGN, rect.bottom() - _SIGN - _PAD // 2, sign)
        painter.restore()

    def _ours(self, painter: QPainter, rect: QRect) -> QRect:
        """A star and the word."""
        look, size = theme.current(), QFontMetrics(theme.current().font("small")).height() - 2
        painter.drawPixmap(rect.left(), rect.top() + 1, icon.pixmap("ours", look.colour("accent"), size))
        below = self._write(painter, rect.adjusted(size + 4, 0, 0, 0), _OURS, 1, colour="accent")
        return below.adjusted(-size - 4, 0, 0, 0)

    # ------------------------------------------------------------ moving

    def show_gap(self, x: int) -> None:
        """Where a head would be put that is being dragged; -1 for nowhere."""
        if x != self._gap:
            self._gap = x
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap >= 0:
            painter = QPainter(self.viewport())
            painter.fillRect(max(0, self._gap - 1), 0, 3, self.height(), theme.current().colour("accent"))
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = event.position().toPoint()
        is_edge = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        may = self.is_movable and event.button() is Qt.MouseButton.LeftButton and not is_edge
        self._held, self._held_at = (self.logicalIndexAt(place) if may else -1), place

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held < 1:
            super().mouseMoveEvent(event)
            return
        way = event.position().toPoint() - self._held_at
        if self._is_carrying or way.manhattanLength() >= QApplication.startDragDistance():
            self._is_carrying = True
            self.carried.emit(self._held, event.globalPosition().toPoint(), False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        held, was_carrying = self._held, self._is_carrying
        self._held, self._is_carrying = -1, False
        if was_carrying:
            self.carried.emit(held, event.globalPosition().toPoint(), True)

    def _badge(self, painter: QPainter, rect: QRect, head: Head) -> QRect:
        """A sign and why the column is not in force."""
        look, size = theme.current(), QFontMetrics(theme.current().font("small")).height() - 2
        painter.drawPixmap(rect.left(), rect.top() + 1, icon.pixmap(head.badge_icon, look.colour("warning"), size))
        below = self._write(painter, rect.adjusted(size + 4, 0, 0, 0), head.badge, 1, colour="warning")
        return below.adjusted(-size - 4, 0, 0, 0)

    def _dot(self, painter: QPainter, rect: QRect) -> None:
        """The mark of what wants a look, as in the cells."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("warning"))
        painter.drawEllipse(QPointF(rect.right() - _PAD, rect.top() + _PAD), _DOT, _DOT)

    def _write(self, painter: QPainter, rect: QRect, text: str, lines: int, bold: bool = False,
               colour: str = "soft") -> QRect:
        """Writes ``text`` on at most ``lines`` lines and returns what is left of ``rect`` below it."""
        look = theme.current()
        font = look.font("normal" if bold else "small", bold)
        height = QFontMetrics(font).height()
        painter.setFont(font)
        painter.setPen(look.colour("text" if bold else colour))
        broken = lines_of(text, font, rect.width(), lines)
        for number, line in enumerate(broken):
            place = QRect(rect.left(), rect.top() + number * height, rect.width(), height)
            painter.drawText(place, Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignLeft, line)
        return rect.adjusted(0, len(broken) * height + 1, 0, 0)
