"""Which documents are versions of one policy, and which only look like it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Literal

import pytest

from policyview.align.recognise import BY_A_PERSON, cautions, recognise
from policyview.model import Applicability, Overrides, PolicyVersions, Reading
from tests.align.made import LEXICON, anchor, reading

Line = Literal["commercial", "medicare_advantage", "medicare", "medicaid", "exchange", "fep"]


def for_line(line: Line, *states: str) -> Applicability:
    return Applicability(line, (), states, anchor(line))


def made(file: str, **said: Any) -> Reading:
    """A policy of Alder Health on marrow rinsing, unless it says otherwise."""
    told = {"payer": "Alder Health", "title": "Marrow Rinsing", "statements": [], "file": file, **said}
    return reading(**told)


def groups(*readings: Reading, overrides: Overrides = Overrides()) -> list[str]:  # noqa: B008
    """The policies, their files in order, as "old new"."""
    return sorted(" ".join(policy.files) for policy in recognise(readings, LEXICON, overrides))


def policy_of(file: str, *readings: Reading) -> PolicyVersions:
    (found,) = [policy for policy in recognise(readings, LEXICON) if file in policy.files]
    return found


OLD = made("old", number="MR-7", effective="2024-01-01")
NEW = made("new", number="MR-7", effective="2025-01-01")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"number": "MR-7"}, {"number": "mr 7"}),
        ({}, {}),
        ({"title": "Marrow rinsing®"}, {"title": "MARROW RINSING"}),
        ({"number": "SG 2010-A P2024c"}, {"number": "SG 2010-A P2025a"}),
        ({"number": "2024D0099W"}, {"number": "2025D0099X"}),
        ({"number": "2024 P 2204-9"}, {"number": "2025 P 2204-10"}),
        ({"number": "CG-16, Ver. 11"}, {"number": "CG-16, Ver. 12"}),
        ({"number": "MR-7", "payer": "Alder Health Plan, Inc."}, {"number": "MR-7", "payer": "Alder"}),
        ({"payer": "Federal Employee Program"}, {"payer": "Blue Cross Blue Shield Association"}),
        ({"number": "MR-7", "title": "Marrow Rinsing"}, {"number": "MR-7", "title": "Marrow Rinsing and Polishing"}),
        ({"number": "MR-7", "applies_to": [for_line("commercial")]},
         {"number": "MR-7", "applies_to": [for_line("commercial"), for_line("exchange")]}),
        ({"number": "MR-7", "applies_to": [for_line("medicare", "Ohio", "Utah")]},
         {"number": "MR-7", "applies_to": [for_line("medicare", "Utah", "Idaho")]}),
        ({"number": "MR-7", "title": "Tofts", "original_effective": "2011-03"},
         {"number": "MR-7", "title": "Brushes", "original_effective": "2011-03"}),
    ],
)  # fmt: skip
def test_these_are_versions_of_one_policy(old: dict[str, Any], new: dict[str, Any]) -> None:
    first, second = made("old", effective="2024-01-01", **old), made("new", effective="2025-01-01", **new)
    (policy,) = recognise((second, first), LEXICON)
    assert policy.files == ("old", "new")
    assert policy.why
    assert policy.doubts == ()
    assert cautions(first, second, LEXICON) == ()


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"number": "MR-7", "applies_to": [for_line("medicaid", "Ohio")]},
         {"number": "MR-7", "applies_to": [for_line("medicaid", "Utah")]}, "for different members"),
        ({"number": "MR-7", "applies_to": [for_line("medicaid")]},
         {"number": "MR-7", "applies_to": [for_line("commercial")]}, "for different members"),
        ({"number": "MR-7", "payer": "Birch Mutual"}, {"number": "MR-7"}, "payers differ (Birch Mutual; Alder Health)"),
        ({"payer": "Birch Mutual"}, {}, "payers differ"),
        ({"number": "MR-7"}, {"number": "MR-8"}, "numbers differ (MR-7; MR-8)"),
        ({"number": "09-J1000-66"}, {"number": "09-J1000-67"}, "numbers differ"),
        ({"number": "MR-7", "title": "Elbow Tuning"}, {"number": "MR-7"}, "titles differ"),
        ({"title": "Veragepant Subcutaneous"}, {"title": "Veragepant Intravenous"}, "neither number nor title"),
        ({"number": "MR-7"}, {}, "only one of them prints a number"),
        ({"number": "MR-7", "kind": "coverage_bulletin"}, {"number": "MR-7"}, "tells of policies"),
        ({"payer": ""}, {}, "only the title is the same"),
        ({"payer": "Alder Health Better Care of Ohio"}, {"payer": "Alder Health"}, "only the title is the same"),
    ],
)  # fmt: skip
def test_these_only_look_like_it(one: dict[str, Any], other: dict[str, Any], why: str) -> None:
    first, second = made("old", effective="2024-01-01", **one), made("new", effective="2025-01-01", **other)
    assert groups(first, second) == ["new", "old"]
    (told,) = cautions(first, second, LEXICON)
    assert told.startswith("These do not look like versions of one policy")
    assert why in told


def test_a_lookalike_is_named_with_the_reason() -> None:
    here = made("here", number="MR-7", applies_to=[for_line("medicaid", "Ohio")])
    there = made("there", number="MR-7", applies_to=[for_line("medicaid", "Utah")])
    ((file, why),) = policy_of("here", here, there).lookalikes
    assert file == "there"
    assert why == "they are for different members (Medicaid in Ohio; Medicaid in Utah)"
    assert policy_of("here", here, made("else", payer="Birch Mutual")).lookalikes == ()


def test_who_does_not_tell_whom_it_is_for_joins_with_a_doubt() -> None:
    silent = made("silent", number="MR-7", effective="2023-01-01")
    ohio = made("ohio", number="MR-7", effective="2024-01-01", applies_to=[for_line("medicaid", "Ohio")])
    utah = made("utah", number="MR-7", effective="2024-01-01", applies_to=[for_line("medicaid", "Utah")])
    alone = policy_of("ohio", silent, ohio)
    assert alone.files == ("silent", "ohio")
    assert alone.doubts == ("silent does not tell whom it is for, the other does (Medicaid in Ohio)",)
    assert groups(silent, ohio, utah) == ["ohio", "silent", "utah"]
    assert policy_of("silent", silent, ohio, utah).doubts == ("silent could be a version of ohio or of utah",)
    known = made("known", number="MR-7", effective="2022-01-01", original_effective="2020",
                 applies_to=[for_line("medicaid", "Ohio")])
    sure = made("sure", number="MR-7", effective="2023-01-01", original_effective="2020")
    assert groups(sure, known, utah) == ["known sure", "utah"]


def test_an_edition_without_a_payer_belongs_to_the_only_payer_with_its_number_and_title() -> None:
    nameless, known = made("nameless", payer="", number="MR-7", effective="2023"), NEW
    assert policy_of("new", nameless, known).doubts == ("no payer was found in nameless",)
    birch = made("birch", payer="Birch Mutual", number="MR-7")
    assert groups(nameless, known, birch) == ["birch", "nameless", "new"]


def test_versions_are_ordered_by_the_date_that_all_of_them_print() -> None:
    """Some payers print when the policy first took effect, and tell its version by the review."""
    first = made("a", number="MR-7", effective="2018-01-01", last_review="2023-08-27")
    second = made("b", number="MR-7", effective="2018-01-01", last_review="2024-08-27")
    third = made("c", number="MR-7", last_review="2025-08-27")
    assert policy_of("a", third, second, first).files == ("a", "b", "c")
    dated = made("d", number="MR-7", effective="2020")
    assert "they print different kinds of dates" in policy_of("c", third, dated).doubts[0]
    assert "not both print a date" in policy_of("a", first, made("e", number="MR-7")).doubts[0]


def test_two_texts_of_one_date_are_one_version_twice_or_a_doubt() -> None:
    statements = [f"Rinsing for disease number {number}" for number in range(30)]
    page = made("page", number="MR-7", effective="2024", statements=statements)
    paper = made("paper", number="MR-7", effective="2024", statements=statements)
    assert policy_of("page", page, paper).doubts == ()
    other = made("other", number="MR-7", effective="2024", statements=["Polishing of all else"])
    assert policy_of("page", page, other).doubts == ("other and page print the same dates and do not say the same",)


def test_what_a_person_said_goes_before_what_was_found() -> None:
    other = made("other", payer="Birch Mutual", number="B 1", effective="2023-01-01")
    old, new, else_ = (each.document.sha256 for each in (OLD, NEW, other))
    said = Overrides().joining(else_, [old])
    assert groups(OLD, NEW, other, overrides=said) == ["other old new"]
    assert BY_A_PERSON in recognise((OLD, NEW, other), LEXICON, said)[0].why
    assert cautions(other, OLD, LEXICON, said) == ()
    parted = said.parting(old, [new])
    assert groups(OLD, NEW, other, overrides=parted) == ["new", "other old"]
    assert cautions(OLD, NEW, LEXICON, parted) == ("A person said that these are not versions of one policy.",)
    assert groups(OLD, NEW, other, overrides=parted.joining(new, [old])) == ["other old new"]
    assert groups(OLD, NEW, overrides=Overrides().dating(old, "2026")) == ["new old"]
    assert Overrides().dating(old, "2026").dating(old, None) == Overrides()


def test_a_wrong_order_is_told() -> None:
    (told,) = cautions(NEW, OLD, LEXICON)
    assert told == ("The two seem to be given in the wrong order: the one called older is new (effective 2025-01-01), "
                    "the one called newer old (effective 2024-01-01).")
    again = made("again", number="MR-7", effective="2024-01-01")
    assert cautions(OLD, again, LEXICON) == cautions(again, OLD, LEXICON) == ()


def test_the_order_of_the_documents_changes_nothing_and_each_is_in_one_policy() -> None:
    shelf: Sequence[Reading] = (
        OLD, NEW, made("silent", number="MR-7"), made("ohio", number="MR-7", applies_to=[for_line("medicaid", "Ohio")]),
        made("utah", number="MR-7", applies_to=[for_line("medicaid", "Utah")]),
    )  # fmt: skip
    expected = recognise(shelf, LEXICON)
    assert sorted(file for policy in expected for file in policy.files) == sorted(each.file for each in shelf)
    assert all(recognise(order, LEXICON) == expected for order in itertools.permutations(shelf))


def test_a_folder_of_one_number_is_no_policy() -> None:
    """A manual's number printed on each of its chapters would compare every chapter with every other."""
    chapters = [made(f"{number}", title=f"Chapter {number}", number="100-3") for number in range(300)]
    assert len(recognise(chapters, LEXICON)) == 300


def test_a_title_of_hundreds_hides_no_policys_versions() -> None:
    shelf = [made(f"{payer} {year}", payer=f"Payer {payer}", effective=f"{year}") for payer in range(150)
             for year in (2024, 2025)]  # fmt: skip
    assert groups(*shelf)[:2] == ["0 2024 0 2025", "1 2024 1 2025"]
    assert len(recognise(shelf, LEXICON)) == 150


def test_two_that_cannot_be_versions_are_not_made_so_by_a_third() -> None:
    rinsing = made("rinsing", number="MR-7", effective="2023")
    both = made("both", number="MR-7", title="Marrow Rinsing and Elbow Tuning", effective="2024")
    tuning = made("tuning", number="MR-7", title="Elbow Tuning", effective="2026")
    assert groups(rinsing, both, tuning) == ["rinsing both", "tuning"]
