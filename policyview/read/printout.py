"""Prints a flowing document (HTML, Word) as lines of text, with what the format says of each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyview.model import Line
from policyview.read.layout import COLUMN_PT, LEADING_PT, table_x
from policyview.read.piece import Piece

NEST = 4  # columns of indentation a level of a list or quotation
_PIECE_CHARS = 200_000  # so that a long document keeps the worker's heartbeat


class Printout:
    """Takes lines one after the other; gives them as pieces of canonical text."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._lines: list[Line] = []
        self._length = 0
        self._row = 0
        self._is_blank = True  # nothing, or an empty line, stands above

    @property
    def length(self) -> int:
        """Characters since the last piece was taken."""
        return self._length

    def blank(self) -> None:
        """Leaves an empty line, unless there is one."""
        if not self._is_blank:
            self._put("\n")
            self._is_blank = True

    def line(self, text: str, column: int = 0, heading: int = 0, bold: bool = False, italic: bool = False,
             label: str = "") -> None:
        """Prints a line, or several where ``text`` has line breaks; ``label`` hangs before the first."""
        first = True
        for printed in text.split("\n"):
            printed = printed.strip()
            if not printed and not (first and label):
                continue
            before = " " * column + (f"{label} " if first and label else " " * (len(label) + 1) if label else "")
            self._print(before + printed, column if first else column + (len(label) + 1 if label else 0),
                        heading, bold, italic, ())
            first = False

    def row(self, cells: Sequence[tuple[str, int]], column: int = 0, bold: bool = False) -> None:
        """Prints a table row on one line: (text, number of its column) for each cell, parted by tabs."""
        at = self._length + column
        spans = []
        words = [" ".join(text.split()) for text, _ in cells]
        for text, (_, number) in zip(words, cells, strict=True):
            spans.append((at, at + len(text), table_x(COLUMN_PT * column, number)))
            at += len(text) + 1
        if any(words):
            self._print(" " * column + "\t".join(words), column, 0, bold, False, tuple(spans))

    def _print(self, printed: str, column: int, heading: int, bold: bool, italic: bool,
               cells: tuple[tuple[int, int, float], ...]) -> None:
        self._row += 1
        end = self._length + len(printed.rstrip(" "))
        x = COLUMN_PT * column
        right = x + COLUMN_PT * (len(printed) - column)
        self._lines.append(Line(self._length, end, None, x, LEADING_PT * self._row, right, 10.0, bold, heading, cells,
                                italic))
        self._put(printed + "\n")
        self._is_blank = False

    def _put(self, text: str) -> None:
        if text == "\n":
            self._row += 1
        self._texts.append(text)
        self._length += len(text)

    def pieces(self, is_last: bool = False) -> Iterator[Piece]:
        """The text so far as a piece, once it is long enough or the document has ended."""
        if self._length and (is_last or self._length >= _PIECE_CHARS):
            yield Piece(None, "".join(self._texts), tuple(self._lines))
            self._texts, self._lines, self._length = [], [], 0
