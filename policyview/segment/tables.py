"""Tables: which lines are rows, and which wrapped lines belong to which cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from policyview.model import Block, Passage, join
from policyview.segment.grids import Table, is_head
from policyview.segment.labels import PLAIN_BULLETS, split_label
from policyview.segment.nesting import nest
from policyview.segment.paragraphs import Joiner
from policyview.segment.strips import Strip

SAME_COLUMN = 9.0  # points between the starts of two cells of one column
ROW_GAP = 1.3  # in normal line distances: more white space than this starts a row where rows are set apart
MAX_WRAPPED_LINES = 14  # lines of one cell between two lines that print several cells
_RULE = re.compile(r"[|\s:+=-]+")
_EMPTY = Passage("", ())


@dataclass(eq=False)
class Grid:
    """The lines of one table, and the x at which each column begins."""

    strips: list[Strip]
    columns: list[float] = field(default_factory=list)
    declared: bool = False  # the format says what a cell is (Markdown, HTML, Word, tabs)


def is_rule(strip: Strip) -> bool:
    """A Markdown rule line (|---|---|)."""
    return bool(_RULE.fullmatch(strip.text)) and "-" in strip.text


def drop_label_cells(strip: Strip, text: str) -> None:
    """A list label set apart from its words is no table cell; ``text`` is the document's, in which they stand."""
    cells = [cell for cell in strip.cells if cell[0]]
    if len(cells) < 2:
        return
    is_apart = not text[cells[0][0].end : cells[1][0].start].strip(" ")  # by nothing that draws a table
    if strip.line.page is not None or is_apart or cells[0][0].text in PLAIN_BULLETS:
        label, rest = split_label(cells[0][0])
        if (label and not rest) or len(cells[0][0]) == 1:
            strip.cells = tuple(cells[1:]) if len(cells) > 2 else ()


def _is_row(strip: Strip) -> bool:
    return len(strip.cells) >= 2


def _columns(rows: Sequence[Strip]) -> list[float]:
    starts = sorted(x for strip in rows for _, x in strip.cells)
    clusters: list[list[float]] = []
    for x in starts:
        if clusters and x - clusters[-1][-1] <= SAME_COLUMN:
            clusters[-1].append(x)
        else:
            clusters.append([x])
    return [min(cluster) for cluster in clusters if len(cluster) >= 2 or len(rows) <= 2]


def _column_of(columns: Sequence[float], x: float) -> int | None:
    near = [(abs(column - x), i) for i, column in enumerate(columns) if abs(column - x) <= SAME_COLUMN]
    return min(near)[1] if near else None


def find_tables(strips: Sequence[Strip]) -> list[tuple[int, int, Grid]]:
    """(start, end, grid) of each table, half-open in ``strips``."""
    out = []
    i = 0
    while i < len(strips):
        if not (_is_row(strips[i]) and not strips[i].heading):
            i += 1
            continue
        end, grid = _declared(strips, i) if strips[i].page is None else _drawn(strips, i)
        if grid is not None:
            out.append((i, end, grid))
        i = max(end, i + 1)
    return out


def _declared(strips: Sequence[Strip], i: int) -> tuple[int, Grid | None]:
    end = i
    while end < len(strips) and (strips[end].cells or is_rule(strips[end])) and (end == i or strips[end].gap < 3):
        if end > i and _heads_next(strips, end):
            break
        end += 1
    return end, Grid(list(strips[i:end]), declared=True)


def _heads_next(strips: Sequence[Strip], k: int) -> bool:
    """Whether row k is the head of another Markdown table: a rule and more rows follow."""
    return (
        k + 2 < len(strips)
        and not is_rule(strips[k])
        and is_rule(strips[k + 1])
        and bool(strips[k + 2].cells)
        and not is_rule(strips[k + 2])
    )


def _drawn(strips: Sequence[Strip], i: int) -> tuple[int, Grid | None]:
    """A table of a PDF: lines that print several cells in the same columns, and the wrapped lines between."""
    rows, last = [strips[i]], i
    for j in range(i + 1, len(strips)):
        strip = strips[j]
        if strip.heading or j - last > MAX_WRAPPED_LINES:
            break
        columns = [x for row in rows[-6:] for _, x in row.cells]
        if _is_row(strip):
            shared = sum(_column_of(columns, x) is not None for _, x in strip.cells)
            if shared < 2 and not (shared and strip.gap < ROW_GAP):
                break
            rows.append(strip)
            last = j
        elif _column_of(columns, strip.x) is None:
            break
    if len(rows) < 2:
        return i + 1, None
    columns = _columns(rows)
    end = last + 1
    while end < len(strips) and not strips[end].heading and not _is_row(strips[end]):
        column = _column_of(columns, strips[end].x)  # the last row's cells wrap too
        if not column or strips[end].gap > ROW_GAP or strips[end].is_page_start:
            break
        end += 1
    return (end, Grid(list(strips[i:end]), columns)) if len(columns) >= 2 else (i + 1, None)


