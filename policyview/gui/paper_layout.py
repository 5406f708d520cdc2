"""Lays the parts of a comparison out on pages: tables with their heads on each page, passages in columns.

Lengths are tenths of a point, whatever the device; nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from policyview.export.paper.form import Block, Edge, Line, Lines, Part, Passage, Square, Squares, Style, Table

POINT = 10.0  # units
_MARGIN = 31 * POINT  # 11 mm
_FOOT = 14 * POINT
_PAD, _GAP, _COLUMN_GAP = 4 * POINT, 6 * POINT, 16 * POINT
_INDENT, ICON = 8 * POINT, 8.5 * POINT
_HEAD_ROOM = 0.25  # of a page: a head that has less below it goes to the next one
SIZES: dict[Style, float] = {
    "title": 18, "heading": 11, "row": 9.2, "strong": 8, "normal": 8, "soft": 7.2, "small": 6.2, "quote": 8,
    "warning": 7.5, "accent": 7.5,
}  # fmt: skip
_SPACE_ABOVE: dict[Style, float] = {"title": 2 * POINT, "heading": 4 * POINT, "row": 4 * POINT}


@dataclass(frozen=True)
class Words:
    """A line as it fits: ``text`` with its upper left corner at ``left``, ``top``."""

    left: float
    top: float
    text: str
    line: Line


@dataclass(frozen=True)
class Icon:
    rect: QRectF
    line: Line


@dataclass(frozen=True)
class Box:
    """``kind`` is an edge, ``ground`` (of a head), ``rule`` (a thin line) or ``bar``."""

    rect: QRectF
    kind: str


@dataclass
class Page:
    called: str
    drawn: list[Words | Icon | Box] = field(default_factory=list)


def font(style: Style) -> QFont:
    """The font of a style, one pixel of it being a unit."""
    made = QFont("Policyview Sans")
    made.setPixelSize(round(SIZES[style] * POINT))
    made.setBold(style in {"title", "heading", "row", "strong"})
    made.setFeature(QFont.Tag("liga"), 0)  # or "filter" is not found in a PDF
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@dataclass(frozen=True)
class _Row:
    """A line of text as it fits, not yet on a page."""

    text: str
    line: Line
    height: float
    is_first: bool


class Measure:
    """Breaks lines to a width."""

    def __init__(self) -> None:
        self._fonts: dict[Style, QFont] = {style: font(style) for style in SIZES}
        self._heights = {style: QFontMetricsF(each).height() * 1.04 for style, each in self._fonts.items()}

    def rows(self, lines: Lines, width: float) -> list[_Row]:
        """The lines at a width, each in as many rows as it needs."""
        return [row for line in lines for row in self._broken(line, width)]

    def _broken(self, line: Line, width: float) -> Iterator[_Row]:
        room = max(4 * POINT, width - line.depth * _INDENT - (ICON + 3 * POINT if line.icon else 0))
        layout = QTextLayout(line.text, self._fonts[line.style])
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        spans: list[tuple[int, int]] = []
        while (piece := layout.createLine()).isValid():
            piece.setLineWidth(room)
            spans.append((piece.textStart(), piece.textLength()))
        layout.endLayout()
        units = line.text.encode("utf-16-le", "replace")  # Qt counts in UTF-16
        for number, (start, length) in enumerate(spans):
            text = units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace").rstrip()
            above = _SPACE_ABOVE.get(line.style, 0.0) if number == 0 else 0.0
            yield _Row(text, line, self._heights[line.style] + above, number == 0)


def _height(rows: Sequence[_Row]) -> float:
    return sum(row.height for row in rows)


class Layout:
    """Fills ``pages`` of a size in points."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width * POINT, height * POINT
        self.pages: list[Page] = []
        self._measure = Measure()
        self._columns, self._column, self._top = 1, 0, _MARGIN
        self._called = ""
        self._is_touched = False  # whether anything stands in the current column

    # ------------------------------------------------------------ where it goes on

    @property
    def _bottom(self) -> float:
        return self.height - _MARGIN - _FOOT

    @property
    def _column_width(self) -> float:
        return (self.width - 2 * _MARGIN - (self._columns - 1) * _COLUMN_GAP) / self._columns

    @property
    def _left(self) -> float:
        return _MARGIN + self._column * (self._column_width + _COLUMN_GAP)

    @property
    def _room(self) -> float:
        return self._bottom - self._top

    def _turn(self) -> None:
        """To the next column, or the next page."""
        self._column += 1
        self._top, self._is_touched = _MARGIN, False
        if self._column >= self._columns:
            self._column = 0
            self.pages.append(Page(self._called))

    def fill(self, parts: Sequence[Part]) -> Iterator[None]:
        """Lays the parts out; None after each row of a table and each passage, so that the work can be left."""
        for part in parts:
            self._called, self._columns, self._column = part.called, part.columns, part.columns
            self._turn()
            for number, block in enumerate(part.blocks):
                following = part.blocks[number + 1] if number + 1 < len(part.blocks) else None
                if isinstance(block, Table):
                    yield from self._table(block)
                else:
                    self._passage(block, following)
                yield None

    # ------------------------------------------------------------ passages

    def _passage(self, passage: Passage, following: Block | None) -> None:
        rows = self._measure.rows(passage.lines, self._column_width)
        need = _height(rows) + (self._wanted_below(following) if passage.is_head else 0)
        whole = self._bottom - _MARGIN
        if self._is_touched and need > self._room and need <= whole:
            self._turn()
        for row in rows:
            if row.height > self._room and self._is_touched:
                self._turn()
            self._put(row, self._left, self._column_width)
        self._top += _GAP

    def _wanted_below(self, following: Block | None) -> float:
        most = (self._bottom - _MARGIN) * _HEAD_ROOM
        if isinstance(following, Passage):
            return min(most, _height(self._measure.rows(following.lines, self._column_width)) + _GAP)
        return most if following is not None else 0

    def _put(self, row: _Row, left: float, width: float) -> None:
        self._words(row, left, self._top)
        self._top += row.height
        self._is_touched = True

    def _words(self, row: _Row, left: float, top: float) -> None:
        drawn, line = self.pages[-1].drawn, row.line
        left += line.depth * _INDENT
        above = _SPACE_ABOVE.get(line.style, 0.0) if row.is_first else 0.0
        if line.icon:
            if row.is_first:
                drawn.append(Icon(QRectF(left, top + above + 0.8 * POINT, ICON, ICON), line))
            left += ICON + 3 * POINT
        drawn.append(Words(left, top + above, row.text, line))

    # ------------------------------------------------------------ tables

    def _table(self, table: Table) -> Iterator[None]:
        widths = [share * self._column_width for share in table.widths]
        group: list[_Row] = []
        self._heads(table, widths, group)
        for row in table.rows:
            if isinstance(row, Line):
                group = self._measure.rows((row,), self._column_width - 2 * _PAD)
                if _height(group) + 6 * _PAD > self._room:
                    self._turn()
                    self._heads(table, widths, [])
                self._group(group)
            else:
                self._fields(table, row, widths, group)
            yield None
        self._top += _GAP

    def _heads(self, table: Table, widths: Sequence[float], group: list[_Row]) -> None:
        if table.heads:
            broken = self._broken(table.heads, widths)
            height = max(_height(rows) for rows in broken) + 2 * _PAD
            self.pages[-1].drawn.append(Box(QRectF(self._left, self._top, self._column_width, height), "ground"))
            self._draw(table.heads, broken, widths, height)
        if group:
            self._group(group)

    def _group(self, group: Sequence[_Row]) -> None:
        height = _height(group) + _PAD
        self.pages[-1].drawn.append(Box(QRectF(self._left, self._top, self._column_width, height), "ground"))
        top = self._top + _PAD / 2
        for row in group:
            self._words(row, self._left + _PAD, top)
            top += row.height
        self._top += height
        self._is_touched = True

    def _broken(self, fields: Squares, widths: Sequence[float]) -> list[list[_Row]]:
        return [self._measure.rows(each.lines, width - 2 * _PAD) for each, width in zip(fields, widths, strict=True)]

    def _fields(self, table: Table, fields: Squares, widths: Sequence[float], group: list[_Row]) -> None:
        broken = self._broken(fields, widths)
        height = max(_height(rows) for rows in broken) + 2 * _PAD
        if height > self._room and self._is_touched:
            self._turn()
            self._heads(table, widths, group)
        while height > self._room:  # higher than a page: what fits, then on with the rest
            fitting = [_fitting(rows, self._room - 2 * _PAD) for rows in broken]
            if not any(fitting):
                break  # nothing would: heads that take the page
            self._draw(fields, [rows[:n] for rows, n in zip(broken, fitting, strict=True)], widths, self._room)
            broken = [rows[n:] for rows, n in zip(broken, fitting, strict=True)]
            height = max(_height(rows) for rows in broken) + 2 * _PAD
            self._turn()
            self._heads(table, widths, group)
        self._draw(fields, broken, widths, height)

    def _draw(
        self, fields: Squares, broken: Sequence[Sequence[_Row]], widths: Sequence[float], height: float
    ) -> None:
        drawn, left = self.pages[-1].drawn, self._left
        for each, rows, width in zip(fields, broken, widths, strict=True):
            self._edge(each, QRectF(left, self._top, width, height))
            top = self._top + _PAD
            for row in rows:
                self._words(row, left + _PAD, top)
                top += row.height
            left += width
        self._top += height
        self._is_touched = True
        drawn.append(Box(QRectF(self._left, self._top, self._column_width, 0), "rule"))

    def _edge(self, each: Square, rect: QRectF) -> None:
        inner = POINT * 1.5
        if each.edge:
            kind: Edge = each.edge
            self.pages[-1].drawn.append(Box(rect.adjusted(inner, inner, -inner, -inner), kind))
        if each.is_marked:
            self.pages[-1].drawn.append(Box(QRectF(rect.left(), rect.top(), inner, rect.height()), "bar"))


def _fitting(rows: Sequence[_Row], room: float) -> int:
    """How many rows fit."""
    height, count = 0.0, 0
    for row in rows:
        height += row.height
        if height > room:
            break
        count += 1
    return count
