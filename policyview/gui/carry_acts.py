"""Takes reviews of older versions over to the newer one, or says that they are over: each act one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from policyview.amend import EFFECTIVE
from policyview.gui.audit_places import Scene
from policyview.gui.audit_waiting import Saying, Waiting, over, taken_over
from policyview.review import Review, ReviewAction, Subject


class Reviews(Protocol):
    """Where reviews are said; see ``Session``."""

    def review(
        self, action: ReviewAction, subject: Subject, text: str = "", sets: tuple[tuple[str, str], ...] = (),
        withdraws: str = "",
    ) -> Review:  # fmt: skip
        """Says something more."""

    def together(self) -> AbstractContextManager[None]:
        """Tells once of all that is said within."""


class CarryStep(QUndoCommand):
    """Undo withdraws what was said, redo withdraws that: nothing is ever removed.

    What changes facts is said before the rest, so that a confirmation is one of what is confirmed with it.
    """

    def __init__(self, told: str, reviews: Reviews, parts: Sequence[Callable[[], Sequence[Saying]]]) -> None:
        super().__init__(told)
        self._reviews, self._parts = reviews, parts
        self._made: list[Review] = []

    def redo(self) -> None:
        if self._made:
            self.undo()
            return
        for part in self._parts:
            sayings = part()
            with self._reviews.together():
                self._made += [self._reviews.review(each.action, each.subject, each.text, each.sets)
                               for each in sayings]  # fmt: skip

    def undo(self) -> None:
        with self._reviews.together():
            self._made = [self._reviews.review("withdraw", each.subject, withdraws=each.sha256)
                          for each in reversed(self._made)]  # fmt: skip


def taking_over(waiting: Sequence[Waiting], reviews: Reviews, scene: Callable[[], Scene]) -> CarryStep:
    """The step that takes them over."""
    effective = [one for one in waiting if one.review.action in EFFECTIVE]
    others = [one for one in waiting if one.review.action not in EFFECTIVE]

    def sayings(some: Sequence[Waiting]) -> Callable[[], Sequence[Saying]]:
        return lambda: [said for one in some if (said := taken_over(one, scene())) is not None]

    many = "a review" if len(waiting) == 1 else f"{len(waiting)} reviews"
    return CarryStep(f"take over {many}", reviews, [sayings(some) for some in (effective, others) if some])


def dropping(one: Waiting, reviews: Reviews) -> CarryStep:
    """The step that says that a review is not carried over."""
    return CarryStep("not carried over: a review", reviews, [lambda: [over(one)]])
