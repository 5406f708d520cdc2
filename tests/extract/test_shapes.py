"""What a list under a determination is: uses by population, or diagnoses that qualify."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of, tree

HEAD = "# Medical Policy: Warmol\n\n## Policy\n\n"


def test_each_condition_of_each_population_is_a_use(tmp_path: Path) -> None:
    found = indications_of(tmp_path, HEAD + (
        "Warmol is covered for:\n\n- Adults with:\n    - toeitis\n    - snow eczema\n"
        "- Children 6 years and older with:\n    - toeitis\n"
    ))
    assert [i.text for i in found] == [
        "Adults with: toeitis", "Adults with: snow eczema", "Children 6 years and older with: toeitis",
    ]


def test_what_a_population_has_besides_conditions_are_criteria(tmp_path: Path) -> None:
    found = indications_of(tmp_path, HEAD + (
        "Warmol is covered for:\n\n- Adults with:\n    - toeitis\n    - a stove\n- Children with:\n    - toeitis\n"
    ))
    assert [(i.text, tree(i.criteria)) for i in found] == [
        ("Adults with", ["toeitis", "a stove"]), ("Children with", ["toeitis"]),
    ]


@pytest.mark.parametrize(
    ("lead", "below", "uses"),
    [
        ("One of the following conditions:", ("Toeitis", "Snow eczema"), ["Toeitis", "Snow eczema"]),
        ("Diagnosis of one of the following conditions:", ("Toeitis", "Snow eczema"), ["Warmol is covered"]),
        ("Member has any of the following diagnoses:", ("Toeitis", "Snow eczema"), ["Warmol is covered"]),
        ("One of the following conditions:", ("Snow lies", "Frost is near"), ["Warmol is covered"]),
    ],
)
def test_conditions_are_uses_unless_they_are_what_a_diagnosis_must_be_of(
    tmp_path: Path, lead: str, below: tuple[str, str], uses: list[str]
) -> None:
    found = indications_of(tmp_path, HEAD + (
        f"Warmol is covered when all of the following are met:\n\n1. {lead}\n    a. {below[0]}\n    b. {below[1]}\n"
        "2. A nurse is there\n"
    ))
    assert [i.text for i in found] == uses


def test_points_that_and_joins_under_a_heading_of_approval_are_criteria_of_one_use(tmp_path: Path) -> None:
    points = "- Age 18 years or older; AND\n- Biopsy was done; AND\n- Blankets are not enough\n"
    use, = indications_of(tmp_path, f"# Medical Policy: Warmol\n\n## Coverage\n\n### Approval criteria\n\n{points}")
    assert (use.text, use.logic, len(use.criteria)) == ("Warmol: Approval criteria", "all", 3)


def test_two_uses_that_and_joins_stay_uses(tmp_path: Path) -> None:
    found = indications_of(tmp_path, HEAD + "Warmol is covered for the following:\n\n- Toeitis; and\n- Gout\n")
    assert [use.text for use in found] == ["Toeitis", "Gout"]


def test_and_behind_the_first_points_makes_criteria_of_a_list_whose_levels_are_lost(tmp_path: Path) -> None:
    points = "- Walks in snow; AND\n- White toes; AND\n- Biopsy was done; AND\n- Warm by one of:\n- Wool; OR\n- Felt\n"
    text = f"# Medical Policy: Warmol\n\n## Approval criteria:\n\n{points}- Ten toes\n- Two feet\n"
    use, = indications_of(tmp_path, text)
    assert (use.logic, use.criteria[0].text) == ("all", "Walks in snow")


def test_a_heading_of_quantities_and_of_approval_states(tmp_path: Path) -> None:
    text = "# Warm\n\n## Prior Authorization and Quantity Limit Criteria for Approval\n\nWarmol is covered for gout.\n"
    assert len(indications_of(tmp_path, text)) == 1


@pytest.mark.parametrize(
    ("lead", "n"),
    [
        ("Warmol is covered when 2 or more of the following are present:", 2),
        ("Warmol is covered for members with a minimum of three of the following:", 3),
    ],
)
def test_of_what_two_must_be_there_none_is_a_use(tmp_path: Path, lead: str, n: int) -> None:
    (use,) = indications_of(tmp_path, f"{HEAD}{lead}\n\n- Toe pain\n- Frostbite\n- Ulcers\n- Snow\n")
    assert (use.logic, use.n, len(use.criteria)) == ("at_least", n, 4)


def test_what_is_joined_behind_uses_is_asked_of_each(tmp_path: Path) -> None:
    gout, frost = indications_of(tmp_path, HEAD + (
        "Warmol may be considered medically necessary for one of the following diagnoses:\n\n- Gout\n- Frostbite\n\n"
        "AND when ALL of the following are met:\n\n- Tea has failed\n- Snow lies\n"
    ))
    asked = [["AND when ALL of the following are met:", "all", ["Tea has failed", "Snow lies"]]]
    assert (gout.text, frost.text) == ("Gout", "Frostbite")
    assert tree(gout.inherited) == tree(frost.inherited) == asked


def test_each_situation_of_a_refusal_is_enough(tmp_path: Path) -> None:
    text = "Warmol is not covered in the following situations:\n\n- Summer\n- Warmth\n"
    (use,) = indications_of(tmp_path, HEAD + text)
    assert (use.determination.value, use.logic) == ("not_covered", "any")


@pytest.mark.parametrize("words", ["in certain circumstances", "for some conditions when Plan criteria are met"])
def test_criteria_that_another_document_prints_are_doubted(tmp_path: Path, words: str) -> None:
    (use,) = indications_of(tmp_path, f"{HEAD}Warmol is proven and medically necessary {words}.\n")
    assert (use.confidence, use.doubt) == (0.6, "its criteria are printed in another document")


def test_a_list_of_mixed_logic_says_none(tmp_path: Path) -> None:
    text = "Warmol is covered for gout when the member meets criteria 1 and 2 and either 3 or 4:\n\n1. Ice\n2. Snow\n"
    (use,) = indications_of(tmp_path, f"{HEAD}{text}3. Frost\n4. Hail\n")
    assert (use.logic, len(use.criteria)) == (None, 4)


def test_failure_of_what_comes_first_is_a_condition_inside_a_sentence(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, HEAD + "Warmol is covered after trial and failure of tea and wool.\n")
    assert [(c.text, c.kind) for c in use.criteria] == [("trial and failure of tea and wool", "step")]


def test_a_range_of_criteria_is_all_of_them_and_what_demonstrates_is_no_use(tmp_path: Path) -> None:
    first, later = indications_of(tmp_path, HEAD + (
        "A toe lamp is covered for chilblains if criteria A - C are met:\n\nA. The toes are white.\n\n"
        "B. It has snowed.\n\nC. The hall is cold.\n\nContinued coverage of a toe lamp beyond a month requires that "
        "the nurse document benefit, as demonstrated by:\n\n"
        "1. Toes that are warmer; and,\n\n2. Use of the lamp.\n"
    ))
    assert (first.logic, len(first.criteria)) == ("all", 3)
    assert (later.stage, tree(later.criteria)) == ("continuation", ["Toes that are warmer", "Use of the lamp"])
