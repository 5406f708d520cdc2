"""History entries of a table: a row a date, rows without one going on the entry beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from policyview.extract.dated import Dated, extended, is_status, sole_date
from policyview.extract.dates import read_dates
from policyview.extract.history_labels import pieces_of
from policyview.extract.printed import line_starts
from policyview.lexicon import Lexicon
from policyview.model import Block, Document, Passage, join

_LISTED = re.compile(r"\d\s*[,;]\s*\w+")  # another date behind one


def rows_apart(document: Document, block: Block) -> list[Block]:
    """A row whose date cell prints several dates below each other, as a row a date.

    Tables without rules let an entry without a status run into the one above; in the source each date stands
    before its own words.
    """
    for cell in block.cells:
        dates = read_dates(cell.text) if cell else ()
        starts = line_starts(document, cell)
        if len(dates) < 2 or tuple(d.start for d in dates) != starts or not sole_date(cell):
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


def row_pieces(blocks: Sequence[Block], lexicon: Lexicon, before: list[Dated]) -> list[Dated]:
    """The pieces of a table; a row without a date goes on what stands ``before`` it, or leads to the next date."""
    pieces, loose, approver = list[Dated](), list[Passage](), lexicon["history"]["approver"].regex
    date_first = sum(bool(sole_date(b.cells[0])) for b in blocks)
    dated = sum(any(sole_date(c) for c in b.cells) for b in blocks)
    goes_on = date_first * 2 >= dated  # a date in front heads its entry; behind, the words may stand above it
    head: Block | None = None
    for block in blocks:
        if block.is_head or _is_head(block, lexicon):
            head = block
            continue
        found = next((d for c in block.cells if c and (d := sole_date(c))), None)
        if listed := _listed(block, head, lexicon):
            pieces += listed
            continue
        if found is None:
            if pieces:
                pieces[-1] = extended(pieces[-1], block.passage)
            elif before and goes_on:
                before[-1] = extended(before[-1], block.passage)
            else:
                loose.append(block.passage)
            continue
        cells = [c for c in block.cells if c]
        words = _words(block, head, lexicon)
        status = next((c.text for c in words if is_status(c.text, lexicon)), "")
        told = [c for c in words if c.text != status] or words
        if pieces and not loose and approver.fullmatch(join(told).text):
            pieces[-1] = extended(pieces[-1], block.passage)
            continue
        pieces.append(Dated(found, status, join([*loose, *told]), join([*loose, *cells])))
        loose = []
    return pieces


def _listed(block: Block, head: Block | None, lexicon: Lexicon) -> list[Dated]:
    """The pieces of a row that lists dates: behind their label, or under the heads of their columns."""
    columns = _columns(block, head)
    if len(columns) == 2 and is_status(columns[0][0].text, lexicon):
        columns = [(columns[1][0], columns[0][0])]
    if not all(sole_date(cell) for cell, _ in columns) or not any(_LISTED.search(cell.text) for cell, _ in columns):
        return []
    labelled = [(cell, label) for cell, label in columns if is_status(label.text, lexicon)]
    return [piece for cell, label in labelled for piece in pieces_of(label, cell, read_dates(cell.text))]


def _words(block: Block, head: Block | None, lexicon: Lexicon) -> list[Passage]:
    """The cells that tell what happened; of a row of dates what heads the first ("Original Approval Date")."""
    columns = _columns(block, head)
    acted = lexicon["history"]["approver_column"].regex
    words = [c for c, above in columns if not sole_date(c) and not acted.fullmatch(above.text.strip(" :*"))]
    if words:
        return words
    first = next(above for cell, above in columns if sole_date(cell))
    return [first] if is_status(first.text, lexicon) else []


def _columns(block: Block, head: Block | None) -> list[tuple[Passage, Passage]]:
    """Each printed cell with the head of its column: by order where both rows print as many, else by place."""
    cells, heads = [c for c in block.cells if c], [c for c in head.cells if c] if head else []
    if len(cells) == len(heads):
        return list(zip(cells, heads, strict=True))
    pairs = zip_longest(block.cells, head.cells if head else (), fillvalue=Passage("", ()))
    return [(cell, above) for cell, above in pairs if cell]


def _is_head(block: Block, lexicon: Lexicon) -> bool:
    """Whether a row names columns: one of dates, or more than one that says what happened or who did it."""
    cells = [cell.text.strip(" :*") for cell in block.cells if cell]
    if any(lexicon["history"]["date_column"].regex.fullmatch(text) for text in cells):
        return True
    acted = lexicon["history"]["approver_column"].regex
    return sum(is_status(text, lexicon) or bool(acted.fullmatch(text)) for text in cells) > 1
