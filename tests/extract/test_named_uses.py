"""Lists that name their uses: conditions with their criteria, under one statement that covers them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.named_uses import is_diagnosis
from policyview.model import Indication
from tests.extract.reading import LEXICON, indications_of, tree

HEAD = "# Medical Policy: Warmol\n\n## Policy\n\nWarmol is covered when the criteria below are met.\n\n## Criteria\n\n"


def named(tmp_path: Path, text: str) -> list[tuple[str, str, list[object], list[object]]]:
    return [_brief(i) for i in indications_of(tmp_path, HEAD + text)]


def _brief(use: Indication) -> tuple[str, str, list[object], list[object]]:
    return use.label, use.text, tree(use.criteria), tree(use.inherited)


def test_what_stands_beside_conditions_and_names_none_is_inherited_by_each(tmp_path: Path) -> None:
    assert named(tmp_path, (
        "1. Toeitis\n    a. Toes are white\n    b. Pain at rest\n"
        "2. Nightcap syndrome\n    a. Ears are red\n3. A nurse is there\n"
    )) == [
        ("1", "Toeitis", ["Toes are white", "Pain at rest"], ["A nurse is there"]),
        ("2", "Nightcap syndrome", ["Ears are red"], ["A nurse is there"]),
    ]


def test_conditions_stand_under_fields_of_medicine_one_of_them_alone(tmp_path: Path) -> None:
    assert named(tmp_path, (
        "1. Rheumatology\n    a. Toeitis\n        - Toes are white\n    b. Winter gout\n        - Frost is near\n"
        "2. Dermatology\n    a. Snow eczema\n        - Skin is red\n"
    )) == [
        ("1.a", "Toeitis", ["Toes are white"], []),
        ("1.b", "Winter gout", ["Frost is near"], []),
        ("2.a", "Snow eczema", ["Skin is red"], []),
    ]


def test_a_name_among_more_criteria_is_a_criterion(tmp_path: Path) -> None:
    texts = [text for _, text, _, _ in named(tmp_path, (
        "1. Toeitis\n    a. Toes are white\n    b. Pain at rest\n2. Member owns no stove\n3. Member is cold\n"
    ))]
    assert "Toeitis" not in texts


def test_diagnoses_over_criteria_lead_them_in_and_a_symptom_below_is_a_criterion(tmp_path: Path) -> None:
    assert [(text, criteria) for _, text, criteria, _ in named(tmp_path, (
        "- Patient must have a diagnosis of toeitis\n    - Toes are white\n"
        "- Patient must have a confirmed diagnosis of winter gout\n    - Pain at rest\n"
    ))] == [
        ("Patient must have a diagnosis of toeitis", ["Toes are white"]),
        ("Patient must have a confirmed diagnosis of winter gout", ["Pain at rest"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The member must have an established diagnosis of toeitis", True),
        ("Must have a diagnosis of one of these: toeitis", False),
        ("Must have a diagnosis of coldness", False),
        ("Must have toeitis", False),
    ],
)
def test_a_diagnosis_is_demanded_by_name(text: str, expected: bool) -> None:
    assert is_diagnosis(text, LEXICON) is expected


def test_a_joined_list_belongs_to_the_name_before_it_or_to_all(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, HEAD + (
        "1. Toeitis\n    a. Toes are white\n    b. Pain at rest\n\n"
        "AND one of the following:\n\n- Snow lies\n- Frost is near\n\n"
        "AND all of the following for all diagnoses:\n\n- A nurse is there\n- The bill is paid\n"
    ))
    assert use.logic == "all"
    assert _brief(use) == (
        "1", "Toeitis",
        ["Toes are white", "Pain at rest", ["AND one of the following:", "any", ["Snow lies", "Frost is near"]]],
        ["A nurse is there", "The bill is paid"],
    )


def test_kinds_that_a_name_lists_are_one_criterion_beside_the_joined(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, HEAD + (
        "1. Toeitis including any of the following:\n    a. Big toeitis\n    b. Small toeitis\n\n"
        "AND all of the following:\n\n- Pain at rest\n- Snow lies\n"
    ))
    assert use.logic == "all"
    assert tree(use.criteria) == [
        ["Toeitis including any of the following:", "any", ["Big toeitis", "Small toeitis"]],
        ["AND all of the following:", "all", ["Pain at rest", "Snow lies"]],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Toeitis\n", [("1", "Toeitis", [], [])]),
        ("1. Toeitis\n    a. Toes are white\n    b. Pain at rest\n",
         [("1", "Toeitis", ["Toes are white", "Pain at rest"], [])]),
        ("1. Toeitis (must meet the following):\n    a. Toes are white\n",
         [("1", "Toeitis (must meet the following)", ["Toes are white"], [])]),
    ],
)
def test_a_single_condition_is_a_use_alone_with_several_criteria_or_where_they_must_be_met(
    tmp_path: Path, text: str, expected: list[object]
) -> None:
    assert named(tmp_path, text) == expected


def test_below_a_heading_that_refuses_items_name_uses_and_give_the_reasons(tmp_path: Path) -> None:
    text = (
        "# Medical Policy: Warmol\n\n## Policy\n\nWarmol is covered for toeitis.\n\n"
        "## Uses Not Recommended for Approval\n\nWarmol has shown little in these.\n\n"
        "1. Gout (of toes, e.g.: cold): In a small trial it was of no use.\n2. Psoriasis. Guidelines say no.\n"
        "3. Asthma: It made the breath no warmer, and so on.\n"
    )
    _, *refused = indications_of(tmp_path, text)
    assert {use.determination.value for use in refused} == {"not_covered"}
    assert [(use.label, use.text) for use in refused] == [
        ("1.", "Gout (of toes, e.g.: cold)"), ("2.", "Psoriasis"), ("3.", "Asthma")
    ]


def test_the_period_of_a_stage_is_no_criterion_and_a_heading_over_both_stages_names_none(tmp_path: Path) -> None:
    text = HEAD + (
        "### Initial Approval/Extended Approval\n\nWarmol is covered for gout when both are met:\n\n"
        "1. Toes are white\n2. Pain at rest\n3. Initial approval: 6 months\n"
    )
    (use,) = indications_of(tmp_path, text)
    assert (tree(use.criteria), use.stage) == (["Toes are white", "Pain at rest"], None)


LETTERED = """Drug Policy: Warmol

