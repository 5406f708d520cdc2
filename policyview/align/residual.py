"""Residual clauses ("all other uses are investigational"): what each speaks of, and whether a row is among it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyview.align.compare import is_comparable, likeness
from policyview.align.population import Population, read_population
from policyview.align.profiles import Profile
from policyview.align.topic import Subject, Topic, title_words
from policyview.align.use import direction_of
from policyview.align.vocabulary import Vocabulary, vocabulary_of
from policyview.lexicon import Lexicon
from policyview.model import CatchAll

_DOUBTFUL = 0.45  # a statement so like the row, in the other direction, forbids to apply a residual clause
_SUBJECT_DOUBTFUL = 0.35  # and its condition must have that much in common with the row's
_NAMED_BY_WORDS = 0.6  # share of a clause's words in the row or its titles, where no known service is named


@dataclass(frozen=True, eq=False)
class Clause:
    """A residual clause as compared: on other uses, other services or other tests, of what and for whom."""

    catch_all: CatchAll
    kind: str
    services: frozenset[str]
    conditions: frozenset[str]
    population: Population
    words: frozenset[str]


def clause_of(catch_all: CatchAll, subject: Subject, lexicon: Lexicon) -> Clause:
    """Reads a residual clause; what it speaks of stands in its scope where there is one."""
    vocabulary = vocabulary_of(lexicon)
    scope = vocabulary.read(subject.abbreviations.expand(catch_all.scope or catch_all.text))
    whole = vocabulary.read(subject.abbreviations.expand(catch_all.text))
    kinds = lexicon.files.get("residuals", {}).values()
    return Clause(
        catch_all,
        next((entry.name for entry in kinds if entry.regex.search(whole.plain)), "uses"),
        frozenset(c.name for c in scope.concepts("service") if not c.is_broad),
        frozenset(c.name for c in scope.concepts("condition")),
        read_population(whole.rest, lexicon),
        frozenset(scope.words),
    )


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
    if clause.population and not all(clause.population.covers(p.use.population) for p in row):
        return None
    if _is_named(row, profiles, vocabulary) or _is_doubtful(clause, row, profiles, vocabulary):
        return None
    return (kind, service)


def _kind_fits(clause: Clause, row: Sequence[Profile], lexicon: Lexicon) -> str | None:
    """A clause on other uses does not speak of routes, contraindications, products, or of a stage alone."""
    entries = lexicon.files.get("aspects", {})
    aspects = frozenset[str]().union(*(p.use.aspects for p in row))
    if any(not entries[a].get("residual", True) for a in aspects if a in entries):
        return None
    if all(p.main is None and (p.use.stage == "continuation" or p.use.is_label) for p in row):
        return None
    if clause.kind == "tests":
        return "the clause is on other tests" if any(p.use.purpose == "test" for p in row) else None
    return f"the clause is on other {clause.kind}"


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
        return _service_in_words(clause, row, subject, topic)
    files = {p.use.file for p in row}
    of_row = told or frozenset(name for s in topic.subjects if s.reading.file in files for name in s.services)
    if not _related(speaks, of_row, vocabulary):
        return None
    return vocabulary.labels(sorted(speaks & of_row)[:1] or sorted(of_row)[:1])


def _service_in_words(clause: Clause, row: Sequence[Profile], subject: Subject, topic: Topic) -> str | None:
    """A service that the lexicon does not know must be in the row's words or in its documents' titles."""
    titles = {s.reading.file: title_words(s) for s in topic.subjects}
    words = clause.words or title_words(subject)
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
    return any(
        p.main is not None and q.main is not None and vocabulary.related(q.main, p.main) == "same"
        and q.use.stage != p.use.stage and "continuation" in (q.use.stage, p.use.stage)
        and q.use.direction == "for" and q.use.population.contradicts(p.use.population) is None
        for p in row for q in profiles
    )


def _is_doubtful(
    clause: Clause, row: Sequence[Profile], profiles: Sequence[Profile], vocabulary: Vocabulary
) -> bool:
    """Whether a statement in the other direction is so like the row that it may mean it: a wrong "no" is the worst."""
    if direction_of(clause.catch_all.determination) != "against":
        return False
    for profile in profiles:
        if profile.use.direction not in ("for", "between") or not is_comparable(profile, row[0]):
            continue
        found = [likeness(profile, member, vocabulary) for member in row]
        if any(f.contradiction is not None for f in found):
            continue
        best = max(found, key=lambda f: f.score)
        subject = [p.score for p in best.parts if p.name == "condition"]
        if best.score >= _DOUBTFUL and all(score >= _SUBJECT_DOUBTFUL for score in subject):
            return True
    return False
