"""Reviews of older versions that wait for a person to take them over to the newer one, or to say that they are over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from policyview.amend import id_of, statements_of
from policyview.carry import CARRIED, Carried, CarriedAnswers, Held, iter_carried
from policyview.dating import version_of
from policyview.export.said import local_time
from policyview.gui.audit_lines import Line, Lines, quote, words_of
from policyview.gui.audit_places import Goal, Places, Scene, Statement
from policyview.gui.board import flat
from policyview.gui.citation import short_name
from policyview.gui.review_steps import Saying
from policyview.gui.version_groups import Versions
from policyview.lexicon import Lexicon
from policyview.marks import is_of_answer, of_statement
from policyview.model import Agreement, CatchAll, Criterion, Reading, Row
from policyview.review import CellSubject, DocumentSubject, Review

_ICONS = {"moved": "change-moved", "words changed: look again": "history-doubt", "orphaned": "change-removed"}
_STALE = "it was confirmed when it was read otherwise"
_NOT_STATED = "No statement stands there in the newer version. Where it was added by hand, take that over first."
_GONE = "What it was said of is not in the newer version."
_PARTED = "the two count as two policies since one was corrected; correct the other too, or part them"
_NO_ROW = Row("", "", Agreement.ONE_PAYER, ())
Pair = tuple[Reading, Reading]
"""An older version, and the next newer one."""


@dataclass(frozen=True, eq=False)
class Waiting:
    """A review of ``old`` and where it would stand in ``new``. ``texts`` are the words of both."""

    carried: Carried
    old: Reading
    new: Reading
    older: Goal
    newer: Goal
    texts: tuple[str, str]

    @property
    def review(self) -> Review:
        return self.carried.review

    @property
    def why_not(self) -> str:
        """Why it cannot be taken over; empty where it can."""
        if self.carried.subject is None:
            return _GONE
        is_there = self.newer.statement is not None or self.newer.spot is not None
        needs_one = isinstance(self.carried.subject, CellSubject) and self.review.action != "add"
        return _NOT_STATED if needs_one and not is_there else ""

    @property
    def has_moved(self) -> bool:
        """Whether it may be taken over without a look."""
        return self.carried.outcome == "moved" and not self.why_not


def still_waiting(waiting: Iterable[Waiting], reviews: Sequence[Review]) -> tuple[Waiting, ...]:
    """Those of which nothing was said since."""
    held = Held(reviews)
    return tuple(one for one in waiting if one.review in held.waiting(one.old, one.new))


def taken_over(one: Waiting, scene: Scene) -> Saying | None:
    """The same said of the newer version, a confirmation by what stands there now; None where nothing does."""
    review, subject, sets = one.review, one.carried.subject, one.carried.sets
    if subject is None or one.why_not:
        return None
    if isinstance(subject, CellSubject) and review.action != "add" and not is_of_answer(review):
        statement = _now(one, scene)
        if statement is None:
            return None
        subject = scene.amended.subject(subject.sha256, statement, subject.topic)
        if review.action == "confirm":
            spot = one.newer.spot
            sets = of_statement(statement, spot.board.matrix.rows[spot.row] if spot else _NO_ROW)
    said = f"carried over from {short_name(one.old.file)}"
    text = f"{review.text} ({said})" if review.text else said
    return Saying(review.action, subject, text, (*sets, (CARRIED, review.sha256)))


def _now(one: Waiting, scene: Scene) -> Statement | None:
    """The newer version's statement as it is corrected by now."""
    reading, wanted = scene.corrected.get(one.new.file), one.newer.statement
    if reading is None or wanted is None:
        return None
    return next((each for each in statements_of(reading.facts) if id_of(each) == id_of(wanted)), None)


def over(one: Waiting) -> Saying:
    """That a review of an older version is not carried over: said of the newer document, so that its cells keep what
    is said of them."""
    text = f"not carried over from {short_name(one.old.file)}"
    return Saying("dismiss", DocumentSubject(one.new.document.sha256), text, ((CARRIED, one.review.sha256),))


def pairs_that_wait(held: Held, groups: Iterable[Versions]) -> list[Pair]:
    """The versions, each with the next newer one, of which something was said that may be carried over."""
    return [(old, new) for group in groups for old, new in pairwise(group) if held.waiting(old, new)]


