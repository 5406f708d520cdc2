"""What a page draws beside its text: lines (rules, underlines, strike-outs), small marks, pictures and grounds."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pypdfium2
from pypdfium2 import raw

_DRAWN = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING)
_PICTURE_PT = 100.0  # width and height from which on a picture may hold words
_MOST_IN_FORM = 50  # objects of a form among which a picture is looked for
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


class Drawings(NamedTuple):
    """Straight level or upright lines, thin filled bars too; small marks; where large pictures stand; and the boxes of
    all that is drawn thicker than a line, on which words may be printed in white."""

    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    pictures: tuple[Stroke, ...]
    grounds: tuple[Stroke, ...]


def drawings(page: pypdfium2.PdfPage) -> Drawings:
    """All that a page draws and that tells something of its text."""
    found: list[Stroke] = []
    marks: list[Mark] = []
    pictures: list[Stroke] = []
    grounds: list[Stroke] = []
    handle = ctypes.cast(page.raw, _POINTER).value
    edges = (ctypes.c_float * 4)()
    at = [ctypes.addressof(edges) + 4 * k for k in range(4)]
    for nth in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawing = _object_at(handle, nth)
        kind = _kind(drawing)
        if kind not in _DRAWN or not _bounds(drawing, *at):
            continue
        box = Stroke(edges[0], edges[1], edges[2], edges[3])
        short, long = sorted((box.right - box.left, box.top - box.bottom))
        if _SMALL_PT[0] <= short and long <= _SMALL_PT[1] and kind in _DRAWN[:2]:
            marks.append(Mark(box, _look(kind, drawing)))
        if short > _THIN_PT:
            grounds.append(box)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            found += [box] if short <= _THIN_PT else _outlines(ctypes.cast(drawing, raw.FPDF_PAGEOBJECT))
        elif short >= _PICTURE_PT and _is_picture(kind, drawing):
            pictures.append(box)
    return Drawings(tuple(found), tuple(marks), tuple(pictures), tuple(grounds))


def _is_picture(kind: int, drawing: int) -> bool:
    """Whether a drawing is a picture, or a form that holds one."""
    if kind != raw.FPDF_PAGEOBJ_FORM:
        return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)
    form = ctypes.cast(drawing, raw.FPDF_PAGEOBJECT)
    count = min(raw.FPDFFormObj_CountObjects(form), _MOST_IN_FORM)
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(form, k)) for k in range(count))
    return any(kind == raw.FPDF_PAGEOBJ_IMAGE for kind in kinds)


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
