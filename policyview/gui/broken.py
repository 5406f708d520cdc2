"""Breaks a text into a few lines, the last of them elided: what does not fit never looks complete."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

_ANYWHERE = QTextOption()
_ANYWHERE.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # an endless word goes on in the next line


def lines_of(
    text: str, font: QFont, width: int, most: int, cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight
) -> list[str]:
    """``text`` broken to lines no wider than ``width``; where it needs more than ``most``, the last is elided
    as ``cut`` says."""
    if most > 0 and text.isprintable() and QFontMetrics(font).horizontalAdvance(text) < width:
        return [text]  # most do, and laying out is slow
    layout, lines, place = QTextLayout(text, font), list[str](), 0
    layout.setTextOption(_ANYWHERE)
    units = text.encode("utf-16-le", "replace")  # Qt counts UTF-16 units
    layout.beginLayout()
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        end = place + line.textLength() * 2
        if len(lines) == most - 1 and end < len(units):
            rest = units[place:].decode("utf-16-le", "replace")
            lines.append(QFontMetrics(font).elidedText(rest, cut, width))
        else:
            lines.append(units[place:end].decode("utf-16-le", "replace").rstrip())
        place = end
    layout.endLayout()
    return lines or [""]
