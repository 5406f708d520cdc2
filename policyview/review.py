"""What people said of the facts: each review a line that names the one before it by its sum, so that none can be lost.

A review holds on to words, never to a row's number: a quote with what stands around it, in a document that its
SHA-256 names. Reviews are only ever added; one is taken back by another that says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias, get_args

from policyview.model import Anchor

ReviewAction = Literal["confirm", "correct", "add", "delete", "move", "note", "dismiss", "withdraw"]
ACTIONS = frozenset(get_args(ReviewAction))
FIRST = ""
"""What stands in place of the sum of the line before in the first line."""


@dataclass(frozen=True)
class CellSubject:
    """A statement of one document: its words (None where a payer's silence is spoken of) and what it is called.

    ``text`` is the indication, or the row that says nothing; ``topic`` the matrix it stood in.
    """

    sha256: str
    anchor: Anchor | None
    text: str = ""
    topic: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """What two reviews of one statement share, whatever the topic is called and wherever the words stand now."""
        return "cell", self.sha256, *_words(self.anchor), self.text


@dataclass(frozen=True)
class ChangeSubject:
    """A change between two versions of a policy, both named by their sums; ``before`` is None for what was added."""

    old: str
    new: str
    kind: str
    before: Anchor | None
    after: Anchor | None

    @property
    def identity(self) -> tuple[str, ...]:
        """What two reviews of one change share."""
        return "change", self.old, self.new, self.kind, *_words(self.before), *_words(self.after)


@dataclass(frozen=True)
class DocumentSubject:
    """A document as a whole: who its payer is, what it is called."""

    sha256: str

    @property
    def identity(self) -> tuple[str, ...]:
        """What two reviews of one document share."""
        return "document", self.sha256


Subject: TypeAlias = CellSubject | ChangeSubject | DocumentSubject


def _words(anchor: Anchor | None) -> tuple[str, str, str]:
    return (anchor.quote, anchor.prefix, anchor.suffix) if anchor else ("", "", "")


@dataclass(frozen=True)
class Review:
    """What ``author`` did at ``time`` (ISO 8601, UTC, seconds) about ``subject``, with a free ``text``.

    ``sets`` holds (field, new value) of a correction or the row of a move. ``withdraws`` is the sum of the review that
    this one takes back, ``previous`` that of the review before this one, ``FIRST`` where it is the first.
    """

    action: ReviewAction
    subject: Subject
    author: str
    time: str
    text: str = ""
    sets: tuple[tuple[str, str], ...] = ()
    withdraws: str = ""
    previous: str = FIRST

    @cached_property
    def line(self) -> bytes:
        """The review as a line of JSON in ASCII, without a line end: what is stored, summed and handed to an auditor.

        ASCII, so that NUL and lone surrogates of a document's text survive.
        """
        told = {
            "action": self.action, "author": self.author, "time": self.time, "subject": _told(self.subject),
            "text": self.text, "sets": [list(pair) for pair in self.sets], "withdraws": self.withdraws,
            "previous": self.previous,
        }
        return json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode("ascii")

    @cached_property
    def sha256(self) -> str:
        """The sum of the line; the next review names it."""
        return hashlib.sha256(self.line).hexdigest()


def read_line(line: bytes) -> Review:
    """The review that a line tells of. ValueError where the line is not exactly one that ``Review.line`` writes."""
    try:
        told = json.loads(line)
        review = Review(
            told["action"], _subject(told["subject"]), told["author"], told["time"], told["text"],
            tuple((name, value) for name, value in told["sets"]), told["withdraws"], told["previous"],
        )
        is_exact = review.line == line and review.action in ACTIONS and _is_plain(review)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError("This line is not a review.") from error
    if not is_exact:
        raise ValueError("This line is not written as a review is.")
    return review


def _is_plain(review: Review) -> bool:
    texts = (review.author, review.time, review.text, review.withdraws, review.previous, *sum(review.sets, ()))
    return all(isinstance(text, str) for text in (*texts, *review.subject.identity))


def _told(subject: Subject) -> dict[str, Any]:
    if isinstance(subject, CellSubject):
        return {"of": "cell", "document": subject.sha256, "words": _told_words(subject.anchor), "text": subject.text,
                "topic": subject.topic}
    if isinstance(subject, DocumentSubject):
        return {"of": "document", "document": subject.sha256}
    return {"of": "change", "old": subject.old, "new": subject.new, "kind": subject.kind,
            "before": _told_words(subject.before), "after": _told_words(subject.after)}


def _told_words(anchor: Anchor | None) -> dict[str, Any] | None:
    """The words by quote and context; where they stood is a hint."""
    if anchor is None:
        return None
    return {"quote": anchor.quote, "prefix": anchor.prefix, "suffix": anchor.suffix, "start": anchor.start,
            "page": anchor.page}


def _subject(told: dict[str, Any]) -> Subject:
    if told["of"] == "cell":
        return CellSubject(told["document"], _anchor(told["words"]), told["text"], told["topic"])
    if told["of"] == "document":
        return DocumentSubject(told["document"])
    return ChangeSubject(told["old"], told["new"], told["kind"], _anchor(told["before"]), _anchor(told["after"]))


def _anchor(told: dict[str, Any] | None) -> Anchor | None:
    if told is None:
        return None
    start, page = told["start"], told["page"]
    if type(start) is not int or not (page is None or type(page) is int):
        raise TypeError("A place is a number.")
    return Anchor(start, start + len(told["quote"]), page, told["quote"], told["prefix"], told["suffix"])


# --------------------------------------------------------------------------- the chain


def first_break(reviews: Iterable[Review]) -> int | None:
    """The place (from 0) of the first review that does not name the one before it; None where the chain holds."""
    before = FIRST
    for place, review in enumerate(reviews):
        if review.previous != before:
            return place
        before = review.sha256
    return None


def withdrawn(reviews: Sequence[Review]) -> frozenset[str]:
    """The sums of those that were taken back. A withdrawal that was itself withdrawn (a redo) takes nothing back."""
    found = set[str]()
    for review in reversed(reviews):
        if review.action == "withdraw" and review.sha256 not in found:
            found.add(review.withdraws)
    return frozenset(found)


def standing(reviews: Sequence[Review]) -> tuple[Review, ...]:
    """The reviews that hold: those that were not taken back, and no withdrawals."""
    gone = withdrawn(reviews)
    return tuple(each for each in reviews if each.action != "withdraw" and each.sha256 not in gone)
