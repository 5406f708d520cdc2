"""The heads of the matrix's columns: payer, policy number, the date that names the version and which date it is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from policyview.gui import icon, theme
from policyview.gui.board import Head
from policyview.gui.broken import lines_of
from policyview.gui.matrix_model import MatrixModel

_PAD = 8  # pixels
_DOT = 3.0  # pixels
_SIGN = 12  # pixels


class MatrixHeader(QHeaderView):
    """Paints a head on up to nine lines, some wrapped to two; plain text only."""

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._extent = ""
        self._height = self.height_for(200)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSectionSize(), self._height)  # Qt's own would ask for every section's words

    def height_for(self, width: int) -> int:
        """Pixels that the highest head needs in columns of ``width``."""
        bold, small = theme.current().font(bold=True), theme.current().font("small")
        heights = [QFontMetrics(bold).height() + QFontMetrics(small).height()]
        for column in range(1, self._model.columnCount()):
            if (head := self._model.head(column)) is not None:
                names = len(lines_of(head.payer, bold, width - 2 * _PAD, 2))
                wrapped = (text for text in (head.scope, head.version) if text)
                lines = sum(len(lines_of(text, small, width - 2 * _PAD, 2)) for text in wrapped)
                others = lines + sum(map(bool, (head.number, head.badge, head.note)))
                heights.append(names * QFontMetrics(bold).height() + others * QFontMetrics(small).height())
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
            inner = self._write(painter, inner, head.payer, 2, bold=True)
            for text, lines in ((head.number, 1), (head.scope, 2), (head.version, 2)):
                inner = self._write(painter, inner, text, lines) if text else inner
            inner = self._badge(painter, inner, head) if head.badge else inner
            if head.note:
                self._write(painter, inner, head.note, 1)
            if head.look:
                self._dot(painter, rect)
            if head.corrected:
                sign = icon.pixmap("mark-corrected", look.colour("accent"), _SIGN)
                painter.drawPixmap(rect.right() - _SIGN, rect.bottom() - _SIGN - _PAD // 2, sign)
        painter.restore()

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
