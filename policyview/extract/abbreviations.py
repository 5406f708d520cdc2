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
    words = list(_WORD.finditer(sentence))
    if long_form := _by_initials(sentence, words, letters):
        return long_form
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
    count = len(_WORD.findall(long_form))
    if not count or count > min(len(letters) + 5, 2 * len(letters) + 1) or abbreviation in long_form.split():
        return None
    return long_form if len(long_form) > len(abbreviation) else None


def _by_initials(sentence: str, words: list[re.Match[str]], letters: list[str]) -> str | None:
    """The last words whose initials spell the letters; small words between them may be left out."""
    at, wanted = len(words) - 1, len(letters) - 1
    if not words or words[-1].end() < len(sentence.rstrip(" \"”*")):
        return None
    while at >= 0:
        if words[at].group()[0].lower() == letters[wanted]:
            if wanted == 0:
                return sentence[words[at].start():].strip()
            wanted -= 1
        elif words[at].group().lower() not in _SMALL:
            return None
        at -= 1
    return None


_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "with", "a", "an", "or", "by"})
