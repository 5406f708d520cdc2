"""History entries of running lines: a date in front of each, or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from policyview.extract.dated import SPAN_OF_TIME, Dated, begins_with_status, extended, first_date, is_status, parted
from policyview.extract.dates import read_dates
from policyview.lexicon import Lexicon
from policyview.model import Passage, join

_SEPARATOR = re.compile(r"[\s:;.,|–—-]*")
_PARTING = re.compile(r"\s*[:;|–—-]")
_MOST = 2 / 3  # of the dates that begin lines, over which a sign behind them is what tells an entry
_LABEL_WORDS = 3  # words of a status before a date ("Reviewed 08/08/2024")


def line_pieces(
    lines: Sequence[Passage], lexicon: Lexicon, before: list[Dated], *, is_beside_table: bool
) -> list[Dated]:
    """The pieces of running lines; those before the first date go on the last entry ``before`` them."""
    skip = lexicon["history"]["not_an_entry"].regex
    kept = [line for line in lines if not skip.match(line.text.strip())]
    leading = _set_off(kept, [_leading(line, lexicon) for line in kept])
    trailing = [_trailing(line) for line in kept]
    if is_beside_table or _is_led(kept, leading, trailing):
        first = next((n for n, place in enumerate(leading) if place), len(kept))
        if before and is_beside_table and first and any(leading):
            before[-1] = extended(before[-1], join(kept[:first]))
        pieces = _led(kept, leading, lexicon)
        has_column = is_beside_table or len(pieces) > 1
        loosely = has_column and all(piece.status or begins_with_status(piece.text, lexicon) for piece in pieces)
        return [piece if piece.status else _with_status(piece, lexicon, loosely=loosely) for piece in pieces]
    return _trailed(kept, trailing, lexicon)


def _is_led(lines: Sequence[Passage], leading: Sequence[_Place | None], trailing: Sequence[_Place | None]) -> bool:
    """Whether dates stand before their entries: by lines that hold both, else by what stands above the first date."""
    only = [a is not None and b is not None for a, b in zip(leading, trailing, strict=True)]
    led = sum(a is not None and not alone for a, alone in zip(leading, only, strict=True))
    trailed = sum(b is not None and not alone for b, alone in zip(trailing, only, strict=True))
    if led != trailed or not any(only):
        return led >= trailed
    return only.index(True) == 0


def _with_status(piece: Dated, lexicon: Lexicon, *, loosely: bool) -> Dated:
    status, words = parted(piece.text, lexicon, loosely=loosely)
    return replace(piece, status=status, text=words)


@dataclass(frozen=True)
class _Place:
    date: str
    status: str
    start: int
    end: int


def _leading(line: Passage, lexicon: Lexicon) -> _Place | None:
    """A date with which a line begins, a status word before it allowed."""
    dates = read_dates(line.text)
    if not dates:
        return None
    before = line.text[:dates[0].start].strip(" \t•*-–|")
    if before and not (len(before.split()) <= _LABEL_WORDS and is_status(before.strip(" :"), lexicon)):
        return None
    end = dates[0].end
    is_span = len(dates) > 1 and SPAN_OF_TIME.fullmatch(line.text[end:dates[1].start])
    if is_span:
        end = dates[1].end
    if dates[0].is_short and not is_span and not re.match(r"\s*(?:[:\-–—|\t]|\s{2}|[A-Z]|$)", line.text[end:]):
        return None
    return _Place(first_date(line.text, dates), before.strip(" :"), 0, end)


def _set_off(lines: Sequence[Passage], places: Sequence[_Place | None]) -> list[_Place | None]:
    """The dates that open entries: where nearly all are set off from their words by a sign ("06/2031 - Added"), a date
    that runs on into words is one inside a wrapped sentence."""
    parted = [bool(place) and _is_set_off(line, place) for line, place in zip(lines, places, strict=True)]
    dated = sum(place is not None for place in places)
    if dated < 3 or not _MOST * dated <= sum(parted) < dated:
        return list(places)
    return [place if is_entry else None for place, is_entry in zip(places, parted, strict=True)]


def _is_set_off(line: Passage, place: _Place | None) -> bool:
    """Whether a sign, the end of the line or another date stands behind a date."""
    if place is None:
        return False
    rest = line.text[place.end:].lstrip()
    return not rest or bool(_PARTING.match(rest)) or any(date.start == 0 for date in read_dates(rest)[:1])


def _trailing(line: Passage) -> _Place | None:
    """The first of the dates with which a line ends."""
    dates = list(read_dates(line.text))
    end, first = len(line.text.rstrip()), None
    while dates and not line.text[dates[-1].end:end].strip():
        first = dates.pop()
        end = first.start
    return _Place(first.iso, "", first.start, len(line)) if first else None


def _led(lines: Sequence[Passage], places: Sequence[_Place | None], lexicon: Lexicon) -> list[Dated]:
    approver = lexicon["history"]["approver"].regex
    begins = [n for n, place in enumerate(places) if place]
    pieces = list[Dated]()
    for begin, end in pairwise((*begins, len(lines))):
        place = places[begin]
        assert place is not None
        whole = join(lines[begin:end])
        start = place.end
        for later in read_dates(whole.text):  # a second column of dates
            if later.start >= start and _SEPARATOR.fullmatch(whole.text, start, later.start):
                start = later.end
        separator = _SEPARATOR.match(whole.text, start)
        words = whole.part(separator.end() if separator else start)
        if pieces and approver.fullmatch(words.text):  # when the committee approved the entry above
            pieces[-1] = extended(pieces[-1], whole)
        elif words or place.status:  # "Reviewed: April 2025" says all
            pieces.append(Dated(place.date, place.status, words or whole.part(0, len(place.status)), whole))
    return pieces


def _trailed(lines: Sequence[Passage], places: Sequence[_Place | None], lexicon: Lexicon) -> list[Dated]:
    heads = re.compile(rf"(?:.*\b)?(?:{lexicon['history']['date_column'].regex.pattern})\s*\Z", re.IGNORECASE)
    pieces, waiting = list[Dated](), list[Passage]()
    for line, place in zip(lines, places, strict=True):
        if place is None:
            if heads.fullmatch(line.text.strip()):
                waiting = []
            else:
                waiting.append(line)
            continue
        words = join([*waiting, line.part(0, place.start)])
        pieces.append(Dated(place.date, "", words, join([*waiting, line])))
        waiting = []
    return pieces
