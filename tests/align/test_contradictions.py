"""Hard contradictions: statements whose words are nearly the same and that must not share a row."""

from __future__ import annotations

import pytest

from policyview.model import Determination
from tests.align.made import AGAINST, FOR, UNPROVEN, indication, matrix, reading, row_of, share_a_row

GAS = "Inhaled Nitric Oxide"
PUMP = "Insulin Pumps"
SCAN = "Breast MRI"
STIMULATOR = "Sacral Nerve Stimulation"


@pytest.mark.parametrize(
    ("title", "one", "other"),
    [
        (
            GAS,
            "Respiratory failure in newborns of at least 35 weeks gestation",
            "Respiratory failure in newborns of 35 weeks gestation or less",
        ),
        (
            GAS,
            "Newborns born at more than 34 weeks with hypoxemia",
            "Newborns born at less than 34 weeks with hypoxemia",
        ),
        ("Bariatric Surgery", "Gastric bypass for a BMI of 40 or more", "Gastric bypass for a BMI of 35 to 39.9"),
        (
            "Bariatric Surgery",
            "Sleeve gastrectomy with a body mass index ≥ 35",
            "Sleeve gastrectomy with a body mass index < 35",
        ),
        (PUMP, "Type 1 diabetes in adults", "Type 1 diabetes in children"),
        (PUMP, "Type 1 diabetes in patients 18 years or older", "Type 1 diabetes in patients under 18 years of age"),
        (GAS, "Pulmonary hypertension in term newborns", "Pulmonary hypertension in preterm newborns"),
        (GAS, "Treatment of adults after a positive vasoreactivity test", "Vasoreactivity testing in adults"),
        ("Adalimumab", "Initial therapy of plaque psoriasis", "Continuation of therapy of plaque psoriasis"),
        ("Adalimumab", "Plaque psoriasis", "Plaque psoriasis: reauthorization"),
        (SCAN, "Screening of women at high risk of breast cancer", "Staging of women with breast cancer at high risk"),
        (
            STIMULATOR,
            "FDA-approved stimulator for overactive bladder",
            "Non-FDA-approved stimulator for overactive bladder",
        ),
        (
            STIMULATOR,
            "Overactive bladder when the criteria are met",
            "Overactive bladder when the criteria above are not met",
        ),
        (
            STIMULATOR,
            "Implantation for fecal incontinence",
            "Replacement of an implanted stimulator for fecal incontinence",
        ),
        (
            "Sleep Apnea Surgery",
            "Uvulopalatopharyngoplasty for severe disease",
            "Hypoglossal nerve stimulation for severe disease",
        ),
        (
            "Ustekinumab",
            "Moderately to severely active Crohn's disease",
            "Moderately to severely active ulcerative colitis",
        ),
    ],
)
def test_look_alikes_stay_apart(title: str, one: str, other: str) -> None:
    assert not share_a_row(reading("Alder", title, [one]), reading("Birch", title, [other]))


@pytest.mark.parametrize(
    ("title", "one", "other"),
    [
        (
            GAS,
            "Respiratory failure in newborns of at least 35 weeks gestation",
            "Newborns born at 35 or more weeks with respiratory failure",
        ),
        (
            "Bariatric Surgery",
            "Gastric bypass for a BMI of 40 or more",
            "Gastric bypass when the body mass index is at least 40",
        ),
        (PUMP, "Type 1 diabetes in patients 18 years or older", "Adults with type 1 diabetes"),
        ("Adalimumab", "Plaque psoriasis: reauthorization", "Continuation of therapy of plaque psoriasis"),
        (STIMULATOR, "Overactive bladder", "Implantation for urge incontinence"),
        ("Ustekinumab", "Moderately to severely active Crohn's disease", "Crohn’s disease, severe"),
        ("Ustekinumab", "Moderately to severely active Crohn's disease", "Initial therapy: Crohn disease"),
    ],
)
def test_other_words_for_one_use_share_a_row(title: str, one: str, other: str) -> None:
    assert share_a_row(reading("Alder", title, [one]), reading("Birch", title, [other]))


def test_the_determination_does_not_part_payers() -> None:
    assert share_a_row(
        reading("Alder", GAS, ["Bronchopulmonary dysplasia"]),
        reading("Birch", GAS, [("Bronchopulmonary dysplasia", UNPROVEN)]),
    )


