"""Finds each unit of the old version again in the new one: by its words, and by what it stands under and between."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from policyview.model import Role, Unit
from policyview.versions.meaning import Words
from policyview.versions.units import leads

_FLOOR = 0.62  # less alike are two texts, not one that was edited
_SHORT = 24  # characters; of shorter texts more must be the same
_SHORT_FLOOR = 0.75
_LEAST = 45  # of 100; no surroundings make up for less
_CONTEXT = 0.2  # how much what it stands under and between may add
_ELSEWHERE = 0.8  # so alike must be what stands under another heading than the like one
_NEAR = 12  # units; so few stand between a text and its like place where only the headings were read otherwise
_SAME_LIST = 0.5  # of what stands below two units
_MOST = 40  # candidates looked at for one unit


class Matching:
    """``new_of`` and ``old_of`` give each unit's place in the other version, -1 where it has none."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit], words: Words) -> None:
        self.old, self.new, self.words = old, new, words
        self.keys = [words.key(unit.text) for unit in old], [words.key(unit.text) for unit in new]
        self._paths: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}
        self._items = _items(old), _items(new)
        self.below = tuple(
            [frozenset(keys[at] for at in below) for below in items]
            for items, keys in zip(self._items, self.keys, strict=True)
        )
        self.new_of, self.old_of = [-1] * len(old), [-1] * len(new)
        self._sure: tuple[list[int], list[int]] = [], []  # places whose words no other unit of their version has
        self._same_words()
        self._printed_otherwise(is_counted=True)
        self._like_words()
        self._same_lists()
        self._printed_otherwise()

    def pair(self, i: int, j: int) -> None:
        """Takes two units for one."""
        self.new_of[i], self.old_of[j] = j, i

    # ------------------------------------------------------------------ the same words

    def _same_words(self) -> None:
        places: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for version, units in enumerate((self.old, self.new)):
            for at, unit in enumerate(units):
                places[_sort(unit), self.keys[version][at]][version].append(at)
        several = list[tuple[list[int], list[int]]]()
        for olds, news in places.values():
            if len(olds) == len(news) == 1:
                self.pair(olds[0], news[0])
            elif olds and news:
                several.append((olds, news))
        self._sure = [i for i, j in enumerate(self.new_of) if j >= 0], [j for j, i in enumerate(self.old_of) if i >= 0]
        for olds, news in several:  # now that what stands around them is known
            self._best((self._context(i, j), i, j) for i in olds for j in news)

    def _best(self, scored: Iterable[tuple[float, int, int]]) -> None:
        """Pairs the surest first; of equal ones those that stand at the like place behind what is surely a pair."""
        ranked = sorted(scored, key=lambda each: (-round(each[0], 4), self._away(*each[1:]), each[1] + each[2]))
        for _, i, j in ranked:
            if self.new_of[i] < 0 and self.old_of[j] < 0:
                self.pair(i, j)

    def _away(self, i: int, j: int) -> int:
        """How far two units are from the like place behind the last pair before one of them."""
        away = [abs(i - j)]
        for at, other, partner, sure in ((i, j, self.new_of, self._sure[0]), (j, i, self.old_of, self._sure[1])):
            behind = bisect_left(sure, at) - 1
            if behind >= 0:
                away.append(abs(other - partner[sure[behind]] - at + sure[behind]))
        return min(away[1:], default=away[0])

    # ------------------------------------------------------------------ words alike

    def _like_words(self) -> None:
        left: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for version, (units, others) in enumerate(((self.old, self.new_of), (self.new, self.old_of))):
            for at, other in enumerate(others):
                if other < 0:
                    left[_sort(units[at])][version].append(at)
        for _, (olds, news) in sorted(left.items()):  # headings before texts
            texts = {j: self.keys[1][j] for j in news}
            scored = []
            for i in olds:
                text = self.keys[0][i]
                near = process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=_MOST)
                for _, ratio, j in near:
                    is_cut = self._is_cut(i, j)
                    least = _FLOOR if is_cut or min(len(text), len(texts[j])) >= _SHORT else _SHORT_FLOOR
                    least = max(least, _ELSEWHERE if self._is_elsewhere(i, j) else 0)
                    score = ratio / 100 + _CONTEXT * (self._context(i, j) - 0.5)
                    if is_cut:
                        score += _CONTEXT
                    if self.below[0][i] and _overlap(self.below[0][i], self.below[1][j]) >= _SAME_LIST:
                        score += _CONTEXT  # another lead-in to the same list
                    if score >= least:
                        scored.append((score, i, j))
            self._best(scored)

    def _is_cut(self, i: int, j: int) -> bool:
        """Whether one is the other without its end or its beginning, and stands between the same."""
        short, long = sorted((self.keys[0][i], self.keys[1][j]), key=len)
        if not (long.startswith(f"{short} ") or long.endswith(f" {short}")) or " " not in short:
            return False
        return self._are_alike(i - 1, j - 1) + self._are_alike(i + 1, j + 1) == 2

    def _is_elsewhere(self, i: int, j: int) -> bool:
        """Whether both stand under headings that the other version has too, but not for these."""
        here, there = self.old[i].section, self.new[j].section
        if here < 0 or there < 0 or self.new_of[here] == there:
            return False
        return self.new_of[here] >= 0 and self.old_of[there] >= 0 and self._away(i, j) > _NEAR

    def _same_lists(self) -> None:
        """A lead-in is the one over the same list, whatever the words that lead in."""
        over = Counter((self.old[i].parent, self.new[j].parent) for i, j in enumerate(self.new_of) if j >= 0)
        paired = [sum(self.new_of[at] >= 0 for at in below) for below in self._items[0]], [
            sum(self.old_of[at] >= 0 for at in below) for below in self._items[1]
        ]
        self._best(
            (count / max(paired[0][i], paired[1][j]), i, j) for (i, j), count in over.items()
            if min(i, j) >= 0 and 2 * count >= max(paired[0][i], paired[1][j])
            and leads(self.old[i]) and leads(self.new[j])
        )

    def _printed_otherwise(self, *, is_counted: bool = False) -> None:
        """The same words as another sort of unit: a heading that lost its print, a sentence among page furniture.

        ``is_counted``: only those that both versions print as often."""
        waiting: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for version, partners in enumerate((self.new_of, self.old_of)):
            for at, other in enumerate(partners):
                if other < 0 and self.keys[version][at]:
                    waiting[self.keys[version][at]][version].append(at)
        for olds, news in waiting.values():
            if not is_counted or len(olds) == len(news):
                for i, j in zip(olds, news, strict=False):
                    self.pair(i, j)

    # ------------------------------------------------------------------ what a unit stands under and between

    def _context(self, i: int, j: int) -> float:
        """How like the surroundings are, 0 to 1."""
        one, other = self.old[i], self.new[j]
        score = 0.4 * self.path_likeness(one, other)
        score += 0.2 * self._are_alike(one.parent, other.parent)
        score += 0.1 * self._are_alike(i - 1, j - 1) + 0.1 * self._are_alike(i + 1, j + 1)
        return score + 0.2 * _overlap(self.below[0][i], self.below[1][j])

    def path_likeness(self, one: Unit, other: Unit) -> float:
        """How like the headings over two units are, 0 to 1."""
        key = one.headings, other.headings
        if key not in self._paths:
            self._paths[key] = self.words.likeness(" / ".join(one.headings), " / ".join(other.headings))
        return self._paths[key]

    def _are_alike(self, i: int, j: int) -> float:
        """Whether two places hold the same: paired, or the same words; both before the beginning are alike."""
        is_out, other_out = not 0 <= i < len(self.old), not 0 <= j < len(self.new)
        if is_out or other_out:
            return float(is_out and other_out)
        return float(self.new_of[i] == j or self.keys[0][i] == self.keys[1][j])


def _items(units: Sequence[Unit]) -> list[list[int]]:
    """The places of what stands below each unit."""
    below: list[list[int]] = [[] for _ in units]
    for at, unit in enumerate(units):
        if unit.parent >= 0:
            below[unit.parent].append(at)
    return below


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _sort(unit: Unit) -> str:
    """What is never paired with another sort: a heading is no sentence, page furniture no rule."""
    if unit.kind in ("heading", "furniture"):
        return unit.kind
    return "history" if unit.role is Role.HISTORY and unit.kind == "row" else "text"
