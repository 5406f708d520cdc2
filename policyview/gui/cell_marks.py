"""What people said of the cells of a board: judged, noted, corrected, to be looked at again, as signs and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from policyview.amend import Amended, Key, clause_at, find, id_of
from policyview.export import vocabulary
from policyview.gui.board import Board, Face, Remark, face, flat
from policyview.gui.standing import Standing
from policyview.marks import Mark, Marks
from policyview.model import CatchAll, Indication, Origin, Reading, Row, State
from policyview.review import CellSubject, Review

Place: TypeAlias = tuple[int, int]
"""A row and a column of a matrix."""
Statement: TypeAlias = Indication | CatchAll
_SIGNS: Mapping[str, str] = {
    "confirmed": "mark-confirmed", "not relevant": "mark-not-relevant", "corrected": "mark-corrected",
    "added": "mark-added", "again": "mark-again",
}  # fmt: skip
_AGAIN = "look at it again"
CORRECTING = "correcting …"
NOT_PUT_IN = "the correction is not put in yet"
Said: TypeAlias = Mapping[Place, Face]
"""The faces of the cells of which something was said."""
NOTHING_SAID: Said = MappingProxyType({})


def statements(standing: Standing) -> tuple[Statement, ...]:
    """The statements behind a cell: the payer's own, a wider one, or its residual clause."""
    if standing.state is State.CATCH_ALL:
        return (standing.clause,) if standing.clause else ()
    return standing.indications


def mark_of(standing: Standing, marks: Marks, topic: str, number: int | None = None) -> Mark:
    """What holds of one statement of a cell; without a number, of what its document says of a row it does not name."""
    sha256 = standing.reading.document.sha256
    if number is None:
        return marks.of_answer(topic, standing.row.id, sha256)
    return marks.of_statement(sha256, id_of(statements(standing)[number]))


def judged_marks(standing: Standing, marks: Marks, topic: str) -> tuple[Mark, ...]:
    """The marks by which a cell is judged: those of its statements, or the one of the whole where it is derived."""
    if standing.state is not State.STATED:
        return (mark_of(standing, marks, topic),)
    return tuple(mark_of(standing, marks, topic, number) for number in range(len(standing.indications)))


def remark_of(standing: Standing, marks: Marks, topic: str) -> Remark:
    """What holds of a cell."""
    own = judged_marks(standing, marks, topic)
    behind = tuple(mark_of(standing, marks, topic, number) for number in range(len(statements(standing))))
    notes = dict.fromkeys(flat(mark.note) for mark in (*own, *behind) if mark.note)
    origin, looks = _origin(standing), dict.fromkeys(mark.look for mark in own if mark.look)
    judgement = "again" if looks else own[0].judgement if len({mark.judgement for mark in own}) == 1 else ""
    signs = [_SIGNS.get(name, "") for name in (origin, judgement)]
    look = "" if all(mark.is_reviewed for mark in own) else f"{_AGAIN}: {'; '.join(looks)}" if looks else None
    told = (vocabulary.word("origins", origin).capitalize() if origin != "extracted" else "", *_judged(own),
            *(f"Note: {note}" for note in notes))  # fmt: skip
    return Remark((*filter(None, signs), *(("mark-note",) if notes else ())), "\n".join(filter(None, told)), look)


def _origin(standing: Standing) -> Origin:
    origins = {each.origin for each in (*statements(standing), *standing.cells)}
    return "added" if "added" in origins else "corrected" if "corrected" in origins else "extracted"


def _judged(own: Sequence[Mark]) -> Iterator[str]:
    judged = [each for each in own if each.judgement]
    if judged and len(judged) < len(own):
        yield f"{len(judged)} of {len(own)} statements judged"
    yield from dict.fromkeys(map(judged_words, judged))


def judged_words(mark: Mark) -> str:
    """Who judged it, and when."""
    return f"{mark.judgement.capitalize()} by {flat(mark.by)}, {when(mark.time)}" if mark.judgement else ""


def when(time: str) -> str:
    """A review's time, to the minute."""
    return f"{time[:16].replace('T', ' ')} UTC"


# --------------------------------------------------------------------------- of a whole board


def marked_faces(board: Board, marks: Marks, under_way: frozenset[Key] = frozenset(), told: str = "") -> Said:
    """The faces of all cells of a board of which something was said; ``told`` of statements that are ``under_way``."""
    topic, found = board.matrix.topic, dict[Place, Face]()
    for row, column in _places(board, marks, under_way):
        standing = board.standing(row, column)
        said, sha256 = remark_of(standing, marks, topic), standing.reading.document.sha256
        if any((sha256, id_of(each)) in under_way for each in statements(standing)):
            said = replace(said, detail=told)
        if said != Remark():
            found[row, column] = face(standing, said)
    return found


def _places(board: Board, marks: Marks, under_way: frozenset[Key]) -> Iterator[Place]:
    """The cells of which something may have been said."""
    keys = under_way | marks.statements.keys()
    answers = {(row, sha256) for topic, row, sha256 in marks.answers if topic == board.matrix.topic}
    if not (keys or answers):
        return
    columns = {column.file: (number, column.sha256) for number, column in enumerate(board.matrix.columns)}
    for number, row in enumerate(board.matrix.rows):
        spoken_of = set[int]()
        for _, file, statement in _stands_on(row):
            column, sha256 = columns[file]
            if (sha256, statement) in keys or (row.id, sha256) in answers:
                spoken_of.add(column)
        yield from ((number, column) for column in sorted(spoken_of))


def _stands_on(row: Row) -> Iterator[tuple[bool, str, str]]:
    """(whether it is derived, file, statement) of what each cell of a row stands on; no statement for silence."""
    yield from ((False, cell.file, cell.indication) for cell in row.cells)
    yield from ((True, wider.file, wider.indication) for wider in row.broader)
    yield from ((True, clause.file, clause_at(clause.anchor)) for clause in row.catch_all)
    yield from ((True, silence.file, "") for silence in row.silent)


def place_of(board: Board, sha256: str, statement: str) -> Place | None:
    """The first cell that stands on a statement, stated ones before derived ones; None where there is none."""
    columns = {column.file: (number, column.sha256) for number, column in enumerate(board.matrix.columns)}
    found = [
        (is_derived, number, columns[file][0]) for number, row in enumerate(board.matrix.rows)
        for is_derived, file, each in _stands_on(row) if (columns[file][1], each) == (sha256, statement)
    ]  # fmt: skip
    return min(found)[1:] if found else None


def looks(board: Board, said: Said) -> int:
    """How many cells of a board want a look once what was said of them counts."""
    return board.looks + sum(bool(face.look) - bool(board.faces[r][c].look) for (r, c), face in said.items())


def keys_of(reviews: Iterable[Review], readings: Iterable[Reading], amended: Amended) -> frozenset[Key]:
    """The statements that reviews speak of."""
    by_sum = {reading.document.sha256: reading for reading in readings}
    by_name = {subject.identity: key for key, subject in amended.subjects.items()}
    found = set[Key]()
    for review in reviews:
        subject = review.subject
        if not isinstance(subject, CellSubject):
            continue
        reading = by_sum.get(subject.sha256)
        stated = find(subject, reading) if reading else None
        if stated is not None:
            found.add((subject.sha256, id_of(stated)))
        elif subject.identity in by_name:
            found.add(by_name[subject.identity])
        elif review.action == "add":
            found.add((subject.sha256, f"added-{review.sha256[:12]}"))
    return frozenset(found)
