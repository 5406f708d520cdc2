"""The heads of the matrix's columns: payer, policy number, the date that names the version and which date it is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from policyview.gui import theme
from policyview.gui.matrix_model import MatrixModel

_PAD = 8  # pixels
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class MatrixHeader(QHeaderView):
    """Paints a head on up to five lines, the payer's name wrapped to two; plain text only."""

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:
        normal, small = QFontMetrics(theme.current().font(bold=True)), QFontMetrics(theme.current().font("small"))
        board = self._model.board
        has_notes = board is not None and any(head.note for head in board.heads)
        return QSize(super().sizeHint().width(), 2 * normal.height() + (2 + has_notes) * small.height() + 2 * _PAD)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look, head = theme.current(), self._model.head(logicalIndex)
        painter.save()
        painter.fillRect(rect, look.colour("window"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        if head is None:
            self._write(painter, inner, "Indication", 1, bold=True)
        else:
            inner = self._write(painter, inner, head.payer, 2, bold=True)
            for text in filter(None, (head.number, head.version, head.note)):
                inner = self._write(painter, inner, text, 1)
        painter.restore()

    def _write(self, painter: QPainter, rect: QRect, text: str, lines: int, bold: bool = False) -> QRect:
        """Writes ``text`` on at most ``lines`` lines and returns what is left of ``rect`` below it."""
        look = theme.current()
        font = look.font("normal" if bold else "small", bold)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(look.colour("text" if bold else "soft"))
        if lines == 1:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        wanted = metrics.boundingRect(QRect(0, 0, rect.width(), 10_000), _WRAP, text).height()
        height = min(wanted, lines * metrics.height())
        painter.drawText(QRect(rect.left(), rect.top(), rect.width(), height), _WRAP, text)
        return rect.adjusted(0, height + 1, 0, 0)
