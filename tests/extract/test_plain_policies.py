"""Policies as web pages and plain text print them: lists without indentation, letterheads, lines on doses and codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Determination as D
from tests.extract.reading import facts_of, indications_of, tree

HEAD = "# Medical Policy: Toe Warming\n\n## Policy\n\n"


def test_bullets_set_no_deeper_stand_in_the_number_that_leads_them_in(tmp_path: Path) -> None:
    first, second, third = indications_of(tmp_path, (
        "Toe Warming\n\nPOLICY:\n\nToe warming may be considered medically necessary for the following indications:\n\n"
        "  1. Suspected frostbite as shown by ALL of the following:\n  \u2022 Toes are white.\n  \u2022 Toes are cold."
        "\n  1. Chronic gout after any of the following failed:\n    1. Wool,\n    2. Tea\n  2. Old chilblains.\n"
    ), ".txt")
    assert (first.logic, tree(first.criteria)) == ("all", ["Toes are white", "Toes are cold"])
    assert (second.criteria[0].text, third.text) == ("Wool", "Old chilblains")
    assert not first.inherited + second.inherited + third.inherited


@pytest.mark.parametrize("line", [
    "If the 90 mg pad is requested, approve if the member weighs more than 100 kg.",
    "Doses above 90 mg will be approved only after a lower dose failed.",
    "Quantities above one pad a day are not covered.",
    "Brand name requests: approve if the generic pad is not available.",
    "The following codes are covered when criteria are met.",
    "Lamps lent by out-of-network suppliers are not covered without a letter.",
])
def test_doses_brands_codes_and_suppliers_are_no_uses(tmp_path: Path, line: str) -> None:
    use, = indications_of(tmp_path, f"{HEAD}Toe warming is covered for gout.\n\n{line}\n")
    assert use.text == "Toe warming is covered for gout"


def test_names_over_sentences_that_begin_alike_are_headings(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "Authorization Criteria: Warmol\n\nAuthorization Criteria\n\nCold Urticaria\nInitial: Approve for 6 months "
        "if all of the following are met:\n1. Age 12 or older\n2. Failure of wool\nRenewal: Approve for 12 months if "
        "the toes are warm.\n\nGout\nInitial: Approve for 6 months if all of the following are met:\n1. Age 6 or "
        "older\n"
        "2. Failure of tea\n"
    ), ".txt")
    assert [use.text.split(":")[0] for use in uses] == ["Cold Urticaria", "Cold Urticaria", "Gout"]


def test_a_payers_name_over_a_policy_is_neither_its_title_nor_part_of_a_use(tmp_path: Path) -> None:
    _, facts = facts_of(tmp_path, (
        "Lakeshore Health\nToe Warming\nMedical Policy 22\n\nCovered Indications\n- Frostbite\n- Gout\n\nNon-Covered "
        "Indications\n- Healthy toes\n"
    ), ".txt")
    assert (facts.policy.payer, facts.policy.title) == ("Lakeshore Health", "Toe Warming")
    assert [use.text for use in facts.indications] == ["Frostbite", "Gout", "Healthy toes"]


def test_a_verdict_behind_the_sentence_that_names_its_service_states(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "Toe Bulletin\n\nThis procedure is not covered\n\nToe bathing is a procedure that warms a toe. This procedure "
        "is "
        "covered.\n\nTreatments that bring back the feeling in a toe are generally covered.\n"
    ), ".txt")
    assert [use.determination for use in uses] == [D.MEDICALLY_NECESSARY] * 2
    assert uses[0].text.startswith("Toe bathing is a procedure")


def test_a_letterhead_run_together_hides_no_statement(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        "National Toe Policy\n\nPosted: May 12, 2010 Subject: Toe Baths Policy Number: TOE48 Effective Date: March "
        "2005 This "
        "policy is subject to the terms in the notice at its end Current Policy Statement (Update May 2010) Snow "
        "Health, Inc. "
        "considers toe baths medically necessary when any of the following is met: 1. Toes are white 2. Toes are blue\n"
    ), ".txt")
    assert use.text.startswith("Snow Health, Inc. considers toe baths")
    assert (use.logic, tree(use.criteria)) == ("any", ["Toes are white", "Toes are blue"])


def test_what_authorization_is_asked_for_names_the_use(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        "Snow Medicaid Drug Criteria\n\nPrior authorization is required for long-acting toe warmers. Payment will be "
        "considered for patients when the following is met:\n1. Toes are white; and\n2. Wool failed.\n"
    ), ".txt")
    assert use.text.startswith("long-acting toe warmers: ")
    assert use.logic == "all"


def test_a_bullet_that_states_leads_in_the_bullets_like_it(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        "Toe Wraps Form\nThis procedure is not covered\nClinical Criteria:\n- Toe wraps are considered medically "
        "necessary "
        "when all the following criteria are met:\n- Toes are white.\n- Snow lies.\n- Wool failed.\n"
    ), ".txt")
    assert (use.logic, len(use.criteria)) == ("all", 3)


def test_a_condition_over_lines_of_criteria_names_them(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "Warmol (warmolib)\nlasting chronic gout\nInitial criteria\n- Diagnosis of gout that wool did not make better "
        "in a "
        "year of wearing it both by day and by night\n- Wool failed\nReauthorization criteria\n- Toes are warm\n- "
        "Wool is "
        "worn\nReauthorization Required: Yes\n"
    ), ".txt")
    assert [(use.text, len(use.criteria)) for use in uses] == [
        ("lasting chronic gout: Initial criteria", 2), ("lasting chronic gout: Reauthorization criteria", 2),
    ]
