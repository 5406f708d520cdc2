"""A page's image in its place, and between which edges of it there is ink, where no text tells."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from policyview.gui import theme

_COLUMNS = 160  # the page is looked at so many pixels wide
_INK = 225  # darker than this, of 255, is ink
_STRAY = 0.02  # share of the inked lines that may reach further: a rule, a coloured bar
_ROOM = 0.012  # of the page's width, left beside the ink
_STEP = 0.02  # of the page's width: pages whose text differs by less are laid out alike
_DARK = bytes(value < _INK for value in range(256))


def ink_of(image: QImage) -> tuple[float, float]:
    """The fractions (0-1) of a page's width between which there is ink; a blank page is taken whole."""
    small = image.scaledToWidth(_COLUMNS, Qt.TransformationMode.SmoothTransformation)
    grey = small.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels, stride = bytes(grey.constBits()).translate(_DARK), grey.bytesPerLine()
    rows = [pixels[start:start + grey.width()] for start in range(0, stride * grey.height(), stride)]
    lefts = sorted(row.find(1) for row in rows if 1 in row)
    rights = sorted((row.rfind(1) + 1 for row in rows if 1 in row), reverse=True)
    if not lefts:
        return 0.0, 1.0
    stray = int(len(lefts) * _STRAY)
    left, right = lefts[stray] / grey.width() - _ROOM, rights[stray] / grey.width() + _ROOM
    return max(0.0, floor(left / _STEP) * _STEP), min(1.0, ceil(right / _STEP) * _STEP)


def paint_page(painter: QPainter, rect: QRectF, seen: QRectF, image: QImage | None, text: str) -> None:
    """A page, or in its place why it is not there, where that can be ``seen``."""
    look = theme.current()
    painter.fillRect(rect, look.colour("paper"))
    if image is not None:
        _draw(painter, rect, image)
        return
    painter.setPen(QColor("#4a545c"))  # on paper, which is white in both schemes
    painter.setFont(look.font())
    room = rect.intersected(seen).adjusted(20, 20, -20, -20)
    painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter, text)


def _draw(painter: QPainter, rect: QRectF, image: QImage) -> None:
    """An image of the very size is put there as it is, pixel for pixel: that is sharper, and takes a fifth of the
    time."""
    scale = painter.device().devicePixelRatio()
    if abs(image.width() - rect.width() * scale) < 1:
        place = QPointF(round(rect.left() * scale) / scale, round(rect.top() * scale) / scale)
        painter.drawImage(QRectF(place, QSizeF(image.size()) / scale), image)
    else:
        painter.drawImage(rect, image)
