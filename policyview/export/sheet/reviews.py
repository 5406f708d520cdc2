"""The sheet of reviews: when, who, what, of which statement or change, on which words, and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterator

from policyview.export import reviews
from policyview.export.comparison import Comparison
from policyview.export.legible import shown_name
from policyview.export.records import quote
from policyview.export.sheet.book import Book, Value

_REVIEWS = ["Number", "When", "Who", "What", "Withdrawn", "Takes back", "Of", "Said of", "Topic", "Note", "Sets",
            "To check", "Document", "Page", "Section", "Quote", "Older document", "Older page",
            "Older quote"]  # fmt: skip


def review_sheet(book: Book, comparison: Comparison) -> None:
    """A row for each review, in the order in which they were made, those that were taken back too."""
    if comparison.collection.reviews:
        book.table("Reviews", _REVIEWS, _rows(comparison), frozen=4)


def _rows(comparison: Comparison) -> Iterator[list[Value]]:
    files = {reading.document.sha256: reading.file for reading in reversed(comparison.collection.readings)}
    for each in reviews.told(comparison):
        document, page, section, words = _place(each.place, files, comparison)
        older = _place(each.older, files, comparison) if each.older else ["", None, "", ""]
        yield [each.number, each.when, each.who, each.what, "withdrawn" if each.is_withdrawn else "", each.withdraws,
               each.of, each.about, each.topic, each.note, each.sets, each.to_check,
               document, page, section, words, older[0], older[1], older[3]]  # fmt: skip


def _place(place: reviews.Place, files: dict[str, str], comparison: Comparison) -> list[Value]:
    """Document, page, section and quote as the review holds them; the sum of a document that is not among these."""
    file, anchor = files.get(place.sha256), place.anchor
    document = shown_name(file) if file else place.sha256
    if anchor is None:
        return [document, None, "", ""]
    is_there = file is not None and anchor.quote == comparison.readings[file].document.text[anchor.start:anchor.end]
    return [document, anchor.page, comparison.section_at(file, anchor) if file and is_there else "", quote(anchor)]
