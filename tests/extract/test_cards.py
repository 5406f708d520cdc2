"""Labelled lines over criteria that say which use they are for."""

from __future__ import annotations

from pathlib import Path

from tests.extract.reading import indications_of, tree

LONG = "These lines tell how toe warmers are asked for and who may ask for them, in winter and in all of the year."
CARD = """Approval Criteria

1 - Diagnosis of toeitis

AND

2 - One of the following:

2.1 Warm tea failed

OR

2.2 Warm tea is not tolerated

"""


def test_a_card_names_the_use_below_it_with_its_stage_and_period(tmp_path: Path) -> None:
    first, later = indications_of(tmp_path, (
        "Prior Authorization Guideline\n\nWarmol (warmab)\n\n1. Indications\n\nToeitis\n\n"
        "Indicated for toeitis in adults who cannot drink tea.\n\n2. Criteria\n\nProduct Name: Warmol\n"
        "Diagnosis: Toeitis\nApproval Length: 6 month(s)\nTherapy Stage: Initial Authorization\n\n" + CARD +
        "Product Name: Warmol\nDiagnosis: Toeitis\nApproval Length: 12 month(s)\nTherapy Stage: Reauthorization\n\n"
        "Approval Criteria\n\n1 - Patient shows warmer toes than before\n"
    ), ".txt")
    assert (first.text, first.stage) == ("Warmol: Toeitis: Initial Authorization", "initial")
    assert [limit.text for limit in first.limits] == ["Approval Length: 6 month(s)"]
    assert tree(first.criteria) == [
        "Diagnosis of toeitis", ["One of the following:", "any", ["Warm tea failed", "Warm tea is not tolerated"]],
    ]
    assert (later.text, later.stage) == ("Warmol: Toeitis: Reauthorization", "continuation")
    assert [limit.text for limit in later.limits] == ["Approval Length: 12 month(s)"]


def test_what_a_label_indicates_is_not_granted_and_a_line_names_the_diagnosis(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, (
        "Toe Warmers - PA\n\n" + LONG + "\n\nIndications for Prior Authorization\n\n"
        "Warmol (warmab)\n  • For diagnosis of Toeitis\n"
        "    Indicated for toeitis in adults.\n\nSnowol (snowab)\n  • For diagnosis of Chilblains\n"
        "    Indicated for chilblains of any toe.\n\nCriteria\n\nWarmol\n\n"
        "Prior Authorization (Initial Authorization)\n\n"
        "Length of Approval: 6 Months\nFor diagnosis of Toeitis\n\n  • Patient is 18 years of age or older\n  • AND\n"
        "  • Toes are white\n"
    ), ".txt")
    assert use.text == "Toeitis: Prior Authorization (Initial Authorization)"
    assert (use.stage, tree(use.criteria)) == ("initial", ["Patient is 18 years of age or older", "Toes are white"])
