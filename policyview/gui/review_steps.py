"""What a person says, act by act so that each can be undone: one step says one thing or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QUndoCommand

from policyview.review import Review, ReviewAction, Subject


class Reviews(Protocol):
    """Where reviews are said and kept; see ``Session``."""

    reviewed: SignalInstance

    @property
    def reviews(self) -> tuple[Review, ...]:
        """All that was said, in its order."""

    @property
    def why_read_only(self) -> str:
        """Why nothing can be said, as a sentence; empty where it can."""

    def review(
        self, action: ReviewAction, subject: Subject, text: str = "", sets: tuple[tuple[str, str], ...] = (),
        withdraws: str = "",
    ) -> Review:  # fmt: skip
        """Says something more."""

    def together(self) -> AbstractContextManager[None]:
        """Within this, ``reviewed`` follows once, after all that was said."""


@dataclass(frozen=True)
class Saying:
    """A review that is to be said."""

    action: ReviewAction
    subject: Subject
    text: str = ""
    sets: tuple[tuple[str, str], ...] = ()
    withdraws: str = ""


def taking_back(reviews: Iterable[Review]) -> tuple[Saying, ...]:
    """What withdraws these."""
    return tuple(Saying("withdraw", each.subject, withdraws=each.sha256) for each in reviews)


class ReviewStep(QUndoCommand):
    """Something said. Undo withdraws it, redo withdraws that: nothing that was said is ever removed.

    ``turn`` is called when it was undone or redone, so that this can be seen.
    """

    def __init__(
        self, told: str, reviews: Reviews, sayings: Sequence[Saying], turn: Callable[[], None] | None = None
    ) -> None:
        super().__init__(told)
        self._reviews, self._sayings, self._turn = reviews, sayings, turn
        self._made: list[Review] = []

    def redo(self) -> None:
        if self._made:
            self._withdraw()
        else:
            self._made = self._first()

    def _first(self) -> list[Review]:
        return self._say(self._sayings)

    def undo(self) -> None:
        self._withdraw()

    def _withdraw(self) -> None:
        self._made = self._say(taking_back(reversed(self._made)))
        if self._turn is not None:
            self._turn()

    def _say(self, sayings: Iterable[Saying]) -> list[Review]:
        with self._reviews.together():
            return [self._reviews.review(each.action, each.subject, each.text, each.sets, each.withdraws)
                    for each in sayings]  # fmt: skip
