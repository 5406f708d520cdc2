"""Names of conditions: what names one, and what is only such a name."""

from __future__ import annotations

import pytest

from policyview.extract.conditions import is_condition_title, names_condition
from tests.extract.reading import LEXICON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stovemaker\u2019s elbow pain", True),
        ("winter toeitis of the left foot", True),
        ("Nightcap syndrome", True),
        ("the diagnosis and prognosis", False),
        ("a stove in each room", False),
    ],
)
def test_a_condition_is_known_by_the_lexicon_or_by_how_its_name_is_built(text: str, expected: bool) -> None:
    assert names_condition(text, LEXICON) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Toeitis",
        "Nightcap syndrome (NCS); AND",
        "Winter gout [must meet each of the requirements that the plan prints behind the name of this very disease]:",
        "2-day fever syndrome",
    ],
)
def test_a_title_is_a_name_with_brackets_and_joints_around_it(text: str) -> None:
    assert is_condition_title(text, LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "toeitis",
        "Toeitis is present",
        "Trial of a balm in toeitis",
        "Member with toeitis must walk",
        "Patients with toeitis",
        "Moderate to severe",
        "Dosing in toeitis",
        "The warm stove",
        "Toeitis of one who walks home over snow in wooden shoes and no socks at night",
        "(toeitis)",
    ],
)
def test_what_says_more_than_a_name_or_none_is_no_title(text: str) -> None:
    assert not is_condition_title(text, LEXICON)
