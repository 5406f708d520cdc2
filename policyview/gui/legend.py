"""Says which words of a source are lit how, in the very styles."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from policyview.gui import theme
from policyview.gui.plain import PlainLabel
from policyview.gui.standing import Target


class Legend(PlainLabel):
    """Says which words are lit how; painted in the very styles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "soft", parent)
        self._words: dict[str, str] = {}
        self.show_target(None)

    def show_target(self, target: Target | None) -> None:
        """Names what is lit: the words, and where there are some, those of the determination."""
        self._words = {}
        if target is not None and target.words:
            self._words["words"] = target.called
        if target is not None and target.basis:
            self._words["basis"] = "determination"
        shapes = {"words": "underlined", "basis": "framed in dashes"}
        self.setAccessibleName("Legend: " + ", ".join(f"the {word} is {shapes[style]}"
                                                      for style, word in self._words.items()))  # fmt: skip
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.current().font("small"))
        return QSize(metrics.horizontalAdvance(" ".join(self._words.values())) + 20, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter, font = QPainter(self), look.font("small")
        metrics, left = QFontMetrics(font), 0
        painter.setFont(font)
        for style, word in self._words.items():
            rect = QRectF(left, 0.5, metrics.horizontalAdvance(word) + 6, metrics.height())
            painter.fillRect(rect, look.colour(style))
            painter.setPen(QPen(look.colour(f"{style}_edge"), 1, Qt.PenStyle.DashLine))
            if style == "words":
                painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 2), look.colour("words_edge"))
            else:
                painter.drawRect(rect)
            painter.setPen(look.colour("text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, word)
            left += int(rect.width()) + 8
        painter.end()
