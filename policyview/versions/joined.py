"""Finds units that are one unit in the other version: alternatives printed as one item, a sentence cut in two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyview.model import Role, Unit
from policyview.versions.matching import Matching
from policyview.versions.meaning import Words

_TAKEN_IN = 0.8  # of the words of a unit that another took in
_LIKE = 0.65  # of the words of one of several units that together are one
_WHOLE = 6  # words of a unit that another version prints as several
_FEWEST = 4  # words that do not stand in another text by chance
_APART = frozenset({Role.REFERENCES, Role.HISTORY, Role.DISCLAIMER})  # what is never read on into a statement
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
    for cut in _cut_otherwise(matching):
        taken[0].update(cut.olds)
        taken[1].update(cut.news)
        yield cut
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
    for version in (0, 1):
        yield from _spread(matching, version, taken)


def _cut_otherwise(matching: Matching) -> Iterator[Joined]:
    """Two units that follow each other and are, labels and all, word for word what two of the other version are."""
    words, last = matching.words, -1
    for i in range(len(matching.old) - 1):
        j = matching.new_of[i]
        if i == last or not 0 <= j < len(matching.new) - 1 or matching.new_of[i + 1] != j + 1:
            continue
        if matching.keys[0][i] == matching.keys[1][j]:
            continue
        pairs = matching.old[i:i + 2], matching.new[j:j + 2]
        one, other = (words.tokens(" ".join(unit.printed for unit in pair)) for pair in pairs)
        if one == other:
            last = i + 1
            yield Joined((i, i + 1), (j, j + 1), 0, frozenset(), -1)


def _spread(matching: Matching, version: int, taken: tuple[set[int], set[int]]) -> Iterator[Joined]:
    """A unit without a pair, such as a row of a table, whose words the other version prints as several units."""
    units, partner = (matching.old, matching.new)[version], (matching.new_of, matching.old_of)[version]
    words, others = matching.words, (matching.new, matching.old)[version]
    runs = _runs((matching.old_of, matching.new_of)[version], taken[1 - version])
    free = [(run, Counter(words.tokens(" ".join(others[k].text for k in run)))) for run in runs if len(run) > 1]
    for at, unit in enumerate(units):
        whole = words.tokens(unit.text)
        if partner[at] >= 0 or at in taken[version] or unit.kind == "furniture" or len(whole) < _WHOLE:
            continue
        counted = Counter(whole)
        for run, there in free:
            if (counted & there).total() < _TAKEN_IN * _LIKE * len(whole):
                continue
            several = _parts(matching, 1 - version, [k for k in run if k not in taken[1 - version]], unit)
            if several:
                differing = _differing(several, others, whole, words)
                taken[version].add(at)
                taken[1 - version].update(several)
                olds, news = ((at,), several) if version == 0 else (several, (at,))
                yield Joined(olds, news, 1 - version, differing, -1, bool(words.content(differing)))
                break


def _parts(matching: Matching, version: int, run: list[int], unit: Unit) -> tuple[int, ...]:
    """Those of a run of units that together say what a unit of the other version says, () where they do not."""
    units, words = (matching.old, matching.new)[version], matching.words
    several = tuple(k for k in run if words.share(units[k].text, unit.text) >= _LIKE)
    length, whole = sum(len(words.tokens(units[k].text)) for k in several), len(words.tokens(unit.text))
    return several if len(several) > 1 and _TAKEN_IN * whole <= length <= whole / _TAKEN_IN else ()


def _runs(partner: Sequence[int], taken: set[int]) -> Iterator[list[int]]:
    """The places of units without a pair, those together that stand together."""
    run: list[int] = []
    for at, other in enumerate(partner):
        if other < 0 and at not in taken:
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _group(matching: Matching, version: int, i: int, j: int, taken: tuple[set[int], set[int]]) -> Joined | None:
    units, other = (matching.old, matching.new[j]) if version == 0 else (matching.new, matching.old[i])
    at = i if version == 0 else j
    several = sorted((at, *_taken_in(matching, version, at, other, taken[version])))
    if len(several) < 2:
        return None
    words, whole = matching.words, matching.words.tokens(other.text)
    differing = _differing(several, units, whole, words)
    is_edited = bool(words.content(differing))
    if is_edited:  # then the others must stand in it word for word
        several = [k for k in several if k == at or _stands_in(words.tokens(units[k].text), whole)]
        differing = _differing(several, units, whole, words)
        if len(several) < 2:
            return None
    lead = units[at].parent if units[at].parent >= 0 else units[at].section
    olds, news = (several, [j]) if version == 0 else ([i], several)
    return Joined(tuple(olds), tuple(news), version, differing, lead, is_edited)


def _differing(several: Sequence[int], units: Sequence[Unit], whole: tuple[str, ...], words: Words) -> frozenset[str]:
    """The words that only several units, or only the one that says all they say, have."""
    return frozenset(set(words.tokens(" ".join(units[k].text for k in several))) ^ set(whole))


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
            roles = {units[here].role, units[at].role}
            is_alike = (len(roles) == 1 or not roles & _APART) and units[here].kind != "furniture"
            if not is_alike or matching.words.share(units[here].text, other.text) < _TAKEN_IN:
                break
            yield here
            here += step
