"""The straight lines that a page draws: rules of tables, underlines, strike-outs."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

_MOST_OBJECTS = 20_000  # drawn objects that are looked at; a page of maps may have a million
_MOST_POINTS = 400  # of one drawing; a grid drawn at once has fewer
_THIN_PT = 3.0  # a thicker bar is a shade, not a line
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


def strokes(page: pypdfium2.PdfPage) -> tuple[Stroke, ...]:
    """All straight level or upright lines that are drawn on a page, thin filled bars too."""
    found: list[Stroke] = []
    handle = ctypes.cast(page.raw, _POINTER).value
    edges = (ctypes.c_float * 4)()
    at = [ctypes.addressof(edges) + 4 * k for k in range(4)]
    for nth in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawing = _object_at(handle, nth)
        if _kind(drawing) != raw.FPDF_PAGEOBJ_PATH or not _bounds(drawing, *at):
            continue
        left, bottom, right, top = edges
        if min(right - left, top - bottom) <= _THIN_PT:
            found.append(Stroke(left, bottom, right, top))
        else:
            found += _outlines(ctypes.cast(drawing, raw.FPDF_PAGEOBJECT))
    return tuple(found)


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
