"""Names that no lexicon holds: rows are found by the words that name the use."""

from __future__ import annotations

import pytest

from policyview.align.compare import alikeness
from policyview.align.telling import root, telling_of
from policyview.align.vocabulary import vocabulary_of
from tests.align.made import LEXICON, indication, matrix, reading, row_of, share_a_row

RINSING = "Marrow Rinsing"
TELLING = telling_of(LEXICON)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rejection of a spleen transplant, when it comes back", "Cellular rejection after spleen transplantation"),
        ("Measuring plenvast in blood", "Measurement of the level of plenvast in plasma"),
        ("Zorbitis vulgaris", "Marrow rinsing is covered for zorbitis vulgaris that two creams did not help"),
        ("Renal plerosis", "Plerosis of the kidney"),
        ("Velkin fever", "Members who took a trial of tolvane for the treatment of velkin fever"),
        ("Marrel-Odt palsy in adults", "Adults with palsy of Marrel and Odt"),
    ],
)
def test_one_use_under_other_words(one: str, other: str) -> None:
    rest = ["Gout", "Uveitis", "Sprain of the ankle"]
    first, second = reading("Alder", RINSING, [one, *rest]), reading("Birch", RINSING, [other, *rest])
    found = matrix(first, second)
    assert row_of(found, "Alder", 1).id == row_of(found, "Birch", 1).id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rejection of a spleen transplant", "Rejection of a thymus transplant"),
        ("Zorbitis of the elbow", "Plerosis of the elbow"),
        ("Velkin fever", "Marrel fever"),
        ("Heart defects of newborn lambs", "Heart surgery after a fall"),
    ],
)
def test_uses_that_share_a_word_and_each_name_something_else(one: str, other: str) -> None:
    assert not share_a_row(reading("Alder", RINSING, [one]), reading("Birch", RINSING, [other]))


def test_a_heading_names_what_a_statement_does_not() -> None:
    under = reading(
        "Alder",
        RINSING,
        [
            indication(1, "Will be approved when all criteria are met", context=["Velkin fever"]),
            indication(2, "Will be approved when all criteria are met", context=["Zorbitis vulgaris"]),
        ],
    )
    found = matrix(under, reading("Birch", RINSING, ["Velkin fever", "Zorbitis vulgaris"]))
    assert [len(row.cells) for row in found.rows] == [2, 2]
    assert row_of(found, "Alder", 1).id == row_of(found, "Birch", 1).id


def test_a_payers_own_name_tells_nothing() -> None:
    one = reading("Velkin Mutual", RINSING, ["It is the position of Velkin Mutual that zorbitis is treated"])
    other = reading("Birch", RINSING, ["Zorbitis"])
    assert share_a_row(one, other)


def test_two_statements_of_one_document_under_one_unknown_name_share_the_row_of_another() -> None:
    two = reading(
        "Alder",
        RINSING,
        ["Velkin fever in adults who took tolvane", "Velkin fever in adults who never took tolvane before"],
    )
    found = matrix(two, reading("Birch", RINSING, ["Velkin fever in adults"]))
    assert len(row_of(found, "Birch", 1).cells) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("transplant", "transplantation"),
        ("transplanted", "transplantation"),
        ("hypertension", "hypertensive"),
        ("anemia", "anemic"),
        ("artery", "arterial"),
    ],
)
def test_one_root(one: str, other: str) -> None:
    assert root(one) == root(other)


def test_psoriatic_and_psoriasis_are_two() -> None:
    assert root("psoriatic") != root("psoriasis")


def test_a_word_in_a_clause_tells_less_than_one_that_names() -> None:
    bag = TELLING.bag(vocabulary_of(LEXICON).read("Zorbitis, when two grelvane creams failed"))
    assert bag["zorbitis"] == 1.0
    assert 0 < bag["grelvan"] < 0.5


def test_alikeness_is_symmetric_and_a_name_within_a_sentence_is_nearly_equal() -> None:
    name = {"velkin": 1.0, "fever": 0.8}
    sentence = {**name, "tolvan": 0.35}
    assert alikeness(name, sentence) == pytest.approx(alikeness(sentence, name))
    assert alikeness(name, sentence) > 0.9
    assert alikeness(name, {"fever": 0.8, "marrel": 1.0}) < 0.5
    assert alikeness(name, {}) == 0.0


def test_a_letterhead_that_every_statement_repeats_tells_nothing() -> None:
    uses = ["Zorbitis vulgaris", "Velkin fever", "Marrel palsy", "Plerosis of the hand"]
    under = reading("Alder", RINSING, [f"BRIGHTWATER GAZETTE: {use}" for use in uses])
    found = matrix(under, reading("Birch", RINSING, uses))
    assert [len(row.cells) for row in found.rows] == [2, 2, 2, 2]
    assert not any("gazette" in row.label.lower() for row in found.rows)
