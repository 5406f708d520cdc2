"""Document -> sections, nested lists, tables and page furniture, by layout and by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from policyview.anchor import anchor_of
from policyview.lexicon import Lexicon
from policyview.model import Block, Document, Part, Passage, Section, Structure
from policyview.segment.floats import settle
from policyview.segment.furniture import take_out
from policyview.segment.grids import arrange
from policyview.segment.heading_levels import Heading
from policyview.segment.headings import HeadingFinder, find_headings
from policyview.segment.nesting import nest
from policyview.segment.paragraphs import Joiner, Piece
from policyview.segment.run_in import parts_of, siblings_of
from policyview.segment.run_on import with_heads_apart
from policyview.segment.strips import Strip, strips_of, without_marks
from policyview.segment.tables import drop_label_cells, find_tables, rows_of, ruled_rows

EMPTY = Passage("", ())


def segment(document: Document, lexicon: Lexicon) -> Structure:
    """The structure of a document: sections with roles, and the blocks in each.

    Every printed line that is neither page furniture nor a lone raised mark ends in exactly one heading or block.
    """
    strips, boilerplate = take_out(strips_of(document), lexicon)
    strips = with_heads_apart(without_marks(strips), lexicon)
    strips = settle(arrange(strips, document))
    for strip in strips:
        drop_label_cells(strip, document.text)
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
        self.lexicon = finder.lexicon
        self.is_paged = finder.is_paged
        self.joiner = Joiner(finder.strips, finder.is_paged, finder.is_line_per_paragraph)
        self.tables = 0

    def build(self, start: int, end: int) -> tuple[Block, ...]:
        pieces: list[Piece] = []
        instead: dict[int, tuple[Block, ...]] = {}  # of a table, or of a list run together in a paragraph
        below: dict[int, tuple[Block, ...]] = {}
        for strips, rows in self._runs(start, end):
            if rows:
                instead[len(pieces)] = tuple(rows)
                pieces.append(Piece(strips[:1], None, [EMPTY]))
            else:
                for piece in self._with_siblings(self.joiner.pieces(strips)):
                    first, listed = self._run_in(piece)
                    (below if first.label else instead)[len(pieces)] = listed
                    pieces.append(first)
        passages = [EMPTY if instead.get(k) else self.joiner.passage(piece) for k, piece in enumerate(pieces)]
        return nest(pieces, passages, instead, below)

    def _with_siblings(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """The pieces, an item of a text without line ends parted where its words hold the next of its list."""
        for piece, after in zip_longest(pieces, pieces[1:]):
            parts = siblings_of(piece.label, self.joiner.passage(piece)) if piece.label and not self.is_paged else ()
            printed = after.label.printed if after is not None and after.label else ""
            if len(parts) < 2 or parts[1][0].printed == printed:
                yield piece
            else:
                yield from (Piece(piece.strips[:1], label, [words]) for label, words in parts)

    def _run_in(self, piece: Piece) -> tuple[Piece, tuple[Block, ...]]:
        """A paragraph up to the list that it runs together, and the blocks of the list; a paragraph's with itself."""
        parts = parts_of(self.joiner.passage(piece), None if piece.label else self.lexicon)
        if len(parts) == 1:
            return piece, ()
        pieces = [Piece(piece.strips[:1], label, [words]) for label, words in parts]
        pieces[0].label = piece.label
        own = pieces[1:] if piece.label else pieces
        return pieces[0], nest(own, [one.parts[0] for one in own])

    def _runs(self, start: int, end: int) -> Iterator[tuple[list[Strip], list[Block]]]:
        """Stretches of lines, with their rows where they are a table."""
        for drawn, of_table in groupby(self.strips[start:end], key=lambda strip: strip.table):
            strips = list(of_table)
            if drawn:
                yield strips, ruled_rows(drawn, self._number(), self.joiner)
                continue
            done = 0
            for table_start, table_end, grid in find_tables(strips):
                if done < table_start:
                    yield strips[done:table_start], []
                yield strips[table_start:table_end], rows_of(grid, self._number())
                done = table_end
            if done < len(strips):
                yield strips[done:], []

    def _number(self) -> int:
        self.tables += 1
        return self.tables
