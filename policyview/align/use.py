"""What an indication is on, in parts that can be compared: condition, service, population, setting, stage, numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, Protocol

from policyview.align.abbreviations import Abbreviations
from policyview.align.forms import Forms, read_forms
from policyview.align.interval import Interval
from policyview.align.population import NEWBORN, Population, limits_of, read_population
from policyview.align.telling import Telling, telling_of
from policyview.align.vocabulary import Named, Vocabulary, plain, vocabulary_of
from policyview.lexicon import Lexicon
from policyview.model import Criterion, Determination, Indication, Reading, Stage

Direction = Literal["for", "against", "between", "unclear"]
Purpose = Literal["treatment", "test", ""]

_DIRECTIONS: Mapping[Determination, Direction] = {
    Determination.MEDICALLY_NECESSARY: "for",
    Determination.RECOMMENDED: "for",
    Determination.CONDITIONAL: "between",
    Determination.NOT_MEDICALLY_NECESSARY: "against",
    Determination.INVESTIGATIONAL: "against",
    Determination.NOT_COVERED: "against",
    Determination.NOT_RECOMMENDED: "against",
    Determination.CONTRAINDICATED: "against",
    Determination.UNCLEAR: "unclear",
}
_AGE_CRITERION_WORDS = 14  # a criterion that only states the age is short
_LONG_QUOTE = 400  # characters; a longer quote holds the criteria too, which have aspects of their own
_BORROWED = 0.8  # what a heading's words tell beside the statement's own
_NAMES = 0.5  # what a word tells from which it names a use rather than qualifies it
_PRODUCT = "product"  # which brands are preferred or left out is said of all uses, under whatever heading it stands
_SUPPORT_DEPTH = 3  # levels of criteria in which the condition may stand where the statement does not name it


@dataclass(frozen=True, eq=False)
class Use:
    """An indication as align compares it.

    ``conditions`` are concept names in order of mention, from the statement's own words or, where these name none,
    from its context (``is_borrowed``); ``support`` are those its criteria name. ``services`` likewise. ``denied``
    are conditions the statement excludes. ``words`` are stems that no concept took; ``bag`` maps the roots of all
    telling words, those of conditions too, to how much each tells by its place (0-1). ``forms`` are acute, chronic
    and the like, by axis; ``places`` are how much each stem of ``words`` tells by its place,
    ``service_words`` the roots by which each service is named. ``is_on_condition`` is false where the condition only
    stands in a clause on circumstances ("a blood count, when gout is suspected").
    """

    reading: Reading
    indication: Indication
    conditions: tuple[str, ...]
    is_borrowed: bool
    support: frozenset[str]
    denied: frozenset[str]
    services: tuple[str, ...]
    is_service_borrowed: bool
    settings: frozenset[str]
    words: frozenset[str]
    population: Population
    stage: Stage | None
    purpose: Purpose
    aspects: frozenset[str]
    is_label: bool
    limits: Mapping[str, Interval] = field(default_factory=dict)
    bag: Mapping[str, float] = field(default_factory=dict)
    forms: Forms = field(default_factory=dict)
    places: Mapping[str, float] = field(default_factory=dict)
    service_words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_on_condition: bool = True

    @property
    def file(self) -> str:
        return self.reading.file

    @property
    def direction(self) -> Direction:
        return direction_of(self.indication.determination)

    def place_of(self, word: str) -> float:
        """How much a word tells by its place, 0-1."""
        return self.places.get(word, 1.0)

    @property
    def key(self) -> tuple[str, str]:
        """What stands for the use in orders that must not depend on the order of the documents."""
        return (self.reading.document.sha256 or self.file, self.indication.id)


def is_label(indication: Indication, lexicon: Lexicon) -> bool:
    """Whether it only repeats what the product is approved for; what asks for something is the payer's own."""
    return _is_label([plain(text) for text in (*indication.context, indication.section)], indication, lexicon)


def _is_label(headings: Sequence[str], indication: Indication, lexicon: Lexicon) -> bool:
    entry = lexicon.files.get("labels", {}).get("label_heading")
    if entry is None or indication.criteria:
        return False
    return any(entry.regex.search(heading) for heading in headings)


def direction_of(determination: Determination) -> Direction:
    return _DIRECTIONS[determination]


@dataclass(frozen=True)
class Ground:
    """What the topic takes for granted: conditions and services that titles name, and the roots of their words.

    ``rarer`` are words of fewer than half of the titles.
    """

    conditions: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    rarer: frozenset[str] = frozenset()


def read_uses(reading: Reading, lexicon: Lexicon, abbreviations: Abbreviations, ground: Ground) -> tuple[Use, ...]:
    """The uses of one document, one for each indication."""
    vocabulary = vocabulary_of(lexicon)
    remembered: dict[str, Named] = {}

    def read(text: str) -> Named:
        if text not in remembered:
            remembered[text] = vocabulary.read(abbreviations.expand(text))
        return remembered[text]

    return tuple(_Reader(reading, i, lexicon, vocabulary, ground, read).use() for i in reading.facts.indications)


