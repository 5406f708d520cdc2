"""Conditions said once for all uses, or by use elsewhere: each use inherits its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of

USES = (
    "## Coverage Criteria\n\n### Gout\n\n"
    "Warmol is covered when all of the following are met:\n\n- White toes\n- Pain\n\n"
    "### Raynaud disease\n\nWarmol is covered when all of the following are met:\n\n- Blue toes\n- Numb toes\n\n"
    "### Warts\n\nWarmol is not covered for warts.\n\n"
)


def inherited(tmp_path: Path, text: str) -> dict[str, list[tuple[str, str]]]:
    """By use, what it inherits; the refused use is called by the drug."""
    found = indications_of(tmp_path, text)
    return {i.text.split(":")[0]: [(c.text, c.kind) for c in i.inherited] for i in found}


def test_a_line_for_all_indications_is_inherited_by_each_that_is_granted(tmp_path: Path) -> None:
    text = f"# Drug Policy: Warmol\n\n{USES}## Other\n\nFor all indications: Member has a warm bed.\n"
    said = [("Member has a warm bed", "other")]
    assert inherited(tmp_path, text) == {"Gout": said, "Raynaud disease": said, "Warmol": []}


def test_prescribers_by_use_go_to_the_use_they_name(tmp_path: Path) -> None:
    text = (
        "# Drug Policy: Warmol\n\n## Prescriber Specialties\n\nWarmol must be prescribed by one of the following:\n\n"
        f"- Gout and gravel: internist\n- Raynaud disease (RD): surgeon\n\n{USES}"
    )
    assert inherited(tmp_path, text) == {
        "Gout": [("Gout and gravel: internist", "prescriber")],
        "Raynaud disease": [("Raynaud disease (RD): surgeon", "prescriber")],
        "Warmol": [],
    }


def test_prescribers_of_all_uses_go_to_all(tmp_path: Path) -> None:
    text = f"# Drug Policy: Warmol\n\n## Prescriber requirements\n\nWarmol is prescribed by a surgeon.\n\n{USES}"
    said = [("Warmol is prescribed by a surgeon", "prescriber")]
    assert inherited(tmp_path, text) == {"Gout": said, "Raynaud disease": said, "Warmol": []}


@pytest.mark.parametrize(("name", "said", "is_shared"), [
    ("Toe wart flare (all brands)", "toe wart itching", True),
    ("Winter limp (WL)", "severe WL", True),
    ("Winter limp (WL)", "summer sores", False),
])
def test_prescribers_of_a_heading_go_to_a_use_whose_words_agree_with_it(
    tmp_path: Path, name: str, said: str, is_shared: bool
) -> None:
    text = (
        f"# Drug Policy: Warmol\n\n## Prescriber Specialties\n\n"
        f"Warmol must be prescribed by one of the following:\n\n- {name}: surgeon\n\n"
        f"## Coverage Criteria\n\n### {name}\n\n"
        f"Authorization of 9 months may be granted for treatment of {said} that keeps adults awake in cold nights "
        "when all are met:\n\n"
        "- Toes are white\n- The bill is paid\n"
    )
    (use,) = indications_of(tmp_path, text)
    assert [c.text for c in use.inherited] == [f"{name}: surgeon"] * is_shared
