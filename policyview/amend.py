"""Applies what people said to what was read: corrected, added and deleted statements, and where they stand in rows.

A document's reading is kept as it came out of the document. What people said is applied to it each time anew, in the
order in which it was said, so that a document which is read again never loses it, and what was taken back is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from policyview import about
from policyview.model import (
    Anchor,
    CatchAll,
    Determination,
    Document,
    Facts,
    Indication,
    Overrides,
    Reading,
    Stage,
)
from policyview.outline import with_outline
from policyview.review import CellSubject, DocumentSubject, Review, standing

Key: TypeAlias = tuple[str, str]
"""A statement: the SHA-256 of its document, and its id there."""

EFFECTIVE = frozenset(("correct", "add", "delete", "move"))
"""The actions that change a fact or a row; the others only say something of it."""
ROW, CLAUSE, CRITERIA = "row", "catch-all", "criteria"
TOPIC, BESIDE = "topic", "document"
"""Of a document: what its topic is called, and a document of the topic that it was put into."""
_COMPANION = ("document", "quote", "prefix", "suffix", "text")
_STAGES: Mapping[str, Stage | None] = {"initial": "initial", "continuation": "continuation", "": None}


@dataclass(frozen=True)
class Shelved:
    """What was said of the topic of a document, told by its sum: what it is called, or else that the document stands
    ``beside`` another; in a topic of its own where none is named."""

    sha256: str
    beside: str = ""
    name: str = ""


@dataclass(frozen=True)
class Regrouping:
    """What people said of rows and topics. ``moves`` are (statement, a statement of the row it was put into; None for a
    row of its own), ``names`` (statement, what its row is called); later ones hold against earlier ones."""

    moves: tuple[tuple[Key, Key | None], ...] = ()
    names: tuple[tuple[Key, str], ...] = ()
    shelved: tuple[Shelved, ...] = ()


@dataclass(frozen=True)
class Amended:
    """``readings`` as corrected. ``said`` are the reviews of each statement that hold, the oldest first; ``subjects``
    names each of these statements as its first review did. ``lost`` are reviews whose words state nothing here.
    """

    readings: tuple[Reading, ...] = ()
    regrouping: Regrouping = Regrouping()
    said: Mapping[Key, tuple[Review, ...]] = field(default_factory=dict)
    subjects: Mapping[Key, CellSubject] = field(default_factory=dict)
    lost: tuple[Review, ...] = ()

    def subject(self, sha256: str, statement: Indication | CatchAll, topic: str = "") -> CellSubject:
        """What a review of the statement is to name."""
        known = self.subjects.get((sha256, id_of(statement)))
        return known or CellSubject(sha256, statement.anchor, statement.text, topic)


def statements_of(facts: Facts) -> tuple[Indication | CatchAll, ...]:
    """What a document states: its indications, then its residual clauses."""
    return (*facts.indications, *facts.catch_all)


def id_of(statement: Indication | CatchAll) -> str:
    """The statement's id; of a residual clause, which has none, its place."""
    return statement.id if isinstance(statement, Indication) else clause_at(statement.anchor)


def clause_at(anchor: Anchor) -> str:
    """What a residual clause is told by."""
    return f"catch-all {anchor.start}"


def id_of_added(review: Review) -> str:
    """What the statement that a review adds is told by."""
    words = review.subject.anchor if isinstance(review.subject, CellSubject) else None
    if words is not None and dict(review.sets).get("as") == CLAUSE:
        return clause_at(words)
    return f"added-{review.sha256[:12]}"


def companion(subject: CellSubject | None) -> tuple[tuple[str, str], ...]:
    """How a review tells of the statement whose row is meant; nothing for a row of its own."""
    if subject is None or subject.anchor is None:
        return ()
    words = subject.anchor
    return tuple(zip(_COMPANION, (subject.sha256, words.quote, words.prefix, words.suffix, subject.text), strict=True))


def companion_in(sets: Iterable[tuple[str, str]]) -> CellSubject | None:
    """The statement that ``companion`` told of."""
    told = dict(sets)
    if not all(name in told for name in _COMPANION):
        return None
    sha256, quote, prefix, suffix, text = (told[name] for name in _COMPANION)
    return CellSubject(sha256, Anchor(0, len(quote), None, quote, prefix, suffix), text)


def effective(reviews: Sequence[Review]) -> tuple[str, ...]:
    """The sums of those that change a fact or a row, which are what matrices depend on."""
    return tuple(each.sha256 for each in standing(reviews) if each.action in EFFECTIVE)


def overridden(overrides: Overrides, reviews: Sequence[Review]) -> Overrides:
    """What a person said of versions, with what reviews say of them since; said twice it says the same."""
    for review in standing(reviews):
        if isinstance(review.subject, DocumentSubject) and review.action == "correct":
            for name, other in review.sets:
                if name == about.SAME:
                    overrides = overrides.joining(review.subject.sha256, [other])
                elif name == about.APART:
                    overrides = overrides.parting(review.subject.sha256, [other])
    return overrides


