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


def test_items_without_a_full_stop_are_items_up_to_the_next_statement(tmp_path: Path) -> None:
    toes, _ = indications_of(tmp_path, lines("White toes", "Snow", "Ice", "Warmol is investigational for eczema."))
    assert tree(toes.criteria) == ["White toes", "Snow", "Ice"]


@pytest.mark.parametrize(
    ("lead", "texts", "criteria"),
    [
        (
            "when either of the following is met:",
            ("Member has mild frost and meets one of the following:", "Member has a sock", "Member has a boot",
             "Member has severe frost"),
            [["Member has mild frost and meets one of the following:", "any",
              ["Member has a sock", "Member has a boot"]],
             "Member has severe frost"],
        ),
        (
            "when all of the following are met:",
            ("Member meets either of the following:", "Member shows one of the following signs:", "Ice", "Snow",
             "Member shows all of the following signs:", "Wind", "Rain", "Member meets one of the following:",
             "Member tried wool and has any of the following:", "Member has ice", "Member has frost",
             "Member tried silk and has any of the following:", "Member has snow", "Member has frost",
             "Member wears boots"),
            [
                ["Member meets either of the following:", "any",
                 [["Member shows one of the following signs:", "any", ["Ice", "Snow"]],
                  ["Member shows all of the following signs:", "all", ["Wind", "Rain"]]]],
                ["Member meets one of the following:", "any",
                 [["Member tried wool and has any of the following:", "any", ["Member has ice", "Member has frost"]],
                  ["Member tried silk and has any of the following:", "any", ["Member has snow", "Member has frost"]]]],
                "Member wears boots",
            ],
        ),
    ],
    ids=["a count of two", "lead-ins below lead-ins"],
)
def test_an_inner_list_ends_where_counts_and_lists_beside_it_say(
    tmp_path: Path, lead: str, texts: tuple[str, ...], criteria: list[object]
) -> None:
    text = "\n\n".join([HEAD.rstrip().replace("when all are met:", lead), *texts])
    (use,) = indications_of(tmp_path, text)
    assert tree(use.criteria) == criteria


def test_lines_below_an_item_that_leads_in_are_its_own_with_the_list_joined_to_them(tmp_path: Path) -> None:
    (use,) = indications_of(
        tmp_path,
        "Coverage Criteria\n\nI. Blankets are considered medically necessary when the following criteria are met:\n"
        "A. For sledges, all of the following criteria must be met:\nThe toes are white.\nSnow lies in the garden.\n"
        "AND AT LEAST ONE OF THE FOLLOWING:\ni. Walking takes long.\nii. Walking is hard.\n", ".txt",
    )
    assert tree(use.criteria) == [
        ["For sledges, all of the following criteria must be met:", "all",
         ["The toes are white", "Snow lies in the garden",
          ["AND AT LEAST ONE OF THE FOLLOWING:", "any", ["Walking takes long", "Walking is hard"]]]]
    ]


def test_notes_in_brackets_behind_a_criterion_are_no_part_of_it(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, lines(
        "The toes are white. [NOTE: Tea does not count.] [ACTION REQUIRED: Show the toes.]",
        "One of the following: [Note: not both]", "Snow.", "Ice.",
    ))
    assert tree(use.criteria) == ["The toes are white", ["One of the following:", "any", ["Snow", "Ice"]]]
    assert [note.text for note in use.notes] == [
        "NOTE: Tea does not count.", "ACTION REQUIRED: Show the toes.", "Note: not both",
    ]


def test_a_sentence_ends_where_a_page_lost_the_blank_behind_it(tmp_path: Path) -> None:
    text = "Coverage Criteria\n\nWarmol is medically necessary for frozen toes.Warmol is investigational for burns.\n"
    found = [use.determination for use in indications_of(tmp_path, text, ".txt")]
    assert found == ["medically_necessary", "investigational"]


