"""Over the audit: how far the review is, in words and as a bar."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from policyview.gui import theme
from policyview.gui.audit_tally import Tally
from policyview.gui.plain import ElidedLabel, WrappedLabel


class AuditHead(QFrame):
    """Says in one line what is done and what is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.told = ElidedLabel("", "heading")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the review")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        self.warning = WrappedLabel("", "warning")
        self.warning.setVisible(False)
        column.addWidget(self.warning)
        column.addWidget(self.told)
        column.addWidget(self.bar)
        self.retheme()
        self.show_tally(Tally())

    def show_tally(self, tally: Tally) -> None:
        """Shows how many cells are reviewed."""
        self.told.show_text(tally.words if tally.cells else "There is nothing to review yet")
        self.bar.setRange(0, max(1, tally.cells))
        self.bar.setValue(tally.reviewed)
        self.bar.setAccessibleDescription(tally.words)

    def warn(self, why: str) -> None:
        """Says before all else that the record cannot be trusted; nothing where it can."""
        self.warning.setVisible(bool(why))
        self.warning.show_text(f"⚠ {why}." if why else "")

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        for label in (self.told, self.warning):
            label.setFont(theme.current().font(bold=True))
