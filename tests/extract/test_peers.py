"""A lettered use that says only what for and for how long is granted like those beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of

HEAD = "# Medical Policy: Warmol\n\n## Coverage criteria\n\n### A. Toeitis\n\n"
GRANTED = "Warmol is covered for toeitis when all are met:\n\n- Toes are white\n- Snow lies\n\n"
NAMED = "The salve is found in the list of the guild.\n\n"
PERIOD = "Authorization will be issued for 12 months.\n"


def test_a_period_grants_among_granted_peers(tmp_path: Path) -> None:
    _, use = indications_of(tmp_path, f"{HEAD}{GRANTED}### B. Winter regimens\n\n{NAMED}{PERIOD}")
    assert use.text == "Winter regimens: The salve is found in the list of the guild"
    assert (use.determination.value, use.stated) == ("medically_necessary", PERIOD.strip())
    assert [limit.text for limit in use.limits] == [PERIOD.strip(" .\n")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (GRANTED, f"### B. Winter regimens\n\n{NAMED}"),
        (GRANTED, f"### B. Winter regimens\n\n{PERIOD}"),
        (GRANTED, f"### Winter regimens\n\n{NAMED}{PERIOD}"),
        (GRANTED, f"## B. Winter regimens\n\n{NAMED}{PERIOD}"),
        ("Warmol is not covered for toeitis.\n\n", f"### B. Winter regimens\n\n{NAMED}{PERIOD}"),
    ],
    ids=["no period", "nothing named", "no letter", "another list", "refused peer"],
)
def test_what_is_no_such_peer_is_not_granted(tmp_path: Path, before: str, after: str) -> None:
    assert len(indications_of(tmp_path, f"{HEAD}{before}{after}")) == 1
