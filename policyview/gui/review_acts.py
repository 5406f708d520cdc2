"""What can be said of what is current in the window, and why it cannot be said where it cannot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from policyview.amend import statements_of
from policyview.gui.board import Board, flat
from policyview.gui.cell_acts import CellActs, Where
from policyview.gui.cell_editor import CellEditor
from policyview.gui.cell_marks import Statement, statements
from policyview.gui.cell_view import CellView
from policyview.gui.citation import source_name
from policyview.gui.criteria_dialog import CriteriaDialog
from policyview.gui.matrix_sheet import ROW
from policyview.gui.matrix_view import MatrixView
from policyview.gui.row_chooser import RowChooser
from policyview.gui.session import Session
from policyview.gui.source_view import Selected, SourceView
from policyview.gui.standing import Standing
from policyview.gui.statement_dialog import FieldsDialog, statement_dialog
from policyview.marks import Judgement
from policyview.model import CatchAll, Determination, Indication, Row, State

_NO_CELL = "No cell is current"
_COMPARING = "It is being put into the matrix …"
_LONGEST_NAME = 200  # characters of a name that is proposed


class ReviewActs(QObject):
    """Each act has its ``why_not_…``: a reason, empty where it can be done. ``told`` carries a passing remark."""

    told = Signal(str)
    target_wanted = Signal(object)  # Target

    def __init__(
        self, session: Session, matrix: MatrixView, cell: CellView, source: SourceView, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._matrix, self._cell, self._source = session, matrix, cell, source
        self._window = parent
        self.acts = CellActs(session, self)
        self.editor = CellEditor(matrix.tables)
        self.editor.left.connect(matrix.tables.setFocus)
        self._wanted: Where | None = None
        self.acts.turned.connect(self._follow)
        self.acts.made.connect(self._follow)
        matrix.tables.touched.connect(self._on_touched)
        session.workspace_opened.connect(self._on_opened)
        matrix.tables.cells.may_drag = lambda: not self.why_not_moved()
        matrix.tables.labels.may_drag = lambda: not self.why_not_merged()
        matrix.tables.row_dropped.connect(self._on_row_dropped)

    # ------------------------------------------------------------ what is current

    @property
    def standing(self) -> Standing | None:
        """The current cell."""
        return self._matrix.standing

    @property
    def statement(self) -> Statement | None:
        """The current cell's statement that is current in the criteria pane, else its first."""
        standing = self.standing
        behind = statements(standing) if standing else ()
        return behind[self._number] if behind else None

    @property
    def is_seen(self) -> bool:
        """Whether the current cell is on screen."""
        return self._matrix.isVisibleTo(self._window)

    @property
    def locked(self) -> str:
        """Why nothing can be said, if so."""
        return self._session.why_read_only

    @property
    def _number(self) -> int:
        return self._cell.statement or 0

    @property
    def _chosen(self) -> int | None:
        """The statement that was chosen in the criteria pane; None for the whole cell."""
        return self._cell.statement

    @property
    def _other_rows(self) -> tuple[Row, ...]:
        board, standing = self._matrix.board, self.standing
        return tuple(row for row in board.matrix.rows if row is not standing.row) if board and standing else ()

    def _current(self, why_not: str) -> tuple[Standing, Board] | None:
        """The current cell and its matrix, where nothing speaks against an act; else that is told."""
        standing, board = self.standing, self._matrix.board
        if not self._may(why_not) or standing is None or board is None:
            return None
        self._matrix.touch()
        return standing, board

    # ------------------------------------------------------------ why not

    def why_not_judged(self) -> str:
        if why := self._session.why_read_only:
            return why
        standing = self.standing
        is_known = standing is not None and (standing.state is not State.SILENT or standing.silent is not None)
        return "" if is_known else _NO_CELL

    def why_not_corrected(self) -> str:
        if why := self.why_not_judged():
            return why
        several = len(statements(self.standing)) if self.standing and self._chosen is None else 0
        if several > 1:
            return f"This cell holds {several} statements: choose one of them in the criteria pane (Ctrl+3) first"
        return "" if self.statement else "This document says nothing here: select words in the source instead"

    def why_not_restored(self) -> str:
        if why := self.why_not_corrected():
            return why
        standing, board = self.standing, self._matrix.board
        said = self.acts.corrections(standing, board, self._number) if standing and board else ()
        return "" if said else "Nothing of it was corrected"

    def why_not_moved(self) -> str:
        if why := self.why_not_judged():
            return why
        standing = self.standing
        if standing is None or standing.state is not State.STATED:
            return "Only what a document states itself can be moved"
        return "" if self._other_rows else "There is no other row"

    def why_not_split(self) -> str:
        why = self.why_not_judged() if not self._other_rows else self.why_not_moved()
        standing = self.standing
        if why or standing is None:
            return why
        moved = len(standing.cells) if self._chosen is None else 1
        return "It has a row of its own" if len(standing.row.cells) == moved else ""

    def why_not_merged(self) -> str:
        return self.why_not_judged() or ("" if self._other_rows else "There is no other row")

    def why_not_added(self) -> str:
        if self._session.why_read_only:
            return self._session.why_read_only
        chosen = self._source.selected if self._source.isVisibleTo(self._window) else None
        if chosen is None:
            return "Select words in the source first"
        reading = self._session.corrected.get(chosen.reading.file, chosen.reading)
        place = chosen.anchor.start, chosen.anchor.end
        same = any((each.anchor.start, each.anchor.end) == place for each in statements_of(reading.facts))
        return "These very words are a statement already: correct that one" if same else ""

    # ------------------------------------------------------------ judging

    def judge(self, judgement: Judgement) -> None:
        """Says it of the current cell; said again, it is taken back."""
        if current := self._current(self.why_not_judged()):
            self.acts.judge(*current, judgement, self._chosen)

    def note(self) -> None:
        """Asks for a note at the cell."""
        if current := self._current(self.why_not_judged()):
            number = self._chosen
            self.editor.write(self._matrix.tables.rect_of_current(), "Note on this cell",
                              self.acts.note_of(*current, number),
                              lambda text: self.acts.note(*current, text, number))  # fmt: skip

    # ------------------------------------------------------------ statements

    def determine(self, determination: Determination) -> None:
        """Corrects the determination of the current statement."""
        if current := self._current(self.why_not_corrected()):
            self.acts.correct(*current, self._number, {"determination": determination.value})

    def correct(self) -> None:
        """Asks what the current statement says."""
        current, statement = self._current(self.why_not_corrected()), self.statement
        if current is None or statement is None:
            return
        number, is_clause = self._number, isinstance(statement, CatchAll)
        title = "Correct a clause" if is_clause else "Correct an indication"
        dialog = statement_dialog(title, statement, _words(statement), parent=self._window)
        dialog.kept.connect(lambda sets: self.acts.correct(*current, number, sets))
        dialog.ask()

    def correct_criteria(self, with_selected: bool = False) -> CriteriaDialog | None:
        """Asks for the criteria of the current use, the words selected in the source among them if wanted."""
        chosen = self._source.selected
        current, statement = self._current(self.why_not_criteria()), self.statement
        if current is None or not isinstance(statement, Indication):
            return None
        number, standing = self._number, current[0]
        dialog = CriteriaDialog(standing.reading, statement, self.acts.as_read(standing, number), self._selected_words,
                                self._window)  # fmt: skip
        dialog.target_wanted.connect(self.target_wanted)
        dialog.kept.connect(lambda text: self.acts.set_criteria(*current, number, text))
        dialog.show()
        if with_selected and chosen is not None:
            dialog.editor.moveCursor(QTextCursor.MoveOperation.End)
            dialog.editor.add(flat(chosen.anchor.quote))
        return dialog

    def _selected_words(self) -> str:
        chosen = self._source.selected
        return chosen.anchor.quote if chosen else ""

    def why_not_criteria(self) -> str:
        why = self.why_not_corrected()
        return why or ("" if isinstance(self.statement, Indication) else "A clause on all other uses has no criteria")

    def why_not_criterion(self) -> str:
        """Why the selected words cannot become a criterion of the current use."""
        chosen, standing = self._source.selected, self.standing
        if why := self.why_not_criteria():
            return why
        if chosen is None:
            return "Select words in the source first"
        is_own = standing is not None and chosen.reading.document.sha256 == standing.reading.document.sha256
        return "" if is_own else "These words are of another document than the current cell"

    def delete(self) -> None:
        """Says that the current statement is none."""
        if current := self._current(self.why_not_corrected()):
            self.acts.delete(*current, self._number)

    def restore(self) -> None:
        """Takes the last correction of the current statement back."""
        if current := self._current(self.why_not_restored()):
            self.acts.restore(*current, self._number)

    def add(self, is_clause: bool = False) -> None:
        """Makes the words selected in the source a statement."""
        chosen = self._source.selected
        if not self._may(self.why_not_added()) or chosen is None:
            return
        name = flat(chosen.anchor.quote)[:_LONGEST_NAME].strip(" .,;:•-")
        title = "Make this a catch-all" if is_clause else "Make this an indication"
        dialog = statement_dialog(title, _new(chosen, name, is_clause), chosen.anchor.quote, True, self._window)
        dialog.kept.connect(lambda sets: self._add(chosen, name, sets, is_clause))
        dialog.ask()

    def _add(self, chosen: Selected, name: str, sets: dict[str, str], is_clause: bool) -> None:
        self._matrix.touch()
        called = sets.pop("text", name) or name or flat(chosen.anchor.quote)
        self.acts.add(chosen.reading, chosen.anchor, called, sets, is_clause)
        self.told.emit(_COMPARING)

    # ------------------------------------------------------------ rows

    def rename(self) -> None:
        """Asks what the current row is called."""
        if current := self._current(self.why_not_judged()):
            (standing, board), at = current, self._matrix.tables.rect_of_current(is_label=True)
            self.editor.write(at, "What this row is called", standing.row.label,
                              lambda label: self.acts.rename(standing, board, label))  # fmt: skip

    def split(self) -> None:
        """Gives the current cell, or the chosen statement of it, a row of its own."""
        if current := self._current(self.why_not_split()):
            self.acts.split(*current, self._chosen)

    def move(self) -> None:
        """Asks for the row that the current cell belongs to."""
        if current := self._current(self.why_not_moved()):
            number, standing = self._chosen, current[0]
            about = f"“{flat(standing.row.label)}” of {source_name(standing.reading)}: choose the row it belongs to."
            self._choose("Move to another row", about, lambda row: self.acts.move(*current, row, number))

    def merge(self) -> None:
        """Asks for the row into which the current one is merged."""
        if current := self._current(self.why_not_merged()):
            standing, board = current
            about = f"All cells of “{flat(standing.row.label)}” go into the row that you choose."
            self._choose("Merge into another row", about, lambda row: self.acts.merge(standing, row, board))

    def _choose(self, title: str, about: str, keep: Callable[[Row], None]) -> None:
        chooser = RowChooser(title, about, self._other_rows, self._window)
        chooser.chosen.connect(keep)
        chooser.show()

    def _on_row_dropped(self, line: int, what: str) -> None:
        row, why_not = self._matrix.row_of(line), self.why_not_merged if what == ROW else self.why_not_moved
        if row is None or (current := self._current(why_not())) is None:
            return
        if what == ROW:
            self.acts.merge(current[0], row, current[1])
        else:
            self.acts.move(*current, row, self._chosen)

    def _may(self, why_not: str) -> bool:
        if why_not:
            self.told.emit(why_not)
        return not why_not

    # ------------------------------------------------------------ what is seen of it

    def _follow(self, where: Where) -> None:
        """Goes to a statement, now and, unless a person went elsewhere, once the matrix shows what was said of it."""
        self._matrix.touch()
        self._matrix.go_to_statement(*where)
        self._wanted = where if self._session.pending else None

    def _on_touched(self) -> None:
        self._wanted = None

    def _on_opened(self) -> None:
        """What was being asked is of a workspace that may be another now."""
        self.editor.leave()
        for asked in (FieldsDialog, RowChooser, CriteriaDialog):
            for dialog in self._window.findChildren(asked):
                dialog.close()

    def follow_on(self) -> None:
        """The matrix stands anew."""
        if self._wanted is not None and not self._session.pending:
            where, self._wanted = self._wanted, None
            self._matrix.go_to_statement(*where)


def _words(statement: Statement) -> str:
    """The payer's own words: those of the use, and those that determine it."""
    if isinstance(statement, CatchAll):
        return statement.anchor.quote
    stated = statement.stated or (statement.basis.quote if statement.basis else "")
    return f"{statement.anchor.quote}\n— {stated}" if stated else statement.anchor.quote


def _new(chosen: Selected, name: str, is_clause: bool) -> Statement:
    """What the dialog begins with."""
    if is_clause:
        return CatchAll(Determination.UNCLEAR, name, "", chosen.anchor)
    return Indication("", name, chosen.anchor, Determination.UNCLEAR)
