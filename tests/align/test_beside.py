"""Criteria of one row beside each other: the same thing asked for, with the same numbers or others, or only here."""

from __future__ import annotations

from dataclasses import replace

from policyview.align.beside import Counterpart, beside, limits_beside
from policyview.model import Anchor, Criterion, CriterionKind, Determination, Indication, Limit
from tests.align.made import LEXICON


def criterion(id_: str, text: str, kind: CriterionKind = "other", *children: Criterion) -> Criterion:
    return Criterion(id_, text, Anchor(0, len(text), None, text), kind=kind, children=children)


def asking(*criteria: Criterion) -> list[Indication]:
    words = Anchor(0, 4, None, "cough")
    return [Indication("i1", "Harvest cough", words, Determination.MEDICALLY_NECESSARY, criteria=criteria)]


def found(**asked: list[Indication]) -> dict[tuple[str, str], list[Counterpart]]:
    return {place: list(those) for place, those in beside(asked, LEXICON).items()}


AGE = criterion("a", "Their age is 18 years or more")
LUNG = criterion("b", "Forced vital capacity of the reed lung is at least 40 percent")


def test_the_same_thing_in_other_words() -> None:
    said = found(larch=asking(AGE, LUNG), marsh=asking(criterion("x", "Age ≥ 18 years")))
    (other,) = said["larch", "a"]
    assert (other.file, other.criterion.id, other.differs) == ("marsh", "x", ())
    assert other.is_reworded
    assert said["marsh", "x"][0].criterion.id == "a"
    assert ("larch", "b") not in said  # asked only there


def test_who_must_prescribe_is_the_same_in_however_many_words() -> None:
    short = criterion("x", "Harvest cough and hay fever: pulmonologist", "prescriber")
    long = criterion("y", "Therapy must be begun or recommended by a pulmonologist", "prescriber")
    other = criterion("z", "Prescribed by or in consultation with a dermatologist", "prescriber")
    said = found(larch=asking(short), marsh=asking(long), alder=asking(other))
    assert [each.file for each in said["larch", "x"]] == ["marsh"]
    assert ("alder", "z") not in said


def test_other_numbers_and_comparators() -> None:
    other = criterion("y", "Forced vital capacity of the reed lung is more than 40 percent")
    said = found(larch=asking(LUNG), marsh=asking(other))
    assert said["larch", "b"][0].differs == (("≥ 40 percent", "> 40 percent"),)
    assert said["marsh", "y"][0].differs == (("> 40 percent", "≥ 40 percent"),)


def test_what_is_denied_is_not_what_is_asked_for() -> None:
    smoker = criterion("s", "The member smokes tobacco")
    never = criterion("n", "The member does not smoke tobacco")
    assert not found(larch=asking(smoker), marsh=asking(never))
    step = criterion("t", "Trial of two reed inhalers", "step")
    note = criterion("u", "Trial of two reed inhalers", "documentation")
    assert not found(larch=asking(step), marsh=asking(note))


def test_each_has_one_counterpart_in_a_document() -> None:
    twice = asking(criterion("p", "Trial of reed inhaler"), criterion("q", "Trial of reed inhaler for 6 weeks"))
    said = found(larch=asking(criterion("o", "Trial of reed inhaler for 8 weeks")), marsh=twice, spruce=asking(AGE))
    (other,) = said["larch", "o"]
    assert (other.criterion.id, other.differs) == ("q", (("8 weeks", "6 weeks"),))
    assert ("marsh", "p") not in said


def test_an_announcement_asks_for_nothing() -> None:
    one, other = (criterion(id_, "All of the following are met", "other", AGE) for id_ in ("v", "w"))
    said = found(larch=asking(one), marsh=asking(other))
    assert set(said) == {("larch", "a"), ("marsh", "a")}


def test_a_period_is_told_without_the_days_of_its_doses() -> None:
    def limited(text: str) -> list[Indication]:
        return [replace(asking()[0], limits=(Limit("approval_period", text, Anchor(0, len(text), None, text)),))]

    said = {"larch": limited("First approval: 4 weeks (doses in week 0 and at 4 weeks)"),
            "marsh": limited("First approval: 6 months"), "alder": limited("First approval (4 weeks)")}  # fmt: skip
    assert limits_beside(said, LEXICON)["larch", "i1", 0] == (("marsh", "6 months", "4 weeks"),)
