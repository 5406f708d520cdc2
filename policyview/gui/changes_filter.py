"""Above the list of changes: which of them are shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from policyview.gui.box import Box
from policyview.gui.changes_model import ChangeFilter

_BEARINGS = (("All changes", ""), ("On coverage", "coverage"), ("On evidence", "evidence"),
             ("On administration", "administration"))  # fmt: skip


class ChangesFilter(QWidget):
    """``changed`` carries the ChangeFilter that is asked for."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bearing = QComboBox(self)
        self.bearing.setAccessibleName("What the changes bear on")
        for name, value in _BEARINGS:
            self.bearing.addItem(name, value)
        self.substantive = self._switch("Substantive", "Shows only changes that can alter a decision")
        self.untold = self._switch("Not told", "Shows only changes that the newer version’s history does not tell of")
        self.moved = self._switch("Moved", "Shows only what was moved")
        self.unreviewed = self._switch("Not reviewed", "Shows only changes that nobody has judged yet")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setSpacing(6)
        grid.addWidget(self.bearing, 0, 0, 1, 2)
        grid.addWidget(self.substantive, 0, 2)
        for column, switch in enumerate((self.untold, self.moved, self.unreviewed)):
            grid.addWidget(switch, 1, column)
        self.bearing.currentIndexChanged.connect(self._on_changed)

    def _switch(self, name: str, tip: str) -> Box:
        button = Box(name, self)
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.toggled.connect(self._on_changed)
        return button

    @property
    def wanted(self) -> ChangeFilter:
        """What is asked for."""
        return ChangeFilter(
            self.substantive.isChecked(), self.bearing.currentData() or "", self.untold.isChecked(),
            self.moved.isChecked(), self.unreviewed.isChecked(),
        )  # fmt: skip

    def reset(self) -> None:
        """Shows everything again."""
        self.bearing.setCurrentIndex(0)
        for switch in (self.substantive, self.untold, self.moved, self.unreviewed):
            switch.setChecked(False)

    def _on_changed(self) -> None:
        self.changed.emit(self.wanted)
