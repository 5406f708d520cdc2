"""How many of a list must hold: lead-ins, words between items, and the two against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.logic import joint, printed_logic
from tests.extract.reading import LEXICON, indications_of, tree

TITLE = "# Medical Policy: Limb Warming\n\n## Policy\n\n"
LEAD = "Limb warming is considered medically necessary for cold toes when the following criteria are met:\n\n"
LONG = (
    "The member tried two of six remedies, each taken as the label says and for as long as the prescriber held to be "
    "right, with a diary kept of every single day on which the toes were cold, and with a note on how warm the room "
    "was at the time (TWO months of each):"
)


@pytest.mark.parametrize(
    ("items", "logic"),
    [
        ("1. Pain at rest; or\n2. Absent pulse; or\n3. Pale skin.\n", "any"),
        ("1. Pain at rest;\n2. Absent pulse; or\n3. Pale skin.\n", "any"),
        ("1. Pain at rest; and\n2. Absent pulse; and\n3. Pale skin.\n", "all"),
        ("1. Pain at rest\n2. Absent pulse\n3. Pale skin\n", "all"),
        ("1. Pain at rest; and\n2. Absent pulse; or\n3. Pale skin; and\n4. Blue nails.\n", None),
        ("1. Pain at rest; and/or\n2. Absent pulse; and\n3. Pale skin.\n", "all"),
        ("1. One of these:\n    a. Pain; or\n    b. Numb skin; and\n2. Absent pulse; and\n3. Pale skin.\n", "all"),
    ],
)
def test_a_lead_in_that_says_no_number_leaves_it_to_the_words_between_the_items(
    tmp_path: Path, items: str, logic: str | None
) -> None:
    (indication,) = indications_of(tmp_path, TITLE + LEAD + items)
    assert indication.logic == logic


def test_words_between_items_do_not_overrule_a_lead_in_that_says_a_number(tmp_path: Path) -> None:
    lead = LEAD.replace("the following", "all of the following")
    (indication,) = indications_of(tmp_path, TITLE + lead + "1. Pain at rest; or\n2. Absent pulse.\n")
    assert indication.logic == "all"


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        (LONG, ("at_least", 2)),
        ("Cold toes whose cause none of these has yet shown: warm baths, walks in snow", (None, None)),
        ("For members of whom 1 or more the following criteria are met:", ("any", None)),
        ("For members in whom none of these signs are present:", ("none", None)),
        ("A trial of one drug below at the full dose, unless all are contraindicated:", ("any", None)),
        ("Criteria a, b, and c below are met:", ("all", None)),
        ("Criteria a, b, or c below are met:", ("any", None)),
        ("Severe cold (i or ii);", ("any", None)),
        ("Severe cold (i and ii).", ("all", None)),
        ("Two from the appropriate group below, unless all are contraindicated:", (None, None)),
        ("Two creams and one tablet below:", (None, None)),
        ("Two warming creams below:", ("at_least", 2)),
        ("Failure of ONE of the following creams or a contraindication to ALL of them:", ("any", None)),
        ("One or both of the following:", ("any", None)),
        ("Any one of the criteria A, B, or C and all of the criteria in D:", (None, None)),
        ("The member must not have any of the following:", ("none", None)),
        ("Patients do not have any one of the following:", ("none", None)),
        ("Unless any of the following apply:", ("none", None)),
        ("Not medically necessary if any of the following is met:", ("any", None)),
        ("One month of the following:", (None, None)),
    ],
)
def test_a_lead_in_says_how_many_must_hold(lead: str, said: tuple[str | None, int | None]) -> None:
    assert printed_logic(lead, LEXICON) == said


def test_and_or_ties_no_list() -> None:
    assert joint("Pain at rest; and/or") is None


def test_names_of_diseases_that_no_word_joins_are_not_said_to_be_had_together(tmp_path: Path) -> None:
    lead = "Warmol is covered when the following criteria are met:"
    use, = indications_of(tmp_path, f"# Medical Policy: Warmol\n\n## Policy\n\n{lead}\n\n- Toeitis\n- Gout\n")
    assert (use.logic, tree(use.criteria)) == (None, ["Toeitis", "Gout"])


def test_signs_none_of_which_may_be_there_are_criteria_and_no_uses(tmp_path: Path) -> None:
    lead = "Warmol is medically necessary for sprains when none of the following signs are present:"
    use, = indications_of(tmp_path, f"# Medical Policy: Warmol\n\n## Policy\n\n{lead}\n\n- Fever\n- Rash\n")
    assert (use.logic, tree(use.criteria)) == ("none", ["Fever", "Rash"])


def test_any_over_alternatives_and_one_more_item_that_and_joins_says_nothing_of_them_all(tmp_path: Path) -> None:
    lead = LEAD.replace("the following criteria", "any of the following criteria")
    joined, plain = (
        indications_of(tmp_path, TITLE + lead + f"1. Pain; or\n2. Pallor; or\n3. Blue nails; {word}\n4. A nurse.\n")
        for word in ("and", "or")
    )
    assert (joined[0].logic, plain[0].logic) == (None, "any")


def test_and_behind_the_last_alternative_and_its_note_joins_the_list_around_it(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, TITLE + LEAD.replace("the following", "all of the following") + (
        "1. One of the following:\n    a. Pain; OR\n    b. Pallor; OR\n    c. Itch; AND\n\n        Note: Snow counts.\n"
        "2. A nurse is there\n"
    ))
    assert use.criteria[0].logic == "any"
