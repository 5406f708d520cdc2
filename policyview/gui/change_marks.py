"""What holds of the changes between two versions, as reviews say it: confirmed, not relevant, a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QUndoCommand, QUndoStack

from policyview.review import ChangeSubject, Review, ReviewAction, Subject, standing

Judgement = Literal["", "confirmed", "not relevant"]
Identity = tuple[str, ...]
_JUDGEMENTS: dict[ReviewAction, Judgement] = {"confirm": "confirmed", "dismiss": "not relevant"}
_ACTIONS: dict[Judgement, ReviewAction] = {judgement: action for action, judgement in _JUDGEMENTS.items()}


class Reviews(Protocol):
    """Where reviews are said and kept; see ``Session``."""

    reviewed: SignalInstance

    @property
    def reviews(self) -> tuple[Review, ...]:
        """All that was said, in its order."""

    @property
    def why_read_only(self) -> str:
        """Why nothing more can be said; empty where it can."""

    def review(
        self, action: ReviewAction, subject: Subject, text: str = "", sets: tuple[tuple[str, str], ...] = (),
        withdraws: str = "",
    ) -> Review:  # fmt: skip
        """Says something more."""


@dataclass(frozen=True)
class Mark:
    """What holds of a change; nothing yet where it is neither judged nor noted."""

    judgement: Judgement = ""
    note: str = ""

    @property
    def is_reviewed(self) -> bool:
        return bool(self.judgement)


class ChangeMarks(QObject):
    """The marks of all changes, each step undoable.

    ``changed`` carries the identity of the change whose mark is another now, None where it is more than one.
    """

    changed = Signal(object)

    def __init__(self, reviews: Reviews, undo_stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reviews, self._undo_stack = reviews, undo_stack
        self._marks = _marks(reviews.reviews)
        reviews.reviewed.connect(self._on_reviewed)

    @property
    def why_read_only(self) -> str:
        """Why nothing can be said of any change; empty where it can."""
        return self._reviews.why_read_only

    def mark(self, subject: ChangeSubject | None) -> Mark:
        """What holds of a change."""
        return self._marks.get(subject.identity, Mark()) if subject else Mark()

    def judge(self, subject: ChangeSubject, judgement: Judgement) -> None:
        """Says it of a change; an empty judgement takes back what was said."""
        if judgement != self.mark(subject).judgement:
            self._say(subject, judgement or "not reviewed", _ACTIONS.get(judgement), tuple(_JUDGEMENTS))

    def note(self, subject: ChangeSubject, text: str) -> None:
        """Notes it; an empty text takes the note back."""
        if text != self.mark(subject).note:
            self._say(subject, "note", "note" if text else None, ("note",), text)

    def _say(
        self, subject: ChangeSubject, told: str, action: ReviewAction | None, instead: Sequence[ReviewAction],
        text: str = "",
    ) -> None:  # fmt: skip
        """One step: a review, or the withdrawal of those that hold and that it would stand in place of."""
        said: list[tuple[ReviewAction, str]] = [(action, "")] if action else [
            ("withdraw", each.sha256) for each in standing(self._reviews.reviews)
            if each.action in instead and each.subject.identity == subject.identity
        ]  # fmt: skip
        self._undo_stack.push(_Step(f"{told}: a change", self._reviews, subject, said, text))

    def _on_reviewed(self) -> None:
        before, self._marks = self._marks, _marks(self._reviews.reviews)
        other = [each for each in {**before, **self._marks} if before.get(each) != self._marks.get(each)]
        if other:
            self.changed.emit(other[0] if len(other) == 1 else None)


def _marks(reviews: Sequence[Review]) -> dict[Identity, Mark]:
    """What holds of each change: of two judgements or notes the later one."""
    marks: dict[Identity, Mark] = {}
    for each in standing(reviews):
        if isinstance(each.subject, ChangeSubject):
            was = marks.get(each.subject.identity, Mark())
            if each.action in _JUDGEMENTS:
                marks[each.subject.identity] = Mark(_JUDGEMENTS[each.action], was.note)
            elif each.action == "note":
                marks[each.subject.identity] = Mark(was.judgement, each.text)
    return marks


class _Step(QUndoCommand):
    """Something said of a change. Undo withdraws it, redo withdraws that: nothing that was said is ever removed."""

    def __init__(
        self, told: str, reviews: Reviews, subject: ChangeSubject, said: Sequence[tuple[ReviewAction, str]], text: str
    ) -> None:
        super().__init__(told)
        self._reviews, self._subject = reviews, subject
        self._said, self._text = said, text
        self._made: list[Review] = []

    def redo(self) -> None:
        if self._made:
            self._withdraw()
        else:
            self._made = [self._reviews.review(action, self._subject, self._text, withdraws=sum_)
                          for action, sum_ in self._said]  # fmt: skip

    def undo(self) -> None:
        self._withdraw()

    def _withdraw(self) -> None:
        self._made = [self._reviews.review("withdraw", self._subject, withdraws=each.sha256)
                      for each in reversed(self._made)]  # fmt: skip
