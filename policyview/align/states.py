"""What a document that has no indication in a row says of it: a wider statement, a residual clause, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyview.align.compare import is_comparable, likeness
from policyview.align.contradictions import contradiction
from policyview.align.forms import holds
from policyview.align.near import nearest_of
from policyview.align.population import ADULT, Population
from policyview.align.profiles import Profile
from policyview.align.residual import Clause, clause_of, doubt_of, reach_of
from policyview.align.topic import Subject, Topic
from policyview.align.vocabulary import Vocabulary, vocabulary_of
from policyview.lexicon import Lexicon
from policyview.model import Broader, CatchAllCell, Role, Silent

_SEARCHED = frozenset((Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.TREATMENT))
_NEVER_BROADER = frozenset(("route", "contraindication", "replacement", "removal", "supplies", "product", "quantity"))
_HELD_BY_COVERAGE = frozenset(("study",))  # who covers a use covers it in a study too
_A_NAME = 0.6  # summed weight of naming words from which they name one use
_LONGEST_QUOTE = 80  # characters of a statement in a reason
_MIXED = 0.2  # likeness below which a nearest miss is not worth naming


@dataclass(frozen=True, eq=False)
class Stand:
    """One document of a topic: its profiles, its residual clauses and where one looks for a statement."""

    subject: Subject
    profiles: tuple[Profile, ...]
    clauses: tuple[Clause, ...]
    searched: tuple[str, ...]

    @property
    def file(self) -> str:
        return self.subject.reading.file


def stands_of(topic: Topic, profiles: Sequence[Profile], lexicon: Lexicon) -> tuple[Stand, ...]:
    """The documents of a topic, ready to be asked about a row."""
    return tuple(
        Stand(
            subject,
            tuple(p for p in profiles if p.use.file == subject.reading.file),
            tuple(clause_of(c, subject, lexicon) for c in subject.reading.facts.catch_all),
            _searched(subject),
        )
        for subject in topic.subjects
    )


def state_of(row: Sequence[Profile], stand: Stand, topic: Topic, lexicon: Lexicon) -> Broader | CatchAllCell | Silent:
    """What the document says of a row in which it has no statement of its own; always exactly one of the three."""
    vocabulary = vocabulary_of(lexicon)
    if (found := _broader(row, stand, vocabulary)) is not None:
        return found
    for clause in stand.clauses:
        why = reach_of(clause, row, stand.subject, stand.profiles, topic, lexicon)
        if why and (doubt := doubt_of(clause, row, stand.profiles, vocabulary)):
            return _doubtful(doubt, stand)
        if why:
            stated, anchor = clause.catch_all.determination, clause.catch_all.anchor
            return CatchAllCell(stand.file, stated, anchor, why, _beside(row, stand, vocabulary))
    return _silent(row, stand, vocabulary)


# ------------------------------------------------------------------------------------------- a wider statement


def _broader(row: Sequence[Profile], stand: Stand, vocabulary: Vocabulary) -> Broader | None:
    reaching = []
    for profile in stand.profiles:
        reasons = [_reach(profile, member, stand, vocabulary) for member in row]
        if all(reasons):
            score = max(likeness(profile, member, vocabulary).score for member in row)
            reaching.append((-round(score, 6), profile.use.key, profile, reasons[0] or ()))
    if not reaching:
        return _together(row, stand, vocabulary)
    _, _, best, why = min(reaching, key=lambda r: (r[0], r[1]))
    said = best.use.indication
    is_wider = not all(_is_this_use(best, member) for member in row)
    return Broader(stand.file, said.id, said.determination, why, is_wider=is_wider)


def _is_this_use(profile: Profile, member: Profile) -> bool:
    """Whether it is no wider: of the same condition, form and people; who names none mostly means adults."""
    use, other = profile.use, member.use
    people = use.population.bands or ADULT
    is_one_name = profile.main is not None and profile.main == member.main
    return is_one_name and people <= (other.population.bands or ADULT) and use.forms == other.forms


def _together(row: Sequence[Profile], stand: Stand, vocabulary: Vocabulary) -> Broader | None:
    """Statements for adults and for children that together reach a row for both."""
    bands = frozenset[str]().union(*(m.use.population.bands for m in row))
    if not bands:
        return None
    parts = [
        p for p in stand.profiles
        if p.use.population.bands and p.use.population.bands <= bands
        and all(_reach(_unlimited(p), m, stand, vocabulary) for m in row)
    ]
    directions = {p.use.direction for p in parts}
    if len(directions) != 1 or not frozenset[str]().union(*(p.use.population.bands for p in parts)) >= bands:
        return None
    first = min(parts, key=lambda p: (-len(p.use.population.bands), p.use.key))
    groups = " and for ".join(sorted({p.use.population.label for p in parts}))
    why = f"its statements for {groups} reach it together"
    return Broader(stand.file, first.use.indication.id, first.use.indication.determination, (why,))


def _unlimited(profile: Profile) -> Profile:
    return replace(profile, use=replace(profile.use, population=Population()))


def _reach(wide: Profile, member: Profile, stand: Stand, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Why a statement reaches another payer's use, None where it does not."""
    use, other = wide.use, member.use
    beyond = other.aspects - use.aspects
    if use.aspects - other.aspects or use.aspects & _NEVER_BROADER:
        return None
    if beyond and (beyond - _HELD_BY_COVERAGE or use.direction != "for"):
        return None
    if (use.stage == "continuation") != (other.stage == "continuation"):
        return None
    if {use.purpose, other.purpose} == {"treatment", "test"} or use.denied & frozenset(other.conditions):
        return None
    if not holds(use.forms, other.forms):
        return None
    condition = _reach_of_condition(wide, member, vocabulary) or _reach_of_renewal(wide, member, stand, vocabulary)
    if condition is None or not _reaches_service(wide, member, vocabulary):
        return None
    if any(not limit.holds(other.limits.get(name, limit)) for name, limit in use.limits.items()):
        return None
    if use.settings and other.settings and not use.settings & other.settings:
        return None
    if not use.population.covers(other.population):
        return None
    population = "no population stated" if not use.population else f"for {use.population.label}"
    return condition, f"{population}" + (f", which reaches {other.population.label}" if other.population else "")


