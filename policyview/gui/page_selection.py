"""Words of a page that a person chooses, by dragging over them or by keys; a stretch of the canonical text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF

from policyview.gui.page_images import PageImages, WordsKey
from policyview.model import Document

Word: TypeAlias = tuple[int, int]
"""(start, end) in the canonical text."""
_WORD = re.compile(r"\S+")
_SLACK = 0.004  # of the page's height: two boxes whose tops differ by less stand on one line


class PageSelection:
    """From the word where choosing began to the one where it stands; both belong to it."""

    def __init__(self, document: Document, images: PageImages) -> None:
        self._document, self._images = document, images
        self._pages: dict[int, list[Word]] = {}
        self._keys: dict[int, WordsKey] = {}
        self._from: Word | None = None
        self._to: Word | None = None

    # ------------------------------------------------------------ what is chosen

    @property
    def span(self) -> Word | None:
        """(start, end) in the canonical text; None where nothing is chosen."""
        if self._from is None or self._to is None:
            return None
        return min(self._from, self._to)[0], max(self._from, self._to)[1]

    @property
    def page(self) -> int:
        """The page on which choosing stands; 0 where nothing is chosen."""
        return self._page_of(self._to[0]) if self._to else 0

    @property
    def box(self) -> QRectF | None:
        """Where on its page choosing stands, if that is known."""
        boxes = self._boxes_of(self.page) if self._to else None
        return boxes[self._words(self.page).index(self._to)] if boxes and self._to else None

    def clear(self) -> None:
        self._from = self._to = None

    def choose(self, word: Word, is_extending: bool = False) -> None:
        """Chooses a word, or up to it."""
        self._to = word
        if self._from is None or not is_extending:
            self._from = word

    def choose_span(self, start: int, end: int) -> None:
        """Chooses the words in which a stretch of the text stands."""
        first, last = (self._words_at(offset) for offset in (start, max(start, end - 1)))
        if first is not None and last is not None:
            self._from, self._to = first, last

    def _words_at(self, offset: int) -> Word | None:
        words = self._words(self._page_of(offset))
        return words[max(0, bisect_right(words, (offset, 1 << 60)) - 1)] if words else None

    def step(self, by: int, offset: int, is_extending: bool) -> None:
        """Goes a word on (1) or back (-1); where nothing is chosen to the first one behind a place of the text."""
        word = self._beside(self._to, by) if self._to else self._first_at(offset)
        if word is not None:
            self.choose(word, is_extending)

    def line_step(self, by: int, offset: int, is_extending: bool) -> None:
        """Goes to the word above (-1) or below (1), as far as it is known where words stand on this page."""
        here = self.box
        if here is None or self._to is None:
            self.step(by, offset, is_extending)
            return
        seen = self._seen(self.page)
        beyond = [box for _, box in seen if (box.top() - here.top()) * by > _SLACK]
        if not beyond:
            return
        near = min(beyond, key=lambda box: abs(box.top() - here.top())).top()
        line = [(word, box) for word, box in seen if abs(box.top() - near) <= _SLACK]
        self.choose(min(line, key=lambda each: abs(each[1].center().x() - here.center().x()))[0], is_extending)

    # ------------------------------------------------------------ where words stand

    def key(self, page: int) -> WordsKey:
        """What to ask for, so that the words of a page are known."""
        if page not in self._keys:
            start = self._document.pages[page - 1] if self._document.pages else 0
            spans = tuple((begin - start, end - start) for begin, end in self._words(page))
            self._keys[page] = WordsKey(self._document.sha256, page, spans)
        return self._keys[page]

    def word_at(self, page: int, place: QPointF) -> Word | None:
        """The word at a place (fractions of the page) or the nearest to it; None while no word is known."""
        return min(self._seen(page), key=lambda each: _distance(each[1], place), default=(None,))[0]

    def boxes(self, page: int) -> Iterator[QRectF]:
        """Where the chosen words of a page stand, those of a line in one."""
        span, line = self.span, QRectF()
        if span is None:
            return
        for word, box in self._seen(page):
            if not span[0] <= word[0] < span[1]:
                continue
            if not line.isNull() and (abs(box.top() - line.top()) > 3 * _SLACK or box.left() < line.left()):
                yield line
                line = QRectF()
            line = line.united(box)
        if not line.isNull():
            yield line

    # ------------------------------------------------------------ words

    def _page_of(self, offset: int) -> int:
        return self._document.page_at(offset) or 1

    def _words(self, page: int) -> list[Word]:
        """The words of a page; none of one that is not there."""
        pages = self._document.pages
        if not 1 <= page <= len(pages):
            return []
        if page not in self._pages:
            end = pages[page] if page < len(pages) else len(self._document.text)
            self._pages[page] = [found.span() for found in _WORD.finditer(self._document.text, pages[page - 1], end)]
        return self._pages[page]

    def _beside(self, word: Word, by: int) -> Word | None:
        page = self._page_of(word[0])
        number = self._words(page).index(word) + by
        if 0 <= number < len(self._words(page)):
            return self._words(page)[number]
        return next(iter(self._words(page + by)[::by]), None)

    def _first_at(self, offset: int) -> Word | None:
        words = self._words(self._page_of(offset))
        return words[min(bisect_left(words, (offset, 0)), len(words) - 1)] if words else None

    def _boxes_of(self, page: int) -> list[QRectF] | None:
        return self._images.boxes(self.key(page)) if page else None

    def _seen(self, page: int) -> list[tuple[Word, QRectF]]:
        """The words of a page that are known to stand somewhere."""
        words = zip(self._words(page), self._boxes_of(page) or (), strict=False)
        return [(word, box) for word, box in words if not box.isNull()]


def _distance(box: QRectF, place: QPointF) -> float:
    """How far a place is from a box; lines first, as a reader sees it."""
    across = max(box.left() - place.x(), place.x() - box.right(), 0.0)
    down = max(box.top() - place.y(), place.y() - box.bottom(), 0.0)
    return across + 4 * down
