"""Nested lists: labels counted by sequence and indentation."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from policyview import read
from policyview.model import Passage
from policyview.segment import segment
from policyview.segment.labels import roman_value, split_label
from tests.segment.made import LEXICON, all_blocks, outline, print_pdf, printed, ruled, structure_of, told, words_of

NESTED = """Coverage Criteria

I. Limb warming is covered when all of these hold:
A. Start of treatment, both of the following:
1. A nurse applies the device;
2. One of the following indications:
a. Frozen toes with all:
i. Pain at rest;
ii. Absent pulse;
b. Stiff fingers;
B. Further treatment:
1. The limb is warmer.
II. Limb warming is not covered for chilblains.
"""


def test_labels_nest_by_sequence_without_any_indentation(tmp_path: Path) -> None:
    structure = structure_of(tmp_path, NESTED)
    (part,) = [p for p in structure.parts if p.section]
    assert outline(part.blocks) == [
        [
            "I. Limb warming is covered when all of these hold:",
            [
                [
                    "A. Start of treatment, both of the following:",
                    [
                        "1. A nurse applies the device;",
                        [
                            "2. One of the following indications:",
                            [
                                ["a. Frozen toes with all:", ["i. Pain at rest;", "ii. Absent pulse;"]],
                                "b. Stiff fingers;",
                            ],
                        ],
                    ],
                ],
                ["B. Further treatment:", ["1. The limb is warmer."]],
            ],
        ],
        "II. Limb warming is not covered for chilblains.",
    ]


def test_a_letter_i_after_h_carries_the_list_on_and_is_no_roman_numeral(tmp_path: Path) -> None:
    letters = "\n".join(f"{letter}. Sign number {k}" for k, letter in enumerate("abcdefghij", 1))
    structure = structure_of(tmp_path, f"Coverage Criteria\n\nAny of the following:\n{letters}\n")
    lead, *items = next(p for p in structure.parts if p.section).blocks
    assert lead.passage.text == "Any of the following:"
    assert [block.label for block in items] == [f"{letter}." for letter in "abcdefghij"]


def test_bullets_after_a_paragraph_of_their_own_are_another_list(tmp_path: Path) -> None:
    text = "# Policy\n\nIt is covered for:\n\n- frozen toes\n\nIt is not covered for:\n\n- warm toes\n"
    structure = structure_of(tmp_path, text, ".md")
    assert outline(structure.parts[-1].blocks) == [
        "It is covered for:",
        "- frozen toes",
        "It is not covered for:",
        "- warm toes",
    ]


def test_indented_bullets_nest(tmp_path: Path) -> None:
    text = "# Policy\n\nCovered for:\n\n- adults with\n    - frozen toes\n    - stiff fingers\n- children\n"
    structure = structure_of(tmp_path, text, ".md")
    assert outline(structure.parts[-1].blocks) == [
        "Covered for:",
        ["- adults with", ["- frozen toes", "- stiff fingers"]],
        "- children",
    ]


def test_a_lone_or_stands_between_the_items_that_it_joins(tmp_path: Path) -> None:
    text = "Coverage Criteria\n\n1. Any of these:\na. cold\nOR\nb. damp\nAND\n2. A nurse is there\n"
    structure = structure_of(tmp_path, text)
    assert outline(structure.parts[-1].blocks) == [
        ["1. Any of these:", ["a. cold", "OR", "b. damp"]],
        "AND",
        "2. A nurse is there",
    ]


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("(a) cold", "(a)", "cold"),
        ("IV. cold", "IV.", "cold"),
        ("12) cold", "12)", "cold"),
        ("• cold", "•", "cold"),
        ("\uf0b7 cold", "\uf0b7", "cold"),
        ("☒ cold", "☒", "cold"),
        ("o cold", "o", "cold"),
        ("- A. cold", "A.", "cold"),
        ("(1)Patient is cold", "(1)", "Patient is cold"),
        ("(b)Cold feet", "(b)", "Cold feet"),
        ("(1)st place", "", "(1)st place"),
        ("-In cold feet", "-", "In cold feet"),
        ("-cold feet", "", "-cold feet"),
        ("cold feet", "", "cold feet"),
        ("2024. cold", "", "2024. cold"),
        ("4.5 mm", "", "4.5 mm"),
        ("e.g. cold", "", "e.g. cold"),
    ],
)
def test_printed_labels(line: str, label: str, rest: str) -> None:
    found, after = split_label(Passage(line, range(len(line))))
    assert (found.printed if found else "", after.text) == (label, rest)


@pytest.mark.parametrize(("text", "value"), [("iv", 4), ("IX", 9), ("xiv", 14), ("iiii", 0), ("vx", 0), ("abc", 0)])
def test_roman_numerals(text: str, value: int) -> None:
    assert roman_value(text) == value


# --------------------------------------------------------------------------- printed lists


LONG = "It is worn on the arm that is colder in the morning, and on both where both are cold"
"""A line that shows how far the others might reach."""

AROUND_A_TABLE = f"""{LONG}.

