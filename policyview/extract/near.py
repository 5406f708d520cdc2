"""Runs an expensive expression only near the words that each of its matches holds (``needs`` of a lexicon entry)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache


def holds(folded: str, needs: Sequence[str] | None) -> bool:
    """Whether a lower-case text holds one of the words; true where none are said."""
    if needs is None:
        return True
    for word in needs:  # noqa: SIM110  asked a hundred thousand times a folder: a generator is twice as slow
        if word in folded:
            return True
    return False


def iter_near(pattern: re.Pattern[str], text: str, needs: Sequence[str] | None, reach: int) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` in order, those alone that hold one of ``needs`` within ``reach`` characters.

    ``needs`` are lower case; where None, every match. ``reach`` is also the length of the longest match.
    """
    folded = _folded(text)
    if needs is None or len(folded) != len(text):  # a few capitals have longer small forms
        yield from pattern.finditer(text)
        return
    done = 0
    for first, last in _stretches(sorted(_places(folded, needs)), reach):
        for match in pattern.finditer(text, max(first, done), min(len(text), last + 2 * reach)):
            if match.start() > last:
                break
            yield match
            done = match.end()


@lru_cache(maxsize=2)
def _folded(text: str) -> str:
    """One document's text is asked for dozens of times in a row."""
    return text.lower()


def _places(folded: str, needs: Sequence[str]) -> set[int]:
    places = set[int]()
    for word in needs:
        at = folded.find(word)
        while at >= 0:
            places.add(at)
            at = folded.find(word, at + 1)
    return places


def _stretches(places: Sequence[int], reach: int) -> Iterator[tuple[int, int]]:
    """(first, last) of where a match may begin: up to ``reach`` before a place; stretches that touch are one."""
    first = last = -1
    for place in places:
        if first >= 0 and place - reach > last:
            yield first, last
            first = -1
        if first < 0:
            first = max(0, place - reach)
        last = place
    if first >= 0:
        yield first, last
