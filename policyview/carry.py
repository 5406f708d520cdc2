"""Carries what people said of one version of a policy over to the next: for each review where its words stand now.

A review is carried only to a statement that says the same; what changed in any way is to be looked at again, and a
look-alike is never taken for what was reviewed. Nothing is said of the newer version here: a person takes it over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from policyview import about, anchor
from policyview.amend import Amended, companion, companion_in, statements_of
from policyview.lexicon import Lexicon
from policyview.marks import Answer, Marks, is_of_answer, of_answer
from policyview.model import Anchor, CatchAll, Indication, Matrix, Reading, Row, Silent
from policyview.review import CellSubject, DocumentSubject, Review, standing
from policyview.wording import sense

Outcome = Literal["moved", "words changed: look again", "orphaned"]
Statement = Indication | CatchAll
_LOOK: Outcome = "words changed: look again"
CARRIED = "carried over"
"""Names in ``Review.sets`` the sum of the older version's review that this one stands for, or says to be over."""
_JUDGEMENTS = frozenset(("confirm", "dismiss"))
_OF_A_DOCUMENT = (CellSubject, DocumentSubject)  # a change is of two


_Known = tuple[str, str, bool]  # a review, the newer version, whether the words were marked by hand


@dataclass(frozen=True)
class Carried:
    """A review of an older version, and what it is about in the newer one: None where that is not there.

    ``why`` says in half sentences what to look at, ``sets`` what the review sets there; what a confirmation of a
    statement says it confirmed is left out, for that is to be told of the statement as it reads then.
    """

    review: Review
    outcome: Outcome
    subject: CellSubject | DocumentSubject | None
    why: tuple[str, ...] = ()
    sets: tuple[tuple[str, str], ...] = ()


class Held:
    """The reviews that hold, by document. ``known`` keeps what was carried before, for as long as the same is read."""

    def __init__(self, reviews: Sequence[Review], known: dict[_Known, Carried] | None = None) -> None:
        held = standing(reviews)
        self.known = {} if known is None else known
        self.added = {review.subject.identity for review in held if review.action == "add"}
        self._said = {(review.subject.identity, _kind(review)) for review in held}
        self._of: dict[str, list[Review]] = {}
        self._answered: dict[str, set[str]] = {}
        for review in held:
            if isinstance(review.subject, _OF_A_DOCUMENT):
                sha256, carried = review.subject.sha256, dict(review.sets).get(CARRIED)
                if carried is not None:
                    self._answered.setdefault(sha256, set()).add(carried)
                if not is_over(review):
                    self._of.setdefault(sha256, []).append(review)

    def waiting(self, old: Reading, new: Reading) -> tuple[Review, ...]:
        """Those of ``old`` that nobody has taken over to ``new`` yet, or said to be over."""
        answered = self._answered.get(new.document.sha256, set())
        return tuple(each for each in self._of.get(old.document.sha256, ()) if each.sha256 not in answered)

    def is_asked(self, carried: Carried) -> bool:
        """Whether the like of it was not said of the newer version already."""
        return carried.subject is None or (carried.subject.identity, _kind(carried.review)) not in self._said


def carry(reviews: Sequence[Review], old: Reading, new: Reading, lexicon: Lexicon) -> tuple[Carried, ...]:
    """What was said of statements of ``old`` and holds, for ``new``; what was said of that already is not asked again.

    Both as they were read, without what people said.
    """
    return tuple(iter_carried(Held(reviews), old, new, lexicon))


def iter_carried(held: Held, old: Reading, new: Reading, lexicon: Lexicon) -> Iterator[Carried]:
    """The same, one at a time: to look for words takes some milliseconds."""
    for review in held.waiting(old, new):
        if is_of_answer(review) or _is_of_one_version(review) or _is_printed(review, new):
            continue
        is_added = review.subject.identity in held.added
        key = review.sha256, new.document.sha256, is_added
        if key not in held.known:
            held.known[key] = _carried(review, old, new, lexicon, is_added)
        if held.is_asked(held.known[key]):
            yield held.known[key]


