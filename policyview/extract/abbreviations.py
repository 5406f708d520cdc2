"""Abbreviations as the document itself introduces them: "long form (ABBR)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyview.lexicon import Lexicon
from policyview.model import Document, Role, Structure

_BRACKETED = re.compile(r"\(\s*(?P<abbreviation>[A-Za-z][\w/&.-]{0,11}?)(?:\s*[;,][^)]*)?\s*\)")
_WORD = re.compile(r"[A-Za-z][\w'’-]*|\d+")
_SKIPPED_ROLES = frozenset({Role.REFERENCES, Role.HISTORY})


def abbreviations(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """(abbreviation, long form) pairs, each abbreviation once, in the order in which they are introduced."""
    found: dict[str, str] = {}
    for part in structure.parts:
        if part.role in _SKIPPED_ROLES:
            continue
        for block in part.iter_blocks():
            for abbreviation, long_form in pairs_in(block.passage.text):
                found.setdefault(abbreviation, long_form)
    return tuple(found.items())


def pairs_in(text: str) -> Iterator[tuple[str, str]]:
    """The pairs that one text introduces."""
    for match in _BRACKETED.finditer(text):
        abbreviation = match.group("abbreviation")
        if sum(c.isupper() for c in abbreviation) < 2:
            continue
        if long_form := _long_form(text[:match.start()], abbreviation):
            yield abbreviation, long_form


def _long_form(before: str, abbreviation: str) -> str | None:
    """The fewest words before the bracket whose letters spell the abbreviation (Schwartz and Hearst, 2003)."""
    letters = [c.lower() for c in abbreviation if c.isalnum()]
    if abbreviation.endswith("s") and abbreviation[:-1].isupper():
        letters.pop()
    sentence = re.split(r"[.;:()\[\]]\s", before[-160:])[-1].rstrip()
    at = len(sentence) - 1
    for nth in range(len(letters) - 1, -1, -1):
        while at >= 0:
            starts_word = at == 0 or not sentence[at - 1].isalnum()
            if sentence[at].lower() == letters[nth] and (nth > 0 or starts_word):
                break
            at -= 1
        if at < 0:
            return None
        at -= 1
    long_form = sentence[at + 1:].strip()
    words = _WORD.findall(long_form)
    if not words or len(words) > min(len(letters) + 5, 2 * len(letters) + 1) or abbreviation in words:
        return None
    return long_form if len(long_form) > len(abbreviation) else None
