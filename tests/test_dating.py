"""The date that names a version, and which versions are in force on a date, as columns."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from policyview.align import align
from policyview.align.recognise import recognise
from policyview.dating import columns_of, first_day, is_older
from policyview.model import Column, Overrides, Reading, Version
from tests.align.made import AGAINST, FOR, LEXICON, reading

DAY = datetime.date(2026, 6, 1)


def columns(
    *readings: Reading, day: datetime.date = DAY, overrides: Overrides = Overrides()  # noqa: B008
) -> tuple[Column, ...]:
    return columns_of(readings, recognise(readings, LEXICON, overrides), day, overrides)


def in_force(*readings: Reading, day: datetime.date = DAY) -> list[str]:
    return [column.file for column in columns(*readings, day=day) if column.in_force]


def test_the_version_is_effective_else_last_review_else_published() -> None:
    readings = [
        reading("A", "T", [], effective="2025-01", last_review="2024", published="2023"),
        reading("B", "T", [], last_review="2024", published="2023"),
        reading("C", "T", [], published="2023-05-01"),
        reading("D", "T", []),
        reading("E", "T", [], last_updated="2025-11", published="2023"),
    ]
    assert [column.version for column in columns(*readings)] == [
        Version("2025-01", "effective"),
        Version("2024", "last_review"),
        Version("2023-05-01", "published"),
        None,
        Version("2025-11", "last_updated"),
    ]


def test_the_newest_effective_version_of_a_policy_is_in_force() -> None:
    old = reading("A", "T", [], number="1", effective="2024-01-01", file="old")
    now = reading("A", "T", [], number="1", effective="2026-06-01", file="now")
    next_year = reading("A", "T", [], number="1", effective="2027-01", file="next")
    assert in_force(next_year, old, now) == ["now"]
    assert in_force(next_year, old, now, day=datetime.date(2026, 5, 31)) == ["old"]
    assert in_force(next_year, old, now, day=datetime.date(2027, 1, 1)) == ["next"]


def test_other_policies_and_other_payers_are_in_force_side_by_side() -> None:
    assert in_force(
        reading("A", "T", [], number="1", file="a1"),
        reading("A", "T", [], number="2", file="a2"),
        reading("B", "T", [], number="1", file="b1"),
    ) == ["a1", "a2", "b1"]


@pytest.mark.parametrize("status", ["retired", "draft", "future"])
def test_what_is_retired_a_draft_or_future_is_not_in_force(status: str) -> None:
    assert in_force(reading("A", "T", [], status=status)) == []  # type: ignore[arg-type]


def test_without_dates_a_version_is_in_force() -> None:
    assert in_force(reading("A", "T", [])) == ["A.txt"]


def test_payers_come_before_second_hand_columns_and_in_order_of_their_names() -> None:
    readings = [
        reading("A", "T", [], authority="reference"),
        reading("C", "T", []),
        reading("B", "T", [], file="z"),
        reading("B", "T", [], file="a"),
    ]
    assert [column.file for column in columns(*readings)] == ["a", "z", "C.txt", "A.txt"]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2025", (2025, 1, 1)),
        ("2025-03", (2025, 3, 1)),
        ("2025-03-09", (2025, 3, 9)),
        ("2025-13", None),
        ("soon", None),
        (None, None),
    ],
)
def test_first_day(date: str | None, day: tuple[int, int, int] | None) -> None:
    assert first_day(date) == (datetime.date(*day) if day else None)


def test_two_editions_without_a_payer_are_told_by_number_and_title() -> None:
    old = reading("", "Marrow Rinsing", [], number="MR-7", effective="2024-01-01", file="old")
    new = reading("", "Marrow rinsing", [], number="mr 7", effective="2026-01-01", file="new")
    assert in_force(old, new) == ["new"]
    assert in_force(old, reading("", "Knee Braces", [], number="MR-7", effective="2026-01-01", file="knee")) == [
        "knee", "old"
    ]


def test_an_edition_whose_payer_is_missing_belongs_to_the_one_payer_with_its_number_and_title() -> None:
    known = reading("Alder", "Marrow Rinsing", [], number="MR-7", effective="2026-01-01", file="known")
    nameless = reading("", "Marrow Rinsing", [], number="MR-7", effective="2024-01-01", file="nameless")
    assert in_force(nameless, known) == ["known"]
    two = reading("Birch", "Marrow Rinsing", [], number="MR-7", effective="2026-01-01", file="two")
    assert in_force(nameless, known, two) == ["known", "two", "nameless"]


def why_not(*readings: Reading, day: datetime.date = DAY, overrides: Overrides = Overrides()) -> list[str | None]:  # noqa: B008
    """Why each document is not in force, in the order of their files."""
    found = {column.file: column for column in columns(*readings, day=day, overrides=overrides)}
    assert all(column.in_force is (column.not_in_force is None) for column in found.values())
    return [found[file].not_in_force for file in sorted(found)]


def test_a_version_that_is_not_in_force_says_why() -> None:
    made = [
        reading("A", "T", ["Rinsing"], number="1", effective="2024", file="1"),
        reading("A", "T", ["Rinsing"], number="1", effective="2025", file="2"),
        reading("A", "T", ["Rinsing"], number="1", effective="2025", file="3"),
        reading("A", "T", [], number="1", effective="2026-07-01", file="4"),
        reading("A", "T", [], number="1", effective="2026-01", retired="2026-06-01", file="5"),
        reading("A", "T", [], number="1", effective="2026-02", status="draft", file="6"),
    ]
    copy, kept = ("copy", None) if columns(*made)[2].in_force else (None, "copy")
    assert why_not(*made) == ["superseded", copy, kept, "future", "retired", "draft"]
    assert why_not(*made, day=datetime.date(2026, 5, 31))[4] is None


def test_without_an_effective_date_words_hold_from_the_date_that_names_them() -> None:
    old = reading("A", "T", [], number="1", effective="2019", file="1")
    new = reading("A", "T", [], number="1", last_review="2025-03", file="2")
    assert why_not(old, new) == ["superseded", None]
    assert why_not(old, new, day=datetime.date(2024, 1, 1)) == [None, "later"]


def test_a_date_that_a_person_named_counts() -> None:
    old = reading("A", "T", [], number="1", effective="2025", file="1")
    new = reading("A", "T", [], number="1", last_review="2025-03", file="2")
    said = Overrides().dating(new.document.sha256, "2026-09")
    assert why_not(old, new, overrides=said) == [None, "future"]
    assert columns(old, new, overrides=said)[1].version == Version("2026-09", "effective", "corrected")


def test_the_same_file_twice_is_in_force_once() -> None:
    once = reading("A", "T", [], number="1", effective="2025", file="1")
    again = Reading(replace(once.document, file="2"), once.facts)
    assert sorted(why_not(once, again), key=str) == [None, "copy"]


def test_versions_that_are_not_in_force_have_no_say_in_what_is_shown() -> None:
    """A payer's version to come may oppose the others: today it does not."""
    rinsing, title = "Rinsing of chilled marrow", "Marrow Rinsing"
    here = reading("A", title, [(rinsing, FOR)], number="1", effective="2024", file="1")
    come = reading("A", title, [(rinsing, AGAINST)], number="1", effective="2027", file="2")
    else_ = reading("B", title, [(rinsing, FOR)], number="2", effective="2024", file="3")
    ((row,),) = ([*matrix.rows] for matrix in align((here, come, else_), LEXICON, DAY))
    assert (row.agreement, row.agreement_in_force) == ("opposed", "same")
    ((row,),) = ([*matrix.rows] for matrix in align((here, come, else_), LEXICON, datetime.date(2027, 1, 1)))
    assert row.agreement_shown == row.agreement == "opposed"
    ((row,),) = ([*matrix.rows] for matrix in align((come,), LEXICON, DAY))
    assert row.agreement_in_force is None
    assert row.agreement_shown == "one_payer"


