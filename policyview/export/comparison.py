"""A comparison as it is handed out: the matrices, the documents behind them, and what each column is in each row."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from policyview.collection import Collection
from policyview.export import doubts
from policyview.model import (
    Broader,
    CatchAll,
    CatchAllCell,
    Cell,
    Column,
    Determination,
    Indication,
    Matrix,
    Reading,
    Row,
    Silent,
    State,
)


@dataclass(frozen=True)
class Statement:
    """An indication of a document that speaks for it in a row, named there (``Cell``) or more widely (``Broader``)."""

    cell: Cell | Broader
    indication: Indication | None

    @property
    def determination(self) -> Determination:
        return self.cell.determination

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why it is to be checked; empty where nothing speaks against it."""
        return doubts.of_statement(self.indication, self.cell.score if isinstance(self.cell, Cell) else None)


@dataclass(frozen=True)
class Standing:
    """One column in one row: its state and what that rests on (``catch_all`` with its ``clause``, or ``silent``)."""

    row: Row
    column: Column
    state: State
    statements: tuple[Statement, ...] = ()
    catch_all: CatchAllCell | None = None
    clause: CatchAll | None = None
    silent: Silent | None = None
    nearest: Indication | None = None
    unread: str = ""  # why nothing is known of it although its document was read

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the column as a whole is to be checked in this row."""
        if self.unread:
            return (self.unread,)
        return (*doubts.of_clause(self.clause), *doubts.of_answers(s.determination for s in self.statements))

    @property
    def is_derived(self) -> bool:
        """Whether the payer does not name the row itself."""
        return self.state in {State.BROADER, State.CATCH_ALL}


def ours_first(matrices: Sequence[Matrix], ours: str | None) -> tuple[Matrix, ...]:
    """The matrices with the columns of the payer ``ours`` before the others, whose order stays."""
    return tuple(
        replace(matrix, columns=tuple(sorted(matrix.columns, key=lambda column: column.policy.payer != ours)))
        for matrix in matrices
    )


@dataclass(frozen=True)
class Comparison:
    """All that an export needs. ``ours`` is the payer whose column stands first, if one was named."""

    collection: Collection
    matrices: tuple[Matrix, ...]
    as_of: datetime.date
    ours: str | None = None

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """The reading of each file."""
        return {reading.file: reading for reading in self.collection.readings}

    @cached_property
    def indications(self) -> dict[tuple[str, str], Indication]:
        """The indication of each (file, id)."""
        return {
            (reading.file, indication.id): indication
            for reading in self.collection.readings
            for indication in reading.facts.indications
        }

    def standings(self, matrix: Matrix, row: Row) -> Iterator[Standing]:
        """What every column of the matrix is in ``row``, in column order."""
        for column in matrix.columns:
            yield self._standing(column, row)

    def _standing(self, column: Column, row: Row) -> Standing:
        if cells := tuple(cell for cell in row.cells if cell.file == column.file):
            return Standing(row, column, State.STATED, self._statements(cells))
        if wider := tuple(cell for cell in row.broader if cell.file == column.file):
            return Standing(row, column, State.BROADER, self._statements(wider))
        clause = next((cell for cell in row.catch_all if cell.file == column.file), None)
        if clause is not None:
            return Standing(row, column, State.CATCH_ALL, catch_all=clause, clause=self.clause_of(clause))
        silent = next((cell for cell in row.silent if cell.file == column.file), None)
        nearest = self.indications.get((column.file, silent.nearest[0])) if silent and silent.nearest else None
        return Standing(row, column, State.SILENT, silent=silent, nearest=nearest, unread=self.unread(column))

    def unread(self, column: Column) -> str:
        """Why a column is empty although its document was read; empty where something was found in it."""
        return doubts.of_document(self.readings.get(column.file))

    def _statements(self, cells: tuple[Cell, ...] | tuple[Broader, ...]) -> tuple[Statement, ...]:
        return tuple(Statement(cell, self.indications.get((cell.file, cell.indication))) for cell in cells)

    def clause_of(self, cell: CatchAllCell) -> CatchAll | None:
        """The residual clause behind a catch-all cell."""
        reading = self.readings.get(cell.file)
        clauses = reading.facts.catch_all if reading else ()
        return next((clause for clause in clauses if clause.anchor.start == cell.anchor.start), None)
