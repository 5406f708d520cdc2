"""Policies as web pages, manuals and guidelines print them, whose authors no one here has read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.doubts import FROM_HEADING
from policyview.model import Determination, Indication
from tests.extract.reading import facts_of, indications_of, tree

HEAD = "Medical Policy: Toe Warming\n\n"
POLICY = f"{HEAD}Policy\n\n"
COVERED, REFUSED = Determination.MEDICALLY_NECESSARY, Determination.NOT_COVERED
NOT_NECESSARY, UNPROVEN = Determination.NOT_MEDICALLY_NECESSARY, Determination.INVESTIGATIONAL


def _said(uses: list[Indication]) -> list[tuple[str, Determination]]:
    return [(use.text, use.determination) for use in uses]


@pytest.mark.parametrize(("granting", "refusing"), [
    ("What is covered", "What is not covered"), ("When is toe warming covered?", "When is toe warming not covered?"),
    ("Covered indications", "Exclusions"), ("Covered services", "Expenses that are not eligible"),
])
def test_headings_in_small_letters_say_what_becomes_of_their_lists(
    tmp_path: Path, granting: str, refusing: str
) -> None:
    lists = f"{granting}\n- Gout\n- White toes\n\n{refusing}\n- Blue toes\n- Cold hands\n"
    text = f"{HEAD}{lists}\nReferences\n1. Snow A. 2020.\n"
    uses = indications_of(tmp_path, text, ".txt")
    assert _said(uses) == [("Gout", COVERED), ("White toes", COVERED), ("Blue toes", REFUSED), ("Cold hands", REFUSED)]
    assert FROM_HEADING in {use.confidence for use in uses}


def test_names_under_a_heading_of_criteria_are_uses_each_with_its_own_logic(tmp_path: Path) -> None:
    gout, toes = indications_of(tmp_path, (
        f"{HEAD}Criteria\nGout (all of the following)\n1. Snow lies\n2. Age 18 or older\n\n"
        "Frostbite (one of the following)\n1. White toes\n2. Age 18 or older\n"
    ), ".txt")
    assert [(gout.text, gout.logic), (toes.text, toes.logic)] == [("Gout", "all"), ("Frostbite", "any")]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("CT of the toe (CPT 73700) is indicated, in cold adults, for ANY of the following:\n- Gout\n- Frostbite",
     [("Gout", COVERED), ("Frostbite", COVERED)]),
    ("Advanced imaging is not indicated for a stubbed toe.",
     [("Advanced imaging is not indicated for a stubbed toe", NOT_NECESSARY)]),
    ("Toe warming is indicated for gout.", []),  # as a label says
    ("Toe warming is not clinically indicated for gout.",
     [("Toe warming is not clinically indicated for gout", NOT_NECESSARY)]),
    ("Toe paint is cosmetic and is an exclusion of the member's contract.",
     [("Toe paint is cosmetic and is an exclusion of the member's contract", REFUSED)]),
    ("The safety and effectiveness of warming cold toes have been established.",
     [("The safety and effectiveness of warming cold toes have been established", COVERED)]),
    ("Its effectiveness has not been established.", []),
    ("The following uses apply:\n- Gout\n- Frostbite", [("Gout", COVERED), ("Frostbite", COVERED)]),
    ("Is toe warming covered?", []),
    ("If your product excludes lamps, a lamp is not covered.", []),
    ("This guide is an overview of what is covered.", []),
    ("A. Foot rest; Cover for:\n1. gout,\n2. frostbite.",
     [("Foot rest: gout", COVERED), ("Foot rest: frostbite", COVERED)]),
    ("(1) Tea is told of elsewhere.\n(2) The list is open. Noncovered services include:\n   (a) Ice;\n   (b) Snow.",
     [("Ice", REFUSED), ("Snow", REFUSED)]),
    ("4.2.2 Additional Criteria Not Covered\nNone apply.", []),
])
def test_what_a_sentence_of_another_kind_of_payer_states(
    tmp_path: Path, sentence: str, expected: list[tuple[str, Determination]]
) -> None:
    assert _said(indications_of(tmp_path, f"{POLICY}{sentence}\n", ".txt")) == expected


@pytest.mark.parametrize(("sentence", "names"), [
    ("Toe warming is considered investigational for the following indications: gout, frostbite, and cold hands.",
     ["Toe warming for gout", "Toe warming for frostbite", "Toe warming for cold hands"]),
    ("Toe warming is considered investigational for the following conditions: gout; Cold hands; and frostbite.",
     ["gout", "Cold hands", "frostbite"]),
])
def test_a_list_inside_a_sentence_names_each_of_its_uses(tmp_path: Path, sentence: str, names: list[str]) -> None:
    assert [use.text for use in indications_of(tmp_path, f"{POLICY}{sentence}\n", ".txt")] == names


@pytest.mark.parametrize(("joint", "logic"), [("AND", "all"), ("OR", "any")])
def test_capitals_join_the_conditions_inside_a_sentence(tmp_path: Path, joint: str, logic: str) -> None:
    use, = indications_of(tmp_path, f"{POLICY}Warm tea is covered if snow lies {joint} the toes are white.\n", ".txt")
    assert (tree(use.criteria), use.logic) == (["snow lies", "the toes are white"], logic)


def test_conditions_with_criteria_of_their_own_are_uses_whatever_leads_them_in(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{POLICY}Toe warming is medically appropriate only when a nurse is near, for the following situations:\n"
        "A. Gout, when one of the following is met:\n   1. Snow lies\n   2. White toes\n"
        "B. Psoriasis (PsO):\n   1. Age 18; or\n   2. Ice\nC. Asthma, after tea.\n"
    ), ".txt")
    assert [(use.text, use.logic) for use in uses] == [
        ("Gout", "any"), ("Psoriasis (PsO)", "any"), ("Asthma, after tea", None)]  # fmt: skip


def test_an_item_may_hold_a_statement_with_its_own_list(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        "3.0    When Toe Warming Is Covered\n3.1    Specific Criteria Covered\n3.1.1  Criteria of both programs\n"
        "       The program shall cover toe warming when one of the following is documented:\n"
        "       a. snow lies; or\n       b. the toes are white.\n"
    ), ".txt")
    assert (tree(use.criteria), use.logic) == (["snow lies", "the toes are white"], "any")


def test_risk_factors_behind_a_statement_are_its_alternatives(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        f"{POLICY}Toe scans are covered for members at high risk of gout. High-risk indicators are:\n"
        "- Snow\n- A parent with gout\n"
    ), ".txt")
    assert (tree(use.criteria), use.logic) == (["Snow", "A parent with gout"], "any")


def test_lines_of_purpose_under_a_heading_that_covers_lead_in_uses(tmp_path: Path) -> None:
    *_, staging = indications_of(tmp_path, (
        f"{HEAD}INDICATIONS FOR TOE MRI:\n\nToe MRI is considered medically necessary when the toe is cold.\n\n"
        "For evaluation of known frostbite:\n- Staging before a walk\n"
    ), ".txt")
    assert _said([staging]) == [("For evaluation of known frostbite: Staging before a walk", COVERED)]


def test_criteria_are_of_the_condition_in_the_heading_over_them(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        f"{HEAD}Inclusion Criteria for Gout\nALL of the following must be fulfilled in order to meet criteria.\n"
        "☐ Snow lies\n☐ White toes\n"
    ), ".txt")
    assert use.text.startswith("Inclusion Criteria for Gout")
    assert (tree(use.criteria), use.logic) == (["Snow lies", "White toes"], "all")


def test_a_clause_on_all_else_beside_what_is_covered(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, (
        f"{POLICY}Covered for some indications; investigational and therefore not covered for all other indications.\n"
    ), ".txt")[1]
    assert [clause.determination for clause in facts.catch_all] == [UNPROVEN]
    assert facts.indications == ()


def test_a_wrapped_line_that_says_not_necessary_is_no_heading(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        f"{HEAD}Criteria\n\nToe warming is considered not medically necessary\nfor cold hands.\n"
    ), ".txt")
    assert _said([use]) == [("Toe warming is considered not medically necessary for cold hands", NOT_NECESSARY)]


def test_diagnoses_under_what_must_be_told_are_uses(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "Warmol\n\nREQUIRED MEDICAL INFORMATION:\nA. GOUT:\n1. Snow lies\nAND\n2. Age 18 or older\n\n"
        "B. ASTHMA:\n1. White toes\nAND\n2. In a hospital\n"
    ), ".txt")
    assert [(use.text, use.logic, len(use.criteria)) for use in uses] == [("GOUT", "all", 2), ("ASTHMA", "all", 2)]


@pytest.mark.parametrize("sentence", [
    "Ask a nurse when it is clinically indicated.", "CT scans are performed in patients with cold toes.",
    "The safety and effectiveness of Warmol in pediatric patients have been established.",
    "The safety and effectiveness of Warmol have not been established in pregnancy.",
    "Coverage is limited to what is medically indicated.", "These lamps were not covered before.",
])
def test_words_of_labels_and_reports_state_nothing(tmp_path: Path, sentence: str) -> None:
    assert indications_of(tmp_path, f"{POLICY}{sentence}\n", ".txt") == []


def test_two_points_that_and_joins_under_criteria_are_of_one_use(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, f"{HEAD}Criteria\n1. Gout; and\n2. Lamps have failed\n", ".txt")
    assert (tree(use.criteria), use.logic) == (["Gout", "Lamps have failed"], "all")


def test_criteria_under_a_product_are_of_the_diagnosis_they_ask_for(tmp_path: Path) -> None:
    text = (
        "# Toe Policy\n\n## Authorization Criteria\n\n"
        "### Warmol - warmolimab (Rx)\n\n1. Must be prescribed by a nurse AND\n"
        "2. Must have a diagnosis of severe gout\n"
        "3. Must have failed tea\n4. Warmol will not be approved with sand\n\n"
        "### Hotol - hotolimab (Rx)\n\n1. The patient must be 21 years old AND\n"
        "    - The patient must have a diagnosis of asthma\n        - Snow lies\n        - Tea has failed\n"
        "    - The patient must have a diagnosis of psoriasis\n        - Snow lies\n        - White toes\n"
    )
    gout, refused, asthma, psoriasis = indications_of(tmp_path, text)
    assert (gout.text, len(gout.criteria)) == ("Warmol - warmolimab (Rx): Must have a diagnosis of severe gout", 3)
    assert refused.determination == REFUSED
    assert [len(use.criteria) for use in (asthma, psoriasis)] == [2, 2]
    assert tree(psoriasis.inherited) == ["The patient must be 21 years old"]


def test_what_is_asked_over_uses_by_name_is_inherited_and_no_use(tmp_path: Path) -> None:
    gout, asthma, toes = indications_of(tmp_path, (
        "# Warmol\n\n## Initial Approval Criteria\n\nCoverage is provided in the following conditions:\n\n"
        "Patient is required to use a listed clinic.\n\n- Patient is tested for snow; AND\n- Patient is warm; AND\n\n"
        "### Applicable to mountain members only\n\n- Patient must try tea; AND\n- Patient must try sand; AND\n\n"
        "### Gout\n\n- Snow lies; AND\n- White toes\n\n### Asthma\n\n- Snow lies; AND\n- Tea has failed\n\n"
        "### Cold-related toxicities\n\n- Snow lies; AND\n- Blue toes\n\n"
        "**Examples of cold things are:\n\n- Ice\n- Snow\n"
    ))
    assert [len(use.criteria) for use in (gout, asthma, toes)] == [2, 2, 2]
    for use in (gout, asthma, toes):
        assert tree(use.inherited) == [
            "Patient is required to use a listed clinic", "Patient is tested for snow", "Patient is warm",
            ["Applicable to mountain members only", "all", ["Patient must try tea", "Patient must try sand"]],
        ]  # fmt: skip


def test_a_renewal_counted_on_from_the_first_request_is_of_all_uses(tmp_path: Path) -> None:
    gout, asthma, renewal = indications_of(tmp_path, (
        "Warmol\n\nAPPROVAL CRITERIA\n1. Initial Authorization Request must include:\n   - A plan\n   - A weight\n\n"
        "Gout (G)\n    1. Snow lies; AND\n    2. White toes; AND\n    3. Tea has failed\n\n"
        "Asthma (A)\n    1. Snow lies; AND\n    2. Sand has failed; AND\n    3. Tea has failed\n\n"
        "2. Reauthorization Request must include:\n   - A letter\n   - A test\n"
    ), ".txt")
    assert [(use.stage, len(use.criteria), len(use.inherited)) for use in (gout, asthma)] == [("initial", 3, 1)] * 2
    assert (renewal.stage, tree(renewal.criteria)) == ("continuation", ["A letter", "A test"])


def test_a_date_among_the_rules_is_not_the_documents(tmp_path: Path) -> None:
    filler = "Toe warming warms the toes of members who walk in snow. " * 30
    rules = f"Toe warming is covered for gout.\n\nEffective 1/1/23\n\n- {filler}\n"
    text = f"{HEAD}Last Review Date: 03/04/2025\n\n{filler}\n\nPolicy\n\n{filler}\n\n{rules}"
    facts = facts_of(tmp_path, text, ".txt")[1]
    assert (facts.policy.dates.effective, facts.policy.dates.last_review) == (None, "2025-03-04")
