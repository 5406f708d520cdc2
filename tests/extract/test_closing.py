"""Words behind a list that say how much of it must hold, or what else must."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of, tree

HEAD = "Medical Policy: Toe Warming\n\nPolicy\n\n"
LIST = "1. The toes are white.\n2. Snow lies.\n3. Tea has failed.\n"
CRITERIA = ["The toes are white", "Snow lies", "Tea has failed"]


@pytest.mark.parametrize(("before", "behind", "logic", "n"), [
    ("Toe warming may be covered for chilblains:", "All of the above criteria must be met.", "all", None),
    ("Toe warming is considered medically necessary:", "when any two of the above are met.", "at_least", 2),
    ("Toe warming may be covered for chilblains:", "Members must meet one of the above.", "any", None),
    ("These are the criteria of toe warming:", "Toe warming is covered when all of the above are met.", "all", None),
    ("Let us look at the toes:", "Toe warming is covered when any 2 of the above are met.", "at_least", 2),
])
def test_a_list_is_of_criteria_where_the_words_behind_it_count_them(
    tmp_path: Path, before: str, behind: str, logic: str, n: int | None
) -> None:
    use, = indications_of(tmp_path, f"{HEAD}{before}\n\n{LIST}\n{behind}\n", ".txt")
    assert (tree(use.criteria), use.logic, use.n) == (CRITERIA, logic, n)
    assert use.text.startswith("Toe warming")


def test_a_condition_behind_a_list_of_uses_is_asked_of_each(tmp_path: Path) -> None:
    behind = "provided that the member is 18 years or older."
    text = f"{HEAD}Toe warming is considered medically necessary for:\n\n- Gout\n- Asthma\n\n{behind}\n"
    gout, asthma = indications_of(tmp_path, text, ".txt")
    assert tree(gout.inherited) == tree(asthma.inherited) == [behind.rstrip(".")]


def test_what_holds_when_the_list_before_is_not_met_takes_no_list(tmp_path: Path) -> None:
    behind = "Toe warming is not covered when the above criteria are not met."
    text = f"{HEAD}Let us look at the toes:\n\n{LIST}\n{behind}\n"
    assert all(use.criteria == () for use in indications_of(tmp_path, text, ".txt"))
