"""Where in the window what somebody said is to be seen: the cell, the change, the words in the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from policyview import anchor
from policyview.amend import Amended, Key, find, id_of, statements_of
from policyview.gui.board import Board
from policyview.gui.standing import Target, parts, section_of
from policyview.marks import Mark, Marks
from policyview.model import Anchor, CatchAll, Document, Indication, Overrides, Policy, Reading, State
from policyview.review import CellSubject, ChangeSubject, DocumentSubject, Review, Subject

Statement = Indication | CatchAll


@dataclass(frozen=True, eq=False)
class Spot:
    """A cell: its board, the number of its row and of its column there."""

    board: Board
    row: int
    column: int

    @property
    def file(self) -> str:
        return self.board.matrix.columns[self.column].file

    @property
    def label(self) -> str:
        return self.board.labels[self.row]

    @property
    def topic(self) -> str:
        return self.board.matrix.topic

    @property
    def row_id(self) -> str:
        return self.board.matrix.rows[self.row].id


@dataclass(frozen=True, eq=False)
class Goal:
    """Where a line leads. ``words`` are those that were spoken of, for where nothing is stated by them any more."""

    reading: Reading | None = None
    spot: Spot | None = None
    statement: Statement | None = None
    words: Anchor | None = None
    change: ChangeSubject | None = None

    def target(self) -> Target | None:
        """The place in the source; the document's beginning where no words are spoken of, None without a document."""
        if self.statement is not None and self.reading is not None:
            return statement_target(self.reading, self.statement)
        if self.words is not None and self.reading is not None:
            return Target(self.reading, parts(standing_at(self.words, self.reading.document)))
        if self.spot is not None:
            return self.spot.board.standing(self.spot.row, self.spot.column).target()
        return Target(self.reading) if self.reading is not None else None


def statement_target(reading: Reading, statement: Statement) -> Target:
    """Where a statement stands."""
    if isinstance(statement, CatchAll):
        return Target(reading, (), parts(statement.anchor))
    return Target(reading, parts(statement.anchor), parts(statement.basis), section_of(statement))


def standing_at(words: Anchor, document: Document) -> Anchor | None:
    """Where the words of a review stand; None where that cannot be told."""
    if document.text[words.start:words.end] == words.quote:
        return anchor.anchor_at(document, words.start, words.end)
    return anchor.find(document, words.quote, words.prefix, words.suffix, sense=lambda text: text)


@dataclass(frozen=True, eq=False)
class Scene:
    """What is open and what was said of it, at one moment. ``readings`` are as read."""

    reviews: tuple[Review, ...] = ()
    readings: tuple[Reading, ...] = ()
    boards: tuple[Board, ...] = ()
    amended: Amended = field(default_factory=Amended)
    marks: Marks = field(default_factory=lambda: Marks({}, {}))
    overrides: Overrides = field(default_factory=Overrides)

    @cached_property
    def of_sum(self) -> Mapping[str, Reading]:
        """The documents as read, by sum."""
        return {reading.document.sha256: reading for reading in reversed(self.readings)}

    @cached_property
    def corrected(self) -> Mapping[str, Reading]:
        """The documents as corrected, by file."""
        return {reading.file: reading for reading in self.amended.readings}

    @cached_property
    def called_anew(self) -> frozenset[str]:
        """The sums of documents of which a person corrected what policy they are."""
        return frozenset(each.document.sha256 for each in self.amended.readings if each.facts.policy.corrected)


