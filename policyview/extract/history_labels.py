"""History entries of labelled lists of dates: "Original date: …  Reviewed: …, …, …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyview.extract.dated import Dated, is_status, of_kind
from policyview.extract.dates import PrintedDate, read_dates
from policyview.extract.printed import line_starts
from policyview.lexicon import Lexicon
from policyview.model import Document, Passage, join

_LISTED = re.compile(r"\s*(?:[,;&]|and\b)[\s,;&]*(?:and\s+)?")
_PUNCTUATION = " \t\n:.,;|*–—-"
_BESIDE = 4  # characters between a label and its date: a colon, spaces, a cell's edge
_NOT_TOLD = re.compile(r"[\W_]*")


@dataclass(frozen=True)
class _Group:
    """The dates of one label, which stands at ``[start, end)`` of the passage."""

    start: int
    end: int
    dates: list[PrintedDate]


def label_pieces(document: Document, passage: Passage, lexicon: Lexicon) -> list[Dated] | None:
    """The pieces of a passage that is nothing but labels with their dates; None of any other."""
    groups = list(_groups(document, passage))
    if not groups or not _NOT_TOLD.fullmatch(passage.text, groups[-1].dates[-1].end):
        return None
    found = list[Dated]()
    for group in groups:
        label = passage.part(group.start, group.end)
        if is_status(label.text, lexicon):
            found += pieces_of(label, passage, group.dates)
        elif ":" not in passage.text[group.end:group.dates[0].start] or not _is_date_label(label.text, lexicon):
            return None
    return found


def _is_date_label(text: str, lexicon: Lexicon) -> bool:
    """Whether a label is of a date that need not be of the policy's past ("Next review")."""
    labels = (lexicon["history"]["not_an_entry"], *lexicon.entries("dates"))
    return any(entry.regex.fullmatch(text) for entry in labels)


def letterhead_pieces(document: Document, passage: Passage, lexicon: Lexicon) -> list[Dated]:
    """The pieces of a letterhead that lists the dates of former reviews, with the day the policy began."""
    found, has_list = list[Dated](), False
    for group in _groups(document, passage):
        label = _status_before(passage, group, lexicon)
        if label and (len(group.dates) > 1 or _kind(label.text, lexicon) == "new"):
            found += pieces_of(label, passage, group.dates)
            has_list = has_list or len(group.dates) > 1
    return found if has_list else []


def _groups(document: Document, passage: Passage) -> Iterator[_Group]:
    """Dates that a comma or a line end parts belong to one label, the words before the first of them."""
    starts = frozenset(line_starts(document, passage))
    group: _Group | None = None
    for date in read_dates(passage.text):
        between = (group.dates[-1].end, date.start) if group else (0, date.start)
        gap = passage.text[slice(*between)]
        if group and (_LISTED.fullmatch(gap) or (not gap.strip() and date.start in starts)):
            group.dates.append(date)
            continue
        if group:
            yield group
        lead = len(gap) - len(gap.lstrip(_PUNCTUATION))
        group = _Group(between[0] + lead, between[0] + len(gap.rstrip(_PUNCTUATION)), [date])
    if group:
        yield group


def _status_before(passage: Passage, group: _Group, lexicon: Lexicon) -> Passage | None:
    """The longest run of words right before a date that is a status."""
    starts = [m.start() for m in re.finditer(r"\S+", passage.text) if group.start <= m.start() < group.end]
    parts = (passage.part(start, group.end) for start in starts)
    return next((part for part in parts if is_status(part.text, lexicon)), None)


def _kind(label: str, lexicon: Lexicon) -> str | None:
    return next((kind for kind, pattern in of_kind(lexicon, "status") if pattern.fullmatch(label)), None)


def pieces_of(label: Passage, passage: Passage, dates: Sequence[PrintedDate]) -> list[Dated]:
    """A piece for each of a label's dates; a date that does not follow its label directly is anchored apart from it."""
    found = list[Dated]()
    for date in dates:
        day = passage.part(date.start, date.end)
        whole = join([label, day], ": ")
        cut = frozenset({len(label) + 2}) if day.start - label.end > _BESIDE else frozenset()
        found.append(Dated(date.iso, label.text, label, Passage(whole.text, whole.offsets, whole.breaks | cut)))
    return found
