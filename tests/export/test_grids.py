"""Authorization, limits and codes side by side: what is not stated is no "no", and a code in a range is that code."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from policyview import lexicon
from policyview.align import align
from policyview.codes import holds
from policyview.export.grids import Grid, Line, grids_of
from policyview.model import (
    Anchor,
    Authorization,
    Code,
    CodeRule,
    Determination,
    Document,
    Facts,
    Indication,
    Limit,
    Policy,
    Reading,
)

TODAY = datetime.date(2026, 11, 22)


def at(words: str) -> Anchor:
    return Anchor(0, len(words), 1, words)


def policy(payer: str, **facts: object) -> Reading:
    said = Indication("i1", "Harvest cough", at("Harvest cough"), Determination.MEDICALLY_NECESSARY, "covered",
                      at("covered"))  # fmt: skip
    known = Facts(Policy("medical_policy", payer=payer, title="Tidal vest therapy"), indications=(said,))
    return Reading(Document(f"{payer}.md", payer, "text/markdown", payer), replace(known, **facts))  # type: ignore[arg-type]


def grids(*readings: Reading) -> tuple[Grid, Grid, Grid]:
    (matrix,) = align(readings, lexicon.load(), TODAY)
    authorization, limits, codes = grids_of(matrix, {reading.file: reading for reading in readings})
    places = {column.file: n for n, column in enumerate(matrix.columns)}
    order = [places[reading.file] for reading in readings]  # squares in the order of the readings
    return tuple(
        replace(grid, lines=tuple(replace(line, squares=tuple(line.squares[n] for n in order)) for line in grid.lines))
        for grid in (authorization, limits, codes)
    )  # type: ignore[return-value]


def line(grid: Grid, label: str, group: str = "") -> Line:
    (found,) = (each for each in grid.lines if each.label == label and group in each.group)
    return found


def test_authorization_by_product_and_setting() -> None:
    def rule(product: str, setting: str, required: str) -> Authorization:
        return Authorization(product, setting, "prior", required, at(f"{product} {required}"))  # type: ignore[arg-type]

    larkspur = policy("Larkspur", prior_authorization=(
        rule("all products", "inpatient", "yes"), rule("HMO", "outpatient", "no"), rule("HMO", "outpatient", "maybe"),
    ))  # fmt: skip
    marsh = policy("Marsh", prior_authorization=(rule("Tidal vest therapy", "any", "yes"),))
    grid, _, _ = grids(larkspur, marsh)
    every, hmo = line(grid, "all products"), line(grid, "HMO")
    assert (every.detail, [square.words for square in every.squares]) == ("inpatient", [("required",), ()])
    assert every.squares[1].empty == "not stated"
    assert hmo.squares[0].own == ("not required", "may be required")
    assert "differ" in hmo.squares[0].look
    topic = next(each for each in grid.lines if each.label.casefold() == "tidal vest therapy")
    assert [square.words for square in topic.squares] == [(), ("required",)]  # inpatient only is not any setting


def test_a_rule_for_any_setting_reaches_each() -> None:
    rules = (Authorization("HMO", "any", "prior", "yes", at("any")),
             Authorization("HMO", "outpatient", "prior", "no", at("out")))  # fmt: skip
    grid, _, _ = grids(policy("Larkspur", prior_authorization=rules))
    outpatient = next(each for each in grid.lines if each.detail == "outpatient")
    assert [(said.word, said.is_derived) for said in outpatient.squares[0].sayings] == [
        ("required", True), ("not required", False),
    ]  # fmt: skip


def test_limits_by_use() -> None:
    larkspur = policy("Larkspur")
    (said,) = larkspur.facts.indications
    limited = replace(said, stage="initial", limits=(Limit("approval_period", "6 months", at("6 months")),))
    larkspur = replace(larkspur, facts=replace(larkspur.facts, indications=(limited,)))
    _, grid, _ = grids(larkspur, policy("Marsh"), policy("Reed", indications=()))
    (found,) = grid.lines
    assert found.group == "approval period"
    words = [square.words or square.empty for square in found.squares]
    assert words == [("6 months",), "not stated", "not addressed"]


def test_codes_in_ranges_and_residual_rules() -> None:
    larkspur = policy("Larkspur", codes=(
        Code("ICD-10-CM", "K90.1", at("K90.1"), "K90.9", "Reed lung", "supports_coverage"),
        Code("CPT", "01234", at("01234"), description="Vest", group="not_covered", indications=("i1",)),
    ))  # fmt: skip
    marsh = policy("Marsh", codes=(
        Code("ICD-10-CM", "K90.25", at("K90.25"), group="not_covered"), Code("ICD-10-CM", "L10", at("L10")),
    ), code_rules=(CodeRule("CPT", "supports_coverage", "all other services", at("all other services")),))  # fmt: skip
    _, _, grid = grids(larkspur, marsh)
    inside = line(grid, "K90.25")
    assert [(each.words, each.sayings[0].is_derived) for each in inside.squares] == [
        (("supports coverage",), True), (("not covered",), False),
    ]  # fmt: skip
    assert inside.squares[0].sayings[0].detail == "in K90.1–K90.9"
    assert inside.differs((0, 1))
    assert line(grid, "L10").squares[0].empty == "not listed"
    vest = line(grid, "01234")
    assert vest.squares[0].sayings[0].detail == "Harvest cough"
    assert vest.squares[1].words == ("not listed: supports coverage",)
    whole = line(grid, "K90.1–K90.9")
    assert (whole.detail, whole.squares[1].empty) == ("Reed lung", "not listed")
    assert all(map(whole.is_found, ("k90.25", "k9025", "reed")))
    assert not any(map(whole.is_found, ("l10", "k91")))


@pytest.mark.parametrize(("first", "last", "code", "is_in"), [
    ("I27.2", "I27.9", "I27.29", True), ("I27.20", "I27.29", "I27.2", False), ("I27.20", "I27.29", "I27.30", False),
    ("97110", "97124", "97112", True), ("97110", "97124", "97125", False), ("J1000", "J9999", "J3490", True),
    ("I27.2", "I27.2", "I27.29", True),
])  # fmt: skip
def test_ranges(first: str, last: str, code: str, is_in: bool) -> None:
    assert holds(first, last, code) is is_in
