"""What people said of the cells of a matrix: confirmed, not relevant, noted, and what is to be looked at again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from policyview.amend import ROW, Amended, Key, companion, companion_in, find, id_of, statements_of
from policyview.model import (
    Anchor,
    Broader,
    CatchAll,
    CatchAllCell,
    Cell,
    Criterion,
    Indication,
    Matrix,
    Reading,
    Row,
    Silent,
    State,
)
from policyview.review import CellSubject, Review, standing

Judgement = Literal["", "confirmed", "not relevant"]
_JUDGEMENTS: Mapping[str, Judgement] = {"confirm": "confirmed", "dismiss": "not relevant"}
_STATE, _FACTS, _DETERMINATION = "state", "facts", "determination"
_READ_OTHERWISE = "it was confirmed when it was read otherwise"
_OTHER_STATE = "it was confirmed when this payer's words were taken otherwise"
_OTHER_PLACE = "its row is another now"
Answer: TypeAlias = Broader | CatchAllCell | Silent
"""What a document says of a row without a statement of its own."""


@dataclass(frozen=True)
class Mark:
    """What holds of a cell. ``by`` and ``time`` tell who judged it and when, ``look`` why that is to be looked at
    again. ``reviews`` are all that hold, the oldest first."""

    judgement: Judgement = ""
    by: str = ""
    time: str = ""
    note: str = ""
    look: str = ""
    reviews: tuple[Review, ...] = ()

    @property
    def is_reviewed(self) -> bool:
        """Whether nothing is left to be looked at."""
        return bool(self.judgement) and not self.look

    @property
    def latest(self) -> str | None:
        """The sum of the latest review."""
        return self.reviews[-1].sha256 if self.reviews else None


NOTHING = Mark()


@dataclass(frozen=True)
class Marks:
    """``statements`` by document and statement, ``answers`` by topic, row and document; ``lost`` are reviews of cells
    whose place is gone, each with the reason."""

    statements: Mapping[Key, Mark]
    answers: Mapping[tuple[str, str, str], Mark]
    lost: tuple[tuple[Review, str], ...] = ()

    def of_statement(self, sha256: str, statement: str) -> Mark:
        return self.statements.get((sha256, statement), NOTHING)

    def of_answer(self, topic: str, row: str, sha256: str) -> Mark:
        return self.answers.get((topic, row, sha256), NOTHING)


# --------------------------------------------------------------------------- what a review of a cell names


def is_of_answer(review: Review) -> bool:
    """Whether it speaks of what a document says of a row without naming it."""
    return _STATE in dict(review.sets)


def of_statement(statement: Indication | CatchAll, row: Row) -> tuple[tuple[str, str], ...]:
    """What a confirmation says it confirmed: the determination, the row, and the sum of all that was read."""
    return (_DETERMINATION, statement.determination.value), (ROW, row.label), (_FACTS, _sum_of(statement))


def of_answer(
    answer: Answer, row: Row, sha256: str, subjects: Amended, readings: Mapping[str, Reading]
) -> tuple[CellSubject, tuple[tuple[str, str], ...]]:
    """The subject of a review of what a document says of a row without naming it, and what is said: the state, and
    a statement by which the row is found again."""
    anchor = _anchor(answer, readings)
    state = _state(answer)
    told = [(_STATE, state.value), (ROW, row.label)]
    if not isinstance(answer, Silent):
        told.append((_DETERMINATION, answer.determination.value))
    member = _first(row, subjects, readings)
    return CellSubject(sha256, anchor, row.label), (*told, *companion(member))


def _first(row: Row, subjects: Amended, readings: Mapping[str, Reading]) -> CellSubject | None:
    """A statement of the row."""
    for cell in row.cells:
        reading = readings.get(cell.file)
        if reading is None:  # it could not be read again just now
            continue
        for indication in reading.facts.indications:
            if indication.id == cell.indication:
                return subjects.subject(reading.document.sha256, indication)
    return None


def _anchor(answer: Answer, readings: Mapping[str, Reading]) -> Anchor | None:
    if isinstance(answer, CatchAllCell):
        return answer.anchor
    if isinstance(answer, Broader):
        stated = readings[answer.file].facts.indications
        return next((each.anchor for each in stated if each.id == answer.indication), None)
    return None


def _state(answer: Answer) -> State:
    if isinstance(answer, Broader):
        return State.BROADER
    return State.CATCH_ALL if isinstance(answer, CatchAllCell) else State.SILENT


def _sum_of(statement: Indication | CatchAll) -> str:
    """The sum of what a person sees of a statement, its place aside."""
    if isinstance(statement, CatchAll):
        seen: object = (statement.determination.value, statement.scope, statement.exceptions)
    else:
        seen = (
            statement.determination.value, statement.stated, statement.population, statement.stage, statement.logic,
            statement.n, *map(_tree, (statement.criteria, statement.inherited)),
            *(tuple(each.text for each in part) for part in (statement.exceptions, statement.notes)),
            tuple((each.kind, each.text) for each in statement.limits),
        )  # fmt: skip
    return hashlib.sha256(repr(seen).encode("utf-8", "backslashreplace")).hexdigest()


def _tree(criteria: Iterable[Criterion]) -> tuple[object, ...]:
    return tuple((each.text, each.logic, each.n, _tree(each.children)) for each in criteria)


# --------------------------------------------------------------------------- what holds


def marks(matrices: Sequence[Matrix], amended: Amended, reviews: Sequence[Review]) -> Marks:
    """What holds of each cell, and what is to be looked at again because it is not what was confirmed."""
    readings = {reading.file: reading for reading in amended.readings}
    spoken_of = {sha256 for sha256, _ in amended.said}
    stated = {
        (reading.document.sha256, id_of(each)): each for reading in amended.readings
        if reading.document.sha256 in spoken_of for each in statements_of(reading.facts)
    }
    statements = {
        key: _looked_at(_mark(said), stated.get(key)) for key, said in amended.said.items() if key in stated
    }
    lost = [(review, "its words state nothing any more") for review in amended.lost]
    answers = _answers(matrices, readings, amended, reviews, lost)
    return Marks(statements, answers, tuple(lost))


def marked(matrices: Sequence[Matrix], amended: Amended, reviews: Sequence[Review]) -> tuple[Matrix, ...]:
    """The matrices with the latest review of each stated cell named in it."""
    if not reviews:
        return tuple(matrices)
    found = marks(matrices, amended, reviews)
    sums = {reading.file: reading.document.sha256 for reading in amended.readings}

    def told(cell: Cell) -> Cell:
        latest = found.of_statement(sums[cell.file], cell.indication).latest
        return replace(cell, review=latest) if latest != cell.review else cell

    return tuple(
        replace(matrix, rows=tuple(replace(row, cells=tuple(map(told, row.cells))) for row in matrix.rows))
        for matrix in matrices
    )


def _mark(reviews: Sequence[Review]) -> Mark:
    """Of two judgements or notes the later one."""
    mark = Mark(reviews=tuple(reviews))
    for review in reviews:
        if review.action in _JUDGEMENTS:
            mark = replace(mark, judgement=_JUDGEMENTS[review.action], by=review.author, time=review.time)
        elif review.action == "note":
            mark = replace(mark, note=review.text)
    return mark


def _judging(mark: Mark) -> Mapping[str, str]:
    """What the judgement that holds says it is on."""
    return next((dict(each.sets) for each in reversed(mark.reviews) if each.action in _JUDGEMENTS), {})


def _looked_at(mark: Mark, statement: Indication | CatchAll | None) -> Mark:
    wanted = _judging(mark).get(_FACTS)
    if statement is None or wanted in (None, _sum_of(statement)):
        return mark
    return replace(mark, look=_READ_OTHERWISE)


def _answers(
    matrices: Sequence[Matrix], readings: Mapping[str, Reading], amended: Amended, reviews: Sequence[Review],
    lost: list[tuple[Review, str]],
) -> dict[tuple[str, str, str], Mark]:
    said: dict[tuple[str, str, str], list[Review]] = {}
    on_answers = [
        (review, review.subject) for review in standing(reviews)
        if isinstance(review.subject, CellSubject) and _STATE in dict(review.sets)
    ]
    if not on_answers:
        return {}
    places = _Places(matrices, readings, amended, reviews)
    for review, subject in on_answers:
        if subject.sha256 not in places.sums:
            continue
        found = places.of(review, subject)
        if found is None:
            lost.append((review, _OTHER_PLACE))
        else:
            said.setdefault(found, []).append(review)
    return {place: places.looked_at(_mark(told), place) for place, told in said.items()}


class _Places:
    """Finds the row again that a review of a silence, a wider statement or a residual clause speaks of."""

    def __init__(
        self, matrices: Sequence[Matrix], readings: Mapping[str, Reading], amended: Amended, reviews: Sequence[Review]
    ) -> None:
        self._readings = readings
        self._amended = amended
        self.sums = frozenset(reading.document.sha256 for reading in readings.values())
        self._of_sum = {reading.document.sha256: reading for reading in readings.values()}
        self._rows: dict[Key, tuple[str, str]] = {}
        self._labels: dict[str, list[tuple[str, str]]] = {}
        self._answers: dict[tuple[str, str, str], Answer] = {}
        self._order = {review.sha256: number for number, review in enumerate(reviews)}
        moved = ((key, self._order[each.sha256]) for key, said in amended.said.items() for each in said
                 if each.action == "move" and each.sha256 in self._order)  # fmt: skip
        self._moved = dict(moved)  # when each statement was last put into another row
        for matrix in matrices:
            for row in matrix.rows:
                self._note(matrix, row)

    def _note(self, matrix: Matrix, row: Row) -> None:
        place = matrix.topic, row.id
        self._labels.setdefault(row.label, []).append(place)
        for cell in row.cells:
            if cell.file in self._readings:
                self._rows[self._readings[cell.file].document.sha256, cell.indication] = place
        answers: tuple[Answer, ...] = (*row.broader, *row.catch_all, *row.silent)
        for answer in answers:
            if answer.file in self._readings:
                self._answers[(*place, self._readings[answer.file].document.sha256)] = answer

    def of(self, review: Review, subject: CellSubject) -> tuple[str, str, str] | None:
        """Topic, row and document; None where the document now has words of its own there, or the row is gone."""
        member = companion_in(review.sets)
        row = self._row_of(member, review) if member else None
        if row is None:
            rows = self._labels.get(subject.text, [])
            row = rows[0] if len(rows) == 1 else None
        place = (*row, subject.sha256) if row else None
        return place if place in self._answers else None

    def _row_of(self, member: CellSubject, review: Review) -> tuple[str, str] | None:
        """The row of a statement; where a person put it elsewhere since, it no longer tells which row was meant."""
        key = self._key_of(member)
        if key is None or self._moved.get(key, -1) > self._order[review.sha256]:
            return None
        return self._rows.get(key)

    def _key_of(self, member: CellSubject) -> Key | None:
        reading = self._of_sum.get(member.sha256)
        found = find(member, reading) if reading else None
        return (member.sha256, id_of(found)) if found else next(
            (key for key, named in self._amended.subjects.items() if named.identity == member.identity), None
        )

    def looked_at(self, mark: Mark, place: tuple[str, str, str]) -> Mark:
        judged, answer = _judging(mark), self._answers[place]
        if not judged:
            return mark
        now = "" if isinstance(answer, Silent) else answer.determination.value
        if (judged.get(_STATE), judged.get(_DETERMINATION, "")) != (_state(answer).value, now):
            return replace(mark, look=_OTHER_STATE)
        return mark
