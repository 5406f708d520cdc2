"""Puts uses that are the same into one row: best pairs first, never across a contradiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from policyview.align.compare import SAME_ROW, Likeness, likeness
from policyview.align.profiles import Profile
from policyview.align.vocabulary import Vocabulary

_SAME_DOCUMENT = 0.85  # two statements of one document share a row only where little tells them apart
_MEAN_SLACK = 0.95  # the mean likeness of two groups may lie a little under the threshold of a pair
_COMMON = 0.3  # a word in more than this share of the uses proposes no pair
_SHARED = frozenset(("study",))  # aspects that do not keep statements of two documents apart
_SMALL = 40  # in a topic of so few uses every pair is looked at


class Comparer:
    """Compares each pair once."""

    def __init__(self, profiles: Sequence[Profile], vocabulary: Vocabulary) -> None:
        self.profiles, self.vocabulary = profiles, vocabulary
        self._known: dict[tuple[int, int], Likeness] = {}

    def __call__(self, one: int, other: int) -> Likeness:
        key = (one, other) if one < other else (other, one)
        if key not in self._known:
            self._known[key] = likeness(self.profiles[key[0]], self.profiles[key[1]], self.vocabulary)
        return self._known[key]

    def is_same_document(self, one: int, other: int) -> bool:
        return self.profiles[one].use.file == self.profiles[other].use.file


def assemble(compare: Comparer) -> list[list[int]]:
    """Groups of profile indices, each a row; every profile is in exactly one."""
    profiles = compare.profiles
    group_of = list(range(len(profiles)))
    members = {at: [at] for at in group_of}
    for one, other in _ranked_pairs(compare):
        first, second = group_of[one], group_of[other]
        if first == second or not _may_join(members[first], members[second], compare):
            continue
        for at in members[second]:
            group_of[at] = first
        members[first].extend(members.pop(second))
    return [sorted(group) for group in members.values()]


def _ranked_pairs(compare: Comparer) -> list[tuple[int, int]]:
    """Matching pairs, the surest first; equal ones in an order that the documents' order does not change."""
    ranked = []
    for one, other in candidates(compare.profiles, compare.vocabulary):
        found = compare(one, other)
        is_same = compare.is_same_document(one, other)
        if found.contradiction is None and found.score >= (_SAME_DOCUMENT if is_same else SAME_ROW):
            keys = sorted((compare.profiles[one].use.key, compare.profiles[other].use.key))
            ranked.append((is_same, -round(found.score, 6), keys, one, other))
    ranked.sort()
    return [(one, other) for *_, one, other in ranked]


def candidates(profiles: Sequence[Profile], vocabulary: Vocabulary) -> Iterable[tuple[int, int]]:
    """Pairs worth comparing: of one stage and aspect, with a condition, a telling word or a population in common."""
    buckets: dict[object, list[int]] = defaultdict(list)
    for at, profile in enumerate(profiles):
        use = profile.use
        buckets[use.stage == "continuation", use.aspects - _SHARED, use.is_label].append(at)
    for bucket in buckets.values():
        yield from combinations(bucket, 2) if len(bucket) <= _SMALL else _sharing_a_key(bucket, profiles, vocabulary)


def _sharing_a_key(
    bucket: Sequence[int], profiles: Sequence[Profile], vocabulary: Vocabulary
) -> Iterable[tuple[int, int]]:
    keyed: dict[str, list[int]] = defaultdict(list)
    for at in bucket:
        for key in _keys(profiles[at], vocabulary):
            keyed[key].append(at)
    seen: set[tuple[int, int]] = set()
    for key, places in keyed.items():
        if key.startswith("word ") and len(places) > max(_SMALL, _COMMON * len(bucket)):
            continue
        seen.update(combinations(places, 2))
    return sorted(seen)


def _keys(profile: Profile, vocabulary: Vocabulary) -> set[str]:
    keys = {f"head {head}" for head in profile.heads}
    if profile.main is not None:
        concept = vocabulary.concepts[profile.main]
        keys |= {f"head {name}" for name in concept.near | concept.wider}
    if not profile.heads:
        keys |= {f"head {name}" for name in profile.support} | {f"service {name}" for name in profile.services}
    keys |= {f"word {word}" for word in profile.bag}
    if profile.use.population.is_newborn:
        keys |= {f"band {band}" for band in profile.use.population.bands}
    return keys | {"any renewal"} if profile.is_any_renewal else keys


def _may_join(one: Sequence[int], other: Sequence[int], compare: Comparer) -> bool:
    scores = []
    for a in one:
        for b in other:
            found = compare(a, b)
            if found.contradiction is not None:
                return False
            if not compare.is_same_document(a, b):
                scores.append(found.score)
    return not scores or sum(scores) / len(scores) >= SAME_ROW * _MEAN_SLACK
