"""Finds units that are one unit in the other version: alternatives printed as one item, a sentence cut in two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyview.model import Unit
from policyview.versions.matching import Matching

_TAKEN_IN = 0.8  # of the words of a unit that another took in
_FEWEST = 4  # words that do not stand in another text by chance
_NEIGHBOURS = 6  # units before or behind that may have been joined to one


@dataclass(frozen=True)
class Joined:
    """Places of units that say together what those of the other version say; ``version`` (0 old, 1 new) has several.

    ``changed`` are the words that only one of them has: joining words at most, unless one of the several ``is_edited``.
    ``lead`` is the place of the heading or lead-in over the several, -1 where there is none.
    """

    olds: tuple[int, ...]
    news: tuple[int, ...]
    version: int
    changed: frozenset[str]
    lead: int
    is_edited: bool = False


def joined(matching: Matching) -> Iterator[Joined]:
    """All such groups; each unit is in one at most."""
    taken: tuple[set[int], set[int]] = (set(), set())
    for j, i in enumerate(matching.old_of):
        if i < 0 or matching.keys[0][i] == matching.keys[1][j] or i in taken[0] or j in taken[1]:
            continue
        for version in (0, 1):
            found = _group(matching, version, i, j, taken)
            if found:
                taken[0].update(found.olds)
                taken[1].update(found.news)
                yield found
                break


def _group(matching: Matching, version: int, i: int, j: int, taken: tuple[set[int], set[int]]) -> Joined | None:
    units, other = (matching.old, matching.new[j]) if version == 0 else (matching.new, matching.old[i])
    at = i if version == 0 else j
    several = sorted((at, *_taken_in(matching, version, at, other, taken[version])))
    if len(several) < 2:
        return None
    words, whole = matching.words, matching.words.tokens(other.text)
    differing = frozenset(set(words.tokens(" ".join(units[k].text for k in several))) ^ set(whole))
    is_edited = bool(words.content(differing))
    if is_edited and not all(_stands_in(words.tokens(units[k].text), whole) for k in several if k != at):
        return None
    lead = units[at].parent if units[at].parent >= 0 else units[at].section
    olds, news = (several, [j]) if version == 0 else ([i], several)
    return Joined(tuple(olds), tuple(news), version, differing, lead, is_edited)


def _stands_in(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether words stand word for word in others, and are enough not to do so by chance."""
    if len(words) < _FEWEST:
        return False
    return any(others[at : at + len(words)] == words for at in range(len(others) - len(words) + 1))


def _taken_in(matching: Matching, version: int, at: int, other: Unit, taken: set[int]) -> Iterator[int]:
    """The unpaired neighbours of a unit whose words its partner holds, as far as they stand together with it."""
    units: Sequence[Unit] = (matching.old, matching.new)[version]
    partner = (matching.new_of, matching.old_of)[version]
    for step in (-1, 1):
        here = at + step
        while 0 <= here < len(units) and abs(here - at) <= _NEIGHBOURS and partner[here] < 0 and here not in taken:
            is_alike = units[here].role == units[at].role and units[here].kind != "furniture"
            if not is_alike or matching.words.share(units[here].text, other.text) < _TAKEN_IN:
                break
            yield here
            here += step