class Places:
    """Finds of each review the statement, the document and the cell."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._keys = {review.sha256: key for key, said in scene.amended.said.items() for review in said}
        self._found: dict[tuple[str, ...], Key | None] = {}
        self._answers = {review.sha256: place for place, mark in scene.marks.answers.items() for review in mark.reviews}
        self._spots: dict[Key, Spot] = {}
        self._rows: dict[tuple[str, str], tuple[Board, int]] = {}
        self._columns: dict[tuple[str, str], int] = {}  # by topic and document
        self._statements: dict[Key, Statement] = {}

    def prepare(self) -> Iterator[None]:
        """Looks at every cell once; to be driven to its end before anything is asked."""
        for reading in self._scene.amended.readings:
            sha256 = reading.document.sha256
            self._statements.update({(sha256, id_of(each)): each for each in statements_of(reading.facts)})
            yield None
        for board in self._scene.boards:
            columns = {column.file: (number, column.sha256) for number, column in enumerate(board.matrix.columns)}
            topic = board.matrix.topic
            self._columns.update({(topic, sha256): number for number, sha256 in reversed([*columns.values()])})
            for number in range(len(board.matrix.rows)):
                self._note(board, number, columns)
                yield None

    def _note(self, board: Board, number: int, columns: Mapping[str, tuple[int, str]]) -> None:
        row = board.matrix.rows[number]
        self._rows[board.matrix.topic, row.id] = board, number
        for cell in row.cells:
            column, sha256 = columns[cell.file]
            self._spots[sha256, cell.indication] = Spot(board, number, column)
        for clause in row.catch_all:
            column, sha256 = columns[clause.file]
            self._spots.setdefault((sha256, f"catch-all {clause.anchor.start}"), Spot(board, number, column))

    def goal(self, review: Review) -> Goal:
        """Where a review leads."""
        subject = review.subject
        if isinstance(subject, ChangeSubject):
            place = subject.after or subject.before
            return Goal(self._scene.of_sum.get(subject.new if subject.after else subject.old), words=place,
                        change=subject)  # fmt: skip
        reading = self._scene.of_sum.get(subject.sha256)
        if reading is None or isinstance(subject, DocumentSubject):
            return Goal(reading)
        if review.sha256 in self._answers:
            return Goal(reading, self.answer(*self._answers[review.sha256]))
        return self.goal_of_subject(subject, self._keys.get(review.sha256))

    def goal_of_subject(self, subject: Subject, key: Key | None = None) -> Goal:
        """Where the statement that a review names is to be seen."""
        if not isinstance(subject, CellSubject):
            return Goal(self._scene.of_sum.get(subject.sha256) if isinstance(subject, DocumentSubject) else None)
        reading = self._scene.of_sum.get(subject.sha256)
        if reading is None:
            return Goal()
        key = key or self.key(subject)
        return Goal(reading, self._spots.get(key) if key else None,
                    self._statements.get(key) if key else None, subject.anchor)  # fmt: skip

    def answer(self, topic: str, row: str, sha256: str) -> Spot | None:
        """The cell of a document that does not name the use of a row."""
        place, column = self._rows.get((topic, row)), self._columns.get((topic, sha256))
        return Spot(*place, column) if place is not None and column is not None else None

    def key(self, subject: CellSubject) -> Key | None:
        """The statement that a review names."""
        if subject.identity not in self._found:
            self._found[subject.identity] = self._key(subject)
        return self._found[subject.identity]

    def _key(self, subject: CellSubject) -> Key | None:
        reading = self._scene.of_sum.get(subject.sha256)
        found = find(subject, reading) if reading else None
        if found is not None:
            return subject.sha256, id_of(found)
        named = self._scene.amended.subjects.items()
        return next((key for key, other in named if other.identity == subject.identity), None)

    def spot(self, key: Key) -> Spot | None:
        """The cell of a statement."""
        return self._spots.get(key)

    def read(self, review: Review) -> Statement | Policy | None:
        """What was read of a review's subject, before anything was said of it."""
        subject = review.subject
        if isinstance(subject, ChangeSubject):
            return None
        reading = self._scene.of_sum.get(subject.sha256)
        if reading is None:
            return None
        return reading.facts.policy if isinstance(subject, DocumentSubject) else find(subject, reading)


def cell_marks(spot: Spot, marks: Marks) -> tuple[Mark, ...]:
    """What holds of a cell: a mark for each of its statements, one for what is said of the row otherwise."""
    board, column = spot.board, spot.board.matrix.columns[spot.column]
    row = board.matrix.rows[spot.row]
    if board.faces[spot.row][spot.column].state is State.STATED:
        return tuple(marks.of_statement(column.sha256, cell.indication) for cell in row.cells
                     if cell.file == column.file)  # fmt: skip
    return (marks.of_answer(board.matrix.topic, row.id, column.sha256),)
