"""What a row is called and under which head it stands: the condition, in the payers' plainest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from policyview.align.forms import read_forms
from policyview.align.population import NEWBORN
from policyview.align.profiles import Profile
from policyview.align.telling import telling_of
from policyview.align.use import Ground
from policyview.align.vocabulary import vocabulary_of
from policyview.lexicon import Lexicon

LONGEST = 90  # characters of a label; longer ones are cut at a word
_COMFORTABLE = 60  # a name beyond this length is hard to read in a row's head
_SHORTEST = 3  # characters that can be a name
_CONTINUED = re.compile(r"\bcontinu|\bre-?auth|\brenew", re.IGNORECASE)
_NAMING = 0.5  # what a word tells by its place from which it names the use
_MARKUP = re.compile(r"</?[a-zA-Z]+>|\*+|[®™©†‡]")
_GROUPS = (
    ("newborns", NEWBORN), ("infants", frozenset(("infant",))), ("children", frozenset(("child", "adolescent"))),
    ("adults", frozenset(("adult",))),
)
OTHER_USES = "Other uses"  # heads the rows of no population or procedure, and of several
_ANY_RENEWAL = "Continuation of therapy (any covered use)"
_SUFFIXES = (("unmet", "criteria not met"), ("route", "route of administration"))
_AS_LABELED = "as labeled"  # a row of statements that only repeat what the product is approved for; told by vocabulary
_CITED = re.compile(r"(?<=[^\W\d]) \d{1,3}(?:[,–-]\d{1,3})+$")  # superscript numbers of references, as PDFs print them
_EDGES = " ,;:.-–—•([−"
# What makes a name a bad label, in characters that it would have to be longer to be as bad.
_NAMES_THE_SERVICE = 30  # all rows share it
_POLICY_WORD = 30
_NAMES_NOTHING = 60  # it does not name what the row is on
_SAYS_NOTHING = 50  # it holds no telling word at all
_WRONG_FORM = 25  # it does not say "chronic" where all members do, or says it where one does not
_HAS_DIGIT = 8
_CUT = 25
_NOT_CARRIED = 80  # a name that the words of no other member hold
_COMPOSED = 40  # the lexicon's words rather than the payers' own


class Labels:
    """Names the rows of one topic."""

    def __init__(self, ground: Ground, lexicon: Lexicon) -> None:
        self.ground, self.lexicon = ground, lexicon
        self.vocabulary, self.telling = vocabulary_of(lexicon), telling_of(lexicon)
        self._entries = lexicon.files.get("labels", {})
        self._costs: dict[str, float] = {}
        self._headings: dict[str, frozenset[str]] = {}

    def assign(self, rows: Sequence[Sequence[Profile]], heads: Sequence[str]) -> list[str]:
        """A short neutral label for each row: no two under one head alike, as far as their words allow that."""
        names = [self._names(row) for row in rows]
        taken: set[tuple[str, str]] = set()
        labels = [""] * len(rows)
        for at in sorted(range(len(rows)), key=lambda k: (len(set(names[k])), k)):  # who has no choice goes first
            free = (name for name in names[at] if (heads[at], name.lower()) not in taken)
            labels[at] = next(free, names[at][0])
            taken.add((heads[at], labels[at].lower()))
        return labels

    def _names(self, row: Sequence[Profile]) -> list[str]:
        """What the row can be called, the best first; one document's own words for renewing anything stay."""
        own = self._ranked(row)
        is_one = len({p.use.file for p in row}) == 1 and _CONTINUED.search(own[0])
        if all(p.is_any_renewal for p in row):
            return [self._finished(own[0], row), _ANY_RENEWAL] if is_one else [_ANY_RENEWAL]
        return [self._finished(name, row) for name in own]

    def _ranked(self, row: Sequence[Profile]) -> list[str]:
        found: dict[str, tuple[float, str]] = {}
        for profile in row:
            for name in self._own_names(profile):
                if len(name) >= _SHORTEST:
                    found.setdefault(name, (self._cost(name, row), name.lower()))
        composed = self._composed(row[0])
        if composed:
            found.setdefault(composed, (self._cost(composed, row) + _COMPOSED, composed.lower()))
        return sorted(found, key=lambda name: found[name]) or ["Use not named"]

    def _own_names(self, profile: Profile) -> Iterator[str]:
        """What a statement and its headings call the use, shortened step by step."""
        text = self._tidy(profile.use.indication.text)
        for part in dict.fromkeys((*(p.strip() for p in text.split(": ")), text)):
            bare = self._without_determination(part)
            yield from (self._up_to_clause(bare), bare)
        for heading in dict.fromkeys((*profile.use.indication.context, profile.use.indication.section)):
            if self._says(plain := self._tidy(heading), profile):
                yield self._without_determination(plain)

    def _says(self, heading: str, profile: Profile) -> bool:
        """Whether a heading names the statement's use: by its condition or by words that name it too."""
        if profile.main is not None:
            named = self.vocabulary.read(heading).concepts("condition")
            return any(concept.name == profile.main for concept in named)
        if profile.names:
            naming = self._naming(heading)
            return bool(naming & profile.names) and naming <= profile.bag.keys()
        return profile.use.stage == "continuation" and bool(_CONTINUED.search(heading))

    def _naming(self, heading: str) -> frozenset[str]:
        if heading not in self._headings:
            bag = self.telling.bag(self.vocabulary.read(heading), self.ground.services)
            naming = frozenset(word for word, place in bag.items() if place >= _NAMING)
            self._headings[heading] = naming - self.ground.words
        return self._headings[heading]

    def _cost(self, name: str, row: Sequence[Profile]) -> float:
        if name not in self._costs:
            self._costs[name] = self._cost_of_words(name)
        cost = self._costs[name]
        named = {c.name for c in self.vocabulary.read(name).concepts("condition")}
        said = self.telling.words(name)
        mains = {p.main for p in row if p.main}
        shared = frozenset.intersection(*(p.names for p in row))
        if (mains or shared) and not mains & named and not shared & said:
            cost += _NAMES_NOTHING
        cost += _NOT_CARRIED * sum(not self.is_carried(name, profile) for profile in row) / len(row)
        if not any(p.use.forms for p in row):
            return cost
        forms = read_forms(name.lower(), self.lexicon)
        wrong = sum(1 for p in row if dict(forms) != {a: f for a, f in p.use.forms.items() if a in ("course", *forms)})
        return cost + _WRONG_FORM * wrong / len(row)

    def _cost_of_words(self, name: str) -> float:
        cost = len(name) / 10 + max(len(name) - _COMFORTABLE, 0)
        read = self.vocabulary.read(name)
        services = {c.name for c in read.concepts("service")}
        said = self.telling.bag(read)
        cost += 0 if said or services or _CONTINUED.search(name) else _SAYS_NOTHING
        granted = services & self.ground.services or self.ground.words & said.keys()
        cost += _NAMES_THE_SERVICE if granted else 0
        policy_words = self._entries.get("policy_word")
        cost += _POLICY_WORD if policy_words and policy_words.regex.search(name) else 0
        cost += _HAS_DIGIT if any(map(str.isdigit, name)) else 0
        return cost + (_CUT if len(name) > LONGEST else 0)

    def is_carried(self, name: str, profile: Profile) -> bool:
        """Whether a statement's own words, or its headings, hold what the name says: the condition or a kind of it."""
        if self.telling.words(name) <= self.telling.words(profile.use.indication.text):
            return True
        named = self.vocabulary.read(name)
        conditions = [c.name for c in named.concepts("condition")]
        if conditions and profile.use.conditions:
            pairs = ((one, other) for one in conditions for other in profile.use.conditions)
            return any(self.vocabulary.related(one, other) in ("same", "wider") for one, other in pairs)
        naming = self.telling.bag(named, self.ground.services).keys() - self.ground.words
        return not naming or bool(naming & profile.use.bag.keys())

    def _composed(self, profile: Profile) -> str:
        """Service, condition and population, as far as the statement names them."""
        population = profile.use.population
        services = self.vocabulary.labels(profile.services[:1])
        conditions = self.vocabulary.labels(profile.heads[:1])
        words = ": ".join(part for part in (services, conditions) if part)
        if not words and profile.use.stage == "continuation":
            words = "continuation of therapy"
        limit = next((i.text for i in (population.gestation, population.ages) if i and i.text), "")
        return f"{words}, {limit}" if words and limit else words

    # ------------------------------------------------------------------------------------------------ words

    def _tidy(self, text: str) -> str:
        text = " ".join(_MARKUP.sub("", text).split())
        entry = self._entries.get("list_label")
        text = entry.regex.sub("", text, count=1) if entry else text
        return _CITED.sub("", text.strip(_EDGES)).strip(_EDGES)

    def _without_determination(self, text: str) -> str:
        for name in ("service_head", "determination_head"):
            entry = self._entries.get(name)
            match = entry.regex.search(text) if entry else None
            if match and match.start() == 0 and self._is_only_the_service(match.group()):
                text = text[match.end() :]
        entry = self._entries.get("determination_tail")
        cut = entry.regex.sub("", text, count=1) if entry else text
        trailing = self._entries.get("trailing")
        cut = (trailing.regex.sub("", cut) if trailing else cut).strip(_EDGES)
        return cut if len(cut) >= _SHORTEST else text.strip(_EDGES)

    def _is_only_the_service(self, text: str) -> bool:
        bag = self.telling.bag(self.vocabulary.read(text), self.ground.services)
        return not bag.keys() - self.ground.words

    def _up_to_clause(self, text: str) -> str:
        """The words before the first qualifying clause, if they name something."""
        read = self.vocabulary.read(text)
        spans = self.telling.naming(read, self.ground.services, self.ground.words)
        if self.telling.qualifier is None or not spans or spans[0][0] != 0 or len(read.plain) != len(text):
            return text
        trailing, cut = self._entries.get("trailing"), text[: spans[0][1]]
        return (trailing.regex.sub("", cut) if trailing else cut).strip(_EDGES)

    def _finished(self, text: str, row: Sequence[Profile]) -> str:
        if len(text) > LONGEST:
            text = text[: LONGEST - 2].rsplit(" ", 1)[0].rstrip(_EDGES + "(") + " …"
        if row[0].use.stage == "continuation" and not _CONTINUED.search(text):
            text = _suffixed(text, "continuation")
        for aspect, told in _SUFFIXES:
            if all(aspect in profile.use.aspects for profile in row):
                text = _suffixed(text, told)
        if all(profile.use.is_label for profile in row):
            text = _suffixed(text, _AS_LABELED)
        return text[:1].upper() + text[1:]


def _suffixed(text: str, told: str) -> str:
    return f"{text[: LONGEST - len(told) - 3].rstrip(_EDGES)} ({told})"


def procedure_of(row: Sequence[Profile], lexicon: Lexicon) -> str:
    """The procedure that most statements of the row name; empty in a topic that has only one."""
    services = Counter(name for p in row for name in p.services)
    if not services:
        return ""
    name = min(services.items(), key=lambda pair: (-pair[1], pair[0]))[0]
    text = vocabulary_of(lexicon).labels([name])
    return text[:1].upper() + text[1:]


def population_of(row: Sequence[Profile]) -> str:
    """Whom a row is for; empty where none of its statements says so, or where they name different people."""
    named = {p.use.population.bands for p in row if p.use.population.bands}
    if len(named) != 1:  # a heading must not widen what one payer says of adults only
        return ""
    bands = frozenset(named.pop())
    parts = [name for name, meant in _GROUPS if bands & meant]
    if len(parts) == len(_GROUPS):
        return "All ages"
    text = " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)
    return text[:1].upper() + text[1:]
