"""Another payer's answer against ours: stricter and looser only where that can be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policyview.align.against import BOTH, Answer, against
from policyview.model import Anchor, Criterion, Determination, Indication, Logic
from tests.align.made import AGAINST, FOR, LEXICON, UNPROVEN

AGE, LUNG = "Age 18 years or older", "Vital capacity of the reed lung is at least 40 percent"
TRIAL = "Trial of reed inhaler for 6 weeks"


def criterion(number: int, text: str) -> Criterion:
    return Criterion(f"c{number}", text, Anchor(number, number + len(text), None, text))


def stating(*texts: str, determination: Determination = FOR) -> Answer:
    words = Anchor(0, 4, None, "cough")
    criteria = tuple(criterion(n, text) for n, text in enumerate(texts))
    said = Indication("i1", "Cough", words, determination, criteria=criteria)
    return Answer((determination,), (replace(said, logic="all") if len(criteria) > 1 else said,))


@pytest.mark.parametrize(("ours", "theirs", "verdict"), [
    (stating(), stating(determination=AGAINST), "stricter"),
    (stating(determination=UNPROVEN), stating(AGE), "looser"),
    (stating(determination=UNPROVEN), stating(determination=AGAINST), "same"),
    (stating(), Answer(()), "cannot tell"), (Answer(()), stating(), "cannot tell"),
    (stating(), Answer((FOR, AGAINST)), "cannot tell"), (stating(), Answer((Determination.UNCLEAR,)), "cannot tell"),
    (stating(), Answer((Determination.CONDITIONAL,)), "cannot tell"),
    (stating(AGE, LUNG), stating(AGE, LUNG), "same"), (stating(), stating(), "same"),
    (stating(AGE), stating(AGE, LUNG), "stricter"), (stating(AGE, LUNG), stating(LUNG), "looser"),
    (stating(), stating(AGE), "stricter"), (stating(AGE), stating(), "looser"),
    (stating(AGE, TRIAL), stating(AGE, LUNG), "differs both ways"),
    (stating(LUNG), stating(LUNG.replace("40", "60")), "stricter"),
    (stating(LUNG), stating(LUNG.replace("40", "30")), "looser"),
    (stating(LUNG), stating(LUNG.replace("at least", "more than")), "stricter"),
    (stating(LUNG.replace("at least", "at most")), stating(LUNG.replace("at least 40", "at most 30")), "stricter"),
    (stating(LUNG), stating(LUNG.replace("at least", "at most")), "cannot tell"),
    (stating(TRIAL), stating(TRIAL.replace("6 weeks", "2 months")), "cannot tell"),
    (stating(TRIAL), stating(TRIAL.replace("6", "8")), "cannot tell"),  # longer is harder, but nothing says "at least"
])  # fmt: skip
def test_verdicts(ours: Answer, theirs: Answer, verdict: str) -> None:
    found = against(ours, theirs, LEXICON)
    assert found.verdict == verdict, found
    assert found.why


def said(*criteria: Criterion, logic: Logic | None = "all", **changed: object) -> Answer:
    words = Anchor(0, 4, None, "cough")
    indication = Indication("i1", "Cough", words, FOR, criteria=criteria, logic=logic if len(criteria) > 1 else None)
    return Answer((FOR,), (replace(indication, **changed),))  # type: ignore[arg-type]


def group(number: int, logic: Logic, *texts: str, n: int | None = None) -> Criterion:
    children = tuple(criterion(10 * number + at, text) for at, text in enumerate(texts))
    return replace(criterion(number, "One of these:"), logic=logic, n=n, children=children)


CUPS, REEDS, BELLS = "Trial of cupping", "Trial of reed inhaler", "Ringing of bells at dusk"


@pytest.mark.parametrize(("ours", "theirs", "verdict", "told"), [
    (said(group(1, "any", CUPS, REEDS)), said(group(1, "any", CUPS, REEDS, BELLS)), "looser", "suffices only here"),
    (said(group(1, "any", CUPS, REEDS, BELLS)), said(group(1, "any", CUPS, REEDS)), "stricter", "does not suffice"),
    (said(group(1, "any", CUPS, REEDS)), said(group(1, "all", CUPS, REEDS)), "cannot tell", "another way"),
    (said(group(1, "at_least", CUPS, REEDS, BELLS, n=2)), said(group(1, "any", CUPS, REEDS, BELLS)), "looser",
     "1 of a list where ours asks for 2"),
    (said(criterion(1, CUPS)), said(group(1, "any", CUPS, BELLS)), "looser", "or something else"),
    (said(group(1, "any", CUPS, BELLS)), said(criterion(1, CUPS)), "stricter", "only this of a list of ours"),
    (said(group(1, "none", CUPS)), said(group(1, "none", CUPS, BELLS)), "stricter", "ruled out only here: Ring"),
    (said(group(1, "any", CUPS, REEDS)), said(group(1, "none", CUPS, REEDS)), "cannot tell", "another way"),
    (said(criterion(1, "Age 6 years or older")), said(criterion(1, AGE)), "stricter", "where ours has"),
    (said(criterion(1, BELLS)), said(criterion(1, BELLS), criterion(2, AGE)), "stricter", "only here: 18 years"),
    (said(text="Cough, moderate to severe"), said(text="Cough"), "looser", "not here: moderate to severe"),
    (said(criterion(1, "Diagnosis of cough"), criterion(2, BELLS)), said(criterion(1, BELLS)), "same", ""),
    (said(criterion(1, BELLS)), said(criterion(1, BELLS), stage="continuation"), "cannot tell", "continued"),
    (said(criterion(1, BELLS)), said(criterion(1, BELLS), population="children"), "stricter", "only here: children"),
    (said(group(1, "any", BELLS, "Contraindication to bells")),
     said(group(1, "any", BELLS + ", unless contraindicated")),
     "cannot tell", "on one matter in other words"),
    # the other list of criteria that one points to may ask for it too
    (said(criterion(1, BELLS), criterion(2, AGE)), said(criterion(1, "Continues to meet the initial criteria")),
     "cannot tell", "may ask for it elsewhere"),
    # on one matter in other words: neither is asked for by one payer only
    (said(criterion(1, "Not combined with another reed"), criterion(2, AGE)),
     said(criterion(1, "No concomitant use of a horn"), criterion(2, AGE)), "cannot tell", "on one matter"),
])  # fmt: skip
def test_lists_people_and_other_words_are_weighed(ours: Answer, theirs: Answer, verdict: str, told: str) -> None:
    found = against(ours, theirs, LEXICON)
    assert found.verdict == verdict, found
    assert told in " ".join((found.why, *found.differences))


def test_each_difference_is_named_and_counted() -> None:
    found = against(stating(AGE, TRIAL, BELLS), stating(AGE, LUNG, BELLS), LEXICON)
    assert found.verdict == BOTH
    assert found.why.startswith("stricter in 1, looser in 1: ")
    assert [line.split(":")[0] for line in found.differences] == ["stricter", "looser"]


def test_several_statements_are_ways_to_be_covered() -> None:
    one, more = stating(AGE, BELLS), stating(AGE, BELLS, LUNG)
    (way,), (other,) = one.indications, more.indications
    either = Answer((FOR,), (way, replace(other, id="i2")))
    assert against(either, either, LEXICON).verdict == "same"
    assert against(one, either, LEXICON).verdict == "same"  # its second way asks for more, the first is ours
    assert against(more, either, LEXICON).verdict == "looser"
    assert against(either, more, LEXICON).verdict == "stricter"


def test_what_a_document_asks_for_above_all_its_uses_may_hold_for_each() -> None:
    general = Indication("i9", "Concomitant use with a horn", Anchor(0, 1, None, "C"), AGAINST)
    ours, theirs = stating(AGE, "Not combined with any horn"), stating(AGE)
    assert against(ours, theirs, LEXICON).verdict == "looser"
    assert against(ours, replace(theirs, others=(general, *theirs.indications)), LEXICON).verdict == "cannot tell"


def test_an_age_that_only_draws_a_row_leaves_nobody_out() -> None:
    adults = Indication("i1", "Gout in adults", Anchor(0, 1, None, "G"), FOR)
    children = replace(adults, id="i2", text="Gout in children")
    ours = Answer((FOR,), (replace(adults, text="Gout"),))
    assert against(ours, Answer((FOR,), (adults,)), LEXICON).verdict == "stricter"
    assert against(ours, Answer((FOR,), (adults,), (adults, children)), LEXICON).verdict == "same"


def test_what_a_product_is_approved_for_is_not_held_against_criteria() -> None:
    label = said(context=("FDA-Approved Indications",))
    assert against(stating(AGE), label, LEXICON).verdict == "cannot tell"