def test_where_all_versions_print_when_the_policy_first_took_effect_the_review_tells() -> None:
    made = [reading("A", "T", [], number="1", effective="2018", last_review=f"{year}-08", file=f"{year}")
            for year in (2023, 2024, 2025)]  # fmt: skip
    assert why_not(*made) == ["superseded", "superseded", None]
    assert why_not(*made, day=datetime.date(2024, 9, 1)) == ["superseded", None, "later"]
    assert why_not(*made, day=datetime.date(2019, 1, 1)) == [None, "later", "later"]


@pytest.mark.parametrize(
    ("one", "other", "is_first"),
    [
        ({"effective": "2024"}, {"effective": "2025-03"}, True),
        ({"effective": "2025-03-01"}, {"effective": "2025"}, False),
        ({"effective": "2025", "last_review": "2023"}, {"effective": "2025", "last_review": "2024"}, True),
        ({"effective": "2023", "last_review": "2024-02"}, {"last_review": "2024-01"}, False),
        ({"effective": "2023"}, {"last_review": "2024"}, None),
        ({}, {}, None),
    ],
)
def test_the_first_date_that_both_print_tells_which_is_older(
    one: dict[str, str], other: dict[str, str], is_first: bool | None
) -> None:
    found = reading("A", "T", [], effective=one.get("effective"), last_review=one.get("last_review"))
    later = reading("A", "T", [], effective=other.get("effective"), last_review=other.get("last_review"))
    assert is_older(found, later) is is_first
