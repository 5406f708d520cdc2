"""Where a payer is not silent but speaks elsewhere: the cell names the row; and a row is called what its cells say."""

from __future__ import annotations

import pytest

from policyview.model import Row, See, Silent, State
from tests.align.made import AGAINST, indication, matrix, reading, row_of, state

DRUG = "Adalimumab"
REST = "All other uses of adalimumab are unproven"


def silence(row: Row, payer: str) -> Silent:
    return next(each for each in row.silent if each.file == f"{payer}.txt")


@pytest.mark.parametrize(
    ("stated", "asked", "row"),
    [
        ("Uveitis", indication(1, "Uveitis: renewal", stage="continuation"), "Uveitis"),
        ("Uveitis in adults", "Uveitis in newborns", "Uveitis in adults"),
        ("Behçet’s syndrome with rash", indication(1, "Behcet's syndrome: renewal", stage="continuation"),
         "Behçet’s syndrome with rash"),
    ],
)  # fmt: skip
def test_a_payer_that_speaks_of_the_disease_elsewhere_is_sent_there(stated: str, asked: object, row: str) -> None:
    found = matrix(reading("Alder", DRUG, [asked]), reading("Birch", DRUG, [stated]))  # type: ignore[list-item]
    cell = silence(row_of(found, "Alder", 1), "Birch")
    assert (cell.see, cell.doubt) == (See(row_of(found, "Birch", 1).id, row), None)


def test_another_disease_is_no_place_to_be_sent_to() -> None:
    found = matrix(reading("Alder", DRUG, ["Uveitis"]), reading("Birch", DRUG, ["Gout"]))
    cell = silence(row_of(found, "Alder", 1), "Birch")
    assert (cell.is_near, cell.see, cell.doubt) == (False, None, None)


def test_a_clause_that_is_not_applied_is_a_doubt_and_names_the_row() -> None:
    narrow = reading("Birch", DRUG, ["Pustular psoriasis"], residual=REST)
    found = matrix(reading("Alder", DRUG, ["Psoriasis", "Pustular psoriasis"]), narrow)
    cell = silence(row_of(found, "Alder", 1), "Birch")
    assert cell.doubt
    assert cell.see == See(row_of(found, "Birch", 1).id, "Pustular psoriasis")


def test_a_clause_is_to_be_checked_where_the_payer_covers_nearly_the_row_for_others() -> None:
    adults = reading("Birch", DRUG, ["Uveitis in adults", "Gout in adults"], residual=REST)
    found = matrix(reading("Alder", DRUG, ["Uveitis in newborns", "Sarcoidosis"]), adults)
    (clause,) = row_of(found, "Alder", 1).catch_all
    assert clause.doubt == "it covers nearly this elsewhere: “Uveitis in adults”"
    (clause,) = row_of(found, "Alder", 2).catch_all
    assert clause.doubt is None


@pytest.mark.parametrize(
    "text",
    [
        "Coverage is given for Zorbex and Ablex contingent on the coverage criteria below",
        "Treatment with a non-preferred adalimumab product",
        "Use in combination with another biologic",
        "Applicable to commercial members only",
        "Infusion in a hospital-based facility instead of another site of care",
    ],
)
def test_a_residual_clause_says_nothing_of_what_is_no_use(text: str) -> None:
    clause = reading("Birch", DRUG, ["Uveitis"], residual=REST)
    assert state(row_of(matrix(reading("Alder", DRUG, [text]), clause), "Alder", 1), "Birch") is State.SILENT


def test_brands_are_said_of_all_uses_whatever_heading_they_stand_under() -> None:
    brands = indication(1, "Zorbex and Ablex are excluded from coverage", AGAINST, context=["Gout", "Reauthorization"])
    (row,) = matrix(reading("Alder", DRUG, [brands])).rows
    assert "continuation" not in row.label
    assert "Gout" not in row.label


def test_statements_under_a_heading_of_approved_uses_that_ask_for_something_are_criteria() -> None:
    asked = indication(1, "Uveitis", context=["FDA-Approved Indications"], criteria=["Two drops failed"])
    repeated = indication(2, "Gout in adults", context=["FDA-Approved Indications"])
    found = matrix(reading("Alder", DRUG, [asked, repeated]), reading("Birch", DRUG, ["Uveitis", "Gout in adults"]))
    assert state(row_of(found, "Alder", 1), "Birch") is State.STATED
    row = row_of(found, "Alder", 2)
    (wide,) = row.broader
    assert not wide.is_wider
    assert wide.see == See(row_of(found, "Birch", 2).id, "Gout in adults")
    assert row.label.endswith("(as labeled)")


def test_renewal_of_anything_is_no_renewal_of_one_disease() -> None:
    general = indication(1, "Continued therapy: all uses above", stage="continuation", criteria=["Plaque psoriasis"])
    one = indication(1, "Plaque psoriasis: renewal", stage="continuation")
    found = matrix(reading("Alder", DRUG, [general]), reading("Birch", DRUG, [one]))
    assert row_of(found, "Alder", 1) != row_of(found, "Birch", 1)
    assert silence(row_of(found, "Alder", 1), "Birch").is_near


def test_a_cell_whose_words_do_not_hold_the_rows_name_is_to_be_checked() -> None:
    gas = "Inhaled Nitric Oxide"
    found = matrix(
        reading("Alder", gas, ["Hypoxic respiratory failure in term newborns"]),
        reading("Birch", gas, ["Hypoxic respiratory failure in term newborns, severe"]),
        reading("Cedar", gas, ["PPHN in term newborns"]),
    )
    row = row_of(found, "Alder", 1)
    doubted = {cell.file: bool(cell.doubt) for cell in row.cells}
    assert "espiratory failure" in row.label
    assert [doubted[file] for file in sorted(doubted)] == [False, False, True]
