"""What people said, each review in a few words: what was done, what stood there before, and whether it still holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policyview import about, outline
from policyview.amend import CRITERIA, ROW, TOPIC
from policyview.carry import CARRIED, is_over
from policyview.export import acts, vocabulary
from policyview.model import CatchAll, Indication, Policy
from policyview.review import Review

Read = Callable[[Review], Indication | CatchAll | Policy | None]
"""What was read of a review's subject, before anything was said of it; None where that is not known."""

_ARROW = "→"
_CALLED = frozenset((ROW, TOPIC, about.SAME, about.APART))
"""What a document does not say of itself."""


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
        return f"{acts.action_word(back)} by {back.author} at {local_time(back.time)}" if back else ""


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
        return f"{vocabulary.word('review_actions', 'redo') if is_back else acts.action_word(review)}: {words}"

    def _what(self, review: Review) -> str:
        sets = dict(review.sets)
        carried = " (carried over)" if CARRIED in sets else ""
        if is_over(review):
            return f"{acts.action_word(review)}: {self._words.get(sets[CARRIED], 'what is not known')}"
        if review.action == "correct":
            return f"{acts.action_word(review)}: {'; '.join(self._corrections(review, sets))}".rstrip(": ") + carried
        return _plain(review, sets) + carried

    def _corrections(self, review: Review, sets: Mapping[str, str]) -> Iterator[str]:
        """Each field that was set, and what stood there before."""
        for name, value in acts.said_of(sets).items():
            if name == CARRIED:
                continue
            field = acts.field_word(name)
            if name == CRITERIA:
                yield f"{_lower(field)}: {_lines_changed(self._before(review, name), value)}"
                continue
            before, after = (acts.value_word(name, each) for each in (self._before(review, name), value))
            was = f"{before or 'nothing'} {_ARROW} " if before or name not in _CALLED else ""
            called = "" if name == "determination" else f"{_lower(field)}: "  # its words say so themselves
            yield f"{called}{was}{after or 'nothing'}"

    def _before(self, review: Review, name: str) -> str:
        for earlier in reversed(self._corrected.get(review.subject.identity, ())):
            if earlier.sha256 not in self._gone and name in dict(earlier.sets):
                return dict(earlier.sets)[name]
        read = self._read(review)
        if name == CRITERIA:
            return outline.text_of(read) if isinstance(read, Indication) else ""
        return about.value_of(read, name) if isinstance(read, Policy) else str(getattr(read, name, "") or "")


def _lines_changed(before: str, after: str) -> str:
    """Which lines of an outline went and which came."""
    were, are = (list(map(str.strip, text.splitlines())) for text in (before, after))
    told = [f"− “{line}”" for line in were if line not in are] + [f"+ “{line}”" for line in are if line not in were]
    return "; ".join(told) or "in another order"


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _plain(review: Review, sets: Mapping[str, str]) -> str:
    done = acts.action_word(review)
    if review.action == "move":
        return f"{done} {acts.destination(review)}"
    if review.action == "add":
        done = " ".join(filter(None, (done, acts.value_word("as", sets.get("as", "")))))
    return ": ".join(filter(None, (done, _position(sets))))


def _position(sets: Mapping[str, str]) -> str:
    """What was confirmed or added."""
    said, state = (acts.value_word(name, sets.get(name, "")) for name in ("determination", "state"))
    return f"{said} ({state})" if said and state else said or state


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