def iter_waiting(
    scene: Scene, places: Places, held: Held, pairs: Iterable[Pair], words: Lexicon
) -> Iterator[Waiting]:
    """All that wait, version by version; to look for words takes some milliseconds each."""
    rows = CarriedAnswers([board.matrix for board in scene.boards], scene.amended, scene.marks)
    stale = {review.sha256 for mark in scene.marks.statements.values() if mark.look for review in mark.reviews
             if review.action in ("confirm", "dismiss")}  # fmt: skip
    for old, new in pairs:
        for carried in chain(iter_carried(held, old, new, words), rows.iter_carried(held, old, new)):
            # one that is to be looked at again already is no better in the next version
            doubted = _doubted(carried, _STALE) if carried.review.sha256 in stale else carried
            yield _waiting(doubted, old, new, places)


def doubted_as_parted(one: Waiting) -> Waiting:
    """The same, between versions that count as two policies since something was said of one of them.

    What was said of the document itself may be what is wanting to the other one.
    """
    if isinstance(one.review.subject, DocumentSubject):
        return one
    return replace(one, carried=_doubted(one.carried, _PARTED))


def _doubted(carried: Carried, why: str) -> Carried:
    """To be looked at for a further reason."""
    if carried.subject is None:
        return carried
    return Carried(carried.review, "words changed: look again", carried.subject, (why, *carried.why), carried.sets)


def _waiting(carried: Carried, old: Reading, new: Reading, places: Places) -> Waiting:
    older = places.goal(carried.review)
    newer = _newer(carried, older, new, places)
    words = words_of(carried.review.subject), words_of(carried.subject) if carried.subject else None
    texts = tuple(_text(goal, said.quote if said else "") for goal, said in zip((older, newer), words, strict=True))
    return Waiting(carried, old, new, older, newer, (texts[0], texts[1]))


def _newer(carried: Carried, older: Goal, new: Reading, places: Places) -> Goal:
    subject = carried.subject
    if isinstance(subject, CellSubject) and is_of_answer(carried.review):
        spot = older.spot
        return Goal(new, places.answer(spot.topic, spot.row_id, subject.sha256) if spot else None)
    return places.goal_of_subject(subject) if subject else Goal(new)


def _text(goal: Goal, words: str) -> str:
    """A statement with its conditions; only its words where nothing is stated by them."""
    return "\n".join(_lines(goal.statement)) if goal.statement else words


def _lines(statement: Statement) -> Iterator[str]:
    yield flat(statement.anchor.quote)
    if isinstance(statement, CatchAll):
        yield from (f"Exception: {flat(each)}" for each in statement.exceptions)
        return
    for criterion in (*statement.criteria, *statement.inherited):
        yield from _branches(criterion, 1)
    yield from (f"Exception: {flat(each.text)}" for each in statement.exceptions)
    yield from (f"Limit: {flat(each.text)}" for each in statement.limits)


def _branches(criterion: Criterion, depth: int) -> Iterator[str]:
    yield "  " * depth + " ".join(filter(None, (flat(criterion.label), flat(criterion.text))))
    for child in criterion.children:
        yield from _branches(child, depth + 1)


def _versions(old: Reading, new: Reading) -> tuple[str, str]:
    """What two versions are told by: their dates, their files where those do not tell them apart."""
    dates = [version.date if (version := version_of(each)) else "" for each in (old, new)]
    if all(dates) and dates[0] != dates[1]:
        return dates[0], dates[1]
    return short_name(old.file), short_name(new.file)


def line_of(one: Waiting, line: Line, lines: Lines) -> Line:
    """How it is listed; ``line`` is that of the log."""
    outcome, why = one.carried.outcome, "; ".join(one.carried.why)
    shown = outcome.partition(":")[0] if why else outcome
    named = " → ".join(_versions(one.old, one.new))
    who = f"{flat(one.review.author)}, {flat(local_time(one.review.time))}"
    what, payer = line.cells[1].partition("\n")[0], lines.payer(Goal(one.new))
    cells = (f"{shown}\n{why}", f"{what}\n{who}", line.cells[2], f"{payer}\n{named}",
             quote(words_of(one.review.subject)))  # fmt: skip
    detail = "\n".join(filter(None, (outcome, why, named, line.detail)))
    return Line(f"carried {line.key}", cells, detail, one.newer if one.carried.subject else one.older,
                _ICONS[outcome], line.who, line.action, payer, is_loud=outcome != "moved")  # fmt: skip
