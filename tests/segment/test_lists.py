"""Nested lists: labels counted by sequence and indentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Passage
from policyview.segment.labels import roman_value, split_label
from tests.segment.made import outline, structure_of

NESTED = """Coverage Criteria

I. Limb warming is covered when all of these hold:
A. Start of treatment, both of the following:
1. A nurse applies the device;
2. One of the following indications:
a. Frozen toes with all:
i. Pain at rest;
ii. Absent pulse;
b. Stiff fingers;
B. Further treatment:
1. The limb is warmer.
II. Limb warming is not covered for chilblains.
"""


def test_labels_nest_by_sequence_without_any_indentation(tmp_path: Path) -> None:
    structure = structure_of(tmp_path, NESTED)
    (part,) = [p for p in structure.parts if p.section]
    assert outline(part.blocks) == [
        [
            "I. Limb warming is covered when all of these hold:",
            [
                [
                    "A. Start of treatment, both of the following:",
                    [
                        "1. A nurse applies the device;",
                        [
                            "2. One of the following indications:",
                            [
                                ["a. Frozen toes with all:", ["i. Pain at rest;", "ii. Absent pulse;"]],
                                "b. Stiff fingers;",
                            ],
                        ],
                    ],
                ],
                ["B. Further treatment:", ["1. The limb is warmer."]],
            ],
        ],
        "II. Limb warming is not covered for chilblains.",
    ]


def test_a_letter_i_after_h_carries_the_list_on_and_is_no_roman_numeral(tmp_path: Path) -> None:
    letters = "\n".join(f"{letter}. Sign number {k}" for k, letter in enumerate("abcdefghij", 1))
    structure = structure_of(tmp_path, f"Coverage Criteria\n\nAny of the following:\n{letters}\n")
    lead, *items = next(p for p in structure.parts if p.section).blocks
    assert lead.passage.text == "Any of the following:"
    assert [block.label for block in items] == [f"{letter}." for letter in "abcdefghij"]


def test_bullets_after_a_paragraph_of_their_own_are_another_list(tmp_path: Path) -> None:
    text = "# Policy\n\nIt is covered for:\n\n- frozen toes\n\nIt is not covered for:\n\n- warm toes\n"
    structure = structure_of(tmp_path, text, ".md")
    assert outline(structure.parts[-1].blocks) == [
        "It is covered for:",
        "- frozen toes",
        "It is not covered for:",
        "- warm toes",
    ]


def test_indented_bullets_nest(tmp_path: Path) -> None:
    text = "# Policy\n\nCovered for:\n\n- adults with\n    - frozen toes\n    - stiff fingers\n- children\n"
    structure = structure_of(tmp_path, text, ".md")
    assert outline(structure.parts[-1].blocks) == [
        "Covered for:",
        ["- adults with", ["- frozen toes", "- stiff fingers"]],
        "- children",
    ]


def test_a_lone_or_stands_between_the_items_that_it_joins(tmp_path: Path) -> None:
    text = "Coverage Criteria\n\n1. Any of these:\na. cold\nOR\nb. damp\nAND\n2. A nurse is there\n"
    structure = structure_of(tmp_path, text)
    assert outline(structure.parts[-1].blocks) == [
        ["1. Any of these:", ["a. cold", "OR", "b. damp"]],
        "AND",
        "2. A nurse is there",
    ]


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("(a) cold", "(a)", "cold"),
        ("IV. cold", "IV.", "cold"),
        ("12) cold", "12)", "cold"),
        ("• cold", "•", "cold"),
        ("\uf0b7 cold", "\uf0b7", "cold"),
        ("☒ cold", "☒", "cold"),
        ("o cold", "o", "cold"),
        ("- A. cold", "A.", "cold"),
        ("cold feet", "", "cold feet"),
        ("2024. cold", "", "2024. cold"),
        ("4.5 mm", "", "4.5 mm"),
        ("e.g. cold", "", "e.g. cold"),
    ],
)
def test_printed_labels(line: str, label: str, rest: str) -> None:
    found, after = split_label(Passage(line, range(len(line))))
    assert (found.printed if found else "", after.text) == (label, rest)


@pytest.mark.parametrize(("text", "value"), [("iv", 4), ("IX", 9), ("xiv", 14), ("iiii", 0), ("vx", 0), ("abc", 0)])
def test_roman_numerals(text: str, value: int) -> None:
    assert roman_value(text) == value
