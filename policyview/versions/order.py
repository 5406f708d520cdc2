"""Which units stand elsewhere in the newer version, whatever was put in or left out around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from policyview.versions.matching import Matching


def elsewhere(matching: Matching) -> frozenset[int]:
    """The places in the newer version of units that stand in another order than the most of them do; page furniture,
    which has no place of its own, left out."""
    placed = [
        (i, j) for j, i in enumerate(matching.old_of)
        if i >= 0 and "furniture" not in (matching.old[i].kind, matching.new[j].kind)
    ]
    return frozenset(j for _, j in placed) - frozenset(_in_order(placed))


def _in_order(placed: list[tuple[int, int]]) -> Iterator[int]:
    """The second of each pair of the longest run of pairs of which the first, too, only grow."""
    ends: list[int] = []  # the least first of the last pair of a run, by its length
    last: list[int] = []  # the place of that pair
    before: list[int] = []
    for at, (i, _) in enumerate(placed):
        length = bisect_left(ends, i)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [i], [at]
    at = last[-1] if last else -1
    while at >= 0:
        yield placed[at][1]
        at = before[at]


def runs(pairs: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Pairs of places that follow each other in both versions, together."""
    run: list[tuple[int, int]] = []
    for i, j in pairs:
        if run and (i, j) != (run[-1][0] + 1, run[-1][1] + 1):
            yield run
            run = []
        run.append((i, j))
    if run:
        yield run
