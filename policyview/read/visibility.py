"""Tells text that a reader of the page does not see: invisible, tiny, off the page or in a layer that is switched off.

It is kept, and stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from policyview.model import WHITE, Line, Loss
from policyview.read.layers import layers_of
from policyview.read.mapping import is_sane
from policyview.read.strokes import Stroke

_TINY_PT = 1.5  # no eye reads smaller type
_BEYOND_PT = 2.0  # so far outside the page a line counts as off it
_MODES_UNSEEN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_LEAST_STRUCK = 1
_MOST_OBJECTS = 50  # drawn objects among which a scan's picture is looked for


def told(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, number: int, printed: str, lines: tuple[Line, ...],
    grounds: Sequence[Stroke] = (), hidden_layers: frozenset[str] = frozenset(),
) -> tuple[tuple[Line, ...], tuple[Loss, ...]]:
    """The lines, those marked that the page does not show, and the loss that says so.

    Words in white show only on one of the ``grounds`` it draws; recognized text behind a scan is what the page shows.
    """
    size = page.get_size()
    invisible, displaced = set[int](), set[int]()
    for nth, line in enumerate(lines):
        if 0 < line.size < _TINY_PT or _is_off(line, size) or _is_hidden(text_page, printed, line, hidden_layers):
            displaced.add(nth)
        elif _mode(text_page, printed, line) in _MODES_UNSEEN:
            invisible.add(nth)
        elif line.colour == WHITE and not _has_ground(text_page, printed, line, grounds):
            displaced.add(nth)
    unseen = invisible | displaced
    if not unseen:
        return lines, ()
    if invisible and len(unseen) == len(lines) and _has_picture(page):
        return lines, (Loss(number, f"Page {number} is a picture with recognized text (OCR) behind it: "
                                    "compare the words with the picture."),)
    lines_are = "line of text that is" if len(unseen) == 1 else "lines of text that are"
    marked = tuple(replace(line, is_unseen=True) if nth in unseen else line for nth, line in enumerate(lines))
    return marked, (Loss(number, f"Page {number} holds {len(unseen)} {lines_are} not visible on it (invisible, white, "
                                 "tiny, off the page or in a layer that is off): compare the page itself."),)


def _is_off(line: Line, size: tuple[float, float]) -> bool:
    """Whether a line stands beside the page; of a page of absurd size that cannot be told."""
    width, height = size
    if not is_sane(width, height):
        return False
    return not -_BEYOND_PT <= line.y <= height + _BEYOND_PT or line.right < -_BEYOND_PT or line.x > width + _BEYOND_PT


def _is_hidden(text_page: pypdfium2.PdfTextPage, printed: str, line: Line, hidden_layers: frozenset[str]) -> bool:
    if not hidden_layers:
        return False
    drawn = raw.FPDFText_GetTextObject(text_page, _first(printed, line))
    return bool(drawn) and not hidden_layers.isdisjoint(layers_of(drawn))


def struck_out(number: int, spans: Sequence[tuple[int, int]]) -> tuple[Loss, ...]:
    """That a page holds words with a line through them, as a draft shows its changes."""
    if len(spans) < _LEAST_STRUCK:
        return ()
    words = "word" if len(spans) == 1 else "words"
    return (Loss(number, f"Page {number} has {len(spans)} {words} struck out, as a draft with tracked changes has: "
                         "what is struck out is left out of what is read; compare the page."),)


def _has_ground(text_page: pypdfium2.PdfTextPage, printed: str, line: Line, grounds: Sequence[Stroke]) -> bool:
    """Whether something is drawn where a line begins."""
    left, bottom, right, top = text_page.get_charbox(_first(printed, line))
    x, y = (left + right) / 2, (bottom + top) / 2
    return any(ground.left <= x <= ground.right and ground.bottom <= y <= ground.top for ground in grounds)


def _first(printed: str, line: Line) -> int:
    first = line.start
    while first < line.end - 1 and printed[first].isspace():
        first += 1
    return first


def _mode(text_page: pypdfium2.PdfTextPage, printed: str, line: Line) -> int:
    drawn = raw.FPDFText_GetTextObject(text_page, _first(printed, line))
    return int(raw.FPDFTextObj_GetTextRenderMode(drawn)) if drawn else 0


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    count = min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, k)) for k in range(count))
    return any(kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) for kind in kinds)
