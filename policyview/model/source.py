"""A document as it was read, and how its words are pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Anchor:
    """A quote and where it stands: ``quote`` is exactly ``canonical[start:end]``.

    ``page`` is None for unpaged media. ``match`` says how the place was found, ``score`` (0-1) how well.
    A passage that page furniture interrupts is anchored by its longest unbroken part; the other parts
    stand in ``continues``.
    """

    start: int
    end: int
    page: int | None
    quote: str
    prefix: str = ""
    suffix: str = ""
    match: Literal["exact", "folded", "fuzzy"] = "exact"
    score: float = 1.0
    continues: tuple[Anchor, ...] = ()


WHITE = 0xFFF
"""The colour of a line that is printed in white."""


@dataclass(frozen=True)
class Line:
    """One printed line of a document, ``text[start:end]`` without its line end.

    For text formats ``x`` is the indentation at 5 points a column and ``size`` is 10.
    ``heading`` is the level that the format itself declares (Markdown ``#``, HTML h1-h6, a Word heading
    style, a tagged PDF), 0 where it declares none. ``cells`` are (start, end, x) of each table cell where
    the line is a table row or wide gaps divide it; empty cells of a declared table have start == end.
    ``colour`` tells lines apart that are printed in colour; 0 for black and grey, ``WHITE`` for white. ``is_unseen``
    where the page holds the line but does not show it.
    """

    start: int
    end: int
    page: int | None
    x: float = 0.0
    y: float = 0.0
    right: float = 0.0
    size: float = 10.0
    bold: bool = False
    heading: int = 0
    cells: tuple[tuple[int, int, float], ...] = ()
    italic: bool = False
    underlined: bool = False
    colour: int = 0
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A level or upright line that a page draws, in points from the top left corner of the shown page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True)
class OutlineEntry:
    """A bookmark of the document's own outline."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True)
class Loss:
    """Something of a document that could not be read, as a sentence a person can act on, its page in it."""

    page: int | None
    reason: str


@dataclass(frozen=True)
class Document:
    """One file as read. ``text`` is the canonical text; it keeps everything the source prints.

    ``pages[k]`` is the offset at which page k+1 begins; empty for unpaged media. ``lines`` stay in the
    worker that read them and are empty in the window's process. So do ``signs``, (offset, what the
    page shows there, "" where it strikes it out) where it differs from the text, such as a ">" that is underlined
    to be a "≥" or a drawn bullet before a word, and ``rules``.
    """

    file: str
    sha256: str
    media_type: str
    text: str
    pages: tuple[int, ...] = ()
    lines: tuple[Line, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    info: tuple[tuple[str, str], ...] = ()
    page_labels: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    signs: tuple[tuple[int, str], ...] = ()
    rules: tuple[Rule, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page on which canonical ``offset`` stands, None for unpaged media."""
        from bisect import bisect_right

        return bisect_right(self.pages, offset) if self.pages else None


@dataclass(frozen=True, eq=False)
class Passage:
    """Reading text with a map back: ``text[i]`` stands at canonical offset ``offsets[i]``.

    Page furniture is out, lines are joined, line-end hyphens healed, markup dropped. ``breaks`` holds the
    indexes i at which page furniture stands in the source between ``text[i-1]`` and ``text[i]``, or the source
    goes on elsewhere.
    """

    text: str
    offsets: Sequence[int]
    breaks: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def part(self, start: int, end: int | None = None) -> Passage:
        """The passage ``text[start:end]``, white space at both ends left out."""
        end = len(self.text) if end is None else min(end, len(self.text))
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        breaks = frozenset(b - start for b in self.breaks if start < b < end) if self.breaks else self.breaks
        return Passage(self.text[start:end], self.offsets[start:end], breaks)

    @property
    def start(self) -> int:
        return self.offsets[0]

    @property
    def end(self) -> int:
        return self.offsets[-1] + 1


def join(passages: Sequence[Passage], separator: str = " ") -> Passage:
    """One passage of several, in order; a separator stands at the offset that follows the part before it.

    A part that stands before the one it follows, as a cell beside the rows of another column may, breaks it.
    """
    if len(passages) == 1:
        return passages[0]
    text, offsets, breaks = "", list[int](), set[int]()
    for passage in passages:
        if not passage:
            continue
        if text:
            text += separator
            if passage.start < offsets[-1]:
                breaks.add(len(text))
            offsets.extend([offsets[-1] + 1] * len(separator))
        breaks |= {len(text) + b for b in passage.breaks}
        text += passage.text
        offsets.extend(passage.offsets)
    return Passage(text, offsets, frozenset(breaks))
