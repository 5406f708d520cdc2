"""The matrix as Qt asks for it: a reader of one board, with group rows and the filter applied."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from policyview.export import editions
from policyview.gui.board import LESSONS, LOOK_LESSON, Board, Face, Head
from policyview.gui.cell_marks import NOTHING_SAID, Said
from policyview.gui.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LABEL_COLUMN = 0
_MANY = 40  # cells: more of them are told of at once


class MatrixModel(QAbstractTableModel):
    """Column 0 holds the row labels, the others one visible payer each.

    A line is a row of the matrix (its number) or the head of a group (its name). ``corner`` stands over the labels.
    """

    corner = "Indication"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board: Board | None = None
        self._lines: tuple[int | str, ...] = ()
        self._columns: tuple[int, ...] = ()
        self._words: tuple[str, ...] = ()
        self._differ_only = False
        self._all_versions = False
        self._said: Said = {}

    # ------------------------------------------------------------ what is shown

    @property
    def board(self) -> Board | None:
        return self._board

    def show_board(self, board: Board | None, said: Said = NOTHING_SAID) -> None:
        """Shows another matrix, and what was said of its cells; filter and choice of versions stay."""
        self.beginResetModel()
        self._board, self._said = board, said
        self._choose()
        self.endResetModel()

    def show_said(self, said: Said) -> None:
        """What was said of the cells of this matrix up to now."""
        before, self._said = self._said, said
        other = [place for place in {*before, *said} if before.get(place) != said.get(place)]
        if len(other) > _MANY:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        for index in (self.index_of(*place) for place in other):
            if index.isValid():
                self.dataChanged.emit(index, index)

    def set_filter(self, text: str, differ_only: bool) -> None:
        """Shows only rows that hold every word of ``text``, and only those on which payers differ."""
        words = tuple(text.casefold().split())
        if (words, differ_only) != (self._words, self._differ_only):
            self.beginResetModel()
            self._words, self._differ_only = words, differ_only
            self._choose()
            self.endResetModel()

    def set_all_versions(self, all_versions: bool) -> None:
        """Shows also the documents that are not in force."""
        self.beginResetModel()
        self._all_versions = all_versions
        self._choose()
        self.endResetModel()

    def _choose(self) -> None:
        board = self._board
        if board is None:
            self._lines, self._columns = (), ()
            return
        columns = board.matrix.columns
        shown = {column.file for column in (columns if self._all_versions else editions.shown(board.matrix))}
        self._columns = tuple(n for n, column in enumerate(columns) if column.file in shown)
        lines: list[int | str] = []
        group = ""
        for number, row in enumerate(board.matrix.rows):
            if not self._is_wanted(board, number):
                continue
            if row.group != group:
                group = row.group
                lines += [group] if group else []
            lines.append(number)
        self._lines = tuple(lines)

    def _is_wanted(self, board: Board, row: int) -> bool:
        if self._differ_only and not board.differs(row):
            return False
        return all(word in board.found_by[row] for word in self._words)

    # ------------------------------------------------------------ what a view or the window asks

    def group_lines(self) -> tuple[int, ...]:
        """The lines that are heads of groups."""
        return tuple(n for n, line in enumerate(self._lines) if isinstance(line, str))

    def matrix_row(self, line: int) -> int | None:
        """The matrix row of a line; None for the head of a group."""
        found = self._lines[line] if 0 <= line < len(self._lines) else None
        return found if isinstance(found, int) else None

    def line_of(self, row: int) -> int | None:
        """The line that shows a matrix row; None where the filter hides it."""
        return self._lines.index(row) if row in self._lines else None

    def matrix_column(self, column: int) -> int | None:
        """The matrix column behind a model column; None for the labels."""
        return self._columns[column - 1] if 1 <= column <= len(self._columns) else None

    def column_of(self, matrix_column: int) -> int | None:
        """The model column of a matrix column; None where it is not shown."""
        return self._columns.index(matrix_column) + 1 if matrix_column in self._columns else None

    @property
    def shown_columns(self) -> tuple[int, ...]:
        """The matrix columns that are shown, in their order."""
        return self._columns

    def face(self, index: Index) -> Face | None:
        """The face of a cell; None for labels and heads of groups."""
        row, column = self.matrix_row(index.row()), self.matrix_column(index.column())
        if row is None or column is None or self._board is None:
            return None
        return self._said.get((row, column)) or self._board.faces[row][column]

    def index_of(self, row: int, matrix_column: int) -> QModelIndex:
        """The index of a cell of the matrix; an invalid one where it is not shown."""
        line, column = self.line_of(row), self.column_of(matrix_column)
        return QModelIndex() if line is None or column is None else self.index(line, column)

    def head(self, column: int) -> Head | None:
        """What stands over a model column; None over the labels."""
        number = self.matrix_column(column)
        return None if number is None or not self._board else self._board.heads[number]

    def label(self, line: int) -> str:
        """The label of a line, a group's name for its head."""
        found = self._lines[line]
        return found if isinstance(found, str) else self._board.labels[found] if self._board else ""

    def words(self) -> set[str]:
        """Every word that stands in a cell as its determination."""
        return {face.word for faces in self._board.faces for face in faces} if self._board else set()

    def differs(self, line: int) -> bool:
        """Whether payers differ in this line's row."""
        row = self.matrix_row(line)
        return row is not None and self._board is not None and self._board.differs(row)

    # ------------------------------------------------------------ Qt's side

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or self._board is None else 1 + len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.matrix_row(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        face = self.face(index)
        if face is None:
            return self._label_data(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{face.word}\n{face.detail}" if face.detail else face.word
        if role == Qt.ItemDataRole.ToolTipRole:
            lessons = (LESSONS[face.state], LOOK_LESSON if face.look else "")
            return plain_tip("\n".join(filter(None, (face.tip, *lessons))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return face.spoken
        return None

    def _label_data(self, index: Index, role: int) -> Any:
        if index.column() != LABEL_COLUMN:
            return None
        label, told = self.label(index.row()), self._told(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "; ".join(filter(None, (label, told)))
        return plain_tip("\n".join(filter(None, (label, told)))) if role == Qt.ItemDataRole.ToolTipRole else None

    def _told(self, line: int) -> str:
        row = self.matrix_row(line)
        return "" if row is None or self._board is None else self._board.told[row]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self._board is None:
            return None
        head = self.head(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(head.tip) if head else None
        if role == Qt.ItemDataRole.AccessibleTextRole and head:
            return head.spoken
        if role == Qt.ItemDataRole.DisplayRole:
            return head.payer if head else self.corner
        return None
