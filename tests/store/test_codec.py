"""Values survive their way into bytes and back, exactly; bytes that are not such a value are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from policyview.anchor import anchor_at
from policyview.model import Anchor, Document, Facts, Note, Threshold
from policyview.store import codec
from tests.store import made

TEXT = "At least \0 two \ud800 trials of 6 to 8 weeks.\n"
DOCUMENT = Document("a.txt", "00", "text/plain", TEXT)


def around(value: Any, text: str = TEXT) -> Any:
    return codec.unpack(type(value), codec.pack(value, text), text)


def test_what_was_read_comes_back(original: Path) -> None:
    for reading in made.readings(original.parent):
        assert around(reading.facts, reading.document.text) == reading.facts
        assert around(replace(reading.document, text="")) == replace(reading.document, text="")
        assert len(codec.pack(reading.facts, reading.document.text)) < 40 * len(reading.document.text)


@pytest.mark.parametrize("anchor", [
    anchor_at(DOCUMENT, 3, 20), anchor_at(DOCUMENT, 0, 0), anchor_at(DOCUMENT, 0, len(TEXT)),
    replace(anchor_at(DOCUMENT, 3, 20), quote="other \udfff words", match="fuzzy", score=0.5),
    replace(anchor_at(DOCUMENT, 3, 20), prefix="before", suffix="", continues=(anchor_at(DOCUMENT, 25, 30),)),
    Anchor(30, 20, 2, ""), Anchor(900, 950, None, "beyond"),
])  # fmt: skip
def test_any_anchor_comes_back(anchor: Anchor) -> None:
    assert around(Note("\0\ud800", anchor)) == Note("\0\ud800", anchor)


@pytest.mark.parametrize("value", [6, 6.5, (6, 8), (6.5, 8)])
def test_a_threshold_keeps_its_kind_of_number(value: Any) -> None:
    threshold = Threshold("duration", "range", value, None, "i1", "6 to 8", anchor_at(DOCUMENT, 5, 9))
    again = around(threshold)
    assert again == threshold
    assert repr(again.value) == repr(value)


NOTE = json.loads(codec.pack(Note("words", anchor_at(DOCUMENT, 3, 20)), TEXT))


@pytest.mark.parametrize("told", [
    None, 1, "words", {}, [], ["words"], [1, NOTE[1]], ["words", None], ["words", [3]], [*NOTE, "more"],
    ["words", [3, 900, None, 0, 0]], ["words", [-3, 2, None, 0, 0]], ["words", ["3", 20, None, 0, 0]],
    ["words", [3, 20, None, 0, {}]], ["words", [3, 20, "1", 0, 0]], ["words", [3, 20, None, 0, 0, None]],
    ["words", [3, 20, None, 0, 0, None, "guessed", 1.0, []]], ["words", [3, 20, None, 0, 0, 5, "exact", "1", []]],
])  # fmt: skip
def test_what_is_no_such_value_is_refused(told: Any) -> None:
    with pytest.raises(ValueError, match="This is no stored Note"):
        codec.unpack(Note, json.dumps(told).encode(), TEXT)


def test_a_choice_that_there_is_not_is_refused(original: Path) -> None:
    reading = made.readings(original.parent)[0]
    packed = codec.pack(reading.facts, reading.document.text)
    assert b'"investigational"' in packed
    with pytest.raises(ValueError, match="stored"):
        codec.unpack(Facts, packed.replace(b'"investigational"', b'"covered"'), reading.document.text)
    with pytest.raises(ValueError, match="stored"):
        codec.unpack(Facts, b"[" * 100_000, "")
