"""How alike two uses are, in named parts with reasons, and what keeps them apart however alike the words are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from policyview.align.use import Use
from policyview.align.vocabulary import Vocabulary, labels

SAME_ROW = 0.55  # likeness from which two uses of different documents share a row; tuned on three annotated topics
_RELATED = {"same": 1.0, "near": 0.8, "wider": 0.55, "narrower": 0.55}
_ONE_SIDED = 0.2  # one statement names a condition, the other none
_TOPICAL = 0.6  # the same where the condition stands in a title of the topic: the other may take it for granted
_SUPPORTED = 0.55  # the condition that one names stands in the other's criteria
_SECONDARY = 0.35  # the condition that one is about is only mentioned by the other
_UNSTATED_NEWBORN = 0.1  # newborns against a statement that names no one
_LISTED = 0.8  # conditions named in another order, in full agreement
_WORD_MATCH = 86  # rapidfuzz ratio from which two long words count as the same word
_WEIGHTS = {"condition": 0.45, "service": 0.25, "population": 0.2, "setting": 0.1, "stage": 0.05, "numbers": 0.1,
            "aspect": 0.2}
_AXIS_WEIGHT = 0.4  # settings that exclude others tell most
_BARE_WEIGHT = 0.3  # "during sleep", "BMI of 40" tell much where one names no condition
_ENOUGH_WORDS = 1.5  # summed weight of telling words from which they speak as loudly as a condition
_WORDLESS = 0.35  # telling words against none: "gastric bypass, mini" against "gastric bypass"
_WORD_GAIN = 1.5  # two payers never share all words of one use
_HEAD_WEIGHT = 1.5  # of the main condition among the words, where only one statement names a condition
_WORDS_APART = 0.4  # how much telling words that differ take from an equal condition
_NEWBORN_WEIGHT = 0.45  # which newborns is as telling as the condition


@dataclass(frozen=True)
class Part:
    """One named part of the score: 0-1, how much it counts, and the reason in words."""

    name: str
    score: float
    weight: float
    reason: str


@dataclass(frozen=True)
class Likeness:
    """The score of two uses (0-1), its parts, and the hard contradiction if there is one."""

    parts: tuple[Part, ...]
    contradiction: str | None = None

    @property
    def score(self) -> float:
        weight = sum(part.weight for part in self.parts)
        return sum(part.score * part.weight for part in self.parts) / weight if weight else 0.0

    @property
    def is_match(self) -> bool:
        return self.contradiction is None and self.score >= SAME_ROW

    @property
    def why(self) -> tuple[str, ...]:
        return tuple(f"{part.name}: {part.reason} ({part.score:.2f})" for part in self.parts)


@dataclass(frozen=True, eq=False)
class Profile:
    """A use seen within its topic: what the topic itself is about is taken out.

    ``heads`` are the conditions it is about, the main one first; ``services`` tells services of the topic apart and
    ``service_telling`` (0-1) how much its own does; ``words`` maps what else it names to its weight; ``topical`` are
    conditions that a title of the topic names.
    """

    use: Use
    heads: tuple[str, ...]
    services: tuple[str, ...]
    words: Mapping[str, float]
    support: frozenset[str]
    topical: frozenset[str] = frozenset()
    service_telling: float = 1.0
    is_split: bool = False

    @property
    def main(self) -> str | None:
        return self.heads[0] if self.heads else None


def likeness(one: Profile, other: Profile, vocabulary: Vocabulary) -> Likeness:
    """How alike two uses are. Symmetric."""
    parts = tuple(
        part for part in (
            _condition(one, other, vocabulary), _service(one, other, vocabulary), _population(one, other),
            _setting(one, other, vocabulary), _stage(one, other), _numbers(one, other), _aspect(one, other),
        ) if part is not None
    )
    return Likeness(parts, contradiction(one, other, vocabulary))


def contradiction(one: Profile, other: Profile, vocabulary: Vocabulary) -> str | None:
    """Why the two must not share a row, None where nothing forbids it."""
    rules: tuple[Callable[[Profile, Profile, Vocabulary], str | None], ...] = (
        _stages, _aspects, _purposes, _phases, _limits, _populations, _services, _denials, _same_document, _splits,
    )
    return next((why for rule in rules if (why := rule(one, other, vocabulary))), None)


# ------------------------------------------------------------------------------------------- what keeps apart


def _stages(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    stages = {one.use.stage, other.use.stage}
    return "initial against continuation" if "continuation" in stages and len(stages) > 1 else None


def _aspects(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    differing = one.use.aspects ^ other.use.aspects
    if differing:
        return f"only one speaks of: {labels(sorted(differing))}"
    return "label statement against criteria" if one.use.is_label != other.use.is_label else None


def _purposes(one: Profile, other: Profile, vocabulary: Vocabulary) -> str | None:
    if {one.use.purpose, other.use.purpose} == {"treatment", "test"}:
        return "treatment against test"
    return None


def _phases(one: Profile, other: Profile, vocabulary: Vocabulary) -> str | None:
    def on_axes(profile: Profile) -> dict[str, set[str]]:
        axes: dict[str, set[str]] = {}
        for name in profile.use.settings:
            if axis := vocabulary.concepts[name].axis:
                axes.setdefault(axis, set()).add(name)
        return axes

    first, second = on_axes(one), on_axes(other)
    for axis in sorted(first.keys() & second.keys()):
        if not _best(first[axis], second[axis], vocabulary):
            return f"{labels(sorted(first[axis]))} against {labels(sorted(second[axis]))}"
    return None


def _limits(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    for name in sorted(one.use.limits.keys() & other.use.limits.keys()):
        first, second = one.use.limits[name], other.use.limits[name]
        if first.excludes(second):
            return f"{name.replace('_', ' ')}: {first.text} against {second.text}"
    return None


def _populations(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    return one.use.population.contradicts(other.use.population)


def _services(one: Profile, other: Profile, vocabulary: Vocabulary) -> str | None:
    if one.services and other.services and not _best(one.services, other.services, vocabulary):
        return f"service: {labels(one.services[:2])} against {labels(other.services[:2])}"
    return None


def _denials(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    for first, second in ((one, other), (other, one)):
        shared = first.use.denied & (frozenset(second.use.conditions) - second.use.denied)
        if shared and not shared <= frozenset(first.use.conditions):
            return f"one excludes {labels(sorted(shared))}"
    return None


def _same_document(one: Profile, other: Profile, vocabulary: Vocabulary) -> str | None:
    """Two statements of one document share a row only where they say the same use in the same direction."""
    if one.use.file != other.use.file:
        return None
    if one.use.direction != other.use.direction:
        return "one document says both, so it means two uses"
    if one.use.population.bands != other.use.population.bands:
        return "one document draws the populations apart"
    if set(one.services) != set(other.services):
        return "one document names the services apart"
    if one.use.limits.keys() ^ other.use.limits.keys() - {"body_weight"}:
        return "one document draws the limits apart"
    if one.main is None and other.main is None:
        return None if one.words.keys() == other.words.keys() and one.use.settings == other.use.settings else "one document words them apart"
    if one.main is None or other.main is None or vocabulary.related(one.main, other.main) not in ("same", "near"):
        return "one document names them apart"
    return None


def _splits(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    """Where a payer draws two populations, a wider statement of another reaches both and belongs to neither."""
    for narrow, wide in ((one, other), (other, one)):
        if narrow.is_split and narrow.use.population.is_inside(wide.use.population):
            return f"a wider population: {wide.use.population.label}"
    return None


# --------------------------------------------------------------------------------------------- what is alike


def _best(one: Collection[str], other: Collection[str], vocabulary: Vocabulary) -> float:
    return max((_RELATED.get(vocabulary.related(a, b), 0.0) for a in one for b in other), default=0.0)


def _condition(one: Profile, other: Profile, vocabulary: Vocabulary) -> Part | None:
    weight = _WEIGHTS["condition"]
    if one.heads and other.heads:
        score, reason = _heads(one, other, vocabulary)
        differing = (1 - _word_overlap(one.words, other.words)) * min(1.0, _least(one, other) / _ENOUGH_WORDS)
        return Part("condition", score * (1 - _WORDS_APART * differing), weight, reason)
    if one.heads or other.heads:
        named, bare = (one, other) if one.heads else (other, one)
        if set(named.heads) & bare.support:
            return Part("condition", _SUPPORTED, weight, f"{labels(named.heads[:1])} stands in the other's criteria")
        floor = _TOPICAL if named.main in named.topical and not bare.words else _ONE_SIDED
        score = max(floor, _word_overlap(_bag(one), _bag(other)))
        return Part("condition", score, weight, f"{labels(named.heads[:2])} against none named")
    loudness = min(1.0, max(sum(one.words.values()), sum(other.words.values())) / _ENOUGH_WORDS)
    if not loudness:
        return None
    score = min(1.0, _WORD_GAIN * _word_overlap(one.words, other.words))
    if not one.words or not other.words:
        score = _WORDLESS
    shared = sorted(one.words.keys() & other.words.keys())
    return Part("words", score, weight * loudness, ", ".join(shared[:6]) or "no word in common")


def _least(one: Profile, other: Profile) -> float:
    return min(sum(one.words.values()), sum(other.words.values()))


def _bag(profile: Profile) -> Mapping[str, float]:
    return {**profile.words, **dict.fromkeys(profile.heads[1:], 1.0), **dict.fromkeys(profile.heads[:1], _HEAD_WEIGHT)}


def _heads(one: Profile, other: Profile, vocabulary: Vocabulary) -> tuple[float, str]:
    first, second = one.heads[0], other.heads[0]
    relation = vocabulary.related(first, second)
    if relation in ("same", "near"):
        score = _RELATED[relation]
        extra = set(one.heads) ^ set(other.heads)
        if relation == "same" and extra:
            score -= 0.1 if set(one.heads) & set(other.heads) == {first} else 0.05
        return score, f"{labels([first])}" if relation == "same" else f"{labels([first])} near {labels([second])}"
    if relation:
        verb = "is wider than" if relation == "wider" else "is a kind of"
        return _RELATED[relation], f"{labels([first])} {verb} {labels([second])}"
    if first in other.heads or second in one.heads:
        shared = first if first in other.heads else second
        both = set(one.heads) & set(other.heads)
        listed = _LISTED * 2 * len(both) / (len(one.heads) + len(other.heads)) if min(map(len, (one.heads, other.heads))) > 1 else 0
        return max(_SECONDARY, listed), f"{labels([shared])} only mentioned by one"
    if shared_heads := sorted(set(one.heads) & set(other.heads)):
        return 0.3, f"{labels(shared_heads)} mentioned by both"
    return 0.0, f"{labels([first])} against {labels([second])}"


def _word_overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Shared weight of two bags of words, 0-1; spelling variants of long words count as the same."""
    if not one or not other:
        return 0.0
    shared = sum(weight for word, weight in one.items() if word in other)
    shared += sum(
        min(one[a], other[b]) for a in one.keys() - other.keys() for b in other.keys() - one.keys() if _is_variant(a, b)
    )
    return min(1.0, 2 * shared / (sum(one.values()) + sum(other.values())))


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
    score = _best(one.services, other.services, vocabulary)
    reason = labels((one.services or other.services)[:2])
    if not one.services or not other.services:
        score = 0.5
        reason += " against none named"
    return Part("service", score, _WEIGHTS["service"] * max(one.service_telling, other.service_telling), reason)


