"""Boxes of words on pages: what to ask for, what is around them, and how high their letters are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF

from policyview.gui.page_images import BoxKey
from policyview.gui.page_zoom import Letters
from policyview.model import Anchor, Document

_TALL = 0.75  # so many boxes are lower than a line: a label or a word without letters that rise or hang
_AROUND = 250  # characters, on both sides of lit words
_SOME_LINES = 600


def lines_around(document: Document, page: int, lit: Sequence[BoxKey]) -> list[BoxKey]:
    """What to ask for to see how high letters are: lines around the lit words, which may be one word in capitals; where
    none are lit on the page, lines between its head and its foot."""
    if not 1 <= page <= len(document.pages):
        return []
    end = document.pages[page] if page < len(document.pages) else len(document.text)
    length = end - document.pages[page - 1]
    if lit:
        first = lit[0].start
        return [BoxKey(document.sha256, page, max(0, first - _AROUND), min(length, first + _AROUND))]
    start = length // 3
    return [BoxKey(document.sha256, page, start, min(length, start + _SOME_LINES))]


def span(boxes: list[QRectF]) -> QRectF:
    """The smallest rectangle around all boxes."""
    around = QRectF()
    for box in boxes:
        around = around.united(box)
    return around


def letters_in(boxes: list[QRectF], ratio: float) -> Letters | None:
    """How high the letters in boxes are; the column is known where lines stand below each other."""
    seen = [box for box in boxes if not box.isNull()]
    if not seen:
        return None
    height = sorted(box.height() for box in seen)[int(_TALL * len(seen))]
    lines = {round(box.top() / height) for box in seen}
    return Letters(height * ratio, span(seen).width() if len(lines) > 1 else 0.0)


def box_keys(document: Document, anchor: Anchor) -> Iterator[BoxKey]:
    """The anchor's stretch on each page that it touches."""
    return span_keys(document, anchor.start, anchor.end)


def span_keys(document: Document, start: int, stop: int) -> Iterator[BoxKey]:
    """A stretch of the canonical text on each page that it touches."""
    pages = document.pages
    while start < stop and pages:
        page = bisect_right(pages, start)
        after = pages[page] if page < len(pages) else len(document.text)
        end = min(stop, after)
        yield BoxKey(document.sha256, page, start - pages[page - 1], end - pages[page - 1])
        if end <= start:
            return
        start = end
