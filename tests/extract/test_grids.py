"""Tables of uses or drugs with their criteria, and statements that a table goes with."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Indication
from tests.extract.drawn import indications_of_table
from tests.extract.reading import indications_of, tree

HEAD = "# Medical Policy: Warmol\n\n## Policy\n\n"
RULE = "|---|---|\n"


def rows(found: list[Indication]) -> list[tuple[str, str, list[object]]]:
    return [(i.text, i.determination.value, tree(i.criteria)) for i in found]


@pytest.mark.parametrize("first", ["Indication", "Diagnosis", "Drug name", "Covered product(s)"])
@pytest.mark.parametrize("second", ["Criteria", "Coverage requirements", "Covered when"])
def test_a_row_names_a_use_or_drug_and_its_criteria(tmp_path: Path, first: str, second: str) -> None:
    table = f"| {first} | {second} |\n{RULE}| Warmol | Snow lies |\n| Heatex | No tea |\n"
    text = f"# Warmol\n\n## Coverage Criteria\n\n{table}"
    assert rows(indications_of(tmp_path, text)) == [
        ("Warmol", "medically_necessary", ["Snow lies"]), ("Heatex", "medically_necessary", ["No tea"]),
    ]


def test_a_head_that_speaks_of_coverage_covers_what_nothing_else_does(tmp_path: Path) -> None:
    table = f"| Indication | Coverage criteria |\n{RULE}| Toeitis | Snow lies |\n| Snow eczema | No tea |\n"
    assert {i.stated for i in indications_of(tmp_path, HEAD + table)} == {"Coverage criteria"}


@pytest.mark.parametrize("head", ["| Indication | Remarks |", "| Maker | Criteria |"])
def test_a_table_without_uses_or_criteria_states_nothing(tmp_path: Path, head: str) -> None:
    assert indications_of(tmp_path, f"{HEAD}{head}\n{RULE}| Toeitis | Snow lies |\n| Snow eczema | No tea |\n") == []


TABLE = (
    f"| Indication | Criteria |\n{RULE}"
    "| Toeitis | Toes are white |\n|  | Pain at rest |\n| Snow eczema | Not covered for this indication |\n"
)
ROWS = [
    ("Toeitis", "medically_necessary", ["Toes are white", "Pain at rest"]),
    ("Snow eczema", "not_covered", ["Not covered for this indication"]),
]


@pytest.mark.parametrize("between", ["\n\n", "\n\n## Table 1\n\n"])
def test_the_words_of_a_statement_that_refers_to_a_table_are_those_of_its_rows(tmp_path: Path, between: str) -> None:
    said = "Warmol is covered for an indication listed in Table 1 when its criteria are met."
    found = indications_of(tmp_path, HEAD + said + between + TABLE)
    assert rows(found) == ROWS
    assert found[0].stated == "is covered"


def test_criteria_beside_the_reference_to_a_table_are_inherited_by_its_rows(tmp_path: Path) -> None:
    said = (
        "Warmol is covered when all of the following are met:\n\n"
        "- A nurse is there\n- Member meets the criteria in Table 1\n\n## Table 1\n\n"
    )
    found = indications_of(tmp_path, HEAD + said + TABLE)
    assert rows(found) == ROWS
    assert [tree(i.inherited) for i in found] == [["A nurse is there"], ["A nurse is there"]]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Table 3. Uses that are not covered", ["Small toeitis", "Snow eczema", "Nightcap syndrome"]),
        ("Table 3. Uses that are known", []),
    ],
)
def test_the_words_over_a_table_of_conditions_decide_on_them(
    tmp_path: Path, caption: str, expected: list[str]
) -> None:
    table = (
        "  Small toeitis         There is no trial of it.\n  Snow eczema           Warm feet\n"
        "  Nightcap syndrome     Blue feet\n"
    )
    text = f"Warmol\n\nPolicy\n\nWarmol is covered for winter gout.\n\n{caption}\n\n{table}\nThe end.\n"
    _, *found = indications_of(tmp_path, text, ".txt")
    assert [i.text for i in found] == expected
    assert {i.determination.value for i in found} <= {"not_covered"}


def test_cells_list_the_criteria_of_their_row(tmp_path: Path) -> None:
    found = indications_of_table(tmp_path, "Coverage Criteria", [
        [["Indication"], ["Criteria"]],
        [["Toeitis"], ["One of the following:", "\u2022 Toes are white", "\u2022 Pain at rest"]],
        [["Snow eczema"], ["Skin is red"]],
    ])
    assert [(i.text, i.logic, tree(i.criteria)) for i in found] == [
        ("Toeitis", "any", ["Toes are white", "Pain at rest"]), ("Snow eczema", None, ["Skin is red"]),
    ]


def test_cells_that_state_coverage_over_a_list_speak_of_what_their_row_names(tmp_path: Path) -> None:
    found = indications_of_table(tmp_path, "Policy", [
        [["Limb"], ["Rules"]],
        [["Big toe"], ["Warmol is medically necessary when all are met:", "\u2022 Toes are white", "\u2022 Snow lies"]],
        [["Small toe"], ["Warmol is not medically necessary if any is met:", "\u2022 Toes are blue", "\u2022 No snow"]],
    ])
    assert [(i.text, i.logic, tree(i.criteria)) for i in found] == [
        ("Big toe: Warmol is medically necessary", "all", ["Toes are white", "Snow lies"]),
        ("Small toe: Warmol is not medically necessary", "any", ["Toes are blue", "No snow"]),
    ]


def products(found: list[Indication]) -> list[tuple[str, list[object], list[object]]]:
    return [(i.text, tree(i.inherited), tree(i.criteria)) for i in found]


def test_the_drugs_of_a_row_are_a_condition_of_it(tmp_path: Path) -> None:
    table = (
        f"| Diagnosis | Covered drug(s) | Coverage criteria |\n{RULE[:-1]}---|\n"
        "| Toeitis | Warmol | Toes are white |\n| Snow eczema | Heatex or Warmol | No tea |\n"
        "|  | Emberly | Two teas |\n"
    )
    assert products(indications_of(tmp_path, HEAD + table)) == [
        ("Toeitis", [["Covered drug(s)", None, ["Warmol"]]], ["Toes are white"]),
        ("Snow eczema", [["Covered drug(s)", None, ["Heatex or Warmol"]]], ["No tea"]),
        ("Snow eczema", [["Covered drug(s)", None, ["Emberly"]]], ["Two teas"]),
    ]


def test_what_stands_beside_a_use_that_is_refused_is_noted(tmp_path: Path) -> None:
    table = "| Small toeitis | Warmol was tried in two people |\n| Snow eczema | No trial |\n"
    found = indications_of(tmp_path, f"# Warmol\n\n## Policy\n\nTable 3. Uses that are not covered\n\n{table}")
    assert [(i.text, [n.text for n in i.notes]) for i in found] == [
        ("Small toeitis", ["Warmol was tried in two people"]), ("Snow eczema", ["No trial"]),
    ]
