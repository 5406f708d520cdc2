"""One difference a pair of invented versions: what is a change of a rule, and what is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyview import lexicon, versions
from policyview.versions import Change, Diff, Side
from tests.versions.made import POLICY, diff_of, reading_of


def edited(folder: Path, old: str, new: str) -> Diff:
    assert POLICY.count(old) == 1
    return diff_of(folder, POLICY, POLICY.replace(old, new))


def text_of(side: Side | None) -> str:
    return side.text if side else ""


def substantive(diff: Diff) -> list[Change]:
    return [change for change in diff.changes if change.significance == "substantive"]


RULES = {
    "number": ("18 years", "21 years", "threshold", "number changed: >= 18 year -> >= 21 year"),
    "comparator": ("20 mm or more", "more than 20 mm", "criterion", "number changed: >= 20 mm -> > 20 mm"),
    "unit": ("20 mm", "20 cm", "criterion", "number changed: >= 20 mm -> >= 20 cm"),
    "negation": ("b. Loss", "b. No loss", "criterion", "negation gained: no"),
    "exception": (", unless they are contraindicated", "", "criterion", "exception lost: unless"),
    "obligation": ("must be fitted", "may be fitted", "criterion", "“must” word lost: must"),
    "how many": ("ONE of the following", "ALL of the following", "criterion", "“and” word gained: all"),
    "population": ("chilblain in adults", "chilblain in children", "indication", "words changed: adults -> children"),
    "word": ("by a podiatrist", "by a nurse", "criterion", "words changed: podiatrist -> nurse"),
    "joint": ("shoemaker; and", "shoemaker; or", "criterion", "joined to the next by: and -> or"),
    "determination": ("not medically necessary for cold", "investigational for cold", "determination",
                      "determination: not medically necessary -> investigational"),
    "code": ("E9902", "E9903", "code", "code gained: E9903"),
    "reference": ("criteria 1-3", "criteria 1-4", "threshold", "number changed: range (1, 3) -> range (1, 4)"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kind", "why"), RULES.values(), ids=RULES)
def test_change_of_a_rule(tmp_path: Path, old: str, new: str, kind: str, why: str) -> None:
    (change,) = substantive(edited(tmp_path, old, new))
    assert (change.kind, change.action, change.bears_on) == (kind, "modified", "coverage")
    assert why in change.why
    assert change.before is not None
    assert change.after is not None
    assert change.before.text != change.after.text


NOISE = {
    "citation": ("outdoors (1)", "outdoors (1-2)", "citation"),
    "number said twice": ("at least 2 warming", "at least two (2) warming", "citation"),
    "punctuation": ("podiatrist; and", "podiatrist, and", "punctuation"),
    "hyphen": ("ready made", "ready-made", "punctuation"),
    "lost blank": ("has frost foot, confirmed", "has frostfoot, confirmed", "white space"),
    "capitals": ("Swelling of the toes", "swelling of the Toes", "punctuation"),
    "year of a book": ("Cold. 2021", "Cold. 2023", "citation"),
    "bullet": ("    a. Swelling of the toes\n    b. Loss of feeling for more than 6 weeks\n    c. Frost",
               "    - Swelling of the toes\n    - Loss of feeling for more than 6 weeks\n    - Frost", "renumbering"),
    "last joint": ("20 mm or more\n", "20 mm or more.\n", "punctuation"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "reason"), NOISE.values(), ids=NOISE)
def test_noise_is_in_the_ledger_with_its_reason(tmp_path: Path, old: str, new: str, reason: str) -> None:
    diff = edited(tmp_path, old, new)
    assert not diff.changes
    assert {each.reason for each in diff.suppressed} == {reason}


def test_inserted_item_reletters_nothing(tmp_path: Path) -> None:
    diff = edited(tmp_path, "    b. Loss of feeling for more than 6 weeks\n    c. Frost",
                  "    b. Blisters\n    c. Loss of feeling for more than 6 weeks\n    d. Frost")
    (added,) = diff.changes
    assert (added.action, added.after and added.after.text) == ("added", "b. Blisters")
    assert [each.reason for each in diff.suppressed] == ["renumbering", "renumbering"]


def test_removed_item(tmp_path: Path) -> None:
    (removed,) = edited(tmp_path, "    b. Loss of feeling for more than 6 weeks\n    c.", "    b.").changes
    assert (removed.action, removed.significance, removed.bears_on) == ("removed", "substantive", "coverage")
    assert text_of(removed.before) == "b. Loss of feeling for more than 6 weeks"
    assert removed.after is None


def test_added_item_is_told_of_with_the_list_it_leads_in(tmp_path: Path) -> None:
    last = "    c. Frost burns of 20 mm or more\n"
    more = "6. BOTH of the following:\n    a. A warm home\n    b. A dog\n"
    (added,) = edited(tmp_path, last, last + more).changes
    assert text_of(added.after) == "6. BOTH of the following: a. A warm home b. A dog"


def test_a_lead_in_that_makes_alternatives_is_told_with_the_first_of_them(tmp_path: Path) -> None:
    late = POLICY.replace("    c. Frost burns of 20 mm or more\n", "")
    marks = "- Blue toes of both feet\n- White ears since the first frost"
    lead = f"Members must have ONE of the following:\n\n{marks}\n\nRenewal requires"
    late = late.replace("Renewal requires", lead)
    told = [change.summary for change in substantive(diff_of(tmp_path, POLICY, late))]
    assert told == [
        "Removed alternative: c. Frost burns of 20 mm or more",
        "Added: Members must have ONE of the following: - Blue toes of both feet",
        "Added alternative: - White ears since the first frost",
    ]


def test_same_words_under_another_parent_are_a_change_of_rule(tmp_path: Path) -> None:
    diff = edited(tmp_path, "5. ONE of the following:\n    a. Swelling of the toes\n    b. Loss",
                  "5. Swelling of the toes; and\n6. ONE of the following:\n    b. Loss")
    (moved,) = substantive(diff)
    assert (moved.action, moved.bears_on) == ("moved", "coverage")
    assert "it stands under another condition" in moved.why
    assert text_of(moved.before) == "5. ONE of the following: a. Swelling of the toes"


def test_items_that_went_to_another_parent_together_are_one_change(tmp_path: Path) -> None:
    diff = edited(tmp_path, "    b. Loss of feeling", "6. ALL of the following:\n    b. Loss of feeling")
    moves = [change for change in substantive(diff) if change.action == "moved"]
    assert [change.why for change in moves] == [("they stand under another condition",)]
    assert text_of(moves[0].before).count("Frost burns") == text_of(moves[0].before).count("Loss of feeling") == 1


def test_reordered_criteria_are_none(tmp_path: Path) -> None:
    first, second = "The logger is 18 years old or older", "The logger has frost foot, confirmed by a podiatrist"
    diff = edited(tmp_path, f"1. {first}; and\n2. {second}", f"1. {second}; and\n2. {first}")
    assert not substantive(diff)
    assert {each.reason for each in diff.suppressed} == {"renumbering"}


WHOLE = """\
    a. Swelling of the toes
    b. Loss of feeling for more than 6 weeks
    c. Frost burns of 20 mm or more
