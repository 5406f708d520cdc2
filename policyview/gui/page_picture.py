"""A page's image, and between which edges of it there is ink: what a narrow pane has to show."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from policyview.gui import theme

_COLUMNS = 160  # the page is looked at so many pixels wide
_INK = 225  # darker than this, of 255, is ink
_STRAY = 0.02  # share of the inked lines that may reach further: a rule, a coloured bar
_ROOM = 0.012  # of the page's width, left beside the ink
_STEP = 0.02  # of the page's width: pages whose text differs by less are laid out alike
_POINTS_A_METRE = 72 / 0.0254
_DARK = bytes(value < _INK for value in range(256))


@dataclass(frozen=True)
class PagePicture:
    """``left`` and ``right`` are fractions (0-1) of the page's width between which its text stands; the image knows
    how large the page is printed."""

    image: QImage
    left: float = 0.0
    right: float = 1.0

    @property
    def points(self) -> float:
        """The width of the printed page."""
        return self.image.width() / max(1, self.image.dotsPerMeterX()) * _POINTS_A_METRE

    @property
    def pixels(self) -> int:
        return self.image.width() * self.image.height()


def picture_of(image: QImage) -> PagePicture:
    """Finds the ink; a blank page is taken whole."""
    small = image.scaledToWidth(_COLUMNS, Qt.TransformationMode.SmoothTransformation)
    grey = small.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels, stride = bytes(grey.constBits()).translate(_DARK), grey.bytesPerLine()
    rows = [pixels[start:start + grey.width()] for start in range(0, stride * grey.height(), stride)]
    lefts = sorted(row.find(1) for row in rows if 1 in row)
    rights = sorted((row.rfind(1) + 1 for row in rows if 1 in row), reverse=True)
    if not lefts:
        return PagePicture(image)
    stray = int(len(lefts) * _STRAY)
    left, right = lefts[stray] / grey.width() - _ROOM, rights[stray] / grey.width() + _ROOM
    return PagePicture(image, max(0.0, floor(left / _STEP) * _STEP), min(1.0, ceil(right / _STEP) * _STEP))


def paint_page(painter: QPainter, rect: QRectF, seen: QRectF, picture: PagePicture | None, text: str) -> None:
    """A page, or in its place why it is not there, where that can be ``seen``."""
    look = theme.current()
    painter.fillRect(rect, look.colour("paper"))
    if picture is not None:
        painter.drawImage(rect, picture.image)
        return
    painter.setPen(QColor("#4a545c"))  # on paper, which is white in both schemes
    painter.setFont(look.font())
    room = rect.intersected(seen).adjusted(20, 20, -20, -20)
    painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter, text)
