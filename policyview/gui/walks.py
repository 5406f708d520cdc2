"""What the keys that walk mean in each view of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from policyview.gui.steps import OPPOSED
from policyview.gui.walking import Walk

if TYPE_CHECKING:
    from policyview.gui.main_window import MainWindow


def add_walks(window: MainWindow, middle: QWidget) -> None:
    """``middle`` is the view in which the matrix stands."""
    walking, matrix, changes, audit = window.walking, window.matrix, window.changes, window.audit_view
    walking.add(Walk(middle, matrix.tables, matrix.filter, matrix.step_difference, matrix.step_look,
                     lambda by: matrix.step_difference(by, OPPOSED)))  # fmt: skip
    walking.add(Walk(changes, changes, changes.filter.bearing, changes.step,
                     lambda by: changes.step(by, is_unreviewed=True)))  # fmt: skip
    walking.add(Walk(audit, audit, audit.filter.words, audit.step, audit.step))
    walking.add(Walk(window.search, window.search, window.search.words, window.search.step, window.search.step))
    for grid in window.grids.views:
        walking.add(Walk(grid, grid, grid.filter, grid.step_difference, grid.step_look))
