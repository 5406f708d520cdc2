"""What of a matrix is shown on paper and in the report, and in which parts it fits a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from policyview.export.comparison import Comparison, Standing
from policyview.export.legible import base_name
from policyview.model import Agreement, Column, Matrix, Row, State

PRINT_COLUMNS = 7
"""Columns that fit beside the labels on a landscape page; more are printed in several tables."""

NAME_CHARS = 70
"""A reference has a title in place of a payer, which may be as long as a sentence."""

DIFFERENT = frozenset({Agreement.OPPOSED, Agreement.WORDS_DIFFER, Agreement.CRITERIA_DIFFER})

AGREEMENTS = (Agreement.OPPOSED, Agreement.WORDS_DIFFER, Agreement.CRITERIA_DIFFER, Agreement.SAME,
              Agreement.ONE_PAYER, Agreement.UNCLEAR)  # fmt: skip
"""The sharpest difference first."""


@dataclass(frozen=True)
class ShownRow:
    """A row with its number in the report and the standing of every shown column."""

    number: int
    row: Row
    standings: tuple[Standing, ...]

    @property
    def differs(self) -> bool:
        return self.row.agreement_shown in DIFFERENT

    def of(self, columns: tuple[Column, ...]) -> tuple[Standing, ...]:
        """The standings of some of the columns."""
        return tuple(standing for standing in self.standings if standing.column in columns)


@dataclass(frozen=True, eq=False)
class Shown:
    """A matrix without the columns that are not in force, and without the rows that only those speak to."""

    number: int
    comparison: Comparison
    matrix: Matrix

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return self.comparison.shown_columns(self.matrix)

    @cached_property
    def rows(self) -> tuple[ShownRow, ...]:
        shown: list[ShownRow] = []
        columns = {id(column) for column in self.columns}
        for number, row in enumerate(self.matrix.rows, 1):  # as the other formats count them
            standings = tuple(s for s in self.comparison.standings(self.matrix, row) if id(s.column) in columns)
            if self.comparison.narrowing or any(standing.state is not State.SILENT for standing in standings):
                shown.append(ShownRow(number, row, standings))
        return tuple(shown)

    @cached_property
    def homes(self) -> dict[tuple[str, str], int]:
        """The number of the row in which each statement, by file and id, is named."""
        return {(cell.file, cell.indication): row.number for row in self.rows for cell in row.row.cells}

    @property
    def hidden_rows(self) -> int:
        return len(self.matrix.rows) - len(self.rows)

    @cached_property
    def groups(self) -> tuple[tuple[str, tuple[ShownRow, ...]], ...]:
        """Runs of rows under one heading, in order."""
        runs: list[tuple[str, list[ShownRow]]] = []
        for row in self.rows:
            if not runs or runs[-1][0] != row.row.group:
                runs.append((row.row.group, []))
            runs[-1][1].append(row)
        return tuple((group, tuple(rows)) for group, rows in runs)

    @property
    def agreements(self) -> Iterator[tuple[Agreement, int]]:
        """How many rows there are of each agreement, the sharpest difference first."""
        counts = ((each, sum(row.row.agreement_shown is each for row in self.rows)) for each in AGREEMENTS)
        return ((agreement, count) for agreement, count in counts if count)

    @property
    def print_parts(self) -> tuple[tuple[Column, ...], ...]:
        """The columns in parts of about equal size, each of which fits on paper."""
        count = -(-len(self.columns) // PRINT_COLUMNS) or 1
        size = -(-len(self.columns) // count) or 1
        return tuple(self.columns[start : start + size] for start in range(0, len(self.columns), size))


def column_name(column: Column) -> str:
    """Who speaks in the column; the title or the file where no payer is named."""
    name = column.policy.payer or column.policy.title or base_name(column.file)
    return name if len(name) <= NAME_CHARS else name[:NAME_CHARS].rsplit(" ", 1)[0] + " …"
