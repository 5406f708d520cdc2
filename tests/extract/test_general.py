"""What a criteria document says once for all the uses it lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview import read
from policyview.extract.doubts import FROM_GENERAL
from policyview.extract.general import general_lead
from policyview.model import Determination, Part, Passage
from policyview.segment import segment
from tests.extract.reading import LEXICON, indications_of, tree

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


def test_a_heading_on_authorization_holds_for_what_follows_where_no_words_do(tmp_path: Path) -> None:
    path = tmp_path / "invented.md"
    path.write_text("# Limb Drugs\n\n## Authorization Criteria\n\nThese are two drugs.\n", encoding="utf-8")
    parts = segment(read.document(path), LEXICON).parts

    def headed(part: Part) -> Passage | None:
        heading = part.section.heading if part.section else ""
        return Passage(heading, range(len(heading))) if "Criteria" in heading else None

    lead = general_lead(parts, lambda sentence: None, headed, LEXICON)
    assert lead is not None
    assert lead.cue.words.text == "Authorization Criteria"
    assert general_lead(parts, lambda sentence: None, lambda part: None, LEXICON) is None
