"""How wide pages are drawn: so that the current passage can be read, as the pane is wide, or in per cent of print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Zoom: TypeAlias = Literal["passage", "width"] | float
"""So that the passage can be read, so that the text fits the pane, or a share of the printed size (1.0 is 100 %)."""
PASSAGE: Literal["passage"] = "passage"
WIDTH: Literal["width"] = "width"

_PX_A_POINT = 96 / 72  # at 100 %
_LETTER_POINTS = 612.0  # the width of a page whose size is not known yet: US letter
_READABLE = 11.0  # pixels from the top of a line's highest letter to the foot of its lowest: smaller is hard to read
_COMFORTABLE = 14.0  # likewise: a narrow column is widened up to here
_LARGEST = 18.0  # likewise: no wide pane makes letters larger by itself
_SLACK = 0.9  # letters may be so much smaller than readable before the width changes within a document
_BESIDE = 24.0  # pixels left beside a column
_RANGE = (0.25, 6.0)  # shares of the printed size
_STEP = 1.25


@dataclass(frozen=True)
class Letters:
    """How high a passage's letters are, and how wide its column is (0 if unknown), as shares of the page's width."""

    height: float
    column: float = 0.0


class PageZoom:
    """The width of all pages of a document. Within one document, passages to read are shown at one width."""

    def __init__(self) -> None:
        self.choice: Zoom = WIDTH
        self._points = 0.0
        self._readable = 0.0  # the width found for the passages of this document; 0 while none was

    def forget_document(self) -> None:
        """Another document has other letters."""
        self._points = 0.0
        self.forget_letters()

    @property
    def found(self) -> tuple[float, float]:
        """What was found of this document, to be recalled when somebody comes back to it."""
        return self._points, self._readable

    def recall(self, found: tuple[float, float]) -> None:
        """Comes back to a document, in a pane of the same width."""
        self._points, self._readable = found

    def forget_letters(self) -> None:
        self._readable = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the width waits for a passage's letters."""
        return self.choice == PASSAGE and not self._readable

    def width(self, fitting: float) -> float:
        """Pixels, where at ``fitting`` the text is as wide as the pane."""
        if self.choice == WIDTH:
            return fitting
        if self.choice == PASSAGE:
            return self._readable or fitting
        return self.choice * self._printed

    def share(self, width: float) -> float:
        """A width in pixels as a share of the printed size."""
        return width / self._printed

    @property
    def _printed(self) -> float:
        return (self._points or _LETTER_POINTS) * _PX_A_POINT

    def take_points(self, points: float) -> None:
        """The printed width of a document's page; that of its first one holds for all."""
        self._points = self._points or points

    def take_letters(self, letters: Letters | None, fitting: float, room: float) -> None:
        """Finds the width at which the passage can be read; a page without letters fits the pane."""
        if letters is None or letters.height <= 0:
            self._readable = self._readable or fitting
        elif not self._readable or letters.height * self._readable < _SLACK * _READABLE:
            self._readable = _readable_width(letters, fitting, room)

    def step(self, by: int, width: float) -> Zoom:
        """The next larger (1) or smaller (-1) size beside a width in pixels."""
        return max(_RANGE[0], min(_RANGE[1], self.share(width) * _STEP**by))


def _readable_width(letters: Letters, fitting: float, room: float) -> float:
    least, most = _READABLE / letters.height, _LARGEST / letters.height
    if fitting >= least:
        return min(fitting, most)
    column = (room - _BESIDE) / letters.column if letters.column else least
    return max(least, min(column, _COMFORTABLE / letters.height))


def zoom_words(zoom: Zoom) -> str:
    """A zoom as it is kept between two windows."""
    return f"{100 * zoom:.0f}" if isinstance(zoom, float) else zoom


def zoom_of(words: str) -> Zoom:
    """The zoom that was kept; one that cannot be read is as none."""
    if words in (PASSAGE, WIDTH):
        return PASSAGE if words == PASSAGE else WIDTH
    share = int(words) / 100 if words.isascii() and words.isdigit() and len(words) < 5 else 0.0
    return share if _RANGE[0] <= share <= _RANGE[1] else PASSAGE
