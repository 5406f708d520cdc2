"""What a person says of a document as a whole, and of the topic it stands in, in the words of reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from policyview import about
from policyview.amend import BESIDE, TOPIC
from policyview.export import acts
from policyview.export.acts import CALLED
from policyview.gui.board import Board, flat
from policyview.gui.citation import source_name
from policyview.gui.review_steps import ReviewStep, Saying, taking_back
from policyview.gui.session import Session
from policyview.model import Reading
from policyview.review import DocumentSubject, Review, standing

_LONGEST_NAME = 60  # characters of what an act is called in the Edit menu


class DocumentActs(QObject):
    """``touched`` follows whatever was said of a document, or taken back; ``shown`` carries the file of one whose place
    is another now, or of which something was undone or redone, so that it can be seen."""

    touched = Signal()
    shown = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def said(self, sha256: str, name: str) -> tuple[Review, ...]:
        """What holds of a document's field, the oldest first."""
        return tuple(
            review for review in standing(self._session.reviews)
            if review.subject == DocumentSubject(sha256) and review.action == "correct" and name in dict(review.sets)
        )

    def value(self, reading: Reading, name: str) -> str:
        """A field as it holds now."""
        now = self._session.corrected.get(reading.file, reading)
        named = self._session.versioning.unsigned.effective_date(reading.document.sha256)
        return named if name == "effective" and named else about.value_of(now.facts.policy, name)

    def set(self, reading: Reading, sets: Mapping[str, str]) -> None:
        """Says what a document's fields are, each to be taken back by itself; what was read again is what holds where
        a field is set to that."""
        sha256, raw = reading.document.sha256, self._session.readings[reading.file].facts.policy
        changed = {name: value for name, value in sets.items() if self.value(reading, name) != value}
        if not changed or self._session.why_read_only:
            return
        sayings: list[Saying] = []
        for name, value in changed.items():
            before = self.said(sha256, name)
            is_read = about.value_of(raw, name) == value
            sayings += _without(before, name) if is_read else []
            sayings += [] if is_read else [Saying("correct", DocumentSubject(sha256), sets=((name, value),))]
        fields = ", ".join(_lower(acts.field_word(name)) for name in changed)
        stack, versioning = self._session.undo_stack, self._session.versioning
        told = f"corrected: {fields} of {_short(source_name(reading))}"
        stack.beginMacro(told)
        if "effective" in changed:  # what an earlier version of the program kept beside the reviews
            versioning.say(versioning.unsigned.dating(sha256, None), told)
        stack.push(self._step(told, sayings, reading.file))
        stack.endMacro()
        self.touched.emit()

    # ------------------------------------------------------------ versions

    def join(self, reading: Reading, others: Iterable[Reading], is_same: bool) -> None:
        """Says that a document is a version of the same policy as others, or of another one."""
        name, subject = about.SAME if is_same else about.APART, DocumentSubject(reading.document.sha256)
        sayings = [
            Saying("correct", subject, sets=((name, other.document.sha256), (CALLED, source_name(other))))
            for other in others if other.document.sha256 != subject.sha256
        ]
        told = f"{_short(source_name(reading))} as {'a version' if is_same else 'another policy'}"
        if sayings and not self._session.why_read_only:
            self._session.undo_stack.push(self._step(told, sayings, reading.file))
            self.touched.emit()

    # ------------------------------------------------------------ topics

    def shelve(self, reading: Reading, board: Board | None) -> None:
        """Puts a document, and with it the other versions of its policy, into a topic; None for one of its own."""
        where = f"to the topic {_short(board.matrix.topic)}" if board else "to a topic of its own"
        subject = DocumentSubject(reading.document.sha256)
        self._do(f"{_short(source_name(reading))} moved {where}", [Saying("move", subject, sets=_into(board))],
                 reading.file)  # fmt: skip

    def merge(self, board: Board, into: Board) -> None:
        """Puts all documents of a topic into another one."""
        sayings = [Saying("move", DocumentSubject(sha256), sets=_into(into)) for sha256 in _sums(board)]
        told = f"topic {_short(board.matrix.topic)} merged into {_short(into.matrix.topic)}"
        self._do(told, sayings, board.matrix.columns[0].file)

    def name(self, board: Board, name: str) -> None:
        """Says what a topic is called."""
        name = " ".join(name.split())
        if name and name != board.matrix.topic:
            subject = DocumentSubject(board.matrix.columns[0].sha256)
            self._do(f"topic named {_short(name)}", [Saying("correct", subject, sets=((TOPIC, name),))],
                     board.matrix.columns[0].file)  # fmt: skip

    # ------------------------------------------------------------ steps

    def _do(self, told: str, sayings: Sequence[Saying], file: str) -> None:
        if not self._session.why_read_only:
            self._session.undo_stack.push(self._step(told, sayings, file))
            self._turn(file)

    def _step(self, told: str, sayings: Sequence[Saying], file: str) -> ReviewStep:
        return ReviewStep(told, self._session, sayings, lambda: self._turn(file))

    def _turn(self, file: str) -> None:
        self.touched.emit()
        self.shown.emit(file)


def _without(reviews: Iterable[Review], name: str) -> Iterator[Saying]:
    """Takes a field back, and says again what was said of others in the same breath."""
    for review in reviews:
        yield from taking_back([review])
        if others := tuple(pair for pair in review.sets if pair[0] != name):
            yield Saying("correct", review.subject, review.text, others)


def _into(board: Board | None) -> tuple[tuple[str, str], ...]:
    """How a review tells of the topic that is meant: its name and one of its documents."""
    if board is None:
        return ((TOPIC, ""),)
    return (TOPIC, board.matrix.topic), (BESIDE, board.matrix.columns[0].sha256)


def _sums(board: Board) -> tuple[str, ...]:
    return tuple(dict.fromkeys(column.sha256 for column in board.matrix.columns))


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _short(text: str) -> str:
    shown = flat(text)
    return f"“{shown}”" if len(shown) <= _LONGEST_NAME else f"“{shown[:_LONGEST_NAME]} …”"