def _reach_of_condition(wide: Profile, member: Profile, vocabulary: Vocabulary) -> str | None:
    if wide.main is not None and member.main is not None:
        if wide.use.is_on_condition and not member.use.is_on_condition:
            return None  # a test where the condition is suspected is no use of what treats the condition
        if len(wide.heads) > 1 and member.main in wide.heads and wide.main != member.main:
            return None
        relation = vocabulary.related(wide.main, member.main)
        if relation not in ("same", "wider"):
            return None
        named = vocabulary.labels([wide.main])
        return f"on {named}" + ("" if relation == "same" else f", which holds {vocabulary.labels([member.main])}")
    if wide.main is not None:
        return None
    if member.main is None:
        return _reach_in_words(wide, member)
    if wide.words or wide.services != member.services or not wide.services or member.use.aspects:
        return None
    return None if _is_special(member) else "any use of the service"


def _reach_in_words(wide: Profile, member: Profile) -> str | None:
    """What names a use by words that the member has too reaches it; what names none reaches uses of its service."""
    if not wide.names:
        telling = [w for w, weight in wide.words.items() if weight > _MIXED]
        if telling and not wide.words.keys() <= member.words.keys():
            return None
        return "the same service" if wide.services or member.services else None
    said = {word for word, place in member.use.bag.items() if place > _MIXED}
    if sum(wide.bag[word] for word in wide.names) < _A_NAME or not wide.names <= said:
        return None
    return f"on {' '.join(sorted(wide.names))}, which it names too"


def _reach_of_renewal(wide: Profile, member: Profile, stand: Stand, vocabulary: Vocabulary) -> str | None:
    """A renewal clause that names no condition reaches the renewal of every use that the document covers."""
    if wide.main is not None or member.main is None or wide.use.stage != "continuation":
        return None
    main = member.main
    is_covered = any(
        p.main is not None and p.use.direction == "for" and vocabulary.related(p.main, main) in ("same", "wider")
        and p.use.population.contradicts(member.use.population) is None
        for p in stand.profiles
    )
    return f"renewal of any covered use, {vocabulary.labels([main])} among them" if is_covered else None


def _is_special(member: Profile) -> bool:
    """A condition of its own that a statement on the service in general does not speak of."""
    return not member.use.is_borrowed


def _reaches_service(wide: Profile, member: Profile, vocabulary: Vocabulary) -> bool:
    """A statement on a service reaches its kinds; one that names none says nothing of a service told apart."""
    if not wide.services or not member.services:
        return wide.services == member.services
    return any(vocabulary.related(a, b) in ("same", "wider") for a in wide.services for b in member.services)


# ------------------------------------------------------------------------------------------------ nothing said


def _silent(row: Sequence[Profile], stand: Stand, vocabulary: Vocabulary) -> Silent:
    if (near := nearest_of(row, stand.profiles, vocabulary)) is not None:
        profile, score = near
        parting = (contradiction(profile, member, vocabulary) for member in row)
        why = next(filter(None, parting), None) or "what it states nearby is not quite this use"
        return Silent(stand.file, stand.searched, (profile.use.indication.id, round(score, 4)), why, is_near=True)
    found = [
        (-round(likeness(profile, row[0], vocabulary).score, 4), profile.use.key, profile)
        for profile in stand.profiles if is_comparable(profile, row[0])
    ]
    score, _, best = min(found, key=lambda f: f[:2], default=(0.0, ("", ""), None))
    if best is None or -score < _MIXED:
        reason = "no statement of this document comes near" if stand.profiles else "this document states no indication"
        return Silent(stand.file, stand.searched, None, reason)
    why = contradiction(best, row[0], vocabulary) or "the nearest statement is on another use"
    return Silent(stand.file, stand.searched, (best.use.indication.id, -score), why)


def _doubtful(doubt: tuple[Profile, float], stand: Stand) -> Silent:
    """Where a statement may mean the row under other words, the residual clause is not taken for an answer."""
    nearest, score = doubt
    said = _shortened(nearest.use.indication.text)
    why = f"its statement “{said}” may mean this, so its clause on all other uses is not applied"
    at = nearest.use.indication.id, round(score, 4)
    return Silent(stand.file, stand.searched, at, why, is_near=True, doubt=why)


def _beside(row: Sequence[Profile], stand: Stand, vocabulary: Vocabulary) -> str | None:
    """What the document covers nearby, for other patients or at another stage: its clause may not mean the row."""
    if any("unmet" in member.use.aspects for member in row):
        return None  # what does not meet criteria is always near what does
    near = nearest_of(row, [p for p in stand.profiles if p.use.direction in ("for", "between")], vocabulary)
    if near is None:
        return None
    return f"it covers nearly this elsewhere: “{_shortened(near[0].use.indication.text)}”"


def _shortened(said: str) -> str:
    return said if len(said) <= _LONGEST_QUOTE else said[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _searched(subject: Subject) -> tuple[str, ...]:
    sections = subject.reading.facts.sections
    chosen = [s.heading for s in sections if s.role in _SEARCHED] or [s.heading for s in sections]
    return tuple(dict.fromkeys(chosen))

