"""Forms of one disease or aims of one drug that keep statements apart."""

from __future__ import annotations

import pytest

from policyview.align.forms import holds, parting, read_forms
from tests.align.made import AGAINST, LEXICON, indication, matrix, reading, row_of, share_a_row

RINSING = "Marrow Rinsing"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acute zorbitis", "Chronic zorbitis"),
        ("Chronic graft-versus-host disease", "Acute graft-versus-host disease in children and adults"),
        ("Episodic velkin fever", "Chronic velkin fever"),
        ("Primary plerosis", "Secondary plerosis"),
        ("Prevention of gout flares", "Treatment of acute gout flares"),
        ("Induction of remission in Crohn's disease", "Maintenance of remission in Crohn's disease"),
        ("Early-stage plerosis", "Plerosis, stage III or IV"),
        ("Hereditary plerosis", "Acquired plerosis"),
        ("Unilateral plerosis", "Bilateral plerosis"),
    ],
)
def test_forms_that_exclude_each_other_part_rows(one: str, other: str) -> None:
    assert not share_a_row(reading("Alder", RINSING, [one]), reading("Birch", RINSING, [other]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acute zorbitis", "Zorbitis"),
        ("Acute or chronic zorbitis", "Chronic zorbitis"),
        ("Zorbitis, with access to acute care", "Chronic zorbitis"),
        ("Prevention of gout flares", "Prophylaxis of gout"),
    ],
)
def test_what_may_be_one_form_shares_a_row(one: str, other: str) -> None:
    assert share_a_row(reading("Alder", RINSING, [one]), reading("Birch", RINSING, [other]))


def test_a_statement_without_a_form_belongs_to_neither_where_a_payer_draws_both() -> None:
    found = matrix(
        reading("Alder", RINSING, ["Acute zorbitis", "Chronic zorbitis"]), reading("Birch", RINSING, ["Zorbitis"])
    )
    assert len(found.rows) == 3


def test_the_form_in_the_heading_counts_where_the_heading_names_the_use() -> None:
    under = reading("Alder", RINSING, [indication(1, "Covered for adults", context=["Acute zorbitis"])])
    other = reading("Birch", RINSING, ["Chronic zorbitis in adults"])
    assert not share_a_row(under, other)


def test_a_document_that_only_prevents_means_prevention_throughout() -> None:
    prevents = reading("Alder", "Quellarin", ["Prevention of migraine in adults", "Migraine under 18 years of age"])
    treats = reading("Birch", "Quellarin", ["Treatment of acute migraine attacks"])
    row = row_of(matrix(prevents, treats), "Birch", 1)
    assert len(row.cells) == 1
    assert not row.broader


def test_parting_and_holding() -> None:
    acute, chronic = read_forms("acute zorbitis", LEXICON), read_forms("chronic zorbitis", LEXICON)
    none = read_forms("zorbitis", LEXICON)
    assert parting(acute, chronic) == "acute against chronic"
    assert parting(acute, none) is None
    assert holds(none, acute)
    assert not holds(acute, none)
    assert not holds(acute, chronic)


def test_a_refusal_of_the_acute_form_is_no_refusal_of_those_who_miss_the_criteria_for_the_chronic_one() -> None:
    both = reading(
        "Alder",
        RINSING,
        [
            indication(1, "Chronic graft-versus-host disease", criteria=["Tried one drug", "Seen twice"]),
            indication(2, "Acute graft-versus-host disease", AGAINST),
        ],
    )
    found = matrix(both, reading("Birch", RINSING, ["Acute graft-versus-host disease"]))
    assert {cell.file for cell in row_of(found, "Alder", 2).cells} == {"Alder.txt", "Birch.txt"}
