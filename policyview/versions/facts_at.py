"""Which facts were read from a unit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

from policyview.model import Determination, Facts, Unit

_T = TypeVar("_T")


class FactsAt:
    """The determinations and codes of a document, by where they stand."""

    def __init__(self, facts: Facts) -> None:
        self._determinations = sorted((each.anchor.start, each.determination) for each in facts.indications)
        self._codes = sorted((c.anchor.start, (c.system, c.code, c.end or "", c.group)) for c in facts.codes)

    def determination(self, unit: Unit) -> Determination | None:
        """The determination of all uses that a unit names; None where it names none, or they differ."""
        found = set(_within(self._determinations, unit))
        return found.pop() if len(found) == 1 else None

    def codes(self, unit: Unit) -> frozenset[tuple[str, ...]]:
        """System, code, end of range and group of each code that a unit lists."""
        return frozenset(_within(self._codes, unit))


def _within(placed: Sequence[tuple[int, _T]], unit: Unit) -> Iterator[_T]:
    starts = [start for start, _ in placed]
    for start, end in unit.spans:
        yield from (each for _, each in placed[bisect_left(starts, start):bisect_left(starts, end)])
