"""Lists behind a statement that say of themselves only that they must hold: its criteria, or what must not be."""

from __future__ import annotations

from pathlib import Path

from tests.extract.reading import indications_of, tree

TITLE = "# Medical Policy: Limb Warming\n\n## Policy\n\n"


def test_lists_that_must_hold_belong_to_the_statement_above(tmp_path: Path) -> None:
    (indication,) = indications_of(tmp_path, TITLE + (
        "Limb warming is covered for cold toes.\n\n"
        "The following criteria must be used to choose patients:\n\n- Pain at rest\n- White toes\n\n"
        "Patients must not have:\n\n- Gangrene\n- Burns\n"
    ))
    assert indication.logic == "all"
    assert tree(indication.criteria) == [
        ["The following criteria must be used to choose patients:", "all", ["Pain at rest", "White toes"]],
        ["Patients must not have:", "none", ["Gangrene", "Burns"]],
    ]
    assert [c.kind for c in indication.criteria] == ["other", "exclusion"]


def test_beside_alternatives_and_below_several_uses_they_are_inherited(tmp_path: Path) -> None:
    first, *rest = indications_of(tmp_path, TITLE + (
        "Limb warming is covered for warts when any of the following criteria are met:\n\n- Pain\n- Itch\n\n"
        "Members must have:\n\n- A bed\n\n"
        "Limb warming is covered for the treatment of:\n\n- Frostbite\n- Gout\n\n"
        "Surgeons must:\n\n- Be trained\n"
    ))
    assert (first.logic, [tree(c.children) for c in first.inherited]) == ("any", [["A bed"]])
    assert [(i.text, [tree(c.children) for c in i.inherited]) for i in rest] == [
        ("Frostbite", [["Be trained"]]), ("Gout", [["Be trained"]]),
    ]


def test_they_do_not_belong_to_a_refusal_nor_to_another_section(tmp_path: Path) -> None:
    found = indications_of(tmp_path, TITLE + (
        "Limb warming is covered for cold toes.\n\nLimb warming is not covered for gout.\n\n"
        "Patients must have:\n\n- Pain\n\n## Claims\n\nMembers must have:\n\n- A card\n"
    ))
    assert [(i.criteria, i.inherited) for i in found] == [((), ()), ((), ())]


def test_a_lead_in_that_waits_is_stated_with_them(tmp_path: Path) -> None:
    (indication,) = indications_of(tmp_path, TITLE + (
        "Limb warming is considered medically necessary for cold toes when the criteria below are met.\n\n"
        "Patients must have:\n\n- Pain\n- White toes\n\nPatients must not have:\n\n- Burns\n"
    ))
    assert [c.text for c in indication.criteria] == ["Patients must have:", "Patients must not have:"]


def test_sections_of_what_must_and_must_not_be_belong_to_the_statement_before_them(tmp_path: Path) -> None:
    (indication,) = indications_of(tmp_path, TITLE + (
        "Limb warming is considered medically necessary for cold toes when the criteria below are met.\n\n"
        "### Inclusion criteria\n\n- Pain\n- White toes\n\n### Exclusion criteria\n\n- Burns\n- Gout\n"
    ))
    assert tree(indication.criteria) == [
        ["Inclusion criteria", None, ["Pain", "White toes"]], ["Exclusion criteria", "none", ["Burns", "Gout"]],
    ]
