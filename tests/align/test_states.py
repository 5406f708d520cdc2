"""The four states of a column: stated, broader, catch-all within its scope, silent."""

from __future__ import annotations

import pytest

from policyview.model import State
from tests.align.made import AGAINST, UNPROVEN, indication, matrix, reading, row_of, state

GAS = "Inhaled Nitric Oxide"
DRUG = "Adalimumab"


def test_a_payer_that_states_the_use_is_stated() -> None:
    row = row_of(
        matrix(
            reading("Alder", GAS, ["Acute lung injury"]),
            reading("Birch", GAS, ["Lung injury, acute: acute lung injury"]),
        ),
        "Alder",
        1,
    )
    assert state(row, "Alder") is state(row, "Birch") is State.STATED


def test_adults_and_children_reach_the_rows_of_adults_and_of_children() -> None:
    drawn = reading("Alder", GAS, ["Congenital heart disease in adults", "Congenital heart disease in children"])
    wide = reading("Birch", GAS, [("Adults and children with congenital heart disease", UNPROVEN)])
    found = matrix(drawn, wide)
    for number in (1, 2):
        row = row_of(found, "Alder", number)
        assert state(row, "Birch") is State.BROADER
        assert (row.broader[0].indication, row.broader[0].determination) == ("i1", UNPROVEN)
        assert "adults" in " ".join(row.broader[0].why)


def test_statements_for_adults_and_for_children_reach_a_row_for_both_together() -> None:
    drawn = reading(
        "Alder",
        DRUG,
        ["Uveitis in adults", "Uveitis in children"],
        residual="All other uses of adalimumab are unproven",
    )
    wide = reading("Birch", DRUG, ["Uveitis in adults and children"])
    assert state(row_of(matrix(drawn, wide), "Birch", 1), "Alder") is State.BROADER


def test_a_narrower_statement_does_not_reach_a_wider_row() -> None:
    found = matrix(
        reading("Alder", DRUG, ["Uveitis in adults and children", "Uveitis in newborns"]),
        reading("Birch", DRUG, ["Gout"]),
    )
    assert state(row_of(found, "Alder", 1), "Birch") is State.SILENT


def test_a_wider_condition_reaches_its_kinds() -> None:
    kinds = reading("Alder", "Infliximab", ["Pustular psoriasis", "Plaque psoriasis"])
    wide = reading("Birch", "Infliximab", ["Psoriasis of any kind"])
    found = matrix(kinds, wide)
    states = {state(row_of(found, "Alder", number), "Birch") for number in (1, 2)}
    assert State.SILENT not in states


def test_who_names_no_population_is_not_taken_to_mean_newborns() -> None:
    newborns = reading("Alder", GAS, ["Pulmonary hypertension in term newborns"])
    found = matrix(newborns, reading("Birch", GAS, ["Pulmonary hypertension"]))
    assert state(row_of(found, "Alder", 1), "Birch") is State.SILENT


def test_a_renewal_clause_without_a_condition_reaches_the_renewal_of_covered_uses_only() -> None:
    named = reading("Alder", DRUG, ["Gout: renewal", "Uveitis: renewal"])
    general = reading("Birch", DRUG, ["Uveitis: initial therapy", "All uses above: continued therapy"])
    found = matrix(named, general)
    assert state(row_of(found, "Alder", 2), "Birch") is State.BROADER
    assert state(row_of(found, "Alder", 1), "Birch") is State.SILENT


def test_a_residual_clause_applies_to_what_is_not_named() -> None:
    found = matrix(
        reading("Alder", GAS, ["Acute bronchiolitis"]),
        reading(
            "Birch", GAS, ["Bronchopulmonary dysplasia"], residual="Any other use of inhaled nitric oxide is unproven."
        ),
    )
    row = row_of(found, "Alder", 1)
    assert state(row, "Birch") is State.CATCH_ALL
    assert (row.catch_all[0].determination, row.catch_all[0].anchor.quote[:13]) == (UNPROVEN, "Any other use")


