"""The revision history: one entry a dated action, from tables, dated lists or lines that end in their date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal

from policyview.anchor import anchor_of
from policyview.extract.dates import PrintedDate, read_dates
from policyview.extract.printed import line_starts, printed_lines
from policyview.lexicon import Lexicon
from policyview.model import Block, Document, HistoryEntry, Passage, Role, Structure, VersionChange, join

EntryType = Literal["new", "revised", "reviewed"] | None

_SEPARATOR = re.compile(r"[\s:;.,|–—-]*")
_RANGE = re.compile(r"\s*(?:-|–|—|to|through)\s*\Z")
_HEAD_WORDS = 14  # of a line that opens a history
_NEVER = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.DEFINITIONS})
_LABEL_WORDS = 3  # words of a status before a date ("Reviewed 08/08/2024")


def history(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[HistoryEntry, ...]:
    """The entries of all history sections, in printed order."""
    regions = history_blocks(structure, lexicon)
    return tuple(entry for blocks in regions for entry in _entries(document, blocks, lexicon))


def history_blocks(structure: Structure, lexicon: Lexicon) -> list[list[Block]]:
    """The blocks of each revision history: of sections with that role, and behind a line that opens one.

    A history runs on over headings that are only column heads ("Approval Date").
    """
    file = lexicon["history"]
    regions, is_open = list[list[Block]](), False
    for part in structure.parts:
        heading = part.section.heading if part.section else ""
        goes_on = is_open and bool(file["date_column"].regex.fullmatch(heading.strip(" :")))
        if not goes_on:
            is_open = part.role is Role.HISTORY and not file["version_list"].regex.search(heading)
            if is_open:
                regions.append([])
        for block in part.iter_blocks():
            words = " ".join(block.passage.text.split())
            if not is_open and len(words.split()) <= _HEAD_WORDS and file["start"].regex.fullmatch(words):
                is_open = part.role not in _NEVER
                if is_open:
                    regions.append([])
            elif is_open:
                regions[-1].append(block)
    return regions


@dataclass(frozen=True)
class _Dated:
    """A piece of the history with its date (None where it only goes on), and a printed status."""

    date: str | None
    status: str
    text: Passage
    whole: Passage


def _entries(document: Document, blocks: Sequence[Block], lexicon: Lexicon) -> list[HistoryEntry]:
    start = lexicon["history"]["start"].regex
    blocks = [b for b in blocks if not start.fullmatch(" ".join(b.passage.text.split()))]
    rows = [b for b in blocks if b.kind == "row" and any(_sole_date(c) for c in b.cells)]
    pieces = list[_Dated]()
    for is_table, run in groupby(blocks, key=lambda b: b.kind == "row" and len(b.cells) > 1):
        group = list(run)
        if is_table:
            rows_apart = [row for block in group for row in _apart(document, block)]
            pieces += _row_pieces(rows_apart, lexicon, pieces)
            continue
        lines = [line for b in group for line in printed_lines(document, b.passage)]
        pieces += _line_pieces(lines, lexicon, pieces, is_beside_table=bool(rows))
    return [_entry(document, piece, lexicon) for piece in pieces if piece.text]


def _entry(document: Document, piece: _Dated, lexicon: Lexicon) -> HistoryEntry:
    text = " ".join(piece.text.text.split())
    return HistoryEntry(piece.date, entry_type(text, piece.status, lexicon), text, anchor_of(document, piece.whole))


@lru_cache(maxsize=8)
def _of_kind(lexicon: Lexicon, kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(e.get("type")), e.regex) for e in lexicon.entries("history") if e.get("kind") == kind)


def entry_type(text: str, status: str, lexicon: Lexicon) -> EntryType:
    """What an entry says happened: its printed status, else its words; None for mere editing."""
    for name, pattern in _of_kind(lexicon, "status"):
        if status and pattern.fullmatch(status.strip(" :.")):
            return name or None  # type: ignore[return-value]
    for name, pattern in _of_kind(lexicon, "action"):
        if re.search(rf"\b(?:{pattern.pattern})", text, re.IGNORECASE):
            return name or None  # type: ignore[return-value]
    return None


# --------------------------------------------------------------------------- tables


def _sole_date(cell: Passage) -> str | None:
    """The date a cell consists of; the first where it prints several; a span of time as first/last."""
    text = cell.text.strip() if cell else ""
    dates = read_dates(text)
    if not dates or len(re.sub(r"[\W_]+", "", _without(text, dates))) > 2:
        return None
    return _first(text, dates)


def _without(text: str, dates: Sequence[PrintedDate]) -> str:
    for date in reversed(dates):
        text = text[:date.start] + text[date.end:]
    return text


def _first(text: str, dates: Sequence[PrintedDate]) -> str:
    if len(dates) > 1 and _RANGE.fullmatch(text[dates[0].end:dates[1].start]):
        return f"{dates[0].iso}/{dates[1].iso}"
    return dates[0].iso


def _apart(document: Document, block: Block) -> list[Block]:
    """A row whose date cell prints several dates below each other, as a row a date.

    Tables without rules let an entry without a status run into the one above; in the source each date stands
    before its own words.
    """
    for cell in block.cells:
        dates = read_dates(cell.text) if cell else ()
        starts = line_starts(document, cell)
        if len(dates) < 2 or tuple(d.start for d in dates) != starts or not _sole_date(cell):
            continue
        cuts = [cell.offsets[date.start] for date in dates[1:]]
        rows = [_cells_between(block, a, b) for a, b in pairwise([-1, *cuts, len(document.text)])]
        if all(sum(map(bool, row)) >= 2 for row in rows):
            return [replace(block, passage=join([c for c in row if c]), cells=row) for row in rows]
    return [block]


def _cells_between(block: Block, start: int, end: int) -> tuple[Passage, ...]:
    """The row's cells with only what the source prints from ``start`` to before ``end``."""
    row = []
    for cell in block.cells:
        kept = [n for n, offset in enumerate(cell.offsets) if start <= offset < end]
        row.append(cell.part(kept[0], kept[-1] + 1) if kept else Passage("", ()))
    return tuple(row)


