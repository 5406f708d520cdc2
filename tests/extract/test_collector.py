"""What is put together of a statement: notes among its criteria, limits beside it, what a description lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.doubts import FROM_GENERAL, FROM_LEAD
from tests.extract.reading import facts_of, indications_of, tree

HEAD = "# Medical Policy: Warmol\n\n## Policy\n\n"
LIST = (
    "1. Toeitis\n    a. Toes are white\n    b. Snow lies\n"
    "2. Nightcap syndrome\n    a. Ears are red\n    b. Frost is near\n"
)


def test_notes_below_criteria_belong_to_the_use_and_are_no_criteria(tmp_path: Path) -> None:
    text = (
        "Limb Warming\n\nPolicy\n\nWarmol is covered when all are met:\n\n1. The limb:\n   a. Toes are white\n"
        "   Note: White is what a nurse calls white.\n   b. Snow lies\n2. The bill is paid\n"
    )
    (use,) = indications_of(tmp_path, text, ".txt")
    assert tree(use.criteria) == [["The limb:", None, ["Toes are white", "Snow lies"]], "The bill is paid"]
    assert [note.text for note in use.notes] == ["Note: White is what a nurse calls white."]


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        ("Note: Warmol is considered investigational for snow eczema.", ["for toeitis", "for snow eczema."]),
        ("Note: Warmol is covered for gout in another text.", ["for toeitis"]),
    ],
)
def test_a_note_is_kept_and_states_what_it_states_outright(tmp_path: Path, said: str, texts: list[str]) -> None:
    first, *more = indications_of(tmp_path, f"{HEAD}Warmol is covered for toeitis.\n\n{said}\n")
    assert [note.text for note in first.notes] == [said]
    assert all(use.text.endswith(text) for use, text in zip([first, *more], texts, strict=True))


def test_facts_keep_ids_of_their_own_when_a_statement_is_taken_back(tmp_path: Path) -> None:
    text = (
        f"{HEAD}Warmol is covered for an indication listed in Table 1 at 18 years of age or older.\n\n"
        "Note: Warmol is considered investigational for warts of 5 years or longer.\n\nSnow lies.\n\n"
        "| Indication | Criteria |\n|---|---|\n| Toeitis | Age 6 years or older |\n| Gout | Age 9 years or older |\n"
    )
    facts = facts_of(tmp_path, text)[1]
    ids = [use.id for use in facts.indications]
    assert len(set(ids)) == len(ids) == 3
    assert {limit.of.split(".")[0] for limit in facts.thresholds} <= set(ids)


@pytest.mark.parametrize(
    ("between", "confidence"),
    [("", FROM_LEAD), ("### Exclusions\n\n- Warmol is not covered for warts.\n\n", FROM_GENERAL)],
    ids=["the lead-in is open", "it was closed"],
)
def test_the_list_of_conditions_goes_on_below_limits(tmp_path: Path, between: str, confidence: float) -> None:
    lead = "Warmol is considered medically necessary when the criteria below are met.\n\n"
    text = f"{HEAD}{lead}### Gout\n\n- Knees creak\n\n{between}### Approval duration\n\nSix months.\n\n{LIST}"
    *_, first, second = indications_of(tmp_path, text)
    assert [(i.text, tree(i.criteria)) for i in (first, second)] == [
        ("Toeitis", ["Toes are white", "Snow lies"]), ("Nightcap syndrome", ["Ears are red", "Frost is near"]),
    ]
    assert (first.confidence, second.confidence) == (confidence, confidence)


@pytest.mark.parametrize("heading", ["Quantity limits", "Dosing", "Approval duration"])
def test_limits_grant_nothing(tmp_path: Path, heading: str) -> None:
    text = f"{HEAD}Warmol is covered for toeitis.\n\n### {heading}\n\nWarmol is covered at three tubes.\n"
    assert [i.text for i in indications_of(tmp_path, text)] == ["Warmol is covered for toeitis"]


POLICY = "## Policy\n\nWarmol is covered for toeitis.\n"
DESCRIBED = "# Medical Policy: Warmol\n\n## Description\n\n"


@pytest.mark.parametrize("between", ["", "## Indications\n\n"])
def test_a_description_covers_only_by_a_lead_in_over_a_list(tmp_path: Path, between: str) -> None:
    text = f"{DESCRIBED}Tea is covered. The uses listed below are covered.\n\n{between}- cold toes\n- gout\n"
    assert [i.text for i in indications_of(tmp_path, text)] == ["cold toes", "gout"]


@pytest.mark.parametrize("after", ["", "## Background\n\nWarm.\n", "## Policy\n\nWarm.\n"])
def test_a_lead_in_of_a_description_without_its_list_states_nothing(tmp_path: Path, after: str) -> None:
    assert indications_of(tmp_path, f"{DESCRIBED}The uses listed below are covered.\n\n{after}") == []


def test_a_residual_clause_in_a_description_counts(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, f"{DESCRIBED}All other uses of Warmol are considered investigational.\n\n{POLICY}")[1]
    assert [clause.scope for clause in facts.catch_all] == ["All other uses of Warmol"]


def test_a_note_that_every_branch_repeats_is_kept_once(tmp_path: Path) -> None:
    again = "[Note: Bring a chart of the toes.]"
    text = f"{HEAD}Warmol is covered when one is met:\n\n1. Toes are white {again}\n2. Ears are red {again}\n"
    (use,) = indications_of(tmp_path, text)
    assert [note.text for note in use.notes] == ["Note: Bring a chart of the toes."]
