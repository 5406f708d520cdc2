"""Printed lines as reading text: markup dropped, ligatures folded, gaps measured, every character mapped back."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyview.model import Document, Line, Passage
from policyview.segment.labels import LONE_BULLETS, split_label

if TYPE_CHECKING:
    from policyview.segment.grids import Table

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_MARKUP = re.compile(
    r"</?(?:sup|sub|b|i|u|em|strong|span|br)\s*/?>"  # HTML that Markdown files carry
    r"|!?\[(?P<link>[^\]\[\n]{0,300})\]\([^()\s]{0,2000}\)"  # a link: its words stay
    r"|(?<!\*)\*{1,3}(?!\*)"  # emphasis, where it is closed; a lone footnote star stays
    r"|(?<![\w])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\w])"
    r"|\\(?=[\\`*_{}\[\]()#+.!|<>~-])",
    re.IGNORECASE,
)
_UNUSUAL = re.compile(r"[^\S ]|  |[\x00\u00ad\u200b-\u200d\u2060\ufeffﬀ-ﬆ]")
_HASHES = re.compile(r"\s*#{1,6}\s+")
TAIL_CHARS = 24
NEAR_STARS = 8  # emphasis closes within so many runs of stars
NORMAL_GAP = 1.0
LONGEST_LABEL = 6  # characters
BULLETS_IN_COLUMN, IN_COLUMN = 2, 3  # labels alone on their lines that are a column of a page


@dataclass(eq=False)
class Strip:
    """A printed line on its way to becoming part of a block.

    ``gap`` is the distance to the line before in units of the document's normal line distance (1.0: the next
    line of the same paragraph; a page break counts 1.0). ``is_after_furniture`` where page furniture was
    taken out before it.
    """

    line: Line
    passage: Passage
    gap: float = NORMAL_GAP
    cells: tuple[tuple[Passage, float], ...] = ()
    is_furniture: bool = False
    is_after_furniture: bool = False
    is_page_start: bool = False
    is_jump: bool = False  # printed above the line before it: another column, or a stamp
    heading: int = 0
    heading_tail: bool = False  # a further line of the heading before it
    label: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    table: Table | None = None  # the drawn table of which it is a line of a cell

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def tail(self) -> str:
        """The last characters: enough to see whether a sentence ends here."""
        return self.passage.text[-TAIL_CHARS:]

    @property
    def x(self) -> float:
        return self.line.x

    @property
    def page(self) -> int | None:
        return self.line.page


def _dropped_markup(raw: str) -> set[int]:
    """The indexes of ``raw`` that are Markdown markup. Emphasis counts only where it is closed on the line."""
    dropped: set[int] = set()
    stars: list[tuple[int, int]] = []
    for match in _MARKUP.finditer(raw):
        if match.group().startswith("*"):
            stars.append(match.span())
            continue
        if match.group("link") is not None:
            a, b = match.span("link")
            dropped |= set(range(match.start(), a)) | set(range(b, match.end()))
        else:
            dropped |= set(range(*match.span()))
    opening: tuple[int, int] | None = None  # pairs of equal length, left to right; the rest are footnote marks
    for k, star in enumerate(stars):
        if opening is not None and star[1] - star[0] == opening[1] - opening[0]:
            dropped |= set(range(*opening)) | set(range(*star))
            opening = None
        elif opening is None and any(b - a == star[1] - star[0] for a, b in stars[k + 1 : k + 1 + NEAR_STARS]):
            opening = star
    return dropped


def clean(text: str, start: int, end: int, is_markdown: bool) -> Passage:
    """The reading text of ``text[start:end]``: white space folded, ligatures spelled out, markup dropped."""
    raw = text[start:end]
    if not is_markdown and not _UNUSUAL.search(raw):  # most lines, and most of the time that reading text costs
        kept = raw.strip(" ")
        first = start + len(raw) - len(raw.lstrip(" "))
        return Passage(kept, range(first, first + len(kept)))
    dropped = _dropped_markup(raw) if is_markdown else set()
    if is_markdown and (hashes := _HASHES.match(raw)):
        dropped |= set(range(hashes.end()))
    out: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(raw):
        if i in dropped or char in _DROPPED:
            continue
        if char.isspace() or char == "\x00":
            if out and out[-1] != " ":
                out.append(" ")
                offsets.append(start + i)
            continue
        for piece in _LIGATURES.get(char, char):
            out.append(piece)
            offsets.append(start + i)
    if out and out[-1] == " ":
        out.pop()
        offsets.pop()
    return Passage("".join(out), offsets)


def as_shown(passage: Passage, signs: Mapping[int, str]) -> Passage:
    """The passage with the signs that the page shows in place of those of its text: drawn bullets before their words,
    struck words left out."""
    if not signs or signs.keys().isdisjoint(passage.offsets):
        return passage
    shown = [(signs.get(at, char), at) for char, at in zip(passage.text, passage.offsets, strict=True)]
    kept = [(char, at) for sign, at in shown for char in sign]
    kept = [one for k, one in enumerate(kept) if k == 0 or not one[0] == kept[k - 1][0] == " "]  # around struck words
    text = "".join(char for char, _ in kept)
    whole = Passage(text, [at for _, at in kept], passage.breaks if len(kept) == len(shown) else frozenset())
    return whole.part(0)


def _line_distances(lines: list[Line]) -> list[float]:
    """For each line the distance to the one before in points (paged) or line counts (unpaged); 0 at a page start."""
    out = [0.0] if lines else []
    for before, line in itertools.pairwise(lines):
        out.append(line.y - before.y if line.page == before.page else 0.0)
    return out


def normal_distance(lines: list[Line]) -> float:
    """The usual distance of printed lines from one to the next, in type sizes."""
    distances = _line_distances(lines)
    sizes = [
        round(d / max(line.size, 1.0), 2) for d, line in zip(distances, lines, strict=True) if 0 < d < 4 * line.size
    ]
    normal = statistics.mode(sizes) if sizes else 1.2
    near = [s for s in sizes if s <= 1.8]
    if near:
        normal = min(normal, statistics.median(near) * 1.15)
    return min(max(normal, 0.9), 1.8)


def _paged_gaps(lines: list[Line]) -> list[float]:
    distances, normal = _line_distances(lines), normal_distance(lines)
    return [
        NORMAL_GAP if line.page is None or d <= 0 else max(0.0, d / (max(line.size, 1.0) * normal))
        for d, line in zip(distances, lines, strict=True)
    ]


def _unpaged_gaps(text: str, lines: list[Line]) -> list[float]:
    """Blank lines between lines, in units of the document's own line spacing (some are set double)."""
    counts = [1]
    for before, line in itertools.pairwise(lines):
        counts.append(max(1, text.count("\n", before.end, line.start)))
    body = [
        count
        for count, line, before in zip(counts[1:], lines[1:], lines, strict=False)
        if before.end - before.start > 40 and text[line.start : line.start + 40].strip()[:1].islower()
    ]
    usual = statistics.mode(body) if len(body) >= 5 else 1
    return [count / usual if usual > 1 else float(count) for count in counts]


