"""The matrix with its topic switch and filter, and what stands in its place while there is none."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from policyview.gui.arrangement import Arrangement
from policyview.gui.board import DIFFERENT, Board, first_difference
from policyview.gui.cell_marks import NOTHING_SAID, Said, place_of
from policyview.gui.matrix_bar import MatrixBar
from policyview.gui.matrix_model import MatrixModel, Order
from policyview.gui.matrix_places import MatrixPlaces
from policyview.gui.matrix_table import MatrixTables
from policyview.gui.neighbours import targets_around
from policyview.gui.plain import PlainLabel, plain_tip
from policyview.gui.row_groups import grouped_by
from policyview.gui.standing import Standing, Target
from policyview.gui.steps import next_difference, no_difference
from policyview.gui.topics import same_topic, topic_words
from policyview.gui.verdicts import Verdicts
from policyview.model import Agreement, Row

_ALL_ROWS = "Esc in its field shows all rows again; Ctrl+D those, too, on which payers do not differ."


class MatrixView(QWidget):
    """Shows one of several boards. ``current_changed`` carries the standing of the current cell or None,
    ``board_shown`` the board that is seen from now on or None."""

    current_changed = Signal(object)
    board_shown = Signal(object)
    all_versions_shown = Signal(bool)
    arranged = Signal(object)  # dict[str, Arrangement], by topic
    cell_entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boards: tuple[Board, ...] = ()
        self._said: Mapping[str, Said] = {}
        self._model = MatrixModel(self)
        self._standing: Standing | None = None
        self.was_touched = False
        self._day: datetime.date | None = None
        self.tables = MatrixTables(self._model, self)
        self.tables.let_columns_move()
        self._places = MatrixPlaces(self._model, self.tables)
        self.bar = bar = MatrixBar(self)
        self.topic, self.filter, self.differ, self.versions = bar.topic, bar.filter, bar.differ, bar.versions
        self._arrangements: dict[str, Arrangement] = {}
        self._verdicts: Verdicts | None = None
        self._ours = ""
        self.message = PlainLabel("", "soft")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.tables)
        self._stack.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.tables)
        self._wire()
        self._explain("")

    def _wire(self) -> None:
        self.topic.currentIndexChanged.connect(self._on_topic_chosen)
        self.topic.activated.connect(self.touch)
        self.tables.touched.connect(self.touch)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.returnPressed.connect(self.tables.setFocus)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.filter, context=Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._on_filter_left)
        self.differ.toggled.connect(self._on_filter_changed)
        self.tables.current_changed.connect(self._on_current_changed)
        self.tables.entered_cell.connect(self._on_entered)
        self.tables.lines_seen.connect(self._on_seen)
        self.tables.column_moved.connect(self._on_column_moved)
        self.bar.hidden.clicked.connect(self.show_all_columns)

    # ------------------------------------------------------------ what is shown

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order in which it stands."""
        return *self.bar.controls, self.tables.cells, self.tables.heat

    @property
    def board(self) -> Board | None:
        return self._model.board

    @property
    def boards(self) -> tuple[Board, ...]:
        return self._boards

    @property
    def standing(self) -> Standing | None:
        """The current cell's standing."""
        return self._standing

    @property
    def current_row(self) -> tuple[Board, int, tuple[int, ...]] | None:
        """The board, the current row of its matrix and the columns that are shown; None where no cell is current."""
        board, row = self._model.board, self._model.matrix_row(self.tables.current[0])
        return None if board is None or row is None else (board, row, self._model.shown_columns)

    def show_boards(self, boards: tuple[Board, ...], said: Mapping[str, Said] | None = None) -> None:
        """Takes the place of what was shown; topic and current cell stay where they can. ``said`` is what was said of
        the cells of each topic."""
        self._said = said or {}
        topic, was, line = self.topic.currentData(), self._standing, self.tables.current[0]
        bars = [(bar, bar.value()) for bar in (self.tables.cells.verticalScrollBar(),
                                               self.tables.cells.horizontalScrollBar())]  # fmt: skip
        if not self.was_touched:
            topic = was = None  # nobody looks at a cell yet: the richest topic and its first difference
        self._boards = boards
        with QSignalBlocker(self.topic):
            self.topic.clear()
            for board in boards:
                words = topic_words(board)
                self.topic.addItem(words, board.matrix.topic)
                self.topic.setItemData(self.topic.count() - 1, plain_tip(words), Qt.ItemDataRole.ToolTipRole)
            self.topic.setCurrentIndex(same_topic(boards, topic, was))
        self._show(self.topic.currentIndex(), was, line)
        if was is not None:
            for bar, value in bars:
                bar.setValue(value)
            self.tables.cells.scrollTo(self.tables.cells.currentIndex())

    def explain(self, text: str) -> None:
        """What to say where there is no matrix (reading, nothing found)."""
        self._explain(text)

    def _explain(self, text: str) -> None:
        self.message.show_text(text)
        has_rows = self._model.rowCount() > 0
        self._stack.setCurrentIndex(0 if has_rows else 1)
        for control in self.bar.controls:
            control.setEnabled(bool(self._boards))

    def touch(self) -> None:
        """A person chose what to look at: from now on new results leave the current cell where it is."""
        self.was_touched = True

    def show_topic_of(self, file: str) -> None:
        """Turns to the matrix in which a document stands and to its column."""
        self.touch()
        for number, board in enumerate(self._boards):
            files = [column.file for column in board.matrix.columns]
            if file in files:
                self.topic.setCurrentIndex(number)
                column = self._model.column_of(files.index(file))
                if column is not None:
                    self.tables.set_current(max(0, self.tables.current[0]), column)
                return

    def targets_around(self) -> list[Target]:
        """Where the next keys lead in the source."""
        return targets_around(self._model, *self.tables.current)

    def row_of(self, line: int) -> Row | None:
        """The row that a line shows; None for the head of a group."""
        board, row = self._model.board, self._model.matrix_row(line)
        return board.matrix.rows[row] if board is not None and row is not None else None

    @property
    def shown_rows(self) -> tuple[str, ...]:
        """The ids of the rows that the filter leaves, in their order."""
        rows = (self.row_of(line) for line in range(self._model.rowCount()))
        return tuple(row.id for row in rows if row is not None)

    @property
    def shown_files(self) -> tuple[str, ...]:
        """The documents whose columns are shown, in their order."""
        return tuple(self.file_of(column) for column in range(1, self._model.columnCount()))

    def file_of(self, column: int) -> str:
        """The document whose column it is; empty for the labels."""
        board, number = self._model.board, self._model.matrix_column(column)
        return board.matrix.columns[number].file if board is not None and number is not None else ""

    def payer_of(self, column: int) -> str:
        """Whose column it is; empty for the labels, and where nobody is named."""
        board, number = self._model.board, self._model.matrix_column(column)
        return (board.matrix.columns[number].policy.payer or "") if board is not None and number is not None else ""

    def show_cell(self, topic: str, row: str, file: str) -> bool:
        """Turns to a cell, told by its topic, its row's id and its document; no filter hides it then. False where it
        is not there, or its version is not shown."""
        place = next((number for number, board in enumerate(self._boards) if board.matrix.topic == topic), None)
        if place is None:
            return False
        matrix = self._boards[place].matrix
        rows, files = [each.id for each in matrix.rows], [column.file for column in matrix.columns]
        if row not in rows or file not in files:
            return False
        self.touch()
        self.topic.setCurrentIndex(place)
        if self._model.line_of(rows.index(row)) is None:
            self.filter.clear()
            self.differ.setChecked(False)
        is_shown = self._model.column_of(files.index(file)) is not None
        return is_shown and self._places.go_to(rows.index(row), files.index(file))

    def set_all_versions(self, all_versions: bool) -> None:
        """Shows also the policies that are not in force."""
        was = self._standing
        self._model.set_all_versions(all_versions)
        self._hold()
        self.all_versions_shown.emit(all_versions)
        self._tell_versions()
        self._go_back_to(was)

    def set_day(self, day: datetime.date | None) -> None:
        """The day whose versions are shown, None for today."""
        self._day = day
        self._tell_versions()

    def _tell_versions(self) -> None:
        board = self._model.board
        hidden = sum(not column.in_force for column in board.matrix.columns) if board else 0
        is_all = len(self._model.possible_files) == len(board.heads) if board else False
        self.bar.tell_versions(hidden, is_all, self._day)

    def show_said(self, said: Mapping[str, Said]) -> None:
        """What was said of the cells of each topic up to now."""
        self._said = said
        self._model.show_said(self._said_of(self._model.board))

    def _said_of(self, board: Board | None) -> Said:
        return self._said.get(board.matrix.topic, NOTHING_SAID) if board else NOTHING_SAID

    def retheme(self) -> None:
        self.tables.retheme()

    def _show(self, number: int, was: Standing | None, line: int = -1) -> None:
        board = self._boards[number] if number >= 0 else None
        self._model.show_board(board, self._said_of(board), self._arrangement_of(board))
        self._hold()
        self.board_shown.emit(board)
        self._tell_versions()
        self._say_why_empty()
        self._go_back_to(was, line)

    def _say_why_empty(self) -> None:
        board = self._model.board
        self.bar.tell_rows(self._model.row_count, len(board.faces) if board else 0)
        if self.filter.text().strip() or self.differ.isChecked():
            self._explain(f"No row answers the filter.\n{_ALL_ROWS}")
        else:
            self._explain("No indication was found in these documents." if self._boards else "")

    # ------------------------------------------------------------ columns, and whose they are held against

    def _arrangement_of(self, board: Board | None) -> Arrangement:
        return self._arrangements.get(board.matrix.topic, Arrangement()) if board else Arrangement()

    def _arrange(self, arrangement: Arrangement) -> None:
        """Arranges the columns of this topic; the current cell stays, or one near it where its column is hidden."""
        board, was, (line, column) = self._model.board, self._standing, self.tables.current
        if board is None:
            return
        self._arrangements[board.matrix.topic] = arrangement
        self.arranged.emit(self._arrangements)
        self._model.arrange(arrangement, self._ours)
        self._hold()
        if was is not None and was.column.file not in self._model.shown_files:
            self.tables.set_current(line, min(column, self._model.columnCount() - 1))
        else:
            self._go_back_to(was, line)

    def take_arrangements(self, arrangements: Mapping[str, Arrangement]) -> None:
        """How the columns of each topic stood the last time; to be seen in the boards that are shown from now on."""
        self._arrangements = dict(arrangements)

    def hold_against(self, verdicts: Verdicts, ours: str) -> None:
        """Holds every cell against those of our own payer, empty for none; its columns are pinned by themselves."""
        if self._verdicts is None:
            verdicts.found.connect(lambda places: self._model.show_verdicts(verdicts.known, places))
        self._verdicts, self._ours = verdicts, ours
        was, line = self._standing, self.tables.current[0]
        self._model.arrange(self._arrangement_of(self._model.board), ours)
        self._hold()
        self._go_back_to(was, line)

    def _hold(self) -> None:
        model, names = self._model, tuple[str, ...]()
        if model.board is not None:
            heads = zip(model.board.matrix.columns, model.board.heads, strict=True)
            names = tuple(head.payer for column, head in heads if column.file in model.hidden_files)
        self.bar.tell_hidden(names)
        if self._verdicts is not None:
            ours = self._ours if model.are_held_against_ours else ""
            self._verdicts.hold(model.board, model.shown_columns, ours)
            model.show_verdicts(self._verdicts.known)

    def _on_seen(self, first: int, last: int) -> None:
        """What is seen is weighed first, then a page further."""
        if self._verdicts is not None:
            lines = [self.tables.current[0], *range(first, last + 1), *range(last + 1, 2 * last - first + 2)]
            rows = (self._model.matrix_row(line) for line in lines)
            self._verdicts.want(row for row in rows if row is not None)

    @property
    def hidden_columns(self) -> frozenset[str]:
        """The documents whose columns are hidden."""
        return self._model.hidden_files

    def is_pinned(self, file: str) -> bool:
        """Whether a document's column stays beside the labels."""
        return self._arrangement_of(self._model.board).is_pinned(file, self._model.our_files)

    def pin(self, file: str, is_pinned: bool) -> None:
        """Pins a document's column to the left, or lets it go."""
        self._arrange(self._arrangement_of(self._model.board).pinning(file, is_pinned))

    def hide_column(self, file: str) -> bool:
        """Hides a document's column; False for the last one."""
        if len(self._model.shown_files) > 1:
            self._arrange(self._arrangement_of(self._model.board).hiding(file))
            return True
        return False

    def show_all_columns(self) -> None:
        """Shows the hidden columns again."""
        self._arrange(self._arrangement_of(self._model.board).showing_all())

    def step_column(self, step: int, column: int) -> bool:
        """Moves a column by one to the right (1) or left (-1); False at the edge, where it is none, and between what
        is pinned and what is not."""
        pinned, last = self._model.pinned, self._model.columnCount() - 1
        to = column + step
        if column < 1 or not 1 <= to <= last or (column <= pinned) is not (to <= pinned):
            return False
        self._on_column_moved(column, to if step < 0 else to + 1, column <= pinned)
        return True

    def _on_column_moved(self, column: int, before: int, is_pinned: bool) -> None:
        files = self._model.shown_files
        file = files[column - 1]
        arrangement = self._arrangement_of(self._model.board).moving(files, file, before - 1)
        if is_pinned is not self.is_pinned(file):
            arrangement = arrangement.pinning(file, is_pinned)
        self._arrange(arrangement)

    def set_order(self, name: str) -> None:
        """Rows under their groups, by ``population`` or ``procedure``, without, or those that differ most first."""
        was = self._standing
        order: Order = "disagreement" if name == "disagreement" else "groups"
        self._model.set_order(order, grouped_by(name))
        self._go_back_to(was)

    # ------------------------------------------------------------ moving

    def go_to_first_difference(self) -> None:
        """Makes the first cell current in which payers differ."""
        board = self._model.board
        if board is not None and board.faces:
            row, column = first_difference(board)
            self._places.go_to(row, column)

    def step_difference(self, by: int, kinds: Collection[Agreement] = DIFFERENT) -> str:
        """Moves to the next (1) or previous (-1) line on which payers differ in such a way; what there is to say."""
        self.touch()
        line, column = self.tables.current
        step = next_difference(self._model, (line, max(1, column)), by, kinds)
        if step is None:
            return no_difference(self._model, by, kinds)
        self.tables.set_current(step.line, step.column)
        return step.told

    def step_look(self, by: int) -> str:
        """Moves to the next (1) or previous (-1) cell that a person should check; what there is to say."""
        self.touch()
        return self.tables.step_look(by)

    def go_to_statement(self, sha256: str, statement: str, row: str = "") -> bool:
        """Turns to the cell that stands on a statement, in a row if it can be; False where none is shown."""
        for number, board in enumerate(self._boards):
            place = place_of(board, sha256, statement, row)
            if place is None:
                continue
            if number != self.topic.currentIndex():
                self.topic.setCurrentIndex(number)
            return self._places.go_to(*place)
        return False

    def _go_back_to(self, was: Standing | None, line: int = -1) -> None:
        if not self._places.go_back_to(was, line):
            self._on_current_changed(-1, -1)

    # ------------------------------------------------------------ what happened

    def _on_topic_chosen(self, number: int) -> None:
        self._show(number, self._standing)

    def _on_filter_changed(self) -> None:
        was = self._standing
        self._model.set_filter(self.filter.text(), self.differ.isChecked())
        self._say_why_empty()
        self._go_back_to(was)

    def _on_entered(self) -> None:
        if self._standing is not None:
            self.cell_entered.emit(self._standing)

    def _on_filter_left(self) -> None:
        self.filter.clear()
        self.tables.setFocus()

    def _on_current_changed(self, line: int, column: int) -> None:
        board, row = self._model.board, self._model.matrix_row(line)
        matrix_column = self._model.matrix_column(column)
        if board is None or row is None or matrix_column is None:
            self._standing = None
        else:
            self._standing = board.standing(row, matrix_column)
        self.current_changed.emit(self._standing)
