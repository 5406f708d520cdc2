"""What people said, each review in a few words: what was done, what stood there before, and whether it still holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policyview.amend import CLAUSE, POLICY_FIELDS, ROW, companion_in
from policyview.carry import CARRIED, is_over
from policyview.export import vocabulary
from policyview.model import CatchAll, Determination, Indication, Policy, State
from policyview.review import Review

Read = Callable[[Review], Indication | CatchAll | Policy | None]
"""What was read of a review's subject, before anything was said of it; None where that is not known."""

_FIELDS: Mapping[str, str] = {"text": "use", "population": "population", "stage": "stage", "scope": "scope",
                              **{name: name for name in POLICY_FIELDS}}  # fmt: skip
_ARROW = "→"


@dataclass(frozen=True)
class Said:
    """A review in words. ``taken_back`` is the review that took it back, None while it holds."""

    review: Review
    what: str
    taken_back: Review | None = None

    @property
    def holds(self) -> bool:
        """Whether it stands; a withdrawal is only the taking back of another."""
        return self.taken_back is None and self.review.action != "withdraw"

    @property
    def state(self) -> str:
        """That it was taken back, by whom and when; empty while it holds."""
        back = self.taken_back
        return f"taken back by {back.author} at {local_time(back.time)}" if back else ""


def told(reviews: Sequence[Review], read: Read) -> Iterator[Said]:
    """Every review in words, in the order in which they were said."""
    course = Course(read)
    for review in reviews:
        course.take(review)
    yield from map(course.said, reviews)


class Course:
    """Follows what holds, review by review; once all were taken, each can be told."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._of_sum: dict[str, Review] = {}
        self._corrected: dict[tuple[object, ...], list[Review]] = {}
        self._words: dict[str, str] = {}
        self._gone: dict[str, Review] = {}  # what is taken back, by which review

    def take(self, review: Review) -> None:
        """Tells of a review by what held before it."""
        self._of_sum[review.sha256] = review
        if review.action == "withdraw":
            self._words[review.sha256] = self._withdrawn(review)
            self._take_back(review)
            return
        self._words[review.sha256] = self._what(review)
        if review.action == "correct":
            self._corrected.setdefault(review.subject.identity, []).append(review)

    def said(self, review: Review) -> Said:
        """A review in words, and whether it holds after all that was taken."""
        return Said(review, self._words[review.sha256], self._gone.get(review.sha256))

    def _take_back(self, by: Review) -> None:
        """A withdrawal that is taken back itself puts back what it had taken back, and so on."""
        review: Review | None = by
        is_back = False
        while review is not None and review.action == "withdraw":
            if is_back:
                self._gone.pop(review.withdraws, None)
            else:
                self._gone[review.withdraws] = review
            review, is_back = self._of_sum.get(review.withdraws), not is_back

    def _withdrawn(self, review: Review) -> str:
        target, is_back = self._of_sum.get(review.withdraws), False
        while target is not None and target.action == "withdraw":
            target, is_back = self._of_sum.get(target.withdraws), not is_back
        words = self._words[target.sha256] if target else "what is not known"
        return f"{'put back' if is_back else 'taken back'}: {words}"

    def _what(self, review: Review) -> str:
        sets = dict(review.sets)
        carried = " (carried over)" if CARRIED in sets else ""
        if is_over(review):
            return f"{vocabulary.word('review_actions', 'over')}: {self._words.get(sets[CARRIED], 'what is not known')}"
        if review.action == "correct":
            return "; ".join(self._corrections(review, sets)) + carried or "corrected"
        return _plain(review, sets) + carried

    def _corrections(self, review: Review, sets: Mapping[str, str]) -> Iterator[str]:
        for name, value in sets.items():
            if name == ROW:
                yield f"row called “{value}”"
            elif name == "determination":
                yield _change("corrected", _determination(self._before(review, name)), _determination(value))
            elif name in _FIELDS:
                yield _change(f"{_FIELDS[name]} corrected", self._before(review, name), value)

    def _before(self, review: Review, name: str) -> str:
        for earlier in reversed(self._corrected.get(review.subject.identity, ())):
            if earlier.sha256 not in self._gone and name in dict(earlier.sets):
                return dict(earlier.sets)[name]
        return str(getattr(self._read(review), name, "") or "")


def _plain(review: Review, sets: Mapping[str, str]) -> str:
    if review.action == "confirm":
        return ": ".join(filter(None, ("confirmed", _position(sets))))
    if review.action == "dismiss":
        return "not relevant"
    if review.action == "add":
        clause = " as catch-all" if sets.get("as") == CLAUSE else ""
        return ": ".join(filter(None, (f"added{clause}", _determination(sets.get("determination", "")))))
    if review.action == "move":
        is_split = companion_in(review.sets) is None
        return "split off into a row of its own" if is_split else f"moved to row “{sets.get(ROW, '')}”"
    return {"note": "note", "delete": "deleted"}.get(review.action, review.action)


def _position(sets: Mapping[str, str]) -> str:
    """What was confirmed."""
    said, state = _determination(sets.get("determination", "")), sets.get("state", "")
    try:
        word = vocabulary.state_word(State(state)) if state else ""
    except ValueError:  # of a newer program
        word = state
    return f"{said} ({word})" if said and word else said or word


def _change(what: str, before: str, after: str) -> str:
    return f"{what}: {before or 'nothing'} {_ARROW} {after or 'nothing'}"


def _determination(value: str) -> str:
    try:
        return vocabulary.determination_word(Determination(value)) if value else ""
    except ValueError:  # of a newer program
        return value


def local_time(time: str) -> str:
    """The time of a review as a clock here shows it; as it was written where it is no time."""
    moment = _moment(time)
    return moment.strftime("%Y-%m-%d %H:%M") if moment else time


def exact_time(time: str) -> str:
    """The same to the second with its zone (ISO 8601), as it was written where it is no time."""
    moment = _moment(time)
    return moment.isoformat(timespec="seconds") if moment else time


def _moment(time: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(time)
        return (moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).astimezone()
    except (ValueError, OverflowError):
        return None