def _row_pieces(blocks: Sequence[Block], lexicon: Lexicon, before: list[_Dated]) -> list[_Dated]:
    """The pieces of a table; a row without a date goes on what stands ``before`` it, or leads to the next date."""
    pieces, loose = list[_Dated](), list[Passage]()
    date_first = sum(bool(_sole_date(b.cells[0])) for b in blocks)
    dated = sum(any(_sole_date(c) for c in b.cells) for b in blocks)
    goes_on = date_first * 2 >= dated  # a date in front heads its entry; behind, the words may stand above it
    for block in blocks:
        if block.is_head or _is_head(block, lexicon):
            continue
        found = next((d for c in block.cells if c and (d := _sole_date(c))), None)
        if found is None:
            if pieces:
                pieces[-1] = _extended(pieces[-1], block.passage)
            elif before and goes_on:
                before[-1] = _extended(before[-1], block.passage)
            else:
                loose.append(block.passage)
            continue
        cells = [c for c in block.cells if c]
        words = [c for c in cells if not _sole_date(c)]
        status = next((c.text for c in words if _is_status(c.text, lexicon)), "")
        told = [c for c in words if c.text != status] or words
        pieces.append(_Dated(found, status, join([*loose, *told]), join([*loose, *cells])))
        loose = []
    return pieces


def _extended(piece: _Dated, more: Passage) -> _Dated:
    return _Dated(piece.date, piece.status, join([piece.text, more]), join([piece.whole, more]))


def _is_status(text: str, lexicon: Lexicon) -> bool:
    return any(p.fullmatch(text.strip(" :.")) for _, p in _of_kind(lexicon, "status"))


def _is_head(block: Block, lexicon: Lexicon) -> bool:
    pattern = lexicon["history"]["date_column"].regex
    return block.kind == "row" and any(c and pattern.fullmatch(c.text.strip(" :*")) for c in block.cells)


# --------------------------------------------------------------------------- lines


