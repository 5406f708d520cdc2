"""Leads from a place in one version to the place beside it in the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from policyview.gui.standing import parts
from policyview.versions import Alongside, Change, Side


class Beside:
    """``pairs`` are the units that stand beside each other, ``ends`` the lengths of both texts."""

    def __init__(self, pairs: Sequence[Alongside], ends: tuple[int, int]) -> None:
        self._pairs = pairs
        self._knots = [(0, 0)]
        for here, there in [*((one[k], other[k]) for one, other in pairs for k in (0, 1)), ends]:
            if here > self._knots[-1][0] and there >= self._knots[-1][1]:
                self._knots.append((here, there))
        self._heres = [here for here, _ in self._knots]

    @property
    def landmarks(self) -> Sequence[int]:
        """The places of this version whose places in the other are known, in order."""
        return self._heres

    def offset(self, here: float) -> float:
        """The offset in the other version, read off between the nearest words that both have."""
        k = bisect_right(self._heres, here)
        if k >= len(self._knots):
            return self._knots[-1][1]
        (a, b), (c, d) = self._knots[k - 1], self._knots[k]
        return b + (d - b) * (here - a) / max(1, c - a)

    def end_before(self, here: int) -> int | None:
        """Where in the other version the last unit ends that stands before an offset in both; None for none."""
        k = bisect_right(self._pairs, ((here, here), (0, 0)))
        return self._pairs[k - 1][1][1] if k else None


def both_ways(
    alongside: Sequence[Alongside], changes: Iterable[Change], ends: tuple[int, int]
) -> tuple[Beside, Beside]:
    """From the older version to the newer one, and back; what was changed in its place stands beside itself too."""
    pairs = sorted(alongside)
    for change in changes:
        if change.before and change.after and change.action == "modified":
            _fit_in(pairs, (_extent(change.before), _extent(change.after)))
    back = sorted((there, here) for here, there in pairs)
    return Beside(pairs, ends), Beside(back, (ends[1], ends[0]))


def _fit_in(pairs: list[Alongside], pair: Alongside) -> None:
    """Adds a pair where it stands between the same neighbours in both versions."""
    k = bisect_left(pairs, pair)
    is_after = k == 0 or (pairs[k - 1][0][1] <= pair[0][0] and pairs[k - 1][1][1] <= pair[1][0])
    is_before = k == len(pairs) or (pair[0][1] <= pairs[k][0][0] and pair[1][1] <= pairs[k][1][0])
    if is_after and is_before:
        pairs.insert(k, pair)


def _extent(side: Side) -> tuple[int, int]:
    places = parts(side.anchor)
    return min(place.start for place in places), max(place.end for place in places)
