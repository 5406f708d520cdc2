"""Definitions, abbreviations and references: what a document says of its own words and sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.abbreviations import pairs_in
from tests.extract.reading import facts_of

HEAD = "# Medical Policy: Wool Hats\n\n## Policy\n\n"


def test_definitions_section(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + (
        "Wool hats are medically necessary.\n\n## Definitions\n\nBobble: A ball of yarn on top.\n\n"
        "Ear flap (EF): A flap over the ear. **Felting:** Shrinking on purpose.\n"
    ))[1]
    assert [(d.term, d.text) for d in facts.definitions] == [
        ("Bobble", "A ball of yarn on top."),
        ("Ear flap (EF)", "A flap over the ear."),
        ("Felting", "Shrinking on purpose."),
    ]


@pytest.mark.parametrize(
    ("sentence", "term", "text"),
    [
        ("Note: A snug fit is defined as greater than 50% less wind.", "snug fit", "greater than 50% less wind."),
        ("“Hat Plan” means a plan that has adopted this.", "Hat Plan", "a plan that has adopted this."),
        ("Wool index (WI) ≥ 25. The WI is calculated as wool times wind.", "Wool index (WI)", "wool times wind."),
        ("Wear is needed after hat failure (defined as two cold ears).", "hat failure", "two cold ears"),
    ],
)
def test_definitions_in_rules(tmp_path: Path, sentence: str, term: str, text: str) -> None:
    facts = facts_of(tmp_path, HEAD + f"Wool hats are medically necessary for cold ears.\n\n{sentence}\n")[1]
    assert [(d.term, d.text) for d in facts.definitions] == [(term, text)]


def test_pointing_sentences_define_nothing(tmp_path: Path) -> None:
    text = "Wool hats are medically necessary. That phrase means the codes are not free.\n"
    assert facts_of(tmp_path, HEAD + text)[1].definitions == ()


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("an implantable hat pump (IHP)", [("IHP", "implantable hat pump")]),
        ("the Society of Hats and Caps (SHC)", [("SHC", "Society of Hats and Caps")]),
        ("randomized hat trials (RHTs)", [("RHTs", "randomized hat trials")]),
        ("the wool hat (e.g., bobble) and cap (see above)", []),
        ("costs more (USD)", []),
    ],
)
def test_abbreviations(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(pairs_in(text)) == pairs


def test_references_are_counted_once_each(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + (
        "Wool hats are medically necessary.\n\n## References\n\n1. Lamb A. Hats in wind. J Wool. 2019;3:1-9.\n"
        "2. Shorn B, Ram C. Caps. 2021;\n   4:12. Parts:\n   - Part one. 2020.\n   - Part two. 2021.\n"
        "3. Wool Board. Available at: https://wool.example. Accessed May 1, 2024.\n\n"
        "## Websites for More Information\n\n1. Hat site. https://hat.example\n"
    ))[1]
    assert [reference.text[:8] for reference in facts.references] == ["Lamb A. ", "Shorn B,", "Wool Boa"]


def references_of(tmp_path: Path, text: str, suffix: str = ".md") -> list[str]:
    facts = facts_of(tmp_path, HEAD + "Wool hats are medically necessary.\n\n" + text, suffix)[1]
    return [reference.text for reference in facts.references]


@pytest.mark.parametrize(
    "heading",
    ["Clinical Background and References", "IX.References", "5.0 References, Citations & Websites", "SOURCE(S)"],
)
def test_reference_list_under_a_heading_that_names_more(tmp_path: Path, heading: str) -> None:
    assert references_of(tmp_path, f"## {heading}\n\n1. Ram A. Wool. 2019.\n2. Ewe B. Yarn. 2021.\n") == [
        "Ram A. Wool. 2019.", "Ewe B. Yarn. 2021.",
    ]


def test_list_that_cites_nothing_is_no_reference_list(tmp_path: Path) -> None:
    assert references_of(tmp_path, "## Resources\n\n1. Ask a knitter.\n2. Ask a shepherd.\n") == []


def test_reference_list_behind_a_line_that_opens_it(tmp_path: Path) -> None:
    assert references_of(tmp_path, (
        "## Site of care\n\nOutdoors.\n\nThis hat policy is based on the following references:\n\n"
        "Bobble [package insert]. Woolton: Ram Press; 2025.\n\nKnit Online. Woolton: Ewe; 2024.\n\n"
        "https://knit.example\n\nAccessed July 11, 2025.\n\nCopyright 2025 Hat Mutual\n\nPrinted 2025.\n"
    )) == [
        "Bobble [package insert]. Woolton: Ram Press; 2025.",
        "Knit Online. Woolton: Ewe; 2024. https://knit.example Accessed July 11, 2025.",
    ]


def test_entry_that_stands_under_the_one_before(tmp_path: Path) -> None:
    assert references_of(tmp_path, (
        "## References\n\n1. Ram A. Wool. 2019.\n2. Ewe B. Yarn. 2021.\n   1. A remark of 2020.\n"
        "   3. Lamb C. Felt. 2022.\n\n4.Hogg D. Hats. 2023.\n"
    )) == ["Ram A. Wool. 2019.", "Ewe B. Yarn. 2021.", "Lamb C. Felt. 2022.", "4.Hogg D. Hats. 2023."]


def defined(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    facts = facts_of(tmp_path, HEAD + "Wool hats are medically necessary.\n\n" + text)[1]
    return [(d.term, d.text) for d in facts.definitions]


def test_terms_in_quotation_marks_and_plain_sentences(tmp_path: Path) -> None:
    assert defined(tmp_path, (
        "## Definitions\n\n“Bobble” is a ball of yarn on top. It may be loose.\n\n"
        "“Ear Flap” (EF) refers to cloth over the ear.\n\n“Bands” or “Brims” attach to the edge of a hat.\n\n"
        "Early felting refers to washing: warm or hot.\n\nA toggle is a button made of horn.\n\nNone of these apply.\n"
    )) == [
        ("Bobble", "a ball of yarn on top. It may be loose."),
        ("Ear Flap", "cloth over the ear."),
        ("Bands", "attach to the edge of a hat."),
        ("Early felting", "washing: warm or hot."),
        ("toggle", "a button made of horn."),
    ]


def test_table_of_terms_with_a_wrapped_row(tmp_path: Path) -> None:
    assert defined(tmp_path, (
        "## Glossary\n\n| Term | Meaning |\n|---|---|\n"
        "| Bobble | A ball of yarn |\n|  | on top. |\n| Brim | An edge. |\n"
    )) == [("Bobble", "A ball of yarn on top."), ("Brim", "An edge.")]


def test_terms_that_head_their_text(tmp_path: Path) -> None:
    assert defined(tmp_path, "## Definitions\n\n### Bobble\n\nA ball of yarn on top.\n") == [
        ("Bobble", "A ball of yarn on top."),
    ]


def test_definition_outside_the_rules_must_be_outright(tmp_path: Path) -> None:
    assert defined(tmp_path, (
        "## Other Words\n\nA snug fit is defined as less wind.\n\nWind means cold ears.\n\n"
        "For this purpose, “good wool” means wool of a living sheep.\n"
    )) == [("snug fit", "less wind."), ("good wool", "wool of a living sheep.")]


def test_address_and_hyphen_behind_a_term(tmp_path: Path) -> None:
    assert defined(tmp_path, "## Definitions\n\nWarmth score- https://hats.example/score\n") == [
        ("Warmth score", "https://hats.example/score"),
    ]
