"""Draws the SVG files of resources/icons in any colour; ``currentColor`` in them is where the colour goes."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from policyview.resources import resource


@lru_cache(maxsize=64)
def _drawing(name: str) -> bytes:
    path = resource("icons", f"{name}.svg")
    return path.read_bytes() if path.is_file() else b""


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    drawing = _drawing(name)
    if drawing:  # Qt draws currentColor black, so the colour goes into the bytes
        renderer = QSvgRenderer(QByteArray(drawing.replace(b"currentColor", colour.encode("ascii"))))
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(pixmap.rect()))
        painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, colour: QColor, size: int = 16, ratio: float | None = None) -> QPixmap:
    """The icon as a square of ``size`` device-independent pixels."""
    ratio = QGuiApplication.instance().devicePixelRatio() if ratio is None else ratio  # type: ignore[union-attr]
    return _pixmap(name, colour.name(), size, ratio)


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """The icon for a button or a tree."""
    return QIcon(pixmap(name, colour, size))
