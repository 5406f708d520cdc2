"""Statements said of the list before them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of, tree

HEAD = (
    "Medical Policy: Toe warming\n\nPOLICY:\n\nOne of the following toe warming procedures:\n\n"
    "  • Open toe warming; OR\n  • Toe lamp\n\n"
)


@pytest.mark.parametrize(("joint", "expected"), [
    ("", ["Toes are white", "Snow lies"]),
    ("\nOR\n\n", [["May be considered medically necessary when ALL of the criteria below are present:", None,
                   ["Toes are white", "Snow lies"]]]),
])
def test_uses_before_a_statement_without_a_subject_share_its_criteria(
    tmp_path: Path, joint: str, expected: list[object]
) -> None:
    lamp, toe = indications_of(tmp_path, (
        f"{HEAD}May be considered medically necessary when ALL of the criteria below are present:\n\n"
        f"  1. Toes are white;\n{joint}  2. Snow lies\n"
    ), ".txt")
    assert [lamp.text, toe.text] == ["Open toe warming", "Toe lamp"]
    assert tree(lamp.inherited) == tree(toe.inherited) == expected


def test_a_statement_with_a_subject_leaves_the_list_before_it_alone(tmp_path: Path) -> None:
    text = "Toe lamps are covered when all of these are met:\n\n  1. Ice\n  2. Snow\n"
    (use,) = indications_of(tmp_path, HEAD + text)
    assert use.text == "Toe lamps are covered"
