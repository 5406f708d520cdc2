"""A condition in a lead-in holds for every use of its list."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of, tree

HEAD = "# Medical Policy: Limb Warming\n\n## Policy\n\n"


@pytest.mark.parametrize(
    ("lead", "shared"),
    [
        ("Limb warming is covered for the following, in the absence of fever:", ["in the absence of fever"]),
        ("Limb warming is covered for any of these conditions when wool has failed:", ["when wool has failed"]),
        ("When the skin is whole, limb warming is covered for the following indications:", ["When the skin is whole"]),
        ("Limb warming is covered when used for the following:", []),
        ("Limb warming is covered for the following when used to treat the toes of:", []),
    ],
)
def test_what_a_lead_in_asks_is_inherited_by_its_uses(tmp_path: Path, lead: str, shared: list[str]) -> None:
    found = indications_of(tmp_path, f"{HEAD}{lead}\n\n- Chilblains\n- Frostbite\n")
    assert [tree(use.inherited) for use in found] == [shared, shared]


def test_it_does_not_reach_beyond_its_list(tmp_path: Path) -> None:
    first = "When the skin is whole, limb warming is covered for the following:\n\n- Chilblains\n- Gout\n\n"
    second = "Limb warming is covered for the following:\n\n- Frostbite\n- Rash\n"
    *_, last = indications_of(tmp_path, f"{HEAD}{first}{second}")
    assert last.inherited == ()
