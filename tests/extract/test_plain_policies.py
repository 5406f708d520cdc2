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


def test_a_label_in_capitals_heads_the_rules_behind_it(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "Toe Manual\n\nDESCRIPTION:\nCold toes are toes that are cold.\n\nINDICATIONS: Requires Prior Authorization "
        "by a "
        "Plan Director\n\n1. Toe baths are considered medically necessary when all of the following are met:\n"
        "   \u2022 Toes are white\n   \u2022 Wool failed\n2. Toe wraps are considered medically necessary for gout.\n"
    ), ".txt")
    assert [use.text for use in uses] == [
        "Toe baths are considered medically necessary", "Toe wraps are considered medically necessary for gout",
    ]


def test_a_description_that_says_plainly_what_must_hold_states(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        "# Medical Policy: Toe Warming\n\n## Description\n\nToe baths are considered medically necessary when all of "
        "the "
        "following criteria are met:\n\n- Toes are white\n- Wool failed\n\n## Policy\n\nSee above.\n"
    ))
    assert (use.logic, len(use.criteria)) == ("all", 2)


def test_a_renewal_may_be_said_to_approve_again(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, f"{HEAD}Warmol is approved for gout.\n\nWarmol is re-approved when the toes are "
    "warm.\n")
    assert [(use.determination, use.stage) for use in uses][1] == (D.MEDICALLY_NECESSARY, "continuation")


def test_what_a_section_holds_and_what_it_leaves_out_are_no_uses(tmp_path: Path) -> None:
    _, facts = facts_of(tmp_path, (
        f"{HEAD}The following section includes indications for which toe imaging is considered medically necessary, "
        "with "
        "evidence. Indications, diagnoses, or imaging modalities not specifically addressed are considered not "
        "medically "
        "necessary.\n\nToe imaging is considered medically necessary for gout.\n"
    ))
    assert [use.text for use in facts.indications] == ["Toe imaging is considered medically necessary for gout"]
    assert [clause.determination for clause in facts.catch_all] == [D.NOT_MEDICALLY_NECESSARY]


def test_a_technology_named_before_is_not_named_by_its_members(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{HEAD}Snow members may NOT be eligible under the Plan for toes made of wax. This technology is considered "
        "experimental/investigational as it is seldom used.\n\nThis is considered not medically necessary as defined "
        "in the "
        "member's certificate.\n"
    ))
    assert [use.text.split(":")[0] for use in uses][1:] == ["for toes made of wax"]


def test_what_records_must_show_is_no_use(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        "Toe Surgery\n\nCoverage Criteria\n\nToe surgery must meet ALL of the following:\n\n1. Age 18 or older\n2. "
        "Toes are "
        "white\n\nThe medical record should include the following:\n\n\u2022 Office notes\n\u2022 A picture of the "
        "toe\n"
    ), ".txt")
    assert (use.text, use.logic, len(use.criteria)) == ("Toe surgery", "all", 2)


def test_a_document_that_only_calls_its_lists_indications_is_read_with_a_doubt(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "Imaging Guidelines\n\nINDICATIONS FOR TOE MRI\n\nFor evaluation of suspected gout:\n  \u2022 Toes are red\n"
        "  \u2022 Toes are hot\n\nFor evaluation of frostbite\n  \u2022 Toes are white\n  \u2022 Toes are cold\n\n"
        "Known tumor\n  \u2022 Yearly picture\n  \u2022 New pain\n"
    ), ".txt")
    assert [use.text for use in uses] == [
        "For evaluation of suspected gout", "For evaluation of frostbite", "Known tumor",
    ]
    assert all(use.doubt and use.confidence <= 0.5 for use in uses)


def test_a_name_right_over_a_statement_names_its_use(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        "Imaging Guidelines\n\nClinical Indications\n\nScoliosis\nToe imaging is considered medically necessary in "
        "ANY of the "
        "following scenarios:\n- Before an operation\n- Toes bend by more than 5 degrees in a year\n- Toes are numb\n"
    ), ".txt")
    assert (use.text.split(":")[0], use.logic, len(use.criteria)) == ("Scoliosis", "any", 3)


@pytest.mark.parametrize(("line", "said"), [
    ("Toe gels do not meet medical criteria for coverage.", D.NOT_COVERED),
    ("Toe gels do not meet the plan's coverage criteria.", D.NOT_COVERED),
    ("It is not considered medically necessary to rub two toes at once.", D.NOT_MEDICALLY_NECESSARY),
    ("We cover toe rubs for sore toes.", D.MEDICALLY_NECESSARY),
    ("Approval is recommended for continuation if the toe stayed warm.", D.MEDICALLY_NECESSARY),
    ("Toe visits on the same day will be denied unless modifier 25 is used.", None),
    ("Toe pictures are not covered more than once every two years.", None),
    ("Investigational uses are listed in the appendix.", None),
    ("See the table for codes that are not covered.", None),
    ("A request for a dose above that of the label will be denied.", None),
])
def test_sentences_that_grant_or_refuse_are_told_from_those_on_bills(
    tmp_path: Path, line: str, said: D | None
) -> None:
    uses = indications_of(tmp_path, f"{HEAD}Toe warming is covered for gout.\n\n{line}\n")
    assert [use.determination for use in uses[1:]] == ([said] if said else [])


def test_roman_numerals_count_on_over_headings(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "Snow Health Drug Policy\n\nI. Length of Approval\nCoverage lasts.\n\nII. Dosing Limits\n- One pad a "
        "day\n\nIII. "
        "Initial Approval Criteria\nCoverage is provided in the following conditions:\n- Patient is an adult; AND\n\n"
        "Chronic Gout\n- Toes are red; AND\n- Wool failed\n\nSevere Frostbite\n- Toes are white; AND\n- Tea failed\n\n"
        "IV. Renewal Criteria\nCoverage can be renewed based upon the following criteria:\n- Toes are warm; AND\n"
        "- Wool is worn\n\nV. Dosage/Administration\nOne pad.\n"
    ), ".txt")
    assert [(use.text.rsplit(": ", 1)[-1], use.stage, len(use.criteria)) for use in uses[:2]] == [
        ("Chronic Gout", "initial", 2), ("Severe Frostbite", "initial", 2),
    ]
    assert (uses[2].stage, len(uses[2].criteria), uses[2].section) == ("continuation", 2, "IV. Renewal Criteria")
