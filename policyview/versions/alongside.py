"""Which places of two versions stand beside each other: the units that both print alike, in the order of both."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from policyview.model import Unit

Alongside = tuple[tuple[int, int], tuple[int, int]]
"""(start, end) of a unit in the older version, and in the newer one: offsets into their canonical texts."""


def alongside(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Alongside, ...]:
    """The units that stand word for word in both versions, page furniture left out; both offsets only grow.

    By it a reader of one version finds the place in the other, also where that prints nothing of what changed.
    """
    olds, news = (sorted((u for u in units if u.kind != "furniture"), key=_span) for units in (old, new))
    same = SequenceMatcher(None, [_said(u) for u in olds], [_said(u) for u in news], autojunk=False)
    pairs = [
        (_span(olds[block.a + n]), _span(news[block.b + n])) for block in same.get_matching_blocks()
        for n in range(block.size)
    ]  # fmt: skip
    return tuple(pairs)


def _said(unit: Unit) -> str:
    return " ".join(unit.text.split()).casefold()


def _span(unit: Unit) -> tuple[int, int]:
    return min(unit.spans, default=(0, 0))