def is_over(review: Review) -> bool:
    """Whether it only says that another review is not to be carried."""
    return isinstance(review.subject, DocumentSubject) and CARRIED in dict(review.sets) and review.action == "dismiss"


def _is_of_one_version(review: Review) -> bool:
    """Whether it says of a document what no other version shares, or all versions do anyway."""
    fields = {name for name, _ in review.sets}
    return isinstance(review.subject, DocumentSubject) and bool(fields & about.OF_ONE_VERSION)


def _is_printed(review: Review, new: Reading) -> bool:
    """Whether it sets of a document what the newer version says itself."""
    policy = new.facts.policy
    return isinstance(review.subject, DocumentSubject) and bool(review.sets) and all(
        name in about.FIELDS and about.value_of(policy, name) == value for name, value in review.sets
    )


def _kind(review: Review) -> tuple[str, ...]:
    """Which of two reviews of one statement takes the other's place."""
    if review.action in _JUDGEMENTS:
        return ("judgement",)
    fields = sorted(name for name, _ in review.sets if name != CARRIED) if review.action == "correct" else ()
    return review.action, *fields


def _carried(review: Review, old: Reading, new: Reading, lexicon: Lexicon, is_added: bool) -> Carried:
    subject, sets = review.subject, _kept(review.sets)
    if isinstance(subject, DocumentSubject):
        return _of_document(review, old, new)
    assert isinstance(subject, CellSubject)
    if subject.anchor is None:
        here = replace(subject, sha256=new.document.sha256)
        return Carried(review, _LOOK, here, ("it was said of a silence; see whether it lasts",), sets)
    if is_added:
        return _of_marked_words(review, subject, subject.anchor, new, lexicon)
    found = _of_statement(review, subject, subject.anchor, old, new, lexicon)
    if review.action == "confirm":
        return replace(found, sets=())
    return _with_row(found, old, new, lexicon) if review.action == "move" else replace(found, sets=sets)


def _kept(sets: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in sets if pair[0] != CARRIED)


def _of_document(review: Review, old: Reading, new: Reading) -> Carried:
    """What a document is called: the same holds of a newer version in which the same was read."""
    sets, here = _kept(review.sets), DocumentSubject(new.document.sha256)
    fields = [name for name, _ in sets if hasattr(new.facts.policy, name)]
    other = [name for name in fields if getattr(old.facts.policy, name) != getattr(new.facts.policy, name)]
    why = tuple(f"its {name} is printed otherwise" for name in other)
    return Carried(review, _LOOK if why else "moved", here, why, sets)


def _of_marked_words(review: Review, subject: CellSubject, words: Anchor, new: Reading, lexicon: Lexicon) -> Carried:
    """What a person marked in the source, and what was said of that."""
    place = anchor.find(
        new.document, words.quote, words.prefix, words.suffix, sense=lambda text: sense(text, lexicon)
    )  # fmt: skip
    if place is None:
        return Carried(review, "orphaned", None, ("its words are not there any more",))
    here = CellSubject(new.document.sha256, replace(place, match="exact", score=1.0), subject.text, subject.topic)
    why = [] if review.action == "add" else ["it was added by hand; take that over first"]
    why += ["its words are others"] if place.match == "fuzzy" else []
    if any(_overlap(each.anchor, place) for each in statements_of(new.facts)):
        why.append("its words are read as a statement now")
    sets = () if review.action == "confirm" else _kept(review.sets)
    return Carried(review, _LOOK if why else "moved", here, tuple(why), sets)


def _with_row(found: Carried, old: Reading, new: Reading, lexicon: Lexicon) -> Carried:
    """The statement whose row is meant is the newer version's, where it says the same there."""
    sets = _kept(found.review.sets)
    member = companion_in(sets)
    if member is None or member.anchor is None or member.sha256 != old.document.sha256:
        return replace(found, sets=sets)
    there = _of_statement(found.review, member, member.anchor, old, new, lexicon)
    if there.outcome != "moved" or not isinstance(there.subject, CellSubject):
        why = (*found.why, "the statement whose row it was put into is another now")
        return replace(found, outcome=_LOOK if found.subject else found.outcome, why=why, sets=sets)
    names = {name for name, _ in companion(member)}
    row = tuple(pair for pair in sets if pair[0] not in names)
    return replace(found, sets=(*row, *companion(there.subject)))


