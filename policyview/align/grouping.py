"""Puts statements where a person said they belong, whatever their words seem to say."""

from __future__ import annotations

from collections.abc import Sequence

from policyview.align.profiles import Profile
from policyview.amend import Key, Regrouping


class Grouping:
    """The part of a regrouping that speaks of these profiles. ``moved`` are those that a person put elsewhere."""

    def __init__(self, profiles: Sequence[Profile], regrouping: Regrouping) -> None:
        self._keys = [profile.use.key for profile in profiles]
        at: dict[Key, list[int]] = {}
        for number, key in enumerate(self._keys):
            at.setdefault(key, []).append(number)
        self._moves = [
            (number, at[to][0] if to else None)
            for key, to in regrouping.moves if to is None or to in at for number in at.get(key, ())
        ]
        self._names = [(number, name) for key, name in regrouping.names for number in at.get(key, ())]
        self.moved = frozenset(number for number, _ in self._moves)

    def regrouped(self, groups: Sequence[Sequence[int]]) -> list[list[int]]:
        """The groups of profile indices after all moves, in the order in which they were made."""
        rows = [list(group) for group in groups]
        for number, to in self._moves:
            home = next(row for row in rows if number in row)
            target = next((row for row in rows if to in row), None) if to is not None else None
            if target is home:
                continue
            home.remove(number)
            if target is None:
                rows.append([number])
            else:
                target.append(number)
        return [row for row in rows if row]

    def at_home(self, members: Sequence[int]) -> Sequence[int]:
        """Those by which a row is called and grouped: it stays what it was when a person puts others into it."""
        return [number for number in members if number not in self.moved] or members

    def name(self, members: Sequence[int]) -> str:
        """What a person called the row of these, the last one to do so; empty where nobody did."""
        return next((name for number, name in reversed(self._names) if number in members), "")
