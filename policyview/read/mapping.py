"""Takes places on a page's canvas to the page as it is shown, by PDFium's own conversion."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

_FAR = 1 << 20  # device pixels a page is mapped to, so that PDFium's whole numbers are exact enough
_REACH = 100.0  # a canvas step so long that rounding to a device pixel does not show
_MOST_POINTS = 1e6  # a side of a page; real ones end at 14,400


@dataclass(frozen=True)
class Mapping:
    """Points from the top left corner of the shown page: x' = a x + c y + e, y' = b x + d y + f.

    ``width`` and ``height`` are those of the shown page, in points.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """The place (x, y) of the canvas, as shown."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def is_sane(width: float, height: float) -> bool:
    """Whether a page may have such a size, in points."""
    return 0 < width < _MOST_POINTS and 0 < height < _MOST_POINTS


def page_mapping(page: pypdfium2.PdfPage) -> Mapping:
    """The page's mapping; crop box and rotation are in it. A page of absurd size keeps canvas units, turned over."""
    width, height = page.get_size()
    if not is_sane(width, height):
        return Mapping(1.0, 0.0, 0.0, -1.0, 0.0, 0.0, width, height)
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown(at_x: float, at_y: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page, 0, 0, _FAR, _FAR, 0, at_x, at_y, ctypes.byref(x), ctypes.byref(y))
        return x.value * width / _FAR, y.value * height / _FAR

    (e, f), (right_x, right_y), (up_x, up_y) = shown(0, 0), shown(_REACH, 0), shown(0, _REACH)
    return Mapping((right_x - e) / _REACH, (right_y - f) / _REACH, (up_x - e) / _REACH, (up_y - f) / _REACH,
                   e, f, width, height)
