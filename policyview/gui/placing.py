"""What the ways through the sources mean for the rest of the window: places visited, a second source, losses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu

from policyview.gui.board import flat
from policyview.gui.citation import short_name
from policyview.gui.problem_lines import Problem
from policyview.gui.standing import Standing, Target
from policyview.gui.visits import Visit
from policyview.inputs import shown_name

if TYPE_CHECKING:
    from policyview.gui.main_window import MainWindow


class Placing(QObject):
    """Joins the sources with the matrix, the search and the panel of what could not be read."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._sources = window, window.sources
        sources = self._sources
        sources.set_others(self._row)
        sources.left.connect(window.walking.go_to_view)
        sources.source.followed.connect(self._on_followed)
        sources.visits.wanted.connect(self._on_wanted)
        window.session.workspace_opened.connect(self._on_opened)
        window.problems.chosen.connect(self._on_problem_chosen)
        window.problems.opened.connect(self._keep_cell_in_sight)
        sources.held_menu_wanted.connect(self._open_held_menu)

    def _on_opened(self) -> None:
        """Of another workspace nothing of the one before is held; one that was only saved elsewhere is the same."""
        if self._window.matrix.standing is None:
            self._sources.forget()

    def _row(self) -> Sequence[Standing]:
        """The cells of the current row."""
        row = self._window.matrix.current_row
        if row is None:
            return ()
        board, number, columns = row
        return [board.standing(number, column) for column in columns]

    def _on_followed(self, target: Target | None) -> None:
        if target is not None:
            self._sources.visits.come(Visit(target, self._cell_of(target)))

    def _cell_of(self, target: Target) -> tuple[str, str, str] | None:
        """The current cell, where it is its document that is shown."""
        matrix, standing = self._window.matrix, self._window.matrix.standing
        if standing is None or matrix.board is None or standing.reading is not target.reading:
            return None
        return matrix.board.matrix.topic, standing.row.id, standing.column.file

    def _on_wanted(self, visit: Visit) -> None:
        """The cell becomes current from which the place was seen, so that the two never part."""
        window = self._window
        if visit.cell is not None:
            window.matrix.show_cell(*visit.cell)
        window.source.show_target(visit.target)
        window.library.show_file(visit.target.reading.file)

    def _on_problem_chosen(self, problem: Problem) -> None:
        """To the page in the source; what was not read has its line in the library, and at the foot stands where it
        lies."""
        reading = self._window.session.corrected.get(problem.file)
        if reading is not None:
            self._sources.setVisible(True)
            self._window.source.show_target(Target(reading, at=problem.page, why="Not read in full: see the panel"))
        if problem.file:
            self._window.library.show_file(problem.file)
        if problem.file and reading is None:
            self._tell_unread(problem.file)

    def show_unread(self, file: str) -> None:
        """Says where a file lies that was not read, and why it was not."""
        self._window.show_problems()
        self._window.problems.lines.go_to(file)
        self._tell_unread(file)

    def _tell_unread(self, file: str) -> None:
        """In which folder a file lies, why it was not read, and what to do."""
        session = self._window.session
        path, failure = session.path_of(file), session.failures.get(file)
        why = failure.reason.replace(file, short_name(file)) if failure else (
            "it was left out." if file in session.left_out else "no type that is read.")  # fmt: skip
        told = why if short_name(file) in why else f"{short_name(file)}: {why}"
        where = shown_name((path or Path(file)).parent)
        folder = f"In {where}: " if where != "." else ""
        again = "" if session.why_read_only or file in session.skipped else " F5 reads it again."
        self._window.status.remark(flat(f"{folder}{told}{again}"))

    def _keep_cell_in_sight(self) -> None:
        """A panel that opened below takes room; the current cell stays in sight."""
        cells = self._window.matrix.tables.cells
        QTimer.singleShot(0, self, lambda: cells.scrollTo(cells.currentIndex()))

    def _open_held_menu(self, place: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._window.menus.copy)
        menu.popup(place)

    def find(self) -> None:
        """Looks for words in the source that has the keyboard, else in the view that is seen."""
        focused = self._sources.focused
        if focused is not None:
            focused.open_find()
        else:
            self._window.walking.go_to_words()

    def jump(self) -> None:
        """Opens the sections and pages of the source that has the keyboard, else of the current cell's."""
        (self._sources.focused or self._window.source).toggle_outline()

    def other_source(self) -> None:
        """Gives the other of two sources the keyboard."""
        held, focused = self._sources.held, self._sources.focused
        (held if held is not None and self._sources.is_holding and focused is not held
         else self._window.source).enter()  # fmt: skip