"""
PARTS = "    a. Swelling of the toes\n    b. Loss of the toes\n    c. Frost burns\n"
JOINED = "    a. Swelling or loss of the toes\n    b. Frost burns\n"


def test_alternatives_printed_as_one_item_cover_the_same_patients(tmp_path: Path) -> None:
    diff = diff_of(tmp_path, POLICY.replace(WHOLE, PARTS), POLICY.replace(WHOLE, JOINED))
    assert not substantive(diff)
    assert any("alternatives printed as one item" in change.why for change in diff.changes)


def test_but_requirements_joined_by_or_are_a_change(tmp_path: Path) -> None:
    policy = POLICY.replace("ONE of the following", "ALL of the following")
    assert substantive(diff_of(tmp_path, policy.replace(WHOLE, PARTS), policy.replace(WHOLE, JOINED)))


def test_reference_to_items_is_followed(tmp_path: Path) -> None:
    first = "1. The logger is 18 years"
    diff = edited(tmp_path, first, first.replace("1. ", "1. The logger lives in a cold place; and\n2. "))
    others = "the items it refers to by their numbers are others now"
    (told,) = [change for change in diff.changes if others in change.why]
    assert told.significance == "substantive"
    assert text_of(told.after).startswith("Renewal requires")


def test_background_bears_on_evidence(tmp_path: Path) -> None:
    (change,) = edited(tmp_path, "about 3 in 1000", "about 4 in 1000").changes
    assert (change.kind, change.significance, change.bears_on) == ("text", "substantive", "evidence")


def test_dates_are_editorial_and_told_once(tmp_path: Path) -> None:
    diff = edited(tmp_path, "January 1, 2024", "July 1, 2025")
    (change,) = diff.changes
    assert (change.kind, change.significance) == ("metadata", "editorial")
    assert change.summary == "Effective date: 2024-01-01 → 2025-07-01"
    assert [each.reason for each in diff.suppressed] == ["date"]


def test_coverage_comes_first(tmp_path: Path) -> None:
    new = POLICY.replace("January 1, 2024", "July 1, 2025").replace("3 in 1000", "4 in 1000").replace("20 mm", "30 mm")
    diff = diff_of(tmp_path, POLICY, new)
    assert [change.bears_on for change in diff.changes] == ["coverage", "evidence", "administration"]


# --------------------------------------------------------------------------- properties

LINES = [line for line in POLICY.splitlines() if re.search(r"\w", line) and not line.startswith(("|", "#"))]
NUMBERS = [match.span() for match in re.finditer(r"(?<= )\d+(?= (?:years|warming|weeks|mm))", POLICY)]
few = settings(max_examples=15, derandomize=True, database=None, deadline=None,
               suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(st.sampled_from(NUMBERS), st.integers(1, 9999))
def test_any_other_number_in_a_criterion_is_substantive(tmp_path: Path, span: tuple[int, int], number: int) -> None:
    old = POLICY[slice(*span)]
    diff = diff_of(tmp_path, POLICY, POLICY[: span[0]] + str(number) + POLICY[span[1] :])
    assert bool(substantive(diff)) == (str(number) != old)


@few
@given(st.sets(st.sampled_from(LINES), max_size=4), st.sets(st.sampled_from(LINES), max_size=4))
def test_swapping_the_versions_mirrors_the_result(tmp_path: Path, left_out: set[str], put_in: set[str]) -> None:
    one = "\n".join(line for line in POLICY.splitlines() if line not in left_out)
    other = "\n".join(line for line in POLICY.splitlines() if line not in put_in)
    there, back = diff_of(tmp_path, one, other), diff_of(tmp_path, other, one)
    assert sorted(map(mirrored, there.changes)) == sorted(map(plain, back.changes))


def plain(change: Change) -> tuple[str, ...]:
    return change.action, change.significance, change.bears_on, text_of(change.before), text_of(change.after)


def mirrored(change: Change) -> tuple[str, ...]:
    action = {"added": "removed", "removed": "added"}.get(change.action, change.action)
    return action, change.significance, change.bears_on, text_of(change.after), text_of(change.before)


def test_a_document_against_itself_gives_nothing(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, POLICY)
    assert versions.compare(reading, reading, lexicon.load()) == Diff((), (), ())


def test_blank_lines_and_blanks_give_nothing(tmp_path: Path) -> None:
    assert not diff_of(tmp_path, POLICY, POLICY.replace("\n\n", "\n\n\n").replace(" of ", "  of ")).changes


def test_every_change_reads_its_words_in_its_document(tmp_path: Path) -> None:
    new = POLICY.replace("20 mm", "30 mm").replace("Loss of feeling for more than 6 weeks", "Blisters")
    old, other = reading_of(tmp_path, POLICY, "a.md"), reading_of(tmp_path, new, "b.md")
    for change in versions.compare(old, other, lexicon.load()).changes:
        for side, reading in ((change.before, old), (change.after, other)):
            for anchor in (side.anchor, *side.anchor.continues) if side else ():
                assert reading.document.text[anchor.start : anchor.end] == anchor.quote


def test_what_tells_a_reviewer_when_to_approve_is_a_rule_under_whatever_heading(tmp_path: Path) -> None:
    rule = "1. Frost nose. Approve for 1 year if the logger meets BOTH of these:\n    a. The logger is 30 years old"
    granted = POLICY.replace("## Coding", f"{rule}; and\n    b. The nose is blue\n\n## Coding")
    (change,) = substantive(diff_of(tmp_path, granted, granted.replace("30 years", "40 years")))
    assert change.bears_on == "coverage"
    (change,) = substantive(diff_of(tmp_path, granted, granted.replace("1 in", "2 in").replace("3 in", "2 in")))
    assert change.bears_on == "evidence"


def test_an_item_cut_short_is_that_item(tmp_path: Path) -> None:
    (change,) = substantive(edited(tmp_path, "Loss of feeling for more than 6 weeks", "Loss of feeling"))
    assert change.action == "modified"


def test_words_used_for_each_other_change_no_rule(tmp_path: Path) -> None:
    usual = POLICY.replace("It may heal", "It usually heals")
    assert substantive(diff_of(tmp_path, usual, usual.replace("usually", "typically"))) == []


def test_a_heading_that_is_no_heading_in_the_other_version_moves_nothing(tmp_path: Path) -> None:
    heading = "Snow shoes that are not covered"
    old = POLICY.replace("## Background", f"### {heading}\n\nThey do nothing for mules.\n\n## Background")
    diff = diff_of(tmp_path, old, old.replace(f"### {heading}", f"{heading}:"))
    assert substantive(diff) == []


def test_a_code_that_went_from_what_is_not_covered_to_what_is_is_a_change_of_rule(tmp_path: Path) -> None:
    head = "\n### Not Covered Codes\n\n| Code | Description |\n| --- | --- |\n| E9903 | Snow sledge, each |\n"
    tables = POLICY.replace("| Code |", "### Covered Codes\n\n| Code |").replace("| E9902", f"{head}| E9902")
    row = "| E9902 | Snow shoe, ready made, each |\n"
    covered = tables.replace(row, "").replace("made, each |\n\n", f"made, each |\n{row}\n", 1)
    (change,) = substantive(diff_of(tmp_path, tables, covered))
    assert (change.bears_on, change.why) == ("coverage", ("code E9902: not covered -> supports coverage",))


def test_the_same_words_cut_into_other_units_are_reflow(tmp_path: Path) -> None:
    cut = "Snow shoes are kept dry and warm in summer\n\nthey are then checked each year by the maker\n\n"
    old, new = (
        POLICY.replace("## Background", f"{text}## Background")
        for text in (cut, cut.replace("summer\n\n", "summer ").replace("warm in", "warm\n\nin"))
    )
    diff = diff_of(tmp_path, old, new)
    assert not diff.changes
    assert {each.reason for each in diff.suppressed} == {"reflow"}
