"""Lists with their lead-ins: lists joined by a line between them, notes among their items."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of, tree

HEAD = "Limb Warming\n\nPolicy\n\nLimb warming is considered medically necessary for frozen toes when "
SNOW = ["AND one of the following:", "any", ["Snow lies", "Frost is near"]]


@pytest.mark.parametrize(
    ("text", "criteria"),
    [
        (
            (
                "all of the following are met:\n\n1. Toes are white\n2. Pain at rest\n\n"
                "AND one of the following:\n\na. Snow lies\nb. Frost is near\n"
            ),
            ["Toes are white", "Pain at rest", SNOW],
        ),
        (
            (
                "all of the following are met:\n\na. Toes are white\nb. Pain at rest\n\n"
                "AND one of the following:\n\n    1. Snow lies\n    2. Frost is near\n\nc. The bill is paid\n"
            ),
            ["Toes are white", "Pain at rest", SNOW, "The bill is paid"],
        ),
        (
            (
                "one of the following is met:\n\n1. Toes are white\n2. Pain at rest\n\n"
                "AND one of the following:\n\na. Snow lies\nb. Frost is near\n"
            ),
            [["when one of the following is met:", "any", ["Toes are white", "Pain at rest"]], SNOW],
        ),
    ],
    ids=["joined", "the outer list goes on", "alternatives are one item"],
)
def test_a_list_joined_to_another_is_one_more_criterion(tmp_path: Path, text: str, criteria: list[object]) -> None:
    (use,) = indications_of(tmp_path, HEAD + text, ".txt")
    assert use.logic == "all"
    assert tree(use.criteria) == criteria


def test_lists_joined_by_or_are_alternatives(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, HEAD + (
        "one of the following is met:\n\n1. Toes are white\n2. Pain at rest\n\n"
        "OR all of the following:\n\na. Snow lies\nb. Frost is near\n"
    ), ".txt")
    assert use.logic == "any"
    assert tree(use.criteria)[-1] == ["OR all of the following:", "all", ["Snow lies", "Frost is near"]]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n   "])
def test_a_list_goes_on_behind_a_note_among_its_items(tmp_path: Path, gap: str) -> None:
    text = f"all of the following are met:\n\n1. Toes are white{gap}Note: A nurse looks at them.\n\n2. Pain at rest\n"
    (use,) = indications_of(tmp_path, HEAD + text, ".txt")
    assert tree(use.criteria) == ["Toes are white", "Pain at rest"]
    assert [note.text for note in use.notes] == ["Note: A nurse looks at them."]


@pytest.mark.parametrize(
    ("note", "label"), [("Note: These are warm:", "2"), ("Note: Tea is warm.", "1"), ("Note: Tea is warm.", "a")]
)
def test_a_note_with_a_list_of_its_own_ends_the_one_before(tmp_path: Path, note: str, label: str) -> None:
    text = f"all of the following are met:\n\n1. Toes are white\n\n{note}\n\n{label}. Tea\n"
    (use,) = indications_of(tmp_path, HEAD + text, ".txt")
    assert tree(use.criteria) == ["Toes are white"]


BEHIND = """Coverage Criteria

Sleeves are not covered for the following conditions, as they are considered investigational:
- Sprains
- Burns
A. Sleeves for frozen toes are covered when one of the following criteria is met:
1. The toes are white.
2. The toes are blue.
"""


def test_a_lettered_statement_behind_bullets_is_no_criterion_of_the_last_of_them(tmp_path: Path) -> None:
    found = indications_of(tmp_path, BEHIND, ".txt")
    assert [(use.text.split(":")[-1].strip()[:23], use.determination, len(use.criteria)) for use in found] == [
        ("Sprains", "not_covered", 0), ("Burns", "not_covered", 0),
        ("Sleeves for frozen toes", "medically_necessary", 2),
    ]


def test_a_letter_that_goes_on_outside_is_no_criterion_of_the_list_before_it(tmp_path: Path) -> None:
    text = (
        "Coverage Criteria\n\na. Frozen toes\n\nSleeves are covered for people in whom: (1) toes are white; "
        "or (2) toes are blue.\n\nb. Ears in winter\n"
    )
    (use,) = indications_of(tmp_path, text, ".txt")
    assert (tree(use.criteria), use.logic) == (["toes are white", "toes are blue"], "any")


def test_a_remark_between_an_item_and_its_list_ends_neither(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "# Policy\n\n## Criteria\n\nWarmol is medically necessary when the following are met:\n\n"
        "A. Toeitis (must meet all):\n\nA second lamp is not considered medically necessary\n\n"
        "- Toes are white\n- Snow lies\n"
    ), ".txt")
    covered, refused = uses
    assert tree(covered.criteria) == [["Toeitis (must meet all):", "all", ["Toes are white", "Snow lies"]]]
    assert (refused.determination.value, refused.criteria) == ("not_medically_necessary", ())


def test_a_paragraph_behind_an_or_is_an_item_and_the_joint_over_all_is_doubted(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, (
        "# Policy\n\n## Criteria\n\nWarmol is medically necessary for toeitis when ALL of the criteria are met:\n\n"
        "1. Toes are white\n\nOR\n\nToes are blue in a member of 60 years or more\n\nAND\n\n2. Snow lies\n"
    ), ".txt")
    assert [c.text for c in use.criteria][:2] == ["Toes are white", "Toes are blue in a member of 60 years or more"]
    assert (use.logic, use.confidence) == (None, 0.6)
