"""The map from canonical offsets to Qt's positions, against the obvious: look what stands there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from policyview.gui.shown_text import LONGEST_LINE, ShownText

PIECES = st.sampled_from(
    ["a", " ", "\n", "\r\n", "\r", "\0", "\u202e", "\U000e0041", "\U0001d54f", "word ", "x" * 3_000, " y" * 1_200]
)


def _all(shown: ShownText, most: int = 1_000_000) -> str:
    stretches = []
    while not shown.is_complete:
        stretches.append(shown.take(most))
    return "".join(stretches)


@settings(deadline=None)  # of a text taken letter by letter
@given(st.lists(PIECES, max_size=30).map("".join), st.integers(1, 20_000), st.data())
def test_every_offset_leads_to_its_own_character(canonical: str, most: int, data: st.DataObject) -> None:
    shown = ShownText(canonical)
    units = _all(shown, most).encode("utf-16-le")
    if not canonical:
        return
    for _ in range(20):
        offset = data.draw(st.integers(0, len(canonical) - 1))
        letter = canonical[offset]
        if canonical[offset - 1:offset + 1] == "\r\n":
            continue  # in the middle of a line end
        place = 2 * shown.place(offset)
        found = units[place:place + (4 if letter > "\uffff" else 2)].decode("utf-16-le")
        assert found == {"\r": "\n", "\0": "␀", "\u202e": "‹", "\U000e0041": "‹U"}.get(letter, letter)


def test_an_endless_line_is_broken_behind_words() -> None:
    lines = _all(ShownText("word " * 10_000)).split("\n")
    assert max(map(len, lines)) <= LONGEST_LINE
    assert all(line.endswith(" ") or line == lines[-1] for line in lines)


def test_an_endless_line_taken_in_stretches_stays_in_lines_that_can_be_laid_out() -> None:
    lines = _all(ShownText("word " * 10_000), 5_001).split("\n")
    assert max(map(len, lines)) <= 2 * LONGEST_LINE


def test_a_stretch_never_ends_inside_a_line_end() -> None:
    shown = ShownText("ab\r\ncd")
    assert [shown.take(3), shown.take(3)] == ["ab\n", "cd"]


def test_what_lies_beyond_the_stretches_taken_is_known_to() -> None:
    shown = ShownText("a line\nanother line\n")
    shown.take(8)
    assert shown.reaches(7)
    assert not shown.reaches(8)
    assert shown.place(15) == 7


def test_a_line_of_nothing_seen_comes_in_small_stretches_and_short_lines() -> None:
    shown = ShownText("\u202e" * 5_000 + "x")
    stretch = shown.take(1_000_000)
    assert not shown.is_complete
    assert max(map(len, stretch.split("\n"))) <= 400 * len("‹RLO›")
    text = stretch + _all(shown)
    assert text.replace("\n", "") == "‹RLO›" * 5_000 + "x"
    assert text[shown.place(5_000)] == "x"


def test_a_line_is_broken_where_the_names_in_it_make_it_endless() -> None:
    shown = ShownText("a\n" + "\u202e" * (LONGEST_LINE - 1) + "\nb")
    lines = _all(shown).split("\n")
    assert max(map(len, lines)) <= LONGEST_LINE
    assert (lines[0], lines[-1]) == ("a", "b")
    assert shown.offset(shown.place(LONGEST_LINE)) == LONGEST_LINE