def _population(one: Profile, other: Profile) -> Part | None:
    first, second = one.use.population, other.use.population
    if not first and not second:
        return None
    weight = _NEWBORN_WEIGHT if first.is_newborn or second.is_newborn else _WEIGHTS["population"]
    reason = first.label if first.bands == second.bands else f"{first.label} / {second.label}"
    if first.bands == second.bands:
        is_equal = (first.ages and first.ages.low) == (second.ages and second.ages.low)
        return Part("population", 1.0 if is_equal else 0.9, weight, reason)
    if first and second:
        shared, either = len(first.bands & second.bands), len(first.bands | second.bands)
        return Part("population", 0.3 + 0.5 * shared / either if shared else 0.0, weight, reason)
    stated = first or second
    if stated.is_newborn:
        return Part("population", _UNSTATED_NEWBORN, weight, reason)
    return Part("population", 0.8 if "adult" in stated.bands else 0.45, weight, reason)


def _setting(one: Profile, other: Profile, vocabulary: Vocabulary) -> Part | None:
    first, second = one.use.settings, other.use.settings
    if not first and not second:
        return None
    weight = _WEIGHTS["setting"]
    if first and second:
        score, weight = _best(first, second, vocabulary), weight if one.heads and other.heads else _BARE_WEIGHT
        if any(vocabulary.concepts[name].axis for name in first & second):
            weight = _AXIS_WEIGHT
    else:
        score, weight = 0.4, weight / 2
    return Part("setting", score, weight, " / ".join(labels(sorted(s)) for s in (first, second) if s))


def _stage(one: Profile, other: Profile) -> Part | None:
    if one.use.stage is None and other.use.stage is None:
        return None
    score = 1.0 if one.use.stage == other.use.stage else 0.7
    return Part("stage", score, _WEIGHTS["stage"], one.use.stage or other.use.stage or "")


def _numbers(one: Profile, other: Profile) -> Part | None:
    shared = sorted(one.use.limits.keys() & other.use.limits.keys())
    if not shared:
        return None
    scores = [
        1.0 if (a.low, a.high) == (b.low, b.high) else 0.0 if a.excludes(b) else 0.5
        for a, b in ((one.use.limits[name], other.use.limits[name]) for name in shared)
    ]
    reason = "; ".join(f"{one.use.limits[n].text} / {other.use.limits[n].text}" for n in shared)
    weight = _BARE_WEIGHT if min(scores) == 1.0 or not (one.heads and other.heads) else _WEIGHTS["numbers"]
    return Part("numbers", sum(scores) / len(scores), weight, reason)


def _aspect(one: Profile, other: Profile) -> Part | None:
    shared = one.use.aspects & other.use.aspects
    return Part("aspect", 1.0, _WEIGHTS["aspect"], labels(sorted(shared))) if shared else None
