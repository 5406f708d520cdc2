"""A font of two glyphs: the open and the ticked box that forms print. No font of reportlab's has them."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000  # font units
OPEN, TICKED = "\u2610", "\u2612"


def _rectangle(pen: TTGlyphPen, left: int, bottom: int, right: int, top: int, *, hole: bool = False) -> None:
    corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
    if hole:
        corners = [corners[0], *reversed(corners[1:])]
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()


def _box(*, ticked: bool) -> object:
    pen = TTGlyphPen(None)
    _rectangle(pen, 80, 0, 820, 740)
    _rectangle(pen, 140, 60, 760, 680, hole=True)
    if ticked:
        _rectangle(pen, 260, 180, 640, 560)
    return pen.glyph()


@cache
def boxfont() -> bytes:
    """The font as a TrueType file; the same bytes each time."""
    builder = FontBuilder(EM, isTTF=True)
    names = [".notdef", "space", "open", "ticked"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x20: "space", ord(OPEN): "open", ord(TICKED): "ticked"})
    empty = [TTGlyphPen(None).glyph() for _ in range(2)]
    builder.setupGlyf(dict(zip(names, [*empty, _box(ticked=False), _box(ticked=True)], strict=True)))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (900, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes-Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    made = BytesIO()
    builder.save(made)
    return made.getvalue()
