"""What a criteria document says once for all the uses it lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.collector import FROM_GENERAL
from policyview.model import Determination
from tests.extract.reading import indications_of, tree

USES = "## Toeitis\n\n- Toes are white\n- Pain at rest\n\n## Snow Eczema\n\n- Skin is red\n- Skin is dry\n"


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("Warmol requires prior authorization. The clinical criteria are those of Larkspur.", "clinical criteria"),
        ("Warmol requires prior authorization.", "requires prior authorization"),
    ],
    ids=["criteria before other words", "approval"],
)
def test_words_on_criteria_for_approval_hold_for_every_condition_with_a_doubt(
    tmp_path: Path, said: str, stated: str
) -> None:
    found = indications_of(tmp_path, f"# Warmol\n\n{said}\n\n{USES}")
    assert [(i.text, tree(i.criteria)) for i in found] == [
        ("Toeitis", ["Toes are white", "Pain at rest"]), ("Snow Eczema", ["Skin is red", "Skin is dry"]),
    ]
    for use in found:
        assert (use.determination, use.stated) == (Determination.MEDICALLY_NECESSARY, stated)
        assert use.confidence == FROM_GENERAL
        assert use.doubt is not None
        assert "once for all uses" in use.doubt


def test_a_statement_over_criteria_goes_before_words_on_approval(tmp_path: Path) -> None:
    covers = "Warmol is considered medically necessary when the criteria below are met."
    said = f"Warmol requires prior authorization. {covers}"
    assert {i.stated for i in indications_of(tmp_path, f"# Warmol\n\n{said}\n\n{USES}")} == {
        "is considered medically necessary"
    }


@pytest.mark.parametrize("said", ["Warmol warms.", "Warmol is not covered under the criteria below."])
def test_a_document_that_speaks_of_no_approval_covers_nothing(tmp_path: Path, said: str) -> None:
    found = indications_of(tmp_path, f"# Warmol\n\n{said}\n\n{USES}")
    assert not [i for i in found if i.determination == Determination.MEDICALLY_NECESSARY]


def test_criteria_of_a_condition_after_an_exclusion_section_are_covered(tmp_path: Path) -> None:
    text = (
        "# Warmol\n\n## Policy\n\nWarmol is considered medically necessary when the criteria below are met.\n\n"
        "### Toeitis\n\n- Toes are white\n\n### Exclusions\n\n- Warmol is not covered for winter gout.\n\n"
        "### Snow eczema\n\n- Skin is red\n- Skin is dry\n"
    )
    toes, gout, skin = indications_of(tmp_path, text)
    assert [i.determination.value for i in (toes, gout, skin)] == [
        "medically_necessary", "not_covered", "medically_necessary",
    ]
    assert (skin.text, skin.confidence) == ("Snow eczema", FROM_GENERAL)


def test_a_heading_on_authorization_holds_for_lists_of_diagnoses_under_later_headings(tmp_path: Path) -> None:
    lists = "".join(
        f"## {drug}\n\n1. The patient must have a diagnosis of gout AND\n    a. {way} AND\n    b. White toes\n"
        f"2. Must have moderate to severe plaque psoriasis AND\n    a. {way} AND\n    b. Red skin\n\n"
        for drug, way in (("Coldol (tablet)", "Must have failed wool"), ("Icemol (cream)", "Must have failed baths"))
    )
    found = indications_of(tmp_path, f"# Limb Drugs\n\n## Authorization Criteria\n\nThese are two drugs.\n\n{lists}")
    assert [(i.section, tree(i.criteria)) for i in found] == [
        ("Coldol (tablet)", ["Must have failed wool", "White toes"]),
        ("Coldol (tablet)", ["Must have failed wool", "Red skin"]),
        ("Icemol (cream)", ["Must have failed baths", "White toes"]),
        ("Icemol (cream)", ["Must have failed baths", "Red skin"]),
    ]
    assert {(i.confidence, i.stated) for i in found} == {(FROM_GENERAL, "Authorization Criteria")}
    assert all(i.inherited == () for i in found)
