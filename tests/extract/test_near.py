"""Searching only where a needed word stands finds what searching everywhere finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from policyview.extract.near import holds, iter_near

PATTERN = re.compile(r"\b(?:[A-Z]\w+ ){0,2}(?:Plan|Mutual)\b")
NEEDS = ("plan", "mutual")
WORDS = st.lists(st.sampled_from(["Harbor", "Green", "Plan", "Mutual", "planning", "of", "x", "\n", "İ"]), max_size=60)


@given(WORDS)
def test_near_finds_what_a_whole_search_finds(words: list[str]) -> None:
    text = " ".join(words)
    found = [match.span() for match in iter_near(PATTERN, text, NEEDS, 40)]
    assert found == [match.span() for match in PATTERN.finditer(text)]


def test_without_needs_all_is_searched() -> None:
    assert [m.group() for m in iter_near(PATTERN, "Harbor Plan", None, 1)] == ["Harbor Plan"]
    assert holds("anything", None)


def test_text_without_a_needed_word_holds_none() -> None:
    assert not holds("a rule of conduct", NEEDS)
    assert list(iter_near(PATTERN, "Harbor Plan", ("mutual",), 40)) == []
