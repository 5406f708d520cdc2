"""How wide pages are drawn: so that the current passage can be read, as the pane is wide, or in per cent of print."""

from __future__ import annotations

from typing import Literal, TypeAlias

from policyview.gui.page_shape import Letters

Zoom: TypeAlias = Literal["passage", "width"] | float
"""So that the passage can be read, so that the text fits the pane, or a share of the printed size (1.0 is 100 %)."""
PASSAGE: Literal["passage"] = "passage"
WIDTH: Literal["width"] = "width"

_PX_A_POINT = 96 / 72  # at 100 %
_LETTER_POINTS = 612.0  # the width of a page whose size is not known yet: US letter
_READABLE = 11.0  # pixels from the top of a line's highest letter to the foot of its lowest: read with ease
_LEGIBLE = 8.0  # likewise: as small as letters may become for whole lines to stand in the pane
_COMFORTABLE = 14.0  # likewise: a narrow column is widened up to here
_LARGEST = 18.0  # likewise: no wide pane makes letters larger by itself
_SLACK = 0.9  # letters may be so much smaller than that before the width changes within a document
_BESIDE = 24.0  # pixels left beside a column
_RANGE = (0.25, 6.0)  # shares of the printed size
_STEP = 1.25


class PageZoom:
    """The width of all pages of a document. Within one document, passages to read are shown at one width."""

    def __init__(self) -> None:
        self.choice: Zoom = WIDTH
        self._points = 0.0
        self._readable = 0.0  # the width found for the passages of this document; 0 while none was
        self._is_whole = False  # whether their lines stand in the pane as a whole at that width

    def forget_document(self) -> None:
        """Another document has other letters."""
        self._points = 0.0
        self.forget_letters()

    @property
    def found(self) -> tuple[float, float, bool]:
        """What was found of this document, to be recalled when somebody comes back to it."""
        return self._points, self._readable, self._is_whole

    def recall(self, found: tuple[float, float, bool]) -> None:
        """Comes back to a document, in a pane of the same width."""
        self._points, self._readable, self._is_whole = found

    def forget_letters(self) -> None:
        """The pane has another width, or somebody chose one."""
        self._readable, self._is_whole = 0.0, False

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
            return
        is_small = letters.height * self._readable < _SLACK * (_LEGIBLE if self._is_whole else _READABLE)
        is_cut = self._readable > fitting and (self._is_whole or letters.height * fitting >= _LEGIBLE)
        if is_small or is_cut:
            self._readable = _readable_width(letters, fitting, room)
            self._is_whole = self._readable <= fitting

    def step(self, by: int, width: float) -> Zoom:
        """The next larger (1) or smaller (-1) size beside a width in pixels."""
        return max(_RANGE[0], min(_RANGE[1], self.share(width) * _STEP**by))


def _readable_width(letters: Letters, fitting: float, room: float) -> float:
    """Whole lines wherever their letters can be told then; else large letters, and if it can be, a whole column."""
    least, most = _READABLE / letters.height, _LARGEST / letters.height
    if fitting * letters.height >= _LEGIBLE:
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
