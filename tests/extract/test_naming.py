"""How an indication is named where its own words do not say of what it speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of, tree

POLICY = "# Medical Policy: Warmol\n\n## Policy\n\n"
CRITERIA = "- Member is cold\n- Member is old\n"


def test_a_heading_with_a_long_bracket_names_its_use(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, POLICY + (
        "Coverage of Warmol is provided in the following conditions:\n\n"
        "### 1. Toeitis (a swelling of any toe that comes after long marches over snow in late winter nights)\n\n"
        "- Toes are white\n- Snow lies\n"
    ))
    assert (use.text.split(" (")[0], use.label) == ("Toeitis", "1.")
    assert tree(use.criteria) == ["Toes are white", "Snow lies"]


def test_a_name_with_a_bracket_stands_before_its_statement(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, POLICY + (
        "- Toeitis (which has, as each shepherd of the valley is told, no cause but snow). "
        f"Approve if all of the following are met:\n{CRITERIA.replace('- ', '    - ')}"
    ))
    assert use.text.startswith("Toeitis")


def test_the_documents_title_names_criteria_that_nothing_else_names(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, f"{POLICY}### Criteria for approval\n\n{CRITERIA}")
    assert use.text == "Warmol: Criteria for approval"


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Must meet all of the following:", "Initial therapy: Warmol is approved if"),
        ("Frozen Toes", "Frozen Toes: Warmol is approved if"),
    ],
)
def test_a_lead_in_set_as_a_heading_is_no_name(tmp_path: Path, heading: str, text: str) -> None:
    (use,) = indications_of(tmp_path, (
        "# Medical Policy: Warmol\n\n## Coverage Criteria\n\n### Initial therapy\n\n"
        f"#### {heading}\n\nWarmol is approved if:\n\n{CRITERIA}"
    ))
    assert use.text.removeprefix("Initial therapy: ") == text.removeprefix("Initial therapy: ")
