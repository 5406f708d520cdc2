"""Boxes of words on pages: what to ask for, what is around them, and how high their letters are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF

from policyview.gui.page_images import BoxKey
from policyview.gui.page_zoom import Letters
from policyview.model import Anchor, Document

_TALL = 0.85  # so many boxes are lower than a line: a word without letters that rise or hang stands in a low one
_ENOUGH = 40  # characters: a word or two may be all capitals
_AROUND = 200  # likewise, asked for on both sides of too few
_SOME_LINES = 600


def lines_around(document: Document, page: int, lit: Sequence[BoxKey]) -> list[BoxKey]:
    """What to ask for to see how high the letters of lit words are: these, and lines around them where they are few;
    where none are lit on the page, lines between its head and its foot."""
    if sum(key.end - key.start for key in lit) >= _ENOUGH or not 1 <= page <= len(document.pages):
        return [*lit]
    end = document.pages[page] if page < len(document.pages) else len(document.text)
    length = end - document.pages[page - 1]
    if lit:
        return [BoxKey(document.sha256, page, max(0, lit[0].start - _AROUND), min(length, lit[0].end + _AROUND))]
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
    heights, around = sorted(box.height() for box in seen), span(seen)
    height = heights[int(_TALL * len(heights))]
    lines = {round(box.top() / height) for box in seen}
    return Letters(height * ratio, around.width() if len(lines) > 1 else 0.0)


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
