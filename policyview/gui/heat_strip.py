"""A narrow strip beside the matrix that shows over its whole length where payers differ: the map of F8."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from policyview.export import vocabulary
from policyview.gui import theme
from policyview.gui.matrix_model import MatrixModel
from policyview.gui.plain import plain_tip
from policyview.model import Agreement

_WIDTH = 14  # pixels
_LOWEST = 2.0  # pixels of a mark's height
_SHARES = {Agreement.OPPOSED: 1.0, Agreement.WORDS_DIFFER: 0.6, Agreement.CRITERIA_DIFFER: 0.25}
"""How wide the mark of each kind of difference is, as a share of the strip."""
_COLOURS = {Agreement.OPPOSED: "warning", Agreement.WORDS_DIFFER: "accent", Agreement.CRITERIA_DIFFER: "soft"}


class HeatStrip(QWidget):
    """Drawn anew when lines, size or colours change, not when the matrix scrolls. ``line_chosen`` carries a line."""

    line_chosen = Signal(int)

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._picture: QPixmap | None = None
        self._at = -1  # the line that was gone to last
        self._disputes: dict[int, Agreement] = {}
        self.drawn = 0
        self.setFixedWidth(_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        model.modelReset.connect(self.renew)
        self.renew()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 100)

    def renew(self) -> None:
        """Draws it anew, with the theme that applies now."""
        self._picture, self._disputes = None, self._model.disputes()
        kinds = Counter(self._disputes.values())
        counts = [(kinds[each], vocabulary.agreement_told(each)) for each in _SHARES]
        told = ", ".join(f"{count} {words}" for count, words in counts if count) or "payers differ on no row shown"
        self.setAccessibleName(f"Where payers differ: {told}")
        self.setAccessibleDescription("Up and Down go to the previous and next row on which payers differ")
        self.setToolTip(plain_tip(f"Where payers differ, over all rows: {told}\nWide: opposed; half: in words; thin: "
                                  "in criteria. A click goes there, as F8 does."))  # fmt: skip
        self.setVisible(bool(self._model.rowCount()))
        self.update()

    @property
    def differing(self) -> tuple[int, ...]:
        """The lines on which payers differ."""
        return tuple(self._disputes)

    def mark(self, line: int) -> QRectF:
        """Where the mark of a line stands."""
        height = self.height() / max(1, self._model.rowCount())
        share = _SHARES[self._disputes[line]] if line in self._disputes else 0.0
        return QRectF(1, line * height, (self.width() - 2) * share, max(_LOWEST, height - 1))

    def _draw(self) -> QPixmap:
        ratio, look = self.devicePixelRatioF(), theme.current()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(look.colour("sunken"))
        painter = QPainter(picture)
        pixels = self.height() / max(1, self._model.rowCount())
        lines: dict[Agreement, list[int]] = {kind: [] for kind in _SHARES}
        for line, each in self._disputes.items():
            lines[each].append(line)
        painter.setPen(Qt.PenStyle.NoPen)
        lowest, width, taken = max(_LOWEST, pixels - 1), self.width() - 2, set[int]()
        seen: list[tuple[Agreement, list[int]]] = []
        for kind in _SHARES:  # the gravest first: where marks meet, the graver one is seen
            own = {at: line for line in lines[kind] if (at := int(line * pixels)) not in taken}
            taken.update(own)
            seen.append((kind, [*own.values()]))
        for kind, marked in reversed(seen):
            painter.setBrush(look.colour(_COLOURS[kind]))
            painter.drawRects([QRectF(1, line * pixels, width * _SHARES[kind], lowest) for line in marked])
        painter.end()
        self.drawn += 1
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None or self._picture.deviceIndependentSize() != self.size().toSizeF():
            self._picture = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(QPointF(0, 0), self._picture)
        if self.hasFocus():
            painter.setPen(theme.current().colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    # ------------------------------------------------------------ going there

    def show_line(self, line: int) -> None:
        """The matrix's current line, from which the keys go on."""
        self._at = line

    def _go_to(self, line: int | None) -> None:
        if line is not None:
            self.line_chosen.emit(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        y = event.position().y()
        self._go_to(min(self.differing, key=lambda line: abs(self.mark(line).center().y() - y), default=None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        lines = self.differing
        if event.key() == Qt.Key.Key_Down:
            self._go_to(next((line for line in lines if line > self._at), None))
        elif event.key() == Qt.Key.Key_Up:
            self._go_to(next((line for line in reversed(lines) if line < self._at), None))
        elif event.key() == Qt.Key.Key_Home:
            self._go_to(lines[0] if lines else None)
        elif event.key() == Qt.Key.Key_End:
            self._go_to(lines[-1] if lines else None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