def test_lines_below_an_inner_item_are_its_own_and_the_outer_list_goes_on(tmp_path: Path) -> None:
    found = indications_of(
        tmp_path,
        "Coverage Criteria\n\nA) Frost\n1. Sleeves are covered when there is improvement in any of the following:\n3\n"
        "Pain\nCold\nB) Chilblains\n1. Sleeves are covered for chilblains.\n", ".txt",
    )
    assert [tree(use.criteria) for use in found] == [["Pain", "Cold"], []]


def test_a_line_like_the_one_with_a_list_below_stands_beside_it(tmp_path: Path) -> None:
    (use,) = indications_of(
        tmp_path,
        "Coverage Criteria\n\nSleeves are covered for people who: (1) are cold; and (2) meet either criterion as "
        "follows:\n\nCriterion A: The member has any of the following:\n\n- white toes\n\n- blue toes\n\n"
        "Criterion B: Snow has been lying in the garden for long.\n", ".txt",
    )
    assert tree(use.criteria) == [
        "are cold",
        ["meet either criterion as follows:", "any",
         [["Criterion A: The member has any of the following:", "any", ["white toes", "blue toes"]],
          "Criterion B: Snow has been lying in the garden for long"]],
    ]


def test_and_ends_an_inner_list_where_or_joins_the_lines_behind_it(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        "# Medical Policy: Warmol\n\n## Policy\n\nWarmol is covered under the following conditions:\n\n"
        "Toeitis that shows in:\n\nTen white toes, and\n\nTwo blue feet\n\nWalkers with gout; or\n\nOld warts\n"
    ), ".txt")
    assert [tree(use.criteria) for use in uses] == [["Ten white toes", "Two blue feet"], [], []]


def test_a_bullet_alone_on_its_line_is_no_criterion_and_words_between_lines_join_them(tmp_path: Path) -> None:
    (use,) = indications_of(tmp_path, (
        "# Medical Policy: Warmol\n\n## Policy\n\nWarmol is medically necessary when:\n\n-\n\n"
        "Snow lies;\n\nand\n\nToes are blue\n"
    ), ".txt")
    assert (use.logic, tree(use.criteria)) == ("all", ["Snow lies", "Toes are blue"])


def test_semicolons_part_the_lines_of_a_list_and_a_count_ends_the_inner_one(tmp_path: Path) -> None:
    long = "toes that stay white for longer than an hour after warming, in patients who meet the following 3 criteria:"
    text = (
        "Toe warming may be considered medically necessary in the treatment of the following conditions:\n"
        f"{long}\nPatient has walked in snow without any shoes for more than one whole day in the last winter;\n"
        "Patient's toe is of grade 3 or above; and\nPatient's toe does not heal;\nchilblains, acute;\n"
        "blue noses; and\ncold ears.\n"
        "Toe warming is considered investigational in all other situations, including but not limited to, the "
        "treatment of the following conditions:\ncold hands;\ncold feet;\n"
    )
    toes, chilblains, noses, ears, *others = indications_of(tmp_path, text, ".txt")
    assert [c.text[:17] for c in toes.criteria] == ["Patient has walke", "Patient's toe is ", "Patient's toe doe"]
    assert [use.text for use in (chilblains, noses, ears)] == [
        "Toe warming: chilblains, acute", "Toe warming: blue noses", "Toe warming: cold ears",
    ]
    assert [(use.text, use.determination.value) for use in others] == [
        ("Toe warming: cold hands", "investigational"), ("Toe warming: cold feet", "investigational"),
    ]


def test_a_bullet_that_lost_its_mark_stays_in_its_list(tmp_path: Path) -> None:
    text = "- The toes are white;\nIt has snowed for more than a week;\n- The bill is paid"
    (use,) = indications_of(tmp_path, lines(text))
    assert tree(use.criteria) == ["The toes are white", "It has snowed for more than a week", "The bill is paid"]
