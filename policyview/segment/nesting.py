"""Nested lists: which item stands under which, told by the sequence of labels and by indentation.

``i.`` after ``h.`` is a letter, after ``a.`` a roman numeral one deeper; a label that carries on an open
list closes all lists inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType

from policyview.model import Block, Passage
from policyview.segment.labels import Reading
from policyview.segment.paragraphs import Piece

_LEADS_IN = re.compile(r":$")
_COUNTED = re.compile(r"\b(?:following|these) (two|three|four|five|six|seven|eight)\b[^:]*:$", re.IGNORECASE)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight")
_TIED = re.compile(r"[;,]\s*(?:or|and)$", re.IGNORECASE)
_ENDS = re.compile(r"[^:,–—-]$")
_SPEAKS_OF_LIST = re.compile(
    r"\b(?:following|below|these)\b|\b(?:all|any|one|both|either|two) of\b|\b(?:with|of|for|and|or|when|if|as)$",
    re.IGNORECASE,
)
SAME_INDENT = 7.0  # points
FAR = 26.0  # points; a label in sequence may be set this far off (right-aligned numerals)


@dataclass(eq=False)
class Node:
    """A block under construction."""

    piece: Piece
    passage: Passage
    children: list[Node] = field(default_factory=list)
    rows: tuple[Block, ...] = ()  # of the table that it stands for, if any

    def blocks(self) -> tuple[Block, ...]:
        return self.rows or (self._block(),)

    def _block(self) -> Block:
        strip = self.piece.strips[0]
        label = self.piece.label
        return Block(
            "item" if label else "paragraph",
            self.passage,
            label.printed if label else "",
            children=_blocks(self.children),
            is_bold=all(s.line.bold for s in self.piece.strips),
            page=strip.page,
            x=strip.x,
        )


def _blocks(nodes: Iterable[Node]) -> tuple[Block, ...]:
    return tuple(chain.from_iterable(node.blocks() for node in nodes))


@dataclass(eq=False)
class Level:
    """An open list: how its labels count, the last one seen, where they stand, and where its items go."""

    style: str
    last: int
    x: float
    items: list[Node]


class Nester:
    """Builds the tree of one run of pieces."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        labelled = [p.x for p in pieces if p.label]
        self.is_flat = not labelled or max(labelled) - min(labelled) < SAME_INDENT
        self.top: list[Node] = []
        self.levels: list[Level] = []
        self.pending: list[Node] = []

    def add(self, piece: Piece, passage: Passage, below: tuple[Block, ...] = ()) -> None:
        node = Node(piece, passage, [Node(piece, passage, rows=below)] if below else [])
        if piece.label is None:
            self.pending.append(node)
            return
        found = self._open_level(piece)
        if found is not None:
            k, reading = found
            del self.levels[k + 1 :]
            level = self.levels[k]
            self._settle_pending(level)
            level.items.append(node)
            level.last, level.x = reading.ordinal, piece.x
            return
        self._begin_list(piece, node)

    def finish(self) -> tuple[Block, ...]:
        deep = [n for n in self.pending if self._hangs_under(n)]
        for node in self.pending:
            if node in deep and self.pending.index(node) == deep.index(node):
                self.levels[-1].items[-1].children.append(node)
            else:
                self.top.append(node)
        self.pending = []
        if self.is_flat:
            _hang_flat_bullets(self.top)
        return _blocks(self.top)

    # ----------------------------------------------------------------- where a label belongs

    def _is_near(self, x: float, level: Level, within: float) -> bool:
        return self.is_flat or abs(x - level.x) <= within

    def _open_level(self, piece: Piece) -> tuple[int, Reading] | None:
        """The open list that this label carries on."""
        assert piece.label is not None
        if piece.label.is_bullet and any(not n.piece.is_connector and not self._hangs_under(n) for n in self.pending):
            return None  # a paragraph of its own ended the bullets
        for within in (SAME_INDENT, FAR):
            for k in range(len(self.levels) - 1, -1, -1):
                level = self.levels[k]
                for reading in piece.label.readings:
                    if reading.style != level.style or not self._is_near(piece.x, level, within):
                        continue
                    if reading.ordinal == 0 and within == SAME_INDENT:
                        return k, reading
                    if reading.ordinal and reading.ordinal == level.last + 1:
                        return k, reading
        for k in range(len(self.levels) - 1, -1, -1):  # numbered twice by mistake
            level = self.levels[k]
            if not self.is_flat and self._is_near(piece.x, level, SAME_INDENT / 2):
                for reading in piece.label.readings:
                    if reading.style == level.style and reading.ordinal == level.last > 1:
                        return k, reading
        for k in range(len(self.levels) - 1, -1, -1):  # a number was skipped, or its item was lost
            level = self.levels[k]
            for reading in piece.label.readings:
                if (
                    reading.style == level.style
                    and level.last + 1 < reading.ordinal <= level.last + 4
                    and not self.is_flat
                    and self._is_near(piece.x, level, SAME_INDENT)
                ):
                    return k, reading
        return None

    def _hangs_under(self, node: Node) -> bool:
        """Whether a paragraph is indented so far that it belongs to the item above it."""
        return bool(self.levels) and not self.is_flat and node.piece.x > self.levels[-1].x + SAME_INDENT

    def _settle_pending(self, level: Level) -> None:
        """Paragraphs between two items: under the item above where indented, else between them."""
        for node in self.pending:
            under = (
                level.items
                and level.items[-1].piece.label  # a paragraph beside the items ends what hangs under one
                and not node.piece.is_connector
                and not self.is_flat
                and node.piece.x > level.x + SAME_INDENT
            )
            (level.items[-1].children if under else level.items).append(node)
        self.pending = []

    def _is_led_in(self, piece: Piece, reading: Reading) -> bool:
        """Whether the item above announces a list of another kind, though it is set no deeper."""
        level = self.levels[-1]
        announces = bool(level.items) and bool(_LEADS_IN.search(level.items[-1].passage.text.rstrip()))
        return announces and reading.ordinal <= 1 and reading.style != level.style and piece.x > level.x - SAME_INDENT

    def _is_closed(self, level: Level) -> bool:
        """Whether a numbered list ends the bullets before it: the last of them leads nothing in."""
        text = level.items[-1].passage.text.rstrip() if level.items else ""
        return level.style.startswith("bullet") and bool(_ENDS.search(text)) and not _SPEAKS_OF_LIST.search(text)

    def _begin_list(self, piece: Piece, node: Node) -> None:
        assert piece.label is not None
        reading = next((r for r in piece.label.readings if r.ordinal == 1), piece.label.readings[0])
        if self.is_flat and not piece.label.is_bullet:
            while self.levels and self._is_closed(self.levels[-1]):
                self.levels.pop()
        if not self.is_flat:
            while (
                self.levels
                and piece.x <= self.levels[-1].x + SAME_INDENT
                and not self._is_led_in(piece, reading)
                and (
                    piece.x < self.levels[-1].x - SAME_INDENT
                    or self.levels[-1].style != reading.style
                    or reading.ordinal <= 1
                )
            ):
                self.levels.pop()
        apart = [n for n in self.pending if not n.piece.is_connector and not self._hangs_under(n)]
        if apart:
            ends_with_colon = apart[-1].passage.text.rstrip().endswith(":")
            if not (self.is_flat and reading.ordinal > 1) and (
                not self.is_flat or ends_with_colon or reading.ordinal <= 1
            ):
                self.levels.clear()
        if self.levels:
            parent = self.levels[-1].items[-1]
            parent.children.extend(self.pending)
            items = parent.children
        else:
            self.top.extend(self.pending)
            items = self.top
        self.pending = []
        items.append(node)
        self.levels.append(Level(reading.style, reading.ordinal, piece.x, items))


