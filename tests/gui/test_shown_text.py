"""The map from canonical offsets to Qt's positions, against the obvious: look what stands there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policyview.gui.shown_text import LONGEST_LINE, ShownText

PIECES = st.sampled_from(["a", " ", "\n", "\r\n", "\r", "\0", "\U0001d54f", "word ", "x" * 3_000, " y" * 1_200])


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_every_offset_leads_to_its_own_character(canonical: str, data: st.DataObject) -> None:
    shown = ShownText(canonical)
    units = shown.text.encode("utf-16-le")
    if not canonical:
        return
    for _ in range(20):
        offset = data.draw(st.integers(0, len(canonical) - 1))
        letter = canonical[offset]
        if canonical[offset - 1:offset + 1] == "\r\n":
            continue  # in the middle of a line end
        place = 2 * shown.place(offset)
        found = units[place:place + (4 if letter > "\uffff" else 2)].decode("utf-16-le")
        assert found == {"\r": "\n", "\0": "\ufffd"}.get(letter, letter)


def test_an_endless_line_is_broken_behind_words() -> None:
    shown = ShownText("word " * 10_000)
    lines = shown.text.split("\n")
    assert max(map(len, lines)) <= LONGEST_LINE
    assert all(line.endswith(" ") or line == lines[-1] for line in lines)
