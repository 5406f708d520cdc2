"""Walks through whichever view is seen: to its filter, to the next difference, to the next cell to check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from policyview.gui.view_tabs import ViewTabs

_NO_DIFFERENCE = "There is no {} row on which payers differ"
_NO_PLACE = "There is no {} place"
_NOT_HERE = "Opposed payers are found in the matrix (Ctrl+2)"


@dataclass(frozen=True)
class Walk:
    """What walking means in a view: ``words`` takes what is looked for, ``difference``, ``look`` and ``opposed`` go on
    by 1 or -1. They give what there is to say of that; False where there is nothing further."""

    view: QWidget
    focus: QWidget
    words: QWidget
    difference: Callable[[int], bool | str | None]
    look: Callable[[int], bool | str | None]
    opposed: Callable[[int], bool | str | None] | None = None


class Walking(QObject):
    """``told`` carries why a step ended where it did, or that it leads nowhere."""

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

    def go_back(self) -> None:
        """To the view that was seen before, where it still has its tab, else to the first one."""
        before = self._tabs.before
        is_there = before is not None and self._tabs.is_offered(before)
        self._tabs.turn_to(before if before is not None and is_there else self._walks[0].view)
        self.go_to_view()

    def go_to_words(self) -> None:
        """Where words are looked for in this view."""
        words = self._walk.words
        words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(words, QLineEdit):
            words.selectAll()

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) difference."""
        self._tell(self._walk.difference(by), _NO_DIFFERENCE, by)

    def step_opposed(self, by: int) -> None:
        """To the next (1) or previous (-1) row on which one payer is for what another is against."""
        opposed = self._walk.opposed
        self._tell(opposed(by) if opposed is not None else _NOT_HERE, _NO_DIFFERENCE, by)

    def look(self, by: int) -> None:
        """To the next (1) or previous (-1) place to check."""
        self._tell(self._walk.look(by), _NO_PLACE, by)

    def _tell(self, said: bool | str | None, nothing: str, by: int) -> None:
        told = nothing.format("further" if by > 0 else "earlier") if said is False else said
        if isinstance(told, str) and told:
            self.told.emit(told)
