"""Draws pages by the page worker, a process of its own: the window never opens a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from policyview.errors import FileError
from policyview.gui.page_images import BoxKey, PageKey, WordsKey
from policyview.read.pages import PageWorker
from policyview.settings import Settings

_POINTS_A_METRE = 72 / 0.0254


class PageDrawer:
    """``copy_of`` gives the private copy of a document by its hash."""

    def __init__(self, copy_of: Callable[[str], Path | None], settings: Settings) -> None:
        self._copy_of = copy_of
        self._worker = PageWorker(settings)

    def image(self, key: PageKey) -> QImage:
        drawn = self._worker.render(self._path(key.sha256), key.page, key.width)
        shared = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_BGR888)
        image = shared.copy()  # the bytes go when this returns
        if drawn.width_pt > 0:
            image.setDotsPerMeterX(max(1, round(drawn.width / drawn.width_pt * _POINTS_A_METRE)))
        return image

    def boxes(self, key: BoxKey) -> list[QRectF]:
        found = self._worker.boxes(self._path(key.sha256), key.page, [(key.start, key.end)])
        return [QRectF(left, top, right - left, bottom - top) for left, top, right, bottom in found]

    def words(self, key: WordsKey) -> list[QRectF]:
        found = self._worker.words(self._path(key.sha256), key.page, key.spans)
        return [QRectF(left, top, right - left, bottom - top) for left, top, right, bottom in found]

    def close(self) -> None:
        self._worker.close()

    def _path(self, sha256: str) -> Path:
        path = self._copy_of(sha256)
        if path is None:
            raise FileError("The copy of this document is gone; open the document again.")
        return path
