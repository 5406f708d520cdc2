"""Headings, their roles and levels; furniture; paragraphs over page breaks; tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview import read
from policyview.model import Role
from policyview.segment import segment
from policyview.segment.heading_words import named_role
from tests.segment.made import LEXICON, all_blocks, structure_of, words_of

LEGAL = "This handbook belongs to Larkspur Mutual and nobody may lend it, sell it or read it aloud without leave."


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Coverage Criteria:", Role.CRITERIA),
        ("2. Coverage Criteriaa:", Role.CRITERIA),
        ("POSITION STATEMENT:", Role.POLICY),
        ("Not Medically Necessary:", Role.NOT_COVERED),
        ("ICD-10 Diagnosis", Role.CODING),
        ("Change Control", Role.HISTORY),
        ("Government Agency and Other Authoritative Publications:", Role.REFERENCES),
        ("Rationale", Role.BACKGROUND),
        ("Prior Authorization Information", Role.PRIOR_AUTHORIZATION),
        ("Important Reminder", Role.DISCLAIMER),
        ("Frozen Toes", None),
    ],
)
def test_a_heading_names_its_role(heading: str, role: Role | None) -> None:
    assert named_role(heading, LEXICON) == role


def test_a_heading_without_a_role_takes_its_parents(tmp_path: Path) -> None:
    structure = structure_of(
        tmp_path, "# Coverage Criteria\n\n## Frozen Toes\n\nOne.\n\n# References\n\n## Books\n\nTwo.\n", ".md"
    )
    assert [(s.heading, s.level, s.role) for s in structure.sections] == [
        ("Coverage Criteria", 1, Role.CRITERIA),
        ("Frozen Toes", 2, Role.CRITERIA),
        ("References", 1, Role.REFERENCES),
        ("Books", 2, Role.REFERENCES),
    ]


def test_subjects_headed_like_the_summary_of_evidence_are_evidence_too(tmp_path: Path) -> None:
    headings = ("# Coverage Guidance", "## {}", "## Frozen Toes", "## Covered Indications", "## Cold Ears")
    text = "".join(f"{heading}\n\nWords.\n\n" for heading in headings)
    told = [s.role for s in structure_of(tmp_path, text.format("Summary of Evidence"), ".md").sections]
    assert told == [Role.POLICY, Role.BACKGROUND, Role.BACKGROUND, Role.CRITERIA, Role.POLICY]
    told = [s.role for s in structure_of(tmp_path, text.format("Description"), ".md").sections]
    assert told == [Role.POLICY, Role.DESCRIPTION, Role.POLICY, Role.CRITERIA, Role.POLICY]


def test_labeled_indications_in_the_policy_belong_to_it_and_describe_elsewhere(tmp_path: Path) -> None:
    heads = "# Overview\n\n## FDA-Approved Indications\n\nOne.\n\n# Policy\n\n## FDA-Approved Indications\n\nTwo.\n"
    structure = structure_of(tmp_path, heads, ".md")
    assert [s.role for s in structure.sections] == [Role.DESCRIPTION, Role.DESCRIPTION, Role.POLICY, Role.POLICY]


def test_plain_text_headings_stand_alone_in_title_case(tmp_path: Path) -> None:
    text = (
        "Limb Warming\n\nDescription\n\nA device that warms a limb from outside, as a stove warms a room in winter.\n\n"
        "Policy/Criteria\n\nIt is covered for frozen toes.\n\nthis line is no heading\n\nReferences\n\n1. A book.\n"
    )
    assert [s.heading for s in structure_of(tmp_path, text).sections] == [
        "Limb Warming",
        "Description",
        "Policy/Criteria",
        "References",
    ]


def test_a_paragraph_repeated_in_the_middle_of_a_list_is_boilerplate_and_the_list_goes_on(tmp_path: Path) -> None:
    items = "".join(f"- {item}\n\n{LEGAL}\n\n" for item in ("A. cold", "B. damp", "C. dark"))
    text = f"Coverage Criteria\n\nAll of these:\n\n{items}References\n"
    structure = structure_of(tmp_path, text, ".md")
    assert [b.label for b in all_blocks(structure) if b.label] == ["A.", "B.", "C."]
    assert [(b.text, b.occurrences) for b in structure.boilerplate] == [(LEGAL, 3)]


def test_a_sentence_cut_by_furniture_is_one_paragraph_with_a_break(tmp_path: Path) -> None:
    text = f"Background\n\nThe first half of it\n\n{LEGAL}\n\nends here.\n\nTwo.\n\n{LEGAL}\n\nThree.\n\n{LEGAL}\n"
    structure = structure_of(tmp_path, text, ".md")
    first = next(all_blocks(structure))
    assert first.passage.text == "The first half of it ends here."
    assert first.passage.breaks == frozenset({len("The first half of it ")})


def test_every_character_of_a_block_maps_back_to_the_source(tmp_path: Path) -> None:
    path = tmp_path / "invented.md"
    path.write_text(
        "# Policy\n\nLimb warming is **NOT** covered for <sup>a</sup>ﬁngers  and [toes](x).\n", encoding="utf-8"
    )
    document = read.document(path)
    (block,) = all_blocks(segment(document, LEXICON))
    assert block.passage.text == "Limb warming is NOT covered for afingers and toes."
    assert words_of(document, block).replace("ﬁﬁ", "fi") == block.passage.text


def test_a_markdown_table_has_rows_cells_and_a_head(tmp_path: Path) -> None:
    text = "# Codes\n\n| Code | Meaning |\n|---|---|\n| 99991 | Warming |\n| 99992 |  |\n"
    rows = [b for b in all_blocks(structure_of(tmp_path, text, ".md")) if b.kind == "row"]
    assert [[c.text for c in row.cells] for row in rows] == [["Code", "Meaning"], ["99991", "Warming"], ["99992", ""]]
    assert [row.is_head for row in rows] == [True, False, False]
    assert len({row.table for row in rows}) == 1


def test_a_second_markdown_table_right_below_the_first_is_another(tmp_path: Path) -> None:
    text = "# Codes\n\n| A | B |\n|---|---|\n| 1 | 2 |\n| C | D |\n|---|---|\n| 3 | 4 |\n"
    rows = [b for b in all_blocks(structure_of(tmp_path, text, ".md")) if b.kind == "row"]
    assert [(r.table, r.is_head) for r in rows] == [(1, True), (1, False), (2, True), (2, False)]


def test_a_text_without_any_heading_is_one_part(tmp_path: Path) -> None:
    structure = structure_of(tmp_path, "one line of prose that is no heading at all.\n")
    assert [part.section for part in structure.parts] == [None]