def strips_of(document: Document) -> list[Strip]:
    """Every line that prints something, in reading order."""
    is_markdown = document.media_type == "text/markdown"
    lines = [line for line in document.lines if document.text[line.start : line.end].strip()]
    if not lines:
        return []
    is_paged = document.media_type == "application/pdf"
    gaps = _paged_gaps(lines) if is_paged else _unpaged_gaps(document.text, lines)
    out: list[Strip] = []
    page: int | None = -1
    signs = dict(document.signs)
    for line, gap in zip(lines, gaps, strict=True):
        passage = clean(document.text, line.start, line.end, is_markdown)
        if not passage:
            continue
        passage = as_shown(passage, signs)
        if not passage:
            continue
        cells = tuple((as_shown(clean(document.text, a, b, is_markdown), signs), x) for a, b, x in line.cells)
        is_jump = is_paged and bool(out) and line.page == page and line.y < out[-1].line.y - 2 * line.size
        out.append(Strip(line, passage, gap, cells, is_page_start=line.page != page, is_jump=is_jump))
        page = line.page
    return out


def without_marks(strips: list[Strip]) -> list[Strip]:
    """Without raised digits and marks that a PDF prints as lines of their own, away from their word, and without
    columns of labels that a text printed away from their items."""
    sizes = sorted(strip.line.size for strip in strips)
    body = sizes[len(sizes) // 2] if sizes else 10.0
    columns = _columns_of_labels(strips)
    return [
        s
        for k, s in enumerate(strips)
        if k not in columns
        and not (s.page is not None and s.line.size <= 0.8 * body and re.fullmatch(r"[\d*†‡,®™ –-]{1,30}", s.text))
    ]


def _columns_of_labels(strips: list[Strip]) -> set[int]:
    """The lines of an unpaged text that hold labels alone, bullets or "i.", "ii.", "iii.", one below the other."""
    found: set[int] = set()
    for is_alone, run in itertools.groupby(range(len(strips)), key=lambda k: _is_lone_label(strips[k])):
        column = list(run)
        if is_alone and len(column) >= (BULLETS_IN_COLUMN if strips[column[0]].text in LONE_BULLETS else IN_COLUMN):
            found.update(column)
    return found


def _is_lone_label(strip: Strip) -> bool:
    if strip.page is not None or len(strip.text) > LONGEST_LABEL:
        return False
    label, rest = split_label(strip.passage)
    return strip.text in LONE_BULLETS or (label is not None and not rest)
