"""Sees the uses of a topic side by side, so that what all of them share tells nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import log, sqrt

from policyview.align.telling import telling_of
from policyview.align.topic import Subject, Topic, title_words
from policyview.align.use import Ground, Use, read_uses
from policyview.align.vocabulary import Vocabulary, vocabulary_of
from policyview.lexicon import Lexicon

_TITLE_WORD_WEIGHT = 0.2  # a word of the title tells little between indications
_REFRAIN_WEIGHT = 0.1  # what a word tells that one document repeats in most of its statements
_REFRAIN_SHARE = 0.6  # of its statements
_REFRAIN_USES = 4  # statements from which a repeated word is no chance
_ONE_TITLE_WEIGHT = 0.6  # one of few titles tells something: the topic is wider than that document
_AIM = "aim"  # the axis of forms that a document keeps to
_NAMING = 0.5  # what a word tells by its place from which it names the use
_OWN_DIALECT = 0.6  # a word that only one document uses tells less than one that several share


@dataclass(frozen=True, eq=False)
class Profile:
    """A use seen within its topic: what the topic itself is about is taken out.

    ``heads`` are the conditions it is about, the main one first; ``services`` tells services of the topic apart and
    ``service_telling`` (0-1) how much its own does; ``words`` maps what else it names to its weight; ``bag`` does so
    for all its telling words; ``topical`` are conditions that a title of the topic names; ``split`` are the axes of
    forms on which its document draws another form of the same use; ``names`` the words that name the use.
    """

    use: Use
    heads: tuple[str, ...]
    services: tuple[str, ...]
    words: Mapping[str, float]
    support: frozenset[str]
    topical: frozenset[str] = frozenset()
    service_telling: float = 1.0
    is_split: bool = False
    bag: Mapping[str, float] = field(default_factory=dict)
    split: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @cached_property
    def loudness(self) -> float:
        """How much the words tell, all together."""
        return sum(self.words.values())

    @property
    def main(self) -> str | None:
        return self.heads[0] if self.heads else None

    @property
    def is_any_renewal(self) -> bool:
        """Whether it is on continuing whatever the document covers, and names no use."""
        return self.use.stage == "continuation" and not self.heads and not self.names


def profiles_of(topic: Topic, lexicon: Lexicon) -> tuple[Profile, ...]:
    """A profile for every indication of the topic's documents."""
    vocabulary = vocabulary_of(lexicon)
    ground = ground_of(topic, lexicon)
    pairs = [
        (subject, use)
        for subject in topic.subjects
        for use in read_uses(subject.reading, lexicon, subject.abbreviations, ground)
    ]
    services = _services(topic, pairs, vocabulary)
    telling = _telling(services)
    weights = _weights(topic, [use for _, use in pairs])
    told = _told([use for _, use in pairs], ground)
    profiles = [
        _with_bag(_profile(use, services[at], telling[at], topic, weights, vocabulary), told[at], ground)
        for at, (_, use) in enumerate(pairs)
    ]
    profiles = _with_one_aim(profiles, vocabulary)
    return _with_split_forms(_with_splits(_with_complements(profiles)))


def ground_of(topic: Topic, lexicon: Lexicon) -> Ground:
    """What the titles of a topic name, so that it tells nothing between its uses."""
    vocabulary, telling = vocabulary_of(lexicon), telling_of(lexicon)
    named = topic.services | frozenset(name for subject in topic.subjects for name in subject.services)
    services = named | frozenset(wider for name in named for wider in vocabulary.concepts[name].wider)
    titles = Counter(
        word for subject in topic.subjects for word in {telling.word(stem) for stem in title_words(subject)}
    )
    half = len(topic.subjects) / 2
    words = frozenset(word for word, count in titles.items() if count >= half)
    return Ground(topic.topical(vocabulary), services, words, frozenset(titles) - words)


