"""The labels of Word's numbered and bulleted paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from policyview.read.numerals import letters, roman

_LEVELS = 9
_PLACE = re.compile(r"%(\d)")
_BULLET = "•"
_NEST_TWIPS = 360  # a quarter of an inch a level, where a list does not say


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int
    left: int | None  # where the label stands, in twentieths of a point


class Lists:
    """The numbering of one document; keeps count from paragraph to paragraph."""

    def __init__(self, document: Any) -> None:
        self._abstract: dict[str, str] = {}  # list id -> id of its definition
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for number in root.findall(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            if target is not None:
                self._abstract[number.get(qn("w:numId"))] = target.get(qn("w:val"))
        for definition in root.findall(qn("w:abstractNum")):
            self._levels[definition.get(qn("w:abstractNumId"))] = dict(map(_level, definition.findall(qn("w:lvl"))))

    def label(self, paragraph: Any, styles: list[Any]) -> tuple[str, int]:
        """The label that Word prints before the paragraph ("" for none) and where, in twentieths of a point."""
        list_id, level = _numbering(paragraph, styles)
        definition = self._abstract.get(list_id or "")
        if definition is None or not 0 <= level < _LEVELS:
            return "", 0
        levels = self._levels.get(definition, {})
        own = levels.get(level)
        if own is None or own.format == "none":
            return "", 0
        counts = self._counts[definition]
        counts[level] = own.start if counts[level] is None else (counts[level] or 0) + 1
        counts[level + 1:] = [None] * (_LEVELS - level - 1)
        left = _left(paragraph)
        left = left if left is not None else own.left if own.left is not None else _NEST_TWIPS * level
        if own.format == "bullet":
            return _BULLET, left
        return _PLACE.sub(lambda match: self._number(levels, counts, int(match.group(1)) - 1), own.text).strip(), left

    def _number(self, levels: dict[int, _Level], counts: list[int | None], level: int) -> str:
        if not 0 <= level < _LEVELS or level not in levels:
            return ""
        number = counts[level] if counts[level] is not None else levels[level].start
        return _printed(number or 0, levels[level].format)


def _numbering(paragraph: Any, styles: list[Any]) -> tuple[str | None, int]:
    """The list id and level: the paragraph's own, else its style's."""
    level: int | None = None
    for holder in (paragraph, *styles):
        found = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is None:
            continue
        depth, number = found.find(qn("w:ilvl")), found.find(qn("w:numId"))
        if level is None and depth is not None:
            level = int(depth.get(qn("w:val")) or 0)
        if number is not None:
            return number.get(qn("w:val")), level or 0
    return None, 0


def _level(element: Any) -> tuple[int, _Level]:
    def value(tag: str, otherwise: str) -> str:
        found = element.find(qn(tag))
        return (found.get(qn("w:val")) if found is not None else None) or otherwise

    start = value("w:start", "1")
    text = value("w:lvlText", "")
    level = _Level(value("w:numFmt", "decimal"), text, int(start) if start.isdigit() else 1, _left(element))
    return int(element.get(qn("w:ilvl")) or 0), level


def _left(holder: Any) -> int | None:
    """Where the first line begins: the indentation less what hangs out of it. None where nothing is said."""
    indent = holder.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    if indent is None:
        return None

    def twips(*names: str) -> int:
        value = next((indent.get(qn(name)) for name in names if indent.get(qn(name))), "0")
        return int(value) if re.fullmatch(r"-?\d{1,6}", value) else 0

    return twips("w:left", "w:start") - twips("w:hanging") + twips("w:firstLine")


def _printed(number: int, kind: str) -> str:
    match kind:
        case "lowerLetter":
            return letters(number)
        case "upperLetter":
            return letters(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
    return str(number)
