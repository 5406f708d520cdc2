"""The page worker's own side: draws a page, finds the boxes of a span; keeps its last documents open."""

from __future__ import annotations

import ctypes
import math
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeAlias

from policyview.errors import FileError
from policyview.read import guards
from policyview.read.process import EXIT_MEMORY, READY

MOST_PIXELS = 12_000_000  # of an image: 36 MB; a page 2,000 wide has 5 million
_MOST_SIDE = 12_000
_MOST_RECTS = 2_000  # of an answer
_OPEN_DOCUMENTS = 6  # a walk along a row comes back to each of them
_MOST_WORDS = 20_000  # likewise; the fullest page of print has some thousands
_Box: TypeAlias = tuple[float, float, float, float]


def main(pipe: Connection, limits: guards.Limits) -> None:
    """The process's whole life."""
    guards.set_limits(limits)
    import pypdfium2  # noqa: F401 loaded before the hook, and before the first deadline runs

    import policyview.read.pdf  # noqa: F401

    guards.refuse_side_effects()
    pipe.send(READY)
    server = _Server()
    try:
        while (question := pipe.recv()) is not None:
            guards.allow_cpu(limits.deadline_s)
            for answer in server.answers(question):
                pipe.send_bytes(answer) if isinstance(answer, bytes) else pipe.send(answer)
    except (EOFError, OSError):
        return  # the parent is gone
    except MemoryError:
        os._exit(EXIT_MEMORY)


class _Server:
    """Documents that were asked for last stay open, and the page: where words stand and how the page looks are asked
    for one after the other."""

    def __init__(self) -> None:
        self._documents: OrderedDict[str, Any] = OrderedDict()
        self._page: _OpenPage | None = None

    def answers(self, question: tuple[Any, ...]) -> Sequence[Any]:
        """The messages that answer a question."""
        kind, path, number, wanted = question
        try:
            page = self._open(path, number)
            if kind == "render":
                return _drawn(page.page, wanted)
            return (("found", _FOUND[kind](page, wanted)),)
        except FileError as error:
            return (("refused", str(error)),)
        except MemoryError:
            raise
        except Exception as error:  # whatever a library raises on a bad page
            self._close_page()
            return (("refused", f"Page {number} cannot be shown ({type(error).__name__}: {error})."[:300]),)

    def _open(self, path: str, number: int) -> _OpenPage:
        if self._page is not None and self._page.place == (path, number):
            return self._page
        self._close_page()
        document = self._document(path)
        if not 1 <= number <= len(document):
            raise FileError(f"The document has no page {number}.")
        self._page = _OpenPage((path, number), document[number - 1])
        return self._page

    def _close_page(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            page.close()

    def _document(self, path: str) -> Any:
        if path not in self._documents:
            from policyview.read.pdf import open_pdf

            while len(self._documents) >= _OPEN_DOCUMENTS:
                self._documents.popitem(last=False)[1].close()
            self._documents[path], _ = open_pdf(Path(path), "The document")
        self._documents.move_to_end(path)
        return self._documents[path]


class _OpenPage:
    """A page, and its text from the first time on that somebody asks where words stand."""

    def __init__(self, place: tuple[str, int], page: Any) -> None:
        self.place, self.page = place, page
        self._text: Any = None

    @property
    def text(self) -> Any:
        if self._text is None:
            self._text = self.page.get_textpage()
        return self._text

    def close(self) -> None:
        if self._text is not None:
            self._text.close()
        self.page.close()


def image_size(width_pt: float, height_pt: float, width_px: int) -> tuple[int, int]:
    """The size in pixels of a page that shall be so wide: same proportions, within what an image may have."""
    if not (width_pt > 0 and height_pt > 0 and math.isfinite(width_pt) and math.isfinite(height_pt)):
        return 1, 1
    ratio = height_pt / width_pt
    width = min(max(1, width_px), _MOST_SIDE, _MOST_SIDE / ratio, math.sqrt(MOST_PIXELS / ratio))
    return max(1, int(width)), max(1, min(_MOST_SIDE, int(width * ratio)))


def _drawn(page: Any, width_px: int) -> Sequence[Any]:
    import pypdfium2
    from pypdfium2 import raw

    width_pt, height_pt = page.get_size()
    width, height = image_size(width_pt, height_pt, width_px)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT | raw.FPDF_LCD_TEXT)
        pixels = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), bitmap.stride * height)
        return ("image", width, height, bitmap.stride), pixels
    finally:
        bitmap.close()


def _boxes(page: _OpenPage, spans: Sequence[tuple[int, int]]) -> tuple[_Box, ...]:
    """The boxes of the spans as fractions of the shown page."""
    found: list[_Box] = []
    for box in chain.from_iterable(_shown(page, [spans])):
        _append(found, box)
    return tuple(found)


def _words(page: _OpenPage, spans: Sequence[tuple[int, int]]) -> tuple[_Box, ...]:
    """A box around each span."""
    return tuple(_around(boxes) for boxes in _shown(page, [[span] for span in spans[:_MOST_WORDS]]))


def _text(page: _OpenPage, _: object) -> tuple[float, float, tuple[_Box, ...]]:
    """The page's printed width and height, and its lines."""
    width_pt, height_pt = page.page.get_size()
    return width_pt, height_pt, _boxes(page, [(0, page.text.count_chars())])


_FOUND: dict[str, Callable[[_OpenPage, Any], Any]] = {"boxes": _boxes, "words": _words, "text": _text}


def _around(boxes: Sequence[_Box]) -> _Box:
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _shown(page: _OpenPage, groups: Sequence[Sequence[tuple[int, int]]]) -> Iterator[list[_Box]]:
    """The boxes of each group of spans, as fractions of the shown page."""
    from policyview.read.mapping import page_mapping

    mapping = page_mapping(page.page)
    for spans in groups:
        boxes = (_on_page(mapping, rect) for rect in _rects(page.text, spans))
        yield [box for box in boxes if box[0] < box[2] and box[1] < box[3]]


def _on_page(mapping: Any, rect: _Box) -> _Box:
    left, top, right, bottom = rect
    (x1, y1), (x2, y2) = mapping.apply(left, top), mapping.apply(right, bottom)
    return (_part(min(x1, x2), mapping.width), _part(min(y1, y2), mapping.height),
            _part(max(x1, x2), mapping.width), _part(max(y1, y2), mapping.height))


def _rects(text_page: Any, spans: Sequence[tuple[int, int]]) -> list[_Box]:
    from pypdfium2 import raw

    values = [ctypes.c_double() for _ in range(4)]
    found: list[_Box] = []
    count = text_page.count_chars()
    for start, end in spans:
        start, end = max(0, start), min(end, count)
        if start >= end:
            continue
        for k in range(min(raw.FPDFText_CountRects(text_page, start, end - start), _MOST_RECTS - len(found))):
            if raw.FPDFText_GetRect(text_page, k, *(ctypes.byref(value) for value in values)):
                left, top, right, bottom = (value.value for value in values)
                found.append((left, top, right, bottom))
    return found


def _part(at: float, whole: float) -> float:
    return min(1.0, max(0.0, at / whole)) if whole > 0 else 0.0


def _append(boxes: list[_Box], box: _Box) -> None:
    """Adds a box, grown together with the one before it where both stand side by side on a line."""
    if boxes:
        last = boxes[-1]
        shared = min(last[3], box[3]) - max(last[1], box[1])
        lower = min(last[3] - last[1], box[3] - box[1])
        if shared > 0.6 * lower and -0.01 <= box[0] - last[2] < 0.015:
            boxes[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
            return
    boxes.append(box)
