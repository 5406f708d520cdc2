"""Folding maps back; numbers are read with comparator and unit; a sense tells statements apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyview import lexicon
from policyview.wording import fold, read_marks, read_numbers, sense

LEXICON = lexicon.load()


@given(st.text(max_size=80))
def test_folded_text_maps_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.offsets)
    assert all(0 <= at < len(text) for at in folded.offsets)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert fold(folded.text).text == folded.text


def test_folding_evens_out_typography() -> None:
    assert fold("  The “Fast‐Acting”  co\u00adating\nof ﬁbre ").text == 'the "fast-acting" coating of fibre'
    assert fold("a b\nc", keep_spaces=False).text == "abc"


def test_span_leads_to_the_original() -> None:
    text = "Pay for\n the ﬁrst"
    folded = fold(text)
    at = folded.text.index("first")
    assert text[slice(*folded.span(at, at + 5))] == "ﬁrst"


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("walks two miles", None, 2, None),
        ("10,000 copies/mL", None, 10000, "copies/mL"),
        ("filled (80-100%)", "range", (80, 100), "%"),
        ("a 4-6 hour wait", "range", (4, 6), "hour"),
        ("braces ≥ 34 weeks after casting", ">=", 34, "week"),
        ("girth <= 25", "<=", 25, None),
        ("less than or equal to 34 weeks of wear", "<=", 34, "week"),
        ("equal to or greater than 35", ">=", 35, None),
        ("greater than 50% loss", ">", 50, "%"),
        ("at least 10% of the skin", ">=", 10, "%"),
        ("6 years of age or older", ">=", 6, "year"),
        ("18 years and older", ">=", 18, "year"),
        ("65 years of age and younger", "<=", 65, "year"),
        ("within 12 months of", "<=", 12, "month"),
        ("within the past six months", "<=", 6, "month"),
        ("up to 40 ppm", "<=", 40, "ppm"),
        ("34 or more weeks", ">=", 34, "week"),
        ("girth of 32 or less", "<=", 32, None),
        ("a gap of 4 mm or more", ">=", 4, "mm"),
        ("no more than 4 lifts", "<=", 4, None),
        ("between 15 and 65 events per hour", "range", (15, 65), "event per hour"),
        ("between 10- 15 events/hour", "range", (10, 15), "event per hour"),
        ("eased to 60% to 80%", "range", (60, 80), "%"),
        ("> 55 kg to 85 kg", "range", (55, 85), "kg"),
        ("at least four (4) weeks", ">=", 4, "week"),
        ("for at least the last 3 consecutive months", ">=", 3, "month"),
        ("at or below the 95th percentile", "<=", 95, "percentile"),
        ("under age 18", "<", 18, None),
        ("not to exceed 2.5 mg/kg", "<=", 2.5, "mg/kg"),
        ("fewer than 4 hours per night", "<", 4, "hour per night"),
        ("18+ years", ">=", 18, "year"),
        ("a girth under 35 kg/m²", "<", 35, "kg/m2"),
        ("20ppm", None, 20, "ppm"),
        ("no earlier than 2 days prior to the fitting", "<=", 2, "day"),
        ("no earlier than 2 days after the fitting", ">=", 2, "day"),
        ("twenty four weeks", None, 24, "week"),
        ("three to six months", "range", (3, 6), "month"),
        ("between two and four weeks", "range", (2, 4), "week"),
        ("at least one hundred days", ">=", 100, "day"),
        ("< or = 30 days", "<=", 30, "day"),
        ("through age 20", "<=", 20, None),
        ("a minimum (3) month wait", ">=", 3, "month"),
        ("fell by 12 percent", None, 12, "percent"),
    ],
)
def test_number(text: str, comparator: str | None, value: object, unit: str | None) -> None:
    (quantity,) = read_numbers(text, LEXICON)
    assert (quantity.comparator, quantity.value, quantity.unit) == (comparator, value, unit)


def test_two_bounds_are_two_numbers() -> None:
    found = read_numbers("above 10 and at most 50 events per hour", LEXICON)
    assert [(q.comparator, q.value) for q in found] == [(">", 10), ("<=", 50)]


def test_span_holds_comparator_and_unit() -> None:
    text = "wear for at least 6 weeks every year"
    (quantity,) = read_numbers(text, LEXICON)
    assert text[quantity.start:quantity.end] == "at least 6 weeks"
    assert text[slice(*quantity.number)] == "6"


@pytest.mark.parametrize("text", ["BRACE-19", "IL-17", "code Q27.20", "a CD4 count", "ratio of 2:1", "section 3.2.1"])
def test_parts_of_names_are_no_numbers(text: str) -> None:
    assert not read_numbers(text, LEXICON)


def test_a_citation_number_stays_apart() -> None:
    assert [q.value for q in read_numbers("girth exceeding 25 2", LEXICON)] == [25, 2]


def test_marks() -> None:
    kinds = [m.kind for m in read_marks("Not covered unless worn and washed, or must be shared", LEXICON)]
    assert kinds == ["negation", "exception", "and", "or", "obligation"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("at least 4 weeks", "at least 6 weeks"),
        ("at least 4 weeks", "at most 4 weeks"),
        ("is covered", "is not covered"),
        ("covered for Q27.20", "covered for Q27.21"),
        ("covered at home", "covered except at home"),
    ],
)
def test_another_number_or_not_is_another_sense(one: str, other: str) -> None:
    assert sense(one, LEXICON) != sense(other, LEXICON)


def test_layout_does_not_change_the_sense() -> None:
    assert sense("at least\nfour  (4) weeks of ﬁtting", LEXICON) == sense("At least four (4) weeks of fitting", LEXICON)
