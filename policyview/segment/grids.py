"""Drawn tables: takes the printed lines of a frame into its cells, and decides what kind of table it is.

A **grid** becomes rows. A **form** ("Exclusion criteria | - concurrent use …") is a document laid out in two columns:
its left column holds headings, so its lines are put in reading order and segmented like any others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from policyview.model import Document, join
from policyview.segment.frames import Frame, frames
from policyview.segment.labels import split_label
from policyview.segment.strips import Strip, as_shown, clean, normal_distance

LABEL_WORDS = 9  # of the left cells of a form
FORM_WORDS = 30  # of the right cells of a form, in the mean
APART = 2.0  # normal line distances between the parts of a form
RANK_PT = 1.0  # so much larger type than that of its cells makes a label head them
_NO_LABEL = re.compile(r"\d{1,4}[/.-]\d|\d{4,}|^[\W\d]*$|^[A-Z]\d{2}")


@dataclass(eq=False)
class Table:
    """A drawn table, over page breaks too: ``rows`` hold the lines of each cell."""

    rows: list[list[list[Strip]]] = field(default_factory=list)

    @property
    def columns(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def arrange(strips: Sequence[Strip], document: Document) -> list[Strip]:
    """The lines in reading order, those of drawn tables cut into their cells; ``strip.table`` says of which table."""
    by_page = frames(document.rules)
    if not by_page:
        return list(strips)
    normal = normal_distance([strip.line for strip in strips])
    signs = dict(document.signs)
    placed: dict[int, list[tuple[Strip, tuple[int, int]]]] = defaultdict(list)
    whole: dict[int, list[Strip]] = defaultdict(list)
    of: dict[int, Frame] = {}
    for strip in strips:
        for frame in by_page.get(strip.page or 0, ()):
            parts = _parts(strip, frame, document, signs)
            if parts:
                placed[id(frame)] += parts
                whole[id(frame)].append(strip)
                of[id(strip)] = frame
                break
    maker = _Maker(normal)
    out: list[Strip] = []
    done: set[int] = set()
    for strip in strips:
        frame_of = of.get(id(strip))
        if frame_of is None:
            out.append(strip)
            maker.leave()
        elif id(frame_of) not in done:
            done.add(id(frame_of))
            out += maker.lines(frame_of, placed[id(frame_of)], whole[id(frame_of)])
    return _as_forms(out)


def _parts(
    strip: Strip, frame: Frame, document: Document, signs: Mapping[int, str]
) -> list[tuple[Strip, tuple[int, int]]]:
    """The line's parts with the cells that hold them; none where it stands outside."""
    y = strip.line.y
    first = frame.cell_at(strip.x, y)
    if first is None:
        return []
    cut: list[tuple[int, int, float, tuple[int, int]]] = []
    for start, end, x in strip.line.cells or ((strip.line.start, strip.line.end, strip.x),):
        cell = frame.cell_at(x, y) or first
        if cut and cut[-1][3] == cell:
            cut[-1] = (cut[-1][0], end, cut[-1][2], cell)
        else:
            cut.append((start, end, x, cell))
    if len(cut) == 1:
        return [(replace(strip, cells=()), first)]
    out = []
    for start, end, x, cell in cut:
        passage = as_shown(clean(document.text, start, end, False), signs)
        if passage:
            right = frame.xs[cell[1] + 1] if (start, end) != (cut[-1][0], cut[-1][1]) else strip.line.right
            line = replace(strip.line, start=start, end=end, x=x, right=right, cells=())
            out.append((replace(strip, line=line, passage=passage, cells=()), cell))
    return out


