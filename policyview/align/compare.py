"""How alike two uses are, in named parts with reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from policyview.align.contradictions import contradiction
from policyview.align.population import Population
from policyview.align.profiles import Profile
from policyview.align.vocabulary import RELATED, Vocabulary

SAME_ROW = 0.55  # likeness from which two uses of different documents share a row; tuned on three annotated topics
_SPEAKS_FOR = 0.5  # a part beyond this is evidence for one use; a share below it only does not contradict
_NO_EVIDENCE = 0.5  # the most that parts without evidence can add up to
_ONE_ASPECT = 0.5  # coverage in a study only against coverage
_NOTHING_SHARED = 0.1  # likeness of two conditions that have next to nothing in common
_ALOUD = 0.4  # weight of a part that both statements fill
_ONE_SIDED = 0.2  # one statement names a condition, the other none
_ONE_SERVICE = 0.5  # one statement names a service, the other none
_TOPICAL = 0.6  # the same where the condition stands in a title of the topic: the other may take it for granted
_SUPPORTED = 0.55  # the condition that one names stands in the other's criteria
_SECONDARY = 0.35  # the condition that one is about is only mentioned by the other
_UNSTATED_NEWBORN = 0.1  # newborns against a statement that names no one
_NAMED_NEWBORN = 0.45  # the same where the condition has one full name in both
_FULL_NAME = 1.2  # summed weight of two telling words or more
_SAME_NAME = 0.65  # alikeness of two statements on one name
_ALL_KINDS = 0.8  # "episodic or chronic migraine" against "migraine"
_LISTED = 0.8  # conditions named in another order, in full agreement
_WORD_MATCH = 86  # rapidfuzz ratio from which two long words count as the same word
_WEIGHTS = {"condition": 0.45, "service": 0.25, "population": 0.2, "setting": 0.1, "stage": 0.05, "numbers": 0.1,
            "aspect": 0.2}
_AXIS_WEIGHT = 0.4  # settings that exclude others tell most
_BARE_WEIGHT = 0.3  # "during sleep", "BMI of 40" tell much where one names no condition
_ENOUGH_WORDS = 1.5  # summed weight of telling words from which they speak as loudly as a condition
_NAMELESS = 0.6  # neither renewal names a use: both are on the service in general
_WORDLESS = 0.35  # telling words against none: "gastric bypass, mini" against "gastric bypass"
_BOTH_APART = 2.2  # what each of two statements says beyond the other counts doubly against them
_ONE_BEYOND = 0.2  # what only the longer one adds counts little
_NAME_LOUDNESS = 0.8  # summed weight from which two words are a name rather than chance
_WORDS_APART = 0.4  # how much telling words that differ take from an equal condition
_NEWBORN_WEIGHT = 0.45  # which newborns is as telling as the condition


@dataclass(frozen=True)
class Part:
    """One named part of the score: 0-1, how much it counts, and the reason in words."""

    name: str
    score: float
    weight: float
    reason: Callable[[], str]

    @property
    def is_evidence(self) -> bool:
        """Whether the part speaks for one use, rather than against none."""
        if self.name == "population":
            return self.weight == _NEWBORN_WEIGHT and self.score > _SPEAKS_FOR
        if self.name == "stage":
            return self.score == 1.0 and self.reason() == "continuation"
        return self.score > _SPEAKS_FOR

    @property
    def is_apart(self) -> bool:
        """Whether both statements name their use aloud, and nothing of it is shared."""
        return self.name in ("condition", "words") and self.score <= _NOTHING_SHARED and self.weight >= _ALOUD


class Likeness:
    """The score of two uses (0-1), its parts, and the hard contradiction if there is one; worked out when asked."""

    def __init__(self, one: Profile, other: Profile, vocabulary: Vocabulary) -> None:
        self._pair, self._vocabulary = (one, other), vocabulary

    @cached_property
    def contradiction(self) -> str | None:
        return contradiction(*self._pair, self._vocabulary)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return _parts(*self._pair, self._vocabulary)

    @cached_property
    def score(self) -> float:
        weight = sum(part.weight for part in self.parts)
        score = sum(part.score * part.weight for part in self.parts) / weight if weight else 0.0
        is_proven = any(part.is_evidence for part in self.parts) and not any(part.is_apart for part in self.parts)
        return score if is_proven else min(score, _NO_EVIDENCE)

    @property
    def why(self) -> tuple[str, ...]:
        """Each part with its reason and score."""
        return tuple(f"{part.name}: {part.reason()} ({part.score:.2f})" for part in self.parts)


def likeness(one: Profile, other: Profile, vocabulary: Vocabulary) -> Likeness:
    """How alike two uses are. Symmetric."""
    return Likeness(one, other, vocabulary)


def is_comparable(one: Profile, other: Profile) -> bool:
    """Whether two uses have anything in common: cheaper than their likeness."""
    return bool(
        set(one.heads) & set(other.heads) or one.bag.keys() & other.bag.keys() or one.words.keys() & other.words.keys()
        or (one.services and one.services == other.services)
        or one.use.population.bands & other.use.population.bands or set(one.heads) & other.support
    )


def _parts(one: Profile, other: Profile, vocabulary: Vocabulary) -> tuple[Part, ...]:
    found = (
        _condition(one, other, vocabulary), _service(one, other, vocabulary), _population(one, other),
        _setting(one, other, vocabulary), _stage(one, other), _numbers(one, other), _aspect(one, other, vocabulary),
    )
    return tuple(part for part in found if part is not None)


def _condition(one: Profile, other: Profile, vocabulary: Vocabulary) -> Part | None:
    weight = _WEIGHTS["condition"]
    if one.heads and other.heads:
        score, reason = _heads(one, other, vocabulary)
        if one.use.is_on_condition != other.use.is_on_condition:
            score = min(score, max(_SECONDARY, alikeness(one.bag, other.bag)))
        differing = (1 - _word_overlap(one.words, other.words)) * min(1.0, _least(one, other) / _ENOUGH_WORDS)
        return Part("condition", score * (1 - _WORDS_APART * differing), weight, reason)
    if one.heads or other.heads:
        return _one_sided(*((one, other) if one.heads else (other, one)), vocabulary)
    loudness = min(1.0, max(sum(one.bag.values()), sum(other.bag.values())) / _ENOUGH_WORDS)
    if not loudness:
        return None
    score = _WORDLESS if not one.bag or not other.bag else alikeness(one.bag, other.bag)
    is_renewal = one.use.stage == other.use.stage == "continuation"
    if is_renewal and one.bag and other.bag and not one.names and not other.names:
        score = max(score, _NAMELESS)
    return Part("words", score, weight * loudness, lambda: _shared_words(one, other, vocabulary))


def _one_sided(named: Profile, bare: Profile, vocabulary: Vocabulary) -> Part:
    weight = _WEIGHTS["condition"]
    if not bare.support.isdisjoint(named.heads) and not bare.is_any_renewal:
        held = "stands in the other's criteria"
        return Part("condition", _SUPPORTED, weight, lambda: f"{vocabulary.labels(named.heads[:1])} {held}")
    is_granted = named.main in named.topical and not bare.words and not bare.is_any_renewal
    floor = _TOPICAL if is_granted else _ONE_SIDED
    score = max(floor, alikeness(named.bag, bare.bag))
    return Part("condition", score, weight, lambda: f"{vocabulary.labels(named.heads[:2])} against none named")


def _shared_words(one: Profile, other: Profile, vocabulary: Vocabulary) -> str:
    shared = sorted(one.bag.keys() & other.bag.keys(), key=lambda word: (-one.bag[word], word))
    return ", ".join(shared[:6]) or "no word in common"


def _least(one: Profile, other: Profile) -> float:
    return min(one.loudness, other.loudness)


def _heads(one: Profile, other: Profile, vocabulary: Vocabulary) -> tuple[float, Callable[[], str]]:
    first, second = one.heads[0], other.heads[0]
    relation = vocabulary.related(first, second)
    both = set(one.heads) & set(other.heads)
    if relation == "same":
        extra = 0.1 if len(both) == 1 else 0.05
        score = 1.0 if len(both) == len(set(one.heads) | set(other.heads)) else 1.0 - extra
        return score, lambda: vocabulary.labels([first])
    if relation == "near":
        return RELATED[relation], lambda: f"{vocabulary.labels([first])} near {vocabulary.labels([second])}"
    if relation and _names_kinds(one, other, vocabulary):
        return _ALL_KINDS, lambda: f"{vocabulary.labels(one.heads)} / {vocabulary.labels(other.heads)}"
    if relation:
        verb = "is wider than" if relation == "wider" else "is a kind of"
        return RELATED[relation], lambda: f"{vocabulary.labels([first])} {verb} {vocabulary.labels([second])}"
    if not both:
        return 0.0, lambda: f"{vocabulary.labels([first])} against {vocabulary.labels([second])}"
    listed = _LISTED * 2 * len(both) / (len(one.heads) + len(other.heads))
    if min(len(one.heads), len(other.heads)) > 1:
        return max(_SECONDARY, listed), lambda: f"{vocabulary.labels(sorted(both))} named by both"
    return _SECONDARY, lambda: f"{vocabulary.labels(sorted(both))} only mentioned by one"


def _names_kinds(one: Profile, other: Profile, vocabulary: Vocabulary) -> bool:
    """Whether one names several kinds of what the other names as a whole."""
    return any(
        len(kinds.heads) > 1 and len(whole.heads) == 1
        and all(vocabulary.related(whole.heads[0], kind) in ("wider", "same") for kind in kinds.heads)
        for kinds, whole in ((one, other), (other, one))
    )


def _word_overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Shared weight of two bags of words, 0-1; spelling variants of long words count as the same."""
    if not one or not other:
        return 0.0
    shared = 0.0
    alone: list[str] = []
    for word, weight in one.items():
        if word in other:
            shared += weight
        else:
            alone.append(word)
    for word in other.keys() - one.keys() if alone else ():
        shared += max((min(one[a], other[word]) for a in alone if _is_variant(a, word)), default=0.0)
    return min(1.0, 2 * shared / (sum(one.values()) + sum(other.values())))


def alikeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How far two bags of telling words name one thing, 0-1: the shared against what *each* says beyond the other.

    A short name within a longer statement on it is as good as equal; two statements that share a word and each name
    something else are not. Little shared weight proves little.
    """
    shared, alone, beyond = 0.0, sum(one.values()), sum(other.values())
    for word, weight in one.items():
        match = word if word in other else next((w for w in other if w not in one and _is_variant(word, w)), None)
        if match is not None:
            both = min(weight, other[match])
            shared, alone, beyond = shared + both, alone - weight, beyond - other[match]
    less, more = sorted((max(alone, 0.0), max(beyond, 0.0)))
    if shared <= 0:
        return 0.0
    return min(1.0, shared / _NAME_LOUDNESS) * shared / (shared + _BOTH_APART * less + _ONE_BEYOND * (more - less))


def _is_variant(one: str, other: str) -> bool:
    if one[:3] != other[:3]:
        return False
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and long[len(short) :].isdigit():  # a gene and its first variant
        return True
    return len(short) > 5 and fuzz.ratio(one, other) >= _WORD_MATCH


def _service(one: Profile, other: Profile, vocabulary: Vocabulary) -> Part | None:
    if not one.services and not other.services:
        return None
    is_both = bool(one.services and other.services)
    score = vocabulary.likest(one.services, other.services) if is_both else _ONE_SERVICE
    weight = _WEIGHTS["service"] * max(one.service_telling, other.service_telling)
    return Part("service", score, weight, lambda: vocabulary.labels((one.services or other.services)[:2]) + (
        "" if is_both else " against none named"
    ))


def _population(one: Profile, other: Profile) -> Part | None:
    first, second = one.use.population, other.use.population
    if not first and not second:
        return None
    weight = _NEWBORN_WEIGHT if first.is_newborn or second.is_newborn else _WEIGHTS["population"]
    score = _population_score(first, second)
    if score == _UNSTATED_NEWBORN and _is_one_name(one, other):  # a disease of newborns names its patients
        score, weight = _NAMED_NEWBORN, _WEIGHTS["population"]
    return Part("population", score, weight, lambda: _populations_said(first, second))


def _is_one_name(one: Profile, other: Profile) -> bool:
    """Whether the two are on one name that the lexicon does not know."""
    if one.heads or other.heads:
        return False
    loudness = min(sum(one.bag.values()), sum(other.bag.values()))
    return loudness >= _FULL_NAME and alikeness(one.bag, other.bag) >= _SAME_NAME


def _population_score(first: Population, second: Population) -> float:
    if first.bands == second.bands:
        return 1.0 if (first.ages and first.ages.low) == (second.ages and second.ages.low) else 0.9
    if first and second:
        shared, either = len(first.bands & second.bands), len(first.bands | second.bands)
        return 0.3 + 0.5 * shared / either if shared else 0.0
    stated = first or second
    if stated.is_newborn:
        return _UNSTATED_NEWBORN
    return 0.8 if "adult" in stated.bands else 0.45


def _populations_said(first: Population, second: Population) -> str:
    return first.label if first.bands == second.bands else f"{first.label} / {second.label}"


def _setting(one: Profile, other: Profile, vocabulary: Vocabulary) -> Part | None:
    first, second = one.use.settings, other.use.settings
    if not first and not second:
        return None
    weight = _WEIGHTS["setting"]
    if first and second:
        score, weight = vocabulary.likest(first, second), weight if one.heads and other.heads else _BARE_WEIGHT
        if any(vocabulary.concepts[name].axis for name in first & second):
            weight = _AXIS_WEIGHT
    else:
        score, weight = 0.4, weight / 2
    stated = [sorted(s) for s in (first, second) if s]
    return Part("setting", score, weight, lambda: " / ".join(map(vocabulary.labels, stated)))


def _stage(one: Profile, other: Profile) -> Part | None:
    stage = one.use.stage or other.use.stage
    if stage is None:
        return None
    return Part("stage", 1.0 if one.use.stage == other.use.stage else 0.7, _WEIGHTS["stage"], lambda: stage)


def _numbers(one: Profile, other: Profile) -> Part | None:
    shared = sorted(one.use.limits.keys() & other.use.limits.keys())
    if not shared:
        return None
    scores = [
        1.0 if (a.low, a.high) == (b.low, b.high) else 0.0 if a.excludes(b) else 0.5
        for a, b in ((one.use.limits[name], other.use.limits[name]) for name in shared)
    ]
    weight = _BARE_WEIGHT if min(scores) == 1.0 or not (one.heads and other.heads) else _WEIGHTS["numbers"]
    return Part("numbers", sum(scores) / len(scores), weight, lambda: "; ".join(
        f"{one.use.limits[name].text} / {other.use.limits[name].text}" for name in shared
    ))


def _aspect(one: Profile, other: Profile, vocabulary: Vocabulary) -> Part | None:
    shared = one.use.aspects & other.use.aspects
    if differing := one.use.aspects ^ other.use.aspects:
        only = vocabulary.labels(sorted(differing))
        return Part("aspect", _ONE_ASPECT, _WEIGHTS["setting"], lambda: f"only one speaks of: {only}")
    return Part("aspect", 1.0, _WEIGHTS["aspect"], lambda: vocabulary.labels(sorted(shared))) if shared else None
