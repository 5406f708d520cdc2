"""What ``policyview diff`` prints where no file is named."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from policyview.export.legible import on_one_line, one_line
from policyview.export.versions import CONTRADICTED, VersionReport, version_named
from policyview.model import Reading
from policyview.versions import Change, Entry

_LONGEST = 160  # characters of a history entry
_FOUND = {
    "yes": "found in the text", "no": "NOT found in the text", "no text difference": "tells of no change of text",
}  # fmt: skip


def diff_text(report: VersionReport) -> str:
    """The verdict, each substantive change in a line or two, the new history entries, and the counts."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: VersionReport) -> Iterator[str]:
    yield f"old  {_named(report.old)}"
    yield f"new  {_named(report.new)}"
    yield ""
    yield report.verdict
    yield from (f"Caution: {on_one_line(caution)}" for caution in report.cautions)
    for heading, changes in (("On coverage", report.coverage), ("On evidence or administration", report.other)):
        if changes:
            yield ""
            yield heading
            for number, change in enumerate(changes, 1):
                yield from _change(number, change)
    if report.diff.history:
        yield ""
        yield "New in the revision history"
        yield from map(_entry, report.diff.history)
    yield ""
    yield report.counts


def _named(reading: Reading) -> str:
    return f"{one_line(reading.file)} ({version_named(reading)})"


def _change(number: int, change: Change) -> Iterator[str]:
    places = [side.anchor.page for side in (change.before, change.after) if side and side.anchor.page]
    page = [f"page {places[-1]}"] if places else []
    yield f"{number:3}. {on_one_line(change.summary)}"
    under = [f"under “{on_one_line(change.section)}”"] if change.section else []
    if about := (*page, *under, *map(on_one_line, change.why)):
        yield f"     {'; '.join(about)}"
    told = change.documented
    entry = f"told in the history: {shorten(on_one_line(told.text), _LONGEST)}" if told else "not told in the history"
    yield f"     {entry}"


def _entry(entry: Entry) -> str:
    found = CONTRADICTED if entry.is_contradicted else _FOUND[entry.found]
    return f"  {entry.date or 'undated'}  {on_one_line(entry.text)} — {found}"
