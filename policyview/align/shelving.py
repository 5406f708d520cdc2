"""Puts documents into the topics where a person said they belong, whatever their titles seem to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policyview.amend import Shelved
from policyview.model import PolicyVersions, Reading


@dataclass(eq=False)
class Shelf:
    """Documents of one topic, by their places. ``name`` is what a person called it, empty where nobody did."""

    members: list[int]
    name: str = ""


class Shelving:
    """What a person said of these documents, each with all versions of its policy. ``moved`` are those that she put
    elsewhere."""

    def __init__(
        self, readings: Sequence[Reading], policies: Sequence[PolicyVersions], said: Sequence[Shelved]
    ) -> None:
        place = {reading.file: number for number, reading in enumerate(readings)}
        policy = {file: [place[each] for each in known.files] for known in policies for file in known.files}
        self._at: dict[str, dict[int, None]] = {}  # the same bytes may stand under several names
        for number, reading in enumerate(readings):
            versions = policy.get(reading.file, [number])
            self._at.setdefault(reading.document.sha256, {}).update(dict.fromkeys(versions))
        self._said = [each for each in said if each.sha256 in self._at and (not each.beside or each.beside in self._at)]
        self.moved = frozenset(number for each in self._said if not each.name for number in self._at[each.sha256])

    def shelved(self, groups: Iterable[Sequence[int]]) -> list[Shelf]:
        """The topics after all that was said, in the order in which it was said."""
        shelves = [Shelf(list(group)) for group in groups]
        for each in self._said:
            numbers = self._at[each.sha256]
            home = _with(next(iter(numbers)), shelves)
            if each.name:
                home.name = each.name
                continue
            target = _with(next(iter(self._at[each.beside])), shelves) if each.beside else Shelf([])
            if target not in shelves:
                shelves.append(target)
            for number in numbers:
                _with(number, shelves).members.remove(number)
                target.members.append(number)
        return [shelf for shelf in shelves if shelf.members]

    def at_home(self, members: Sequence[int]) -> Sequence[int]:
        """Those that say what a topic is about: it stays what it was when a person puts others into it."""
        return [number for number in members if number not in self.moved] or members


def _with(number: int, shelves: Sequence[Shelf]) -> Shelf:
    return next(shelf for shelf in shelves if number in shelf.members)
