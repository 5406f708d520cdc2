"""Words that look like a notice's or a definition's and are a service's, and the other way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Determination as D
from tests.extract.reading import facts_of, indications_of

HEAD = "# Medical Policy: Toe Warming\n\n## Policy\n\n"
ITEMS = "\n\n1. Toes that stay white\n2. Toes that stay cold\n"


@pytest.mark.parametrize("service", ["Contact warmers", "Home nursing visits", "Telephone calls", "Contact lenses"])
def test_services_may_be_called_like_an_act_of_the_members(tmp_path: Path, service: str) -> None:
    use, = indications_of(tmp_path, f"{HEAD}{service} are covered when ONE of the following is met:{ITEMS}")
    assert (use.determination, use.logic, len(use.criteria)) == (D.MEDICALLY_NECESSARY, "any", 2)


@pytest.mark.parametrize("notice", [
    "Please contact the plan when a warmer is not covered.", "Contact member service if warmers are not covered.",
    "Toe Health does not cover investigational services.", "Toe Health will not pay for cosmetic or unproven devices.",
])
def test_notices_state_nothing(tmp_path: Path, notice: str) -> None:
    use, = indications_of(tmp_path, f"{HEAD}Toe warming is covered for gout.\n\n{notice}\n")
    assert use.text == "Toe warming is covered for gout"


def test_people_who_must_have_both_have_criteria(tmp_path: Path) -> None:
    lead = "Toe warming is MEDICALLY NECESSARY for people with gout including old gout who have both:"
    use, = indications_of(tmp_path, f"{HEAD}{lead}{ITEMS}")
    assert (use.logic, len(use.criteria)) == ("all", 2)


def test_a_refusal_of_the_list_above_is_no_use_of_its_own(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{HEAD}Toe warming is not covered for the following:\n\n- Chilblains\n- Gout\n\n"
        "This is considered experimental as it is not found in the records of any winter.\n"
    ))
    assert [(use.text.rpartition(": ")[2], use.determination) for use in uses] == [
        ("Chilblains", D.NOT_COVERED), ("Gout", D.NOT_COVERED)]  # fmt: skip


def test_a_refusal_that_begins_with_it_may_name_a_use(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{HEAD}Toe warming is not covered for the following:\n\n- Chilblains\n- Gout\n\n"
        "It is not considered medically necessary to warm both feet in one session.\n"
    ))
    assert [use.determination for use in uses] == [D.NOT_COVERED, D.NOT_COVERED, D.NOT_MEDICALLY_NECESSARY]


def test_what_points_back_to_what_a_payer_does_is_named_by_that(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, f"{HEAD}Toe Health will not provide coverage for sand baths. It is unproven.\n")
    assert [use.text for use in uses][1:] == ["sand baths"]


def test_a_use_named_beside_all_others_is_a_use(tmp_path: Path) -> None:
    sentence = "Sand baths are considered investigational for the treatment of gout and for all other uses."
    _, facts = facts_of(tmp_path, f"{HEAD}{sentence}\n")
    assert [(use.text, use.determination) for use in facts.indications] == [("gout", D.INVESTIGATIONAL)]
    assert [clause.scope for clause in facts.catch_all] == ["Sand baths for all other uses"]


def test_a_heading_with_its_words_behind_it_is_no_criterion_of_the_bullets_above(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "Toe Health\nMP3 Toe warming\nI. Policy: Toe warming\nII. Purpose: To tell of cover\nV. Required Definitions\n"
        "Warm: not cold\nVI. Indications:\nToe warming is considered medically necessary when the following criteria "
        "are met:\n- Gout of ten years\n- Age 14 to 65 years\nVII. Limitations: more than one a day\n"
        "VIII. Exclusions:\nToe warming is not covered for chilblains.\n"
    ), ".txt")
    (criteria,) = (use.criteria for use in uses if use.determination == D.MEDICALLY_NECESSARY)
    assert [(criterion.text, criterion.children) for criterion in criteria] == [
        ("Gout of ten years", ()), ("Age 14 to 65 years", ())]  # fmt: skip
