"""Which changes the payer's own revision history tells of, and which of its entries the text shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.versions.made import POLICY, diff_of

ROW = "| 01/2022 | New policy |"


def with_entry(entry: str, **edits: str) -> str:
    text = POLICY.replace(ROW, f"| 02/2025 | {entry} |\n{ROW}")
    for old, new in edits.items():
        text = text.replace(old.replace("_", " "), new)
    return text


@pytest.mark.parametrize(("entry", "is_told", "found"), [
    ("Added frost burns of the nose as a criterion", True, "yes"),
    ("Removed frost burns of the nose", False, "no"),
    ("Added coverage of sledges", False, "no"),
    ("Annual review and reference update", False, "no text difference"),
])  # fmt: skip
def test_added_criterion(tmp_path: Path, entry: str, is_told: bool, found: str) -> None:
    edits = {"20_mm_or_more\n": "20 mm or more\n    d. Frost burns of the nose\n"}
    diff = diff_of(tmp_path, POLICY, with_entry(entry, **edits))
    (change,) = [each for each in diff.changes if each.significance == "substantive"]
    assert (change.documented is not None) == is_told
    assert [each.found for each in diff.history] == [found]


def test_denial_is_not_told_of_by_an_entry_that_grants(tmp_path: Path) -> None:
    new = with_entry("Added loggers with ice allergy", **{"20_mm_or_more\n": "20 mm or more\n    d. No ice allergy\n"})
    (change,) = [each for each in diff_of(tmp_path, POLICY, new).changes if each.significance == "substantive"]
    assert change.documented is None


def test_entry_that_says_nothing_was_changed_is_contradicted(tmp_path: Path) -> None:
    entry = "Annual review, no changes to policy statements"
    (said,) = diff_of(tmp_path, POLICY, with_entry(entry, **{"20_mm": "30 mm"})).history
    assert said.is_contradicted
    (said,) = diff_of(tmp_path, POLICY, with_entry(entry)).history
    assert not said.is_contradicted
    assert said.found == "no text difference"


def test_entries_of_both_versions_are_not_asked(tmp_path: Path) -> None:
    assert diff_of(tmp_path, POLICY, POLICY.replace("20 mm", "30 mm")).history == ()


@pytest.mark.parametrize(("entry", "edits", "is_told"), [
    ("Annual review; frost burns extended to 30 mm", {"20_mm": "30 mm"}, True),
    ("Annual review; frost burns extended to 40 mm", {"20_mm": "30 mm"}, False),
    ("For snow shoe therapy, updated loss of feeling and warming agents", {"6_weeks": "8 weeks"}, True),
    ("For snow shoe therapy, updated loss of feeling and warming agents", {"20_mm": "30 mm"}, False),
    ("For sledge repair, updated loss of feeling and warming agents", {"6_weeks": "8 weeks"}, False),
    ("Annual review; loss of feeling required for snow shoe therapy shortened", {"6_weeks": "4 weeks"}, True),
    ("Annual review; loss of feeling required for snow shoe therapy shortened", {"20_mm": "30 mm"}, False),
    ("Expanded age criterion", {"18_years_old": "16 years of age"}, True),
    ("Removed age criterion", {"18_years_old_or_older": "18 years old or older, with consent"}, False),
    ("Updated HCPCS codes E9901 and E9902", {"|_E9901_|_Snow_shoe,_custom_made,_each_|\n": ""}, True),
])  # fmt: skip
def test_each_part_of_an_entry_tells_of_its_own_change(
    tmp_path: Path, entry: str, edits: dict[str, str], is_told: bool
) -> None:
    changes = diff_of(tmp_path, POLICY, with_entry(entry, **edits)).changes
    (change,) = [each for each in changes if each.significance == "substantive"]
    assert (change.documented is not None) == is_told


def test_entry_that_was_read_on_is_no_new_entry(tmp_path: Path) -> None:
    longer = POLICY.replace("New policy |", "New policy, approved |")
    assert diff_of(tmp_path, POLICY, longer).history == ()
