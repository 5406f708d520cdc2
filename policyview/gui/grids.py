"""The views beside the matrix that show authorization, limits and codes of its topic."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from policyview.export.grids.grid import Name
from policyview.gui.board import Board
from policyview.gui.grid_view import GridView
from policyview.gui.standing import Target
from policyview.gui.view_tabs import ViewTabs

_KEYS = {"Authorization": "Ctrl+8", "Limits": "Ctrl+9", "Codes": "Ctrl+0"}
_MNEMONICS = {"Authorization": "&Authorization", "Limits": "Li&mits", "Codes": "C&odes"}


class Grids(QObject):
    """The three views under their tabs; ``target_chosen`` and ``entered`` come from the one that is seen."""

    target_chosen = Signal(object)
    entered = Signal()
    search_wanted = Signal(str)

    def __init__(self, tabs: ViewTabs, parent: QWidget) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self.views = tuple(GridView(name, parent) for name in get_args(Name))
        for view in self.views:
            tabs.add(view, view.name)
            view.target_chosen.connect(lambda target, view=view: self._on_chosen(target, view))
            view.entered.connect(self.entered)
            view.search_wanted.connect(self.search_wanted)
        tabs.turned.connect(self._on_turned)

    def add_acts(self, menu: QMenu) -> None:
        """Ways to the views, for the View menu."""
        for view in self.views:
            act = menu.addAction(_MNEMONICS[view.name])
            act.setShortcut(_KEYS[view.name])
            act.triggered.connect(lambda _=False, view=view: self._go_to(view))

    def show_board(self, board: Board | None) -> None:
        """Shows the grids of a topic."""
        for view in self.views:
            self._tabs.offer(view, board is not None)
            view.show_board(board)

    def set_all_versions(self, all_versions: bool) -> None:
        for view in self.views:
            view.set_all_versions(all_versions)

    def retheme(self) -> None:
        for view in self.views:
            view.retheme()

    @property
    def current(self) -> GridView | None:
        """The view that is seen, if it is one of these."""
        seen = self._tabs.view
        return seen if isinstance(seen, GridView) else None

    def _go_to(self, view: GridView) -> None:
        self._tabs.turn_to(view)
        view.setFocus()

    def _on_chosen(self, target: Target, view: GridView) -> None:
        if view is self.current:
            self.target_chosen.emit(target)

    def _on_turned(self, view: QWidget) -> None:
        target = view.target if isinstance(view, GridView) else None
        if target is not None:
            self.target_chosen.emit(target)
