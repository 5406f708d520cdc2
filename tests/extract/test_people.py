"""Whom a statement is about: the whole of their description, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of

POLICY = "# Medical Policy: Snow Baths\n\n## Policy\n\n"


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        (
            "Snow baths are covered for patients with slow gout for whom a stove is not advised or for whom it broke.",
            "patients with slow gout for whom a stove is not advised or for whom it broke",
        ),
        ("Snow baths are covered for members 6 years or older who are tired of stoves.",
         "members 6 years or older who are tired of stoves"),
        ("Members who have had gout are covered for snow baths.", "Members who have had gout"),
        ("Snow baths are covered for adults, adolescents, and children with gout.",
         "adults, adolescents, and children with gout"),
        ("Snow baths are covered for adults with stubborn, slowly disabling, end-stage gout of the toe.",
         "adults with stubborn, slowly disabling, end-stage gout of the toe"),
        ("Snow baths are covered for members 12 years or older for treatment of gout.", "members 12 years or older"),
        ("Snow baths are covered for children with nightcap bone syndrome (NBS) of the left ear.",
         "children with nightcap bone syndrome (NBS) of the left ear"),
        (
            "Snow baths are covered for adults who have for many long winters been treated with several stoves.",
            "adults who have for many long winters been treated with several stoves",
        ),
        ("Snow baths are covered for members of any age who meet all of the following: frost.", ""),
        ("Snow baths are covered for adults who meet the following three criteria.", "adults"),
        ("Snow baths are covered for adults aged 20 or less and 1 or more the following criteria are met: frost.",
         "adults aged 20 or less"),
        ("Snow baths are covered for teeth of the male partner.", ""),
    ],
)
def test_people_as_a_statement_describes_them(tmp_path: Path, sentence: str, people: str) -> None:
    use, *_ = indications_of(tmp_path, POLICY + sentence)
    assert use.population == people
