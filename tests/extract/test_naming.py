"""How an indication is named where its own words do not say of what it speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of, tree

POLICY = "# Medical Policy: Warmol\n\n## Policy\n\n"
CRITERIA = "- Member is cold\n- Member is old\n"


def test_a_heading_with_a_long_bracket_names_its_use(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, POLICY + (
        "Coverage of Warmol is provided in the following conditions:\n\n"
        "### 1. Toeitis (a swelling of any toe that comes after long marches over snow in late winter nights)\n\n"
        "- Toes are white\n- Snow lies\n"
    ))
    assert (use.text.split(" (")[0], use.label) == ("Toeitis", "1.")
    assert tree(use.criteria) == ["Toes are white", "Snow lies"]


def test_a_name_with_a_bracket_stands_before_its_statement(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, POLICY + (
        "- Toeitis (which has, as each shepherd of the valley is told, no cause but snow). "
        f"Approve if all of the following are met:\n{CRITERIA.replace('- ', '    - ')}"
    ))
    assert use.text.startswith("Toeitis")


def test_the_documents_title_names_criteria_that_nothing_else_names(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, f"{POLICY}### Criteria for approval\n\n{CRITERIA}")
    assert use.text == "Warmol: Criteria for approval"


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Must meet all of the following:", "Initial therapy: Warmol is approved"),
        ("Frozen Toes", "Frozen Toes: Warmol is approved"),
    ],
)
def test_a_lead_in_set_as_a_heading_is_no_name(tmp_path: Path, heading: str, text: str) -> None:
    (use,) = indications_of(tmp_path, (
        "# Medical Policy: Warmol\n\n## Coverage Criteria\n\n### Initial therapy\n\n"
        f"#### {heading}\n\nWarmol is approved if:\n\n{CRITERIA}"
    ))
    assert use.text.removeprefix("Initial therapy: ") == text.removeprefix("Initial therapy: ")


TWICE = "Warmol is covered when it will be used with a stove and a woollen hat that warms ten white toes.\n\n"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Toe Warming in Long Winters, and Keeping Toes Warm in Spring ({}) – Tube of Warmol ONLY", True),
        ("### Toe Warming ({})", True),
        ("It is meant for toes that are cold ({}).", False),
    ],
)
def test_statements_in_the_same_words_take_the_names_printed_over_them(tmp_path: Path, line: str, name: bool) -> None:
    text = POLICY + "".join(f"{line.format(whom)}\n\n{TWICE}" for whom in ("Adult", "Pediatric"))
    over = [f"{line.format(whom).strip('# ')}: " if name else "" for whom in ("Adult", "Pediatric")]
    uses = indications_of(tmp_path, text)
    assert [use.text for use in uses] == [over[0] + TWICE.strip(" .\n"), over[1] + TWICE.strip(" .\n")]
    assert {use.anchor.quote for use in uses} == {TWICE.strip()}


def test_a_name_printed_over_one_statement_is_not_put_before_it(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, f"{POLICY}Toe Warming (Adult)\n\n{TWICE}")
    assert use.text == TWICE.strip(" .\n")


@pytest.mark.parametrize(
    ("lead", "text"),
    [
        ("Warmol for stubborn toe gout will be approved based on both of these criteria:",
         "Warmol for stubborn toe gout will be approved"),
        ("For Warmol to be considered medically necessary in toe gout, patients must meet all of the following:",
         "For Warmol to be considered medically necessary in toe gout"),
        ("Warmol for stubborn toe gout is covered only if both of the following are met:",
         "Warmol for stubborn toe gout is covered"),
        ("Warmol tubes for stubborn toe gout are covered when the member has one of the following:",
         "Warmol tubes for stubborn toe gout are covered"),
        ("Warmol is covered for toe gout with stubborn warts (in one or both feet) when all of the following are met:",
         "Warmol is covered for toe gout with stubborn warts (in one or both feet)"),
    ],
)
def test_lead_in_words_behind_a_use_are_not_its_name(tmp_path: Path, lead: str, text: str) -> None:
    (use,) = indications_of(tmp_path, f"{POLICY}{lead}\n\n{CRITERIA}")
    assert use.text.removesuffix(" of the following are met") == text


def test_a_name_ends_with_its_bracket(tmp_path: Path) -> None:
    first, _ = indications_of(tmp_path, f"{POLICY}The following are covered:\n\n- Warts (one foot or both)\n- Gout\n")
    assert first.text == "Warts (one foot or both)"


def test_a_lead_in_that_names_nothing_is_named_by_the_title(tmp_path: Path) -> None:
    text = f"# Medical Policy: Warmol\n\n## Coverage Criteria\n\nPatient must have all of the following:\n\n{CRITERIA}"
    (use,) = indications_of(tmp_path, text)
    assert (use.text, use.anchor.quote.split(" all")[0]) == ("Warmol", "Patient must have")


@pytest.mark.parametrize(
    "heading",
    ["Coverage Rationale", "National Medical Policy", "Toes and Warts", "Patients must have the following:",
     "Criteriaa :"],
)
def test_headings_that_name_no_use_are_not_put_before_one(tmp_path: Path, heading: str) -> None:
    uses = indications_of(tmp_path, (
        f"# Medical Policy: Warmol\n\n## Policy\n\n### {heading}\n\nThe following are covered:\n\n- Toe wart\n- Gout\n"
    ))
    assert uses[0].text == "Toe wart"
    assert uses[0].context[-1].rstrip(" :") == heading.rstrip(" :").replace("Criteriaa", "Criteria")


def test_criteria_below_a_heading_on_drugs_are_of_the_condition_in_the_title(tmp_path: Path) -> None:
    text = f"# Medical Policy: Balms for Toe Gout\n\n## Second Choice Balms\n\n### Criteria for Approval:\n\n{CRITERIA}"
    (use,) = indications_of(tmp_path, text)
    assert use.text == "Balms for Toe Gout: Second Choice Balms: Criteria for Approval"


def test_an_item_is_named_by_its_first_sentence_and_keeps_the_others(tmp_path: Path) -> None:
    first, second = indications_of(tmp_path, POLICY + (
        "The following conditions are covered:\n\n"
        "- Sudden toe frostbite. Warmol is a good addition to wool when the loss of a toe is feared.\n"
        "- Warts of the foot. Patients of any age have them.\n"
    ))
    assert (first.text, first.anchor.quote) == ("Sudden toe frostbite", "Sudden toe frostbite")
    assert tree(first.criteria) == ["the loss of a toe is feared"]
    assert [note.text for note in first.notes] == [
        "Warmol is a good addition to wool when the loss of a toe is feared"
    ]
    assert (second.text, second.criteria) == ("Warts of the foot", ())


@pytest.mark.parametrize(
    "lead",
    ["This policy covers the following products:", "These criteria apply to the following products:"],
)
def test_what_a_policy_is_about_is_not_covered_by_that(tmp_path: Path, lead: str) -> None:
    (use,) = indications_of(tmp_path, f"{POLICY}Warmol is covered for gout.\n\n{lead}\n\n- Warmol\n- Coldol\n")
    assert use.text == "Warmol is covered for gout"


def test_conditions_that_are_covered_are_uses_and_not_criteria(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, f"{POLICY}The following conditions are covered:\n\n- Warts\n- Confirmed gout\n")
    assert [use.text for use in uses] == ["Warts", "Confirmed gout"]


def test_a_statement_that_points_to_the_uses_of_others_is_none(tmp_path: Path) -> None:
    points = "The indications below are a covered benefit provided that no stove is at hand.\n\n"
    assert [use.text for use in indications_of(tmp_path, f"{POLICY}{points}Warmol is covered for gout.\n")] == [
        "Warmol is covered for gout",
    ]


def test_a_note_in_an_item_states_nothing_in_passing(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, POLICY + (
        "Coverage is provided in the following conditions:\n\n### Toe gout\n\n- Toes are white\n"
        "- No stove is at hand (i.e., coal or oil) Note: Members without a roof are reviewed on a case-by-case basis\n"
    ))
    assert (use.text, use.determination, len(use.criteria)) == ("Toe gout", "medically_necessary", 2)


def test_what_plans_allow_coverage_of_is_not_decided_by_that(tmp_path: Path) -> None:
    text = "Some plans allow for coverage of investigational balms for grave frostbite when their rules are kept."
    assert indications_of(tmp_path, POLICY + text) == []