def test_one_document_for_and_against_means_two_uses() -> None:
    found = matrix(reading("Alder", GAS, [("Acute lung injury", FOR), ("Acute lung injury", AGAINST)]))
    assert row_of(found, "Alder", 1).id != row_of(found, "Alder", 2).id


def test_only_the_heading_tells_two_renewals_apart() -> None:
    renewal = "Approved again when the patient responds"
    psoriasis = indication(1, renewal, context=["Plaque psoriasis", "Renewal"])
    arthritis = indication(2, renewal, context=["Psoriatic arthritis", "Renewal"])
    found = matrix(reading("Alder", "Adalimumab", [psoriasis, arthritis]), reading("Birch", "Humira", [psoriasis]))
    assert row_of(found, "Alder", 1).id == row_of(found, "Birch", 1).id != row_of(found, "Alder", 2).id


def test_the_age_may_stand_in_a_criterion() -> None:
    adult = indication(1, "Hidradenitis suppurativa", criteria=["Patient is 18 years of age or older"])
    child = indication(1, "Hidradenitis suppurativa", criteria=["Patient is less than 12 years of age"])
    assert not share_a_row(reading("Alder", "Adalimumab", [adult]), reading("Birch", "Adalimumab", [child]))


def test_a_contraindication_is_not_the_use() -> None:
    use = indication(1, "Newborns who depend on a right-to-left shunt")
    ban = indication(1, "Newborns who depend on a right-to-left shunt", Determination.CONTRAINDICATED)
    assert not share_a_row(reading("Alder", GAS, [use]), reading("Birch", GAS, [ban]))


def test_who_may_not_take_another_drug_is_asked_no_contraindication_to_this_one() -> None:
    asked = "Gas-related wheezing of divers when there is an intolerance, failure or contraindication to steam"
    assert share_a_row(reading("Alder", GAS, [asked]), reading("Birch", GAS, ["Gas-related wheezing of divers"]))
    told = "Gas-related wheezing of divers when any contraindication is present"
    assert not share_a_row(reading("Alder", GAS, [told]), reading("Birch", GAS, ["Gas-related wheezing of divers"]))


def test_an_excluded_condition_is_not_the_condition() -> None:
    one = reading("Alder", "Sleep Surgery", ["Surgery for snoring without obstructive sleep apnea"])
    other = reading("Birch", "Sleep Surgery", ["Surgery for obstructive sleep apnea"])
    assert not share_a_row(one, other)


def test_where_a_payer_draws_two_populations_a_wider_one_is_in_neither_row() -> None:
    drawn = reading("Alder", "Adalimumab", ["Uveitis in adults", "Uveitis in children"])
    wide = reading("Birch", "Adalimumab", ["Uveitis in adults and children"])
    found = matrix(drawn, wide)
    assert len({row_of(found, "Alder", 1).id, row_of(found, "Alder", 2).id, row_of(found, "Birch", 1).id}) == 3


def test_the_reasons_name_the_parts_of_the_score() -> None:
    found = matrix(
        reading("Alder", GAS, ["Perioperative use in children with congenital heart disease"]),
        reading("Birch", GAS, ["Postoperative use in children with a congenital heart defect"]),
    )
    (first, second) = row_of(found, "Alder", 1).cells
    assert first.score == second.score > 0.55
    assert [why.split(":")[0] for why in first.why] == ["condition", "population", "setting"]
    assert "congenital heart disease" in first.why[0]


def test_who_must_have_responded_to_the_therapy_is_under_way() -> None:
    start = indication(1, "Approved for Crohn's disease", criteria=["Prescribed by a specialist"])
    on = indication(
        1, "Approved for Crohn's disease", criteria=["Documentation of positive clinical response to therapy"]
    )
    assert not share_a_row(reading("Alder", "Adalimumab", [start]), reading("Birch", "Adalimumab", [on]))


def test_a_population_that_is_part_of_a_conditions_name_is_none() -> None:
    name = indication(1, "Adult respiratory distress syndrome", population="adult")
    assert share_a_row(reading("Alder", GAS, [name]), reading("Birch", GAS, ["ARDS in children"]))


def test_nothing_in_common_is_no_evidence_for_one_row() -> None:
    one = reading("Alder", "Biologics for Plaque Psoriasis", ["Given to adults by a specialist", "Apremilast"])
    other = reading("Birch", "Biologics for Plaque Psoriasis", ["Adalimumab"])
    assert not share_a_row(one, other)
