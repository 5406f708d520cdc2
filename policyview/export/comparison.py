"""A comparison as it is handed out: the matrices, the documents behind them, and what each column is in each row."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from policyview.collection import Collection
from policyview.export import doubts, editions
from policyview.export.narrowing import Narrowing, narrowed
from policyview.marks import NOTHING, Mark, Marks, marks
from policyview.model import (
    Anchor,
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
from policyview.succession import Step


@dataclass(frozen=True)
class Statement:
    """An indication of a document that speaks for it in a row, named there (``Cell``) or more widely (``Broader``).

    ``mark`` is what people said of it.
    """

    cell: Cell | Broader
    indication: Indication | None
    mark: Mark = NOTHING

    @property
    def determination(self) -> Determination:
        return self.cell.determination

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why it is to be checked; empty where nothing speaks against it."""
        return doubts.of_statement(self.indication, self.cell if isinstance(self.cell, Cell) else None)


@dataclass(frozen=True)
class Standing:
    """One column in one row: its state and what that rests on (``catch_all`` with its ``clause``, or ``silent``).

    ``mark`` is what people said of the column that names nothing here.
    """

    row: Row
    column: Column
    state: State
    statements: tuple[Statement, ...] = ()
    catch_all: CatchAllCell | None = None
    clause: CatchAll | None = None
    silent: Silent | None = None
    nearest: Indication | None = None
    unread: str = ""  # why nothing is known of it although its document was read
    mark: Mark = NOTHING

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the column as a whole is to be checked in this row."""
        if self.unread:
            return (self.unread,)
        answers = doubts.of_answers(s.determination for s in self.statements)
        return (*doubts.of_clause(self.clause, self.catch_all), *doubts.of_silence(self.silent), *answers)

    @property
    def elsewhere(self) -> Broader | Silent | None:
        """Its wider statement, or its silence, either of which may name the row in which it speaks."""
        return self.silent or next((s.cell for s in self.statements if isinstance(s.cell, Broader)), None)

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
class Maker:
    """By whom a file was made, on which day, with which edition of the program (``pack.form.program``)."""

    who: str
    day: datetime.date
    edition: str


@dataclass(frozen=True)
class Comparison:
    """All that an export needs. ``ours`` is the payer whose column stands first, if one was named.

    ``steps`` tell what changed between versions, where that was asked for. ``maker`` is None in a pack, which comes
    out the same whoever makes it, whenever. Where only what is on the screen is handed out, ``narrowing`` says what
    that is, and ``whole`` keeps the matrices as they were.
    """

    collection: Collection
    matrices: tuple[Matrix, ...]
    as_of: datetime.date
    ours: str | None = None
    steps: tuple[Step, ...] = ()
    maker: Maker | None = None
    narrowing: Narrowing | None = None
    whole: tuple[Matrix, ...] = ()

    def narrowed(self) -> Comparison:
        """The same with only those rows and columns that its narrowing leaves; as it is where it has none."""
        if self.narrowing is None:
            return self
        return replace(self, matrices=narrowed(self.matrices, self.narrowing), whole=self.matrices)

    def shown_columns(self, matrix: Matrix) -> tuple[Column, ...]:
        """The columns in force, or those that the narrowing leaves."""
        return matrix.columns if self.narrowing else editions.shown(matrix)

    @property
    def shown_readings(self) -> Iterator[Reading]:
        """The documents whose facts are handed out."""
        return (each for each in self.collection.readings if not self.narrowing or each.file in self.columns)

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """The reading of each file."""
        return {reading.file: reading for reading in self.collection.readings}

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The column of each file."""
        return {column.file: column for matrix in self.matrices for column in matrix.columns}

    @cached_property
    def _headings(self) -> dict[str, tuple[list[int], list[str]]]:
        """Where each file's headings begin, and what they are."""
        sections = {
            reading.file: sorted((section.anchor.start, section.heading) for section in reading.facts.sections)
            for reading in self.collection.readings
        }
        return {file: ([start for start, _ in found], [heading for _, heading in found])
                for file, found in sections.items()}  # fmt: skip

    def section_at(self, file: str, anchor: Anchor) -> str:
        """The last heading before a passage; empty where there is none."""
        starts, headings = self._headings.get(file, ([], []))
        place = bisect_right(starts, anchor.start)
        return headings[place - 1] if place else ""

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
            found = self._standing(column, row)
            is_named = found.state is State.STATED
            mark = NOTHING if is_named else self.marks.of_answer(matrix.topic, row.id, column.sha256)
            yield found if mark is NOTHING else replace(found, mark=mark)

    @cached_property
    def marks(self) -> Marks:
        """What holds of each cell by what people said of it."""
        collection = self.collection
        if not collection.reviews:
            return Marks({}, {})
        return marks(self.whole or self.matrices, collection.amended, collection.reviews)

    def _standing(self, column: Column, row: Row) -> Standing:
        if cells := tuple(cell for cell in row.cells if cell.file == column.file):
            return Standing(row, column, State.STATED, self._statements(cells, column))
        if wider := tuple(cell for cell in row.broader if cell.file == column.file):
            return Standing(row, column, State.BROADER, self._statements(wider, column))
        clause = next((cell for cell in row.catch_all if cell.file == column.file), None)
        if clause is not None:
            return Standing(row, column, State.CATCH_ALL, catch_all=clause, clause=self.clause_of(clause))
        silent = next((cell for cell in row.silent if cell.file == column.file), None)
        nearest = self.indications.get((column.file, silent.nearest[0])) if silent and silent.nearest else None
        return Standing(row, column, State.SILENT, silent=silent, nearest=nearest, unread=self.unread(column))

    def unread(self, column: Column) -> str:
        """Why a column is empty although its document was read; empty where something was found in it."""
        return doubts.of_document(self.readings.get(column.file))

    def _statements(self, cells: tuple[Cell, ...] | tuple[Broader, ...], column: Column) -> tuple[Statement, ...]:
        return tuple(
            Statement(cell, self.indications.get((cell.file, cell.indication)),
                      self.marks.of_statement(column.sha256, cell.indication))
            for cell in cells
        )  # fmt: skip

    def clause_of(self, cell: CatchAllCell) -> CatchAll | None:
        """The residual clause behind a catch-all cell."""
        reading = self.readings.get(cell.file)
        clauses = reading.facts.catch_all if reading else ()
        return next((clause for clause in clauses if clause.anchor.start == cell.anchor.start), None)