class _Read(Protocol):
    """A function that reads a text once and remembers it."""

    def __call__(self, text: str) -> Named: ...


class _Reader:
    """Reads one indication; its context counts only for what its own words leave open."""

    def __init__(self, reading: Reading, indication: Indication, lexicon: Lexicon, vocabulary: Vocabulary,
                 ground: Ground, read: _Read) -> None:
        self.reading, self.indication, self.lexicon, self.vocabulary = reading, indication, lexicon, vocabulary
        self.ground, self.read = ground, read
        self.telling: Telling = telling_of(lexicon)
        self.payer = self.telling.words(reading.facts.policy.payer or "")
        self.own = read(self._what(indication.text))
        self.population_words = self._population_words()
        headings = dict.fromkeys((*indication.context, indication.section))
        above = [] if _PRODUCT in _aspects_in(self.own.plain, lexicon) else [h for h in headings if h]
        self.context = tuple(read(text) for text in reversed(above))

    def _what(self, text: str) -> str:
        """A statement without examples and reasons, which name conditions of their own ("because of the risk of …")."""
        examples = self.lexicon.files.get("clauses", {}).get("examples")
        text = examples.regex.sub(" ", text) if examples else text
        why = self.lexicon["statements"]["because"].regex.search(text)
        return text[: why.start()] if why and why.start() else text

    def _population_words(self) -> Named:
        """The population as given, unless its words are part of a name ("adult respiratory distress syndrome")."""
        named = self.read(self.indication.population)
        is_part_of_a_name = named.plain in self.own.plain and named.plain not in self.own.rest and not named.mentions
        return self.read("") if is_part_of_a_name else named

    def use(self) -> Use:
        conditions, is_borrowed = self._conditions()
        support = self._support() if self.ground.conditions.issuperset(conditions) else frozenset[str]()
        own = self.own
        denied = frozenset(c.name for c in own.concepts("condition", denied=True))
        return Use(
            self.reading, self.indication, conditions, is_borrowed, support, denied - frozenset(conditions),
            *self._services(), frozenset(c.name for c in own.concepts("setting")), self._words(conditions),
            self._population(), self._stage(), self._purpose(), self._aspects(), self._is_label(),
            limits_of(self._own_rest(), self.lexicon), self._bag(), self._forms(is_borrowed),
            self.telling.places(own, self.ground.services, self.ground.words),
            self._service_words(), is_borrowed or self._is_on(conditions),
        )

    def _conditions(self) -> tuple[tuple[str, ...], bool]:
        has_subject = read_population(self.own.rest, self.lexicon).is_newborn  # "use in preterm infants" says whom
        for place, named in enumerate((self.own, self.population_words, *(() if has_subject else self.context))):
            found = tuple(c.name for c in named.concepts("condition"))
            if found:
                return found, place > 0
        for criterion in self.indication.criteria[:2]:
            named = self.read(criterion.text)
            found = tuple(c.name for c in named.concepts("condition"))
            if found and any(word in named.plain for word in ("diagnosis of", "diagnosed with")):
                return found, True
        return (), False

    def _words(self, conditions: tuple[str, ...]) -> frozenset[str]:
        """Its own telling words; where it names nothing at all, those of the nearest heading or of the diagnosis."""
        if self.own.words or conditions or self.own.mentions:
            return frozenset(self.own.words)
        diagnoses = [n for n in (self.read(c.text) for c in self.indication.criteria[:2]) if "diagnosis of" in n.plain]
        return next((frozenset(n.words) for n in (*self.context[:2], *diagnoses) if n.words), frozenset())

    def _bag(self) -> Mapping[str, float]:
        """Its own telling words; where they name no use, those of the nearest heading or of the diagnosis too."""
        own = self._told(self.own)
        if self._names_something(own) or self.own.concepts("condition"):
            return own
        diagnoses = [n for n in (self.read(c.text) for c in self.indication.criteria[:2]) if "diagnosis of" in n.plain]
        for named in (self.population_words, *self.context, *diagnoses):
            told = self._told(named)
            if self._names_something(told):
                return {**{word: weight * _BORROWED for word, weight in told.items()}, **own}
        return own

    def _is_on(self, conditions: tuple[str, ...]) -> bool:
        naming = self.telling.naming(self.own, self.ground.services, self.ground.words | self.payer)
        if not conditions or not naming:
            return True
        places = (m.start for m in self.own.mentions if m.concept.name == conditions[0] and not m.is_denied)
        return any(a <= place < b for place in places for a, b in naming)

    def _service_words(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for said in self.own.said:
            if said.concept is not None and said.concept.kind == "service":
                name = said.concept.name
                found[name] = found.get(name, frozenset()) | {self.telling.word(said.stem)}
        return found

    def _told(self, named: Named) -> Mapping[str, float]:
        bag = self.telling.bag(named, self.ground.services, self.ground.words | self.payer)
        return {word: weight for word, weight in bag.items() if word not in self.payer} if self.payer else bag

    def _names_something(self, bag: Mapping[str, float]) -> bool:
        return any(weight >= _NAMES and word not in self.ground.words for word, weight in bag.items())

    def _forms(self, is_borrowed: bool) -> Forms:
        """The forms in its own words; where the heading names the use, those of the heading too."""
        own = read_forms(f"{self.own.plain} ; {self.population_words.plain}", self.lexicon)
        if not self.context or not (is_borrowed or not self._names_something(self._told(self.own))):
            return own
        return {**read_forms(self.context[0].plain, self.lexicon), **own}

    def _support(self) -> frozenset[str]:
        texts = _criteria_texts(self.indication.criteria, _SUPPORT_DEPTH)
        return frozenset(
            m.concept.name for text in texts for m in self.read(text).mentions
            if not m.is_denied and m.concept.kind in ("condition", "service")
        )

    def _services(self) -> tuple[tuple[str, ...], bool]:
        for place, named in enumerate((self.own, *self.context)):
            found = tuple(c.name for c in named.concepts("service") if not c.is_broad)
            if found and not self.ground.services:
                found = self._naming_services(named)
            if found:
                return found, place > 0
        return (), False

    def _naming_services(self, named: Named) -> tuple[str, ...]:
        """In a topic of no known service one that is only mentioned ("after a trial of …") tells nothing apart."""
        naming = self.telling.naming(named, granted=self.ground.words)
        named_by = [m for m in named.mentions if any(a <= m.start < b for a, b in naming) and not m.is_denied]
        return tuple(dict.fromkeys(
            m.concept.name for m in named_by if m.concept.kind == "service" and not m.concept.is_broad
        ))

    def _population(self) -> Population:
        sources = [self._own_rest(), *(named.rest for named in self.context)]
        for source in sources:
            if found := read_population(source, self.lexicon):
                return found
        implied = [self.vocabulary.concepts[m.concept.name].population for m in self.own.mentions]
        if "newborn" in implied:
            return Population(NEWBORN)
        return self._age_criterion()

    def _own_rest(self) -> str:
        """The statement and its population without the names of conditions ("adult respiratory distress …")."""
        population = self.population_words.rest
        return f"{self.own.rest} ; {population}" if population else self.own.rest

    def _age_criterion(self) -> Population:
        for criterion in self.indication.criteria if self.indication.logic != "any" else ():
            if len(criterion.text.split()) <= _AGE_CRITERION_WORDS and not criterion.children:
                found = read_population(self.read(criterion.text).rest, self.lexicon)
                if found.ages is not None:
                    return found
        return Population()

    def _stage(self) -> Stage | None:
        if self.indication.stage is not None:
            return self.indication.stage
        entries = self.lexicon.files.get("stages", {})
        for named in (self.own, self.population_words, *self.context):
            if (entry := entries.get("continuation")) and entry.regex.search(named.plain):
                return "continuation"
            if (entry := entries.get("initial")) and entry.regex.search(named.plain):
                return "initial"
        return "continuation" if self._asks_for_response() else None

    def _asks_for_response(self) -> bool:
        """Whether a condition that must hold is that the therapy has helped: then it is under way."""
        entry = self.lexicon.files.get("stages", {}).get("continuation_criterion")
        if entry is None or self.indication.logic == "any":
            return False
        return any(entry.regex.search(c.text) for c in self.indication.criteria if not c.children)

    def _purpose(self) -> Purpose:
        places: list[tuple[int, Purpose]] = []
        for name in ("treatment", "test"):
            entry = self.lexicon.files.get("purposes", {}).get(name)
            if entry and (match := entry.regex.search(self.own.plain)):
                places.append((match.start(), "treatment" if name == "treatment" else "test"))
        return min(places)[1] if places else ""

    def _aspects(self) -> frozenset[str]:
        own = f"{self.own.plain} ; {self.population_words.plain}"
        quote = "" if self.indication.anchor.quote in self.indication.text else self._quote()
        found = set(_aspects_in(f"{own} ; {quote}", self.lexicon))
        unmet = self.lexicon.files.get("aspects", {}).get("unmet")
        if unmet and direction_of(self.indication.determination) == "against" and unmet.regex.search(self._inline()):
            found.add("unmet")
        if self.indication.determination is Determination.CONTRAINDICATED:
            found.add("contraindication")
        if self.indication.ground == "study_only":
            found.add("study")
        return frozenset(found)

    def _quote(self) -> str:
        quote = self.indication.anchor.quote
        return self.read(quote).plain if len(quote) < _LONG_QUOTE else ""

    def _inline(self) -> str:
        """The conditions that stand inside the sentence."""
        return " ; ".join(plain(c.text) for c in self.indication.criteria if not c.label and not c.children)

    def _is_label(self) -> bool:
        return _is_label([named.plain for named in self.context], self.indication, self.lexicon)


@lru_cache(maxsize=5_000)
def _aspects_in(text: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(e.name for e in lexicon.files.get("aspects", {}).values() if e.regex.search(text))


def _criteria_texts(criteria: Sequence[Criterion], depth: int) -> Iterator[str]:
    for criterion in criteria:
        yield criterion.text
        if depth > 1:
            yield from _criteria_texts(criterion.children, depth - 1)
