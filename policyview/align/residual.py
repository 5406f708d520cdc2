"""Residual clauses ("all other uses are investigational"): what each speaks of, and whether a row is among it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyview.align.contradictions import excludes
from policyview.align.near import nearness
from policyview.align.population import Population, read_population
from policyview.align.profiles import Profile
from policyview.align.telling import Telling, telling_of
from policyview.align.topic import Subject, Topic, title_words
from policyview.align.use import direction_of
from policyview.align.vocabulary import Vocabulary, vocabulary_of
from policyview.lexicon import Lexicon
from policyview.model import CatchAll

_LIMIT_HELD = 0.5  # share of the words that limit a clause which a row must hold, the last of them included
_NAMED_BESIDE_STAGE = 3  # words from which a renewal names a use, and not only whose renewal it is
_NAMED_BY_WORDS = 0.6  # share of a clause's words in the row or its titles, where no known service is named


@dataclass(frozen=True, eq=False)
class Clause:
    """A residual clause as compared: on other or unlabelled uses, other services or other tests, of what and for whom.

    ``limits`` are words to which it is limited beyond that, in their order ("every other use after …").
    """

    catch_all: CatchAll
    kind: str
    services: frozenset[str]
    conditions: frozenset[str]
    population: Population
    words: frozenset[str]
    limits: tuple[str, ...] = ()


def clause_of(catch_all: CatchAll, subject: Subject, lexicon: Lexicon) -> Clause:
    """Reads a residual clause; what it speaks of stands in its scope where there is one."""
    vocabulary = vocabulary_of(lexicon)
    scope = vocabulary.read(subject.abbreviations.expand(catch_all.scope or catch_all.text))
    whole = vocabulary.read(subject.abbreviations.expand(catch_all.text))
    kinds = lexicon.files.get("residuals", {}).values()
    limits, limiting = _limits_of(subject.abbreviations.expand(catch_all.text), subject, lexicon)
    return Clause(
        catch_all,
        next((entry.name for entry in kinds if entry.regex.search(whole.plain)), "uses"),
        frozenset(c.name for c in scope.concepts("service") if not c.is_broad and c.name not in limiting),
        frozenset(c.name for c in scope.concepts("condition")),
        read_population(whole.rest, lexicon),
        frozenset(scope.words),
        limits,
    )


def _limits_of(text: str, subject: Subject, lexicon: Lexicon) -> tuple[tuple[str, ...], frozenset[str]]:
    """The telling words behind "every other use … after", and services named there; not the document's own."""
    vocabulary, telling = vocabulary_of(lexicon), telling_of(lexicon)
    folded = vocabulary.read(text).plain
    uses, limiting = lexicon.files.get("residuals", {}).get("uses"), lexicon.files.get("clauses", {}).get("limiting")
    other = uses.regex.search(folded) if uses else None
    behind = limiting.regex.search(folded, other.end()) if other and limiting else None
    if behind is None:
        return (), frozenset()
    named = vocabulary.read(folded[behind.end() :])
    services = frozenset(c.name for c in named.concepts("service"))
    bag = telling.bag(named, services & frozenset(subject.services))
    granted = frozenset(telling.word(word) for word in title_words(subject)) | telling.words(
        subject.reading.facts.policy.payer or ""
    )
    limits = tuple(word for word, place in bag.items() if place >= _LIMIT_HELD and word not in granted)
    return limits, services - frozenset(subject.services) if limits else frozenset()


def reach_of(
    clause: Clause, row: Sequence[Profile], subject: Subject, profiles: Sequence[Profile], topic: Topic,
    lexicon: Lexicon,
) -> tuple[str, ...] | None:
    """Why a document's clause applies to a row in which it states nothing; None where it does not.

    By kind, service, condition and population; ``profiles`` are the document's own statements.
    """
    vocabulary = vocabulary_of(lexicon)
    kind = _kind_fits(clause, row, lexicon)
    service = _service_fits(clause, row, subject, profiles, topic, vocabulary)
    if kind is None or service is None or not _condition_fits(clause, row, topic, vocabulary):
        return None
    if not _is_within_limits(clause, row, telling_of(lexicon)):
        return None
    if clause.population and not all(clause.population.covers(p.use.population) for p in row):
        return None
    if _is_named(row, profiles, vocabulary):
        return None
    return (kind, service)


def _kind_fits(clause: Clause, row: Sequence[Profile], lexicon: Lexicon) -> str | None:
    """A clause on other uses does not speak of routes, contraindications, products, or of a stage alone."""
    entries = lexicon.files.get("aspects", {})
    aspects = frozenset[str]().union(*(p.use.aspects for p in row))
    if any(not entries[a].get("residual", True) for a in aspects if a in entries):
        return None
    if all(p.main is None and (_names_a_stage(p) or p.use.is_label) for p in row):
        return None
    if clause.kind == "unlabelled":  # no document says which uses a regulator has approved
        return None
    if clause.kind == "tests":
        return "the clause is on other tests" if any(p.use.purpose == "test" for p in row) else None
    return f"the clause is on other {clause.kind}"