def amended(readings: Sequence[Reading], reviews: Sequence[Review]) -> Amended:
    """The readings with what people said of them; what they said of other documents is passed over."""
    if not reviews:
        return Amended(tuple(readings))
    work = _Work(readings)
    for review in standing(reviews):
        work.take(review)
    return work.outcome(readings)


def find(subject: CellSubject, reading: Reading) -> Indication | CatchAll | None:
    """The statement that a review names, as its document is read today; None where its words state nothing, or where
    several places of them leave open which is meant."""
    words = subject.anchor
    if words is None:
        return None
    quoted = [each for each in statements_of(reading.facts) if each.anchor.quote == words.quote]
    for is_told in _tellings(subject, words):
        told = [each for each in quoted if is_told(each)]
        if len(told) == 1:
            return told[0]
        quoted = told or quoted
    return None


def _tellings(subject: CellSubject, words: Anchor) -> tuple[Callable[[Indication | CatchAll], bool], ...]:
    """What tells statements of the same words apart: their context, what they are called, their place."""
    return (
        lambda each: (each.anchor.prefix, each.anchor.suffix) == (words.prefix, words.suffix),
        lambda each: each.text == subject.text,
        lambda each: each.anchor.start == words.start,
    )


class _Work:
    """The facts of each document, changed review by review."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._raw = {reading.document.sha256: reading for reading in readings}
        self._now = dict(self._raw)
        self._said: dict[Key, list[Review]] = {}
        self._subjects: dict[Key, CellSubject] = {}
        self._gone = set[Key]()
        self._moves: list[tuple[Key, Key | None]] = []
        self._names: list[tuple[Key, str]] = []
        self._shelved: list[Shelved] = []
        self._lost: list[Review] = []

    def take(self, review: Review) -> None:
        subject = review.subject
        if isinstance(subject, DocumentSubject):
            self._take_of_document(review, subject.sha256)
        elif isinstance(subject, CellSubject) and subject.sha256 in self._raw:
            if review.action == "add":
                self._add(review, subject)
            elif subject.anchor is not None and not dict(review.sets).get("state"):
                self._take_of_statement(review, subject)

    def _take_of_statement(self, review: Review, subject: CellSubject) -> None:
        key = self._key(subject)
        if key is None:
            self._lost.append(review)
            return
        self._said.setdefault(key, []).append(review)
        self._subjects.setdefault(key, subject)
        sets = dict(review.sets)
        if review.action == "move":
            self._move(review, key)
        elif review.action == "correct" and ROW in sets:
            self._names.append((key, sets[ROW]))
        elif review.action == "correct":
            self._change(key, lambda each: self._corrected(key, each, review))
        elif review.action == "delete":
            self._gone.add(key)

    def _corrected(self, key: Key, each: Indication | CatchAll, review: Review) -> Indication | CatchAll:
        sets = dict(review.sets)
        corrected, raw = _corrected(each, sets), self._raw[key[0]]
        if CRITERIA not in sets or not isinstance(corrected, Indication):
            return corrected
        read = next((one for one in raw.facts.indications if one.id == key[1]), corrected)
        return with_outline(corrected, read, sets[CRITERIA], raw.document, f"said-{review.sha256[:12]}")

    def _key(self, subject: CellSubject) -> Key | None:
        """The statement, as it was read or as it was added."""
        reading = self._raw.get(subject.sha256)
        found = find(subject, reading) if reading else None
        if found is not None:
            return subject.sha256, id_of(found)
        added = (key for key, named in self._subjects.items() if named.identity == subject.identity)
        return next(added, None)

    def _move(self, review: Review, key: Key) -> None:
        other = companion_in(review.sets)
        to = self._key(other) if other else None
        if other is not None and to is None:
            self._lost.append(review)
        else:
            self._moves.append((key, to))

    def _change(self, key: Key, change: Callable[[Indication | CatchAll], Indication | CatchAll]) -> None:
        reading = self._now[key[0]]
        facts = reading.facts
        indications = tuple(change(each) if id_of(each) == key[1] else each for each in facts.indications)
        clauses = tuple(change(each) if id_of(each) == key[1] else each for each in facts.catch_all)
        self._now[key[0]] = replace(reading, facts=replace(
            facts, indications=tuple(each for each in indications if isinstance(each, Indication)),
            catch_all=tuple(each for each in clauses if isinstance(each, CatchAll)),
        ))  # fmt: skip

    def _add(self, review: Review, subject: CellSubject) -> None:
        reading = self._now[subject.sha256]
        anchor = _standing_at(subject.anchor, reading.document) if subject.anchor else None
        if anchor is None:
            self._lost.append(review)
            return
        statement = _added(review, subject, anchor, reading.facts)
        key = subject.sha256, id_of(statement)
        self._said.setdefault(key, []).append(review)
        self._subjects.setdefault(key, subject)
        facts = reading.facts
        if isinstance(statement, Indication):
            facts = replace(facts, indications=(*facts.indications, statement))
        else:
            facts = replace(facts, catch_all=(*facts.catch_all, statement))
        self._now[subject.sha256] = replace(reading, facts=facts)

    def _take_of_document(self, review: Review, sha256: str) -> None:
        reading, sets = self._now.get(sha256), dict(review.sets)
        if reading is None:
            return
        if review.action == "move":
            self._shelved.append(Shelved(sha256, sets.get(BESIDE, "")))
        elif review.action == "correct":
            if sets.get(TOPIC):
                self._shelved.append(Shelved(sha256, name=sets[TOPIC]))
            policy = about.with_said(reading.facts.policy, sets)
            if policy is not reading.facts.policy:
                self._now[sha256] = replace(reading, facts=replace(reading.facts, policy=policy))

    def outcome(self, readings: Sequence[Reading]) -> Amended:
        amended = tuple(self._of(reading) for reading in readings)
        said = {key: tuple(reviews) for key, reviews in self._said.items()}
        regrouping = Regrouping(tuple(self._moves), tuple(self._names), tuple(self._shelved))
        return Amended(amended, regrouping, said, dict(self._subjects), tuple(self._lost))

    def _of(self, reading: Reading) -> Reading:
        """The same bytes may stand under several names."""
        sha256 = reading.document.sha256
        facts = self._now[sha256].facts
        raw, gone = self._raw[sha256].facts, frozenset(id_ for of, id_ in self._gone if of == sha256)
        if not gone and facts is raw:
            return reading
        return replace(reading, facts=_without(facts, gone, raw))


def _corrected(statement: Indication | CatchAll, sets: Mapping[str, str]) -> Indication | CatchAll:
    """A person read it in the source: what she says is no guess. What she does not speak of stays as it was."""
    determination = _determination(sets.get("determination"), statement.determination)
    text = sets.get("text") or statement.text
    if isinstance(statement, CatchAll):
        scope = sets.get("scope", statement.scope)
        return replace(statement, determination=determination, text=text, scope=scope, doubt=None, origin="corrected")
    return replace(
        statement, determination=determination, text=text, population=sets.get("population", statement.population),
        stage=_STAGES.get(sets.get("stage", statement.stage or ""), statement.stage),
        basis=statement.basis or statement.anchor, confidence=1.0, doubt=None, origin="corrected",
    )  # fmt: skip


def _determination(told: str | None, otherwise: Determination) -> Determination:
    try:
        return Determination(told) if told else otherwise
    except ValueError:  # of a newer program
        return otherwise


def _added(review: Review, subject: CellSubject, anchor: Anchor, facts: Facts) -> Indication | CatchAll:
    """What a person marked in the source: its words are the statement and the place where it is determined."""
    sets = dict(review.sets)
    determination = _determination(sets.get("determination"), Determination.UNCLEAR)
    if sets.get("as") == CLAUSE:
        return CatchAll(determination, subject.text, sets.get("scope", ""), anchor, origin="added")
    before = [section.heading for section in facts.sections if section.anchor.start <= anchor.start]
    return Indication(
        id_of_added(review), subject.text, anchor, determination, sets.get("stated", ""), anchor,
        confidence=1.0, population=sets.get("population", ""), stage=_STAGES.get(sets.get("stage", "")),
        section=before[-1] if before else "", origin="added",
    )  # fmt: skip


def _standing_at(words: Anchor, document: Document) -> Anchor | None:
    """Where the words stand: at their place, else where they and what is around them stand just once."""
    text, around = document.text, words.prefix + words.quote + words.suffix
    start = words.start
    if text[start:start + len(words.quote)] != words.quote:
        if not words.quote or text.count(around) != 1:
            return None
        start = text.index(around) + len(words.prefix)
    return replace(words, start=start, end=start + len(words.quote), page=document.page_at(start))


def _without(facts: Facts, gone: frozenset[str], raw: Facts) -> Facts:
    """The facts without statements that a person deleted, and nothing that refers to them or to a criterion that is no
    more as it was read: what a number of a reviewer's words means was not read."""
    left = tuple(each for each in facts.indications if each.id not in gone)
    dropped = _ids(raw.indications) - _ids(left)
    codes = tuple(
        replace(code, indications=tuple(id_ for id_ in code.indications if id_ not in gone)) for code in facts.codes
    )
    return replace(
        facts, codes=codes, indications=left,
        catch_all=tuple(each for each in facts.catch_all if id_of(each) not in gone),
        thresholds=tuple(each for each in facts.thresholds if each.of not in dropped),
    )  # fmt: skip


def _ids(indications: Iterable[Indication]) -> set[str]:
    """Those of statements, and of their criteria."""
    return {id_ for each in indications for id_ in (each.id, *(leaf.id for leaf in each.iter_criteria()))}
