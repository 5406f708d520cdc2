"""Quantity, dose, duration and approval periods, by use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from policyview.export import vocabulary
from policyview.export.grids.grid import NOT_STATED, Grid, Line, Saying, Square
from policyview.export.legible import on_one_line
from policyview.model import Indication, LimitKind, Matrix, Reading, Row, State

_SILENCE = "None of these documents states a limit of quantity, dose, duration or approval period."


def limits_grid(matrix: Matrix, readings: Mapping[str, Reading]) -> Grid:
    """A line for each use and kind of limit that a document states one of."""
    stated = {(file, each.id): each for file, reading in readings.items() for each in reading.facts.indications}
    lines = []
    for kind in get_args(LimitKind):
        for row in matrix.rows:
            squares = tuple(_square(row, column.file, kind, stated) for column in matrix.columns)
            if any(square.sayings for square in squares):
                lines.append(Line(vocabulary.word("limits", kind), row.label, row.group, squares))
    return Grid("Limits", tuple(lines), _SILENCE)


def _square(row: Row, file: str, kind: LimitKind, stated: Mapping[tuple[str, str], Indication]) -> Square:
    own = [stated[file, cell.indication] for cell in row.cells if cell.file == file]
    wider = [stated[file, each.indication] for each in row.broader if each.file == file]
    sayings = (*_said(own, kind, False), *_said(wider, kind, True))
    if own or wider:
        return Square(sayings, NOT_STATED)
    is_clause = any(each.file == file for each in row.catch_all)
    return Square((), vocabulary.state_word(State.CATCH_ALL if is_clause else State.SILENT))


def _said(statements: list[Indication], kind: LimitKind, is_derived: bool) -> Iterator[Saying]:
    for said in statements:
        stage = vocabulary.word("stages", said.stage)
        for limit in said.limits:
            if limit.kind == kind:
                yield Saying(on_one_line(limit.text), stage, limit.anchor, is_derived)
