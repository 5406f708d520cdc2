"""Boxes of words on pages: what to ask for, what is around them, and how high their letters are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QRectF

from policyview.gui.page_images import BoxKey
from policyview.gui.page_zoom import Letters
from policyview.model import Anchor, Document

_TALL = 0.85  # so many boxes are lower than a line: a word without letters that rise or hang stands in a low one


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
    pages, start = document.pages, anchor.start
    while start < anchor.end and pages:
        page = bisect_right(pages, start)
        after = pages[page] if page < len(pages) else len(document.text)
        end = min(anchor.end, after)
        yield BoxKey(document.sha256, page, start - pages[page - 1], end - pages[page - 1])
        if end <= start:
            return
        start = end


