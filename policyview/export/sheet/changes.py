"""The sheet of changes: for each policy with several versions, what changed from each to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyview.export import vocabulary
from policyview.export.comparison import Comparison
from policyview.export.legible import shown_name
from policyview.export.records import quote
from policyview.export.sheet.book import Book, Redline, Value
from policyview.export.versions import CONTRADICTED, Piece, VersionReport, redline, redline_of, version_named
from policyview.model import Reading
from policyview.succession import Step

if TYPE_CHECKING:
    from policyview.versions import Change, Side

_CHANGES = ["Payer", "Policy number", "Title", "From", "To", "Number", "Weight", "Kind", "Action", "Summary",
            "Before", "After", "Why", "Revision history", "Document", "Page", "Section", "Quote",
            "Older document", "Older page", "Older quote"]  # fmt: skip
_IN_ALL = "In all"
_UNTOLD = "not told in the newer version’s revision history"


def change_sheet(book: Book, comparison: Comparison) -> None:
    """A row for each difference, what is only print too; the first row of each pair says what they come to."""
    if comparison.steps:
        book.table("Changes", _CHANGES, (row for step in comparison.steps for row in _rows(step, comparison)), frozen=2)


def _rows(step: Step, comparison: Comparison) -> Iterator[list[Value]]:
    policy = step.new.facts.policy
    head: list[Value] = [policy.payer or "", policy.number or "", policy.title or "", version_named(step.old),
                         version_named(step.new)]  # fmt: skip
    files: list[Value] = [shown_name(step.new.file), None, "", "", shown_name(step.old.file), None, ""]
    if step.diff is None:
        yield [*head, None, _IN_ALL, "", "", step.reason, "", "", "", "", *files]
        return
    report = VersionReport(step.old, step.new, step.diff)
    yield [*head, None, _IN_ALL, "", "", f"{report.verdict} {report.counts[:1].upper()}{report.counts[1:]}.", "", "",
           "\n".join(report.cautions), "", *files]  # fmt: skip
    for number, change in enumerate(step.diff.changes, 1):
        yield [*head, number, *_told(change), *_places(change, step)]
    for entry in step.diff.history:
        found = CONTRADICTED if entry.is_contradicted else vocabulary.word("found", entry.found)
        yield [*head, None, vocabulary.word("change_groups", "history"), "", "", entry.text, "", "", "", found,
               shown_name(step.new.file), entry.anchor.page, comparison.section_at(step.new.file, entry.anchor),
               quote(entry.anchor), "", None, ""]  # fmt: skip
    for each in step.diff.suppressed:
        before, after = _sides(redline_of(each.before, each.after))
        yield [*head, None, vocabulary.word("change_groups", "suppressed"), "", "", "", before, after, each.reason, "",
               *files]  # fmt: skip


def weight(change: Change) -> str:
    """The group that a change stands in, in a word."""
    is_editorial = change.significance == "editorial"
    return vocabulary.word("change_groups", "editorial" if is_editorial else change.bears_on)


def _told(change: Change) -> list[Value]:
    history = change.documented.text if change.documented else _UNTOLD if change.significance == "substantive" else ""
    return [weight(change), vocabulary.word("change_kinds", change.kind), change.action, change.summary,
            *_sides(redline(change)), "; ".join(change.why), history]  # fmt: skip


def _sides(pieces: tuple[Piece, ...]) -> tuple[Redline, Redline]:
    """The older wording and the newer one, in each marked what the other has not."""
    before = tuple(piece for piece in pieces if piece.sort != "new")
    return Redline(before), Redline(tuple(piece for piece in pieces if piece.sort != "old"))


def _places(change: Change, step: Step) -> list[Value]:
    newer, older = _place(change.after, step.new), _place(change.before, step.old)
    return [*newer[:2], change.section, newer[2], *older]


def _place(side: Side | None, reading: Reading) -> list[Value]:
    """Document, page and quote of a side; nothing where a version has none."""
    return [shown_name(reading.file), side.anchor.page, quote(side.anchor)] if side else ["", None, ""]
