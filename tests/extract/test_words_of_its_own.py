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
