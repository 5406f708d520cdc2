"""The cells to which the next keys lead: their sources are prepared while nobody does anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from policyview.gui.matrix_model import MatrixModel
from policyview.gui.standing import Target

_MOST = 24  # targets: their pages take some 50 MB, and a second of a worker's time
_ROWS = 6  # below the current one


def targets_around(model: MatrixModel, line: int, column: int) -> list[Target]:
    """What stands behind the cells around the current one, the likeliest first: below, at the right, at the next
    difference, above, at the left, then the current row and the column below."""
    places = dict.fromkeys(_places(model, line, column))
    return list(islice((target for at in places if (target := _target(model, *at))), _MOST))


def _places(model: MatrixModel, line: int, column: int) -> Iterator[tuple[int, int]]:
    if line < 0 or column < 1:
        return
    below = [other for other in range(line + 1, model.rowCount()) if model.matrix_row(other) is not None]
    above = next((other for other in range(line - 1, -1, -1) if model.matrix_row(other) is not None), line)
    differing = next((other for other in below if model.differs(other)), line)
    yield from ((other, column) for other in below[:1])
    yield line, column + 1
    yield from ((differing, column), (above, column), (line, column - 1))
    yield from ((line, other) for other in range(column + 2, model.columnCount()))
    yield from ((other, column) for other in below[1:_ROWS])
    yield from ((line, other) for other in range(column - 2, 0, -1))


def _target(model: MatrixModel, line: int, column: int) -> Target | None:
    board, row, matrix_column = model.board, model.matrix_row(line), model.matrix_column(column)
    if board is None or row is None or matrix_column is None:
        return None
    return board.standing(row, matrix_column).target()
