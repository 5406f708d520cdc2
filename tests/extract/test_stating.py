"""Which sentences state a determination, and which only use its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Determination as D
from tests.extract.reading import facts_of, indications_of, tree

HEAD = "# Medical Policy: Warmol\n\n## Policy\n\n"


@pytest.mark.parametrize(
    ("sentence", "determination", "ground"),
    [
        ("Warmol remains non-covered for toeitis.", D.NOT_COVERED, "benefit"),
        ("Warmol would not be covered for toeitis.", D.NOT_COVERED, "benefit"),
        ("No plan payment may be made for warm tea.", D.NOT_COVERED, "benefit"),
        ("Payment will not be made for warm tea.", D.NOT_COVERED, "benefit"),
        ("Warm tea is not payable.", D.NOT_COVERED, "benefit"),
        ("Warm tea is denied as not reasonable and necessary.", D.NOT_MEDICALLY_NECESSARY, "necessity"),
        ("Coverage of warm tea is at the discretion of the contractor.", D.CONDITIONAL, "discretion"),
        ("Contractors may determine coverage of warm tea.", D.CONDITIONAL, "discretion"),
        ("Warmol is covered when furnished in the context of a clinical trial.", D.CONDITIONAL, "study_only"),
        ("Warmol is covered for the routine costs of a clinical study.", D.CONDITIONAL, "study_only"),
        ("Warmol will be renewed for those who walk in snow.", D.MEDICALLY_NECESSARY, "benefit"),
        ("Reimbursement for Warmol will be limited to toeitis.", D.MEDICALLY_NECESSARY, "benefit"),
        ("Warmol is indicated for toeitis under the criteria of this text.", D.MEDICALLY_NECESSARY, "necessity"),
    ],
)
def test_a_payers_determination(tmp_path: Path, sentence: str, determination: D, ground: str) -> None:
    (use,) = indications_of(tmp_path, HEAD + sentence)
    assert (use.determination, use.ground) == (determination, ground)


@pytest.mark.parametrize(
    "sentence",
    [
        "“Medically necessary” means a service that warms.",
        "Medically necessary is defined as those services that warm.",
        "Investigational: services that no study has looked at.",
        "Services that are not covered are listed on the wall.",
        "Warmol is approved for up to 12 months.",
        "Warmol is approved for six months at a time.",
        "Warmol (in the valley below it is not covered) comes in tubes.",
        "Charges for a lost tube are not covered.",
        "A maximum of two tubes is covered.",
        "In order to be covered, tubes are counted.",
        "An experimental device was lent to the shepherds; it is an investigational new drug.",
        "Coverage is limited to two tubes.",
        "Coverage will be provided under the pharmacy benefit.",
        "This program covers the costs of tea.",
        "Warmol is indicated for toeitis.",
        "Warmol is indicated for toeitis by the FDA label under the following criteria.",
    ],
)
def test_words_of_a_determination_that_decide_nothing(tmp_path: Path, sentence: str) -> None:
    assert indications_of(tmp_path, HEAD + sentence) == []


@pytest.mark.parametrize(
    ("sentence", "is_stated"),
    [
        ("Warm tea will be approved for toeitis.", True),
        ("Warm tea is covered for toeitis.", True),
        ("Warm tea is not covered for toeitis.", True),
        ("Warm tea is considered investigational for toeitis.", True),
        ("Warm tea is approved for toeitis.", False),
        ("Warm tea is not authorized for toeitis.", False),
        ("Warm tea is not covered for toeitis, please call the herbalist.", False),
    ],
)
def test_outside_the_policy_sections_only_what_a_payer_alone_says_counts(
    tmp_path: Path, sentence: str, is_stated: bool
) -> None:
    text = f"{HEAD}Warmol is covered for toeitis.\n\n## Comments\n\n{sentence}\n"
    assert len(indications_of(tmp_path, text)) == 1 + is_stated


def test_a_case_covered_otherwise_stands_among_criteria_without_being_one(tmp_path: Path) -> None:
    use, study = indications_of(tmp_path, HEAD + (
        "Warmol is medically necessary for toeitis when all are met:\n\n- Toes are white\n- Snow lies\n"
        "- Warmol is covered only in a clinical trial in which:\n    - A nurse counts the toes\n"
    ))
    assert tree(use.criteria) == ["Toes are white", "Snow lies"]
    assert (study.determination, tree(study.criteria)) == (D.CONDITIONAL, ["A nurse counts the toes"])


def test_a_list_not_covered_for_the_following_gives_uses_and_a_residual_clause(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + (
        "Warmol is not covered for the following:\n\n- Patient is tired\n- Member has toeitis\n- Any other use\n"
    ))[1]
    assert [(i.text, i.determination) for i in facts.indications] == [
        ("Patient is tired", D.NOT_COVERED), ("Member has toeitis", D.NOT_COVERED),
    ]
    assert [clause.scope for clause in facts.catch_all] == ["Any other use (Warmol)"]


def test_a_statement_decides_on_what_the_sentence_before_names(tmp_path: Path) -> None:
    found = indications_of(tmp_path, HEAD + (
        "The trials do not support the use of Warmol for toeitis, cold ears, snow eczema and nightcap syndrome. "
        "Requests for these indications will be denied.\n"
    ))
    conditions = ["toeitis", "cold ears", "snow eczema", "nightcap syndrome"]
    assert [i.text for i in found] == [f"Warmol for {condition}" for condition in conditions]
    assert [i.anchor.quote for i in found] == ["Warmol for toeitis", *conditions[1:]]
    assert {(i.determination, i.stated) for i in found} == {(D.NOT_COVERED, "will be denied")}


def test_named_criteria_that_are_not_met_make_no_residual_clause(tmp_path: Path) -> None:
    text = "Warmol is not covered for the treatment of toeitis when these criteria are not met."
    facts = facts_of(tmp_path, HEAD + text)[1]
    assert (len(facts.indications), facts.catch_all) == (1, ())
