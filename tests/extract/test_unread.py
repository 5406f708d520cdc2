"""Lists of a policy that became part of no fact are named, with their page; those that were read are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from policyview import read
from policyview.extract import extract
from policyview.model import Loss, Part, Structure
from policyview.segment import segment
from tests.extract.reading import LEXICON, facts_of

POLICY = """# Medical Policy: Limb Warming

## Policy

Limb warming is considered medically necessary for chilblains when all of the following are met:
- The skin is not broken.
- Blankets have failed for two weeks.

Limb warming is not covered for sunburn.

## Room Criteria

A room in which limbs are warmed was seen to hold the following on our last visit:
- A thermometer that anybody in the room can see from the bed.
- A chair with two arms.
- {last}

## Background

Studies of limb warming asked:
- Were the limbs warm?
- Were they warm a week later?
"""


def unread(tmp_path: Path, last: str = "A blanket.") -> tuple[Loss, ...]:
    return facts_of(tmp_path, POLICY.format(last=last))[1].unread


def test_a_list_that_belongs_to_nothing_is_named(tmp_path: Path) -> None:
    (loss,) = unread(tmp_path)
    assert loss.page is None
    assert "has a list of 3 points under “Room Criteria”" in loss.reason
    assert "begins “A thermometer that anybody in the …”" in loss.reason


def test_a_list_of_which_half_was_read_is_not(tmp_path: Path) -> None:
    text = POLICY.replace("- A chair with two arms.", "- Limb warming is investigational for frozen toes.")
    _, facts = facts_of(tmp_path, text.format(last="Limb warming is investigational for frozen ears."))
    assert len(facts.indications) == 4
    assert facts.unread == ()


def test_codes_count_as_read(tmp_path: Path) -> None:
    text = POLICY.replace("A thermometer that anybody in the room can see from the bed.", "99998 Thermometer")
    text = text.replace("A chair with two arms.", "99997 Chair").replace("Room Criteria", "Criteria: CPT codes covered")
    _, facts = facts_of(tmp_path, text.format(last="99996 Blanket"))
    assert len(facts.codes) == 3
    assert facts.unread == ()


def test_a_table_in_a_point_that_was_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "invented.md"
    path.write_text(POLICY.format(last="A blanket.").partition("## Room")[0] + TABLE, encoding="utf-8")
    document = read.document(path)
    parts = list(segment(document, LEXICON).parts)
    rows = tuple(block for block in parts[-1].blocks if block.kind == "row")
    *others, item = [block for block in parts[1].blocks if block.kind != "row"][:3]
    blocks = (*others, replace(item, children=rows))
    structure = Structure((parts[0], Part(parts[1].section, blocks, parts[1].path)))
    (loss,) = extract(document, structure, LEXICON).unread
    assert "has a table of 3 rows under the point “Blankets have failed for two weeks. …”" in loss.reason


TABLE = "## Table\n\n| Weight | Tubes |\n|---|---|\n| Below 30 kg | two |\n| Above | three |\n"


def test_a_list_that_counts_what_must_hold_is_named_under_other_headings_too(tmp_path: Path) -> None:
    below = "All of the following:\n- The nurse has a lamp.\n- The bed is near the stove.\n"
    text = POLICY.replace("## Background", "## Prior Authorization\n\n" + below + "\n## Background")
    reasons = [loss.reason for loss in facts_of(tmp_path, text.format(last="A blanket."))[1].unread]
    assert any("“Prior Authorization”" in reason for reason in reasons)
    plain = text.replace("All of the following:", "The room:")
    reasons = [loss.reason for loss in facts_of(tmp_path, plain.format(last="A blanket."))[1].unread]
    assert not any("“Prior Authorization”" in reason for reason in reasons)


def test_a_long_passage_without_line_ends_of_which_nothing_was_read_is_named(tmp_path: Path) -> None:
    long = "Toe lamps are looked at by a nurse who counts the toes that are white and writes it down. " * 11
    text = f"Toe Lamps\n\nPolicy\n\n{long}Both of the following come before a lamp (white toes, snow on the hill).\n"
    (loss,) = facts_of(tmp_path, text, ".txt")[1].unread
    assert loss.reason.endswith("it begins “Toe lamps are looked at by …”: read it there.")
    assert facts_of(tmp_path, text.replace("Both of the following come", "Tea comes"), ".txt")[1].unread == ()
    read_ = f"{text[:-1]} Toe lamps are covered for chilblains.\n"
    assert facts_of(tmp_path, read_, ".txt")[1].unread == ()


def test_a_table_behind_words_that_announce_uses_is_named_where_nothing_of_it_was_read(tmp_path: Path) -> None:
    text = (
        "Toe Lamps\n\nPolicy\n\nToe lamps are considered medically necessary for the following:\n\n"
        "Toes       Hours of light      Nights\nWhite      12                  3\nBlue       24                  5\n"
    )
    reasons = [loss.reason for loss in facts_of(tmp_path, text, ".txt")[1].unread]
    start = "The document has a table of 3 rows under the words “Toe lamps are considered medically necessary …”"
    assert [reason.startswith(start) for reason in reasons] == [True]


def test_a_list_under_a_line_of_criteria_outside_the_policys_sections_is_named(tmp_path: Path) -> None:
    text = "Toe Lamps, Other\n\nWhite toes\nCriteria for preferred lamps\n- Toes are white\n- Snow lies\n"
    (loss,) = facts_of(tmp_path, text, ".txt")[1].unread
    assert "a list of 2 points under" in loss.reason
