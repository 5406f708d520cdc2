"""Document -> sections, nested lists, tables and page furniture, by layout and by words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from policyview.anchor import anchor_of
from policyview.lexicon import Lexicon
from policyview.model import Block, Document, Part, Section, Structure
from policyview.segment.floats import settle
from policyview.segment.furniture import take_out
from policyview.segment.grids import Table, arrange
from policyview.segment.headings import Heading, HeadingFinder, find_headings
from policyview.segment.nesting import nest
from policyview.segment.paragraphs import Joiner
from policyview.segment.strips import Strip, strips_of, without_marks
from policyview.segment.tables import drop_label_cells, find_tables, rows_of, ruled_rows


def segment(document: Document, lexicon: Lexicon) -> Structure:
    """The structure of a document: sections with roles, and the blocks in each.

    Every printed line that is neither page furniture nor a lone raised mark ends in exactly one heading or block.
    """
    strips, boilerplate = take_out(strips_of(document), lexicon)
    strips = without_marks(strips)
    strips = settle(arrange(strips, document))
    for strip in strips:
        drop_label_cells(strip)
    finder = HeadingFinder(strips, lexicon)
    headings = find_headings(finder)
    builder = _Blocks(finder)
    parts: list[Part] = []
    path: list[Section] = []
    if not headings or headings[0].start > 0:
        parts.append(Part(None, builder.build(0, headings[0].start if headings else len(strips))))
    ends = [*(h.start for h in headings[1:]), len(strips)]
    for heading, after in zip(headings, ends, strict=False):  # no heading, one end
        section = _section(document, heading)
        path = [*[s for s in path if s.level < section.level], section]
        parts.append(Part(section, builder.build(heading.end, after), tuple(path)))
    return Structure(tuple(parts), boilerplate)


def _section(document: Document, heading: Heading) -> Section:
    return Section(heading.passage.text, heading.level, heading.role, anchor_of(document, heading.passage))


class _Blocks:
    """Builds the blocks between two headings; numbers the tables through the document."""

    def __init__(self, finder: HeadingFinder) -> None:
        self.strips = finder.strips
        self.joiner = Joiner(finder.strips, finder.is_paged, finder.is_line_per_paragraph)
        self.tables = 0

    def build(self, start: int, end: int) -> tuple[Block, ...]:
        out: list[Block] = []
        for table, run in groupby(self.strips[start:end], key=lambda strip: strip.table):
            out.extend(self._rows(table) if table else self._plain(list(run)))
        return tuple(out)

    def _rows(self, table: Table) -> list[Block]:
        self.tables += 1
        return ruled_rows(table, self.tables, self.joiner)

    def _plain(self, strips: Sequence[Strip]) -> list[Block]:
        out: list[Block] = []
        done = 0
        for table_start, table_end, grid in find_tables(strips):
            out.extend(self._text(strips[done:table_start]))
            self.tables += 1
            out.extend(rows_of(grid, self.tables))
            done = table_end
        out.extend(self._text(strips[done:]))
        return out

    def _text(self, strips: Sequence[Strip]) -> tuple[Block, ...]:
        if not strips:
            return ()
        pieces = self.joiner.pieces(strips)
        return nest(pieces, [self.joiner.passage(piece) for piece in pieces])
