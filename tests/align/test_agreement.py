"""Agreement counts stated, broader and catch-all cells of payers; references and second-hand columns never."""

from __future__ import annotations

import pytest

from policyview.model import Agreement, Determination, Reading
from tests.align.made import AGAINST, FOR, UNPROVEN, indication, matrix, reading, row_of

DRUG = "Adalimumab"
USE = "Uveitis in adults"


def agreement(*others: Reading, first: Determination = FOR, criteria: tuple[str, ...] = ()) -> Agreement:
    """The agreement of the row of Alder's statement."""
    alder = reading("Alder", DRUG, [indication(1, USE, first, criteria=criteria)])
    return row_of(matrix(alder, *others), "Alder", 1).agreement


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (FOR, FOR, Agreement.SAME),
        (FOR, AGAINST, Agreement.OPPOSED),
        (FOR, UNPROVEN, Agreement.OPPOSED),
        (AGAINST, UNPROVEN, Agreement.WORDS_DIFFER),
        (FOR, Determination.CONDITIONAL, Agreement.WORDS_DIFFER),
        (AGAINST, Determination.CONDITIONAL, Agreement.OPPOSED),
        (UNPROVEN, UNPROVEN, Agreement.SAME),
        (FOR, Determination.UNCLEAR, Agreement.UNCLEAR),
        (Determination.UNCLEAR, Determination.UNCLEAR, Agreement.UNCLEAR),
    ],
)
def test_determinations(first: Determination, second: Determination, expected: Agreement) -> None:
    assert agreement(reading("Birch", DRUG, [(USE, second)]), first=first) is expected


def test_one_payer() -> None:
    assert agreement(reading("Birch", DRUG, ["Gout"])) is Agreement.ONE_PAYER


def test_a_catch_all_counts() -> None:
    birch = reading("Birch", DRUG, ["Gout"], residual="All other uses of adalimumab are unproven")
    assert agreement(birch) is Agreement.OPPOSED
    assert agreement(birch, first=AGAINST) is Agreement.WORDS_DIFFER
    assert agreement(birch, first=UNPROVEN) is Agreement.SAME


def test_a_broader_statement_counts() -> None:
    assert (
        agreement(
            reading("Birch", DRUG, [("Uveitis in adults and children", AGAINST), ("Uveitis in children", AGAINST)])
        )
        is Agreement.OPPOSED
    )


def test_references_and_second_hand_columns_never_count() -> None:
    others = (
        reading("Birch", DRUG, [(USE, AGAINST)], authority="reference"),
        reading("Cedar", DRUG, [(USE, AGAINST)], authority="third_party"),
    )
    assert agreement(*others) is Agreement.ONE_PAYER


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Tried two drugs",), ("Tried two drugs.",), Agreement.SAME),
        (("Tried methotrexate for 3 months",), ("Tried methotrexate for 6 months",), Agreement.CRITERIA_DIFFER),
        (("Score at least 10",), ("Score less than 10",), Agreement.CRITERIA_DIFFER),
        (("Tried two drugs",), (), Agreement.CRITERIA_DIFFER),
        (("Tried two drugs", "Seen by an eye doctor"), ("Seen by an eye doctor", "Tried two drugs"), Agreement.SAME),
    ],
)
def test_criteria(one: tuple[str, ...], other: tuple[str, ...], expected: Agreement) -> None:
    assert agreement(reading("Birch", DRUG, [indication(1, USE, criteria=other)]), criteria=one) is expected


def test_numbers_in_the_statements_own_words_differ() -> None:
    found = matrix(
        reading("Alder", DRUG, ["Uveitis in patients 18 years or older"]),
        reading("Birch", DRUG, ["Uveitis in patients 21 years or older"]),
    )
    assert row_of(found, "Alder", 1).agreement is Agreement.CRITERIA_DIFFER


def test_an_older_version_of_the_same_policy_does_not_oppose_its_own_payer() -> None:
    found = matrix(
        reading("Alder", DRUG, [(USE, FOR)], number="7", effective="2026-01-01"),
        reading("Alder", DRUG, [(USE, AGAINST)], number="7", effective="2025-01-01", file="old.txt"),
    )
    assert found.rows[0].agreement is Agreement.ONE_PAYER


def test_a_label_repeated_beside_criteria_is_no_difference_and_stands_last() -> None:
    label = indication(1, USE, context=["FDA-approved indications"])
    birch = reading("Birch", DRUG, [indication(1, USE, criteria=["Tried two drugs", "Seen by an eye doctor"]), "Gout"])
    found = matrix(reading("Alder", DRUG, [label, "Gout"]), birch)
    row = row_of(found, "Alder", 1)
    assert row.is_label
    assert row.label.endswith("(as labeled)")
    assert {each.file for each in row.broader} == {birch.file}
    assert row.agreement is Agreement.SAME
    assert [each.id for each in found.rows if each.group == row.group][-1] == row.id
    against = matrix(reading("Alder", DRUG, [label]), reading("Birch", DRUG, [(USE, AGAINST)]))
    assert row_of(against, "Alder", 1).agreement is Agreement.OPPOSED
