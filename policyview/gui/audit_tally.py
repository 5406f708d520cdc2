"""How far the review is: of all cells that are in force, which somebody has looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyview.export import editions
from policyview.gui.audit_places import Spot, cell_marks
from policyview.gui.board import Board
from policyview.marks import Marks
from policyview.model import State


@dataclass(frozen=True)
class Tally:
    """``cells`` of a part of the matrices; ``checks`` want a look, of which ``looks`` were reviewed before."""

    cells: int = 0
    reviewed: int = 0
    looks: int = 0
    corrected: int = 0
    checks: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.cells + other.cells, self.reviewed + other.reviewed, self.looks + other.looks,
                     self.corrected + other.corrected, self.checks + other.checks)  # fmt: skip

    @property
    def words(self) -> str:
        """The whole in one line."""
        many = "cell" if self.cells == 1 else "cells"
        told = [f"{self.reviewed} of {self.cells} {many} reviewed"]
        if self.corrected:
            told.append(f"{self.corrected} corrected")
        if self.checks:
            told.append(f"{self.checks} to check" + (f" ({self.looks} of them again)" if self.looks else ""))
        return ", ".join(told)


@dataclass(frozen=True, eq=False)
class Seen:
    """A cell and how far it is: ``check`` says why it wants a look, ``look`` why what was said of it is no more.
    """

    spot: Spot
    is_reviewed: bool
    look: str
    check: str
    is_corrected: bool

    @property
    def tally(self) -> Tally:
        waits = bool(self.check or self.look) and not self.is_reviewed
        return Tally(1, int(self.is_reviewed), int(bool(self.look)), int(self.is_corrected), int(waits))


def iter_seen(board: Board, marks: Marks) -> Iterator[Seen]:
    """Every cell of the columns in force, row by row."""
    shown = {column.file for column in editions.shown(board.matrix)}
    columns = [number for number, column in enumerate(board.matrix.columns) if column.file in shown]
    for number, row in enumerate(board.matrix.rows):
        changed = {cell.file for cell in row.cells if cell.origin != "extracted"}
        for column in columns:
            spot, face = Spot(board, number, column), board.faces[number][column]
            held = cell_marks(spot, marks)
            look = "; ".join(dict.fromkeys(mark.look for mark in held if mark.look))
            is_corrected = face.state is State.STATED and spot.file in changed
            yield Seen(spot, all(mark.is_reviewed for mark in held), look, face.look, is_corrected)
