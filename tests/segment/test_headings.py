"""Headings: told by how they are set and by their neighbours, how deep they stand and what they are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Role, Structure
from policyview.segment.heading_words import named_role
from tests.segment.made import LEXICON, printed, ruled, structure_of

PROSE = """Sleeves of this kind hold a small heater that is charged over night and
lasts for a working day in winter. They are worn under a coat of wool, and
a nurse looks at the arm once a week."""


def headings(structure: Structure) -> list[str]:
    return [section.heading for section in structure.sections]


def roles(structure: Structure) -> dict[str, tuple[int, Role]]:
    return {section.heading: (section.level, section.role) for section in structure.sections}


@pytest.mark.parametrize(("line", "expected"), [
    ("_Frozen toes in winter", ["Frozen toes in winter"]),
    ("Frozen toes in winter", []),
    ("_Frozen Toes in Winter.", []),
    ("_Toes at toes-in-winter.org for members", []),
    ("_Frozen toes must be warmed when:", []),
], ids=["underlined", "plain", "a sentence", "an address", "a lead-in"])
def test_an_underlined_line_is_a_heading(tmp_path: Path, line: str, expected: list[str]) -> None:
    assert headings(printed(tmp_path, f"{PROSE}\n{line}\n{PROSE}")) == expected


def test_where_much_is_underlined_an_underline_heads_nothing(tmp_path: Path) -> None:
    much = "\n".join(f"_{line}" for line in PROSE.split("\n"))
    assert headings(printed(tmp_path, f"{PROSE}\n_Frozen toes in winter\n{PROSE}\n{much}")) == []


NOTICE = """THE SLEEVE IS LENT, NEVER SOLD
AND COMES BACK IN SPRING OR IN THE FIRST WEEK OF THE MONTH OF MAY
MEMBERS WHO LOSE IT PAY FOR IT"""


def test_a_paragraph_in_capitals_is_no_heading(tmp_path: Path) -> None:
    assert headings(printed(tmp_path, f"{PROSE}\n\n{NOTICE}\n\n{PROSE}")) == []
    assert headings(printed(tmp_path, f"{PROSE}\n\nWARM SLEEVES\n\n{PROSE}")) == ["WARM SLEEVES"]


@pytest.mark.parametrize(("third", "expected"), [
    ("!3. Sleeves of silk are lent when:", 3), ("!5. Sleeves of silk are lent when:", 2),
    ("3. Sleeves of silk are lent when:", 2),
], ids=["next", "not next", "not set apart"])
def test_the_next_in_a_row_of_numbered_headings_is_one_whatever_it_says(
    tmp_path: Path, third: str, expected: int
) -> None:
    text = f"!1. Sleeves of Wool\n{PROSE}\n\n!2. Sleeves of Cotton\n{PROSE}\n\n{third}\n{PROSE}"
    assert len(headings(printed(tmp_path, text))) == expected


@pytest.mark.parametrize(("set_apart", "number", "expected"), [
    ("!", 2, []), ("!", 6, ["6. Frozen Toes"]),
], ids=["among items", "on its own"])
def test_a_line_numbered_between_items_is_an_item(
    tmp_path: Path, set_apart: str, number: int, expected: list[str]
) -> None:
    text = (f"{PROSE}\n\n1. A nurse has seen the toes in the morning and in the evening.\n\n"
            f"{set_apart}{number}. Frozen Toes\n\n3. Wool has been tried for a month, as the diary shows.")
    assert headings(printed(tmp_path, text)) == expected


FIRST = """Warm Sleeves

A. General
Sleeves of this kind hold a heater.

B. Covered Uses

Frozen toes and white fingers, when a nurse has seen them.

C. Other Uses

