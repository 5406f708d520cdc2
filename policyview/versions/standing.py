"""Where a unit stands: under which lead-in or heading, and whether its pair stands under the same."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from policyview.model import Role, Unit
from policyview.versions.matching import Matching
from policyview.versions.units import leads

_SAME_SECTION = 0.85  # likeness of the headings over it
_READ_ON = 30  # units before another, at most, in which its lead-in was read on
_FEWEST = 4  # blanks between words that do not stand in another unit by chance
_ANY = re.compile(r"\b(?:any|one|either|or)\b", re.IGNORECASE)
_ALTERNATIVES = re.compile(
    r"\b(?:any|one|1|either)\b(?: or more)?(?: of)?(?: (?:the|these))?(?: (?:following|below))?(?: \w+){0,2}\W*\Z",
    re.IGNORECASE,
)
_NONE = re.compile(r"\bnone\b", re.IGNORECASE)
_FRAME = re.compile(r"[^()\w]+")


class Standing:
    """Asks of the pairs of two versions whether they hang under the same; ``version`` is 0 for old, 1 for new."""

    def __init__(self, matching: Matching) -> None:
        self._m, self._words = matching, matching.words
        self._units, self._partner = (matching.old, matching.new), (matching.new_of, matching.old_of)

    def is_moved(self, i: int, j: int) -> bool:
        """Whether a pair stands under something else now, and not by its print alone."""
        before, after = self._m.old[i], self._m.new[j]
        if {before.kind, after.kind} & {"heading", "furniture"} or self._is_read_otherwise(i, j):
            return False
        if before.parent < 0 and after.parent < 0:
            same = before.section >= 0 and self._m.new_of[before.section] == after.section
            return bool(before.headings and after.headings) and not (
                same or self._m.path_likeness(before, after) >= _SAME_SECTION
                or self._are_behind(i, j, before.section, after.section)
            )
        over, under = _over(before), _over(after)
        if (over >= 0 and self._m.new_of[over] == under) or self._is_read_on(i, j, over, under):
            return False
        return not (self._is_below_by_print(0, i, j) or self._is_below_by_print(1, j, i))

    def _is_read_otherwise(self, i: int, j: int) -> bool:
        """Whether a pair has its letter or number still, and all that it stood and stands under precedes it in both
        versions in one order: then nothing was printed elsewhere, and the lists were read otherwise."""
        over, under = _over(self._m.old[i]), _over(self._m.new[j])
        label = self._m.old[i].label
        is_labelled = label == self._m.new[j].label and any(map(str.isalnum, label))
        return is_labelled and self._are_behind(i, j, over, under)

    def _are_behind(self, i: int, j: int, over: int, under: int) -> bool:
        """Whether both versions print a pair behind what it stood under and what it stands under, in one order."""
        if min(over, under) < 0:
            return False
        there, here = self._m.new_of[over], self._m.old_of[under]
        return 0 <= there < j and 0 <= here < i and (here < over) == (under < there)

    def _is_read_on(self, i: int, j: int, over: int, under: int) -> bool:
        """Whether what a pair stood and stands under is printed before it in both versions, in one of them within
        another unit: then no one put it elsewhere."""
        if min(over, under) < 0:
            return False
        there, here = self._m.new_of[over], self._m.old_of[under]
        if min(there, here) >= 0:
            return False
        is_there = 0 <= there < j if there >= 0 else self._is_within(1, self._m.keys[0][over], j)
        return is_there and (0 <= here < i if here >= 0 else self._is_within(0, self._m.keys[1][under], i))

    def _is_within(self, version: int, key: str, at: int) -> bool:
        """Whether words stand within a unit not far before another."""
        before = self._m.keys[version][max(0, at - _READ_ON):at]
        return key.count(" ") >= _FEWEST and any(f" {key} " in f" {other} " for other in before)

    def _is_below_by_print(self, version: int, at: int, other: int) -> bool:
        """Whether a unit, nested in one version, stands in the other right behind what it was nested in, with the rest
        of the list, none of it nested but what it goes on with: the same text, whose indents were not told."""
        lead = self._units[version][at].parent
        there = self._partner[version][lead] if lead >= 0 else -1
        units = self._units[1 - version]
        if not 0 <= there < other or units[there].section != units[other].section:
            return False
        is_beside = units[other].parent < 0 or self._is_under(1 - version, there, units[other].parent)
        if not is_beside or _are_peers(units[there].label, units[other].label):
            return False
        between = range(there + 1, other)
        pairs = [self._partner[1 - version][here] for here in between]
        nested = [units[at].label for at in between if units[at].parent == there and units[at].kind == "item"]
        is_broken = any(not self._is_under(1 - version, at, there) for at in between)  # by a paragraph
        goes_on = bool(nested) and is_broken and (
            nested[-1] == units[other].label or _are_peers(nested[-1], units[other].label)
        )
        return (goes_on or not nested) and all(here < 0 or self._is_under(version, here, lead) for here in pairs)

    def _is_under(self, version: int, at: int, lead: int) -> bool:
        """Whether a unit is, or stands below, another."""
        units = self._units[version]
        while at >= 0 and at != lead:
            at = units[at].parent
        return at == lead

    def is_in_its_list(self, i: int, j: int) -> bool:
        """Whether a pair are items or rows of one list or table, in whatever order."""
        kinds = {self._m.old[i].kind, self._m.new[j].kind}
        return kinds <= {"item", "row"} and not self.is_nested_otherwise(i, j)

    def is_nested_otherwise(self, i: int, j: int) -> bool:
        """Whether a pair stands under two that are no pair, or is a heading in one version alone."""
        over, under = _over(self._m.old[i]), _over(self._m.new[j])
        return "heading" in {self._m.old[i].kind} ^ {self._m.new[j].kind} or (
            self._m.new_of[over] if over >= 0 else -1
        ) != under

    def over(self, version: int, at: int) -> Iterator[str]:
        """The headings and lead-ins over a unit."""
        units = self._units[version]
        yield from units[at].headings
        while (at := units[at].parent) >= 0:
            yield units[at].text

    def is_last(self, version: int, at: int) -> bool:
        """Whether no other item of its list follows a unit."""
        units = self._units[version]
        same = [unit for unit in units[at + 1:] if (unit.parent, unit.section) == (units[at].parent, units[at].section)]
        return not any(unit.kind == "item" for unit in same)

    def is_case(self, version: int, i: int, j: int) -> bool:
        """Whether it stands (in the new version, or stood in the old one) under an alternative beside which, as another
        alternative, it stands in the other: who met either still meets it."""
        inner, outer = (self._m.new[j], self._m.old[i]) if version == 0 else (self._m.old[i], self._m.new[j])
        if self._m.keys[0][i] != self._m.keys[1][j] or inner.parent < 0:
            return False
        beside = self._partner[1 - version][inner.parent]
        if beside < 0:
            return False
        sibling, over = self._units[version][beside], self._units[1 - version][inner.parent]
        is_beside = (sibling.parent, sibling.section) == (outer.parent, outer.section)
        lead = _over(outer)
        return is_beside and lead >= 0 and says_any(over) and says_any(self._units[version][lead])

    def read_with(self, version: int, at: int, told: Container[int]) -> list[int]:
        """A unit with what came or went below it, where that is read in one breath: its only item, or the list it
        leads in; of what only leads in, its first item. Other items, and those ``told`` of, are told of by
        themselves."""
        units, partner = self._units[version], self._partner[version]
        below = [here for here in range(at + 1, len(units)) if units[here].parent == at]
        is_free = [partner[here] < 0 and here not in told for here in below]
        if not below:
            return [at]
        if units[at].kind == "item" and all(is_free):
            is_text = all(units[here].kind == "sentence" for here in below)
            if len(below) == 1 or is_text or leads(units[at]):
                return [at, *(each for here in below for each in self.read_with(version, here, told))]
        if is_free[0] and units[below[0]].kind == "item" and self.says_nothing(units[at]):
            return [at, *self.read_with(version, below[0], told)]
        return [at]

    def says_nothing(self, lead: Unit | None) -> bool:
        """Whether a lead-in says no more than how many of its list must hold."""
        return lead is None or (leads(lead) and not self._words.content(self._words.tokens(lead.text)))

    def is_denied(self, unit: Unit) -> bool:
        """Whether the heading over a unit says that what follows is not covered."""
        denies = self._words.lexicon["versions"]["denial"].regex
        return unit.role is Role.NOT_COVERED or any(denies.search(heading) for heading in unit.headings[-1:])

    def is_joint(self, unit: Unit) -> bool:
        """Whether it only joins what stands around it ("AND")."""
        return len(self._words.tokens(unit.text)) == 1 and not self._words.content(self._words.tokens(unit.text))


def logic(lead: Unit | None) -> str:
    """How many of a list must hold, by the words of its lead-in; all where there is none."""
    text = lead.text if lead else ""
    return "any" if _ANY.search(text) else "none" if _NONE.search(text) else "all"


def says_any(lead: Unit) -> bool:
    """Whether the words of a lead-in speak of alternatives."""
    return bool(_ANY.search(lead.text))


def makes_alternatives(lead: Unit) -> bool:
    """Whether a lead-in ends by asking for one of its list."""
    return leads(lead) and bool(_ALTERNATIVES.search(lead.text))


def _over(unit: Unit) -> int:
    """The place of what a unit stands under: its lead-in, or else its heading."""
    return unit.parent if unit.parent >= 0 else unit.section


def _are_peers(one: str, other: str) -> bool:
    """Whether two labels count in one series ("3." and "4.", not "3." and "a.")."""
    frames, kinds = [_FRAME.sub("", re.sub(r"\w+", "0", label)) for label in (one, other)], [
        "digit" if any(map(str.isdigit, label)) else "upper" if label.isupper() else "lower" for label in (one, other)
    ]
    is_counted = all(any(map(str.isalnum, label)) for label in (one, other))
    return is_counted and frames[0] == frames[1] and kinds[0] == kinds[1]
