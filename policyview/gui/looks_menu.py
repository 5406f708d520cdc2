"""Light, dark, or as the system asks."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from policyview.gui import theme
from policyview.gui.preferences import Preferences

Choice = Literal["system", "light", "dark"]
_NAMES: tuple[tuple[Choice, str], ...] = (("system", "As the &system"), ("light", "&Light"), ("dark", "&Dark"))


class LooksMenu(QMenu):
    """``rethemed`` when the theme that applies is another one."""

    rethemed = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__("&Appearance", parent)
        self._preferences = preferences
        self._choice: Choice = "system"
        self._acts: dict[Choice, QAction] = {}
        for choice, name in _NAMES:
            act = self._acts[choice] = self.addAction(name)
            act.setCheckable(True)
            act.triggered.connect(lambda _=False, choice=choice: self.choose(choice))
        self._acts["system"].setChecked(True)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_look_changed)

    def choose(self, choice: Choice) -> None:
        """Applies a theme."""
        self._choice = choice
        for name, act in self._acts.items():
            act.setChecked(name == choice)
        theme.apply(theme.system_scheme() if choice == "system" else choice)
        if self._preferences.appearance != choice:
            self._preferences.appearance = choice
            self._preferences.keep()
        self.rethemed.emit()

    def restore(self) -> None:
        """Applies what was chosen in an earlier window."""
        for choice, _ in _NAMES:
            if choice == self._preferences.appearance != "system":
                self.choose(choice)

    def _on_system_look_changed(self) -> None:
        if self._choice == "system":
            QTimer.singleShot(0, self, lambda: self.choose("system"))
