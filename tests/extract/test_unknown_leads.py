"""Lines over lists, and verbs of paying, in the words of payers that no one here has read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.doubts import FROM_HEADING, NO_LIST, UNSURE_TREE
from policyview.model import Determination
from tests.extract.reading import facts_of, indications_of, tree

HEAD = "Medical Policy: Toe Warming\n\nPolicy\n\n"
COVERED, REFUSED = Determination.MEDICALLY_NECESSARY, Determination.NOT_COVERED


@pytest.mark.parametrize(("line", "determination"), [
    ("Services eligible for coverage include:", COVERED), ("Covered services include the following:", COVERED),
    ("Indications for which toe warming is covered:", COVERED), ("Medically necessary indications:", COVERED),
    ("When toe warming is covered", COVERED), ("Covered for:", COVERED), ("Approved for:", COVERED),
    ("The following are considered eligible for reimbursement:", COVERED),
    ("When toe warming is not covered", REFUSED), ("Services not eligible for payment include:", REFUSED),
    ("Items that are not covered include, but are not limited to:", REFUSED), ("Coverage exclusions:", REFUSED),
])
def test_a_line_says_what_becomes_of_each_use_in_its_list(
    tmp_path: Path, line: str, determination: Determination
) -> None:
    found = indications_of(tmp_path, f"{HEAD}{line}\n- Gout\n- Asthma\n", ".txt")
    assert [(use.text, use.determination, use.criteria) for use in found] == [
        ("Gout", determination, ()), ("Asthma", determination, ()),
    ]


@pytest.mark.parametrize(("line", "name"), [
    ("Criteria for toe warming", "Toe Warming: Criteria for toe warming"),
    ("Conditions of coverage:", "Toe Warming: Conditions of coverage"),
    ("Requirements for approval:", "Toe Warming: Requirements for approval"),
    ("Initial Approval Criteria (must meet all)", "Toe Warming: Initial Approval Criteria"),
    ("Covered when all of the following are met:", "Toe Warming"),
    ("Toe warming is considered medically necessary [ALL of the following]", "Toe warming"),
])
def test_a_line_that_asks_leads_in_criteria_of_one_use(tmp_path: Path, line: str, name: str) -> None:
    use, = indications_of(tmp_path, f"{HEAD}{line}\n1. toes are white\n2. snow lies\n", ".txt")
    assert use.text.startswith(name)
    assert (tree(use.criteria), use.logic) == (["toes are white", "snow lies"], "all")


def test_what_patients_must_have_is_of_the_topic_where_nothing_else_states(tmp_path: Path) -> None:
    lists = "Patient selection criteria\n\n1. white toes\n2. cold feet\n"
    use, = indications_of(tmp_path, f"Toe Warming\n\n{lists}", ".txt")
    assert (use.confidence, tree(use.criteria)) == (FROM_HEADING, ["white toes", "cold feet"])
    use, = indications_of(tmp_path, f"{HEAD}Toe warming is covered for gout.\n\n{lists}", ".txt")
    assert "gout" in use.text


def test_criteria_of_another_thing_are_not_those_of_the_topic(tmp_path: Path) -> None:
    text = f"{HEAD}Diagnostic criteria for gout\n1. toes are red\n2. snow lies\n"
    assert indications_of(tmp_path, text, ".txt") == []


@pytest.mark.parametrize(("sentence", "determination"), [
    ("Claims for toe warming in burns will be denied.", REFUSED),
    ("Reimbursement is not provided for toe warming in burns.", REFUSED),
    ("Benefits will not be provided for toe warming in burns.", REFUSED),
    ("Payment will be denied for toe warming in burns.", REFUSED), ("Oak will deny toe warming for burns.", REFUSED),
    ("Oak denies coverage of toe warming for burns.", REFUSED),
    ("Oak considers toe warming ineligible for coverage in burns.", REFUSED),
    ("Toe warming for burns is non-reimbursable.", REFUSED), ("Toe warming for burns will not be paid.", REFUSED),
    ("Reimbursement is provided for toe warming in gout.", COVERED),
    ("Toe warming may be reimbursed for gout.", COVERED), ("Toe warming will be paid for gout.", COVERED),
])
def test_words_of_payment_are_words_of_coverage(tmp_path: Path, sentence: str, determination: Determination) -> None:
    use, = indications_of(tmp_path, f"{HEAD}{sentence}\n", ".txt")
    assert use.determination is determination


@pytest.mark.parametrize("sentence", [
    "Claims for toe warming that lack a modifier will be denied.", "Toe warming will not be paid separately.",
    "The plan may deny coverage of toe warming.", "Toe warming will be paid when billed with code E0001.",
    "Claims for toe warming without the right units will be denied.",
    "Reimbursement is provided for toe warming at the rate of the fee schedule.",
    "Oak makes no payment for services that are not found to be medically necessary.",
])
def test_rules_of_billing_state_no_coverage(tmp_path: Path, sentence: str) -> None:
    assert indications_of(tmp_path, f"{HEAD}{sentence}\n", ".txt") == []


@pytest.mark.parametrize("sentence", [
    "The Company provides coverage for those covered services that are determined to be medically necessary.",
    "Coverage is not available for services that do not meet the definition of medical necessity.",
    "Services that are considered not covered by the Plan will not be eligible for reimbursement.",
    "When plans cover toe warming, it may be covered at a different cost-sharing level than other services.",
])
def test_what_a_plan_says_of_all_services_names_no_use(tmp_path: Path, sentence: str) -> None:
    assert indications_of(tmp_path, f"{HEAD}{sentence}\n", ".txt") == []


def test_a_statement_whose_lists_are_lost_is_doubted(tmp_path: Path) -> None:
    text = ("Toe warming may be considered medically necessary for ANY of the following conditions:\nAND\n\n"
            "Toe lamps may be considered medically necessary for due use when the following criteria are met:\n")
    warming, lamps = indications_of(tmp_path, HEAD + text, ".txt")
    assert (warming.confidence, lamps.confidence) == (UNSURE_TREE, UNSURE_TREE)
    assert warming.doubt == lamps.doubt == NO_LIST


def test_entries_of_a_history_that_lost_its_heading_are_no_uses(tmp_path: Path) -> None:
    text = ("Criteria for approval\n\n- Toes are white\n- Snow lies\n\nOur looks at it\n\n- 2024-09-27: Yearly look\n"
            "- 2023-11-03: Yearly look\n")
    assert [use.text for use in indications_of(tmp_path, HEAD + text, ".txt")] == ["Toe Warming: Criteria for approval"]


def test_uses_that_are_covered_when_criteria_are_met_are_uses(tmp_path: Path) -> None:
    lead = "Benefits are authorized for the following procedures when criteria are met:"
    lamps, shoes = indications_of(tmp_path, f"{HEAD}{lead}\n- Toe lamps\n- Toe shoes\n", ".txt")
    assert (lamps.text, shoes.text) == ("Toe lamps", "Toe shoes")


def test_a_labelled_number_is_no_heading_over_a_use(tmp_path: Path) -> None:
    statement = "It is considered not medically necessary for burns of the toe."
    text = f"Toe Warming\n\nNumber 7.01.9\n\nReplaces N/A\n\n{statement}\n"
    use, = indications_of(tmp_path, text, ".txt")
    assert "7.01.9" not in use.text
    assert "N/A" not in use.text
    assert use.section == "Toe Warming"


@pytest.mark.parametrize(("item", "count"), [
    ("1. Gout. Approve for 1 year if toes show BOTH of these (A and B):", 2),
    ("1. Gout. The label of Warmol speaks of these:", 0),
])
def test_labelled_uses_right_below_the_criteria_are_covered_where_each_is_granted(
    tmp_path: Path, item: str, count: int
) -> None:
    text = (f"Warmol\n\nCoverage Criteria\n\nFDA-Approved Indications\n\n{item}\nA) Toes are white; AND\n"
            "B) Tea has failed.\n\nOther Uses with Supportive Evidence\n\n"
            "2. Rosacea. Approve for 6 months if tea has failed.\n")
    found = [use for use in indications_of(tmp_path, text, ".txt") if use.text.startswith(("Gout", "Rosacea"))]
    assert len(found) == count
    assert all(len(use.criteria) in (1, 2) for use in found)


def test_a_line_that_a_web_page_cut_off_an_item_ends_no_list(tmp_path: Path) -> None:
    items = "(a) Lamps that are named in\n571.04;\n(b) Toe shoes;\n(c) Quilts.\n"
    text = f"Toe Items\n\nThe following items shall not be covered:\n{items}"
    assert [use.text for use in indications_of(tmp_path, text, ".txt")] == [
        "Lamps that are named in 571.04", "Toe shoes", "Quilts",
    ]


def test_a_long_list_behind_a_statement_that_no_one_reads_is_told(tmp_path: Path) -> None:
    text = ("# Toe Warming\n\n## About\n\nToe warming is considered medically necessary for gout.\n\n"
            "Nurses look at it so:\n\n- white toes\n- cold feet\n- red ears\n")
    _, facts = facts_of(tmp_path, text)
    loss, = facts.unread
    assert "3 points under “About”" in loss.reason
    assert "white toes" in loss.reason


def test_a_rule_for_children_under_a_state_program_is_a_statement(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, f"{HEAD}Toe chairs are covered for an EPSDT recipient who has cold toes.\n", ".txt")
    assert use.determination is COVERED
    text = f"{HEAD}EPSDT may let a service be covered that this policy does not name.\n"
    assert indications_of(tmp_path, text, ".txt") == []
