"""Page images and places of words for the source pane, from a worker process of its own.

``PageWorker`` may be called from any thread (never from the window's own: it waits); it keeps a thread and,
from the first question on, a process. The window makes its picture of ``PageImage.pixels`` (24 bit BGR,
``QImage.Format_BGR888``). Only PDFs have page images; other documents are shown as text.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
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
    """A page as drawn: ``stride`` bytes a row, each pixel blue, green, red; ``width_pt`` is its printed width."""

    width: int
    height: int
    stride: int
    pixels: bytes
    width_pt: float = 0.0


class PageWorker:
    """Draws pages and finds words on them. Close it at the end, or use it as a context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = threading.Event()
        self._questions: queue.SimpleQueue[tuple[tuple[Any, ...], Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="pages", daemon=True)
        self._thread.start()

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

    def close(self) -> None:
        """Ends thread and process; questions that wait are answered by FileError."""
        self._stopping.set()
        self._questions.put(None)
        self._thread.join()

    def _ask(self, question: tuple[Any, ...]) -> Any:
        if self._stopping.is_set():
            raise FileError("The page cannot be shown: the source pane is closed.")
        future: Future[Any] = Future()
        self._questions.put((question, future))
        return future.result()

    def _serve(self) -> None:
        process = WorkerProcess(page_server.main, self._settings, self._stopping)
        try:
            while (asked := self._questions.get()) is not None:
                question, future = asked
                try:
                    future.set_result(self._answer(process, question))
                except WorkerDied as died:
                    future.set_exception(FileError(f"Page {question[2]} cannot be shown: drawing it {died.why}."))
                except Stopped:
                    future.set_exception(FileError("The page cannot be shown: the source pane is closed."))
                except FileError as error:
                    future.set_exception(error)
                except Exception as error:  # the answer of whoever asked, not this thread's end
                    said = f"Page {question[2]} cannot be shown ({type(error).__name__}: {error})."
                    future.set_exception(FileError(said))
        finally:
            process.kill()
            self._refuse_the_rest()

    def _refuse_the_rest(self) -> None:
        while not self._questions.empty():
            asked = self._questions.get()
            if asked is not None:
                asked[1].set_exception(FileError("The page cannot be shown: the source pane is closed."))

    def _answer(self, process: WorkerProcess, question: tuple[Any, ...]) -> Any:
        process.send(question)
        answer = process.receive(self._settings.page_deadline_s)
        if answer[0] == "refused":
            raise FileError(answer[1])
        if answer[0] == "boxes":
            return answer[1]
        _, width, height, stride, width_pt = answer
        pixels = process.receive_bytes(self._settings.page_deadline_s, page_server.MOST_PIXELS * 3 + 4 * height)
        return PageImage(width, height, stride, pixels, width_pt)
