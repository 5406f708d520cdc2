"""Where the matrix's current cell goes: to a row and column, back to where it was, or to the start."""

from __future__ import annotations

from policyview.gui.board import same_row
from policyview.gui.matrix_model import MatrixModel
from policyview.gui.matrix_table import MatrixTables
from policyview.gui.standing import Standing


class MatrixPlaces:
    """Tells places by the matrix's own rows and columns; each act is False where that is not shown."""

    def __init__(self, model: MatrixModel, tables: MatrixTables) -> None:
        self._model, self._tables = model, tables

    def go_to(self, row: int, matrix_column: int) -> bool:
        """To the row; to its first column where the column is not shown."""
        line, column = self._model.line_of(row), self._model.column_of(matrix_column)
        if line is None:
            return False
        self._tables.set_current(line, column or 1)
        return True

    def go_back_to(self, was: Standing | None, line: int = -1) -> bool:
        """To where the cell is now that was current, or where it stood (``line``), else to the start; False where no
        row is shown."""
        board = self._model.board
        if board is None or not board.faces:
            return False
        files = [column.file for column in board.matrix.columns]
        if was is not None and was.column.file in files:
            row = same_row(board, was)
            if row is not None and self.go_to(row, files.index(was.column.file)):
                return True
            if row is None and line >= 0 and self._go_near(line, files.index(was.column.file)):
                return True
        return self._go_to_start()

    def _go_to_start(self) -> bool:
        """The first difference that is seen at the top, else the first row: there its first stated cell."""
        lines = [line for line in range(self._model.rowCount()) if self._model.matrix_row(line) is not None]
        if not lines:
            return False
        seen = lines[:max(1, self._tables.lines_a_page)]
        line = next((line for line in seen if self._model.differs(line)), lines[0])
        self._tables.cells.verticalScrollBar().setValue(0)
        self._tables.set_current(line, self._model.first_stated(line))
        return True

    def _go_near(self, line: int, matrix_column: int) -> bool:
        """Goes where a row stood that is no more."""
        above = range(min(line, self._model.rowCount() - 1), -1, -1)
        near = next((n for n in above if self._model.matrix_row(n) is not None), None)
        column = self._model.column_of(matrix_column)
        if near is None or column is None:
            return False
        self._tables.set_current(near, column)
        return True
