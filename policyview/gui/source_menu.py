"""The ways through the sources, with their keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from policyview.gui.placing import Placing
from policyview.gui.source_room import SourceRoom


class SourceMenu(QMenu):
    """In the View menu."""

    def __init__(self, placing: Placing, sources: SourceRoom, parent: QWidget) -> None:
        super().__init__("Wa&ys through the source", parent)
        self._sources = sources
        visits = sources.visits
        self._back = self._act("&Back to the place before", lambda: visits.step(-1), "Alt+Left")
        self._forward = self._act("&Forward again", lambda: visits.step(1), "Alt+Right")
        self.addSeparator()
        self._act("&Sections and pages", placing.jump, "Ctrl+J")
        self.addSeparator()
        self._hold = self._act("&Hold this source", sources.toggle_held, "Ctrl+H")
        self._act("&Put another payer beside it …", sources.open_menu, "Ctrl+Shift+H")
        self._other = self._act("To the &other source", placing.other_source, "F6")
        self._act("&Wide source", sources.toggle_wide, "Ctrl+Shift+4")
        sources.changed.connect(self._tell)
        visits.changed.connect(self._tell)
        self._tell()

    def _act(self, text: str, act: Callable[[], object], keys: str) -> QAction:
        action = self.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: act())
        return action

    def _tell(self) -> None:
        self._hold.setText("&Let go of the second source" if self._sources.is_holding else "&Hold this source")
        self._other.setEnabled(self._sources.is_holding)
        self._back.setEnabled(self._sources.visits.can_step(-1))
        self._forward.setEnabled(self._sources.visits.can_step(1))
