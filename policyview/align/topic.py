"""Groups documents by topic: what their titles say they are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePath

from rapidfuzz import fuzz

from policyview.align.abbreviations import Abbreviations, abbreviations_of
from policyview.align.shelving import Shelving
from policyview.align.vocabulary import Vocabulary, plain, stems, vocabulary_of
from policyview.amend import Regrouping
from policyview.lexicon import Lexicon
from policyview.model import PolicyVersions, Reading

_AS_FOUND = Regrouping()
_SAME_WORDS = 85  # ratio of two titles' words in order of the alphabet, where no name is known: spelling variants
_A_NAME = 8  # letters from which one shared word is a name ("ustekinumab") rather than a common word
_CLASS_SIZE = 3  # a title that names so many services is about what they are for
_A_NUMBER = 5  # characters from which a policy's number is not found by chance
_NUMBER_TELLS = 3  # mentions of a title that one of the number is worth
_REPEATED = 2  # mentions from which an article is about a policy
_DOMINANT = 0.5  # share of a document's indications that must name a service before it stands for a bare title


@dataclass(frozen=True, eq=False)
class Subject:
    """What one document is about: services and conditions its title names, and the title's remaining words.

    ``aim`` are the words behind "for" in a title, where they name no condition of the lexicon.
    """

    reading: Reading
    title: str
    services: tuple[str, ...]
    conditions: tuple[str, ...]
    words: frozenset[str]
    wider: frozenset[str]
    abbreviations: Abbreviations
    aim: frozenset[str] = frozenset()

    @property
    def is_class(self) -> bool:
        """Whether the title is about a class of services rather than one."""
        return len(self.services) >= _CLASS_SIZE


@dataclass(frozen=True, eq=False)
class Topic:
    """Documents of one subject; ``services`` and ``conditions`` are what most of their titles name."""

    name: str
    subjects: tuple[Subject, ...]
    services: frozenset[str]
    conditions: frozenset[str]

    @property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(subject.reading for subject in self.subjects)

    def topical(self, vocabulary: Vocabulary) -> frozenset[str]:
        """Conditions that a title names or that the service takes for granted."""
        named = frozenset(name for subject in self.subjects for name in subject.conditions)
        return named | frozenset(name for s in self.services for name in vocabulary.concepts[s].treats)


def group(
    readings: Sequence[Reading], lexicon: Lexicon, policies: Sequence[PolicyVersions] = (),
    regrouping: Regrouping = _AS_FOUND,
) -> tuple[Topic, ...]:
    """The topics, in the order of their names, no two of one name; each document is in one, all versions of a policy
    in the same. ``regrouping`` is what a person said of them."""
    subjects = [subject_of(reading, lexicon) for reading in readings]
    subjects.sort(key=lambda s: (s.reading.document.sha256, s.reading.file))
    parent = list(range(len(subjects)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for one in range(len(subjects)):
        for other in range(one):
            if root(one) != root(other) and is_same_topic(subjects[one], subjects[other], vocabulary_of(lexicon)):
                parent[root(one)] = root(other)
    place = {subject.reading.file: at for at, subject in enumerate(subjects)}
    for policy in policies:
        for older, newer in pairwise(policy.files):
            parent[root(place[older])] = root(place[newer])
    for at, subject in enumerate(subjects):
        if is_second_hand(subject) and sum(root(other) == root(at) for other in range(len(subjects))) == 1:
            spoken_of = _spoken_of(subject, [s for s in subjects if not is_second_hand(s)], lexicon)
            if spoken_of is not None:
                parent[root(at)] = root(subjects.index(spoken_of))
    groups: dict[int, list[int]] = {}
    for at in range(len(subjects)):
        groups.setdefault(root(at), []).append(at)
    shelving = Shelving([subject.reading for subject in subjects], policies, regrouping.shelved)
    topics = []
    for shelf in shelving.shelved(groups.values()):
        home = [subjects[at] for at in shelving.at_home(shelf.members)]
        topics.append(_topic([subjects[at] for at in shelf.members], home, vocabulary_of(lexicon), shelf.name))
    return _unique(sorted(topics, key=lambda t: (t.name.lower(), t.subjects[0].reading.document.sha256)))


def _unique(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """A person may give two topics one name."""
    seen: Counter[str] = Counter()
    result = []
    for topic in topics:
        seen[topic.name] += 1
        count = seen[topic.name]
        result.append(topic if count == 1 else replace(topic, name=f"{topic.name} ({count})"))
    return tuple(result)


def subject_of(reading: Reading, lexicon: Lexicon) -> Subject:
    """What a document's title is about; a document without a title is about what its file name and text name."""
    vocabulary = vocabulary_of(lexicon)
    abbreviations = abbreviations_of(reading, lexicon)
    policy = reading.facts.policy
    title = policy.title or PurePath(reading.file).stem.replace("_", " ")
    title = _without(title, policy.number, policy.payer)
    bare = _bare_title(title, lexicon)
    named = vocabulary.read(abbreviations.expand(title))
    services = tuple(c.name for c in named.concepts("service") if not c.is_broad)
    conditions = tuple(c.name for c in named.concepts("condition"))
    words = frozenset(w for w in vocabulary.read(bare).words if len(w) > 2)
    if not (services or conditions) and not (policy.title and words):
        services = _dominant_service(reading, vocabulary, abbreviations)
    wider = frozenset(w for s in services for w in vocabulary.concepts[s].wider)
    aim = _aim(title, vocabulary, abbreviations) if not conditions else frozenset[str]()
    return Subject(reading, bare or title, services, conditions, words, wider, abbreviations, aim)


def is_second_hand(subject: Subject) -> bool:
    """Whether a document only tells of a policy: then its title may not say of which."""
    policy = subject.reading.facts.policy
    return policy.authority == "third_party" or policy.kind == "coverage_bulletin"


