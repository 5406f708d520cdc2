"""Tells words that name a condition: by the conditions of the lexicon, and by how such names are built."""

from __future__ import annotations

import re
from functools import lru_cache

from policyview.lexicon import Lexicon
from policyview.wording.alternatives import any_of

TITLE_WORDS = 14  # of a name without what it says in brackets
TITLE_CHARS = 1_000  # with what stands in brackets
_BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]")
_JOINT = re.compile(r"[;,]?\s*\b(?:and|or)\b\s*$", re.IGNORECASE)


@lru_cache(maxsize=4)
def _names(lexicon: Lexicon) -> re.Pattern[str]:
    listed = any_of(name for entry in lexicon.entries("conditions") for name in entry.patterns)
    built = lexicon["statements"]["condition-name"].regex.pattern
    return re.compile(rf"(?<!\w)(?:{listed}(?:e?s)?|{built})\b", re.IGNORECASE)


def without_brackets(text: str) -> str:
    """A text without what it says in brackets."""
    return _BRACKETS.sub("", text)


@lru_cache(maxsize=4096)
def names_condition(text: str, lexicon: Lexicon) -> bool:
    """Whether a text holds the name of a disease, injury or symptom."""
    return bool(_names(lexicon).search(text.replace("\u2019", "'")))


def named_conditions(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The names of conditions that a text holds, in small letters."""
    return frozenset(match.group().casefold() for match in _names(lexicon).finditer(text.replace("\u2019", "'")))


def is_condition_title(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is only the name of a condition ("Plaque psoriasis (PsO); AND", "Gout [must meet …]")."""
    if len(text) > TITLE_CHARS:  # a search for brackets in a text of thousands of them takes minutes
        return False
    title = _JOINT.sub("", _BRACKETS.sub("", text)).strip(" :;,.-–")
    if not title or len(title.split()) > TITLE_WORDS or not (title[0].isupper() or title[0].isdigit()):
        return False
    statements = lexicon["statements"]
    if statements["no-title"].regex.search(title) or statements["patient-clause"].regex.match(title):
        return False
    return names_condition(title, lexicon)
