"""What holds of the changes between two versions, as reviews say it: confirmed, not relevant, a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from policyview.gui.review_steps import Reviews, ReviewStep, Saying, taking_back
from policyview.marks import Judgement
from policyview.review import ChangeSubject, Review, ReviewAction, standing

Identity = tuple[str, ...]
_JUDGEMENTS: dict[ReviewAction, Judgement] = {"confirm": "confirmed", "dismiss": "not relevant"}
_ACTIONS: dict[Judgement, ReviewAction] = {judgement: action for action, judgement in _JUDGEMENTS.items()}


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
        said = (Saying(action, subject, text),) if action else taking_back(
            each for each in standing(self._reviews.reviews)
            if each.action in instead and each.subject.identity == subject.identity
        )  # fmt: skip
        if not self._reviews.why_read_only:
            self._undo_stack.push(ReviewStep(f"{told}: a change", self._reviews, said))

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
