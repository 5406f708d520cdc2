"""What a page is like before it is drawn: its size in print, its lines, and how wide it has to be to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QRectF

_TALL = 0.75  # so many lines are lower than a line: a label or a word without letters that rise or hang
_UPRIGHT = 4.0  # so much higher than other lines is no line of the text, but what runs up a margin
_AROUND = 4  # lines, on both sides of lit words, which may be one word in capitals
_STRAY = 0.02  # share of the lines that may reach further: a stamp, a page's number
_ROOM = 0.01  # of the page's width, left beside the text
_STEP = 0.01  # of the page's width: pages whose text differs by less are laid out alike


@dataclass(frozen=True)
class Letters:
    """How high a passage's letters are, and how wide its column is (0 if unknown), as shares of the page's width."""

    height: float
    column: float = 0.0


@dataclass(frozen=True)
class PageShape:
    """``points`` is the printed width, ``ratio`` height to width; ``lines`` in reading order, as fractions (0-1) of the
    page's width and height."""

    points: float
    ratio: float
    lines: tuple[QRectF, ...] = ()

    @property
    def text(self) -> tuple[float, float] | None:
        """The fractions of the page's width between which its lines stand; None for a page without text."""
        upright = _UPRIGHT * _height(self.lines)
        lines = [line for line in self.lines if line.height() <= upright]
        if not lines:
            return None
        stray = int(len(lines) * _STRAY)
        left = sorted(line.left() for line in lines)[stray] - _ROOM
        right = sorted((line.right() for line in lines), reverse=True)[stray] + _ROOM
        return max(0.0, floor(left / _STEP) * _STEP), min(1.0, ceil(right / _STEP) * _STEP)

    def letters(self, lit: Sequence[QRectF]) -> Letters | None:
        """How high letters are in and around lit words, or, where none are lit, between the page's head and its foot;
        the column is known where lines stand below each other."""
        lines = self._around(lit[0]) if lit else self.lines[len(self.lines) // 4:][:2 * _AROUND]
        if not lines:
            return None
        height = _height(lines)
        column = span(lines).width() if len({round(line.top() / height) for line in lines}) > 1 else 0.0
        return Letters(height * self.ratio, column)

    def _around(self, lit: QRectF) -> Sequence[QRectF]:
        at = next((number for number, line in enumerate(self.lines) if line.intersects(lit)), None)
        return (lit,) if at is None else self.lines[max(0, at - _AROUND):at + _AROUND + 1]


def _height(lines: Sequence[QRectF]) -> float:
    return sorted(line.height() for line in lines)[int(_TALL * len(lines))] if lines else 0.0


def span(boxes: Sequence[QRectF]) -> QRectF:
    """The smallest rectangle around all boxes."""
    around = QRectF()
    for box in boxes:
        around = around.united(box)
    return around
