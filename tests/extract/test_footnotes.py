"""Footnotes belong to the uses whose words carry their mark; they are neither lists nor approvals."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Indication
from tests.extract.reading import facts_of, indications_of, tree

HEAD = "Limb Warming\n\nPolicy\n\n"
CHILLED = f"{HEAD}Warming is considered medically necessary for chilblains.\n"
LISTED = f"{HEAD}Warmol is considered medically necessary for toeitis when ALL of the following criteria are met:\n\n"
WARTS = "Warmol is considered medically necessary for warts.\n\n"


def notes(use: Indication) -> tuple[list[str], list[str]]:
    return [note.text for note in use.notes], [exception.text for exception in use.exceptions]


@pytest.mark.parametrize("said", ["Refractory is defined as no response.", "Requires Prior Authorization"])
def test_a_starred_line_below_a_statement_is_a_note_of_it(tmp_path: Path, said: str) -> None:
    (use,) = indications_of(tmp_path, f"{CHILLED}* {said}\n", ".txt")
    assert use.text == "Warming is considered medically necessary for chilblains"
    assert (notes(use), use.criteria) == (([said], []), ())


def test_stars_below_a_lead_in_are_a_list(tmp_path: Path) -> None:
    text = f"{HEAD}Warming is considered medically necessary for toeitis when all of these are met:\n* Toes are white\n"
    (use,) = indications_of(tmp_path, text, ".txt")
    assert tree(use.criteria) == ["Toes are white"]


def test_several_stars_below_a_sentence_are_a_list(tmp_path: Path) -> None:
    text = f"{HEAD}Warming is covered in these cases, as agreed.\n* Toeitis\n* Gout\n"
    assert [use.text for use in indications_of(tmp_path, text, ".txt")] == ["Toeitis", "Gout"]


def test_a_footnote_that_denies_is_no_approval(tmp_path: Path) -> None:
    said = "If used for any other indication, deny the request for medical necessity."
    facts = facts_of(tmp_path, f"{CHILLED}* {said}\n", ".txt")[1]
    assert [use.determination.value for use in facts.indications] == ["medically_necessary"]
    assert [(clause.determination.value, clause.text) for clause in facts.catch_all] == [("not_covered", said)]


def test_a_footnote_below_a_list_goes_to_the_use_with_its_mark(tmp_path: Path) -> None:
    text = (
        f"{LISTED}1. Toes are white†\n2. Failure of two baths*\n3. Snow lies\n\n* A bath of ten minutes.\n\n"
        f"{WARTS}† White as seen by a nurse.\n"
    )
    first, second = indications_of(tmp_path, text, ".txt")
    assert tree(first.criteria) == ["Toes are white", "Failure of two baths", "Snow lies"]
    assert (notes(first), notes(second)) == ((["A bath of ten minutes.", "† White as seen by a nurse."], []), ([], []))


def test_a_mark_is_of_the_footnote_that_follows_next(tmp_path: Path) -> None:
    text = f"{LISTED}1. Toes are white†\n2. Snow lies\n\n† As seen by a nurse.\n\n{WARTS}† Of the hand only.\n"
    first, second = indications_of(tmp_path, text, ".txt")
    assert (notes(first)[0], notes(second)[0]) == (["† As seen by a nurse."], ["† Of the hand only."])


def test_an_exception_of_some_states_is_kept_as_one(tmp_path: Path) -> None:
    said = "b For Norland and Southland business only a 30-day trial is required."
    (use,) = indications_of(tmp_path, f"{LISTED}a. Toes are white\nb. Two baths (give the dates)b\n\n{said}\n", ".txt")
    assert tree(use.criteria) == ["Toes are white", "Two baths (give the dates)"]
    assert notes(use) == ([], [said])


def test_a_footnote_that_refuses_is_not_of_the_use_above(tmp_path: Path) -> None:
    text = (
        "# Warmol\n\n## Policy\n\n### Reauthorization\n\nWarmol is covered for toeitis when all are met:\n\n"
        "- Toes are warm\n- Snow lies\n\n** Coldol and Icol are excluded from coverage.\n"
    )
    first, second = indications_of(tmp_path, text)
    assert (first.stage, notes(first)) == ("continuation", ([], []))
    assert (second.determination.value, second.stage) == ("not_covered", None)


def test_a_mark_of_another_chapter_is_another(tmp_path: Path) -> None:
    text = (
        "<h1>Coverage</h1><p>Warmol is covered for toeitis‡ of the left foot.</p>"
        "<h1>Appendix of tables</h1><p>‡ Not a list of all feet.</p>"
    )
    (use,) = indications_of(tmp_path, f"<html><body>{text}</body></html>", ".html")
    assert notes(use) == ([], [])


FEET = f"{LISTED}1. Toes are white\n2. Failure of two baths***\n\n"


@pytest.mark.parametrize("label", ["- ", "a. "])
def test_what_a_footnote_lists_is_of_the_footnote(tmp_path: Path, label: str) -> None:
    said = "***Examples of reasons against baths include the following:"
    text = f"{FEET}Warmol is considered medically necessary for gout when all are met:\n\n1. Ears are red\n2. Frost\n\n"
    listed = [f"{label}Open wounds", f"{label.replace('a', 'b')}Age under 12 years"]
    first, second = indications_of(tmp_path, f"{text}{said}\n\n{chr(10).join(listed)}\n", ".txt")
    assert (tree(first.criteria)[0], tree(second.criteria)) == ("Toes are white", ["Ears are red", "Frost"])
    assert (notes(first)[0], notes(second)[0]) == ([f"{said} Open wounds; Age under 12 years"], [])


def test_a_starred_lead_in_that_demands_takes_no_list(tmp_path: Path) -> None:
    said = "*Baths are tried when criteria including these are met:"
    found = indications_of(tmp_path, f"{CHILLED}\n{said}\n\n- Toes are white\n- Snow lies\n", ".txt")
    assert not any("Snow lies" in note.text for use in found for note in use.notes)
