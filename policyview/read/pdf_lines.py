"""Where the printed lines of a PDF page stand: position, size, weight, declared heading, cells."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from policyview.model import WHITE, Line
from policyview.read import columns, tags
from policyview.read.bullets import Bullet, bullets
from policyview.read.fonts import Fonts
from policyview.read.mapping import Mapping, page_mapping
from policyview.read.strokes import Mark, Stroke

_PRINTED_LINE = re.compile(r"[^\r\n\ufffe\x02]*[^\s\ufffe\x02][^\r\n\ufffe\x02]*[\ufffe\x02]?")
_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?")


_STRUCK = (0.15, 0.36)  # in type sizes above the foot: where a line goes through small letters
_UNDER = 0.3  # in type sizes below the foot of the letters
_BEYOND_PT = 6.0  # so far may an underline run beyond the words
_BLUE = 60  # of 255: so much more blue than other colours
_COLOURED = 40  # of 255: between the strongest and the weakest of a colour's three parts
_WHITE_PART = 250  # of 255
_MOST = 0.8  # of a line's width
_POINTER = ctypes.c_void_p
_char_box = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int, _POINTER, _POINTER, _POINTER, _POINTER)(
    ctypes.cast(raw.FPDFText_GetCharBox, _POINTER).value or 0
)
"""FPDFText_GetCharBox by plain addresses: asked twice a word, and twice as fast as through pypdfium2's types."""


@dataclass
class Probed:
    """What PDFium tells of a line; ``edges`` are the left and right edge of each word on the canvas."""

    start: int
    end: int
    words: Sequence[tuple[int, int]]
    edges: Sequence[tuple[float, float]]
    origin: tuple[float, float]
    size: float
    fonts: tuple[int, ...]
    heading: int