@pytest.mark.parametrize(
    ("title", "use", "residual"),
    [
        (
            "Surgery for Obstructive Sleep Apnea",
            "Uvulopalatopharyngoplasty",
            "All other uses of hypoglossal nerve stimulation are unproven",
        ),
        (
            "Nerve Stimulation for Obstructive Sleep Apnea",
            "Continuous positive airway pressure",
            "Other surgical treatments are unproven",
        ),
        (GAS, "Acute bronchiolitis in infants", "All other uses in adults are unproven"),
        (GAS, "Acute bronchiolitis", "All other diagnostic tests are unproven"),
        (GAS, "Given through a tracheal approach", "All other indications of inhaled nitric oxide are unproven"),
        (
            GAS,
            "Contraindicated in right-to-left shunting",
            "All other indications of inhaled nitric oxide are unproven",
        ),
        (GAS, "Acute bronchiolitis", "Non-FDA approved uses of inhaled nitric oxide are unproven"),
        (GAS, "Continuation of therapy", "All other indications of inhaled nitric oxide are unproven"),
        (
            "Insulin Pumps",
            "Replacement of a pump that is out of order",
            "All other indications of insulin pumps are unproven",
        ),
    ],
)
def test_a_residual_clause_says_nothing_beyond_its_scope(title: str, use: str, residual: str) -> None:
    wide = "Obstructive Sleep Apnea: Hypoglossal Nerve Stimulation" if "Apnea" in title else title
    other = reading(
        "Birch",
        wide,
        ["Hypoglossal nerve stimulation in adults"] if "Apnea" in title else ["Sepsis"],
        residual=residual,
    )
    row = row_of(matrix(reading("Alder", title, [use]), other), "Alder", 1)
    assert state(row, "Birch") is State.SILENT


def test_a_named_use_at_another_stage_is_not_among_all_other_uses() -> None:
    renewal = reading("Alder", DRUG, ["Uveitis: renewal"])
    initial = reading("Birch", DRUG, ["Uveitis: initial therapy"], residual="All other uses of adalimumab are unproven")
    assert state(row_of(matrix(renewal, initial), "Alder", 1), "Birch") is State.SILENT


def test_a_clause_reaches_a_use_without_a_known_name_at_both_stages_and_no_bare_renewal() -> None:
    flare = "Lantern device-induced flare"
    stated = [indication(1, flare), indication(2, flare, stage="continuation"),
              indication(3, "Renewal Criteria", stage="continuation")]  # fmt: skip
    other = reading("Birch", DRUG, ["Gout"], residual="All other uses of adalimumab are unproven")
    named = reading("Cedar", DRUG, [flare], residual="All other uses of adalimumab are unproven")
    found = matrix(reading("Alder", DRUG, stated), other, named)
    states = [state(row_of(found, "Alder", number), "Birch") for number in (1, 2, 3)]
    assert states == [State.CATCH_ALL, State.CATCH_ALL, State.SILENT]
    assert state(row_of(found, "Alder", 2), "Cedar") is State.SILENT


def test_coverage_in_a_study_only_is_a_statement_on_the_same_use() -> None:
    study = reading("Alder", "Home Oxygen", ["Cluster headache, enrolled in a clinical study"])
    plain = reading("Birch", "Home Oxygen", ["Cluster headache"], residual="All other uses of home oxygen are unproven")
    assert len(matrix(study, plain).rows) == 1


def test_one_document_keeps_coverage_in_a_study_apart() -> None:
    both = reading("Alder", "Home Oxygen", ["Cluster headache", "Cluster headache, enrolled in a clinical study"])
    found = matrix(both, reading("Birch", "Home Oxygen", ["Cluster headache"]))
    assert state(row_of(found, "Alder", 1), "Birch") is State.STATED
    assert state(row_of(found, "Alder", 2), "Birch") is State.BROADER


def test_silence_names_what_was_searched_and_the_nearest_miss() -> None:
    found = matrix(
        reading("Alder", DRUG, ["Uveitis in children"]),
        reading("Birch", DRUG, [("Uveitis in adults", AGAINST), "Gout"]),
    )
    (silent,) = row_of(found, "Alder", 1).silent
    assert silent.searched == ("Coverage",)
    assert silent.nearest is not None
    assert silent.nearest[0] == "i1"
    assert 0 < silent.nearest[1] < 1
    assert "against" in silent.why


def test_a_document_without_indications_is_silent_everywhere() -> None:
    (row,) = matrix(reading("Alder", DRUG, ["Gout"]), reading("Birch", DRUG, [])).rows
    assert state(row, "Birch") is State.SILENT


def test_every_column_is_in_exactly_one_state_of_every_row() -> None:
    found = matrix(
        reading("Alder", GAS, ["Acute bronchiolitis", indication(2, "Continuation of therapy"), "Covid-19 in adults"]),
        reading("Birch", GAS, [("Acute bronchiolitis", AGAINST)], residual="All other uses are unproven"),
        reading("Cedar", GAS, ["Adults and children with heart failure"], authority="reference"),
    )
    assert len(found.rows) == 4
    for row in found.rows:
        for payer in ("Alder", "Birch", "Cedar"):
            state(row, payer)


