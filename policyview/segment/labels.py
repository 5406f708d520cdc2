"""Printed labels of list items: what a label may count as, and which text follows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from policyview.model import Passage

_ARROWS_AND_SHAPES = "".join(map(chr, (*range(0x27A1, 0x27BF), *range(0x2B00, 0x2C00), *range(0x25A2, 0x2600))))
BULLETS = (
    "•●○◦▪▫■□‣⁃∙·➢➤►▶✓✔❖◆◇✦–—−‐*\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06f\uf02d\uf0be\uf071" + _ARROWS_AND_SHAPES
)
LONE_BULLETS = "-–•●○◦▪■□·➢➤►✓"  # those of which a web page may leave one alone on its line
PLAIN_BULLETS = tuple("•●○◦▪■□·➢➤►✓")  # those that mean nothing else in the cell of a text's table
CHECKBOXES = "☐☑☒\uf0fe\uf0a3\uf052"
_BULLET = re.compile(
    rf"(?:[{re.escape(BULLETS)}](?!{re.escape('*')})\s*(?=\S)|[-+](?:\s+)(?=\S)|-(?=[A-Z][a-z])|o\s+(?=\S)|§\s+(?=\S)|[{CHECKBOXES}]\s*(?=\S))"
)
_ENUMERATED = re.compile(
    r"(?P<open>\(?)(?:(?P<roman>[ivxl]{1,6}|[IVXL]{1,6})|(?P<letter>[A-Za-z]{1,2})|(?P<number>(?!0\d?\.\d)\d{1,2}(?:\.\d{1,2}){0,4}))"
    r"(?P<close>[.)]|\.\))(?:(?=\s+\S|$)|(?<=[IVX]{2}\.)(?=[A-Z][a-z]{3}))"  # "III.Diagnoses": a tab that print lost
)
_GLUED = re.compile(  # "(1)Patient has …": a label in brackets needs no blank behind it
    r"(?P<open>\()(?:(?P<roman>[ivxl]{1,6})|(?P<letter>[a-z])|(?P<number>\d{1,2}))(?P<close>\))(?=[A-Z][a-z])"
)
_PLAIN = re.compile(  # "1 - Diagnosis of …" and "2.1 Trial of …": numbers of a list, where one is
    r"(?:(?P<number>\d{1,2}) [-–] |(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3}) (?:[-–] )?)(?=[A-Z≥≤])"
)
_NUMERALS = "ivxlIVXL"  # and "" is in it, so that a line of one or two letters is looked at
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True)
class Reading:
    """One way to count a label: its style and its place in the sequence (1 is first)."""

    style: str
    ordinal: int


INDENT = "indent"
"""The style of items whose bullets the print lost and that only their indentation shows."""


@dataclass(frozen=True)
class Label:
    """A printed label and the ways to count it; bullets have ordinal 0."""

    printed: str
    readings: tuple[Reading, ...]

    @property
    def is_bullet(self) -> bool:
        return self.readings[0].ordinal == 0

    def following(self, counted: Mapping[str, int]) -> Reading:
        """The way to count it that comes next after the last label of its style, else the first."""
        return next((r for r in self.readings if r.ordinal and counted.get(r.style) == r.ordinal - 1), self.readings[0])


def roman_value(text: str) -> int:
    """The value of a roman numeral, 0 where the letters are none."""
    values = [_ROMAN.get(c, 0) for c in text.lower()]
    if not all(values):
        return 0
    total = sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return total if _to_roman(total) == text.lower() else 0


def _to_roman(number: int) -> str:
    out = ""
    for value, digits in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out, number = out + digits, number - value
    return out


def _readings(match: re.Match[str]) -> tuple[Reading, ...]:
    frame = match["open"] + match["close"]
    if match["number"]:
        parts = match["number"].split(".")
        return (Reading(f"1{frame}{len(parts)}", int(parts[-1])),)
    text = match["roman"] or match["letter"]
    case = "I" if text.isupper() else "i"
    out = []
    if roman := roman_value(text):
        out.append(Reading(f"{case}{frame}", roman))
    letter = "A" if text[0].isupper() else "a"
    if len(set(text)) == 1:  # after z come aa, bb
        out.append(Reading(f"{letter}{frame}", ord(text[0].lower()) - 96 + 26 * (len(text) - 1)))
    return tuple(out)


def after_label(passage: Passage) -> bool:
    """Whether the text begins with an enumerated label of its own ("- A. …": the letter is the label)."""
    return bool(_ENUMERATED.match(passage.text))


def plain_label(passage: Passage) -> tuple[Label | None, Passage]:
    """The same for a number without bracket or stop, which only in a list is one ("1 - …", "2.1 …")."""
    match = _PLAIN.match(passage.text)
    if match is None:
        return None, passage
    parts = (match["number"] or match["decimal"]).split(".")
    style = "1 -" if match["number"] else f"1decimal{len(parts)}"
    return Label(".".join(parts), (Reading(style, int(parts[-1])),)), passage.part(match.end())


def split_label(passage: Passage, awaits_item: bool = False) -> tuple[Label | None, Passage]:
    """The label a line begins with, if any, and what follows it; ``awaits_item`` where a lone bullet begins one."""
    text = passage.text
    if text[:3].isalpha() and text[2:3] not in _NUMERALS:  # most lines: a word, and no numeral as long
        return None, passage
    if awaits_item and len(text) == 1 and text in LONE_BULLETS:
        return Label(text, (Reading(f"bullet {text}", 0),)), passage.part(1)
    if match := _BULLET.match(text):
        glyph = text[0]
        style = "checkbox" if glyph in CHECKBOXES else f"bullet {glyph}"
        rest = passage.part(match.end())
        inner, after = split_label(rest) if glyph in "-*•" and after_label(rest) else (None, rest)
        return (inner, after) if inner else (Label(glyph, (Reading(style, 0),)), rest)
    match = _ENUMERATED.match(text) or _GLUED.match(text)
    if not match:
        return None, passage
    readings = _readings(match)
    if not readings:
        return None, passage
    return Label(match.group(), readings), passage.part(match.end())
