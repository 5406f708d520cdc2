"""Labels and the values printed after them: "Policy Number: X.1", table cells, a label with its value on the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from policyview.lexicon import Lexicon
from policyview.model import Document

_GAP = r"(?:[ \t]*(?:[:#|]|\.{3,}|…)[ \t]*(?:\*\*)?[\s|.…]*?|[ \t]*\t[ \t]*|[ ]{2,}|[ \t]*\n\s*)"
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
def _any_label(lexicon: Lexicon) -> re.Pattern[str]:
    entries = [*lexicon.entries("fields"), *lexicon.entries("dates")]
    patterns = [p for e in entries if e.get("field") for p in e.patterns]
    joined = "|".join(f"(?:{p})" for p in sorted(patterns, key=len, reverse=True)).replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{joined})[ \t]*:", re.IGNORECASE)


@lru_cache(maxsize=64)
def _label(patterns: tuple[str, ...]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{p})" for p in sorted(patterns, key=len, reverse=True)).replace(" ?", r"\s*")
    joined = joined.replace(" ", r"\s+")
    return re.compile(rf"(?:(?<=\n)|(?<=\t)|(?<=[|#*:>])|(?<=  )|\A|(?<=\n ))[ \t]*(?P<label>{joined}){_GAP}", re.IGNORECASE)


def iter_fields(document: Document, patterns: tuple[str, ...], lexicon: Lexicon, end: int) -> Iterator[Field]:
    """The values of these labels in the document's first ``end`` characters, in printed order.

    A label begins a line or cell, or follows a wide gap; its value ends with the line, the cell or the next label.
    """
    text = document.text
    for match in _label(patterns).finditer(text, 0, min(end, len(text))):
        start = match.end()
        stop = _VALUE_END.search(text, start)
        finish = stop.start() if stop else len(text)
        finish = min([finish, *(b for a, b, *_ in _cells(document) if a <= start < b)])
        if label := _any_label(lexicon).search(text, start, finish):
            finish = label.start()
        value = text[start:finish]
        trimmed = value.strip(" *#_:|\t")
        if trimmed:
            at = start + value.index(trimmed[0])
            below = "\n" in match.group()[len(match.group("label")):]
            yield Field(match.group("label"), trimmed, at, at + len(trimmed), match.start("label"), below)


def _cells(document: Document) -> tuple[tuple[int, int], ...]:
    return tuple(cell for line in document.lines[:400] for cell in line.cells)