def _of_statement(
    review: Review, subject: CellSubject, words: Anchor, old: Reading, new: Reading, lexicon: Lexicon
) -> Carried:
    before = _reviewed(subject, words, old)
    same = [each for each in _like(before, new) if _flat(each.anchor.quote) == _flat(words.quote)]
    if len(same) > 1:
        same = [each for each in same if before and _place(each) == _place(before)] or same
    if len(same) == 1:
        why = _differences(before, same[0]) if before else ("the older version is read otherwise today",)
        return Carried(review, _LOOK if why else "moved", _subject(subject, new, same[0]), why)
    if same:
        why = (f"its words stand in {len(same)} places now",)
        return Carried(review, _LOOK, _subject(subject, new, same[0]), why)
    return _by_its_words(review, subject, words, before, new, lexicon)


def _like(before: Statement | None, new: Reading) -> tuple[Statement, ...]:
    """The statements of the same sort: a residual clause is no statement of a use."""
    if before is None:
        return statements_of(new.facts)
    return new.facts.catch_all if isinstance(before, CatchAll) else new.facts.indications


def _by_its_words(
    review: Review, subject: CellSubject, words: Anchor, before: Statement | None, new: Reading, lexicon: Lexicon
) -> Carried:
    """Where no statement has these very words: the one at the place where they, or nearly they, are found."""
    place = anchor.find(
        new.document, words.quote, words.prefix, words.suffix, sense=lambda text: sense(text, lexicon)
    )  # fmt: skip
    every = _like(before, new)
    there = next((each for each in every if place and _overlap(each.anchor, place)), None)
    why = "its words are others"
    if there is None:
        there, why = _nearest(_use(words.quote, before), every), "it is stated in other words"
    if there is None:
        why = "its words state nothing any more" if place else "its words are not there any more"
        return Carried(review, "orphaned", None, (why,))
    return Carried(review, _LOOK, _subject(subject, new, there), (why,))


def _nearest(use: str, statements: Sequence[Statement]) -> Statement | None:
    """The one statement that names the same use, whatever it says of it, for a person to look at."""
    scored = sorted(((fuzz.ratio(use, _use(each.anchor.quote, each)) / 100, -number, each)
                     for number, each in enumerate(statements)), reverse=True)  # fmt: skip
    if not scored or scored[0][0] < anchor.FLOOR or (len(scored) > 1 and scored[1][0] > scored[0][0] - anchor.MARGIN):
        return None
    return scored[0][2]


def _use(quote: str, statement: Statement | None) -> str:
    """The words of a statement without those that say whether it is covered; of a residual clause its scope."""
    if isinstance(statement, CatchAll):
        return _flat(statement.scope or quote)
    stated = _flat(statement.stated) if statement else ""
    return _flat(_flat(quote).replace(stated, " ") if stated else quote)


def _reviewed(subject: CellSubject, words: Anchor, old: Reading) -> Statement | None:
    """The statement that was reviewed, as the older version is read today."""
    quoted = [each for each in statements_of(old.facts) if each.anchor.quote == words.quote]
    exact = [each for each in quoted if each.anchor.start == words.start and each.text == subject.text]
    return next(iter(exact or quoted), None)


def _subject(subject: CellSubject, new: Reading, there: Statement) -> CellSubject:
    return CellSubject(new.document.sha256, there.anchor, there.text, subject.topic)


def _overlap(one: Anchor, other: Anchor) -> bool:
    return one.start < other.end and other.start < one.end


def _place(statement: Statement) -> tuple[object, ...]:
    """What tells statements of the same words apart."""
    if isinstance(statement, CatchAll):
        return (_flat(statement.scope),)
    return (
        _flat(statement.section), tuple(map(_flat, statement.context)), statement.population, statement.stage,
    )  # fmt: skip


def _differences(before: Statement, after: Statement) -> tuple[str, ...]:
    """What of a statement is another, though its own words are the same."""
    return tuple(told for told, was, now in _parts(before, after) if was != now)