class LineProbe:
    """Asks PDFium a few things a line; keeps what it learns of the document's fonts, and C buffers."""

    def __init__(self) -> None:
        self._numbers = (ctypes.c_double * 4)()
        self._places = tuple(ctypes.addressof(self._numbers) + 8 * k for k in range(4))
        self._matrix = raw.FS_MATRIX()
        self._matrix_ref = ctypes.byref(self._matrix)
        self._parts = tuple(ctypes.c_uint() for _ in range(4))  # of a colour
        self._part_refs = tuple(map(ctypes.byref, self._parts))
        self._fonts = Fonts()
        self.struck: tuple[tuple[int, int], ...] = ()  # spans of the last page's text that are struck out
        self.bullets: tuple[Bullet, ...] = ()  # that the last page draws

    def lines(self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, printed: str,
              strokes: Sequence[Stroke] = (), marks: Sequence[Mark] = ()) -> tuple[Line, ...]:
        """All lines with words; the top left corner of the shown page is (0, 0).

        ``printed`` is PDFium's own text of the page, a character for each of its indexes. Upright ``strokes``
        between words part cells; a line begins at its bullet, one among ``marks`` too.
        """
        headings = tags.heading_levels(page)
        probed = [
            self._probed(text_page.raw, printed, match.span(), headings) for match in _PRINTED_LINE.finditer(printed)
        ]
        mapping = page_mapping(page)
        level = _Level(strokes)
        self.struck = struck(probed, level)
        found = bullets(printed, probed, marks)
        self.bullets = tuple(found.values())
        cells = columns.cells(printed, probed, [stroke for stroke in strokes if not stroke.is_level])
        return tuple(
            self._line(of, mapping, of_cells, self._look(text_page.raw, of, level), found.get(nth))
            for nth, (of, of_cells) in enumerate(zip(probed, cells, strict=True))
        )

    def _probed(
        self, handle: Any, printed: str, span: tuple[int, int], headings: tags.Levels
    ) -> Probed:
        words = [word.span() for word in _WORD.finditer(printed, *span)]
        first, last = words[0][0], words[-1][1] - 1
        edges = self._edges(ctypes.cast(handle, ctypes.c_void_p).value or 0, words)
        fonts: tuple[int, ...] = (self._fonts.font_at(handle, first),)
        if self._fonts.may_be_bold(fonts[0]) or self._fonts.is_italic(fonts[0]):  # else the rest does not matter
            middle = words[len(words) // 2][0]
            fonts += (self._fonts.font_at(handle, middle), self._fonts.font_at(handle, last))
        level = tags.level_of(handle, first, headings) if headings else 0
        return Probed(*span, words, edges, self._origin(handle, first), self._size(handle, first), fonts, level)

    def _line(
        self, of: Probed, mapping: Mapping, cells: columns.Spans, look: _Look, bullet: Bullet | None
    ) -> Line:
        x, y = mapping.apply(bullet.left if bullet else of.origin[0], of.origin[1])
        right, _ = mapping.apply(of.edges[-1][1], of.origin[1])
        bold = all(self._fonts.is_bold(font) for font in of.fonts)
        shown = tuple((start, end, round(mapping.apply(left, of.origin[1])[0], 2)) for start, end, left in cells)
        italic = all(self._fonts.is_italic(font) for font in of.fonts)
        return Line(of.start, of.end, None, round(x, 2), round(y, 2), round(right, 2), of.size, bold, of.heading, shown,
                    italic, look.underlined, look.colour)

    def _origin(self, handle: object, index: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y))
        return x.value, y.value

    def _edges(self, address: int, words: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
        """The left edge of each word's first character and the right edge of its last."""
        numbers, places, found = self._numbers, self._places, []
        for start, end in words:
            _char_box(address, start, *places)
            left = numbers[0]
            if end - start > 1:
                _char_box(address, end - 1, *places)
            found.append((left, numbers[1]))
        return found

    def _look(self, handle: object, line: Probed, level: _Level) -> _Look:
        """The look of a line by its first word; an underlined line in blue is a link."""
        if not raw.FPDFText_GetFillColor(handle, line.words[0][0], *self._part_refs):
            return _Look(_is_underlined(line, level), 0)
        red, green, blue, _ = (part.value for part in self._parts)
        is_link = blue > max(red, green) + _BLUE
        return _Look(not is_link and _is_underlined(line, level), colour(red, green, blue))

    def _size(self, handle: object, index: int) -> float:
        """The type size as drawn: the font's own size, scaled by the text matrix."""
        size = float(raw.FPDFText_GetFontSize(handle, index))
        if raw.FPDFText_GetMatrix(handle, index, self._matrix_ref):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return round(size, 2) if math.isfinite(size) else 0.0


class _Level:
    """The level strokes of a page from its foot up: each printed line asks for the few at its height."""

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        self._strokes = sorted((s for s in strokes if s.is_level), key=lambda s: s.bottom + s.top)
        self._heights = [(s.bottom + s.top) / 2 for s in self._strokes]

    def between(self, low: float, high: float) -> Sequence[Stroke]:
        """Those whose middle stands between two heights."""
        return self._strokes[bisect_left(self._heights, low):bisect_right(self._heights, high)]


def struck(lines: Sequence[Probed], level: _Level) -> tuple[tuple[int, int], ...]:
    """The spans of words that a line is drawn through: a draft shows so what is deleted."""
    found: list[tuple[int, int]] = []
    for line in lines:
        foot, size = line.origin[1], line.size
        through = [s for s in level.between(foot + _STRUCK[0] * size, foot + _STRUCK[1] * size)
                   if s.top - s.bottom < 0.2 * size]
        for (start, end), (left, right) in zip(line.words, line.edges, strict=True) if through else ():
            covered = sum(max(0.0, min(s.right, right) - max(s.left, left)) for s in through)
            if right > left and covered >= _MOST * (right - left):
                found.append((start, end))
    return tuple(found)


@dataclass(frozen=True)
class _Look:
    """How a line is printed beside its type: underlined, in which colour."""

    underlined: bool
    colour: int


def colour(red: int, green: int, blue: int) -> int:
    """A number for a colour, near ones alike; 0 for black and grey."""
    if min(red, green, blue) >= _WHITE_PART:
        return WHITE
    if max(red, green, blue) - min(red, green, blue) < _COLOURED:
        return 0
    return red >> 4 << 8 | green >> 4 << 4 | blue >> 4


def _is_underlined(line: Probed, level: _Level) -> bool:
    """Whether strokes just under the words run along most of the line, and not beyond it as a table's rule does."""
    left, right, foot = line.edges[0][0], line.edges[-1][1], line.origin[1]
    low, high = foot - _UNDER * line.size, foot + 0.1 * line.size
    under = [
        s for s in level.between(low, high) if low <= s.bottom and s.top <= high and s.right > left and s.left < right
    ]
    if not under or min(s.left for s in under) < left - _BEYOND_PT or max(s.right for s in under) > right + _BEYOND_PT:
        return False
    return sum(min(s.right, right) - max(s.left, left) for s in under) >= _MOST * (right - left)
