"""A renewal among the criteria of a use is a use of its own; an exception is no condition."""

from __future__ import annotations

from pathlib import Path

from tests.extract.reading import facts_of, indications_of, tree

LEAD = "Warmol is considered medically necessary for toeitis when ALL of the following are met:"
HEAD = f"Limb Warming\n\nPolicy\n\n{LEAD}\n\n"
STAGED = (
    "1. Diagnosis of white toes\n2. One of the following:\n   a. For initial therapy, all of the following:\n"
    "      i. Snow lies\n      ii. Frost is near\n   b. For continuation of therapy, both of the following:\n"
    "      i. Less white toes\n      ii. Age 6 years or older\n"
)


def test_the_branch_of_a_renewal_is_a_use_with_what_holds_for_both_stages(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + STAGED, ".txt")[1]
    first, second = facts.indications
    assert (first.stage, second.stage) == ("initial", "continuation")
    initial = ["For initial therapy, all of the following:", "all", ["Snow lies", "Frost is near"]]
    assert tree(first.criteria) == ["Diagnosis of white toes", ["One of the following:", "any", [initial]]]
    assert (second.logic, tree(second.criteria)) == ("all", ["Less white toes", "Age 6 years or older"])
    assert tree(second.inherited) == ["Diagnosis of white toes"]
    assert [limit.of for limit in facts.thresholds] == [second.criteria[1].id]


def test_a_renewal_that_all_uses_inherit_is_one(tmp_path: Path) -> None:
    text = (
        "Limb Warming\n\nPolicy\n\nWarmol is considered medically necessary when ALL of these are met:\n\n"
        "A. The bill is paid\nB. Approval\n   1. Initial: six months\n   2. Re-approval: one year [must meet both]:\n"
        "      a. Less white toes\n      b. Snow still lies\n"
        "C. One of the following indications:\n   1. Toeitis\n   2. Gout\n"
    )
    *firsts, renewal = indications_of(tmp_path, text, ".txt")
    assert [(use.text, use.stage, tree(use.inherited)) for use in firsts] == [
        ("Warmol: Toeitis", "initial", ["The bill is paid"]), ("Warmol: Gout", "initial", ["The bill is paid"]),
    ]
    assert (renewal.stage, tree(renewal.criteria)) == ("continuation", ["Less white toes", "Snow still lies"])
    assert [limit.text for limit in firsts[0].limits] == ["Initial: six months"]
    assert [limit.text for limit in renewal.limits] == ["Re-approval: one year [must meet both]:"]


def test_symptoms_that_continue_are_a_condition(tmp_path: Path) -> None:
    text = f"{HEAD}1. Snow lies\n2. Continued pain despite both of the following:\n   a. Baths\n   b. Tea\n"
    (use,) = indications_of(tmp_path, text, ".txt")
    pain = ["Continued pain despite both of the following:", "all", ["Baths", "Tea"]]
    assert tree(use.criteria) == ["Snow lies", pain]


def test_exceptions_are_no_conditions(tmp_path: Path) -> None:
    text = f"{HEAD}1. Snow lies\n2. Two baths\n   a. Hot ones\n   b. Exceptions: the house has no tub\n"
    (use,) = indications_of(tmp_path, text, ".txt")
    assert tree(use.criteria) == ["Snow lies", ["Two baths", None, ["Hot ones"]]]
    assert [exception.text for exception in use.exceptions] == ["Exceptions: the house has no tub"]


def test_an_exception_among_the_conditions_of_all_uses_is_kept_for_each(tmp_path: Path) -> None:
    text = (
        "Limb Warming\n\nPolicy\n\nWarmol is considered medically necessary when ALL of these are met:\n\n"
        "A. Wool was tried\n   1. For two weeks\n   2. Exceptions: members who are allergic to wool\n"
        "B. One of the following indications:\n   1. Toeitis\n   2. Gout\n"
    )
    for use in indications_of(tmp_path, text, ".txt"):
        assert [note.text for note in use.exceptions] == ["Exceptions: members who are allergic to wool"]
        assert tree(use.inherited) == [["Wool was tried", None, ["For two weeks"]]]
