"""What people said of the cells of a board: judged, noted, corrected, to be looked at again, as signs and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from policyview.amend import Amended, Key, find, id_of, id_of_added
from policyview.export import vocabulary
from policyview.gui.board import Board, Face, Place, Remark, face, flat
from policyview.gui.standing import Standing
from policyview.marks import Mark, Marks
from policyview.model import CatchAll, Indication, Origin, Reading, State
from policyview.review import CellSubject, Review

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


def _places(board: Board, marks: Marks, under_way: frozenset[Key]) -> list[Place]:
    """The cells of which something was said."""
    found = {place for key in (*marks.statements, *under_way) for place in board.places.get(key, ())}
    answers = [(row, sha256) for topic, row, sha256 in marks.answers if topic == board.matrix.topic]
    if answers:
        rows = {row.id: number for number, row in enumerate(board.matrix.rows)}
        columns = [column.sha256 for column in board.matrix.columns]
        found |= {(rows[row], number) for row, sha256 in answers if row in rows
                  for number, column in enumerate(columns) if column == sha256}  # fmt: skip
    return sorted(found)


def place_of(board: Board, sha256: str, statement: str, wanted: str = "") -> Place | None:
    """The cell that stands on a statement: that in the ``wanted`` row, else the first one that states it, else the
    first one that is derived from it. An empty statement is a silence, which is only that of its row."""
    places = board.places.get((sha256, statement), ())
    there = [place for place in places if board.matrix.rows[place[0]].id == wanted]
    return next(iter(there or (places if statement else ())), None)


def looks(board: Board, said: Said) -> int:
    """How many cells of a board want a look once what was said of them counts."""
    shown = board.in_force
    return board.looks + sum(bool(face.look) - bool(board.faces[r][c].look) for (r, c), face in said.items()
                             if c in shown)  # fmt: skip


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
            found.add((subject.sha256, id_of_added(review)))
    return frozenset(found)
