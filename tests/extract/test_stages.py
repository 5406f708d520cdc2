"""What continues an approval is an indication of its own; what begins one beside it is of the first stage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of, tree

HEAD = "# Medical Policy: Warmol\n\n"


def test_a_heading_of_renewal_over_conditions_is_one_use_with_them(tmp_path: Path) -> None:
    text = (
        f"{HEAD}## Criteria\n\n### Initial criteria\n\nWarmol is approved for toeitis when all are met:\n\n"
        "1. Toes are white\n2. Snow lies\n\n### Re-approval: one year [must meet both]\n\n"
        "1. Less white toes\n2. Snow still lies\n"
    )
    first, second = indications_of(tmp_path, text)
    assert (first.stage, second.stage) == ("initial", "continuation")
    assert (second.logic, tree(second.criteria)) == ("all", ["Less white toes", "Snow still lies"])


@pytest.mark.parametrize(
    "said",
    [
        "Members requesting authorization for continuation of Warmol must meet all requirements above.",
        "For any ongoing authorization of Warmol, a report of warm toes must be provided.",
    ],
)
def test_approval_goes_on_without_a_word_of_granting(tmp_path: Path, said: str) -> None:
    text = f"{HEAD}## Criteria\n\nWarmol is covered for toeitis.\n\n## Continuation of therapy\n\n{said}\n"
    uses = indications_of(tmp_path, text)
    assert [(use.determination.value, use.stage) for use in uses[1:]] == [("medically_necessary", "continuation")]


def test_a_footnote_names_no_stage(tmp_path: Path) -> None:
    text = f"{HEAD}## Reauthorization\n\nWarmol is covered for toeitis.\n\n* Icol is not covered for toeitis.\n"
    assert [use.stage for use in indications_of(tmp_path, text)] == ["continuation", None]


RENEWED = "Warmol is approved for {0} when all are met:\n\n- Toes are less white\n- Snow still lies\n"
ASKED = "Warmol is approved for toeitis when all are met:\n\n- {0}\n- Snow lies\n\n"


@pytest.mark.parametrize(
    ("heading", "of", "first", "stage"),
    [
        ("Renewal criteria", "the member", "Toes are white", "initial"),
        ("Renewal criteria", "toeitis", "Toes are white", "initial"),
        ("Renewal criteria", "gout", "Toes are white", None),
        ("Other uses", "the member", "Toes are white", None),
        ("Renewal criteria", "toeitis", "Members already receiving it, all of:\n    - Toes are pink\n    - Snow", None),
    ],
)
def test_beside_renewals_what_has_no_stage_is_initial(
    tmp_path: Path, heading: str, of: str, first: str, stage: str | None
) -> None:
    text = f"{HEAD}## Criteria\n\n{ASKED.format(first)}## {heading}\n\n{RENEWED.format(of)}"
    assert indications_of(tmp_path, text)[0].stage == stage


@pytest.mark.parametrize(
    ("heading", "stage"), [("Approved indications", None), ("Labeled uses", None), ("Criteria of warmth", "initial")]
)
def test_a_list_of_approved_uses_is_of_every_stage(tmp_path: Path, heading: str, stage: str | None) -> None:
    listed = f"## {heading}\n\nWarmol is approved for the following:\n\n- Toeitis\n- Gout\n\n"
    text = f"{HEAD}## Policy\n\n#{listed}### Renewal criteria\n\n{RENEWED.format('toeitis')}"
    assert [use.stage for use in indications_of(tmp_path, text)] == [stage, None, "continuation"]


@pytest.mark.parametrize("said", ["beyond the initial 45 days", "after an initial bath"])
def test_what_follows_the_first_time_is_of_no_first_stage(tmp_path: Path, said: str) -> None:
    use, = indications_of(tmp_path, f"{HEAD}## Policy\n\nWarmol {said} is considered investigational.\n")
    assert use.stage is None
