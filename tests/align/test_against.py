"""Another payer's answer against ours: stricter and looser only where that can be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policyview.align.against import Against, Answer, against
from policyview.model import Anchor, Criterion, Determination, Indication
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
    (stating(AGE, TRIAL), stating(AGE, LUNG), "cannot tell"),
    (stating(LUNG), stating(LUNG.replace("40", "60")), "stricter"),
    (stating(LUNG), stating(LUNG.replace("40", "30")), "looser"),
    (stating(LUNG), stating(LUNG.replace("at least", "more than")), "stricter"),
    (stating(LUNG.replace("at least", "at most")), stating(LUNG.replace("at least 40", "at most 30")), "stricter"),
    (stating(LUNG), stating(LUNG.replace("at least", "at most")), "cannot tell"),
    (stating(TRIAL), stating(TRIAL.replace("6 weeks", "2 months")), "cannot tell"),
    (stating(TRIAL), stating(TRIAL.replace("6", "8")), "cannot tell"),  # longer is harder, but nothing says "at least"
])  # fmt: skip
def test_verdicts(ours: Answer, theirs: Answer, verdict: str) -> None:
    said = against(ours, theirs, LEXICON)
    assert said.verdict == verdict, said
    assert said.why


def test_what_cannot_be_weighed() -> None:
    ours, theirs = stating(AGE, LUNG), stating(AGE, LUNG)
    (said,) = theirs.indications

    def seen(**changed: object) -> Against:
        return against(ours, replace(theirs, indications=(replace(said, **changed),)), LEXICON)  # type: ignore[arg-type]

    assert seen(logic="any").verdict == "cannot tell"
    assert seen(population="children").verdict == "cannot tell"
    assert seen(stage="continuation").verdict == "cannot tell"
    nested = replace(said.criteria[0], children=(criterion(7, TRIAL), criterion(8, LUNG)))
    assert seen(criteria=(nested,)).verdict == "cannot tell"
    twice = replace(theirs, indications=(said, said))
    assert against(ours, twice, LEXICON).verdict == "cannot tell"