def _names_a_stage(profile: Profile) -> bool:
    """Whether it is on continuing something, and hardly names what."""
    return profile.use.stage == "continuation" and len(profile.names) < _NAMED_BESIDE_STAGE


def _service_fits(
    clause: Clause, row: Sequence[Profile], subject: Subject, profiles: Sequence[Profile], topic: Topic,
    vocabulary: Vocabulary,
) -> str | None:
    """The service of the clause is that of the row: by name, or as the title's where the row names no other."""
    speaks = clause.services or frozenset(subject.services)
    told = frozenset(name for p in row for name in p.services)
    if clause.kind == "services":
        return _other_service(speaks, told, profiles, vocabulary)
    if not speaks:
        return _service_in_words(clause, row, subject, topic, vocabulary)
    files = {p.use.file for p in row}
    of_row = told or frozenset(name for s in topic.subjects if s.reading.file in files for name in s.services)
    if not _related(speaks, of_row, vocabulary):
        return None
    return vocabulary.labels(sorted(speaks & of_row)[:1] or sorted(of_row)[:1])


def _service_in_words(
    clause: Clause, row: Sequence[Profile], subject: Subject, topic: Topic, vocabulary: Vocabulary
) -> str | None:
    """A service that the lexicon does not know must be in the row's words or in its documents' titles."""
    titles = {s.reading.file: title_words(s) for s in topic.subjects}
    own = frozenset(word for word in title_words(subject) if word not in vocabulary.fillers)
    words = own if own and own <= clause.words else clause.words or title_words(subject)
    for profile in row:
        held = words & (titles[profile.use.file] | profile.use.words)
        if not words or len(held) < _NAMED_BY_WORDS * len(words):
            return None
    return " ".join(sorted(words)[:4])


def _other_service(
    speaks: frozenset[str], told: frozenset[str], profiles: Sequence[Profile], vocabulary: Vocabulary
) -> str | None:
    """A clause on other services: the row's is of their kind and the document does not name it."""
    named = frozenset(name for p in profiles for name in (*p.services, *p.use.services)) - speaks
    if not told or told & named or not _related(speaks, told, vocabulary):
        return None
    return f"{vocabulary.labels(sorted(told)[:1])} is not among the named ones"


def _related(one: frozenset[str], other: frozenset[str], vocabulary: Vocabulary) -> bool:
    return any(vocabulary.related(a, b) in ("same", "wider") for a in one for b in other)


def _condition_fits(clause: Clause, row: Sequence[Profile], topic: Topic, vocabulary: Vocabulary) -> bool:
    limiting = clause.conditions - topic.conditions
    fitting = ("same", "near", "wider")
    return not limiting or all(
        any(vocabulary.related(c, h) in fitting for c in limiting for h in {*p.heads, *p.use.conditions}) for p in row
    )


def _is_named(row: Sequence[Profile], profiles: Sequence[Profile], vocabulary: Vocabulary) -> bool:
    """Whether the document names the very use, at another stage: then "all other uses" does not mean it."""
    def is_one_use(p: Profile, q: Profile) -> bool:
        if p.main is None or q.main is None:  # no known condition: by the words that name it
            return p.main is q.main and 2 * len(p.names & q.names) > min(len(p.names), len(q.names))
        return vocabulary.related(q.main, p.main) == "same"

    return any(
        is_one_use(p, q) and q.use.stage != p.use.stage and "continuation" in (q.use.stage, p.use.stage)
        and q.use.direction == "for" and q.use.population.contradicts(p.use.population) is None
        for p in row for q in profiles
    )


def _is_within_limits(clause: Clause, row: Sequence[Profile], telling: Telling) -> bool:
    """Whether a clause limited to circumstances ("after solid organ transplantation") speaks of the row."""
    if not clause.limits:
        return True
    for profile in row:
        said = telling.wholes({*telling.words(profile.use.indication.text), *profile.use.bag})
        held = [word for word in clause.limits if word in said]
        if clause.limits[-1] in held and len(held) >= _LIMIT_HELD * len(clause.limits):
            return True
    return False


def doubt_of(
    clause: Clause, row: Sequence[Profile], profiles: Sequence[Profile], vocabulary: Vocabulary
) -> tuple[Profile, float] | None:
    """The document's own statement in another direction that may mean the row, and how alike it is.

    Where there is one, the residual clause is not applied: a wrong "no" is the worst.
    """
    if direction_of(clause.catch_all.determination) != "against":
        return None
    found: list[tuple[float, tuple[str, str], Profile]] = []
    for profile in profiles:
        if profile.use.direction not in ("for", "between"):
            continue
        if any(excludes(profile, member, vocabulary) for member in row):
            continue
        score = max(nearness(profile, member, vocabulary) for member in row)
        if score > 0:
            found.append((-score, profile.use.key, profile))
    if not found:
        return None
    score, _, nearest = min(found, key=lambda f: f[:2])
    return nearest, -score
