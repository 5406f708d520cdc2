"""Takes reviews of older versions over to the newer one, or says that they are over: each act one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policyview.amend import EFFECTIVE
from policyview.gui.audit_places import Scene
from policyview.gui.audit_waiting import Waiting, over, taken_over
from policyview.gui.review_steps import Reviews, ReviewStep, Saying
from policyview.review import Review


class _TakeOver(ReviewStep):
    """What changes facts is said before the rest, so that a confirmation is one of what is confirmed with it."""

    def __init__(self, told: str, reviews: Reviews, parts: Sequence[Callable[[], Sequence[Saying]]]) -> None:
        super().__init__(told, reviews, ())
        self._parts = parts

    def _first(self) -> list[Review]:
        return [review for part in self._parts for review in self._say(part())]


def taking_over(waiting: Sequence[Waiting], reviews: Reviews, scene: Callable[[], Scene]) -> ReviewStep:
    """The step that takes them over."""
    effective = [one for one in waiting if one.review.action in EFFECTIVE]
    others = [one for one in waiting if one.review.action not in EFFECTIVE]

    def sayings(some: Sequence[Waiting]) -> Callable[[], Sequence[Saying]]:
        return lambda: [said for one in some if (said := taken_over(one, scene())) is not None]

    many = "a review" if len(waiting) == 1 else f"{len(waiting)} reviews"
    return _TakeOver(f"take over {many}", reviews, [sayings(some) for some in (effective, others) if some])


def dropping(one: Waiting, reviews: Reviews) -> ReviewStep:
    """The step that says that a review is not carried over."""
    return ReviewStep("not carried over: a review", reviews, [over(one)])
