"""Canonical text as Qt can hold and lay it out, with a map from canonical offsets to Qt's positions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from policyview.export.legible import UNSEEN, encodable, seen

LONGEST_LINE = 4_000  # characters; Qt takes a second to lay out a line of a million
_MOST_CHANGES = 1_500  # in a stretch; each costs some microseconds, and a name is longer than what it stands for
_MOST_LETTERS = 400  # of those in an endless line
_PARTS = re.compile("[\u2029\ufdd0\ufdd1\ufffe\uffff]")  # for Qt the end of a paragraph, or turned bytes
_CHANGED = f"{UNSEEN.pattern}|[\U00010000-\U0010ffff]"
_LETTER = re.compile(_CHANGED)
_LINE_END = re.compile(r"[\r\n]")
_ODD = re.compile(f"\r\n|^[^\r\n]{{{LONGEST_LINE},}}|{_CHANGED}", re.MULTILINE)


class ShownText:
    """What is shown of a text, taken stretch by stretch: CR LF is one line end, endless lines are broken, and
    characters that show nothing are shown as what they are."""

    def __init__(self, canonical: str) -> None:
        self._canonical = canonical
        self._taken = 0
        self._ends = list[int]()
        self._shifts = [0]

    @property
    def is_complete(self) -> bool:
        return self._taken >= len(self._canonical)

    def reaches(self, offset: int) -> bool:
        """Whether the text before a canonical offset was taken."""
        return offset <= self._taken

    def take(self, most: int) -> str:
        """The next stretch, of at most ``most`` canonical characters (and a line end that would be cut)."""
        start, end = self._taken, self._end(most)
        stretch = self._canonical[start:end]
        pieces, last = list[str](), 0
        for place, shown, shift in _changes(stretch):
            pieces += [stretch[last:place[0]], shown]
            self._ends.append(start + place[1])
            self._shifts.append(self._shifts[-1] + shift)
            last = place[1]
            if len(pieces) > 2 * _MOST_CHANGES:
                end = start + last
                break
        pieces.append(self._canonical[start + last:end])
        self._taken = end
        return _PARTS.sub("\ufffd", encodable("".join(pieces)).replace("\r", "\n"))

    def _end(self, most: int) -> int:
        """Behind a line end where there is one, in an endless line behind a word."""
        text, start, end = self._canonical, self._taken, self._taken + most
        if end >= len(text):
            return len(text)
        cut = 1 + max(text.rfind("\n", start, end), text.rfind("\r", start, end))
        cut = cut or text.rfind(" ", start, end) + 1 or end
        return cut + (text[cut - 1:cut + 1] == "\r\n")

    def place(self, offset: int) -> int:
        """Qt's position (UTF-16 units) of a canonical offset; the end of what was taken for one beyond it."""
        offset = max(0, min(offset, self._taken))
        return offset + self._shifts[bisect_left(self._ends, offset + 1)]

    def offset(self, place: int) -> int:
        """The first canonical offset that stands at one of Qt's positions or behind it."""
        return bisect_left(range(self._taken), place, key=self.place)


def _changes(canonical: str) -> Iterator[tuple[tuple[int, int], str, int]]:
    """((start, end), what is shown in its place, by how many of Qt's positions it is longer), in order."""
    letters = before = 0  # since the last line end: their names make a line endless that is none by its letters
    for match in _ODD.finditer(canonical):
        found = match[0]
        if found == "\r\n":
            yield match.span(), "\n", -1
            letters = 0
        elif len(found) == 1:
            yield _letter(match)
            letters = 1 if _LINE_END.search(canonical, before, match.start()) else letters + 1
            if letters == _MOST_LETTERS:
                yield (match.end(), match.end()), "\n", 1
                letters = 0
            before = match.end()
        else:
            yield from _broken(match.start(), found)


def _letter(match: re.Match[str], start: int = 0) -> tuple[tuple[int, int], str, int]:
    shown = seen(match) if UNSEEN.match(match[0]) else match[0]
    place = start + match.start()
    return (place, place + 1), shown, len(shown.encode("utf-16-le")) // 2 - 1


def _broken(start: int, line: str) -> Iterator[tuple[tuple[int, int], str, int]]:
    """An endless line: its own odd characters, and line ends behind words."""
    begin = 0
    while begin < len(line):
        cut = min(begin + LONGEST_LINE, len(line))
        if cut < len(line):
            cut = line.rfind(" ", begin, cut) + 1 or cut
        letters = list(islice(_LETTER.finditer(line, begin, cut), _MOST_LETTERS))
        if len(letters) == _MOST_LETTERS:
            cut = letters[-1].end()
        for letter in letters:
            yield _letter(letter, start)
        if cut < len(line):
            yield (start + cut, start + cut), "\n", 1
        begin = cut
