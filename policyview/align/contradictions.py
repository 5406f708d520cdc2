"""What keeps two uses out of one row, however alike their words are."""

from __future__ import annotations

from collections.abc import Callable

from policyview.align.forms import parting
from policyview.align.population import ADULT
from policyview.align.profiles import Profile
from policyview.align.vocabulary import Vocabulary

_SHARED = frozenset(("study",))
Rule = Callable[[Profile, Profile, Vocabulary], str | None]


def contradiction(one: Profile, other: Profile, vocabulary: Vocabulary) -> str | None:
    """Why the two must not share a row, None where nothing forbids it."""
    return next((why for rule in _RULES if (why := rule(one, other, vocabulary))), None)


def excludes(one: Profile, other: Profile, vocabulary: Vocabulary) -> str | None:
    """Why no patient is meant by both; weaker than a contradiction, which also keeps a wider statement out of a row."""
    return next((why for rule in _HARD if (why := rule(one, other, vocabulary))), None)


def _stages(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    stages = {one.use.stage, other.use.stage}
    return "initial against continuation" if "continuation" in stages and len(stages) > 1 else None


def _aspects(one: Profile, other: Profile, vocabulary: Vocabulary) -> str | None:
    differing = one.use.aspects ^ other.use.aspects
    if one.use.file != other.use.file:
        differing -= _SHARED  # who covers a use in a study only speaks of the same use
    if differing:
        return f"only one speaks of: {vocabulary.labels(sorted(differing))}"
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
        if not vocabulary.likest(first[axis], second[axis]):
            return f"{vocabulary.labels(sorted(first[axis]))} against {vocabulary.labels(sorted(second[axis]))}"
    return None


def _forms(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    return parting(one.use.forms, other.use.forms)


def _split_forms(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    """Where a payer draws two forms, a statement of another that names none is wider and belongs to neither."""
    for narrow, wide in ((one, other), (other, one)):
        if unnamed := sorted(narrow.split - wide.use.forms.keys()):
            named = ", ".join(f for axis in unnamed for f in sorted(narrow.use.forms[axis]))
            return f"only one says that it is on the {named} form"
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
    if one.services and other.services and not vocabulary.likest(one.services, other.services):
        return f"service: {vocabulary.labels(one.services[:2])} against {vocabulary.labels(other.services[:2])}"
    return None


def _denials(one: Profile, other: Profile, vocabulary: Vocabulary) -> str | None:
    for first, second in ((one, other), (other, one)):
        shared = first.use.denied & (frozenset(second.use.conditions) - second.use.denied)
        if shared and not shared <= frozenset(first.use.conditions):
            return f"one excludes {vocabulary.labels(sorted(shared))}"
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
        is_worded_alike = one.words.keys() == other.words.keys() and one.use.settings == other.use.settings
        is_named_alike = bool(one.names) and one.names == other.names
        return None if is_worded_alike or is_named_alike else "one document words them apart"
    if one.main is None or other.main is None or vocabulary.related(one.main, other.main) not in ("same", "near"):
        return "one document names them apart"
    return None


def _splits(one: Profile, other: Profile, _: Vocabulary) -> str | None:
    """Where a payer draws two populations, a wider statement of another reaches both and belongs to neither."""
    for narrow, wide in ((one, other), (other, one)):
        is_wider = narrow.use.population.is_inside(wide.use.population) or (
            not wide.use.population and narrow.use.population.bands.isdisjoint(ADULT)  # unstated mostly means adults
        )
        if narrow.is_split and is_wider:
            return f"a wider population: {wide.use.population.label}"
    return None


_HARD: tuple[Rule, ...] = (
    _stages, _aspects, _purposes, _phases, _forms, _limits, _populations, _services, _denials,
)
_RULES: tuple[Rule, ...] = (*_HARD, _split_forms, _same_document, _splits)
