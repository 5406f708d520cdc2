"""What to ask for to learn where words stand on pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from policyview.gui.page_images import BoxKey
from policyview.model import Anchor, Document


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