class _Maker:
    """Makes tables of frames in document order; one that goes on upon the next page is one table."""

    def __init__(self, normal: float) -> None:
        self.normal = normal
        self.open: tuple[Frame, Table] | None = None

    def leave(self) -> None:
        """A line outside all frames: what follows is another table."""
        self.open = None

    def lines(
        self, frame: Frame, parts: Sequence[tuple[Strip, tuple[int, int]]], whole: Sequence[Strip]
    ) -> list[Strip]:
        """The frame's lines, row by row; lines of a cell as wide as the table belong to no table.

        ``whole`` are the lines as they were, and are so left where they make no table.
        """
        cells: dict[tuple[int, int], list[Strip]] = defaultdict(list)
        for strip, cell in parts:
            cells[cell].append(strip)
        table = self._continued(frame)
        rows = sorted({row for row, _ in cells})
        is_lone_head = len(rows) == 1 and is_head([cells.get((rows[0], n), []) for n in range(len(frame.xs) - 1)])
        if table is None and (is_lone_head or len({column for _, column in cells}) < 2):
            self.open = None  # the rows below a lone head are not drawn: they are found by their columns
            return list(whole)
        out: list[Strip] = []
        begun = _last_row(table) if table and table.rows else None  # on the page before; it may go on here
        for row in rows:
            columns = sorted(column for at, column in cells if at == row)
            if columns == [0] and _is_whole_width(frame, row):
                out += self._spaced(cells[row, 0])
                table = None
                continue
            if table is None:
                table = Table()
            of_row = [self._spaced(cells[row, column]) if (row, column) in cells else []
                      for column in range(len(frame.xs) - 1)]
            if begun and not of_row[0]:
                for goes_on, more in zip(begun, of_row, strict=False):
                    goes_on += more
            else:
                table.rows.append(of_row)
            if not (begun and _words(of_row) == _words(table.rows[0])):  # its head may be printed again before
                begun = None
            for strip in chain.from_iterable(of_row):
                strip.table = table
                out.append(strip)
        self.open = (frame, table) if table else None
        return out

    def _continued(self, frame: Frame) -> Table | None:
        if self.open is None:
            return None
        before, table = self.open
        return table if frame.page == before.page + 1 and frame.has_columns_of(before) else None

    def _spaced(self, cell: list[Strip]) -> list[Strip]:
        """The lines of a cell from the top down, with their distances in the cell."""
        cell.sort(key=lambda strip: (strip.line.y, strip.x))
        before: Strip | None = None
        for strip in cell:
            size = max(strip.line.size, 1.0)
            strip.gap = 1.0 if before is None else (strip.line.y - before.line.y) / (size * self.normal)
            strip.is_page_start = strip.is_page_start and before is None
            strip.is_jump = False
            before = strip
        return cell


def _last_row(table: Table) -> list[list[Strip]]:
    """The last row that does not repeat the first one, the head."""
    head = _words(table.rows[0])
    return next((row for row in table.rows[:0:-1] if _words(row) != head), table.rows[0])


def _words(row: Sequence[Sequence[Strip]]) -> list[str]:
    return [strip.text for cell in row for strip in cell]


def _is_whole_width(frame: Frame, row: int) -> bool:
    return all(frame.roots[row, column] == (row, 0) for column in range(len(frame.xs) - 1))


# --------------------------------------------------------------------------- forms


def _as_forms(strips: list[Strip]) -> list[Strip]:
    """Lines of forms leave their tables: labels stand apart as headings do, before what they head."""
    tables = {id(strip.table): strip.table for strip in strips if strip.table}
    forms = {key for key, table in tables.items() if _is_form(table)}
    tails: set[int] = set()
    for key in forms:
        for label, body in tables[key].rows:
            for strip in (*label, *body):
                strip.table = None
            if body:
                body[0].gap = max(body[0].gap, APART)
            if label:
                tails |= {id(strip) for strip in label[1:]}
                _make_heading(label)
    return [strip for strip in strips if id(strip) not in tails]


def _make_heading(label: Sequence[Strip]) -> None:
    """The lines of a form's label as one line that heads what stands beside it, headings in there included."""
    first = label[0]
    first.passage = join([strip.passage for strip in label])
    first.gap = APART
    first.line = replace(first.line, end=label[-1].line.end, bold=True, heading=1, size=first.line.size + RANK_PT)


def _is_form(table: Table) -> bool:
    """Two columns, the left of short names, the right of lists or long text, and no row that names the columns."""
    if table.columns != 2 or is_head(table.rows[0]):
        return False
    labels = [" ".join(strip.text for strip in row[0]) for row in table.rows if row[0]]
    if not labels or any(len(label.split()) > LABEL_WORDS or _NO_LABEL.search(label) for label in labels):
        return False
    bodies = [row[1] for row in table.rows if len(row) > 1]
    words = sum(len(strip.text.split()) for body in bodies for strip in body)
    listed = max((sum(split_label(strip.passage)[0] is not None for strip in body) for body in bodies), default=0)
    return listed >= 2 and words >= FORM_WORDS * len(labels)


def is_head(row: Sequence[Sequence[Strip]]) -> bool:
    """Whether a row names the columns: all its cells set bold, or all short names."""
    cells = [cell for cell in row if cell]
    if len(cells) < 2 or len(cells) < len(row) - 1:
        return False
    texts = [" ".join(strip.text for strip in cell) for cell in cells]
    if any(len(text.split()) > LABEL_WORDS for text in texts) or any(split_label(cell[0].passage)[0] for cell in cells):
        return False
    return all(strip.line.bold for cell in cells for strip in cell) or all(
        len(text.split()) <= 4 and text[:1].isupper() and not text.endswith((".", ":"))
        and not any(map(str.isdigit, text)) for text in texts
    )