None of them is covered."""


@pytest.mark.parametrize(("first", "is_heading"), [("A. General", True), ("A. general remarks on wool, cotton", False)])
def test_in_plain_text_later_letters_tell_that_the_first_one_heads(
    tmp_path: Path, first: str, is_heading: bool
) -> None:
    found = headings(structure_of(tmp_path, FIRST.replace("A. General", first)))
    assert (first in found) is is_heading
    assert found[-2:] == ["B. Covered Uses", "C. Other Uses"]


ROWS = """E9101     Heated sleeve
E9102     Sand basin"""


@pytest.mark.parametrize(("below", "expected"), [(ROWS, []), (PROSE, ["Table 2. Warm Sleeves"])])
def test_the_caption_of_a_table_is_no_heading(tmp_path: Path, below: str, expected: list[str]) -> None:
    assert headings(printed(tmp_path, f"{PROSE}\n\n!Table 2. Warm Sleeves\n{below}\n\n{PROSE}")) == expected


@pytest.mark.parametrize("heading", [
    "3.0 Coverage Criteria", "3.1 Coverage Criteria", "2.1.4 Coverage Criteria:", "Section 3 Coverage Criteria",
    "IV. Coverage Criteria",
])
def test_a_number_does_not_hide_what_a_heading_names(heading: str) -> None:
    assert named_role(heading, LEXICON) is Role.CRITERIA


def test_the_name_of_a_table_names_a_role_behind_its_number() -> None:
    assert named_role("Table 3. Description", LEXICON) is Role.DESCRIPTION


def test_a_heading_with_a_decimal_number_is_found_in_print(tmp_path: Path) -> None:
    structure = printed(tmp_path, f"!2.0 Description\n{PROSE}\n\n!3.0 Coverage Criteria\n{PROSE}")
    assert roles(structure) == {"2.0 Description": (1, Role.DESCRIPTION), "3.0 Coverage Criteria": (1, Role.CRITERIA)}


# --------------------------------------------------------------------------- roles and levels


def test_a_disclaimer_does_not_hold_what_comes_behind_it(tmp_path: Path) -> None:
    text = f"+Important Reminder\n{PROSE}\n\n!Coverage Criteria\n{PROSE}\n\n!Background\n{PROSE}"
    structure = printed(tmp_path, text)
    assert roles(structure) == {
        "Important Reminder": (1, Role.DISCLAIMER), "Coverage Criteria": (1, Role.CRITERIA),
        "Background": (1, Role.BACKGROUND),
    }


@pytest.mark.parametrize(("named", "reached"), [
    ("Coverage Criteria", Role.CRITERIA), ("Background", Role.BACKGROUND), ("References", Role.OTHER),
])
def test_criteria_and_evidence_reach_over_headings_beside_them_that_name_no_role(
    tmp_path: Path, named: str, reached: Role
) -> None:
    structure = printed(tmp_path, f"!{named}\n{PROSE}\n\n!Frozen Toes\n{PROSE}\n\n!White Fingers\n{PROSE}")
    assert roles(structure)["Frozen Toes"] == roles(structure)["White Fingers"] == (1, reached)


@pytest.mark.parametrize("closed", ["References", "Revision History", "Background"])
def test_an_appendix_stands_apart_from_the_evidence_before_it(tmp_path: Path, closed: str) -> None:
    structure = printed(tmp_path, f"+{closed}\n{PROSE}\n\n!Appendix B\n{PROSE}")
    assert roles(structure)["Appendix B"] == (1, Role.OTHER)


@pytest.mark.parametrize(("heading", "role"), [
    ("B. Registry of Toes", Role.CRITERIA), ("Registry of Toes", Role.BACKGROUND),
])
def test_a_numbered_rule_is_a_rule_though_its_name_speaks_of_evidence(
    tmp_path: Path, heading: str, role: Role
) -> None:
    text = f"+Coverage Criteria\n{PROSE}\n\n!A. Frozen Toes\n{PROSE}\n\n!{heading}\n{PROSE}"
    assert roles(printed(tmp_path, text))[heading] == (2, role)


def test_numbered_lines_among_references_head_nothing(tmp_path: Path) -> None:
    text = f"+References\n\n!1. Toes in Winter\n{PROSE}\n\n!2. Sand and Skin\n{PROSE}"
    assert headings(printed(tmp_path, text)) == ["References"]


def test_the_society_that_a_reference_names_heads_nothing(tmp_path: Path) -> None:
    text = "+References\n\n1. Frost A. Toes in winter, at home.\n\nWinter Society Journal. 2008\n\n2. Sand B."
    assert headings(printed(tmp_path, text)) == ["References"]


def test_what_follows_the_caption_of_a_table_does_not_stand_in_it(tmp_path: Path) -> None:
    text = f"+Coverage Criteria\n{PROSE}\n\n!Table 1. Warm Sleeves\n{PROSE}\n\n_Frozen Toes\n{PROSE}"
    structure = printed(tmp_path, text)
    assert [section.heading for section in structure.parts[-1].path] == ["Coverage Criteria", "Frozen Toes"]


def test_underlined_headings_stand_over_plain_and_under_bold_ones(tmp_path: Path) -> None:
    lines = ("!Coverage Criteria", "_Frozen toes", "/At night", "_White fingers")
    structure = printed(tmp_path, "\n".join(f"{line}\n{PROSE}" for line in lines))
    assert [(s.heading, s.level) for s in structure.sections] == [
        ("Coverage Criteria", 1), ("Frozen toes", 2), ("At night", 3), ("White fingers", 2),
    ]


def test_an_underlined_heading_stands_beside_a_plain_one(tmp_path: Path) -> None:
    structure = printed(tmp_path, f"+Warm Sleeves\n{PROSE}\n\nOverview:\n{PROSE}\n\n_Frozen toes\n{PROSE}")
    assert [section.level for section in structure.sections] == [1, 2, 2]


def test_lines_of_a_drawn_table_are_no_headings(tmp_path: Path) -> None:
    text = f"{PROSE}\nCoverage Criteria      Sleeve of wool.\n!Coverage\n                       Silk"
    assert headings(printed(tmp_path, text, draws=[ruled((0, 23, 50), (3, 4, 5))])) == []


GRANTED = "Leave for warm sleeves may be granted, and twelve months of them will be covered for members with"


@pytest.mark.parametrize(("lines", "is_heading"), [
    (("Snow is white.", "Toe frost (TF)", f"{GRANTED} toe frost of any kind and of any colour."), True),
    (("- Snow", "Toe frost (TF)", "1-17,22", f"{GRANTED} frozen limbs of any kind and of any colour."), True),
    (("Snow is white.", "Long Winters (Adult)", f"{GRANTED} frozen limbs of any kind and of any colour."), True),
    (("All of these:", "Cold hands", "Blue nose", f"{GRANTED} frozen limbs of any kind and of any colour."), False),
    (("Snow; or", "Long Winters (Adult)", f"{GRANTED} frozen limbs of any kind and of any colour."), False),
    (("Snow is white.", "Toe frost (TF)", "Toe frost is a condition of the toes that many know in winter."), False),
    (("Snow is white.", "Toe frost", "All other uses, toe frost in summer among them, are considered investigational."),
     False),
], ids=["named below", "cited", "in capitals", "last item", "behind or", "no statement", "all others"])
def test_in_plain_text_the_name_of_a_use_heads_the_statement_below_it(
    tmp_path: Path, lines: tuple[str, ...], is_heading: bool
) -> None:
    long = "Warm sleeves are sleeves that warm, and they have warmed many arms in many winters and in many lands. " * 2
    structure = structure_of(tmp_path, "\n".join(["Warm Sleeves", long, long, "Policy:", *lines]))
    assert headings(structure)[2:] == [line for line in lines if is_heading and line.startswith(("Toe", "Long"))][:1]


@pytest.mark.parametrize("line", ["12 Snow Lane", "Frostville, ZZ 01234", "Skip to Content", "Attn: Warm Sleeves"])
def test_lines_of_a_letter_or_a_site_head_nothing(tmp_path: Path, line: str) -> None:
    structure = structure_of(tmp_path, f"Warm Sleeves\n\nPolicy\n\nIt is warm.\n\n{line}\n\nIt is cold in winter.\n")
    assert line not in headings(structure)


def test_short_lines_in_a_row_are_a_menu_of_which_the_last_at_most_heads_something(tmp_path: Path) -> None:
    menu = ("Frozen Toes", "Blue Noses", "White Ears", "Cold Hands", "Stiff Knees", "Red Cheeks")
    text = "\n\n".join(["Warm Sleeves", GRANTED, *menu, "It is cold.", "Winter Rules", "It is warm."])
    assert headings(structure_of(tmp_path, text)) == ["Warm Sleeves", "Red Cheeks", "Winter Rules"]


def test_a_sentence_may_head_the_references(tmp_path: Path) -> None:
    text = "Warm Sleeves\n\nPlace of Service:\nHome\nThe policy is based on the following references:\n1. A book."
    assert list(roles(structure_of(tmp_path, text)).values())[-1] == (1, Role.REFERENCES)


@pytest.mark.parametrize(("third", "levels"), [("2. Coverage Criteria", [1, 2, 1]), ("1. Other Sleeves", [1, 1, 2])])
def test_a_plain_heading_inside_a_count_stands_under_the_number_above(
    tmp_path: Path, third: str, levels: list[int]
) -> None:
    words = "Warm sleeves keep the arm warm, as those who walk to work in winter have known for very long."
    page = f"!1. Background\n\n{words}\n\n!Winter Facts\n\n{words}\n\n!{third}\n\n{words}\n{words}"
    assert [s.level for s in printed(tmp_path, page).sections] == levels


def test_a_title_over_many_lines_is_no_heading_and_none_of_its_lines_is(tmp_path: Path) -> None:
    arms = ("Left", "Right", "Upper", "Lower", "Other")
    title = "\n".join(f"!Warm Sleeves for the {arm} Arm (Knit)" for arm in arms)
    words = "Warm sleeves keep the arm warm, as those who walk to work in winter have known for very long."
    page = f"{title}\n\n\n{words}\n{words}\n\n!Policy\n\n{words}\n{words}"
    assert headings(printed(tmp_path, page)) == ["Policy"]


def test_the_words_of_a_printed_heading_stay_whole(tmp_path: Path) -> None:
    words = "Warm sleeves keep the arm warm, as those who walk to work in winter have known for very long."
    assert headings(printed(tmp_path, f"!Revision Effective Date\n\n{words}\n{words}")) == ["Revision Effective Date"]


ITEMS = """!Winter Criteria
  A. Frozen toes, where all are met:
     1. Snow lies on the ground
     2. The toes are white

     !Approval Duration
     Every plan: 12 months

  B. Cold ears, where all are met:
     1. The ears are red"""


def test_the_name_of_a_limit_inside_an_item_heads_nothing(tmp_path: Path) -> None:
    text = ITEMS.replace("     !Approval", "!     Approval")
    assert headings(printed(tmp_path, text)) == ["Winter Criteria"]
    outside = text.replace("!     Approval", "!Approval").replace("     Every", "Every")
    assert headings(printed(tmp_path, outside)) == ["Winter Criteria", "Approval Duration"]


def test_a_name_printed_over_its_citations_is_a_heading_where_it_has_none_too(tmp_path: Path) -> None:
    grant = "Authorization of 9 months may be granted for treatment of {} in members who sleep without a nightcap."
    again = "All members who ask for more may be approved if they meet all that was asked of them before."
    text = (
        f"Warmol\nCoverage Criteria\nPlaque psoriasis\n1-4\n{grant.format('plaque psoriasis')}\n"
        f"Toe-tickle related harm\n3,5\n{grant.format('wart itching after a tickle')}\n"
        f"Continuation of Therapy\nPlaque psoriasis\n1-4\n{grant.format('plaque psoriasis')} Any one will do:\n"
        "Toes are better than in the year before, which a nurse has seen (e.g., Wool Score)\n"
        f"Toe-tickle related harm\n{again}\n"
    )
    assert headings(structure_of(tmp_path, text)).count("Toe-tickle related harm") == 2
