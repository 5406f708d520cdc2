"""Populations: whom a statement is for, and whether two of them can overlap."""

from __future__ import annotations

import pytest

from policyview.align.population import Population, limits_of, read_population
from tests.align.made import LEXICON


def bands(text: str) -> set[str]:
    return set(read_population(text, LEXICON).bands)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("adults", {"adult"}),
        ("children and adolescents", {"child", "adolescent"}),
        ("adults and children", {"adult", "child", "adolescent"}),
        ("newborns", {"preterm", "term"}),
        ("premature infants", {"preterm"}),
        ("term and near-term newborns", {"term"}),
        ("newborns of 34 or more weeks of gestation", {"term"}),
        ("newborns of less than 32 weeks of gestation", {"preterm"}),
        ("children, and infants of at least 34 weeks gestation", {"child", "adolescent", "infant", "term"}),
        ("patients 6 years of age or older", {"child", "adolescent", "adult"}),
        ("patients at least 18 years old", {"adult"}),
        ("members aged 12 to 17 years", {"adolescent"}),
        ("age 2 to 11 years", {"child"}),
        ("younger than 18 years", {"infant", "child", "adolescent"}),
        ("pediatric patients 6 years and older", {"child", "adolescent"}),
        ("after 3 years of therapy", set()),
        ("a trial of 12 weeks", set()),
        ("no one named", set()),
    ],
)
def test_bands(text: str, expected: set[str]) -> None:
    assert bands(text) == expected


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        ("adults and children", "adults", True),
        ("adults", "adults and children", False),
        ("", "adults", True),
        ("", "newborns", False),
        ("adults", "", False),
        ("6 years of age or older", "18 years of age or older", True),
        ("18 years of age or older", "21 years of age or older", True),
    ],
)
def test_covers(wide: str, narrow: str, covers: bool) -> None:
    assert read_population(wide, LEXICON).covers(read_population(narrow, LEXICON)) is covers


def test_the_same_bound_from_both_sides_is_a_contradiction() -> None:
    older, younger = (
        read_population(t, LEXICON) for t in ("newborns of 34 weeks or more", "newborns of 34 weeks or less")
    )
    assert older.contradicts(younger) == "weeks of gestation: 34 weeks or more against 34 weeks or less"
    assert younger.contradicts(older) is not None
    assert older.contradicts(Population()) is None


def test_limits() -> None:
    found = limits_of("a bmi of 35 to 39.9 kg/m2 and an ejection fraction of at most 35 %", LEXICON)
    assert {name: (i.low, i.high) for name, i in found.items()} == {
        "body_mass_index": (35, 39.9),
        "ejection_fraction": (float("-inf"), 35),
    }
