"""Pieces of a revision history: words with their date, and how dates and statuses are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from policyview.extract.dates import PrintedDate, read_dates
from policyview.lexicon import Lexicon
from policyview.model import Passage, join

SPAN_OF_TIME = re.compile(r"\s*(?:-|–|—|to|through)\s*\Z")

_COLON = re.compile(r"\s*[:–—]\s+(?=\S)")
_COLON_OR_CAPITAL = re.compile(r"\s*[:–—]\s+(?=\S)|\s+(?=[A-Z])")


@dataclass(frozen=True)
class Dated:
    """A piece of the history with its date (None where it only goes on), and a printed status."""

    date: str | None
    status: str
    text: Passage
    whole: Passage


def extended(piece: Dated, more: Passage) -> Dated:
    return Dated(piece.date, piece.status, join([piece.text, more]), join([piece.whole, more]))


@lru_cache(maxsize=8)
def of_kind(lexicon: Lexicon, kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(e.get("type")), e.regex) for e in lexicon.entries("history") if e.get("kind") == kind)


def is_status(text: str, lexicon: Lexicon) -> bool:
    return any(p.fullmatch(text.strip(" :.")) for _, p in of_kind(lexicon, "status"))


def parted(words: Passage, lexicon: Lexicon, *, loosely: bool) -> tuple[str, Passage]:
    """(status, words behind it) of an entry that begins with a status and a colon; "" where it does not.

    ``loosely`` a capital behind the status is enough, as where a column's edge is lost.
    """
    found = [m for _, p in of_kind(lexicon, "status") if (m := p.match(words.text))]
    status = max(found, key=re.Match.end, default=None)
    behind = (_COLON_OR_CAPITAL if loosely else _COLON).match(words.text, status.end()) if status else None
    if not status or not behind:
        return "", words
    word = "" if " " in status.group() else status.group()  # "Annual review: criteria added" is a revision
    return word, words.part(behind.end())


def begins_with_status(words: Passage, lexicon: Lexicon) -> bool:
    """Whether an entry is a status alone, or one with further words behind it as in a column of their own."""
    return is_status(words.text, lexicon) or parted(words, lexicon, loosely=True)[1] is not words


def sole_date(cell: Passage) -> str | None:
    """The date a cell consists of; the first where it prints several; a span of time as first/last."""
    text = cell.text.strip() if cell else ""
    dates = read_dates(text)
    if not dates or len(re.sub(r"[\W_]+", "", _without(text, dates))) > 2:
        return None
    return first_date(text, dates)


def _without(text: str, dates: Sequence[PrintedDate]) -> str:
    for date in reversed(dates):
        text = text[:date.start] + text[date.end:]
    return text


def first_date(text: str, dates: Sequence[PrintedDate]) -> str:
    if len(dates) > 1 and SPAN_OF_TIME.fullmatch(text[dates[0].end:dates[1].start]):
        return f"{dates[0].iso}/{dates[1].iso}"
    return dates[0].iso
