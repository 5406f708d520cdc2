"""A file that was read or failed, how far reading is, and what a person said of versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from policyview.model.facts import Facts
from policyview.model.source import Document, Loss


@dataclass(frozen=True)
class Reading:
    """A document that was read, with its facts (``document.lines`` is empty).

    ``is_cut`` where something was given up because reading it failed or took too long: another time it may not.
    """

    document: Document
    facts: Facts
    is_cut: bool = False

    @property
    def file(self) -> str:
        return self.document.file

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What of the file could not be read, and what was read but not understood."""
        return self.document.losses + self.facts.unread


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, and the sentence that tells a person what to do."""

    file: str
    reason: str


@dataclass(frozen=True)
class Overrides:
    """What a person said of versions, of documents by their SHA-256 sums; each act gives a new value.

    ``same`` and ``apart`` are pairs of sums, the lesser first: versions of one policy, or not. ``effective`` are
    (sum, ISO date from which the document is in effect).
    """

    same: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    effective: frozenset[tuple[str, str]] = frozenset()

    def joining(self, one: str, others: Iterable[str]) -> Overrides:
        """A document and each of others are versions of one policy."""
        pairs = _pairs(one, others)
        return replace(self, same=self.same | pairs, apart=self.apart - pairs)

    def parting(self, one: str, others: Iterable[str]) -> Overrides:
        """A document and each of others are not versions of one policy."""
        pairs = _pairs(one, others)
        return replace(self, same=self.same - pairs, apart=self.apart | pairs)

    def dating(self, one: str, date: str | None) -> Overrides:
        """The day, month or year from which a document is in effect; None for what the document says itself."""
        kept = frozenset(known for known in self.effective if known[0] != one)
        return replace(self, effective=kept | {(one, date)} if date else kept)

    def joined(self, other: Overrides) -> Overrides:
        """What was said here and there."""
        return Overrides(self.same | other.same, self.apart | other.apart, self.effective | other.effective)

    def effective_date(self, one: str) -> str | None:
        """The date that a person named, if one did."""
        return next((date for known, date in self.effective if known == one), None)


def _pairs(one: str, others: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset((min(one, other), max(one, other)) for other in others if other != one)





@dataclass(frozen=True)
class Progress:
    """A step of long work. ``done`` of ``total`` files (or rows); ``text`` names what is under way.

    ``reading`` or ``failure`` is set on the step that ends a file.
    """

    done: int
    total: int
    text: str = ""
    reading: Reading | None = None
    failure: Failure | None = None
    pages_done: int = field(default=0, compare=False)
