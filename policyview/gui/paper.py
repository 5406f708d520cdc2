"""Draws laid-out pages on a printer or into a PDF. A PDF is made in a process of its own, which has no window."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QPointF, QRect, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtSvg import QSvgRenderer

from policyview import __version__
from policyview.export.paper.form import Line, Part, Style
from policyview.gui import theme
from policyview.gui.display import application
from policyview.gui.paper_layout import POINT, Box, Icon, Layout, Page, Words, font
from policyview.model import Determination
from policyview.resources import resource

PaperSize = Literal["A4", "Letter"]
_SIZES = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
_CHUNK = 1 << 20
_INKS: dict[Style, str] = {"soft": "soft", "small": "soft", "warning": "warning", "accent": "accent"}


def usual_size() -> PaperSize:
    """The paper that is usual where the computer stands."""
    is_metric = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.MetricSystem
    return "A4" if is_metric else "Letter"


def page_layout(size: PaperSize) -> QPageLayout:
    """A landscape page whose margins are the layout's own."""
    return QPageLayout(QPageSize(_SIZES[size]), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0))


def new_layout(page: QPageLayout) -> Layout:
    """A layout for pages of this size."""
    full = page.fullRectPoints()
    return Layout(full.width(), full.height())


def iter_paint(pages: Sequence[Page], layout: Layout, device: QPagedPaintDevice) -> Iterator[None]:
    """Draws page after page; None after each."""
    painter = QPainter(device)
    try:
        window = QRect(0, 0, round(layout.width), round(layout.height))
        for number, page in enumerate(pages, 1):
            if number > 1:
                device.newPage()
            painter.setWindow(window)
            _paint(painter, page, layout, f"{number} / {len(pages)}")
            yield None
    finally:
        painter.end()


def _paint(painter: QPainter, page: Page, layout: Layout, number: str) -> None:
    look = theme.load("light")  # paper is
    for each in page.drawn:
        if isinstance(each, Box):
            _box(painter, each, look)
    for each in page.drawn:
        if isinstance(each, Words):
            _words(painter, each.left, each.top, each.text, each.line, look)
        elif isinstance(each, Icon):
            _drawing(each.line.icon, _ink(each.line, look).name()).render(painter, each.rect)
    foot = Line("", "small")
    top = layout.height - 30 * POINT
    _words(painter, 31 * POINT, top, page.called, foot, look)
    width = QFontMetricsF(font("small")).horizontalAdvance(number)
    _words(painter, layout.width - 31 * POINT - width, top, number, foot, look)


def _ink(line: Line, look: theme.Theme) -> QColor:
    if line.tint:
        return look.determination(Determination(line.tint))
    return look.colour(_INKS.get(line.style, "text"))


def _words(painter: QPainter, left: float, top: float, text: str, line: Line, look: theme.Theme) -> None:
    own = font(line.style)
    painter.setFont(own)
    painter.setPen(_ink(line, look))
    painter.drawText(QPointF(left, top + QFontMetricsF(own).ascent()), text)


def _box(painter: QPainter, box: Box, look: theme.Theme) -> None:
    if box.kind in {"ground", "bar"}:
        painter.fillRect(box.rect, look.colour("sunken" if box.kind == "ground" else "accent"))
        return
    pen = QPen(look.colour("line" if box.kind == "rule" else "soft"), 0.5 * POINT)
    if box.kind == "dashed":
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(QBrush())
    if box.kind == "rule":
        painter.drawLine(box.rect.topLeft(), box.rect.topRight())
    else:
        painter.drawRoundedRect(box.rect, 2 * POINT, 2 * POINT)


@lru_cache(maxsize=128)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    drawing = resource("icons", f"{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(drawing.replace(b"currentColor", colour.encode("ascii"))))


# --------------------------------------------------------------------------- PDF


def iter_pdf(parts: Sequence[Part], size: PaperSize, title: str) -> Iterator[bytes]:
    """The PDF in pieces; where no Qt runs yet, one without a display is started."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application()
    theme.add_fonts()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    page = page_layout(size)
    writer.setPageLayout(page)
    writer.setTitle(title)
    writer.setCreator(f"policyview {__version__}")
    layout = new_layout(page)
    for _ in layout.fill(parts):
        pass
    for _ in iter_paint(layout.pages, layout, writer):
        pass
    buffer.close()
    content = bytes(buffer.data().data())
    yield from (content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK))


def written(size: PaperSize, things: Sequence[Any]) -> Iterator[bytes]:
    """What a comparison, taken apart to be sent to this process, is as a PDF."""
    from policyview.export import handing
    from policyview.export.paper.compose import composed

    comparison = handing.whole(things)
    topics = ", ".join(matrix.topic for matrix in comparison.matrices)
    yield from iter_pdf(tuple(composed(comparison)), size, f"{topics}: comparison of medical policies")
