"""Limits of a number as intervals that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from policyview.wording import Quantity


@dataclass(frozen=True)
class Interval:
    """The numbers from ``low`` to ``high``; whether the ends belong to it is kept for display only."""

    low: float = -inf
    high: float = inf
    text: str = ""

    def excludes(self, other: Interval) -> bool:
        """No number, or the bound alone, is in both: "34 or more" excludes "34 or less"."""
        return self.high <= other.low or other.high <= self.low

    def holds(self, other: Interval) -> bool:
        return self.low <= other.low and other.high <= self.high

    def scaled(self, factor: float) -> Interval:
        return Interval(self.low * factor, self.high * factor, self.text)


def interval_of(quantity: Quantity, text: str = "") -> Interval | None:
    """What a printed number allows; None where nothing compares it."""
    value = quantity.value
    if isinstance(value, tuple):
        return Interval(float(value[0]), float(value[1]), text)
    if quantity.comparator in (">=", ">"):
        return Interval(low=float(value), text=text)
    if quantity.comparator in ("<=", "<"):
        return Interval(high=float(value), text=text)
    return None
