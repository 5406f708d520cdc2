"""Draws pages by the page worker, a process of its own: the window never opens a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from policyview.errors import FileError
from policyview.gui.page_images import BoxKey, PageKey, ShapeKey, WordsKey
from policyview.gui.page_shape import PageShape
from policyview.read.pages import Box, PageWorker
from policyview.settings import Settings


class PageDrawer:
    """``copy_of`` gives the private copy of a document by its hash."""

    def __init__(self, copy_of: Callable[[str], Path | None], settings: Settings) -> None:
        self._copy_of = copy_of
        self._worker = PageWorker(settings)

    def image(self, key: PageKey) -> QImage:
        drawn = self._worker.render(self._path(key.sha256), key.page, key.width)
        shared = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_BGR888)
        return shared.convertToFormat(QImage.Format.Format_RGB32)  # a copy, as screens want it: the bytes go

    def boxes(self, key: BoxKey) -> list[QRectF]:
        return _rects(self._worker.boxes(self._path(key.sha256), key.page, [(key.start, key.end)]))

    def words(self, key: WordsKey) -> list[QRectF]:
        return _rects(self._worker.words(self._path(key.sha256), key.page, key.spans))

    def shape(self, key: ShapeKey) -> PageShape:
        told = self._worker.text(self._path(key.sha256), key.page)
        ratio = told.height_pt / told.width_pt if told.width_pt > 0 else 1.0
        return PageShape(told.width_pt, ratio, tuple(_rects(told.lines)))

    def close(self) -> None:
        self._worker.close()

    def _path(self, sha256: str) -> Path:
        path = self._copy_of(sha256)
        if path is None:
            raise FileError("The copy of this document is gone; open the document again.")
        return path


def _rects(boxes: Iterable[Box]) -> list[QRectF]:
    return [QRectF(left, top, right - left, bottom - top) for left, top, right, bottom in boxes]
