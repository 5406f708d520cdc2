"""Reads plain text and Markdown: the canonical text is the decoded text as it is, line ends and markup kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from policyview.errors import FileError
from policyview.model import Line
from policyview.read import markdown
from policyview.read.columns import is_label
from policyview.read.decoding import decode
from policyview.read.formats import MARKDOWN
from policyview.read.layout import COLUMN_PT, LEADING_PT, indentation, table_x, trimmed
from policyview.read.piece import Front, Piece

_MOST_BYTES = 32 << 20
_LINES_A_PIECE = 2_000  # so that a long text keeps the worker's heartbeat
_LINE = re.compile(r"[^\r\n\f]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_CELL = re.compile(r"[^\t]+")
_WIDE_BLANK = re.compile(r" {3,}")  # two blanks follow a full stop in some texts


def read_parts(path: Path, name: str, media_type: str) -> Iterator[Front | Piece]:
    """The front, then pieces of whole lines; form feeds between words make pages."""
    if path.stat().st_size > _MOST_BYTES:
        raise FileError(f"{name} is too large for a text: it has {path.stat().st_size >> 20} MB, the limit is "
                        f"{_MOST_BYTES >> 20} MB, and policies have under 1 MB. Give the part that matters.")
    text, encoding, losses = decode(path.read_bytes(), name)
    sheets = _sheets(text)
    is_paged = len(sheets) > 1
    yield Front(media_type, len(sheets) if is_paged else None, info=(("Encoding", encoding),), losses=losses)
    for number, sheet in enumerate(sheets, 1):
        if is_paged:
            yield Piece(number, sheet, lines_of(sheet, media_type))
        else:
            yield from _pieces(sheet, media_type)


def _sheets(text: str) -> list[str]:
    """The text cut behind the form feeds that follow a line end; the last page's own begins none."""
    cuts = [0, *(match.end() for match in re.finditer(r"(?<=[\r\n])\f", text)), len(text)]
    sheets = [text[a:b] for a, b in pairwise(cuts)]
    if len(sheets) > 1 and not sheets[-1].strip():
        last = sheets.pop()
        sheets[-1] += last
    return sheets


def _pieces(text: str, media_type: str) -> Iterator[Piece]:
    """Unpaged text in pieces of whole lines; Markdown in one, since a line's meaning hangs on its neighbours."""
    start = 0
    if media_type != MARKDOWN:
        for count, match in enumerate(_LINE_END.finditer(text), 1):
            if count % _LINES_A_PIECE == 0:
                piece = text[start:match.end()]
                yield Piece(None, piece, lines_of(piece, media_type))
                start = match.end()
    if start < len(text) or start == 0:
        yield Piece(None, text[start:], lines_of(text[start:], media_type))


def lines_of(text: str, media_type: str) -> tuple[Line, ...]:
    """The lines with words; ``start`` is the line's own, indentation and all, ``end`` behind its last word."""
    lines = []
    row = at = 0
    for match in _LINE.finditer(text):
        row += len(_LINE_END.findall(text, at, match.start()))
        at = match.end()
        words = match.group().strip()
        if words:
            end = match.start() + len(match.group().rstrip())
            x = COLUMN_PT * indentation(match.group())
            lines.append(Line(match.start(), end, None, x, LEADING_PT * (row + 1), x + COLUMN_PT * len(words),
                              cells=_tabbed(text, match.start(), end, x)))
    found = tuple(lines)
    if media_type == MARKDOWN:
        return markdown.marked(text, found)
    return _with_spaced_cells(text, markdown.tabled(text, found) if "|" in text else found)


def _with_spaced_cells(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Cells parted by blanks, where the line before or after begins a cell in the same column."""
    spans = [() if line.cells else _spaced(text, line) for line in lines]
    columns = [{start - line.start for start, _ in cells[1:]} for line, cells in zip(lines, spans, strict=True)]
    out = []
    for number, (line, cells) in enumerate(zip(lines, spans, strict=True)):
        beside = columns[max(0, number - 1):number] + columns[number + 1:number + 2]
        if cells and any(columns[number] & each for each in beside):
            line = replace(line, cells=tuple((*cell, table_x(line.x, n)) for n, cell in enumerate(cells)))
        out.append(line)
    return tuple(out)


def _spaced(text: str, line: Line) -> tuple[tuple[int, int], ...]:
    """The spans that runs of blanks part; blanks in the indentation part nothing."""
    start, end = trimmed(text, line.start, line.end)
    cuts = [(match.start(), match.end()) for match in _WIDE_BLANK.finditer(text, start, end)]
    if cuts and is_label(text[start:cuts[0][0]]):
        del cuts[0]  # "3.1    When it is covered": the white behind a label is its indentation
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    return tuple(zip(edges[::2], edges[1::2], strict=True)) if cuts else ()


def _tabbed(text: str, start: int, end: int, x: float) -> tuple[tuple[int, int, float], ...]:
    """The spans that tabs part; a tab in the indentation parts nothing."""
    start, end = trimmed(text, start, end)
    if "\t" not in text[start:end]:
        return ()
    cells = [trimmed(text, *match.span()) for match in _CELL.finditer(text, start, end)]
    words = [cell for cell in cells if cell[0] < cell[1]]
    if len(words) > 1 and is_label(text[slice(*words[0])]):
        words[:2] = [(words[0][0], words[1][1])]
    return tuple((*cell, table_x(x, number)) for number, cell in enumerate(words)) if len(words) > 1 else ()
