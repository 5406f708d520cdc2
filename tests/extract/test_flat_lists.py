"""Web text that kept neither bullets nor indentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.flat_lists import leads_in
from tests.extract.reading import indications_of, tree

HEAD = "# Medical Policy: Warmol\n\n## Policy\n\nWarmol is medically necessary for toeitis when all are met:\n\n"


def lines(*texts: str) -> str:
    return HEAD + "\n\n".join(texts)


def test_paragraphs_below_a_lead_in_are_its_criteria_up_to_the_next_name_and_statement(tmp_path: Path) -> None:
    toes, skin = indications_of(tmp_path, lines(
        "The toes are white.", "Snow lies.", "Snow eczema", "1-3", "Warmol is investigational for snow eczema.", "Tea.",
    ))
    assert tree(toes.criteria) == ["The toes are white", "Snow lies"]
    assert (skin.text, skin.criteria) == ("Warmol is investigational for snow eczema", ())


@pytest.mark.parametrize(
    ("texts", "criteria"),
    [
        (
            ("The member has one of the following:", "A white toe.", "A blue toe.", "The bill is paid."),
            [["The member has one of the following:", "any", ["A white toe", "A blue toe"]], "The bill is paid"],
        ),
        (
            ("Any of the following:", "Any white toe.", "Any blue toe.", "All of the following:", "Frost.", "Snow."),
            [
                ["Any of the following:", "any", ["Any white toe", "Any blue toe"]],
                ["All of the following:", "all", ["Frost", "Snow"]],
            ],
        ),
    ],
    ids=["a line that begins like the lead-in", "another lead-in"],
)
def test_a_lead_in_among_the_lines_holds_those_below_it(
    tmp_path: Path, texts: tuple[str, ...], criteria: list[object]
) -> None:
    (use,) = indications_of(tmp_path, lines(*texts))
    assert tree(use.criteria) == criteria


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One of the following: [Note: tea does not count]", True),
        ("Warmol is covered when these requirements are met.", True),
        ("Warmol is covered for toeitis.", False),
    ],
)
def test_a_lead_in_ends_in_a_colon_or_in_criteria_that_are_met(text: str, expected: bool) -> None:
    assert leads_in(text) is expected


def test_a_list_of_short_lines_ends_before_the_name_of_the_next_use_only(tmp_path: Path) -> None:
    lead = "Warmol is considered medically necessary for toeitis when there is improvement in any of the following:"
    after = "Warmol is considered medically necessary for gout."
    text = lines(lead, "White toes", "Blue toes", "Body weight", "Snow eczema", "1-9", after)
    first, *_ = indications_of(tmp_path, text)
    assert tree(first.criteria) == ["White toes", "Blue toes", "Body weight"]
