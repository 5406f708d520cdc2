"""What a report says of itself: what was compared, as of when, by whom, with which program, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from policyview import __version__
from policyview.export import editions
from policyview.export.comparison import Comparison
from policyview.export.legible import base_name
from policyview.export.versions import VersionReport
from policyview.model import Column
from policyview.review import standing

_NAMED = 6  # documents in one line of the cover
_EDITION_CHARS = 12  # of the program's sum: enough to tell editions apart, and short enough to be read out


class Line(NamedTuple):
    """A name and what is told under it."""

    name: str
    told: str


def lines(comparison: Comparison) -> tuple[Line, ...]:
    """The lines of the cover, in order; each stands only where there is something to tell."""
    return tuple(line for line in _lines(comparison) if line.told)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _lines(comparison: Comparison) -> Iterator[Line]:
    collection = comparison.collection
    columns = [*comparison.columns.values()]
    topics = [matrix.topic for matrix in comparison.matrices]
    yield Line("Topic" if len(topics) == 1 else "Topics", ", ".join(topics))
    yield Line("Shown", comparison.narrowing.told if comparison.narrowing else "")
    yield Line("Payers", _payers(columns))
    yield Line("Other voices", _others(columns))
    yield Line("Policies", _policies(comparison))
    yield Line("As of", _as_of(comparison))
    if comparison.maker is not None:
        yield Line("Made", f"by {comparison.maker.who}, {comparison.maker.day.isoformat()}")
    yield Line("Program", _program(comparison))
    ends = [counted(len(collection.readings), "document") + " read"]
    ends += [f"{len(collection.failures):,} could not be read"] if collection.failures else []
    ends += [f"{len(collection.skipped):,} skipped"] if collection.skipped else []
    yield Line("Documents", ", ".join(ends))
    yield Line("Read with losses", _losses(comparison))
    yield Line("Reviews", _reviews(comparison))
    for step in comparison.steps:
        names = f"{base_name(step.old.file)} → {base_name(step.new.file)}"
        told = VersionReport(step.old, step.new, step.diff).verdict if step.diff else step.reason
        yield Line("Changes", f"{names}: {told}")


def _payers(columns: list[Column]) -> str:
    names = (column.policy.payer or "not stated" for column in columns if not editions.is_second_hand(column))
    return _listed(names)


def _others(columns: list[Column]) -> str:
    """Those who only tell of policies, or of what is known."""
    names = (column.policy.title or base_name(column.file) for column in columns if editions.is_second_hand(column))
    return _listed(names)


def _listed(names: Iterable[str]) -> str:
    """Each name once, however it is written."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return ", ".join(found[key] for key in sorted(found))


def _policies(comparison: Comparison) -> str:
    """How many policies there are, and in how many versions."""
    policies = [policy for matrix in comparison.matrices for policy in matrix.versions]
    several = [policy for policy in policies if len(policy.files) > 1]
    if not policies:
        return ""
    told = counted(len(policies), "policy", "policies")
    return f"{told}, {len(several):,} of them in several versions" if several else told


def _losses(comparison: Comparison) -> str:
    """How many documents lost something, and the first of them; the reasons stand beside each document."""
    names = [f"{base_name(reading.file)} ({len(reading.losses):,})"
             for reading in comparison.collection.readings if reading.losses]  # fmt: skip
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{counted(len(names), 'document')}: {', '.join(names[:_NAMED])}{more}" if names else ""


def _reviews(comparison: Comparison) -> str:
    """How many reviews hold, and whose they are."""
    reviews = comparison.collection.reviews
    if not reviews:
        return ""
    holding = standing(reviews)
    gone = sum(review.action != "withdraw" for review in reviews) - len(holding)
    taken_back = f", {gone:,} taken back" if gone else ""
    return f"{len(holding):,} that hold{taken_back}, by {_listed(review.author for review in reviews)}"


def _as_of(comparison: Comparison) -> str:
    shown = f"{comparison.as_of.isoformat()}: the versions in force on that day are shown"
    return f"{shown}, seen from {comparison.ours}" if comparison.ours else shown


def _program(comparison: Comparison) -> str:
    maker = comparison.maker
    edition = f", edition {maker.edition[:_EDITION_CHARS]}" if maker else ""
    return f"policyview {__version__}{edition}"
