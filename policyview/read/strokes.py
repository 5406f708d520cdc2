"""What a page draws beside its text: straight lines (rules of tables, underlines, strike-outs), and small marks."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Literal

import pypdfium2
from pypdfium2 import raw

_DRAWN = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
_MOST_OBJECTS = 20_000  # drawn objects that are looked at; a page of maps may have a million
_MOST_POINTS = 400  # of one drawing; a grid drawn at once has fewer
_THIN_PT = 3.0  # a thicker bar is a shade, not a line
_SMALL_PT = 1.2, 12.0  # width and height of a mark
_STRAIGHT_PT = 0.6  # how far the ends of a level or upright line may be out

_POINTER = ctypes.c_void_p
_object_at = ctypes.CFUNCTYPE(_POINTER, _POINTER, ctypes.c_int)(
    ctypes.cast(raw.FPDFPage_GetObject, _POINTER).value or 0
)
_kind = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER)(ctypes.cast(raw.FPDFPageObj_GetType, _POINTER).value or 0)
_bounds = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)(
    ctypes.cast(raw.FPDFPageObj_GetBounds, _POINTER).value or 0
)
"""Asked once a drawn object, of which a page may have thousands: by plain addresses, as in ``pdf_lines``."""


@dataclass(frozen=True)
class Stroke:
    """A level or upright line on the page's canvas, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.top - self.bottom


@dataclass(frozen=True)
class Mark:
    """A shape or picture no larger than a letter."""

    box: Stroke
    kind: Literal["filled", "hollow", "picture"]


def drawings(page: pypdfium2.PdfPage) -> tuple[tuple[Stroke, ...], tuple[Mark, ...]]:
    """All straight level or upright lines that are drawn on a page, thin filled bars too; and its small marks."""
    found: list[Stroke] = []
    marks: list[Mark] = []
    handle = ctypes.cast(page.raw, _POINTER).value
    edges = (ctypes.c_float * 4)()
    at = [ctypes.addressof(edges) + 4 * k for k in range(4)]
    for nth in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawing = _object_at(handle, nth)
        kind = _kind(drawing)
        if kind not in _DRAWN or not _bounds(drawing, *at):
            continue
        left, bottom, right, top = edges
        short, long = sorted((right - left, top - bottom))
        if _SMALL_PT[0] <= short and long <= _SMALL_PT[1]:
            marks.append(Mark(Stroke(left, bottom, right, top), _look(kind, drawing)))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            continue
        if short <= _THIN_PT:
            found.append(Stroke(left, bottom, right, top))
        else:
            found += _outlines(ctypes.cast(drawing, raw.FPDF_PAGEOBJECT))
    return tuple(found), tuple(marks)


def _look(kind: int, drawing: int) -> Literal["filled", "hollow", "picture"]:
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        return "picture"
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(ctypes.cast(drawing, raw.FPDF_PAGEOBJECT), fill, stroke)
    return "filled" if fill.value else "hollow"


def _outlines(drawing: object) -> list[Stroke]:
    """The sides of a drawing that is more than one line, where they are drawn and not only filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    count = raw.FPDFPath_CountSegments(drawing)
    if not raw.FPDFPath_GetDrawMode(drawing, fill, stroke) or not stroke.value or not 2 <= count <= _MOST_POINTS:
        return []
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawing, matrix)
    out: list[Stroke] = []
    start: tuple[float, float] | None = None
    before: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for nth in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawing, nth)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO and before:
            out += _straight(before, here)
        if raw.FPDFPathSegment_GetClose(segment) and start:
            out += _straight(here, start)
        before = here
    return out


def _straight(one: tuple[float, float], other: tuple[float, float]) -> list[Stroke]:
    width, height = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(width, height) > _STRAIGHT_PT or max(width, height) <= _THIN_PT:
        return []
    return [Stroke(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))]
