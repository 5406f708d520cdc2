"""Criteria written as an outline: what was read stays, words of the document have a place, others are marked."""

from __future__ import annotations

from pathlib import Path

from policyview.amend import amended
from policyview.model import Criterion, Indication, Reading
from policyview.outline import parse, text_of
from tests.test_amend import Said, reading_of, subject

SYRUP = """Larkspur Health Plan
# Tidal Vest Therapy

Policy number: LH-12
Effective 2025-03-01

## Policy

Tidal vest therapy is medically necessary for adults with brittle airway syndrome when all of these hold:

1. A trial of two inhaled agents of 6 weeks each brought no relief.
2. Any of the following:
    a. Oxygen saturation at rest is 90 percent or lower.
    b. Three stays in hospital within 12 months.

A lung physician
writes the order.
"""


def tree(criteria: tuple[Criterion, ...]) -> list[object]:
    return [(each.text, each.logic, each.n, each.origin, tree(each.children)) for each in criteria]


def test_lines_tags_and_levels() -> None:
    top = parse("[Any of these]\n- one [2 of these]\n\ta\n\t\tdeep\n\tb [all]\nno [tag] here [all of x]\n")
    assert (top.logic, [item.text for item in top.children]) == ("any", ["one", "no [tag] here [all of x]"])
    one = top.children[0]
    assert (one.logic, one.n, [item.text for item in one.children]) == ("at_least", 2, ["a", "b"])
    assert one.children[1].logic is None  # nothing stands below it
    assert [item.line for item in top.leaves()] == [0, 2, 3, 4, 5, 6]
    assert parse("").children == ()
    steep = parse("\n".join(" " * n + "x" for n in range(3_000)))
    assert len([*steep.leaves()]) == 3_001


def test_what_a_person_writes(tmp_path: Path) -> None:
    reading, say = reading_of(tmp_path, "larkspur.md", SYRUP), Said()
    (read,) = reading.facts.indications
    shown = text_of(read)
    assert shown.splitlines()[0] == "[all of these]"
    assert shown.splitlines()[2:4] == [
        "Any of the following: [any of these]", "    Oxygen saturation at rest is 90 percent or lower"]  # fmt: skip

    def now() -> tuple[Reading, Indication]:
        outcome = amended([reading], say.reviews).readings[0]
        return outcome, outcome.facts.indications[0]

    about = subject(reading, "brittle")
    said = say("correct", about, [("criteria", shown)])
    assert (now()[1].criteria, now()[1].origin) == (read.criteria, "corrected")
    assert now()[0].facts.thresholds == reading.facts.thresholds

    first, group = read.criteria
    written = "\n".join(("[any of these]", f"{first.text}", f"{group.text} [all of these]",
                         f"    {group.children[0].text}", "A lung physician writes the order.", "A letter of thanks"))
    say("correct", about, [("criteria", written)])
    outcome, changed = now()
    assert changed.logic == "any"
    assert tree(changed.criteria) == [
        (first.text, None, None, "extracted", []),
        (group.text, "all", None, "corrected", [(group.children[0].text, None, None, "extracted", [])]),
        ("A lung physician writes the order.", None, None, "corrected", []),
        ("A letter of thanks", None, None, "added", []),
    ]  # fmt: skip
    physician, thanks = changed.criteria[2:]
    assert physician.anchor.quote == "A lung physician\nwrites the order."
    assert thanks.anchor == read.anchor
    assert len({leaf.id for leaf in changed.iter_criteria()}) == 5
    gone = {group.children[1].id}
    assert {each.of for each in reading.facts.thresholds} & gone
    assert outcome.facts.thresholds == tuple(each for each in reading.facts.thresholds if each.of not in gone)

    twice = say("correct", about, [("criteria", f"{first.text}\n{first.text}")])
    one, other = now()[1].criteria
    assert (one.id, one.origin, other.origin, other.anchor.quote) == (
        first.id, "extracted", "corrected", first.text)  # fmt: skip
    assert other.id != first.id
    say("withdraw", twice.subject, withdraws=twice.sha256)

    last = say.reviews[-3]
    say("withdraw", last.subject, withdraws=last.sha256)
    assert now()[1].criteria == read.criteria
    say("withdraw", said.subject, withdraws=said.sha256)
    assert amended([reading], say.reviews).readings == (reading,)
