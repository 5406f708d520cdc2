"""Asks for the day whose versions are shown."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QFormLayout, QPushButton, QWidget

from policyview.gui.plain import WrappedLabel
from policyview.gui.versioning import Versioning

_WHAT = "The matrix shows of each policy the version that was in force on this day."


class AsOfDialog(QDialog):
    """Follows every step of the date at once, beside the window that shows it."""

    def __init__(self, versioning: Versioning, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Versions in force on")
        self._versioning = versioning
        self.date = QDateEdit(self)
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setCalendarPopup(True)
        self.date.setAccessibleName("Day whose versions are shown")
        self.date.setDate(_shown(versioning))
        self.today = QPushButton("&Today", self)
        self.today.setAutoDefault(False)
        what = WrappedLabel(_WHAT, "soft")
        label = "Versions in force &on"
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self.today, QDialogButtonBox.ButtonRole.ActionRole)
        form = QFormLayout(self)
        form.addRow(what)
        form.addRow(label, self.date)
        form.addRow(buttons)
        self.setMinimumWidth(320)
        buttons.rejected.connect(self.reject)
        self.date.dateChanged.connect(self._on_date_changed)
        self.today.clicked.connect(self._on_today)
        self.date.setFocus()

    def _on_date_changed(self, date: QDate) -> None:
        day = date.toPython()
        self._versioning.set_as_of(None if date == QDate.currentDate() else day)  # type: ignore[arg-type]

    def _on_today(self) -> None:
        self.date.setDate(QDate.currentDate())


def _shown(versioning: Versioning) -> QDate:
    day = versioning.as_of
    return QDate(day.year, day.month, day.day)
