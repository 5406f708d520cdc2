"""What versions print otherwise and say alike is no change of a rule; what stands in it still is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policyview import lexicon, versions
from tests.versions.made import POLICY, diff_of, reading_of
from tests.versions.test_changes import substantive, text_of

LIST = """\
5. ONE of the following:
    a. Swelling of the toes
    b. Loss of feeling for more than 6 weeks
    c. Frost burns of 20 mm or more
"""
FLAT = """\
5. ONE of the following:

Swelling of the toes

Loss of feeling for more than 6 weeks

Frost burns of 20 mm or more
"""
BOOKS = """\
## Clinical Background and References

1. Winter A, Frost B. A study of frost foot among loggers. J Cold. 2021;12(3):40-49.
2. Snow C. Shoes for deep snow. J Cold. 2019;10(1):3-9.
"""
DOSES = """\
## Appendix A: Sizes of Shoes

| Wearer | Size |
| --- | --- |
| Logger | 40 cm for loggers under 70 kg |
| Ranger | 50 cm for rangers under 90 kg |
"""


def with_text(text: str, instead_of: str) -> str:
    assert POLICY.count(instead_of) == 1
    return POLICY.replace(instead_of, text)


def test_list_whose_nesting_was_not_told(tmp_path: Path) -> None:
    diff = diff_of(tmp_path, POLICY, with_text(FLAT, LIST))
    assert not [change for change in diff.changes if change.action == "moved"]
    assert not substantive(diff)


def test_list_removed_with_its_lead_in_is_a_change_of_a_rule(tmp_path: Path) -> None:
    (change,) = substantive(diff_of(tmp_path, POLICY, with_text("", LIST)))
    assert (change.action, change.bears_on) == ("removed", "coverage")
    assert "Frost burns of 20 mm" in text_of(change.before)


def test_item_taken_out_of_its_list_is_moved(tmp_path: Path) -> None:
    peers = LIST.replace("    c. Frost burns of 20 mm or more", "6. Frost burns of 20 mm or more")
    (change,) = substantive(diff_of(tmp_path, POLICY, with_text(peers, LIST)))
    assert change.action == "moved"


def test_reworded_lead_in_keeps_its_list(tmp_path: Path) -> None:
    (change,) = substantive(diff_of(tmp_path, POLICY, POLICY.replace("ONE of the following", "Photographs of ONE of")))
    assert change.action == "modified"


@pytest.mark.parametrize("heading", ["## Clinical Background and References", "## References"])
def test_books_state_nothing_whatever_their_section_is_called(tmp_path: Path, heading: str) -> None:
    old = with_text(BOOKS.replace("## Clinical Background and References", heading), "## References\n\n1. Winter A, "
                    "Frost B. A study of frost foot among loggers. J Cold. 2021.\n")
    new = old.replace("2. Snow C.", "2. Berg D. Ice under loggers. J Cold. 2024;15(2):11-19.\n3. Snow C.")
    assert not substantive(diff_of(tmp_path, old, new))




@pytest.mark.parametrize(("see", "bears_on"), [(" (see Appendix A)", ["coverage"]), ("", [])])
def test_appendix_to_which_a_rule_sends_is_a_rule(tmp_path: Path, see: str, bears_on: list[str]) -> None:
    old = POLICY.replace("a shoemaker", f"a shoemaker{see}").replace("## References", f"{DOSES}\n## References")
    diff = diff_of(tmp_path, old, old.replace("under 70 kg", "under 60 kg"))
    assert [change.bears_on for change in substantive(diff)] == bears_on


def test_sentence_that_ends_in_the_next_is_told_once(tmp_path: Path) -> None:
    split = with_text("Renewal needs a new visit to the podiatrist. Renewal requires that criteria 1-3 above are met.",
                      "Renewal requires that criteria 1-3 above are met.")
    one = split.replace("podiatrist. Renewal", "podiatrist; renewal")
    assert not substantive(diff_of(tmp_path, split, one))
    (change,) = substantive(diff_of(tmp_path, split, one.replace("1-3", "1-4")))
    assert change.action == "modified"


def test_words_used_for_one_another_are_editorial(tmp_path: Path) -> None:
    old = POLICY.replace("The logger has frost", "The patient has frost")
    diff = diff_of(tmp_path, old, old.replace("The patient has frost", "The member has frost"))
    (change,) = diff.changes
    assert change.significance == "editorial"


def test_heading_that_became_an_item(tmp_path: Path) -> None:
    use = "Snow shoe therapy is considered medically necessary for chilblain"
    old = POLICY.replace(use, f"### B. Chilblain\n\n{use}")
    diff = diff_of(tmp_path, old, old.replace("### B. Chilblain", "B. Chilblain"))
    assert not substantive(diff)


def test_heading_of_the_background_states_nothing(tmp_path: Path) -> None:
    assert not substantive(diff_of(tmp_path, POLICY, POLICY.replace("## Background", "## Clinical Background")))


def test_repeated_words_are_paired_by_what_is_sure_before_them(tmp_path: Path) -> None:
    """An item that stands alike in three lists: where one list loses it, the others keep theirs."""
    uses = ("mountain sickness", "river fever", "forest cough")
    lists = "\n".join(
        f"Snow shoe therapy is considered medically necessary for {use} when ALL of these hold:\n\n"
        f"1. The logger has {use} for a week; and\n2. The logger sees a podiatrist.\n" for use in uses
    )
    old = POLICY.replace("Renewal requires", f"{lists}\nRenewal requires")
    without = "forest cough for a week; and\n2. The logger sees a podiatrist."
    (change,) = substantive(diff_of(tmp_path, old, old.replace(without, "forest cough for a week.")))
    assert change.action == "removed"
    assert any("forest cough" in heading for heading in change.before.under) if change.before else False


def test_row_printed_as_several_units(tmp_path: Path) -> None:
    """A form whose label and list are one row of a table in one version, a heading and a list in the other."""
    row = "\n| Renewal | Shoes were worn for one winter; and toes have healed; and no ice was met |\n| --- | --- |\n"
    spread = "\n## Renewal\n\n1. Shoes were worn for one winter; and\n2. Toes have healed; and\n3. No ice was met\n"
    old, new = (POLICY.replace("\n## Background", f"{text}\n## Background") for text in (row, spread))
    assert not substantive(diff_of(tmp_path, old, new))
    (change,) = substantive(diff_of(tmp_path, old, new.replace("one winter", "two winters")))
    assert (change.action, change.bears_on) == ("modified", "coverage")


def test_item_without_its_end_is_modified(tmp_path: Path) -> None:
    old = POLICY.replace("a. Swelling of the toes", "a. Swelling of the toes or predominantly dorsal disease of feet")
    (change,) = substantive(diff_of(tmp_path, old, POLICY))
    assert change.action == "modified"


def test_head_of_a_table_of_codes_decides_nothing(tmp_path: Path) -> None:
    assert not substantive(diff_of(tmp_path, POLICY, POLICY.replace("| Code | Description |", "| HCPCS | Meaning |")))


@pytest.mark.parametrize(("old", "new"), [
    ("heal without treatment.", "heal without treatment.2"), ("20 mm or more\n", "20 mm or more1,4-6\n"),
])  # fmt: skip
def test_raised_numbers_of_citations_set_on_the_line(tmp_path: Path, old: str, new: str) -> None:
    assert not substantive(diff_of(tmp_path, POLICY, with_text(new, old)))


def test_list_that_a_lead_in_asks_for_is_a_rule_wherever_it_stands(tmp_path: Path) -> None:
    asked = "## General Information\n\nThe chart must hold the following:\n\n1. Photographs of both feet\n2. A diary\n"
    old = POLICY.replace("## References", f"{asked}\n## References")
    (change,) = substantive(diff_of(tmp_path, old, old.replace("both feet", "one foot")))
    assert change.bears_on == "coverage"


def test_books_under_a_heading_of_rules_are_books(tmp_path: Path) -> None:
    books = "\n8. Berg D, Tal E, et al. Ice under loggers. J Cold. 2024;15(2):11-19.\n"
    old = POLICY.replace("All other uses are considered investigational.\n",
                         f"All other uses are considered investigational.\n{books}")
    assert not substantive(diff_of(tmp_path, old, old.replace("Ice under loggers", "Ice beside loggers")))


def test_list_read_otherwise_is_not_moved(tmp_path: Path) -> None:
    """The same labels in the same order, but deeper: the print of a list, not its rule."""
    deeper = LIST.replace("    b. Loss", "        b. Loss").replace("    c. Frost", "        c. Frost")
    diff = diff_of(tmp_path, POLICY, with_text(deeper, LIST))
    assert not [change for change in diff.changes if change.action == "moved"]


def test_bullet_that_stands_less_deep_is_moved(tmp_path: Path) -> None:
    bullets = "- ONE of the following:\n    - Swelling of the toes\n    - Loss of feeling\n    - Frost burns of 20 mm\n"
    old = with_text(f"{bullets}- A letter of the shoemaker\n", LIST)
    (change,) = substantive(diff_of(tmp_path, old, old.replace("    - Frost", "- Frost")))
    assert change.action == "moved"


def test_line_that_is_furniture_in_one_version_is_so_in_the_other(tmp_path: Path) -> None:
    line = "Frost Health Plan does not give advice on snow."
    old = reading_of(tmp_path, POLICY)
    new = reading_of(tmp_path, with_text(f"{line}\n\n## Background", "## Background"))
    assert substantive(versions.compare(old, new, lexicon.load()))
    furniture = replace(old.facts.units[0], kind="furniture", text=line)
    with_line = replace(old, facts=replace(old.facts, units=(*old.facts.units, furniture, furniture)))
    assert not substantive(versions.compare(with_line, new, lexicon.load()))


@pytest.mark.parametrize(("sentence", "other", "is_rule"), [
    ("This program applies to loggers.", "This program applies to loggers and rangers.", True),
    ("Sledges are not covered.", "Sledges and skates are not covered.", True),
    ("Call us in the winter.", "Call us in the spring.", False),
])  # fmt: skip
def test_binding_sentence_is_a_rule_under_any_heading(
    tmp_path: Path, sentence: str, other: str, is_rule: bool
) -> None:
    old = POLICY.replace("## References", f"## Plan Design\n\n{sentence}\n\n## References")
    changes = substantive(diff_of(tmp_path, old, old.replace(sentence, other)))
    assert [change.bears_on for change in changes] == ["coverage"] * is_rule


def test_document_without_headings_has_rules(tmp_path: Path) -> None:
    """What stands before the first heading is a letterhead only as far as the first rule."""
    policy = POLICY.split("## Policy\n")[1].split("## Background")[0]
    old = policy.replace("All other uses", "Bring a diary.\n\nAll other uses")
    (change,) = substantive(diff_of(tmp_path, old, old.replace("a diary", "two diaries")))
    assert change.bears_on == "coverage"


def test_long_item_is_told_by_its_sentence(tmp_path: Path) -> None:
    more = "Shoes of wood are preferred to shoes of bark because they last longer in wet snow. " * 8
    old = POLICY.replace("by a shoemaker; and", f"by a shoemaker. {more}The fitting takes place within 14 days.")
    (change,) = substantive(diff_of(tmp_path, old, old.replace("14 days", "10 days")))
    assert text_of(change.after) == "The fitting takes place within 10 days."