def _spoken_of(subject: Subject, others: Sequence[Subject], lexicon: Lexicon) -> Subject | None:
    """The policy whose number or title an article repeats, None where there is none."""
    text = f" {' '.join(stems(plain(subject.reading.document.text)))} "
    named = Counter(c.name for c in vocabulary_of(lexicon).read(subject.reading.document.text).concepts("service"))

    def mentions(other: Subject) -> float:
        number = " ".join(stems(plain(other.reading.facts.policy.number or "")))
        title = [word for word in stems(plain(other.title)) if len(word) > 2]
        of_number = _NUMBER_TELLS * text.count(f" {number} ") if len(number) >= _A_NUMBER else 0
        of_title = min((text.count(f" {word} ") for word in title), default=0)
        return of_number + of_title + sum(named[name] for name in other.services)

    told = [(-mentions(other), other.reading.document.sha256, other.reading.file, other) for other in others]
    told = [entry for entry in told if -entry[0] >= _REPEATED]
    return min(told, key=lambda entry: entry[:3])[3] if told else None


def is_same_topic(one: Subject, other: Subject, vocabulary: Vocabulary) -> bool:
    """Services decide, then conditions, then the titles' words."""
    if _shares_aim(one, other, vocabulary):
        return True
    if one.services and other.services and not (one.is_class or other.is_class):
        if set(one.services) & set(other.services):
            return True
        if set(one.services) & other.wider or set(other.services) & one.wider:
            return True
        return _shares_condition(one, other, vocabulary)
    if _shares_condition(one, other, vocabulary):
        return one.is_class == other.is_class or not (one.services and other.services)
    if one.is_class and other.is_class:
        return len(set(one.services) & set(other.services)) >= _CLASS_SIZE
    if one.services or other.services or not one.words or not other.words:
        return False
    short, long = sorted((one.words, other.words), key=len)
    if short <= long and (len(short) > 1 or len(next(iter(short))) >= _A_NAME):
        return True
    return fuzz.ratio(" ".join(sorted(short)), " ".join(sorted(long))) >= _SAME_WORDS


def _shares_condition(one: Subject, other: Subject, vocabulary: Vocabulary) -> bool:
    """Whether both titles are about one condition; a wide one ("pain") gathers nothing, nor do two drugs for it."""
    shared = set(one.conditions[:1]) & set(other.conditions[:1]) - vocabulary.generic
    are_drugs = all(s.services and all(vocabulary.concepts[n].is_drug for n in s.services) for s in (one, other))
    return bool(shared) and not are_drugs


def _shares_aim(one: Subject, other: Subject, vocabulary: Vocabulary) -> bool:
    short, long = sorted((one.aim, other.aim), key=len)
    is_about_drugs = any(vocabulary.concepts[n].is_drug for s in (one, other) for n in s.services)
    return bool(short) and short <= long and not is_about_drugs


def _aim(title: str, vocabulary: Vocabulary, abbreviations: Abbreviations) -> frozenset[str]:
    """What a service is for: two telling words or more behind the title's last "for" or "of"."""
    tail = re.split(r"\b(?:for|of)\b", abbreviations.expand(title), flags=re.IGNORECASE)
    words = frozenset(vocabulary.read(tail[-1]).words) if len(tail) > 1 else frozenset[str]()
    return words if len(words) > 1 else frozenset()


def _without(title: str, *known: str | None) -> str:
    for part in known:
        if part:
            title = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", " ", title, flags=re.IGNORECASE)
    return " ".join(title.split())


def _bare_title(title: str, lexicon: Lexicon) -> str:
    """The title without what names the kind of document."""
    for entry in lexicon.files.get("titles", {}).values():
        title = entry.regex.sub(" ", title)
    return " ".join(re.sub(r"\(\s*\)|[®™©]", " ", title).split()).strip(" -–—:;,./|*")


def _dominant_service(reading: Reading, vocabulary: Vocabulary, abbreviations: Abbreviations) -> tuple[str, ...]:
    counted: Counter[str] = Counter()
    for indication in reading.facts.indications:
        named = vocabulary.read(abbreviations.expand(indication.text))
        counted.update(c.name for c in named.concepts("service") if not c.is_broad)
    if not counted:
        return ()
    name, count = min(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return (name,) if count >= _DOMINANT * len(reading.facts.indications) else ()


def _topic(subjects: list[Subject], home: list[Subject], vocabulary: Vocabulary, name: str) -> Topic:
    """``home`` are the documents that say what the topic is about; a person may have put others beside them."""
    half = len(home) / 2
    services = Counter(name for s in home for name in set(s.services))
    conditions = Counter(name for s in home for name in set(s.conditions))
    return Topic(
        name or _topic_name(home, services, conditions, vocabulary),
        tuple(subjects),
        frozenset(name for name, count in services.items() if count >= half),
        frozenset(name for name, count in conditions.items() if count > half or len(home) == 1),
    )


def _topic_name(
    subjects: list[Subject], services: Counter[str], conditions: Counter[str], vocabulary: Vocabulary
) -> str:
    def shared(counted: Counter[str]) -> list[str]:
        best = max(counted.values(), default=0)
        return sorted(n for n, c in counted.items() if c == best and 2 * c >= len(subjects))

    for counted in (services, conditions):
        names = shared(counted)
        if len(names) == 1 or (names and len(subjects) > 1):
            return vocabulary.labels(names[:1])
    return min((s.title for s in subjects), key=lambda t: (len(t), t.lower()))


def title_words(subject: Subject) -> frozenset[str]:
    """The stems of a title, which tell nothing between its indications."""
    return frozenset(stems(plain(subject.abbreviations.expand(subject.title))))
