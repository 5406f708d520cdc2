"""Puts documents together that belong to one policy: what a person said first, then what is surest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from policyview.align.identity import Identity
from policyview.align.kinship import Kinship, kinship
from policyview.dating import first_day, version_of
from policyview.model import Overrides, Reading

_MOST_ALIKE = 200  # documents of one number or title that are all compared; of more the number is none
_UNDATED = 10_000_000  # days

Pair = tuple[int, int]


@dataclass(eq=False)
class Shelf:
    """Documents, called by their places, and the policies that they are put together to.

    ``unsure`` are documents that could belong to one as well as to the other.
    """

    identities: list[Identity]
    overrides: Overrides
    judged: dict[Pair, Kinship] = field(default_factory=dict)
    unsure: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self._policy_of = list(range(len(self.identities)))
        self._members = {at: [at] for at in self._policy_of}

    def sort(self) -> None:
        """Puts together what belongs together: what a person said first, then the surest."""
        candidates = sorted(self._candidates())
        said = [pair for pair in candidates if self.is_said(pair)]
        moved = {at for pair in said for at in pair}
        for pair in said:
            self._join(pair, lambda one, other: not self.is_parted(one, other))
        found = [pair for pair in candidates if self.judge(*pair).sort == "one"]
        ties: dict[int, list[Pair]] = defaultdict(list)
        for pair in found:
            ties[pair[0]].append(pair)
            ties[pair[1]].append(pair)
        for pair in sorted(found, key=self._surest):
            if self.judge(*pair).is_open and any(self._rivals(pair, ties)):
                self.unsure[pair[0]].append(pair[1])
                self.unsure[pair[1]].append(pair[0])
            else:
                self._join(pair, lambda one, other: self._may_join(one, other, moved))

    @cached_property
    def kin(self) -> Mapping[int, Sequence[int]]:
        """For each document those that are versions of its policy or look like it, of those that were judged."""
        found: dict[int, list[int]] = defaultdict(list)
        for (one, other), tie in sorted(self.judged.items()):
            if tie.sort != "other":
                found[one].append(other)
                found[other].append(one)
        return found

    def policies(self) -> Iterator[list[int]]:
        """The documents of each policy."""
        yield from self._members.values()

    def judge(self, one: int, other: int) -> Kinship:
        """What two documents are to each other."""
        pair = (min(one, other), max(one, other))
        if pair not in self.judged:
            self.judged[pair] = kinship(self.identities[pair[0]], self.identities[pair[1]])
        return self.judged[pair]

    def is_said(self, pair: Pair) -> bool:
        """Whether a person said that they are versions of one policy."""
        return self._sums(*pair) in self.overrides.same or self._is_one_file(*pair)

    def _is_one_file(self, one: int, other: int) -> bool:
        return self.identities[one].reading.document.sha256 == self.identities[other].reading.document.sha256

    def _sums(self, one: int, other: int) -> tuple[str, str]:
        return sums_of(self.identities[one].reading, self.identities[other].reading)

    def is_parted(self, one: int, other: int) -> bool:
        """Whether a person said that they are not versions of one policy."""
        return self._sums(one, other) in self.overrides.apart

    def _candidates(self) -> set[Pair]:
        """The pairs that share a number or a title, or that a person spoke of."""
        shelves: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, identity in enumerate(self.identities):
            for key in _keys(identity):
                shelves[key].append(at)
        pairs = {pair for found in shelves.values() if len(found) <= _MOST_ALIKE for pair in combinations(found, 2)}
        for sums in self.overrides.same:
            ones, others = (shelves.get(("sum", each), []) for each in sums)
            pairs |= {(min(a, b), max(a, b)) for a in ones for b in others}
        return pairs

    def _surest(self, pair: Pair) -> tuple[bool, int, int, Pair]:
        tie = self.judge(*pair)
        return tie.is_open, len(tie.doubts), self._days_apart(*pair), pair

    def _days_apart(self, one: int, other: int) -> int:
        versions = (version_of(self.identities[at].reading, self.overrides) for at in (one, other))
        days = [first_day(version.date) if version else None for version in versions]
        return abs((days[0] - days[1]).days) if days[0] and days[1] else _UNDATED

    def _rivals(self, pair: Pair, ties: Mapping[int, Sequence[Pair]]) -> Iterator[bool]:
        """True for each document that one of a pair could belong to as well, while the other cannot."""
        sureness = self._surest(pair)[:2]
        for one, other in (pair, pair[::-1]):
            for each in ties[one]:
                third = each[0] if each[1] == one else each[1]
                yield third != other and self.judge(third, other).is_contrary and self._surest(each)[:2] <= sureness

    def _may_join(self, one: int, other: int, moved: set[int]) -> bool:
        is_free = one in moved or other in moved  # a person put it where it would not go by itself
        return not self.is_parted(one, other) and (is_free or not self.judge(one, other).is_contrary)

    def _join(self, pair: Pair, may: Callable[[int, int], bool]) -> None:
        one, other = (self._policy_of[at] for at in pair)
        if one != other and all(may(a, b) for a in self._members[one] for b in self._members[other]):
            for at in self._members.pop(other):
                self._policy_of[at] = one
                self._members[one].append(at)


def _keys(identity: Identity) -> Iterator[tuple[str, ...]]:
    """What two documents must share to be compared: some titles ("Imaging") are hundreds of payers'."""
    title, payer = "".join(identity.title), "".join(identity.payer)
    yield "sum", identity.reading.document.sha256
    if payer and identity.stem:
        yield "number", identity.stem, payer
        yield "number", identity.stem, identity.payer[0]  # that may be named more fully
    if payer and title:
        yield "title", title, payer
    if title:  # one may not name its payer
        yield "named", identity.stem, title
        yield "title", title


def sums_of(one: Reading, other: Reading) -> tuple[str, str]:
    """Two documents as ``Overrides`` name them."""
    first, second = sorted((one.document.sha256, other.document.sha256))
    return first, second
