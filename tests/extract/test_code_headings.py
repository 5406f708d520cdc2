"""Codes under headings that refuse them, and in tables of bars that a plain text holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import facts_of

HEAD = "Toe Warming\n\nPolicy\n\nToe warming is covered for gout.\n\nCoding\n\n"


@pytest.mark.parametrize(("heading", "group"), [
    ("Not Covered Codes", "not_covered"), ("Non-covered codes", "not_covered"), ("Covered Codes", "supports_coverage"),
    ("Codes that do not meet coverage criteria:", "not_covered"), ("Codes not covered:", "not_covered"),
    ("The following codes do not meet coverage criteria:", "not_covered"),
])
def test_codes_printed_as_paragraphs_are_what_their_heading_says(tmp_path: Path, heading: str, group: str) -> None:
    _, facts = facts_of(tmp_path, f"{HEAD}{heading}\n\n97003 Toe lamp\n\nE1234 Toe shoes\n", ".txt")
    assert [(code.code, code.group) for code in facts.codes] == [("97003", group), ("E1234", group)]


def test_a_table_of_bars_in_a_text_has_rows(tmp_path: Path) -> None:
    table = "| Code | What | Status |\n|---|:--|---|\n| 97003 | Toe lamp | Not covered |\n| 97007 | Tea | Covered |\n"
    _, facts = facts_of(tmp_path, f"{HEAD}{table}", ".txt")
    assert [(code.code, code.description, code.group) for code in facts.codes] == [
        ("97003", "Toe lamp", "not_covered"), ("97007", "Tea", "supports_coverage"),
    ]
    table = "Use | Position\n--- | ---\nGout | Covered\nBurns | Not covered\n"
    _, facts = facts_of(tmp_path, f"Toe Warming\n\nPolicy\n\n{table}", ".txt")
    assert [(use.text, use.determination.value) for use in facts.indications] == [
        ("Gout", "medically_necessary"), ("Burns", "not_covered"),
    ]
