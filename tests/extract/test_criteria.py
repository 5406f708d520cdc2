"""Criteria: of which kind each is, and what among the items is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import indications_of

TITLE = "# Medical Policy: Limb Warming\n\n## Policy\n\n"
LEAD = "Limb warming is considered medically necessary for cold toes when all of the following criteria are met:\n\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Has endometrial carcinoma", "other"),
        ("Enrolled in a clinical trial of warming", "other"),
        ("Relapsed or refractory cold toes", "other"),
        ("Member has heart failure or gout", "other"),
        ("Without a loading dose", "other"),
        ("Not to exceed three courses", "other"),
        ("The stove does not lend itself to being moved", "other"),
        ("Warm rooms do not help", "other"),
        ("The other lamp is not an option for the member", "other"),
        ("Creams must not have helped", "other"),
        ("Toes relapsed after allogeneic toe transplantation", "other"),
        ("Toes did not freeze", "other"),
        ("The lamp will not be used in the dark", "exclusion"),
        ("Has not previously received gene therapy", "exclusion"),
        ("No prior treatment with another warmer", "exclusion"),
        ("Member has no contraindication to aspirin", "exclusion"),
        ("No open wound", "exclusion"),
        ("Used as second-line treatment", "step"),
        ("Toes grew colder: the disease progressed after one warming therapy", "step"),
        ("Member must use the preferred biosimilars", "step"),
        ("Relapsed or refractory after two courses", "step"),
        ("Contraindication or intolerance to aspirin", "step"),
        ("Has not responded to creams", "step"),
        ("A 3-month trial of creams", "step"),
    ],
)
def test_a_criterion_is_of_a_kind(tmp_path: Path, text: str, kind: str) -> None:
    (indication,) = indications_of(tmp_path, f"{TITLE}{LEAD}- {text}\n- Toes are white\n")
    assert indication.criteria[0].kind == kind


def test_items_that_except_from_the_others_are_exceptions(tmp_path: Path) -> None:
    text = TITLE + LEAD + (
        "1. Toes are white\n2. Two creams failed\n3. Exceptions: members with eczema need no cream\n"
        "4. Exception to this rule: any of these\n    a. Children\n    b. Sailors\n"
    )
    (indication,) = indications_of(tmp_path, text)
    assert [c.text for c in indication.criteria] == ["Toes are white", "Two creams failed"]
    assert [note.text for note in indication.exceptions] == [
        "Exceptions: members with eczema need no cream", "Exception to this rule: any of these", "Children", "Sailors",
    ]


def test_a_list_that_explains_an_item_is_no_list_of_criteria(tmp_path: Path) -> None:
    (indication, _) = indications_of(tmp_path, (
        f"{TITLE}Limb warming is covered for the following indications:\n\n- Cold toes of unknown cause\n\n"
        "    Differential diagnoses of cold toes are:\n\n    - Gout\n    - Chilblains\n- White toes\n"
    ))
    assert indication.criteria == ()
