"""What people said of a comparison, in words: when, who, what, of which statement or change, and whether it holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policyview.amend import companion_in
from policyview.export import acts, vocabulary
from policyview.export.comparison import Comparison
from policyview.marks import Mark
from policyview.model import Anchor
from policyview.review import CellSubject, ChangeSubject, Review, withdrawn

_UNTOLD = frozenset(("facts", "document", "quote", "prefix", "suffix", "text"))  # of a companion, or sums
_CHANGING, _JUDGING = frozenset(("correct", "add", "move")), frozenset(("confirm", "dismiss"))
_NOT_HERE = "its document is not among these"


@dataclass(frozen=True)
class Place:
    """Words that a review is about; ``sha256`` names their document."""

    sha256: str
    anchor: Anchor | None


@dataclass(frozen=True)
class Told:
    """A review in words. ``number`` counts from 1 in the order in which they were made, ``withdraws`` is the number of
    the one that this takes back; ``older`` is the older version's side of a change."""

    number: int
    when: str
    who: str
    what: str
    is_withdrawn: bool
    withdraws: int | None
    of: str
    about: str
    topic: str
    note: str
    sets: str
    to_check: str
    place: Place
    older: Place | None = None


def told(comparison: Comparison) -> Iterator[Told]:
    """All reviews, in the order in which they were made."""
    reviews = comparison.collection.reviews
    gone, checks = withdrawn(reviews), _to_check(comparison)
    numbers = {review.sha256: number for number, review in enumerate(reviews, 1)}
    here = {reading.document.sha256 for reading in comparison.collection.readings}
    for number, review in enumerate(reviews, 1):
        of, about, topic, place, older = _about(review)
        check = checks.get(review.sha256, "") if place.sha256 in here else _NOT_HERE
        yield Told(number, when(review.time), review.author, acts.action_word(review),
                   review.sha256 in gone, numbers.get(review.withdraws), of, about, topic, review.text, _sets(review),
                   check, place, older)  # fmt: skip


def when(time: str) -> str:
    """An instant as it is read; what is no time stays as it was written."""
    try:
        instant = datetime.datetime.fromisoformat(time)
        moment = instant.astimezone(datetime.UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        moment = None
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else time


def mark_words(mark: Mark) -> str:
    """What holds of a cell: how it was changed and judged, by whom and when, the note, and why to look at it again."""
    changes = [review for review in mark.reviews if review.action in _CHANGING]
    judgements = [review for review in mark.reviews if review.action in _JUDGING]
    said = [_said(review) for review in (*changes, *judgements[-1:])]
    note = [f"note: {mark.note}"] if mark.note else []
    look = [f"look again: {mark.look}"] if mark.look else []
    return "; ".join((*said, *note, *look))


def _said(review: Review) -> str:
    why = f" ({review.text})" if review.text else ""
    return f"{acts.action_word(review)} by {review.author}, {when(review.time)}{why}"


def _about(review: Review) -> tuple[str, str, str, Place, Place | None]:
    """What kind of thing a review is of, what that is called, its topic, and where its words stand."""
    subject = review.subject
    if isinstance(subject, CellSubject):
        state = dict(review.sets).get("state")
        of = vocabulary.word("states", state) if state else "statement"
        return of, subject.text, subject.topic, Place(subject.sha256, subject.anchor), None
    if isinstance(subject, ChangeSubject):
        kind = vocabulary.word("change_kinds", subject.kind)
        return "change", kind, "", Place(subject.new, subject.after), Place(subject.old, subject.before)
    return "document", "", "", Place(subject.sha256, None), None


def _sets(review: Review) -> str:
    """What a review sets, a line each; where a statement was put, by a statement that stands there."""
    other = companion_in(review.sets)
    if review.action == "move":
        return acts.destination(review)
    told = acts.said_of(dict(review.sets))
    names = [name for name in told if name not in (_UNTOLD if other else _UNTOLD - {"text"})]
    return "\n".join(f"{acts.field_word(name)}: {acts.value_word(name, told[name])}" for name in names)


def _to_check(comparison: Comparison) -> Mapping[str, str]:
    """Why to look again at what a review, named by its sum, says."""
    marks = comparison.marks
    found = {review.sha256: why for review, why in marks.lost}
    for mark in (*marks.statements.values(), *marks.answers.values()):
        judging = [review for review in mark.reviews if review.action in _JUDGING]
        if mark.look and judging:
            found[judging[-1].sha256] = mark.look
    return found
