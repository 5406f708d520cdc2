"""What can be said of what is current in the window, and why it cannot be said where it cannot."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from policyview.amend import Key, statements_of
from policyview.gui.board import flat
from policyview.gui.cell_acts import CellActs
from policyview.gui.cell_editor import CellEditor
from policyview.gui.cell_marks import Statement, statements
from policyview.gui.cell_view import CellView
from policyview.gui.citation import source_name
from policyview.gui.matrix_view import MatrixView
from policyview.gui.row_chooser import RowChooser
from policyview.gui.session import Session
from policyview.gui.source_view import Selected, SourceView
from policyview.gui.standing import Standing
from policyview.gui.statement_dialog import FieldsDialog, policy_dialog, statement_dialog
from policyview.marks import Judgement
from policyview.model import CatchAll, Determination, Indication, Reading, Row, State

_NO_CELL = "No cell is current"
_LONGEST_NAME = 200  # characters of a name that is proposed


class ReviewActs(QObject):
    """Each act has its ``why_not_…``: a reason, empty where it can be done. ``told`` carries a passing remark."""

    told = Signal(str)

    def __init__(
        self, session: Session, matrix: MatrixView, cell: CellView, source: SourceView, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._matrix, self._cell, self._source = session, matrix, cell, source
        self._window = parent
        self.acts = CellActs(session, self)
        self.editor = CellEditor(matrix.tables)
        self.editor.left.connect(matrix.tables.setFocus)
        self.dialog: FieldsDialog | RowChooser | None = None
        self._wanted: Key | None = None
        self.acts.turned.connect(self._follow)
        self.acts.made.connect(self._follow)
        matrix.tables.touched.connect(self._on_touched)
        matrix.tables.cells.may_drag = lambda: not self.why_not_moved()
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
    def _topic(self) -> str:
        return self._matrix.board.matrix.topic if self._matrix.board else ""

    @property
    def _readings(self) -> Mapping[str, Reading]:
        return self._matrix.board.facts.readings if self._matrix.board else {}

    @property
    def _other_rows(self) -> tuple[Row, ...]:
        board, standing = self._matrix.board, self.standing
        return tuple(row for row in board.matrix.rows if row is not standing.row) if board and standing else ()

    # ------------------------------------------------------------ why not

    def why_not_judged(self) -> str:
        return self._session.why_read_only or ("" if self.standing else _NO_CELL)

    def why_not_corrected(self) -> str:
        if why := self.why_not_judged():
            return why
        return "" if self.statement else "This document says nothing here: select words in the source instead"

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
        chosen = self._source.selected
        if chosen is None:
            return "Select words in the source first"
        same = any(each.anchor.quote == chosen.anchor.quote and each.anchor.start == chosen.anchor.start
                   for each in statements_of(chosen.reading.facts))  # fmt: skip
        return "These very words are a statement already: correct that one" if same else ""

    # ------------------------------------------------------------ judging

    def judge(self, judgement: Judgement) -> None:
        """Says it of the current cell; said again, it is taken back."""
        if self._may(self.why_not_judged()) and self.standing:
            self._matrix.touch()
            self.acts.judge(self.standing, self._topic, judgement, self._chosen)

    def note(self) -> None:
        """Asks for a note at the cell."""
        standing = self.standing
        if self._may(self.why_not_judged()) and standing:
            topic, number = self._topic, self._chosen
            self._write("Note on this cell", self.acts.note_of(standing, topic, number),
                        lambda text: self.acts.note(standing, topic, text, number))  # fmt: skip

    def _write(self, caption: str, text: str, keep: object, is_label: bool = False) -> None:
        self._matrix.touch()
        self.editor.write(self._matrix.tables.rect_of_current(is_label), caption, text, keep)  # type: ignore[arg-type]

    # ------------------------------------------------------------ statements

    def determine(self, determination: Determination) -> None:
        """Corrects the determination of the current statement."""
        self._correct({"determination": determination.value})

    def _correct(self, sets: Mapping[str, str]) -> None:
        if self._may(self.why_not_corrected()) and self.standing:
            self._matrix.touch()
            self.acts.correct(self.standing, self._topic, self._number, sets)

    def correct(self) -> None:
        """Asks what the current statement says."""
        standing, statement = self.standing, self.statement
        if not self._may(self.why_not_corrected()) or standing is None or statement is None:
            return
        topic, number = self._topic, self._number
        title = "Correct a clause" if isinstance(statement, CatchAll) else "Correct an indication"
        dialog = statement_dialog(title, statement, _words(statement), parent=self._window)
        dialog.kept.connect(lambda sets: self.acts.correct(standing, topic, number, sets))
        self._ask(dialog)

    def delete(self) -> None:
        """Says that the current statement is none."""
        if self._may(self.why_not_corrected()) and self.standing:
            self._matrix.touch()
            self.acts.delete(self.standing, self._topic, self._number)

    def add(self, is_clause: bool = False) -> None:
        """Makes the words selected in the source a statement."""
        chosen = self._source.selected
        if not self._may(self.why_not_added()) or chosen is None:
            return
        name = flat(chosen.anchor.quote)[:_LONGEST_NAME].strip(" .,;:•-")
        title = "Make this a catch-all" if is_clause else "Make this an indication"
        dialog = statement_dialog(title, _new(chosen, name, is_clause), chosen.anchor.quote, True, self._window)
        dialog.kept.connect(lambda sets: self._add(chosen, name, sets, is_clause))
        self._ask(dialog)

    def _add(self, chosen: Selected, name: str, sets: dict[str, str], is_clause: bool) -> None:
        self._matrix.touch()
        called = sets.pop("text", name) or name
        self.acts.add(chosen.reading, chosen.anchor, called, sets, is_clause)

    # ------------------------------------------------------------ rows and documents

    def rename(self) -> None:
        """Asks what the current row is called."""
        standing = self.standing
        if self._may(self.why_not_judged()) and standing:
            readings = self._readings
            self._write("What this row is called", standing.row.label,
                        lambda label: self.acts.rename(standing.row, readings, label), is_label=True)  # fmt: skip

    def split(self) -> None:
        """Gives the current cell, or the chosen statement of it, a row of its own."""
        if self._may(self.why_not_split()) and self.standing:
            self._matrix.touch()
            self.acts.split(self.standing, self._topic, self._chosen)

    def move(self) -> None:
        """Asks for the row that the current cell belongs to."""
        standing = self.standing
        if self._may(self.why_not_moved()) and standing:
            topic, number, readings = self._topic, self._chosen, self._readings
            self._choose("Move to another row", f"“{flat(standing.row.label)}” of {source_name(standing.reading)}: "
                         "choose the row that it belongs to.",
                         lambda row: self.acts.move(standing, topic, row, readings, number))  # fmt: skip

    def merge(self) -> None:
        """Asks for the row into which the current one is merged."""
        standing = self.standing
        if self._may(self.why_not_merged()) and standing:
            readings = self._readings
            self._choose("Merge into another row", f"All cells of “{flat(standing.row.label)}” go into the row that "
                         "you choose.", lambda row: self.acts.merge(standing.row, row, readings))  # fmt: skip

    def correct_document(self, file: str = "") -> None:
        """Asks who a document's payer is, its title and its number; without a file, of the current cell's document."""
        standing = self.standing
        reading = self._readings.get(file) or self._session.readings.get(file) or (
            standing.reading if standing else None)
        why_not = self._session.why_read_only or ("" if reading else "No document is current")
        if self._may(why_not) and reading is not None:
            dialog = policy_dialog(reading.facts.policy, source_name(reading), self._window)
            dialog.kept.connect(lambda sets: self.acts.set_policy(reading, sets))
            self._ask(dialog)

    def _choose(self, title: str, about: str, keep: object) -> None:
        chooser = RowChooser(title, about, self._other_rows, self._window)
        chooser.chosen.connect(keep)
        self._matrix.touch()
        self.dialog = chooser
        chooser.show()

    def _ask(self, dialog: FieldsDialog) -> None:
        self._matrix.touch()
        self.dialog = dialog
        dialog.ask()

    def _on_row_dropped(self, line: int) -> None:
        board, standing, row = self._matrix.board, self.standing, self._matrix.row_of(line)
        if board and standing and row is not None and self._may(self.why_not_moved()):
            self._matrix.touch()
            self.acts.move(standing, self._topic, row, self._readings, self._chosen)

    def _may(self, why_not: str) -> bool:
        if why_not:
            self.told.emit(why_not)
        return not why_not

    # ------------------------------------------------------------ what is seen of it

    def _follow(self, key: Key) -> None:
        """Goes to a statement, now and, unless a person went elsewhere, once the matrix shows what was said of it."""
        self._matrix.touch()
        self._matrix.go_to_statement(*key)
        self._wanted = key if self._session.pending else None

    def _on_touched(self) -> None:
        self._wanted = None

    def follow_on(self) -> None:
        """The matrix stands anew."""
        if self._wanted is not None and not self._session.pending:
            key, self._wanted = self._wanted, None
            self._matrix.go_to_statement(*key)


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
