"""Residual clauses: what is one, what it speaks of and what it excepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import CatchAll, Determination
from tests.extract.reading import facts_of

HEAD = "# Medical Policy: Oakstat\n\n## Policy\n\nOakstat is considered medically necessary for cidrosis.\n\n"


def clauses_of(tmp_path: Path, text: str) -> tuple[CatchAll, ...]:
    return facts_of(tmp_path, f"{HEAD}{text}\n")[1].catch_all


@pytest.mark.parametrize(
    "sentence",
    [
        "Any use not specifically named here is considered investigational.",
        "Oakstat is considered investigational for all indications not meeting these criteria.",
        "Coverage of Oakstat will not be granted for any non-FDA approved indication.",
        "Oakstat will not be covered for any diagnosis outside the approved indications.",
        "Non-FDA approved indications, which are not addressed here, are not covered.",
        "Unless stated otherwise above, Oakstat is considered investigational when used for any other disease.",
        "Coverage will not be provided for an indication that is not included in this policy.",
        "Everything else is not covered.",
        "Otherwise, Oakstat is considered cosmetic.",
        "Oakstat is considered unproven if the criteria listed above are not met or for any other reason.",
    ],
)
def test_wordings_of_all_else(tmp_path: Path, sentence: str) -> None:
    clause, = clauses_of(tmp_path, sentence)
    assert clause.determination in {
        Determination.INVESTIGATIONAL, Determination.NOT_COVERED, Determination.NOT_MEDICALLY_NECESSARY
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Gout is not covered since there are other preferred treatments.",
        "Oakstat is not covered in combination with any other treatment.",
        "Oakstat is not covered when other treatments have failed.",
        "Oakstat is not covered for coopers with other conditions that raise the risk of splinters.",
        "Oakstat is not covered after any other procedure.",
        "Oakstat is not medically necessary for all other types of lip disorders.",  # names its condition
    ],
)
def test_other_things_within_a_statement_are_not_all_else(tmp_path: Path, sentence: str) -> None:
    assert clauses_of(tmp_path, sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "scope", "exceptions"),
    [
        (
            "Except where noted in section 2.3 (barrels), Oakstat is considered unproven for all other conditions.",
            "Oakstat for all other conditions",
            ("Except where noted in section 2.3 (barrels)",),
        ),
        (
            "Unless stated otherwise above, Oakstat is considered unproven for all other conditions of the hand.",
            "Oakstat for all other conditions of the hand",
            ("Unless stated otherwise above",),
        ),
        (
            "Oakstat for any condition other than cidrosis is considered investigational.",
            "Oakstat for any condition other than cidrosis",
            ("other than cidrosis",),
        ),
        (
            "Uses not listed here are not covered, unless form 2.3 (barrels) supports the request.",
            "Uses not listed here (Oakstat)",
            ("unless form 2.3 (barrels) supports the request",),
        ),
        (
            "The cellar considers Oakstat experimental for every cask and all other uses; the list is kept up to date.",
            "Oakstat for every cask and all other uses",
            (),
        ),
        ("Coverage is denied for circumstances not listed above.", "for circumstances not listed above (Oakstat)", ()),
    ],
)
def test_scope_and_exceptions(tmp_path: Path, sentence: str, scope: str, exceptions: tuple[str, ...]) -> None:
    clause, = clauses_of(tmp_path, sentence)
    assert (clause.scope, clause.exceptions) == (scope, exceptions)


def test_examples_in_brackets_are_uses_of_their_own(tmp_path: Path) -> None:
    facts = facts_of(
        tmp_path, f"{HEAD}Oakstat will not be covered for other indications (such as gout, lumbago, and sciatica).\n"
    )[1]
    assert [clause.text for clause in facts.catch_all] == ["Oakstat will not be covered for other indications"]
    assert [indication.anchor.quote for indication in facts.indications[1:]] == ["gout", "lumbago", "sciatica"]


def test_an_item_with_words_of_its_own_says_its_own_position(tmp_path: Path) -> None:
    clause, = clauses_of(tmp_path, (
        "Oakstat is not covered for the following:\n\n- Gout\n"
        "- All other conditions, for which Oakstat is considered investigational\n"
    ))
    assert clause.determination is Determination.INVESTIGATIONAL


def test_words_of_a_position_begin_at_a_word(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, f"{HEAD}Oakstat for psoriasis is considered investigational.\n")[1]
    assert facts.indications[1].stated == "is considered investigational"


def test_an_exception_runs_on_over_the_point_of_a_section(tmp_path: Path) -> None:
    text = "Oakstat is considered investigational for any indications other than those listed in §12.4(A)."
    clause, = clauses_of(tmp_path, text)
    assert clause.exceptions == ("other than those listed in §12.4(A)",)


def test_an_exception_that_is_printed_twice_is_told_once(tmp_path: Path) -> None:
    text = "Oakstat (except as noted above) is considered investigational for other uses (except as noted above)."
    clause, = clauses_of(tmp_path, text)
    assert clause.exceptions == ("except as noted above",)
