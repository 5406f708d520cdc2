"""What people said of the matrices that the window shows, up to date: faces of cells, lines of the criteria pane."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policyview.amend import ROW, id_of, statements_of
from policyview.export import vocabulary
from policyview.gui.board import flat
from policyview.gui.cell_marks import (
    CORRECTING,
    NOT_PUT_IN,
    Said,
    Statement,
    judged_marks,
    judged_words,
    keys_of,
    looks,
    mark_of,
    marked_faces,
    statements,
    when,
)
from policyview.gui.session import Session
from policyview.gui.standing import Standing
from policyview.marks import Mark
from policyview.model import Indication, Reading, State
from policyview.review import Review


@dataclass(frozen=True)
class Told:
    """What people said of a cell, a line each: of each of its ``statements``, and of the ``whole``."""

    statements: tuple[tuple[str, ...], ...] = ()
    whole: tuple[str, ...] = ()


NOTHING_TOLD = Told()


class CellRemarks:
    """Reads the session's marks; what was computed once serves until they, or the boards, are others."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of: tuple[object, ...] = ()
        self._said: dict[str, Said] = {}

    @property
    def said(self) -> Mapping[str, Said]:
        """The faces of cells of which something was said, of each topic."""
        session = self._session
        pending = session.pending
        of = session.boards, session.marks, pending, session.is_busy
        if self._of != of:
            self._of = of
            keys = keys_of(pending, session.readings.values(), session.amended)
            word = CORRECTING if session.is_busy else NOT_PUT_IN
            self._said = {
                board.matrix.topic: marked_faces(board, session.marks, keys, word) for board in session.boards
            }
        return self._said

    @property
    def looks(self) -> int:
        """How many cells want a look."""
        return sum(looks(board, self.said[board.matrix.topic]) for board in self._session.boards)

    def told(self, standing: Standing, topic: str) -> Told:
        """What was said of a cell."""
        marks, raw = self._session.marks, self._session.readings.get(standing.reading.file)
        stated = tuple(
            tuple(_lines(mark_of(standing, marks, topic, number), statement, raw))
            for number, statement in enumerate(statements(standing))
        )
        derived = standing.state is not State.STATED
        whole = tuple(_lines(judged_marks(standing, marks, topic)[0])) if derived else ()
        return Told(stated, whole)


def _lines(mark: Mark, statement: Statement | None = None, raw: Reading | None = None) -> Iterator[str]:
    if statement is not None and statement.origin != "extracted":
        made = [each for each in mark.reviews if each.action == ("add" if statement.origin == "added" else "correct")]
        was = _was(statement, raw)
        yield " · ".join(filter(None, (_by(vocabulary.word("origins", statement.origin), made), was)))
    moves = [each for each in mark.reviews if each.action == "move"]
    if moves:
        yield _by("put into this row by a reviewer", moves)
    named = [each for each in mark.reviews if each.action == "correct" and ROW in dict(each.sets)]
    if named:
        yield _by(f"row named “{flat(dict(named[-1].sets)[ROW])}” by a reviewer", named)
    if mark.judgement:
        yield judged_words(mark)
    if mark.look:
        yield f"Look at it again: {mark.look}"
    if mark.note:
        note = [each for each in mark.reviews if each.action == "note"]
        yield f"Note by {flat(note[-1].author)}, {when(note[-1].time)}: {flat(mark.note)}"


def _by(told: str, reviews: list[Review]) -> str:
    """What was done, by whom of the reviewers and when."""
    last = f" ({flat(reviews[-1].author)}, {when(reviews[-1].time)})" if reviews else ""
    return f"{told[:1].upper()}{told[1:]}{last}"


def _was(statement: Statement, raw: Reading | None) -> str:
    """What was read before a person corrected it."""
    stated = statements_of(raw.facts) if raw else ()
    before = next((each for each in stated if id_of(each) == id_of(statement)), None)
    if before is None:
        return ""
    changed = []
    if before.determination is not statement.determination:
        changed.append(vocabulary.determination_word(before.determination))
    changed += [
        f"{word} “{flat(str(getattr(before, name) or ''))}”"
        for name, word in (("text", ""), ("population", "population"), ("stage", "stage"), ("scope", "speaks of"))
        if getattr(before, name, None) != getattr(statement, name, None)
    ]
    if isinstance(before, Indication) and isinstance(statement, Indication) and before.criteria != statement.criteria:
        changed.append("other criteria")
    return f"was: {', '.join(each.strip() for each in changed)}" if changed else ""
