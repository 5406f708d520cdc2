"""Carries what people said of one version of a policy over to the next: for each review where its words stand now.

A review is carried only to a statement that says the same; what changed in any way is to be looked at again, and a
look-alike is never taken for what was reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from policyview import anchor
from policyview.lexicon import Lexicon
from policyview.model import Anchor, Indication, Reading
from policyview.review import CellSubject, Review, standing
from policyview.wording import sense

Outcome = Literal["moved", "words changed: look again", "orphaned"]


@dataclass(frozen=True)
class Carried:
    """A review of an older version, and what it is about in the newer one: None where that is not there.

    ``why`` says in half sentences what to look at.
    """

    review: Review
    outcome: Outcome
    subject: CellSubject | None
    why: tuple[str, ...] = ()


def carry(reviews: Sequence[Review], old: Reading, new: Reading, lexicon: Lexicon) -> tuple[Carried, ...]:
    """What was said of cells of ``old`` and holds, for ``new``; what was said of that already is not asked again."""
    said = {review.subject.identity for review in standing(reviews)}
    found = [
        _carried(review, review.subject, old, new, lexicon) for review in standing(reviews)
        if isinstance(review.subject, CellSubject) and review.subject.sha256 == old.document.sha256
    ]  # fmt: skip
    return tuple(each for each in found if each.subject is None or each.subject.identity not in said)


def _carried(review: Review, subject: CellSubject, old: Reading, new: Reading, lexicon: Lexicon) -> Carried:
    if subject.anchor is None:
        here = replace(subject, sha256=new.document.sha256)
        return Carried(review, "words changed: look again", here, ("it was said of a silence; see whether it lasts",))
    before = _reviewed(subject, old)
    same = [each for each in new.facts.indications if _flat(each.anchor.quote) == _flat(subject.anchor.quote)]
    if len(same) > 1:
        same = [each for each in same if before and _place(each) == _place(before)] or same
    if len(same) == 1:
        why = _differences(before, same[0]) if before else ("the older version is read otherwise today",)
        return Carried(review, "words changed: look again" if why else "moved", _subject(subject, new, same[0]), why)
    if same:
        why = (f"its words stand in {len(same)} places now",)
        return Carried(review, "words changed: look again", _subject(subject, new, same[0]), why)
    return _by_its_words(review, subject, subject.anchor, before, new, lexicon)


def _by_its_words(
    review: Review, subject: CellSubject, words: Anchor, before: Indication | None, new: Reading, lexicon: Lexicon
) -> Carried:
    """Where no statement has these very words: the one at the place where they, or nearly they, are found."""
    place = anchor.find(
        new.document, words.quote, words.prefix, words.suffix, sense=lambda text: sense(text, lexicon)
    )  # fmt: skip
    there = next((each for each in new.facts.indications if place and _overlap(each.anchor, place)), None)
    why = "its words are others"
    if there is None:
        there, why = _nearest(_use(words.quote, before), new.facts.indications), "it is stated in other words"
    if there is None:
        why = "its words state nothing any more" if place else "its words are not there any more"
        return Carried(review, "orphaned", None, (why,))
    return Carried(review, "words changed: look again", _subject(subject, new, there), (why,))


def _nearest(use: str, indications: Sequence[Indication]) -> Indication | None:
    """The one statement that names the same use, whatever it says of it, for a person to look at."""
    scored = sorted(((fuzz.ratio(use, _use(each.anchor.quote, each)) / 100, -number, each)
                     for number, each in enumerate(indications)), reverse=True)  # fmt: skip
    if not scored or scored[0][0] < anchor.FLOOR or (len(scored) > 1 and scored[1][0] > scored[0][0] - anchor.MARGIN):
        return None
    return scored[0][2]


def _use(quote: str, indication: Indication | None) -> str:
    """The words of a statement without those that say whether it is covered."""
    stated = _flat(indication.stated) if indication else ""
    return _flat(_flat(quote).replace(stated, " ") if stated else quote)


def _reviewed(subject: CellSubject, old: Reading) -> Indication | None:
    """The statement that was reviewed, as the older version is read today."""
    assert subject.anchor is not None
    quoted = [each for each in old.facts.indications if each.anchor.quote == subject.anchor.quote]
    exact = [each for each in quoted if each.anchor.start == subject.anchor.start and each.text == subject.text]
    return next(iter(exact or quoted), None)


def _subject(subject: CellSubject, new: Reading, there: Indication) -> CellSubject:
    return CellSubject(new.document.sha256, there.anchor, there.text, subject.topic)


def _overlap(one: Anchor, other: Anchor) -> bool:
    return one.start < other.end and other.start < one.end


def _place(indication: Indication) -> tuple[object, ...]:
    """What tells statements of the same words apart."""
    return _flat(indication.section), tuple(map(_flat, indication.context)), indication.population, indication.stage


def _differences(before: Indication, after: Indication) -> tuple[str, ...]:
    """What of a statement is another, though its own words are the same."""
    return tuple(told for told, was, now in _parts(before, after) if was != now)


def _parts(before: Indication, after: Indication) -> Iterator[tuple[str, object, object]]:
    yield "the determination is another", before.determination, after.determination
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