It is covered for:
  1. Frozen toes
     a. with pain
  Toes      Days
  Left      5
  Right     7
     b. with ulcers
  2. Stiff fingers"""


def test_a_list_goes_on_behind_a_table(tmp_path: Path) -> None:
    (part,) = printed(tmp_path, AROUND_A_TABLE, draws=[ruled((2, 12, 20), (5, 6, 7, 8))]).parts
    _, lead, first, second = part.blocks
    assert (lead.label, first.label, second.label) == ("", "1.", "2.")
    assert [(block.kind, block.label) for block in first.children] == [
        ("item", "a."), ("row", ""), ("row", ""), ("row", ""), ("item", "b."),
    ]


@pytest.mark.parametrize(("lines", "expected"), [
    (("• One of the following two signs:", "• pain", "• ulcers", "• A nurse is there"),
     [["• One of the following two signs:", ["• pain", "• ulcers"]], "• A nurse is there"]),
    (("• Any of these:", "• pain; or", "• ulcers; or", "• itching", "• A nurse is there"),
     [["• Any of these:", ["• pain; or", "• ulcers; or", "• itching"]], "• A nurse is there"]),
    (("• Any of these:", "• pain", "• ulcers"), ["• Any of these:", "• pain", "• ulcers"]),
], ids=["counted", "tied by or", "neither"])
def test_bullets_without_indentation_hang_under_the_one_that_leads_them_in(
    tmp_path: Path, lines: tuple[str, ...], expected: list[object]
) -> None:
    assert told(printed(tmp_path, "\n".join(lines))) == expected


@pytest.mark.parametrize(("lead", "expected"), [
    ("Frozen toes, with any of:", [["1. Frozen toes, with any of:", ["a. pain", "b. ulcers"]], "2. A nurse is there"]),
    ("Frozen toes", ["1. Frozen toes", "a. pain", "b. ulcers", "2. A nurse is there"]),
])
def test_a_list_of_another_kind_hangs_under_what_leads_it_in_though_set_no_deeper(
    tmp_path: Path, lead: str, expected: list[object]
) -> None:
    lines = ("It is covered for:", f"   1. {lead}", "   a. pain", "   b. ulcers", "   2. A nurse is there",
             "      • on most days")
    assert told(printed(tmp_path, "\n".join(lines)))[1 : len(expected)] == expected[:-1]


@pytest.mark.parametrize("numbers", ["1123", "1223", "1245"], ids=["begun twice", "numbered twice", "one left out"])
def test_misnumbered_items_are_siblings_all_the_same(tmp_path: Path, numbers: str) -> None:
    items = [f"   {number}. Sign {letter}\n      • of the toes" for number, letter in zip(numbers, "ABCD", strict=True)]
    structure = printed(tmp_path, "\n".join([f"{LONG}:", *items]))
    assert told(structure) == [f"{LONG}:", *(
        [f"{number}. Sign {letter}", ["• of the toes"]] for number, letter in zip(numbers, "ABCD", strict=True)
    )]


@pytest.mark.parametrize(("indentation", "expected"), [
    ("     ", ["It is covered when all of these hold:", "Toes are white.", "Wool was tried.", "Other uses are not."]),
    ("", ["It is covered when all of these hold:", "Toes are white.", "Wool was tried.", "Other uses are not."]),
])
def test_indentation_alone_shows_items_whose_bullets_were_lost(
    tmp_path: Path, indentation: str, expected: list[str]
) -> None:
    lines = (f"{LONG}.", "", expected[0], *(indentation + item for item in expected[1:3]), expected[3])
    _, *blocks = printed(tmp_path, "\n".join(lines)).parts[0].blocks
    kinds = [(block.kind, block.passage.text) for block in blocks]
    if indentation:
        assert kinds == list(zip(("paragraph", "item", "item", "paragraph"), expected, strict=True))
    else:
        assert "item" not in dict(kinds)


LOST = f"""{LONG}.

