"""Dates as printed become ISO dates of the same exactness."""

from __future__ import annotations

import pytest

from policyview.extract.dates import read_dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("June 13, 2022", "2022-06-13"),
        ("Sept. 3rd, 2021", "2021-09-03"),
        ("13 June 2022", "2022-06-13"),
        ("May 1,2024Reviewed", "2024-05-01"),
        ("Effective05/01/2024", "2024-05-01"),
        ("Effective DateMay 1, 2024Last", "2024-05-01"),
        ("05/01/2024Last Review", "2024-05-01"),
        ("06/13/2022", "2022-06-13"),
        ("6/3/22", "2022-06-03"),
        ("12/31/98", "1998-12-31"),
        ("02.23.21", "2021-02-23"),
        ("2022-06-13", "2022-06-13"),
        ("6/2022", "2022-06"),
        ("05/20", "2020-05"),
        ("08.16", "2016-08"),
        ("June 2022", "2022-06"),
        ("2022", "2022"),
    ],
)
def test_date(text: str, iso: str) -> None:
    (date,) = read_dates(f"on {text} it was")
    assert date.iso == iso


@pytest.mark.parametrize("text", [
    "13/45/2022", "February 30, 2021", "call 1-800-555-0100", "X.2022.1", "12345", "12/2024abc",
])
def test_what_is_no_date(text: str) -> None:
    assert not read_dates(text)


def test_leader_dots_and_ranges() -> None:
    assert [d.iso for d in read_dates("Effective ......3/15/2026")] == ["2026-03-15"]
    assert [d.iso for d in read_dates("11/2011-4/2012")] == ["2011-11", "2012-04"]


def test_fractions_only_where_short_dates_are_expected() -> None:
    assert read_dates("score 05/20") != ()
    assert read_dates("score 05/20 in 2020", short=False) == ()
