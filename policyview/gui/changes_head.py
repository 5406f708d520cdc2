"""Over the changes: the verdict, the counts, and before all else what may have been missed or is contradicted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from policyview.export.legible import on_one_line
from policyview.gui import theme
from policyview.gui.change_faces import ChangeBoard
from policyview.gui.plain import ElidedLabel, WrappedLabel

_MOST_LINES = 3  # of cautions; more are scrolled to


class ChangesHead(QFrame):
    """Says in two lines what changed; cautions stand before it, a contradicted history entry above all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.loud = WrappedLabel("", "warning")
        self.cautions = QPlainTextEdit(self)
        self.cautions.setReadOnly(True)
        self.cautions.setTabChangesFocus(True)
        self.cautions.setObjectName("cautions")
        self.cautions.document().setDocumentMargin(0)
        self.cautions.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.cautions.setAccessibleName("What the comparison may have missed")
        self.verdict, self.counts = ElidedLabel("", "heading"), ElidedLabel("", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(2)
        for each in (self.cautions, self.loud, self.verdict, self.counts):
            column.addWidget(each)
        self.retheme()

    def show_board(self, board: ChangeBoard, unreviewed: int) -> None:
        """Shows what is to be said of a comparison as a whole."""
        cautions = [f"Caution: {on_one_line(caution)}" for caution in board.report.cautions]
        self.cautions.setVisible(bool(cautions))
        text = "\n".join(cautions)
        if text != self.cautions.toPlainText():
            self.cautions.setPlainText(text)
            self._take_room()
        self.loud.setVisible(bool(board.contradictions))
        self.loud.show_text("⚠ " + "\n⚠ ".join(board.contradictions) if board.contradictions else "")
        self.verdict.show_text(board.report.verdict)
        left = f"{unreviewed} not reviewed" if unreviewed else "all reviewed" if board.subjects else ""
        self.counts.show_text(" · ".join(filter(None, (board.counts, left))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        """As high as the cautions need, up to some lines."""
        lines = int(self.cautions.document().size().height())  # a plain document counts its height in lines
        line, around = self.cautions.fontMetrics().lineSpacing(), 2  # the line around it that shows the keyboard
        self.cautions.setFixedHeight(max(1, min(_MOST_LINES, lines)) * line + around)
        policy = Qt.ScrollBarPolicy
        is_all = lines <= _MOST_LINES
        self.cautions.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if is_all else policy.ScrollBarAlwaysOn)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        look = theme.current()
        self.verdict.setFont(look.font(bold=True))
        self.loud.setFont(look.font(bold=True))
        self.counts.setFont(look.font("small"))
        self.cautions.setFont(look.font("small"))
