"""Which characters of a Markdown line are marks, and which are words."""

from __future__ import annotations

import time

import pytest

from policyview.gui.heading_words import heading
from policyview.gui.markup import marks


def _words(line: str) -> str:
    words, last = [], 0
    for start, end in marks(line):
        words.append(line[last:start])
        last = end
    return "".join([*words, line[last:]])


@pytest.mark.parametrize(
    ("line", "words"),
    [("### Limits", " Limits"), ("mist is **never** due", "mist is never due"),
     ("***all*** of *these*", "all of these"), ("_once_ a week", "once a week"),
     ("__Note:__ see below", "Note: see below"), ("10<sup>9</sup>/L", "109/L"),
     ("| Adults | 4 |", " Adults  4 "), ("|---|:--:|", ""), ("a \\* b", "a * b"),
     ("[rule 4](http://x/y) holds", "[rule 4] holds"), ("`code` 123", "code 123"), ("> quoted", " quoted"),
     ("wet <!-- or dry --> air", "wet  air")],
)  # fmt: skip
def test_marks_of_markdown_are_told_from_words(line: str, words: str) -> None:
    assert _words(line) == words


@pytest.mark.parametrize(
    "line",
    ["weight < 40 kg and > 3 kg", "age >= 6 * 2", "snake_case_name", "#9 of the list", "#hash", "a - b", "2 * 3 * 4",
     "FEV1 <80% of predicted", "- a point", "1. first", "5 - 10", "----"],
)  # fmt: skip
def test_words_that_look_alike_are_left_alone(line: str) -> None:
    assert list(marks(line)) == []


@pytest.mark.parametrize("part", ["*", "<!--", "](", "|- :", "_a", "<a", "> ", "`"])
def test_no_line_takes_long(part: str) -> None:
    line = part * (4_000 // len(part)) + "x"
    began = time.process_time()
    list(marks(line))
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize(
    ("printed", "shown"),
    [("#### **Who may ask**", "Who may ask"), ("Wing Care<sup>SM</sup> plans", "Wing CareSM plans"),
     ("RULES FOR EVERYONE1,2,3", "RULES FOR EVERYONE"), ("Others1-13,20", "Others"), ("Others1", "Others1"),
     ("Age 2, 3", "Age 2, 3"), ("B12,13", "B12,13"), ("Both of these*", "Both of these*"), ("| A | B |", "| A | B |"),
     ("####", "####")],
)  # fmt: skip
def test_a_heading_is_shown_as_it_is_meant(printed: str, shown: str) -> None:
    assert heading(printed) == shown
