"""Labels and heads of rows: short, plain, in the payers' words."""

from __future__ import annotations

import pytest

from policyview.align.labels import LONGEST
from policyview.model import Indication
from tests.align.made import AGAINST, indication, matrix, reading

RINSING = "Marrow Rinsing"


def labels(*statements: Indication | str, title: str = RINSING) -> list[str]:
    return [row.label for row in matrix(reading("Alder", title, statements)).rows]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Marrow rinsing is covered for zorbitis vulgaris", "Zorbitis vulgaris"),
        ("Marrow rinsing is considered medically necessary for the treatment of gout when two creams failed", "Gout"),
        ("Initial Criteria: Velkin fever, prevention: Marrow rinsing is covered when", "Velkin fever, prevention"),
        ("Marrow rinsing is not covered for velkin fever", "Velkin fever"),
        ("Marrow rinsing is not covered for velkin fever because of the risk of gout", "Velkin fever"),
        ("uveitis in adults", "Uveitis in adults"),
        ("Counting cells in blood is considered medically necessary when gout is suspected", "Counting cells in blood"),
    ],
)
def test_the_condition_in_plain_words(text: str, label: str) -> None:
    assert labels(text) == [label]


def test_the_plainest_of_the_members_names_the_row() -> None:
    long = "Marrow rinsing is covered for an adult 18 years of age or older with velkin fever of the hands and feet"
    found = matrix(
        reading("Alder", RINSING, [indication(1, long, context=["A. Velkin fever"])]),
        reading("Birch", RINSING, ["Velkin fever in adults, after two creams"]),
    )
    assert [row.label for row in found.rows] == ["Velkin fever"]


def test_a_renewal_says_so() -> None:
    assert labels(indication(1, "Covered again for 6 months", stage="continuation", context=["Gout"])) == [
        "Gout (continuation)"
    ]
    assert labels(indication(1, "Covered again for 6 months", stage="continuation", context=["5. Continued care"])) == [
        "Continued care"
    ]


def test_a_label_is_never_longer_than_a_row_has_room_for() -> None:
    (label,) = labels("Zorbitis of " + "the far and near ends of the very long elbow " * 6)
    assert len(label) <= LONGEST
    assert label.endswith("…")


def test_two_rows_of_one_name_are_told_apart_where_their_words_allow() -> None:
    found = labels("Zorbitis, when two creams failed", indication(2, "Zorbitis", AGAINST))
    assert len(set(found)) == 2


@pytest.mark.parametrize(
    ("population", "group"),
    [
        ("adults", "Adults"),
        ("adults and children", "Children and adults"),
        ("infants, children and adults", "All ages"),
        ("children", "Children"),
        ("", ""),
    ],
)
def test_the_head_of_a_group_reads_as_a_phrase(population: str, group: str) -> None:
    (row,) = matrix(reading("Alder", RINSING, [f"Zorbitis in {population}" if population else "Zorbitis"])).rows
    assert row.group == group


def test_a_row_of_different_populations_stands_under_no_heading() -> None:
    adults, all_ages = reading("Alder", RINSING, ["Zorbitis in adults"]), ["Zorbitis in adults and children"]
    rows = matrix(adults, reading("Birch", RINSING, ["Zorbitis"]), reading("Cedar", RINSING, all_ages)).rows
    assert [(len(row.cells), row.group) for row in rows] == [(3, "")]


def test_rows_of_no_population_do_not_seem_to_stand_under_one() -> None:
    rows = matrix(reading("Alder", RINSING, ["Zorbitis in children", "Quirkosis"])).rows
    assert [row.group for row in rows] == ["Children", "Other uses"]


def test_those_who_do_not_meet_the_criteria_have_a_row_that_says_so() -> None:
    assert labels(indication(1, "Zorbitis, when the criteria above are not met", AGAINST)) == [
        "Zorbitis (criteria not met)"
    ]


@pytest.mark.parametrize("text", ["Elbow braces to be considered necessary", "Elbow braces (that is, slings)"])
def test_no_label_ends_in_the_middle_of_a_phrase(text: str) -> None:
    (label,) = labels(text, title="Arm Supports")
    assert label.split()[-1] not in ("be", "to", "(")
    assert not label.endswith("(")
