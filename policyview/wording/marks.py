"""Words on which a sense hangs (not, except, and, or, may, must), and a text's sense as a comparable value."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from policyview.lexicon import Lexicon
from policyview.wording.folding import fold
from policyview.wording.numbers import read_numbers

MarkKind = Literal["negation", "exception", "and", "or", "permission", "obligation"]
_NAME_WITH_DIGIT = re.compile(r"\b(?=[\w.-]*\d)(?=[\w.-]*[a-z])[\w.-]*\w")


@dataclass(frozen=True)
class Mark:
    """A word of the lexicon's ``marks`` in a text."""

    start: int
    end: int
    kind: MarkKind
    text: str


@lru_cache(maxsize=4)
def _expression(lexicon: Lexicon) -> re.Pattern[str]:
    groups = (
        f"(?P<{entry.name}>" + "|".join(sorted(entry.patterns, key=len, reverse=True)) + ")"
        for entry in lexicon.entries("marks")
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?!\w)".replace(" ", r"\s+"), re.IGNORECASE)


def read_marks(text: str, lexicon: Lexicon) -> tuple[Mark, ...]:
    """The marks of a text, in order."""
    return tuple(
        Mark(match.start(), match.end(), cast(MarkKind, match.lastgroup), match.group())
        for match in _expression(lexicon).finditer(text)
    )


def sense(text: str, lexicon: Lexicon) -> Hashable:
    """What two wordings of one passage must share: numbers with their comparators, names with digits, negations.

    Equal for texts that differ in spelling, line breaks or hyphens only.
    """
    plain = fold(text).text
    numbers = tuple((q.comparator, q.value) for q in read_numbers(plain, lexicon))
    names = tuple(match.group() for match in _NAME_WITH_DIGIT.finditer(plain))
    marks = tuple(mark.kind for mark in read_marks(plain, lexicon) if mark.kind in ("negation", "exception"))
    return numbers, names, marks
