"""Puts documents into the topics where a person said they belong, whatever their titles seem to say."""

from __future__ import annotations

from collections.abc import Sequence

from policyview.amend import Regrouping
from policyview.model import PolicyVersions, Reading


class Shelving:
    """The part of a regrouping that speaks of these documents. ``moved`` are those that a person put elsewhere, each
    with all versions of its policy."""

    def __init__(
        self, readings: Sequence[Reading], policies: Sequence[PolicyVersions], regrouping: Regrouping
    ) -> None:
        place = {reading.file: number for number, reading in enumerate(readings)}
        policy = {file: [place[each] for each in known.files] for known in policies for file in known.files}
        at: dict[str, list[int]] = {}
        for number, reading in enumerate(readings):
            at.setdefault(reading.document.sha256, []).append(number)
        versions = {
            sha256: list(dict.fromkeys(each for number in numbers
                                       for each in policy.get(readings[number].file, (number,))))
            for sha256, numbers in at.items()
        }  # fmt: skip
        self._moves = [
            (versions[sha256], at[to][0] if to else None)
            for sha256, to in regrouping.shelved if sha256 in at and (to is None or to in at)
        ]
        self._names = [(at[sha256], name) for sha256, name in regrouping.topics if sha256 in at]
        self.moved = frozenset(number for numbers, _ in self._moves for number in numbers)

    def shelved(self, groups: Sequence[Sequence[int]]) -> list[list[int]]:
        """The groups of documents after all moves, in the order in which they were made."""
        topics = [list(group) for group in groups]
        for numbers, to in self._moves:
            home = next(topic for topic in topics if numbers[0] in topic)
            target = next(topic for topic in topics if to in topic) if to is not None else None
            if target is home:
                continue
            for number in numbers:
                home.remove(number)
            if target is None:
                topics.append(list(numbers))
            else:
                target.extend(numbers)
        return [topic for topic in topics if topic]

    def at_home(self, members: Sequence[int]) -> Sequence[int]:
        """Those that say what a topic is about: it stays what it was when a person puts others into it."""
        return [number for number in members if number not in self.moved] or members

    def name(self, members: Sequence[int]) -> str:
        """What a person called the topic of these, the last one to do so; empty where nobody did."""
        return next((name for numbers, name in reversed(self._names) if set(numbers) & set(members)), "")
