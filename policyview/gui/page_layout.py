"""How the pages of a document lie one below the other, all of one width, in scroll values (pixels)."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

MARGIN = 10  # pixels around a page
_TEXT = (0.1, 0.9)  # where the text of a page that was not drawn yet stands, as fractions of its width
_ALIKE = 0.002  # proportions that differ by less are seen as one
_LETTER = 11 / 8.5  # height to width of a page that was not drawn yet


class PageLayout:
    """Pages count from 1. ``text`` are the fractions of the pages' width between which their text stands."""

    def __init__(self, pages: int) -> None:
        self.text = _TEXT
        self.width = 1.0
        self._ratios = [_LETTER] * pages
        self._told: set[int] = set()  # the pages whose proportions are known
        self._tops = [0.0] * (pages + 1)

    @property
    def count(self) -> int:
        return len(self._ratios)

    @property
    def end(self) -> int:
        """Where the last page and its margin end."""
        return int(self._tops[-1])

    @property
    def home(self) -> int:
        """How far the pages are scrolled sideways where their text begins at the pane's left."""
        return int(MARGIN + self.text[0] * self.width)

    def fitting(self, room: float) -> float:
        """The width at which the text is as wide as the pane."""
        return max(80.0, room / (self.text[1] - self.text[0]))

    def lay_out(self, width: float) -> None:
        """Makes all pages so wide."""
        self.width = max(80.0, width)
        self._tops = list(accumulate((ratio * self.width + MARGIN for ratio in self._ratios), initial=float(MARGIN)))

    def ratio(self, page: int) -> float:
        """Height to width."""
        return self._ratios[page - 1]

    def is_told(self, page: int, ratio: float) -> bool:
        """Whether a page is laid out with these proportions, as far as anybody sees."""
        return abs(ratio - self._ratios[page - 1]) <= _ALIKE

    def set_ratio(self, page: int, ratio: float) -> None:
        """Takes a page's proportions; they are laid out so the next time. Until others are told of the other pages, the
        first ones hold for all."""
        if not self._told:
            self._ratios = [ratio] * self.count
        self._told.add(page)
        self._ratios[page - 1] = ratio

    def top(self, page: int) -> float:
        return self._tops[page - 1]

    def height(self, page: int) -> float:
        return self._tops[page] - self._tops[page - 1] - MARGIN

    def page_at(self, value: float) -> int:
        """The page that stands at a scroll value, or begins next above it."""
        return max(1, min(self.count, bisect_right(self._tops, value)))

    def pages_between(self, top: float, bottom: float) -> range:
        """The pages of which something stands between two scroll values."""
        return range(self.page_at(top), self.page_at(bottom) + 1)

    def share(self, page: int, value: float) -> float:
        """How far down a page a scroll value is, as a share of its height."""
        return (value - self.top(page)) / max(1.0, self.height(page))

    def value(self, page: int, share: float) -> int:
        """The scroll value of a place on a page."""
        return int(self.top(page) + share * self.height(page))