def _parts(before: Statement, after: Statement) -> Iterator[tuple[str, object, object]]:
    yield "the determination is another", before.determination, after.determination
    if isinstance(before, CatchAll) and isinstance(after, CatchAll):
        yield "its scope is another", _flat(before.scope), _flat(after.scope)
        yield "its exceptions are others", tuple(map(_flat, before.exceptions)), tuple(map(_flat, after.exceptions))
    elif isinstance(before, Indication) and isinstance(after, Indication):
        yield from _parts_of_indication(before, after)


def _parts_of_indication(before: Indication, after: Indication) -> Iterator[tuple[str, object, object]]:
    yield "it is stated in other words", _flat(before.stated), _flat(after.stated)
    yield "it is for others", (before.population, before.stage), (after.population, after.stage)
    yield "its criteria are others", _criteria(before), _criteria(after)
    yield "its exceptions are others", _texts(before.exceptions), _texts(after.exceptions)
    yield "its limits are others", _texts(before.limits), _texts(after.limits)


def _criteria(indication: Indication) -> tuple[object, ...]:
    every = [leaf for criterion in (*indication.criteria, *indication.inherited) for leaf in criterion.leaves()]
    return indication.logic, indication.n, tuple((_flat(each.text), each.logic, each.n) for each in every)


def _texts(parts: Iterable[object]) -> tuple[str, ...]:
    return tuple(_flat(str(getattr(each, "text", ""))) for each in parts)


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


# --------------------------------------------------------------------------- what was said of a row


class CarriedAnswers:
    """Carries what was said of rows that a document does not name, by the rows as they are now."""

    def __init__(self, matrices: Iterable[Matrix], amended: Amended, marks: Marks) -> None:
        self._amended = amended
        self._readings = {reading.file: reading for reading in amended.readings}
        self._rows = {(matrix.topic, row.id): row for matrix in matrices for row in matrix.rows}
        self._places = {review.sha256: place for place, mark in marks.answers.items() for review in mark.reviews}

    def iter_carried(self, held: Held, old: Reading, new: Reading) -> Iterator[Carried]:
        """What was said of ``old`` and holds, for ``new``."""
        for review in held.waiting(old, new):
            if is_of_answer(review):
                carried = self._carried(review, old, new)
                if held.is_asked(carried):
                    yield carried

    def _carried(self, review: Review, old: Reading, new: Reading) -> Carried:
        place = self._places.get(review.sha256)
        row = self._rows.get(place[:2]) if place else None
        if row is None:
            return Carried(review, "orphaned", None, ("its row is another now",))
        answer = _answer(row, new.file)
        if answer is None:
            is_named = any(cell.file == new.file for cell in row.cells)
            why = "the newer version names this use itself" if is_named else "the newer version is not in this topic"
            return Carried(review, "orphaned", None, (why,))
        subject, sets = of_answer(answer, row, new.document.sha256, self._amended, self._readings)
        return Carried(review, *self._judged(review, answer, subject, old, row), sets=sets)

    def _judged(
        self, review: Review, answer: Answer, subject: CellSubject, old: Reading, row: Row
    ) -> tuple[Outcome, CellSubject, tuple[str, ...]]:
        was = _answer(row, old.file)
        if isinstance(answer, Silent):
            return _LOOK, subject, ("it was said of a silence; see whether it lasts",)
        if type(was) is not type(answer) or was is None or isinstance(was, Silent):
            return _LOOK, subject, ("this payer’s words are taken otherwise",)
        before = review.subject.anchor if isinstance(review.subject, CellSubject) else None
        why = []
        if was.determination != answer.determination:
            why.append("the determination is another")
        if before is None or subject.anchor is None or _flat(before.quote) != _flat(subject.anchor.quote):
            why.append("its words are others")
        return (_LOOK if why else "moved"), subject, tuple(why)


def _answer(row: Row, file: str) -> Answer | None:
    """What a document says of a row without naming it."""
    answers: tuple[Answer, ...] = (*row.broader, *row.catch_all, *row.silent)
    return next((answer for answer in answers if answer.file == file), None)
