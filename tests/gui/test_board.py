"""What a cell shows and says, computed without any view."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from policyview.gui.board import board, first_difference, is_same_day, on_day
from policyview.gui.cell_outline import Node, outline
from policyview.gui.citation import cell_text
from policyview.model import Determination, Overrides, See, State
from tests.gui.made import made_board

BOARD = made_board()
NORTHFIELD, EASTBROOK, SOUTHGATE, WESTMERE, HANDBOOK = range(5)
ADULTS, CHILDREN, COUGH = range(3)


def test_each_column_is_in_exactly_one_state() -> None:
    states = [face.state for face in BOARD.faces[CHILDREN]]
    assert states == [State.STATED, State.BROADER, State.CATCH_ALL, State.SILENT, State.SILENT]


def test_a_stated_cell_counts_the_criteria_a_person_would_check() -> None:
    face = BOARD.faces[ADULTS][NORTHFIELD]
    assert (face.word, face.detail) == ("Medically necessary", "4 criteria · match 100\u00a0%")  # 1, 2a, 2b, 3


@pytest.mark.parametrize(
    ("column", "word", "detail"),
    [(EASTBROOK, "Medically necessary", "broader statement"), (SOUTHGATE, "Investigational", "catch-all"),
     (WESTMERE, "not addressed", "")],
)  # fmt: skip
def test_derived_states_say_in_words_what_they_are(column: int, word: str, detail: str) -> None:
    face = BOARD.faces[CHILDREN][column]
    assert (face.word, face.detail) == (word, detail)


def test_states_are_told_apart_without_colour() -> None:
    shown = {(face.icon, face.word, face.detail, face.state) for face in BOARD.faces[CHILDREN][:4]}
    assert len(shown) == 4
    assert BOARD.faces[CHILDREN][SOUTHGATE].icon != BOARD.faces[COUGH][NORTHFIELD].icon  # the outline, not the sign


def test_a_cell_that_wants_a_look_says_why_in_its_tip_and_aloud() -> None:
    for row, column, why in ((CHILDREN, NORTHFIELD, "age is not stated"), (COUGH, EASTBROOK, "match with this row")):
        face = BOARD.faces[row][column]
        assert why in face.look
        assert why in face.tip
        assert why in face.spoken
    assert BOARD.looks == 2


def test_what_is_spoken_names_row_payer_and_position() -> None:
    spoken = BOARD.faces[ADULTS][SOUTHGATE].spoken
    assert spoken.startswith("Adults with knotted airway syndrome; Southgate Community Care: Investigational")


def test_a_head_names_payer_number_and_which_date() -> None:
    head = BOARD.heads[EASTBROOK]
    assert (head.payer, head.number, head.note) == ("Eastbrook Mutual", "77", "")
    assert head.version == "reviewed 2024-11, effective date not printed"
    assert (BOARD.heads[WESTMERE].badge, BOARD.heads[WESTMERE].badge_icon) == ("older version", "version-superseded")
    assert (BOARD.heads[HANDBOOK].note, BOARD.heads[HANDBOOK].counts) == ("clinical reference", False)


def test_the_first_difference_is_where_payers_oppose_each_other() -> None:
    assert first_difference(BOARD) == (ADULTS, NORTHFIELD)


def _flat(nodes: tuple[Node, ...], depth: int = 0) -> list[tuple[int, str]]:
    lines = []
    for node in nodes:
        lines += [(depth, f"{node.text} {node.logic}".strip()), *_flat(node.children, depth + 1)]
    return lines


def test_the_outline_of_a_stated_cell_nests_criteria_under_their_logic() -> None:
    lines = _flat(outline(BOARD.standing(ADULTS, NORTHFIELD)))
    assert (0, "Criteria all of these") in lines
    assert (1, "One of these: any of these") in lines
    assert (2, "Oxygen saturation at rest is 88 percent or lower.") in lines
    assert any("in the payer's words: “medically necessary”" in text for _, text in lines)
    assert {"Limits", "Notes"} <= {text for _, text in lines}


def test_the_outline_of_a_catch_all_holds_the_clause_and_its_scope() -> None:
    texts = [text for _, text in _flat(outline(BOARD.standing(CHILDREN, SOUTHGATE)))]
    assert "All other indications for mist therapy are investigational as well." in texts
    assert "mist therapy" in texts


def test_the_outline_of_silence_says_what_was_searched_and_the_nearest_miss() -> None:
    nodes = outline(BOARD.standing(CHILDREN, WESTMERE))
    texts = [text for _, text in _flat(nodes)]
    assert {"Policy", "Coverage", "Nearest miss: match 41\u00a0%", "adults with knotted airway syndrome"} <= set(texts)
    nearest = next(node for node in nodes if node.text.startswith("Nearest"))
    assert nearest.children[0].target is not None
    assert outline(BOARD.standing(CHILDREN, HANDBOOK))[0].text.startswith("Not addressed")


def test_every_criterion_leads_to_its_own_words() -> None:
    standing = BOARD.standing(ADULTS, NORTHFIELD)
    criteria = next(node for node in outline(standing) if node.text == "Criteria")
    for node in criteria.children:
        assert node.target is not None
        assert node.target.words[0].quote == node.text
        assert node.target.basis[0].quote == "medically necessary"


def test_a_copied_cell_carries_quote_and_citation() -> None:
    text = cell_text(BOARD.standing(ADULTS, SOUTHGATE))
    assert "“adults with knotted airway syndrome”" in text
    assert text.endswith("— Southgate Community Care, SG-9, effective 2023-07, Policy")


def test_a_copied_silence_never_looks_like_a_no() -> None:
    text = cell_text(BOARD.standing(CHILDREN, WESTMERE))
    assert "not addressed" in text
    assert not any(str(determination).replace("_", " ") in text.casefold() for determination in Determination)


def test_a_payer_that_speaks_nearby_is_no_silence_and_the_row_is_named() -> None:
    row = BOARD.matrix.rows[CHILDREN]
    see, said = See("r1", "Adults with knotted airway syndrome"), "its statement may mean this"
    silent = tuple(replace(each, is_near=True, see=see, doubt=said) for each in row.silent[:1])
    matrix = replace(BOARD.matrix, rows=(replace(row, silent=(*silent, *row.silent[1:])),))
    near = board(matrix, BOARD.facts)
    face, standing = near.faces[0][WESTMERE], near.standing(0, WESTMERE)
    assert (face.word, face.detail, face.look) == ("see another row", "“Adults with knotted airway syndrome”", said)
    assert "to check: its statement may mean this" in face.spoken
    assert "see another row" in cell_text(standing)
    told = [node.text for node in outline(standing)]
    assert any("stands in row “Adults with knotted airway syndrome”" in text for text in told)
    assert f"To check: {said}" in told


def test_a_statement_that_is_no_wider_is_not_called_broader() -> None:
    row = BOARD.matrix.rows[CHILDREN]
    see = See("r1", "Adults with knotted airway syndrome")
    wider = tuple(replace(each, is_wider=False, see=see) for each in row.broader)
    face = board(replace(BOARD.matrix, rows=(replace(row, broader=wider),)), BOARD.facts).faces[0][EASTBROOK]
    assert (face.word, face.detail) == ("Medically necessary", "in another row")
    assert "It stands in row “Adults with knotted airway syndrome”" in face.tip


def test_another_day_has_other_versions_in_force() -> None:
    then, later = (on_day(BOARD, datetime.date(year, 1, 1), Overrides()) for year in (2024, 2026))
    assert [bool(head.badge) for head in then.heads] == [True, True, False, False, False]
    assert then.heads[NORTHFIELD].badge == "not yet in force"
    assert then.heads[EASTBROOK].badge == "dated later"
    assert not any(head.badge for head in later.heads)
    assert is_same_day((then,), (then,))
    assert not is_same_day((then,), (later,))
    assert then.faces is BOARD.faces
