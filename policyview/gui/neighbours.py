"""The cells to which the next key leads: their sources are prepared while nobody does anything."""

from __future__ import annotations

from collections.abc import Iterator

from policyview.gui.matrix_model import MatrixModel
from policyview.gui.standing import Target


def targets_around(model: MatrixModel, line: int, column: int) -> list[Target]:
    """What stands behind the cells below, at the right, at the next difference, above and at the left."""
    return [target for at in dict.fromkeys(_places(model, line, column)) if (target := _target(model, *at))]


def _places(model: MatrixModel, line: int, column: int) -> Iterator[tuple[int, int]]:
    if line < 0 or column < 1:
        return
    below = [other for other in range(line + 1, model.rowCount()) if model.matrix_row(other) is not None]
    above = next((other for other in range(line - 1, -1, -1) if model.matrix_row(other) is not None), line)
    differing = (other for other in below if model.differs(other))
    for other, beside in ((next(iter(below), line), 0), (line, 1), (next(differing, line), 0), (above, 0), (line, -1)):
        yield other, column + beside


def _target(model: MatrixModel, line: int, column: int) -> Target | None:
    board, row, matrix_column = model.board, model.matrix_row(line), model.matrix_column(column)
    if board is None or row is None or matrix_column is None:
        return None
    return board.standing(row, matrix_column).target()