def _place(grid: Grid, strip: Strip) -> dict[int, Passage]:
    cells = strip.cells or ((strip.passage, strip.x),)
    placed: dict[int, Passage] = {}
    for passage, x in cells:
        column = _column_of(grid.columns, x)
        if column is None:
            column = max((i for i, c in enumerate(grid.columns) if c <= x + SAME_COLUMN), default=0)
        placed[column] = join([placed[column], passage]) if column in placed else passage
    return placed


def _is_set_apart(grid: Grid) -> bool:
    """Whether white space, rather than the first column, parts the rows."""
    gaps = [strip.gap > ROW_GAP for strip in grid.strips[1:]]
    starts = [0 in _place(grid, strip) for strip in grid.strips[1:]]
    tight_starts = sum(start and not gap for start, gap in zip(starts, gaps, strict=True))
    return (sum(gaps) >= 2 and tight_starts <= 0.34 * max(1, sum(starts))) or (any(gaps) and tight_starts == 0)


def rows_of(grid: Grid, number: int) -> list[Block]:
    """The rows of a table; a head that is printed again on a later page is marked as head."""
    return _declared_rows(grid, number) if grid.declared else _drawn_rows(grid, number)


def ruled_rows(table: Table, number: int, joiner: Joiner) -> list[Block]:
    """The rows of a drawn table; what a cell lists stands in ``inner``."""
    out: list[Block] = []
    heads: list[str] = []
    for k, row in enumerate(table.rows):
        pieces = [joiner.pieces(cell) for cell in row]
        cells = [join([joiner.passage(piece, with_labels=True) for piece in of_cell]) for of_cell in pieces]
        text = " ".join(cell.text.casefold() for cell in cells)
        names = is_head(row) and len(table.rows) > 1
        head = (k == 0 and names) or text in heads
        if head:
            heads.append(text)
        first = next(strip for cell in row for strip in cell)
        block = _row(cells, number, first, head)
        listed = [any(piece.label for piece in of_cell) for of_cell in pieces]
        if any(listed):
            inner = tuple(nest(of_cell, [joiner.passage(piece) for piece in of_cell]) for of_cell in pieces)
            block = replace(block, inner=inner)
        out.append(block)
    return out


def _declared_rows(grid: Grid, number: int) -> list[Block]:
    out: list[Block] = []
    for strip in grid.strips:
        if is_rule(strip) and not any(cell for cell, _ in strip.cells if cell.text.strip("-: ")):
            if len(out) == 1:
                out[0] = _row(list(out[0].cells), number, strip, is_head=True)
            continue
        out.append(_row([cell for cell, _ in strip.cells], number, strip))
    if len(out) >= 3 and not out[0].is_head and all(_names_column(cell.text) for cell in out[0].cells):
        out[0] = _row(list(out[0].cells), number, grid.strips[0], is_head=True)
    return out


def _names_column(text: str) -> bool:
    return (
        0 < len(text.split()) <= 4
        and not any(c.isdigit() for c in text)
        and text[0].isupper()
        and not text.endswith(".")
    )


def _row(cells: list[Passage], number: int, strip: Strip, is_head: bool = False) -> Block:
    return Block(
        "row",
        join(cells),
        cells=tuple(cells),
        table=number,
        is_head=is_head,
        is_bold=strip.line.bold,
        page=strip.page,
        x=strip.x,
    )


def _drawn_rows(grid: Grid, number: int) -> list[Block]:
    set_apart = _is_set_apart(grid)
    groups: list[list[Strip]] = []
    for strip in grid.strips:
        placed = _place(grid, strip)
        if set_apart:
            starts = strip.gap > ROW_GAP or ((strip.is_page_start or strip.is_after_furniture) and 0 in placed)
        else:
            starts = 0 in placed and (len(placed) > 1 or strip.gap > ROW_GAP or not _wraps(groups, grid))
        if starts or not groups:
            groups.append([])
        groups[-1].append(strip)
    out = []
    heads: list[str] = []
    for k, group in enumerate(groups):
        columns: list[list[Passage]] = [[] for _ in grid.columns]
        for strip in group:
            for column, passage in _place(grid, strip).items():
                columns[column].append(passage)
        cells = [_joined(parts) for parts in columns]
        text = " ".join(cell.text.casefold() for cell in cells)
        is_head = (k == 0 and all(strip.line.bold for strip in group)) or text in heads
        if k == 0:
            heads.append(text)
        out.append(_row(cells, number, group[0], is_head))
    return out


def _wraps(groups: list[list[Strip]], grid: Grid) -> bool:
    """Whether a line that prints only the first column may carry the row above on (its first cell wraps)."""
    return bool(groups) and any(len(strip.cells) >= 2 for strip in groups[-1])


def _joined(parts: list[Passage]) -> Passage:
    return join(parts) if parts else _EMPTY
