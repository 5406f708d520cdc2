"""Follows words such as "criteria 1-7 above": renumbering changes a rule where they come to point elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyview.lexicon import Lexicon
from policyview.model import Unit

_FRAME = "().:[] "


def pointed_at(units: Sequence[Unit], at: int, lexicon: Lexicon) -> tuple[tuple[int, ...], ...]:
    """For each such reference of a unit the places of the items it points to, nearest list first; () where none."""
    found = []
    for match in lexicon["versions"]["pointer"].regex.finditer(units[at].text):
        labels = _labels(match["first"], match["last"])
        is_below = match["where"].lower() in ("below", "following")
        found.append(_items(units, at, labels, is_below=is_below))
    return tuple(found)


def _labels(first: str, last: str | None) -> tuple[str, ...]:
    """The labels from the first to the last."""
    one, other = first, last or first
    if one.isdigit() and other.isdigit():
        return tuple(str(number) for number in range(int(one), min(int(other), int(one) + 50) + 1))
    if len(one) == len(other) == 1:
        return tuple(chr(code) for code in range(ord(one), ord(other) + 1))
    return (one, other)


def _items(units: Sequence[Unit], at: int, labels: Sequence[str], *, is_below: bool) -> tuple[int, ...]:
    """The items with these labels that stand nearest before, or behind, a unit, all in one list."""
    order = range(at + 1, len(units)) if is_below else range(at - 1, -1, -1)
    lists: dict[tuple[int, int], dict[str, int]] = {}
    for here in order:
        label = re.sub(rf"[{re.escape(_FRAME)}]", "", units[here].label)
        if label in labels:
            of = lists.setdefault((units[here].parent, units[here].section), {})
            of.setdefault(label, here)
            if len(of) == len(set(labels)):
                return tuple(of[each] for each in labels)
    return ()
