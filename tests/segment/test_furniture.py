"""What repeats is furniture, unless it is a rule or a list that holds for several uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.segment.made import all_blocks, printed, structure_of

USES = ("Frozen toes", "White fingers", "Winter cough")


@pytest.mark.parametrize(("sentence", "is_furniture"), [
    ("This handbook belongs to Larkspur Mutual and nobody may lend it or read it aloud without leave.", True),
    ("Warm sleeves are considered medically necessary for members who have tried wool for a month.", False),
    ("The member has tried two pairs of woollen socks for at least one month each without relief", False),
    ("- socks of wool, of cotton and of silk were each tried for a month without relief of the cold", False),
    ("Wool, cotton and silk were each tried for a month, on both feet, with all of the following:", False),
    ("Please refer to the plan documents, for what they say is covered comes before this handbook.", True),
], ids=["legal", "coverage", "condition", "item", "lead-in", "administrative"])
def test_rules_and_lists_that_a_text_repeats_under_each_use_are_kept(
    tmp_path: Path, sentence: str, is_furniture: bool
) -> None:
    text = "\n\n".join(["Warm Sleeves", *(f"{use}\n\nUse {number} of winter.\n\n{sentence}\n\nThat was {use}."
                                          for number, use in enumerate(USES))])
    structure = structure_of(tmp_path, text)
    kept = [block for block in all_blocks(structure) if block.passage.text in sentence and len(block.passage.text) > 60]
    assert len(kept) == (0 if is_furniture else 3)
    assert [entry.text for entry in structure.boilerplate] == ([sentence] if is_furniture else [])


BETWEEN = "Wool warms, cotton does less, and silk was never tried on feet of such a size before. "


@pytest.mark.parametrize(("lengths", "before", "is_furniture"), [
    ((20, 22, 18, 20), "A page ends.", True), ((20, 60, 20, 45), "A use ends.", False), ((20, 22), "A page.", False),
    ((2, 2, 2, 2), "A use ends.", False), ((20, 22, 18, 20), "Any of these:", False),
], ids=["as pages are long", "here and there", "too seldom", "too near", "below lead-ins"])
def test_a_sentence_that_a_text_repeats_is_furniture_only_at_regular_distances(
    tmp_path: Path, lengths: tuple[int, ...], before: str, is_furniture: bool
) -> None:
    sentence = "The warm sleeve asked for goes with less food and with longer walks through the snow."
    text = "\n".join(f"{BETWEEN * length}\n{k} {before}\n{sentence}" for k, length in enumerate(lengths))
    structure = structure_of(tmp_path, f"{text}\nThe end.")
    assert [entry.text for entry in structure.boilerplate] == ([sentence] if is_furniture else [])


@pytest.mark.parametrize(("line", "is_furniture"), [
    ("Larkspur Mutual, warm sleeves", True), ("1. Wool was tried", False), ("• Wool was tried", False),
    ("All of these hold:", False),
])
@pytest.mark.parametrize("count", [2, 3])
def test_items_and_lead_ins_at_the_edge_of_few_pages_are_kept(
    tmp_path: Path, line: str, is_furniture: bool, count: int
) -> None:
    pages = [f"{line}\n\nA sentence on {use.casefold()} stands here alone." for use in USES[:count]]
    structure = printed(tmp_path, *pages)
    assert [entry.occurrences for entry in structure.boilerplate] == ([count] if is_furniture else [])


@pytest.mark.parametrize("beside", ["Page {} of 4", "{} of 4", "10/21/31, 5:3{} PM"])
def test_a_line_beside_page_numbers_is_furniture_however_long_the_pages_are(tmp_path: Path, beside: str) -> None:
    head = "Larkspur Mutual, policy on sleeves that warm the arms of its members in winter"
    lines = [line for k, length in enumerate((20, 3, 60), 1)
             for line in (BETWEEN * length, f"That was use {k}.", head, beside.format(k))]
    structure = structure_of(tmp_path, "\n".join([*lines, "The end."]))
    assert head in " ".join(entry.text for entry in structure.boilerplate)
    assert not any(head in block.passage.text for block in all_blocks(structure))


def test_a_line_that_says_no_rule_is_furniture_amid_others(tmp_path: Path) -> None:
    legal = ("Copyright of Larkspur Mutual, whose handbook this is, and which will consider what members think of",
             "sleeves that are considered medically necessary by nobody but themselves in the coldest winters, and",
             "of this handbook, of which no part may be reproduced without leave, in print or by word of mouth.")
    lines = [line for k in range(4) for line in (f"Use {k} of winter is this.", *legal)]
    structure = structure_of(tmp_path, "\n".join([*lines, "The end."]))
    kept = [block.passage.text for block in all_blocks(structure)]
    assert kept[:2] == ["Use 0 of winter is this.", "Use 1 of winter is this."]
