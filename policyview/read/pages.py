"""Page images and places of words for the source pane, from a worker process of its own.

``PageWorker`` is asked by one thread (never by the window's own: it waits) and keeps a process from the first question
on. The window makes its picture of ``PageImage.pixels`` (24 bit BGR, ``QImage.Format_BGR888``). Only PDFs have page
images; other documents are shown as text.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from policyview.errors import FileError
from policyview.read import page_server
from policyview.read.process import Stopped, WorkerDied, WorkerProcess
from policyview.settings import Settings

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom as fractions (0-1) of the shown page, from its top left corner."""


@dataclass(frozen=True)
class PageImage:
    """A page as drawn: ``stride`` bytes a row, each pixel blue, green, red."""

    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True)
class PageText:
    """A page's printed width and height in points, and its lines of text in reading order."""

    width_pt: float
    height_pt: float
    lines: tuple[Box, ...]


class PageWorker:
    """Draws pages and finds words on them. Close it at the end, or use it as a context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping, self._asking = threading.Event(), threading.Lock()
        self._process = WorkerProcess(page_server.main, settings, self._stopping)

    def __enter__(self) -> PageWorker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def render(self, path: Path, page: int, width_px: int) -> PageImage:
        """The page (counted from 1) of the private copy at ``path``, so many device pixels wide.

        Smaller where the page would become too large. FileError, with a sentence for the pane, where it
        cannot be drawn.
        """
        image: PageImage = self._ask(("render", str(path), page, width_px))
        return image

    def boxes(self, path: Path, page: int, spans: Sequence[tuple[int, int]]) -> tuple[Box, ...]:
        """Where the characters of ``spans`` stand on the page: a box a line or so, in reading order.

        ``spans`` are offsets from the page's start: canonical offset less ``document.pages[page - 1]``.
        """
        boxes: tuple[Box, ...] = self._ask(("boxes", str(path), page, tuple(spans)))
        return boxes

    def words(self, path: Path, page: int, spans: Sequence[tuple[int, int]]) -> tuple[Box, ...]:
        """Where each span stands on the page, one box each; an empty one (all 0) for what is not seen."""
        boxes: tuple[Box, ...] = self._ask(("words", str(path), page, tuple(spans)))
        return boxes

    def text(self, path: Path, page: int) -> PageText:
        """How large the page is printed and where its lines stand."""
        width_pt, height_pt, lines = self._ask(("text", str(path), page, None))
        return PageText(width_pt, height_pt, lines)

    def close(self) -> None:
        """Ends the process, from any thread; a question that waits is answered by FileError."""
        self._stopping.set()
        with self._asking:
            self._process.kill()

    def _ask(self, question: tuple[Any, ...]) -> Any:
        closed = "The page cannot be shown: the source pane is closed."
        with self._asking:
            if self._stopping.is_set():
                raise FileError(closed)
            try:
                return self._answer(question)
            except WorkerDied as died:
                raise FileError(f"Page {question[2]} cannot be shown: drawing it {died.why}.") from died
            except Stopped as stopped:
                raise FileError(closed) from stopped

    def _answer(self, question: tuple[Any, ...]) -> Any:
        process, deadline_s = self._process, self._settings.page_deadline_s
        process.send(question)
        answer = process.receive(deadline_s)
        if answer[0] == "refused":
            raise FileError(answer[1])
        if answer[0] == "found":
            return answer[1]
        _, width, height, stride = answer
        pixels = process.receive_bytes(deadline_s, page_server.MOST_PIXELS * 3 + 4 * height)
        return PageImage(width, height, stride, pixels)
