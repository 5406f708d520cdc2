"""Canonical text as Qt can hold and lay it out, with a map from canonical offsets to Qt's positions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from policyview.export.legible import encodable

LONGEST_LINE = 4_000  # characters; Qt takes a second to lay out a line of a million
_PARTS = re.compile("[\u2029\ufdd0\ufdd1\0]")  # what Qt would take for the end of a paragraph, or drop
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ODD = re.compile(f"\r\n|[\U00010000-\U0010ffff]|^[^\r\n]{{{LONGEST_LINE},}}", re.MULTILINE)


class ShownText:
    """``text`` is what is shown: CR LF is one line end, endless lines are broken."""

    def __init__(self, canonical: str) -> None:
        self._length = len(canonical)
        pieces, shifts, last = list[str](), list[tuple[int, int]](), 0
        for place, shown, shift in _changes(canonical):
            pieces += [canonical[last:place[0]], shown]
            shifts.append((place[1], shift))
            last = place[1]
        pieces.append(canonical[last:])
        self.text = _PARTS.sub("\ufffd", encodable("".join(pieces)).replace("\r", "\n"))
        self._ends = [end for end, _ in shifts]
        self._shifts = list(accumulate((shift for _, shift in shifts), initial=0))

    def place(self, offset: int) -> int:
        """Qt's position (UTF-16 units of ``text``) of a canonical offset."""
        offset = max(0, min(offset, self._length))
        before = bisect_left(self._ends, offset + 1)
        return offset + self._shifts[before]


def _changes(canonical: str) -> Iterator[tuple[tuple[int, int], str, int]]:
    """((start, end), what is shown in its place, by how many of Qt's positions it is longer), in order."""
    for match in _ODD.finditer(canonical):
        found = match[0]
        if found == "\r\n":
            yield match.span(), "\n", -1
        elif len(found) == 1:
            yield match.span(), found, 1
        else:
            yield from _broken(match.start(), found)


def _broken(start: int, line: str) -> Iterator[tuple[tuple[int, int], str, int]]:
    """An endless line: its own odd characters, and line ends behind words."""
    begin = 0
    while begin < len(line):
        cut = min(begin + LONGEST_LINE, len(line))
        if cut < len(line):
            cut = line.rfind(" ", begin, cut) + 1 or cut
        for match in _ASTRAL.finditer(line, begin, cut):
            yield (start + match.start(), start + match.end()), match[0], 1
        if cut < len(line):
            yield (start + cut, start + cut), "\n", 1
        begin = cut
