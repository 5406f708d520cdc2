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


def test_words_that_only_count_take_their_name_from_the_topic(tmp_path: Path) -> None:
    behind = "Any two of the above criteria must be met for approval."
    use, = indications_of(tmp_path, f"Toe Warming\n\nCoverage Criteria\n\n{LIST}\n{behind}\n", ".txt")
    assert (use.text, use.logic, use.n, tree(use.criteria)) == ("Toe Warming", "at_least", 2, CRITERIA)


@pytest.mark.parametrize(("lead", "logic"), [
    ("if the member meets criteria 1 and 2, or 3:", None), ("if the member meets criteria 1 or 2, and 3:", None),
    ("if the member meets criteria 1, 2, or 3:", "any"), ("when (1) of the following is met:", "any"),
    ("when two or more (≥ 2) of these are met:", "at_least"),
])
def test_lead_ins_that_count_by_label_or_number(tmp_path: Path, lead: str, logic: str | None) -> None:
    use, = indications_of(tmp_path, f"{HEAD}Toe warming is medically necessary {lead}\n\n{LIST}", ".txt")
    assert (tree(use.criteria), use.logic) == (CRITERIA, logic)


@pytest.mark.parametrize("behind", ["provided that the member is 18 years or older.", "unless tea has failed."])
def test_a_condition_behind_a_list_of_uses_is_asked_of_each(tmp_path: Path, behind: str) -> None:
    text = f"{HEAD}Toe warming is considered medically necessary for:\n\n- Gout\n- Asthma\n\n{behind}\n"
    gout, asthma = indications_of(tmp_path, text, ".txt")
    assert tree(gout.inherited) == tree(asthma.inherited) == [behind.rstrip(".")]


def test_what_holds_when_the_list_before_is_not_met_takes_no_list(tmp_path: Path) -> None:
    behind = "Toe warming is not covered when the above criteria are not met."
    text = f"{HEAD}Let us look at the toes:\n\n{LIST}\n{behind}\n"
    assert all(use.criteria == () for use in indications_of(tmp_path, text, ".txt"))