def _hang_flat_bullets(nodes: list[Node]) -> None:
    """Bullets that lost their indentation hang under the item that leads them in: as many as it says ("the following
    three criteria:"), or those tied by "or" or "and"."""
    k = 0
    while k < len(nodes):
        lead = nodes[k]
        k += 1
        if not (lead.piece.label and lead.piece.label.is_bullet and _LEADS_IN.search(lead.passage.text)):
            continue
        if counted := _COUNTED.search(lead.passage.text):
            own = nodes[k : k + _NUMBERS.index(counted.group(1).lower()) + 2]
            if all(node.piece.label for node in own):
                lead.children.extend(own)
                del nodes[k : k + len(own)]
                continue
        end = k
        while end < len(nodes) and nodes[end].piece.label and _TIED.search(nodes[end].passage.text):
            end += 1
        if end > k and end < len(nodes) and nodes[end].piece.label:
            lead.children.extend(nodes[k : end + 1])
            del nodes[k : end + 1]


def nest(
    pieces: Sequence[Piece],
    passages: Sequence[Passage],
    instead: Mapping[int, tuple[Block, ...]] = MappingProxyType({}),
    below: Mapping[int, tuple[Block, ...]] = MappingProxyType({}),
) -> tuple[Block, ...]:
    """Paragraphs and items as a tree; connectors ("or") stand between the items they join.

    ``instead`` gives the blocks for which a piece stands, the rows of a table say: a list goes on behind them.
    ``below`` gives the blocks that stand in an item from the start.
    """
    nester = Nester(pieces)
    for k, (piece, passage) in enumerate(zip(pieces, passages, strict=True)):
        if rows := instead.get(k):
            nester.pending.append(Node(piece, passage, rows=rows))
        else:
            nester.add(piece, passage, below.get(k, ()))
    return nester.finish()