It is covered when all of these hold:
     Toes are white with any of:
     • pain
         – at night
     • ulcers
     Wool was tried."""


def test_items_without_bullets_go_on_behind_the_bullets_of_one_of_them(tmp_path: Path) -> None:
    _, *blocks = printed(tmp_path, LOST).parts[0].blocks
    assert outline(tuple(blocks)) == [
        "It is covered when all of these hold:",
        ["Toes are white with any of:", [["• pain", ["– at night"]], "• ulcers"]],
        "Wool was tried.",
    ]
    assert [block.kind for block in blocks] == ["paragraph", "item", "item"]


@pytest.mark.parametrize(("end", "count"), [("; and", 2), (" and", 1), (", as seen by", 1)])
def test_a_tied_criterion_ends_where_the_next_begins_with_a_capital(tmp_path: Path, end: str, count: int) -> None:
    text = f"The member has had frozen toes in two winters or more in a row{end}\nNurses measured them on ten days."
    assert len(told(printed(tmp_path, text))) == count


PROSE = (
    "Sleeves of this kind hold a small heater that is charged over night and lasts for a whole working day in winter, "
    "which is long enough for most of the shepherds who live in the hills"
)


@pytest.mark.parametrize("rest", ["2", ". They walk home in the evening.", ") and back."])
def test_a_raised_digit_or_a_sign_alone_carries_the_line_of_a_web_page_on(tmp_path: Path, rest: str) -> None:
    text = "\n".join(["Toes in Winter", "", PROSE, rest, f"{PROSE}.", f"{PROSE}."])
    assert structure_of(tmp_path, text).parts[-1].blocks[0].passage.text == f"{PROSE} {rest}"


def test_a_roman_number_needs_no_blank_before_a_heading_and_initials_are_no_number() -> None:
    for text, label in (("III.Diagnoses refused", "III."), ("V.Ivanov and others", None), ("II.a sign", None)):
        found, _ = split_label(Passage(text, range(len(text))))
        assert (found.printed if found else None) == label


def test_a_letter_that_is_also_a_roman_number_counts_as_its_row_does() -> None:
    label, _ = split_label(Passage("I. Snow", range(7)))
    assert label is not None
    assert label.following({"A.": 8}).style == "A."
    assert label.following({"A.": 3}).style == label.following({}).style == "I."


# --------------------------------------------------------------------------- lists without marks in plain text


def test_items_without_marks_stand_on_their_own_lines(tmp_path: Path) -> None:
    items = ("Frozen toes; or", "White fingers with pain of long standing, in spite of woollen gloves; or", "Blue nose")
    text = "\n".join(["Coverage Criteria", "", "Larkspur covers the warming of limbs for any of the following", *items])
    (*_, part) = structure_of(tmp_path, text).parts
    assert outline(part.blocks)[1:] == list(items)


def test_a_long_item_without_a_mark_does_not_run_on_into_the_next(tmp_path: Path) -> None:
    items = ("Frozen toes", "Blue nose", "White fingers with pain of long standing in spite of all gloves", "Red ears")
    text = "\n".join(["Coverage Criteria", "", "Warming of limbs is not covered for the following uses, since none",
                      "of them was ever tried in a study of any size:", *items])
    (*_, part) = structure_of(tmp_path, text).parts
    assert outline(part.blocks)[1:] == list(items)


LONE = """Warm sleeves may be medically necessary
when
ALL
of these criteria are met
-
The device is
ONE or more
of the following
- A sleeve
- A sock
-
The toes are white;
and
-
It snows
:
"""


def test_bullets_and_lead_ins_that_a_web_page_broke_apart_are_joined(tmp_path: Path) -> None:
    long = "Warm sleeves are sleeves that warm, and they have warmed many arms in many winters and in many lands. " * 2
    (part,) = structure_of(tmp_path, f"{long}\n{long}\n{LONE}").parts
    assert outline(part.blocks)[2:] == [
        "Warm sleeves may be medically necessary when ALL of these criteria are met",
        ["- The device is ONE or more of the following", ["- A sleeve", "- A sock"]],
        "- The toes are white;", "and", "- It snows :",
    ]


def test_a_lone_dash_below_no_lead_in_is_no_bullet(tmp_path: Path) -> None:
    (part,) = structure_of(tmp_path, "Snow is white.\n\n-\n\nToes are cold.\n").parts
    assert [block.label for block in part.blocks] == ["", "", ""]


# --------------------------------------------------------------------------- lists run together in a paragraph


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It is covered for any of these: I. Frozen toes, with both of: A. Blisters B. Numb skin II. Stiff fingers",
            ["It is covered for any of these:",
             ["I. Frozen toes, with both of:", ["A. Blisters", "B. Numb skin"]], "II. Stiff fingers"],
        ),
        (
            "It is covered for: 1) frozen toes; 2) chilblains; and 3) blue noses.",
            ["It is covered for:", "1) frozen toes;", "2) chilblains; and", "3) blue noses."],
        ),
        (
            "It is covered when: 1. The nurse (e.g. a night nurse) agrees. 2. It has: wool. Socks are not covered.",
            ["It is covered when:", "1. The nurse (e.g. a night nurse) agrees.", "2. It has: wool.",
             "Socks are not covered."],
        ),
        (
            "The toes are cold when: 1.1 Toes are white and: 1.1.1 Hard; and 1.1.2 Numb. 1.2 Snow lies.",
            ["The toes are cold when:", ["1.1 Toes are white and:", ["1.1.1 Hard; and", "1.1.2 Numb."]],
             "1.2 Snow lies."],
        ),
        ("Told by: A. Frost, B. Snow and others in winter.", ["Told by: A. Frost, B. Snow and others in winter."]),
        (
            "It is covered when: • Toes are white • One of these: o Pain o Frost • Snow lies. Socks are not covered.",
            ["It is covered when:", "• Toes are white", ["• One of these:", ["o Pain", "o Frost"]], "• Snow lies.",
             "Socks are not covered."],
        ),
        ("It is covered for: - Toes - Noses", ["It is covered for:", "- Toes", "- Noses"]),
        ("A walk: - with a dog - is warm.", ["A walk: - with a dog - is warm."]),
        ("It is covered for vitamin B. C. is another.", ["It is covered for vitamin B. C. is another."]),
        ("Note: 1. It is cold.", ["Note: 1. It is cold."]),
    ],
    ids=[
        "nested", "brackets", "a statement behind", "decimals", "names", "bullets", "dashes", "a pause", "no colon",
        "one label",
    ],
)
@pytest.mark.parametrize("width", [200, 48])
def test_labels_in_order_behind_a_colon_are_a_list(
    tmp_path: Path, text: str, expected: list[object], width: int
) -> None:
    wrapped = textwrap.fill(text, width)
    if width < 200 and any(split_label(Passage(line, range(len(line))))[0] for line in wrapped.split("\n")):
        return  # a label that begins a line begins an item
    path = tmp_path / "invented.txt"
    path.write_text(f"Coverage Criteria\n\n{wrapped}\n", encoding="utf-8")
    document = read.document(path)
    structure = segment(document, LEXICON)
    assert outline(structure.parts[-1].blocks) == expected
    for block in all_blocks(structure):
        assert words_of(document, block).split() == block.passage.text.split()


def test_a_list_goes_on_behind_one_run_together_in_a_paragraph(tmp_path: Path) -> None:
    text = "a. Frozen toes\n\nIt is covered for people in whom: (1) toes are white; or (2) toes are blue.\n\nb. Ears\n"
    (*_, part) = structure_of(tmp_path, f"Coverage Criteria\n\n{text}").parts
    assert [block.label for block in part.blocks] == ["a.", "", "(1)", "(2)", "b."]


def test_a_numbered_list_ends_bullets_that_lead_nothing_in(tmp_path: Path) -> None:
    text = "Not covered for:\n- burns\n- any of the following:\n1. cuts\nA. It is covered for toes\nB. And ears\n"
    (*_, part) = structure_of(tmp_path, f"Coverage Criteria\n\n{text}").parts
    assert outline(part.blocks) == [
        "Not covered for:", "- burns",
        ["- any of the following:", [["1. cuts", ["A. It is covered for toes", "B. And ears"]]]],
    ]
    (*_, part) = structure_of(tmp_path, f"Coverage Criteria\n\n{text.replace('any of the following:', 'cuts')}").parts
    assert outline(part.blocks)[:3] == ["Not covered for:", "- burns", "- cuts"]


@pytest.mark.parametrize("column", ["•\n•\n•", "-\n-", "i.\nii.\niii."])
def test_a_column_of_labels_printed_away_from_its_items_is_left_out(tmp_path: Path, column: str) -> None:
    text = f"Coverage Criteria\n\nSleeves are covered for any of these:\n{column}\nFrozen toes\nBlue nose\n"
    (*_, part) = structure_of(tmp_path, text).parts
    assert outline(part.blocks) == ["Sleeves are covered for any of these:", "Frozen toes", "Blue nose"]


def test_an_item_that_runs_on_into_the_next_of_its_list_is_two(tmp_path: Path) -> None:
    text = "1. Toe pain; or 2. White toes; or\n\n3. Vitamin B. Complex of frost."
    (*_, part) = structure_of(tmp_path, f"Coverage Criteria\n\nAny of these:\n\n{text}\n").parts
    assert outline(part.blocks)[1:] == ["1. Toe pain; or", "2. White toes; or", "3. Vitamin B. Complex of frost."]


def test_numbers_without_a_stop_label_items_only_in_a_list(tmp_path: Path) -> None:
    text = "1 - Toes are white\n\nAND\n\n2 - One of the following:\n\n2.1 Warm tea\n\nOR\n\n2.2 Cold tea\n"
    (*_, part) = structure_of(tmp_path, f"Coverage Criteria\n\n{text}\nIn all\n\n3.5 Toes is the mean.\n").parts
    assert outline(part.blocks) == [
        "1 Toes are white", "AND", ["2 One of the following:", ["2.1 Warm tea", "OR", "2.2 Cold tea"]], "In all",
        "3.5 Toes is the mean.",
    ]


def test_numbered_headings_inside_a_long_line_part_it(tmp_path: Path) -> None:
    long = "Toe warming brings heat to the toes by a lamp that shines on them. " * 6
    text = (
        f"Toe Warming Policy Number: WM.02 I. Description {long}II. Criteria/Guidelines A. Toe warming is covered for "
        "the following conditions: 1. White toes. 2. Blue toes. B. It is not covered for hands. III. Toes of Ann. "
        "IV. References 1. Frost A. On toes.\n"
    )
    parts = structure_of(tmp_path, text).parts
    heads = [(p.section.heading, p.role.value) for p in parts if p.section]
    assert heads == [
        ("Toe Warming Policy Number: WM.02", "other"), ("I. Description", "description"),
        ("II. Criteria/Guidelines", "criteria"), ("IV. References", "references"),
    ]
    lead, refused = parts[-2].blocks
    assert [block.passage.text for block in lead.children] == ["White toes.", "Blue toes."]
    assert refused.passage.text == "It is not covered for hands. III. Toes of Ann."


def test_labels_far_from_their_words_are_no_cells_of_a_table(tmp_path: Path) -> None:
    text = "Coverage Criteria\n\nAny of these:\n\na)   White toes;\n\nb)   Blue toes;\n\nc)    Cold toes.\n"
    (*_, part) = structure_of(tmp_path, text).parts
    assert [(block.kind, block.label) for block in part.blocks[1:]] == [("item", "a)"), ("item", "b)"), ("item", "c)")]


WRAPPED = (
    ("1. The toes of both of the feet are white on three days of a week (with p less than",
     "0.01) in the opinion of a nurse"),
    ("2. The count of the sheep was, on two days which lie apart by a week or by more, at least",
     "c. 1,200 on both of the days"),
    ("3. The feet were seen, on two or more days in the very same winter, by the old nurse called Mrs.",
     "I. Frost and by no one else"),
    ("4. Wool was tried for two winters, and in all of these winters the member has worn at least two",
     "(2) of the socks that are named below"),
    ("5. Tea was tried for two winters, and in all of these winters the member has taken a dose of",
     "6. 2 litres on most of the days"),
)  # fmt: skip


@pytest.mark.parametrize("suffix", [".pdf", ".txt"])
@pytest.mark.parametrize("hang", ["", "   "], ids=["flush", "hung"])
def test_a_number_that_a_line_end_parts_from_its_sentence_is_no_label(tmp_path: Path, suffix: str, hang: str) -> None:
    text = "\n".join(["Coverage Criteria", "", "Limb warming is covered when all of these hold:",
                      *(f"{first}\n{hang}{second}" for first, second in WRAPPED), "6. Snow lies"])
    if suffix == ".pdf":
        structure = segment(read.document(print_pdf(tmp_path / "wrapped.pdf", text)), LEXICON)
    else:
        structure = structure_of(tmp_path, text)
    items = [block for block in all_blocks(structure) if block.kind == "item"]
    assert [f"{item.label} {item.passage.text}" for item in items] == [*map(" ".join, WRAPPED), "6. Snow lies"]


def test_a_list_of_one_that_stands_deeper_is_a_list(tmp_path: Path) -> None:
    text = ("Coverage Criteria\n\nLimb warming is covered when all of these hold:\n"
            "1. The toes of both of the feet are white on three days of a week, and no tea was taken on 4 days\n"
            "       a. Three days are enough for a nurse\n2. Snow lies")
    structure = segment(read.document(print_pdf(tmp_path / "deeper.pdf", text)), LEXICON)
    assert [block.label for block in all_blocks(structure) if block.kind == "item"] == ["1.", "a.", "2."]