Coverage Criteria

Warmol is covered when the following are met:
A. Gout [must meet all]
1. White toes
2. Aspirin failed
B. Raynaud disease [must meet all]
1. Blue toes
2. Wool failed
C. Other diagnoses and uses (must meet 1 or 2):
1. If the drug is on the list, refer to the list policy
2. If it is not, refer to the policy for all drugs
"""


def test_other_diagnoses_are_a_peer_and_no_use_where_they_only_refer(tmp_path: Path) -> None:
    found = indications_of(tmp_path, LETTERED, ".txt")
    assert [(i.text.split(" [")[0], i.inherited) for i in found] == [("Gout", ()), ("Raynaud disease", ())]


def test_common_conditions_hold_no_list_of_products_and_nothing_of_renewal(tmp_path: Path) -> None:
    common = (
        "A. General considerations\n1. Excluded agents: two preferred ones come first:\na. Coldol\nb. Icemol\n"
        "2. Re-approval: one year [must meet both]\na. Warmer toes\nb. No harm\n3. Age 18 or older\n"
    )
    gout = "B. Gout [must meet all]\n1. White toes\n2. Aspirin failed\n"
    raynaud = "C. Raynaud disease [must meet all]\n1. Blue toes\n2. Wool failed\n"
    text = "Drug Policy: Warmol\n\nCoverage Criteria\n\nWarmol is covered when the criteria below are met.\n"
    found = indications_of(tmp_path, f"{text}{common}{gout}{raynaud}", ".txt")
    renewal, *uses = found
    assert (renewal.stage, renewal.logic) == ("continuation", "all")
    assert tree(renewal.criteria) == ["Warmer toes", "No harm"]
    assert [i.text.split(" [")[0] for i in uses] == ["Gout", "Raynaud disease"]
    for indication in uses:
        assert [tree(c.children) for c in indication.inherited] == [
            ["Excluded agents: two preferred ones come first:", "Age 18 or older"]
        ]
