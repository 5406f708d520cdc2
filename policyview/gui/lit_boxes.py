"""How words are lit, on a page and in a text: each style by its shape too, never by its colour alone.

``words`` are filled and underlined, ``basis`` framed in dashes; of two versions, ``removed`` words are struck through,
``added`` ones underlined twice, a ``unit`` that they are part of has a bar in its margin, and after a ``gap`` stands
what only the other version has. ``chosen`` are those that a person marked, ``found`` stand in a thin frame.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF, QTextCharFormat

from policyview.gui import theme
from policyview.gui.theme import Theme

BESIDE = frozenset({"unit", "gap"})
"""The styles that leave the words themselves as they are."""
_BAR = 3.0  # pixels: the bar of a unit


def paint_boxes(painter: QPainter, page: QRectF, boxes: Sequence[QRectF], style: str, margin: float) -> None:
    """Lights boxes (fractions of a page) on the page's rectangle; at ``margin`` its text begins."""
    look = theme.load("light")  # the paper is white in both schemes
    rects = [_on_page(page, box) for box in boxes]
    if style in BESIDE:
        paint_beside(painter, look, rects, style, (margin, page.right() + page.left() - margin))
        return
    for rect in rects:
        _paint_words(painter, look, rect, style)


def paint_beside(
    painter: QPainter, look: Theme, rects: Sequence[QRectF], style: str, text: tuple[float, float]
) -> None:
    """Marks lines of words by what stands beside them; ``text`` are the edges between which the text stands."""
    if rects and style == "unit":
        _paint_bar(painter, look, text[0], rects)
    elif rects:
        _paint_gap(painter, look, *text, rects)


def _on_page(page: QRectF, box: QRectF) -> QRectF:
    return QRectF(page.left() + box.left() * page.width(), page.top() + box.top() * page.height(),
                  box.width() * page.width(), box.height() * page.height()).adjusted(-1, -1, 1, 1)  # fmt: skip


def _paint_words(painter: QPainter, look: Theme, rect: QRectF, style: str) -> None:
    if style == "found":
        painter.setPen(QPen(look.colour("accent"), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        return
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(rect, look.colour("accent_soft" if style == "chosen" else style))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    edge = look.colour("accent" if style == "chosen" else f"{style}_edge")
    if style == "words":
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 2), edge)
    elif style == "chosen":
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
    elif style == "removed":
        painter.fillRect(QRectF(rect.left(), rect.center().y() - 0.5, rect.width(), 1.6), edge)
    elif style == "added":
        for below in (-1.0, 1.6):
            painter.fillRect(QRectF(rect.left(), rect.bottom() + below, rect.width(), 1.2), edge)
    else:
        painter.setPen(QPen(edge, 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)


def _paint_bar(painter: QPainter, look: Theme, margin: float, rects: Sequence[QRectF]) -> None:
    """One bar in the margin beside all lines of the unit on this page."""
    around = QRectF()
    for rect in rects:
        around = around.united(rect)
    painter.fillRect(QRectF(margin, around.top(), _BAR, around.height()), look.colour("unit_edge"))


def _paint_gap(painter: QPainter, look: Theme, left: float, right: float, rects: Sequence[QRectF]) -> None:
    """A dashed line under the last words, an arrowhead at its left."""
    y = max(rect.bottom() for rect in rects) + 2
    painter.setPen(QPen(look.colour("unit_edge"), 1.4, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(left + 9, y), QPointF(right, y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("unit_edge"))
    painter.drawPolygon(QPolygonF([QPointF(left, y - 5), QPointF(left, y + 5), QPointF(left + 8, y)]))


def lit_form(style: str) -> QTextCharFormat:
    """The same styles in a text, in the theme that applies now."""
    look, form, line = theme.current(), QTextCharFormat(), QTextCharFormat.UnderlineStyle
    lines = {"words": line.SingleUnderline, "added": line.SingleUnderline, "basis": line.DashUnderline}
    if style in BESIDE:
        return form
    form.setBackground(look.colour(style))
    form.setForeground(look.colour("text"))
    if style in lines:
        form.setUnderlineColor(look.colour(f"{style}_edge"))
        form.setUnderlineStyle(lines[style])
    form.setFontStrikeOut(style == "removed")
    return form


def found_form() -> QTextCharFormat:
    """What was found, in a text, in the theme that applies now."""
    form = QTextCharFormat()
    form.setUnderlineColor(theme.current().colour("accent"))
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    return form
