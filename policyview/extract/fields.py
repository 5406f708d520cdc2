"""Labels and their values: "Policy Number: X.1", a table's cells, a label with its value on the line below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from policyview.lexicon import Lexicon
from policyview.model import Document

_GAP = r"(?:[ \t]*(?:[:#|]|\.{3,}|…)[ \t]*(?:\*\*)?[\s|.…]*?|[ \t]*\t[ \t]*|[ ]{2,}|[ \t]*\n\s*)"
_FRONT_LINES = 400  # labels and values of the title block stand in cells only there
_BEGIN = re.compile(r"[\n\t|#*:>]|  ")  # what stands before a label
_INSIDE = re.compile(r"\s*[:#]\s*(?=\S)")  # between a label and its value in one cell
_VALUE_END = re.compile(r"\n|\t|\||\s{3,}|<br")


@dataclass(frozen=True)
class Field:
    """A labelled value at ``text[start:end]``; the label begins at ``label_start``."""

    label: str
    value: str
    start: int
    end: int
    label_start: int
    is_below: bool  # the value stands on the line under its label


@lru_cache(maxsize=4)
def any_label(lexicon: Lexicon) -> re.Pattern[str]:
    """Every label with its colon, also one whose blank before it is lost ("StimulationReference Number:")."""
    entries = [*lexicon.entries("fields"), *lexicon.entries("dates")]
    joined = _longest_first(tuple(p for e in entries if e.get("field") for p in e.patterns))
    return re.compile(rf"(?:(?<![\w-])|(?<=[a-z)])(?-i:(?=[A-Z])))(?:{joined})[ \t]*:", re.IGNORECASE)


def _longest_first(patterns: tuple[str, ...]) -> str:
    joined = "|".join(f"(?:{p})" for p in sorted(patterns, key=len, reverse=True))
    return joined.replace(" ?", r"\s*").replace(" ", r"\s+")


@lru_cache(maxsize=64)
def _label(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[ \t]*(?P<label>{_longest_first(patterns)}){_GAP}", re.IGNORECASE)


def _labels(text: str, patterns: tuple[str, ...], end: int) -> Iterator[re.Match[str]]:
    """The labels that begin a line or a cell, or follow a wide gap."""
    label, done = _label(patterns), 0
    for place in chain((0,), (begin.end() for begin in _BEGIN.finditer(text, 0, end))):
        if place >= done and (match := label.match(text, place, end)):
            yield match
            done = match.end()


def iter_fields(document: Document, patterns: tuple[str, ...], lexicon: Lexicon, end: int) -> Iterator[Field]:
    """The values of these labels in the document's first ``end`` characters, in printed order."""
    found = [*_in_text(document, patterns, lexicon, end), *_in_cells(document, patterns, end)]
    yield from sorted(found, key=lambda field: (field.label_start, field.is_below))


def _in_text(document: Document, patterns: tuple[str, ...], lexicon: Lexicon, end: int) -> Iterator[Field]:
    """Values in running text.

    A label begins a line or cell, or follows a wide gap; its value ends with the line, the cell or the next label.
    """
    text, cells = document.text, _cells(document)
    for match in _labels(text, patterns, min(end, len(text))):
        start = match.end()
        stop = _VALUE_END.search(text, start)
        finish = stop.start() if stop else len(text)
        finish = min([finish, *(b for a, b in cells if a <= start < b)])
        if label := any_label(lexicon).search(text, start, finish):
            finish = label.start()
        value = text[start:finish]
        trimmed = value.strip(" *#_:|\t")
        if trimmed:
            at = start + value.index(trimmed[0])
            below = "\n" in match.group()[len(match.group("label")):]
            yield Field(match.group("label"), trimmed, at, at + len(trimmed), match.start("label"), below)


def _cells(document: Document) -> tuple[tuple[int, int], ...]:
    return tuple((cell[0], cell[1]) for line in document.lines[:_FRONT_LINES] for cell in line.cells)


def _in_cells(document: Document, patterns: tuple[str, ...], end: int) -> Iterator[Field]:
    """Values in the cell after their label's cell."""
    label = _whole_label(patterns)
    for line in document.lines[:_FRONT_LINES]:
        for a, b, *_ in line.cells:  # "Policy No: X.1" in one cell
            match = label.match(document.text[a:b])
            inside = _INSIDE.match(document.text, a + match.end(), b) if match else None
            if match and inside and a < end:
                value = document.text[inside.end():b].strip(" :*#_|\t")
                yield Field(match.group(), value, inside.end(), inside.end() + len(value), a, False)
        for (a, b, *_), (c, d, *_) in pairwise(line.cells):
            words, value = document.text[a:b].strip(" :*#"), document.text[c:d].strip(" :*#_|\t")
            if a < end and value and label.fullmatch(words):
                at = c + document.text[c:d].index(value[0])
                yield Field(words, value, at, at + len(value), a, False)


@lru_cache(maxsize=64)
def _whole_label(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_longest_first(patterns), re.IGNORECASE)