def _with_bag(profile: Profile, told: Mapping[str, float], ground: Ground) -> Profile:
    """The profile with its telling words, but those of services that are compared by name."""
    named = frozenset(word for name in profile.services for word in profile.use.service_words.get(name, ()))
    bag = {word: weight for word, weight in told.items() if word not in named}
    naming = (
        word for word, weight in bag.items()
        if profile.use.bag[word] >= _NAMING and word not in ground.words and weight > _REFRAIN_WEIGHT
    )
    return replace(profile, bag=bag, names=frozenset(naming))


def _told(uses: Sequence[Use], ground: Ground) -> list[Mapping[str, float]]:
    """The bag of each use, every word weighed by how rare it is in the topic and whether others use it."""
    counted = Counter(word for use in uses for word in use.bag)
    files: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        for word in use.bag:
            files[word].add(use.file)
    whole = log(1 + len(uses)) or 1.0
    refrain = _refrains(uses, files)
    weights = {
        word: sqrt(log(1 + len(uses) / count) / whole)
        * (_TITLE_WORD_WEIGHT if word in ground.words else _ONE_TITLE_WEIGHT if word in ground.rarer else 1.0)
        * (_REFRAIN_WEIGHT if word in refrain else _OWN_DIALECT if len(files[word]) == 1 else 1.0)
        for word, count in counted.items()
    }
    return [{word: place * weights[word] for word, place in sorted(use.bag.items())} for use in uses]


def _refrains(uses: Sequence[Use], files: Mapping[str, set[str]]) -> frozenset[str]:
    """Words that one document alone uses, and that in most of its statements: a letterhead, a product."""
    per_file = Counter(use.file for use in uses)
    counted = Counter(word for use in uses for word in use.bag)
    return frozenset(
        word for word, count in counted.items()
        if len(files[word]) == 1 and count >= _REFRAIN_USES
        and count >= _REFRAIN_SHARE * per_file[next(iter(files[word]))]
    )


def _profile(
    use: Use, services: tuple[str, ...], telling: float, topic: Topic, weights: Mapping[str, float],
    vocabulary: Vocabulary,
) -> Profile:
    topical = topic.topical(vocabulary)
    taken_for_granted = topic.conditions | (topical - vocabulary.generic if use.is_borrowed else frozenset())
    heads = tuple(name for name in use.conditions if name not in taken_for_granted)
    of_topic = frozenset(services) | topic.services
    foreign = [n for n in use.services if n not in of_topic and not vocabulary.concepts[n].wider & of_topic]
    told = services if telling else ()
    words = {word: weights.get(word, 1.0) * use.place_of(word) for word in sorted(use.words)}
    words |= {name: weights.get(name, 1.0) for name in foreign if not use.is_service_borrowed}
    support = use.support - topic.conditions - of_topic
    return Profile(use, heads, told, words, support, topical, telling)


