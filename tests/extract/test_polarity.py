"""Negations that stand away from the determination words turn them round; those of something else leave them be."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Determination as D
from tests.extract.reading import facts_of, indications_of

HEAD = "# Medical Policy: Limb warming\n\n## Policy\n\n"


@pytest.mark.parametrize(
    ("sentence", "determination"),
    [
        ("Larkspur does not consider limb warming for sprains medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Larkspur does not regard limb warming for sprains as medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Larkspur never views limb warming as medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming for sprains is no longer considered medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming for sprains is never medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming for sprains is neither medically necessary nor covered.", D.NOT_MEDICALLY_NECESSARY),
        ("Larkspur considers limb warming neither proven nor medically necessary.", D.INVESTIGATIONAL),
        ("We do not believe that limb warming of a sprain is medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming fails to meet the definition of medical necessity.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming for sprains does not qualify as medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming is not, at this time, considered medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming has not been shown to be medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming for sprains is not safe or medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Under no circumstances is limb warming considered medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("There is no sprain for which limb warming is medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Neither the sleeve nor the glove is considered medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("No form of limb warming is covered for sprains.", D.NOT_COVERED),
        ("Limb warming for sprains is not considered a covered benefit.", D.NOT_COVERED),
        ("Nothing in this text makes limb warming medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming for sprains is not felt to be medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming for sprains isn't covered.", D.NOT_COVERED),
        ("Limb warming for sprains will no longer be covered.", D.NOT_COVERED),
        ("Limb warming for sprains is not usually covered.", D.NOT_COVERED),
    ],
)
def test_a_negation_away_from_the_words_turns_them_round(tmp_path: Path, sentence: str, determination: D) -> None:
    use, = indications_of(tmp_path, HEAD + sentence)
    assert use.determination == determination


@pytest.mark.parametrize(
    "sentence",
    [
        "Limb warming is considered medically necessary for members who do not tolerate steroids.",
        "Limb warming in members who are not able to walk is considered medically necessary.",
        "Limb warming that does not need electricity is considered medically necessary for gout.",
        "If steroids do not help, limb warming is considered medically necessary for gout.",
        "Limb warming does not replace walking. It is considered medically necessary for gout.",
        "Limb warming without a sleeve is considered medically necessary for gout.",
        "Limb warming is not limited to gout and is covered for sprains.",
        "Limb warming for members not treated before is considered medically necessary.",
        "Limb warming for gout is not considered experimental; it is considered medically necessary.",
        "Not only is limb warming considered medically necessary for gout, it is warm.",
    ],
)
def test_a_negation_of_something_else_leaves_them_be(tmp_path: Path, sentence: str) -> None:
    use, = indications_of(tmp_path, HEAD + sentence)
    assert use.determination == D.MEDICALLY_NECESSARY


@pytest.mark.parametrize(
    "sentence",
    [
        "Limb warming for sprains is not considered experimental or investigational.",
        "Limb warming for sprains is no longer considered investigational.",
        "There is no evidence that limb warming is medically necessary.",
        "No study shows that limb warming is medically necessary.",
        "Larkspur covers limb warming for neither sprains nor gout.",
        "Limb warming is covered under no circumstances.",
        "Limb warming is rarely medically necessary for sprains.",
    ],
)
def test_what_is_denied_or_not_shown_decides_nothing(tmp_path: Path, sentence: str) -> None:
    assert indications_of(tmp_path, HEAD + sentence) == []


def test_the_negation_is_among_the_words_of_the_payer(tmp_path: Path) -> None:
    document, facts = facts_of(tmp_path, HEAD + "Larkspur does not consider limb warming medically necessary.")
    use, = facts.indications
    assert use.stated == "does not consider limb warming medically necessary"
    assert use.basis is not None
    assert document.text[use.basis.start : use.basis.end] == use.stated


def test_a_negated_statement_on_all_else_is_a_residual_clause(tmp_path: Path) -> None:
    text = "Larkspur does not consider limb warming for any other condition of the toes medically necessary."
    facts = facts_of(tmp_path, HEAD + text)[1]
    clause, = facts.catch_all
    assert (clause.determination, facts.indications) == (D.NOT_MEDICALLY_NECESSARY, ())
    assert clause.scope == "limb warming for any other condition of the toes"


def test_none_of_the_following_refuses_each(tmp_path: Path) -> None:
    text = "None of the following are considered medically necessary:\n\n- Warm tea for sprains\n- Hot sand for gout\n"
    assert {i.determination for i in indications_of(tmp_path, HEAD + text)} == {D.NOT_MEDICALLY_NECESSARY}
