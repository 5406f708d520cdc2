"""Rows: every indication has one home, and the order of the documents changes nothing."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from policyview.align import align
from policyview.model import Reading
from tests.align.made import AGAINST, LEXICON, TODAY, UNPROVEN, indication, matrix, reading, row_of

SHELF: list[Reading] = [
    reading(
        "Alder",
        "Inhaled Nitric Oxide",
        [
            "Respiratory failure in newborns of 34 weeks or more",
            ("Newborns of less than 34 weeks", AGAINST),
            ("Acute lung injury in adults", AGAINST),
            "Continuation of therapy",
        ],
        residual="All other uses of inhaled nitric oxide are unproven",
    ),
    reading(
        "Birch",
        "Inhaled Nitric Oxide (iNO) Therapy",
        [
            "iNO for respiratory failure of newborns at least 34 weeks old at birth",
            ("iNO before 34 weeks of gestation in newborns", UNPROVEN),
            ("Acute respiratory distress syndrome", UNPROVEN),
            ("Acute lung injury", UNPROVEN),
        ],
    ),
    reading(
        "Cedar", "Nitric Oxide, Inhaled", ["Pulmonary hypertension", "Vasoreactivity testing"], authority="reference"
    ),
    reading(
        "Dogwood",
        "Adalimumab",
        [
            indication(1, "Crohn's disease", context=["Initial therapy"]),
            indication(2, "Crohn's disease", context=["Renewal"]),
            "Uveitis in adults",
            "Uveitis in children",
        ],
    ),
    reading("Elder", "Humira and Biosimilars", ["Crohn disease: initial", "Crohn disease: reauthorization", "Uveitis"]),
]


@given(st.permutations(SHELF))
@settings(max_examples=12, deadline=None)
def test_the_order_of_the_documents_changes_nothing(readings: list[Reading]) -> None:
    assert align(readings, LEXICON, TODAY) == align(SHELF, LEXICON, TODAY)


def test_every_indication_has_exactly_one_home_row() -> None:
    homes = Counter((c.file, c.indication) for m in align(SHELF, LEXICON, TODAY) for r in m.rows for c in r.cells)
    assert homes == Counter((r.file, i.id) for r in SHELF for i in r.facts.indications)


def test_row_ids_are_unique_within_the_file_and_do_not_depend_on_other_documents() -> None:
    found = [row for m in align(SHELF, LEXICON, TODAY) for row in m.rows]
    assert len({row.id for row in found}) == len(found)
    alone = {row.id for m in align(SHELF[3:], LEXICON, TODAY) for row in m.rows}
    assert alone <= {row.id for row in found}


def test_the_same_document_twice() -> None:
    twin = reading("Alder", "Adalimumab", ["Uveitis", "Gout"], file="copy.txt")
    found = matrix(reading("Alder", "Adalimumab", ["Uveitis", "Gout"]), twin)
    assert sorted(len(row.cells) for row in found.rows) == [2, 2]
    assert len({row.id for row in found.rows}) == 2


def test_shared_rows_come_first() -> None:
    found = matrix(*(r for r in SHELF if r.facts.policy.payer in ("Dogwood", "Elder")))
    shared = [len({c.file for c in row.cells}) for row in found.rows if row.group == "Other uses"]
    assert shared == sorted(shared, reverse=True)
    assert shared[0] == 2


def test_a_label_is_short_and_in_the_payers_words() -> None:
    long = (
        "Uveitis is considered medically necessary if all of these hold: " + "a condition; " * 30
    )
    (row,) = matrix(reading("Alder", "Adalimumab", [long])).rows
    assert row.label == "Uveitis"


def test_a_label_names_the_condition_of_the_heading() -> None:
    (row,) = matrix(reading("Alder", "Adalimumab", [indication(1, "Reauthorization", context=["Gout"])])).rows
    assert row.label == "Gout (continuation)"


def test_one_payers_two_statements_of_one_use_share_the_row_of_another_payer() -> None:
    two = reading("Alder", "Adalimumab", ["Uveitis in adults", "Adults with panuveitis"])
    found = matrix(two, reading("Birch", "Adalimumab", ["Uveitis in adults"]))
    assert len(row_of(found, "Birch", 1).cells) == 3


def test_no_documents() -> None:
    assert align([], LEXICON, TODAY) == ()
