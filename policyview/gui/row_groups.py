"""Rows of a matrix under heads: as the topic groups them, by population, or by procedure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from policyview.model import Row

GroupedBy = Literal["", "groups", "population", "procedure"]
_NO_HEAD = {"population": "Population not stated, or several", "procedure": "No procedure told apart"}


def grouped_by(name: str) -> GroupedBy:
    """How rows are grouped in an order of that name; empty where they are not."""
    known: dict[str, GroupedBy] = {"groups": "groups", "population": "population", "procedure": "procedure"}
    return known.get(name, "")


def headings(rows: Sequence[Row], by: GroupedBy) -> tuple[str, ...]:
    """The head that each row stands under, empty where it has none."""
    if by == "population":
        return tuple(row.population for row in rows)
    return tuple(row.procedure for row in rows) if by == "procedure" else tuple(row.group for row in rows)


def headed(heads: Sequence[str], numbers: Sequence[int], by: GroupedBy) -> Iterator[int | str]:
    """The numbers of the rows under their ``heads``, rows without one last; no head where no row has one."""
    if not by:
        yield from numbers
        return
    order = list(dict.fromkeys(heads[number] for number in numbers if heads[number])) if by != "groups" else []
    if order:
        numbers = sorted(numbers, key=lambda number: order.index(heads[number]) if heads[number] else len(order))
    group = ""
    for number in numbers:
        own = heads[number] or (_NO_HEAD.get(by, "") if order else "")
        if own and own != group:
            yield own
        group = own
        yield number

