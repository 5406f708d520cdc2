"""A grid beside the matrix: authorization, limits or codes by payer, with all that a square says below it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from policyview.export.grids.grid import Name, Square
from policyview.gui.board import Board, flat
from policyview.gui.citation import citation, target_citation
from policyview.gui.grid_board import GridBoard, target_of
from policyview.gui.matrix_model import MatrixModel
from policyview.gui.matrix_table import MatrixTables
from policyview.gui.plain import PlainLabel, WrappedLabel, plain_tip
from policyview.gui.sharing import SharedSplitter, at_most
from policyview.gui.standing import Target

_HINTS = {
    "Authorization": ("Filter products", "Shows only lines in which all of these words stand (Ctrl+F)"),
    "Limits": ("Filter uses", "Shows only lines in which all of these words stand (Ctrl+F)"),
    "Codes": ("Find a code", "A code is found in ranges too; other words in descriptions and conditions (Ctrl+F)"),
}
_EMPTY = {
    "Authorization": "Prior authorization by product and setting, payer by payer",
    "Limits": "Quantity, dose, duration and approval periods by use, payer by payer",
    "Codes": "Codes by payer; a code inside another payer's range is the same code",
}
_NOT_FOUND = {
    "Authorization": "No line answers the filter.", "Limits": "No line answers the filter.",
    "Codes": "No document of this topic lists it, alone or in a range.\n"
             "Ctrl+Shift+F searches the text of all documents.",
}
_CALLED = {"Authorization": "rule", "Limits": "limit", "Codes": "code"}
_CORNERS = {"Authorization": "Product", "Limits": "Use", "Codes": "Code"}
_LONGEST_WORD = 26  # characters
_SAYINGS_HEIGHT, _SAYINGS_SHARE = 150, 0.28  # pixels: five lines; in a low window, of the height


class GridModel(MatrixModel):
    """The matrix's model on a grid; the filter finds a code inside a range."""

    def __init__(self, name: Name, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.corner = _CORNERS[name]
        self._grid: GridBoard | None = None

    def show_grid(self, grid: GridBoard | None, board: Board | None) -> None:
        """Shows another grid; filter and choice of versions stay."""
        self._grid = grid
        self.show_board(grid.shown(board) if grid and board else None)

    def words(self) -> Collection[str]:
        """What a column is made wide enough for; a limit in a whole sentence is elided."""
        return {word for word in super().words() if len(word) <= _LONGEST_WORD}

    def _is_wanted(self, board: Board, row: int) -> bool:
        if self._grid is None or (self._differ_only and not board.differs(row)):
            return False
        return all(self._grid.grid.lines[row].is_found(word) for word in self._words)


class GridView(QWidget):
    """``target_chosen`` carries the place of what is current, ``entered`` says that a person goes there;
    ``search_wanted`` carries the words that are to be looked for in all topics."""

    target_chosen = Signal(object)
    entered = Signal()
    search_wanted = Signal(str)

    def __init__(self, name: Name, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._was_touched = False
        self._grid: GridBoard | None = None
        self._board: Board | None = None
        self.model = GridModel(name, self)
        self.tables = MatrixTables(self.model, self)
        self.tables.cells.setAccessibleName(f"{name} by payer")
        self.tables.labels.setAccessibleName(name)
        self.filter, self.differ = QLineEdit(self), QPushButton("Payers differ", self)
        self.everywhere = QPushButton("All topics …", self)
        self.everywhere.setToolTip("Looks in the documents of all topics for what is typed, or for the current code")
        self.everywhere.setVisible(name == "Codes")
        self.sayings = QListWidget(self)
        self.sayings.setAccessibleName(f"{name}: all that this cell says")
        self.sayings.setObjectName("sayings")
        self.sayings.setWordWrap(True)
        self.sayings.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.who = WrappedLabel("", "soft", self)
        self.message = PlainLabel(_EMPTY[name], "soft")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._split())
        self._stack.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.tables)
        self._wire()
        self._say()

    def _split(self) -> SharedSplitter:
        split = SharedSplitter(Qt.Orientation.Vertical, at_most(_SAYINGS_HEIGHT, _SAYINGS_SHARE), self)
        split.addWidget(self.tables)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        about = QVBoxLayout()
        about.setContentsMargins(10, 6, 10, 4)
        about.addWidget(self.who)
        column.addLayout(about)
        column.addWidget(self.sayings, 1)
        split.addWidget(below)
        return split

    def _bar(self) -> QFrame:
        placeholder, tip = _HINTS[self.name]
        self.filter.setAccessibleName(placeholder)
        self.filter.setPlaceholderText(placeholder)
        self.filter.setToolTip(tip)
        self.filter.setClearButtonEnabled(True)
        self.differ.setCheckable(True)
        self.differ.setToolTip("Shows only lines on which payers say different things; a bar at the left marks them")
        bar = QFrame(self)
        bar.setObjectName("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 6, 8, 6)
        self.topic = PlainLabel("", "soft")
        row.addWidget(self.topic, 2)
        row.addWidget(self.filter, 2)
        row.addWidget(self.differ)
        row.addWidget(self.everywhere)
        return bar

    def _wire(self) -> None:
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.returnPressed.connect(self.tables.setFocus)
        self.differ.toggled.connect(self._on_filter_changed)
        self.everywhere.clicked.connect(lambda: self.search_wanted.emit(self._looked_for()))
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.filter, context=Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._on_filter_left)
        self.tables.current_changed.connect(self._on_current_changed)
        self.tables.entered_cell.connect(self.entered)
        self.tables.touched.connect(self._on_touched)
        self.sayings.currentRowChanged.connect(self._on_saying_chosen)
        self.sayings.itemActivated.connect(lambda item: self.entered.emit())

    # ------------------------------------------------------------ what is shown

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order in which it stands."""
        return self.filter, self.differ, self.tables.cells, self.sayings

    def show_board(self, board: Board | None) -> None:
        """Shows the grid of a topic; the current cell stays where the same line is there."""
        was = self._current_line()
        grids: Sequence[GridBoard] = board.grids if board else ()
        self._board = board
        self._grid = next((each for each in grids if each.grid.name == self.name), None)
        self.topic.show_text(flat(board.matrix.topic) if board else "")
        self.model.show_grid(self._grid, board)
        self._say()
        self._go_back_to(was)

    def set_all_versions(self, all_versions: bool) -> None:
        """Shows also the documents that are not in force."""
        was = self._current_line()
        self.model.set_all_versions(all_versions)
        self._go_back_to(was)

    def retheme(self) -> None:
        self.tables.retheme()

    def _say(self) -> None:
        has_lines = self.model.rowCount() > 0
        self._stack.setCurrentIndex(0 if has_lines else 1)
        if self._grid is None:
            self.message.show_text(_EMPTY[self.name])
        elif not self._grid.grid.lines:
            self.message.show_text(self._grid.grid.silence)
        elif not has_lines:
            self.message.show_text(_NOT_FOUND[self.name])
        for control in (self.filter, self.differ):
            control.setEnabled(self._grid is not None and bool(self._grid.grid.lines))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scroll()

    def _scroll(self) -> None:
        """Shows the current cell, of the first line also the head of its group; a hidden table scrolls wrongly."""
        line, column = self.tables.current
        self.tables.cells.horizontalScrollBar().setValue(0)
        for each in (max(0, line - 1), line):
            self.tables.cells.scrollTo(self.model.index(each, column))

    # ------------------------------------------------------------ the current cell

    def _current_line(self) -> tuple[str, str, int] | None:
        """Group, label and column of the cell that a person chose: what tells it in another grid."""
        line, column = self.tables.current
        row = self.model.matrix_row(line)
        if row is None or self._grid is None or not self._was_touched:
            return None
        return self._grid.grid.lines[row].group, self._grid.labels[row], column

    def _go_back_to(self, was: tuple[str, str, int] | None) -> None:
        lines = [n for n in range(self.model.rowCount()) if self.model.matrix_row(n) is not None]
        if not lines:
            self._on_current_changed(-1, -1)
            return
        same = (n for n in lines if was and self._grid and self._named(n) == was[:2])
        column = was[2] if was else self._first_said(lines[0])
        self.tables.set_current(next(same, lines[0]), min(column, self.model.columnCount() - 1))
        self._scroll()

    def _named(self, line: int) -> tuple[str, str]:
        row = self.model.matrix_row(line)
        assert row is not None
        assert self._grid is not None
        return self._grid.grid.lines[row].group, self._grid.labels[row]

    def _first_said(self, line: int) -> int:
        """The first column that says something in a line."""
        columns = range(1, self.model.columnCount())
        return next((column for column in columns if (square := self._square(line, column)) and square.sayings), 1)

    def _square(self, line: int, column: int) -> Square | None:
        row, of = self.model.matrix_row(line), self.model.matrix_column(column)
        return None if row is None or of is None or self._grid is None else self._grid.square(row, of)

    def _on_current_changed(self, line: int, column: int) -> None:
        square, row = self._square(line, column), self.model.matrix_row(line)
        self.who.show_text(self._grid.who[row] if self._grid is not None and row is not None else "")
        self.sayings.setAccessibleDescription(self.who.text())
        with QSignalBlocker(self.sayings):
            self.sayings.clear()
            for number, saying in enumerate(square.sayings if square else ()):
                target = self._target(number)
                cited = target_citation(target) if target else ""
                words = " – ".join(filter(None, (flat(saying.word), flat(saying.detail))))
                item = QListWidgetItem(f"{words}\n“{flat(saying.anchor.quote)}”")
                item.setToolTip(plain_tip(cited))
                self.sayings.addItem(item)
            if square is not None and not square.sayings:
                self.sayings.addItem(QListWidgetItem(flat(square.empty)))
            self.sayings.setCurrentRow(0)
        self._on_saying_chosen(0)

    def _target(self, number: int) -> Target | None:
        line, column = self.tables.current
        square, of = self._square(line, column), self.model.matrix_column(column)
        if square is None or of is None or self._board is None:
            return None
        return target_of(self._board, of, square, number, _CALLED[self.name])

    @property
    def target(self) -> Target | None:
        """The place of what is current; None where nothing is."""
        return self._target(max(0, self.sayings.currentRow()))

    def _on_saying_chosen(self, number: int) -> None:
        target = self._target(max(0, number))
        if target is not None:
            self.target_chosen.emit(target)

    def step_difference(self, step: int) -> bool:
        """Goes to the next (1) or previous (-1) line on which payers differ; False where there is none."""
        line, column = self.tables.current
        line += step
        while 0 <= line < self.model.rowCount():
            if self.model.differs(line):
                said = self._square(line, max(1, column))
                self.tables.set_current(line, max(1, column) if said and said.sayings else self._first_said(line))
                return True
            line += step
        return False

    def step_look(self, step: int) -> str:
        """Likewise to a cell that a person should check; what there is to say of it."""
        return self.tables.step_look(step)

    # ------------------------------------------------------------ what happened

    def _on_touched(self) -> None:
        self._was_touched = True

    def _on_filter_changed(self) -> None:
        was = self._current_line()
        self.model.set_filter(self.filter.text(), self.differ.isChecked())
        self._say()
        self._go_back_to(was)

    def _looked_for(self) -> str:
        """The words that are typed, else what the current line is called."""
        row = self.model.matrix_row(self.tables.current[0])
        line = self._grid.grid.lines[row] if row is not None and self._grid is not None else None
        return self.filter.text().strip() or (line.codes[0] if line is not None and line.codes else "")

    @property
    def copied(self) -> str:
        """The current square as text to paste elsewhere: what it says, in which words, and where they stand."""
        line, column = self.tables.current
        row, square = self.model.matrix_row(line), self._square(line, column)
        if row is None or square is None or self._grid is None:
            return ""
        name, target = self._grid.labels[row], self._target(0)
        if not square.sayings:
            cited = f" ({citation(target.reading)})" if target else ""
            return f"{name}: {flat(square.empty)}{cited}"
        said = []
        for number, saying in enumerate(square.sayings):
            words = ": ".join(filter(None, (flat(name), flat(saying.word)))), f"“{flat(saying.anchor.quote)}”"
            target = self._target(number)
            said.append("\n".join((*words, f"— {target_citation(target)}" if target else "")))
        return "\n\n".join(said)

    def _on_filter_left(self) -> None:
        self.filter.clear()
        self.tables.setFocus()
