"""Columns: the date that names a version, and which versions are in force on a date."""

from __future__ import annotations

import datetime

import pytest

from policyview.align.recognise import recognise
from policyview.dating import columns_of, first_day
from policyview.model import Column, Overrides, Reading, Version
from tests.align.made import LEXICON, reading

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
    ]
    assert [column.version for column in columns(*readings)] == [
        Version("2025-01", "effective"),
        Version("2024", "last_review"),
        Version("2023-05-01", "published"),
        None,
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
