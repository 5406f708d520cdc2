"""Where on a page a place of the canonical text stands, as far as the page's worker has told of some of its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from policyview.gui.page_images import BoxKey, PageImages
from policyview.model import Document

_WORDS = 12  # characters of a landmark that are asked for
_APART = 120  # characters at least between two landmarks: some two lines


class PagePlaces:
    """Between two landmarks, and where none is known, places are read off by their share of the text."""

    def __init__(self, document: Document, images: PageImages) -> None:
        self._document, self._images = document, images
        self._landmarks: list[int] = []

    def set_landmarks(self, offsets: Iterable[int]) -> None:
        """The places that are to be known exactly, such as those where units begin."""
        self._landmarks = []
        for offset in sorted(offsets):
            if not self._landmarks or offset >= self._landmarks[-1] + _APART:
                self._landmarks.append(offset)

    def keys(self, page: int) -> Iterator[BoxKey]:
        """What to ask for, so that places on a page are known."""
        start, end = self.stretch(page)
        on_it = self._landmarks[bisect_left(self._landmarks, start):bisect_left(self._landmarks, end)]
        for offset in on_it if self._document.pages else ():
            yield BoxKey(self._document.sha256, page, offset - start, min(offset + _WORDS, end) - start)

    def stretch(self, page: int) -> tuple[int, int]:
        """The canonical offsets between which a page's text stands."""
        pages = self._document.pages
        end = pages[page] if page < len(pages) else len(self._document.text)
        return (pages[page - 1] if pages else 0), end

    def page(self, offset: float) -> int:
        """The page on which a place stands, from 1."""
        return max(1, bisect_right(self._document.pages, offset))

    def offset(self, page: int, share: float) -> float:
        """What stands so far down a page (0-1)."""
        points = [(share, offset) for offset, share in self._points(page)]
        return _between(points, share)

    def share(self, page: int, offset: float) -> float:
        """How far down a page (0-1) a place stands."""
        return _between(self._points(page), offset)

    def _points(self, page: int) -> list[tuple[float, float]]:
        """(offset, share of the page's height) of what is known, both growing."""
        start, end = self.stretch(page)
        points = [(float(start), 0.0)]
        for key in self.keys(page):
            boxes = self._images.boxes(key)
            if boxes and boxes[0].top() > points[-1][1] and start + key.start > points[-1][0]:
                points.append((float(start + key.start), boxes[0].top()))
        if end > points[-1][0]:
            points.append((float(end), 1.0))
        return points


def _between(points: list[tuple[float, float]], at: float) -> float:
    """The second value at a first one, read off between the points on both sides; at the ends the outermost."""
    k = max(1, min(len(points) - 1, bisect_right(points, (at, float("inf")))))
    if len(points) < 2:
        return points[0][1]
    (a, b), (c, d) = points[k - 1], points[k]
    share = (at - a) / (c - a) if c > a else 0.0
    return b + (d - b) * max(0.0, min(1.0, share))
