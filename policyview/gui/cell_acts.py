"""What a person says of cells, rows and documents, put into the words of reviews; each act can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from policyview import outline
from policyview.amend import CLAUSE, CRITERIA, EFFECTIVE, ROW, Key, companion, id_of, id_of_added, statements_of
from policyview.gui.board import Board, flat
from policyview.gui.cell_marks import Statement, judged_marks, mark_of, statements
from policyview.gui.review_steps import ReviewStep, Saying, taking_back
from policyview.gui.session import Session
from policyview.gui.standing import Standing
from policyview.marks import Answer, Judgement, Mark, of_answer, of_statement
from policyview.model import Anchor, Indication, Reading, Row, State
from policyview.review import CellSubject, Review, ReviewAction

_ACTIONS: Mapping[Judgement, ReviewAction] = {"confirmed": "confirm", "not relevant": "dismiss"}
_JUDGING = frozenset(_ACTIONS.values())
_LONGEST_NAME = 60  # characters of what an act is called in the Edit menu
Sets = tuple[tuple[str, str], ...]
Where = tuple[str, str, str]
"""The sum of a document, a statement of it (empty where it says nothing), and the row; empty where any row will do."""


class CellActs(QObject):
    """``turned`` carries the statement, and its row, that an act was on when this was undone or redone, so that it can
    be seen; ``made`` one that an act put elsewhere or that is new."""

    turned = Signal(object)  # Where
    made = Signal(object)  # Where

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    # ------------------------------------------------------------ judging

    def judge(self, standing: Standing, board: Board, judgement: Judgement, number: int | None = None) -> None:
        """Says it of a cell, or of its ``number``-th statement; said again, it is taken back."""
        marks = self._chosen(standing, board, number)
        done = {n for n, mark in marks.items() if mark.judgement == judgement and not mark.look}
        if len(done) == len(marks):
            said = [each for mark in marks.values() for each in mark.reviews if each.action in _JUDGING]
            self._push("not reviewed", standing, taking_back(said))
            return
        sayings = [self._saying(_ACTIONS[judgement], standing, board, n) for n in marks if n not in done]
        self._push(judgement, standing, sayings)

    def note(self, standing: Standing, board: Board, text: str, number: int | None = None) -> None:
        """Notes it of a cell, or of its ``number``-th statement; an empty text takes the note back."""
        first, mark = next(iter(self._chosen(standing, board, number).items()))
        if text == mark.note:
            return
        if text:
            self._push("note", standing, [self._saying("note", standing, board, first, text)])
        else:
            self._push("note taken back", standing, taking_back(each for each in mark.reviews if each.action == "note"))

    def note_of(self, standing: Standing, board: Board, number: int | None = None) -> str:
        """The note that ``note`` would take the place of."""
        return next(iter(self._chosen(standing, board, number).values())).note

    def _chosen(self, standing: Standing, board: Board, number: int | None) -> dict[int | None, Mark]:
        """The statements that are meant, each with its mark; None for what a document says without naming the row."""
        marks = self._session.marks
        if standing.state is not State.STATED:
            return {None: judged_marks(standing, marks, board.matrix.topic)[0]}
        numbers = range(len(standing.indications)) if number is None else (number,)
        return {n: mark_of(standing, marks, board.matrix.topic, n) for n in numbers}

    def _saying(
        self, action: ReviewAction, standing: Standing, board: Board, number: int | None, text: str = ""
    ) -> Saying:
        if number is None:
            sha256, amended = standing.reading.document.sha256, self._session.amended
            subject, sets = of_answer(_answer(standing), standing.row, sha256, amended, board.facts.readings)
            return Saying(action, subject, text, sets)
        statement = statements(standing)[number]
        sets = of_statement(self._now(standing, statement), standing.row) if action in _JUDGING else ()
        return Saying(action, self._subject(standing, statement, board), text, sets)

    # ------------------------------------------------------------ statements

    def correct(self, standing: Standing, board: Board, number: int, sets: Mapping[str, str]) -> None:
        """Sets what a statement says: determination, text, population, stage; of a clause determination and scope."""
        statement = statements(standing)[number]
        now = {"determination": statement.determination.value, "text": statement.text,
               **{name: getattr(statement, name, None) or "" for name in ("population", "stage", "scope")}}  # fmt: skip
        other = tuple((name, value) for name, value in sets.items() if now.get(name) != value)
        if other:
            saying = Saying("correct", self._subject(standing, statement, board), sets=other)
            self._push("corrected", standing, [saying])

    def set_criteria(self, standing: Standing, board: Board, number: int, text: str) -> None:
        """Sets the criteria of a use to an outline; what was read holds again where that says the same."""
        statement, sha256 = statements(standing)[number], standing.reading.document.sha256
        said = [each for each in self.corrections(standing, board, number) if CRITERIA in dict(each.sets)]
        read = self.as_read(standing, number)
        if outline.parse(text) == outline.parse(outline.text_of(read)):
            sayings = list(taking_back(said))
        else:
            sayings = [Saying("correct", self._session.amended.subject(sha256, statement, board.matrix.topic),
                              sets=((CRITERIA, text),))]  # fmt: skip
        now = self._now(standing, statement)
        if sayings and isinstance(now, Indication) and outline.parse(text) != outline.parse(outline.text_of(now)):
            self._push("criteria corrected", standing, sayings)

    def as_read(self, standing: Standing, number: int) -> Indication:
        """A use as it was read; one that a person added as that was."""
        statement, raw = statements(standing)[number], self._session.readings.get(standing.reading.file)
        stated = raw.facts.indications if raw else ()
        found = next((each for each in stated if each.id == id_of(statement)), None)
        assert isinstance(statement, Indication)
        return found or replace(statement, criteria=(), logic=None, n=None)

    def delete(self, standing: Standing, board: Board, number: int) -> None:
        """Says that a statement is none."""
        statement = statements(standing)[number]
        self._push("deleted", standing, [Saying("delete", self._subject(standing, statement, board))])

    def corrections(self, standing: Standing, board: Board, number: int) -> tuple[Review, ...]:
        """What holds of a statement and changed it or its row, also from an earlier session; the oldest first."""
        mark = mark_of(standing, self._session.marks, board.matrix.topic, number)
        return tuple(each for each in mark.reviews if each.action in EFFECTIVE)

    def restore(self, standing: Standing, board: Board, number: int) -> None:
        """Takes the last correction of a statement back."""
        if said := self.corrections(standing, board, number)[-1:]:
            self._push("correction taken back", standing, taking_back(said))

    def add(
        self, reading: Reading, anchor: Anchor, name: str, sets: Mapping[str, str], is_clause: bool = False
    ) -> None:
        """Makes words of a document an indication, or a clause on all other uses."""
        subject = CellSubject(reading.document.sha256, anchor, name)
        told = (*((key, value) for key, value in sets.items() if value), *((("as", CLAUSE),) if is_clause else ()))
        new: list[Where] = []  # known once it was said
        saying = Saying("add", subject, sets=told)
        self._do(ReviewStep(f"added: {_short(name)}", self._session, [saying], lambda: self.turned.emit(new[0])))
        if not self._session.why_read_only:
            new.append((reading.document.sha256, id_of_added(self._session.reviews[-1]), ""))
            self.made.emit(new[0])

    # ------------------------------------------------------------ rows

    def rename(self, standing: Standing, board: Board, label: str) -> None:
        """Names a cell's row; it keeps the name wherever the statement by which it is told stands."""
        if label and label != standing.row.label:
            subject = self._members(standing.row, board)[0][1]
            sayings = [Saying("correct", subject, sets=((ROW, label),))]
            self._do(self._step(f"row named: {_short(label)}", sayings, self._where(standing)))

    def split(self, standing: Standing, board: Board, number: int | None = None) -> None:
        """Gives a cell, or one statement of it, a row of its own."""
        chosen = self._moved(standing, board, number)
        sayings = [Saying("move", chosen[0][1], sets=((ROW, chosen[0][0].text),))]
        sayings += [Saying("move", each, sets=((ROW, chosen[0][0].text), *companion(chosen[0][1])))
                    for _, each in chosen[1:]]  # fmt: skip
        self._push("split off", standing, sayings, self._key(standing, chosen[0][0]))

    def move(self, standing: Standing, board: Board, row: Row, number: int | None = None) -> None:
        """Puts a cell, or one statement of it, into another row."""
        chosen = self._moved(standing, board, number)
        told = self._into(row, board)
        sayings = [Saying("move", subject, sets=told) for _, subject in chosen]
        sayings += self._left_named(standing, board, chosen)
        self._push("moved", standing, sayings, self._key(standing, chosen[0][0]))

    def _left_named(
        self, standing: Standing, board: Board, leaving: Sequence[tuple[Statement, CellSubject]]
    ) -> list[Saying]:
        """A name that was given to the row stays with the row when the statement that bears it leaves."""
        gone = [statement for statement, _ in leaving]
        named = [
            each for number, statement in enumerate(statements(standing)) if statement in gone
            for each in self.corrections(standing, board, number) if each.action == "correct" and ROW in dict(each.sets)
        ]  # fmt: skip
        keys = {self._key(standing, statement) for statement in gone}
        staying = [subject for key, subject in self._members(standing.row, board) if key not in keys]
        heir = [Saying("correct", staying[0], sets=((ROW, standing.row.label),))] if named and staying else []
        return [*taking_back(named), *heir]

    def merge(self, standing: Standing, into: Row, board: Board) -> None:
        """Puts all statements of a cell's row into another one."""
        told, row = self._into(into, board), standing.row
        sayings = [Saying("move", subject, sets=told) for _, subject in self._members(row, board)]
        self._do(self._step(f"row merged: {_short(row.label)}", sayings, self._where(standing)))

    def _moved(self, standing: Standing, board: Board, number: int | None) -> list[tuple[Statement, CellSubject]]:
        chosen = statements(standing) if number is None else (statements(standing)[number],)
        return [(each, self._subject(standing, each, board)) for each in chosen]

    def _into(self, row: Row, board: Board) -> Sets:
        """How a review tells of the row that is meant: its name and one of its statements."""
        return (ROW, row.label), *companion(self._members(row, board)[0][1])

    def _members(self, row: Row, board: Board) -> list[tuple[Key, CellSubject]]:
        """The statements of a row, those first that are called as it is."""
        found = []
        for cell in row.cells:
            reading = board.facts.readings[cell.file]
            stated = next(each for each in reading.facts.indications if each.id == cell.indication)
            sha256 = reading.document.sha256
            found.append((stated.text != row.label, (sha256, stated.id), self._session.amended.subject(sha256, stated)))
        return [(key, subject) for _, key, subject in sorted(found, key=lambda each: each[0])]

    # ------------------------------------------------------------ steps

    def _subject(self, standing: Standing, statement: Statement, board: Board) -> CellSubject:
        return self._session.amended.subject(standing.reading.document.sha256, statement, board.matrix.topic)

    def _now(self, standing: Standing, statement: Statement) -> Statement:
        """A statement as it was corrected, also before the matrix shows it so."""
        key = self._key(standing, statement)
        stated = (
            each for reading in self._session.amended.readings if reading.document.sha256 == key[0]
            for each in statements_of(reading.facts) if id_of(each) == key[1]
        )
        return next(stated, statement)

    def _key(self, standing: Standing, statement: Statement) -> Key:
        return standing.reading.document.sha256, id_of(statement)

    def _push(self, told: str, standing: Standing, sayings: Iterable[Saying], made: Key | None = None) -> None:
        where = (*made, "") if made else self._where(standing)
        self._do(self._step(f"{told}: {_short(standing.row.label)}", tuple(sayings), where))
        if made is not None:
            self.made.emit(where)

    def _where(self, standing: Standing) -> Where:
        """The very cell, in its column, also where its document says nothing."""
        behind = statements(standing)
        at = self._key(standing, behind[0]) if behind else (standing.reading.document.sha256, "")
        return *at, standing.row.id

    def _step(self, told: str, sayings: Sequence[Saying], where: Where) -> ReviewStep:
        return ReviewStep(told, self._session, sayings, lambda: self.turned.emit(where))

    def _do(self, step: ReviewStep) -> None:
        """Nothing, where nothing may be said."""
        if not self._session.why_read_only:
            self._session.undo_stack.push(step)


def _answer(standing: Standing) -> Answer:
    """What a document says of a row that it does not name; of several wider statements the one that marks speak of."""
    answer = standing.broader[-1] if standing.broader else standing.catch_all or standing.silent
    assert answer is not None
    return answer


def _short(text: str) -> str:
    shown = flat(text)
    return shown if len(shown) <= _LONGEST_NAME else f"{shown[:_LONGEST_NAME]} …"
