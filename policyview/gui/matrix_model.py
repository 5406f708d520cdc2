"""The matrix as Qt asks for it: a reader of one board, with group rows and the filter applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from policyview.export import editions
from policyview.gui.arrangement import Arrangement
from policyview.gui.board import LESSONS, LOOK_LESSON, Board, Face, Head, Place, beginning
from policyview.gui.cell_marks import NOTHING_SAID, Said
from policyview.gui.plain import plain_tip
from policyview.gui.row_groups import GroupedBy, headed
from policyview.gui.verdicts import Verdict
from policyview.model import Agreement, State

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LABEL_COLUMN = 0
_MANY = 40  # cells: more of them are told of at once
_MOST_DISPUTED = (Agreement.OPPOSED, Agreement.WORDS_DIFFER, Agreement.CRITERIA_DIFFER)
Order = Literal["groups", "disagreement"]
"""Rows under their groups' heads, or those first on which payers differ most."""
OURS_TOLD = "ours: the others are held against it"


class MatrixModel(QAbstractTableModel):
    """Column 0 holds the row labels, the others one visible payer each.

    A line is a row of the matrix (its number) or the head of a group (its name). ``corner`` stands over the labels.
    The first ``pinned`` of the payers stay beside the labels.
    """

    corner = "Indication"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board: Board | None = None
        self._lines: tuple[int | str, ...] = ()
        self._heads: tuple[int, ...] = ()
        self._columns: tuple[int, ...] = ()
        self._words: tuple[str, ...] = ()
        self._differ_only = False
        self._all_versions = False
        self._said: Said = {}
        self._verdicts: Mapping[Place, Verdict] = MappingProxyType({})
        self._arrangement = Arrangement()
        self._ours = ""
        self._order: Order = "groups"
        self._grouped_by: GroupedBy = "groups"
        self.pinned = 0
        self._disputes: dict[int, Agreement] = {}
        self.our_files: frozenset[str] = frozenset()
        """The documents that are our own payer's."""

    # ------------------------------------------------------------ what is shown

    @property
    def board(self) -> Board | None:
        return self._board

    def show_board(
        self, board: Board | None, said: Said = NOTHING_SAID, arrangement: Arrangement | None = None
    ) -> None:
        """Shows another matrix, and what was said of its cells; filter and choice of versions stay, and the columns
        where they are not arranged anew."""
        self.beginResetModel()
        self._board, self._said = board, said
        self._arrangement = arrangement or self._arrangement
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

    def arrange(self, arrangement: Arrangement, ours: str) -> None:
        """Order of the columns, which are hidden and pinned, and whose they are held against."""
        if (arrangement, ours) != (self._arrangement, self._ours):
            self.beginResetModel()
            self._arrangement, self._ours = arrangement, ours
            self._choose()
            self.endResetModel()

    def set_order(self, order: Order, by: GroupedBy = "") -> None:
        """The order of the rows, and under which heads they stand; by disagreement under none."""
        if (order, by) != (self._order, self._grouped_by):
            self.beginResetModel()
            self._order, self._grouped_by = order, by
            self._choose()
            self.endResetModel()

    def show_verdicts(self, verdicts: Mapping[Place, Verdict], changed: Iterable[Place] | None = None) -> None:
        """How cells stand against ours, as far as that is known; ``changed`` are the cells told of now, None for all.
        A mapping that grows is shown as it is."""
        self._verdicts = verdicts
        places = [*changed] if changed is not None else []
        rows = sorted({line for row, _ in places if (line := self.line_of(row)) is not None})
        if changed is None and self.rowCount():
            rows = [0, self.rowCount() - 1]
        if rows and self._columns:
            self.dataChanged.emit(self.index(rows[0], 1), self.index(rows[-1], self.columnCount() - 1))

    def _choose(self) -> None:
        board = self._board
        if board is None:
            self._lines, self._columns, self._heads, self.pinned, self._disputes = (), (), (), 0, {}
            return
        numbers = {column.file: number for number, column in enumerate(board.matrix.columns)}
        self.our_files = frozenset(
            column.file for column in board.matrix.columns
            if self._ours and column.policy.payer == self._ours and not column.policy.is_second_hand
        )  # fmt: skip
        shown, self.pinned = self._arrangement.shown(self.possible_files, self.our_files)
        self._columns = tuple(numbers[file] for file in shown)
        rows = [*range(len(board.matrix.rows))]
        if self._words or self._differ_only:
            rows = [number for number in rows if self._is_wanted(board, number)]
        if self._order == "disagreement":
            rows.sort(key=lambda number: _dispute(board.matrix.rows[number].agreement_shown))
        by = self._grouped_by if self._order == "groups" else ""
        self._lines = tuple(headed(board.headings(by), rows, by))
        self._heads = tuple(n for n, line in enumerate(self._lines) if isinstance(line, str))
        lines = {row: line for line, row in enumerate(self._lines)}
        self._disputes = {lines[row]: each for row, each in board.disputes.items() if row in lines}
        if self._order != "groups" or by not in ("", "groups"):
            self._disputes = dict(sorted(self._disputes.items()))

    def _is_wanted(self, board: Board, row: int) -> bool:
        if self._differ_only and not board.differs(row):
            return False
        return all(word in board.found_by[row] for word in self._words)

    # ------------------------------------------------------------ what a view or the window asks

    @property
    def row_count(self) -> int:
        """How many rows of the matrix are shown."""
        return len(self._lines) - len(self.group_lines())

    def group_lines(self) -> tuple[int, ...]:
        """The lines that are heads of groups."""
        return self._heads

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
    def possible_files(self) -> tuple[str, ...]:
        """The documents that are shown or hidden by choice, in the matrix's order."""
        if self._board is None:
            return ()
        matrix = self._board.matrix
        return tuple(column.file for column in (matrix.columns if self._all_versions else editions.shown(matrix)))

    @property
    def shown_files(self) -> tuple[str, ...]:
        """The documents that are shown, in their order."""
        return tuple(self._board.matrix.columns[number].file for number in self._columns) if self._board else ()

    @property
    def hidden_files(self) -> frozenset[str]:
        """The documents that a person hid."""
        return frozenset(self.possible_files).difference(self.shown_files)

    def is_ours(self, column: int) -> bool:
        """Whether a model column is our own payer's."""
        number = self.matrix_column(column)
        return number is not None and self._board is not None and (
            self._board.matrix.columns[number].file in self.our_files)

    @property
    def are_held_against_ours(self) -> bool:
        """Whether cells say how they stand against ours: where one of ours is shown, and another column."""
        own = sum(file in self.our_files for file in self.shown_files)
        return 0 < own < len(self._columns)

    def verdict(self, index: Index) -> Verdict | None:
        """How a cell stands against ours; None where that is not known yet or not asked."""
        row, column = self.matrix_row(index.row()), self.matrix_column(index.column())
        return None if row is None or column is None or not self._verdicts else self._verdicts.get((row, column))

    def is_like_another(self, line: int) -> bool:
        """Whether a line's label begins as another's, so that its end tells it."""
        return self._board is not None and beginning(self.label(line)) in self._board.alike

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

    def first_stated(self, line: int) -> int:
        """The first column whose payer states the row; one that is second-hand or not in force comes after others."""
        columns = range(1, self.columnCount())
        faces = {column: face for column in columns if (face := self.face(self.index(line, column)))}
        stated = [column for column, face in faces.items() if face.state is State.STATED]
        counted = [column for column in stated if self._counts(column)]
        return next(iter((*counted, *stated)), 1)

    def _counts(self, column: int) -> bool:
        number = self.matrix_column(column)
        if number is None or self._board is None:
            return False
        return self._board.heads[number].counts and self._board.matrix.columns[number].in_force

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

    def words(self) -> Collection[str]:
        """Every word that stands in a cell as its determination."""
        return self._board.words if self._board else ()

    def differs(self, line: int) -> bool:
        """Whether payers differ in this line's row."""
        row = self.matrix_row(line)
        return row is not None and self._board is not None and self._board.differs(row)

    def agreement(self, line: int) -> Agreement | None:
        """Whether payers agree in this line's row; None for the head of a group."""
        row = self.matrix_row(line)
        return None if row is None or self._board is None else self._board.matrix.rows[row].agreement_shown

    def looks(self) -> list[tuple[int, int]]:
        """The cells that a person should check, each its line and its column, line by line."""
        board, said, columns = self._board, self._said, [*enumerate(self._columns, 1)]
        rows = [(line, row) for line, row in enumerate(self._lines) if isinstance(row, int)] if board else []
        return [
            (line, column) for line, row in rows for column, number in columns
            if board and (said.get((row, number)) or board.faces[row][number]).look
        ]  # fmt: skip

    def disputes(self) -> dict[int, Agreement]:
        """The lines on which payers differ, and how, in their order."""
        return self._disputes

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
            told = verdict.told if (verdict := self.verdict(index)) else ""
            lessons = (LESSONS[face.state], LOOK_LESSON if face.look else "")
            return plain_tip("\n".join(filter(None, (face.tip, told, *lessons))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = verdict.told if (verdict := self.verdict(index)) else ""
            return "; ".join(filter(None, (face.spoken, told)))
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

    def _arranged(self, section: int) -> Iterator[str]:
        if self.is_ours(section):
            yield OURS_TOLD
        if 1 <= section <= self.pinned:
            yield "pinned to the left"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self._board is None:
            return None
        head = self.head(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(filter(None, (head.tip, *self._arranged(section))))) if head else None
        if role == Qt.ItemDataRole.AccessibleTextRole and head:
            return ", ".join((head.spoken, *self._arranged(section)))
        if role == Qt.ItemDataRole.DisplayRole:
            return head.payer if head else self.corner
        return None


def _dispute(agreement: Agreement) -> int:
    """The more payers differ, the lower."""
    return _MOST_DISPUTED.index(agreement) if agreement in _MOST_DISPUTED else len(_MOST_DISPUTED)