def _line_pieces(
    lines: Sequence[Passage], lexicon: Lexicon, before: list[_Dated], *, is_beside_table: bool
) -> list[_Dated]:
    """The pieces of running lines; those before the first date go on the last entry ``before`` them."""
    skip = lexicon["history"]["not_an_entry"].regex
    kept = [line for line in lines if not skip.match(line.text.strip())]
    leading, trailing = [_leading(line, lexicon) for line in kept], [_trailing(line) for line in kept]
    if sum(map(bool, leading)) >= sum(map(bool, trailing)) or is_beside_table:
        first = next((n for n, place in enumerate(leading) if place), len(kept))
        if before and is_beside_table and first and any(leading):
            before[-1] = _extended(before[-1], join(kept[:first]))
        return _led(kept, leading)
    return _trailed(kept, trailing, lexicon)


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
    if before and not (len(before.split()) <= _LABEL_WORDS and _is_status(before.strip(" :"), lexicon)):
        return None
    end = dates[0].end
    is_span = len(dates) > 1 and _RANGE.fullmatch(line.text[end:dates[1].start])
    if is_span:
        end = dates[1].end
    if dates[0].is_short and not is_span and not re.match(r"\s*(?:[:\-–—|\t]|\s{2}|[A-Z]|$)", line.text[end:]):
        return None
    return _Place(_first(line.text, dates), before.strip(" :"), 0, end)


def _trailing(line: Passage) -> _Place | None:
    """The first of the dates with which a line ends."""
    dates = list(read_dates(line.text))
    end, first = len(line.text.rstrip()), None
    while dates and not line.text[dates[-1].end:end].strip():
        first = dates.pop()
        end = first.start
    return _Place(first.iso, "", first.start, len(line)) if first else None


def _led(lines: Sequence[Passage], places: Sequence[_Place | None]) -> list[_Dated]:
    begins = [n for n, place in enumerate(places) if place]
    pieces = []
    for begin, end in pairwise((*begins, len(lines))):
        place = places[begin]
        assert place is not None
        whole = join(lines[begin:end])
        separator = _SEPARATOR.match(whole.text, place.end)
        pieces.append(_Dated(place.date, place.status, whole.part(separator.end() if separator else place.end), whole))
    return [piece if piece.text else _Dated(piece.date, piece.status, piece.whole, piece.whole) for piece in pieces]


def _trailed(lines: Sequence[Passage], places: Sequence[_Place | None], lexicon: Lexicon) -> list[_Dated]:
    heads = re.compile(rf"(?:.*\b)?(?:{lexicon['history']['date_column'].regex.pattern})\s*\Z", re.IGNORECASE)
    pieces, waiting = list[_Dated](), list[Passage]()
    for line, place in zip(lines, places, strict=True):
        if place is None:
            if heads.fullmatch(line.text.strip()):
                waiting = []
            else:
                waiting.append(line)
            continue
        words = join([*waiting, line.part(0, place.start)])
        pieces.append(_Dated(place.date, "", words, join([*waiting, line])))
        waiting = []
    return pieces


# --------------------------------------------------------------------------- BEFORE | AFTER


def version_columns(texts: Sequence[str], lexicon: Lexicon) -> tuple[int, int] | None:
    """The columns of the former and the present wording, where these cells head such a table."""
    before, after = lexicon["history"]["before"].regex, lexicon["history"]["after"].regex
    named = [text.strip(" :*") for text in texts]
    left = next((n for n, text in enumerate(named) if before.fullmatch(text)), None)
    right = next((n for n, text in enumerate(named) if n != left and after.fullmatch(text)), None)
    return (left, right) if left is not None and right is not None else None


def version_changes(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[VersionChange, ...]:
    """The rows of printed tables that set the former wording beside the present one."""
    found = list[VersionChange]()
    for part in structure.parts:
        columns: tuple[int, int] | None = None
        width = 0
        for block in part.iter_blocks():
            if block.kind != "row":
                columns = None
                continue
            texts = [" ".join(cell.text.split()) if cell else "" for cell in block.cells]
            if heads := version_columns(texts, lexicon):
                columns, width = heads, len(texts)
            elif columns and len(texts) == width and texts[columns[0]] and texts[columns[1]]:
                anchor = anchor_of(document, block.passage)
                found.append(VersionChange(texts[columns[0]], texts[columns[1]], anchor))
    return tuple(found)
