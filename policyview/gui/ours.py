"""Which payer is our own: the one that the others are held against."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from policyview.gui.board import flat
from policyview.gui.matrix_view import MatrixView
from policyview.gui.plain import literal
from policyview.gui.preferences import Preferences
from policyview.gui.standing import Standing
from policyview.gui.verdicts import Verdicts
from policyview.settings import Settings

_NOBODY = "Hold the others against &this payer"


class Ours(QObject):
    """``named`` carries the payer, empty for none. Kept from one window to the next."""

    named = Signal(str)

    def __init__(self, preferences: Preferences, matrix: MatrixView, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences, self._matrix = preferences, matrix
        self.verdicts = Verdicts(settings, self)
        self.act = QAction(_NOBODY, parent)
        self.act.setShortcut(QKeySequence("Ctrl+U"))
        self.act.setCheckable(True)
        self.act.triggered.connect(lambda checked: self.name(self._current() if checked else ""))
        matrix.current_changed.connect(self._on_current_changed)
        self._on_current_changed(matrix.standing)
        matrix.hold_against(self.verdicts, self.payer)

    @property
    def payer(self) -> str:
        return self._preferences.ours

    def _current(self) -> str:
        standing = self._matrix.standing
        return standing.column.policy.payer or "" if standing else ""

    def name(self, payer: str) -> None:
        """Makes a payer our own; nobody is where it is empty."""
        self._preferences.ours = payer
        self._preferences.keep()
        self._on_current_changed(self._matrix.standing)
        self._matrix.hold_against(self.verdicts, payer)
        self.named.emit(payer)

    def _on_current_changed(self, standing: Standing | None) -> None:
        payer = self._current()
        self.act.setEnabled(bool(payer))
        self.act.setChecked(bool(payer) and payer == self.payer)
        self.act.setText(f"Hold the others against {literal(flat(payer))}" if payer else _NOBODY)