def test_a_bare_refusal_of_what_is_covered_under_criteria_is_for_those_who_do_not_meet_them() -> None:
    covered = indication(
        1, "Sacral nerve stimulation in overactive bladder", criteria=["Tried two drugs", "Seen by a urologist"]
    )
    refusal = indication(2, "Sacral nerve stimulation in overactive bladder", AGAINST)
    title = "Sacral Nerve Stimulation"
    found = matrix(reading("Alder", title, [covered, refusal]), reading("Birch", title, ["Overactive bladder"]))
    assert state(row_of(found, "Alder", 1), "Birch") is State.STATED
    assert state(row_of(found, "Alder", 2), "Birch") is State.SILENT


def test_a_clause_on_a_service_that_the_lexicon_does_not_know_says_nothing_of_another() -> None:
    title = "Vocal Cord Treatments"
    other = reading("Birch", title, ["Cord widening"], residual="All other uses of cord widening are unproven")
    row = row_of(matrix(reading("Alder", title, ["Cord taping for hoarseness"]), other), "Alder", 1)
    assert state(row, "Birch") is State.SILENT
    row = row_of(matrix(reading("Alder", title, ["Cord widening for hoarseness"]), other), "Alder", 1)
    assert state(row, "Birch") is not State.SILENT


LIMITED = "Every other use of marrow rinsing after solid organ transplantation is unproven"


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("Rejection of a transplanted kidney", State.CATCH_ALL),
        ("Rejection of a liver transplant", State.CATCH_ALL),
        ("Complications after lung transplantation", State.CATCH_ALL),
        ("Systemic sclerosis", State.SILENT),
        ("Zorbitis of the elbow", State.SILENT),
        ("Relapse after an allogeneic transplant of marrow cells", State.SILENT),
    ],
)
def test_a_residual_clause_limited_to_circumstances_says_nothing_of_others(use: str, expected: State) -> None:
    other = reading("Birch", "Marrow Rinsing", ["Gout"], residual=LIMITED)
    row = row_of(matrix(reading("Alder", "Marrow Rinsing", [(use, UNPROVEN)]), other), "Alder", 1)
    assert state(row, "Birch") is expected


def test_a_maker_in_brackets_does_not_limit_a_residual_clause() -> None:
    title = "Quellarin"
    clause = "Quellarin (cannavel solution, Meadow Labs) is unproven for any other use"
    found = matrix(reading("Alder", title, ["Gout"]), reading("Birch", title, ["Uveitis"], residual=clause))
    assert state(row_of(found, "Alder", 1), "Birch") is State.CATCH_ALL


def test_a_near_statement_under_other_words_forbids_the_residual_clause_and_is_named() -> None:
    """A wrong "no" is the worst: the payer's own approval of nearly the same is not overruled by "all other uses"."""
    named = reading("Alder", "Marrow Rinsing", ["Stubborn plerosis of the small joints of the hand"])
    kindred = reading(
        "Birch", "Marrow Rinsing", ["Finger joint plerosis that bends the hand"],
        residual="All other uses of marrow rinsing are unproven",
    )
    row = row_of(matrix(named, kindred), "Alder", 1)
    assert state(row, "Birch") is not State.CATCH_ALL
    doubts = [s for s in row.silent if s.file == "Birch.txt"]
    assert all("may mean this" in s.why and s.nearest is not None for s in doubts)


def test_a_narrower_approval_forbids_the_residual_clause_for_the_whole() -> None:
    whole = reading("Alder", "Infliximab", [("Psoriasis", AGAINST)])
    kind = reading(
        "Birch", "Infliximab", ["Pustular psoriasis with fever"], residual="All other uses of infliximab are unproven"
    )
    row = row_of(matrix(whole, kind), "Alder", 1)
    assert state(row, "Birch") in (State.STATED, State.SILENT)


def test_a_residual_clause_still_answers_what_is_hard_apart() -> None:
    acute = reading("Alder", "Marrow Rinsing", ["Acute zorbitis"])
    chronic = reading(
        "Birch", "Marrow Rinsing", ["Chronic zorbitis"], residual="All other uses of marrow rinsing are unproven"
    )
    assert state(row_of(matrix(acute, chronic), "Alder", 1), "Birch") is State.CATCH_ALL


def test_a_wider_statement_reaches_a_use_that_only_words_name() -> None:
    drawn = reading("Alder", "Marrow Rinsing", ["Acute zorbitis vulgaris", "Chronic zorbitis vulgaris"])
    wide = reading("Birch", "Marrow Rinsing", ["Zorbitis vulgaris"])
    found = matrix(drawn, wide)
    for number in (1, 2):
        assert state(row_of(found, "Alder", number), "Birch") is State.BROADER


def test_coverage_of_a_disease_does_not_reach_a_test_for_it() -> None:
    test = reading("Alder", "Marrow Rinsing", ["Counting spindle cells in blood, when gout is suspected"])
    covered = reading("Birch", "Marrow Rinsing", ["Gout"])
    assert state(row_of(matrix(test, covered), "Alder", 1), "Birch") is State.SILENT
