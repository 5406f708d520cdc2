"""The sheets on the comparison itself: every file with its sum, its dates and what became of it, and how to read it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from policyview.export import cover, doubts, editions, vocabulary
from policyview.export.comparison import Comparison
from policyview.export.legible import shown_name
from policyview.export.scope import applies_to
from policyview.export.sheet.book import Book, Value
from policyview.model import Agreement, State

_SOURCES = ["Document", "Outcome", "Reason", "Payer", "Policy number", "Title", "Kind", "Authority", "For",
            "Effective", "Last review", "Published", "Last updated", "Original effective", "Next review",
            "Retired", "In force", "Version", "Corrected", "Versions", "Pages", "Losses", "SHA-256"]  # fmt: skip


def source_sheets(book: Book, comparison: Comparison) -> None:
    """What was read and what was not; what was compared, by whom, and what the words in it mean."""
    book.table("Sources", _SOURCES, _sources(comparison))
    book.table("About", ["About", "Told"], _about(comparison))


def _sources(comparison: Comparison) -> Iterator[list[Value]]:
    matrices = [(matrix, editions.Told(matrix)) for matrix in comparison.matrices]
    told = {column.file: versions.of(column.file) for matrix, versions in matrices for column in matrix.columns}
    for reading in comparison.collection.readings:
        document, policy, dates = reading.document, reading.facts.policy, reading.facts.policy.dates
        column = comparison.columns.get(reading.file)
        losses = "\n".join(each.reason for each in reading.losses)
        yield [shown_name(reading.file), "read", doubts.of_document(reading),
               policy.payer or "", policy.number or "", policy.title or "",
               vocabulary.word("kinds", policy.kind), vocabulary.authority_word(policy.authority),
               applies_to(column) if column else "",
               *(getattr(dates, field.name) or "" for field in dataclasses.fields(dates)),
               editions.in_force_word(column) if column else "", editions.column_version(column) if column else "",
               ", ".join(vocabulary.word("review_fields", name) for name in policy.corrected),
               "\n".join(told.get(reading.file, ())), len(document.pages) or None, losses,
               document.sha256]  # fmt: skip
    for failure in comparison.collection.failures:
        yield [shown_name(failure.file), "could not be read", failure.reason]
    for skipped in comparison.collection.skipped:
        yield [shown_name(skipped), "skipped", "Not of a type that policyview reads"]


def _about(comparison: Comparison) -> Iterator[list[str]]:
    yield from ([line.name, line.told] for line in cover.lines(comparison))
    yield from ([vocabulary.state_word(state), vocabulary.state_told(state)] for state in State)
    yield [doubts.NOTHING_FOUND, "said of our reading, not of the payer: look into the document"]
    yield from ([vocabulary.agreement_word(each), vocabulary.agreement_told(each)] for each in Agreement)
    yield [vocabulary.word(family, "as_labeled") for family in ("rows", "rows_told")]
