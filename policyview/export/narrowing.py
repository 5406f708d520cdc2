"""What of a comparison is handed out where a person wants only what is on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyview.model import Matrix


@dataclass(frozen=True)
class Narrowing:
    """The rows (ids) and columns (files) of one topic that are shown, in their order; ``told`` says so in words."""

    topic: str
    rows: tuple[str, ...]
    files: tuple[str, ...]
    told: str


def narrowed(matrices: Sequence[Matrix], narrowing: Narrowing) -> tuple[Matrix, ...]:
    """The matrix of the topic, with those rows and columns only."""
    return tuple(_narrowed(matrix, narrowing) for matrix in matrices if matrix.topic == narrowing.topic)


def _narrowed(matrix: Matrix, narrowing: Narrowing) -> Matrix:
    columns, rows = {column.file: column for column in matrix.columns}, {row.id: row for row in matrix.rows}
    files = tuple(file for file in narrowing.files if file in columns)
    versions = (replace(each, files=tuple(file for file in each.files if file in files)) for each in matrix.versions)
    return replace(matrix, columns=tuple(columns[file] for file in files),
                   rows=tuple(rows[each] for each in narrowing.rows if each in rows),
                   versions=tuple(each for each in versions if each.files))  # fmt: skip
