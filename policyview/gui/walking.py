"""Walks through whichever view is seen: to its filter, to the next difference, to the next cell to check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from policyview.gui.view_tabs import ViewTabs

_NO_DIFFERENCE = "There is no {} row on which payers differ"
_NO_LOOK = "There is no {} cell to check in this topic"


@dataclass(frozen=True)
class Walk:
    """What walking means in a view: ``words`` takes what is looked for, ``difference`` and ``look`` go on by 1 or -1;
    False where there is nothing further, None where they say so themselves."""

    view: QWidget
    focus: QWidget
    words: QWidget
    difference: Callable[[int], bool | None]
    look: Callable[[int], bool | None]


class Walking(QObject):
    """``told`` carries what a step that leads nowhere says."""

    told = Signal(str)

    def __init__(self, tabs: ViewTabs, parent: QWidget) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self._walks: list[Walk] = []

    def add(self, walk: Walk) -> None:
        """A view; the first one is walked in where another knows no walk of its own."""
        self._walks.append(walk)

    @property
    def _walk(self) -> Walk:
        return next((walk for walk in self._walks if walk.view is self._tabs.view), self._walks[0])

    def go_to(self, pane: QWidget) -> None:
        """Turns to the view that a pane is, or stands in, and gives the pane the keyboard."""
        self._tabs.turn_to(pane)
        pane.setFocus()

    def go_to_view(self) -> None:
        """Gives the keyboard to the view that is seen."""
        view = self._tabs.view
        focus = next((walk.focus for walk in self._walks if walk.view is view), view or self._walks[0].focus)
        focus.setFocus()

    def go_to_words(self) -> None:
        """Where words are looked for in this view."""
        words = self._walk.words
        words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(words, QLineEdit):
            words.selectAll()

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) difference."""
        if self._walk.difference(by) is False:
            self.told.emit(_NO_DIFFERENCE.format("further" if by > 0 else "earlier"))

    def look(self, by: int) -> None:
        """To the next (1) or previous (-1) place to check."""
        if self._walk.look(by) is False:
            self.told.emit(_NO_LOOK.format("further" if by > 0 else "earlier"))