def _services(topic: Topic, pairs: Sequence[tuple[Subject, Use]], vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """The services that tell the topic's uses apart; none where all are on the same."""
    of_titles = frozenset(name for subject in topic.subjects for name in subject.services)
    return [_own_services(subject, use, of_titles, vocabulary) for subject, use in pairs]


def _telling(services: Sequence[tuple[str, ...]]) -> list[float]:
    """How much each use's services tell: nothing where all uses of the topic have them."""
    counted = Counter(frozenset(s) for s in services)
    return [min(1.0, 1.2 * (1 - counted[frozenset(s)] / len(services))) if s else 0.0 for s in services]


def _own_services(subject: Subject, use: Use, of_titles: frozenset[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    own = _most_specific(use.services, vocabulary)
    if not subject.services or subject.is_class:
        return own
    of_topic = tuple(n for n in own if n in of_titles or vocabulary.concepts[n].wider & of_titles)
    return of_topic or subject.services


def _most_specific(names: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    wider = frozenset(w for name in names for w in vocabulary.concepts[name].wider)
    return tuple(name for name in names if name not in wider)


def _weights(topic: Topic, uses: Sequence[Use]) -> Mapping[str, float]:
    counted = Counter(word for use in uses for word in {*use.words, *use.services})
    titles = frozenset(word for subject in topic.subjects for word in title_words(subject))
    whole = log(1 + len(uses)) or 1.0
    return {
        word: (_TITLE_WORD_WEIGHT if word in titles else 1.0) * log(1 + len(uses) / count) / whole
        for word, count in counted.items()
    }


def _with_complements(profiles: Sequence[Profile]) -> list[Profile]:
    """Marks a bare refusal of what the same document covers under criteria: it is for those who do not meet them."""
    covered: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        if profile.use.direction == "for" and profile.use.indication.criteria:
            covered[profile.use.file].append(profile)
    return [
        replace(p, use=replace(p.use, aspects=p.use.aspects | {"unmet"}))
        if any(_is_complement(p, other) for other in covered[p.use.file]) else p
        for p in profiles
    ]


def _is_complement(refusal: Profile, coverage: Profile) -> bool:
    use, other = refusal.use, coverage.use
    has_own_criteria = any(c.label or c.children for c in use.indication.criteria)
    if use.direction != "against" or has_own_criteria or use.aspects or other.aspects:
        return False
    is_same_use = refusal.heads == coverage.heads and refusal.services == coverage.services
    if not is_same_use or not (refusal.heads or refusal.services):
        return False
    says_no_more = refusal.words.keys() <= coverage.words.keys() and use.settings <= other.settings and not use.limits
    is_same_group = not use.population or use.population.bands == other.population.bands
    return says_no_more and is_same_group and use.stage == other.stage and use.forms == other.forms


def _with_splits(profiles: Sequence[Profile]) -> tuple[Profile, ...]:
    """Marks the uses whose document draws another population of the same use."""
    alike: dict[tuple[object, ...], list[Profile]] = defaultdict(list)
    for profile in profiles:
        use = profile.use
        alike[_split_key(profile)].append(profile)
    result = []
    for profile in profiles:
        use = profile.use
        family = alike[_split_key(profile)]
        bands = use.population.bands
        is_split = bool(bands) and bool(profile.main or profile.names) and any(
            other.use.population.bands and not other.use.population.bands & bands for other in family
        )
        result.append(replace(profile, is_split=True) if is_split else profile)
    return tuple(result)


def _with_one_aim(profiles: Sequence[Profile], vocabulary: Vocabulary) -> list[Profile]:
    """A document that speaks of one aim, prevention or attacks, of a disease means it wherever it names the disease."""
    aims: dict[tuple[str, str], set[frozenset[str]]] = defaultdict(set)
    for profile in profiles:
        if profile.main and _AIM in profile.use.forms:
            for name in (profile.main, *vocabulary.concepts[profile.main].wider):
                aims[profile.use.file, name].add(profile.use.forms[_AIM])
    result = []
    for profile in profiles:
        said = aims.get((profile.use.file, profile.main or ""), set())
        if len(said) == 1 and _AIM not in profile.use.forms:
            forms = {**profile.use.forms, _AIM: next(iter(said))}
            profile = replace(profile, use=replace(profile.use, forms=forms))
        result.append(profile)
    return result


def _split_key(profile: Profile) -> tuple[object, ...]:
    use = profile.use
    return (use.file, profile.main or profile.names, profile.services, use.stage, use.aspects, use.is_label)


def _with_split_forms(profiles: Sequence[Profile]) -> tuple[Profile, ...]:
    """Marks the uses of which the same document states another form (acute beside chronic)."""
    families: dict[tuple[object, ...], list[Profile]] = defaultdict(list)
    for profile in profiles:
        if profile.use.forms:
            families[_family(profile)].append(profile)
    return tuple(
        replace(profile, split=frozenset(
            axis for axis, forms in profile.use.forms.items()
            if any(axis in o.use.forms and not o.use.forms[axis] & forms for o in families[_family(profile)])
        )) if profile.use.forms else profile
        for profile in profiles
    )


def _family(profile: Profile) -> tuple[object, ...]:
    return (profile.use.file, profile.main or profile.names, profile.services, profile.use.stage == "continuation")
