"""Page images and the boxes of words, asked for by the source pane and answered from a worker process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from PySide6.QtCore import QObject, QRectF, QThread, Signal
from PySide6.QtGui import QImage

from policyview.gui.page_shape import PageShape

_KEPT_PIXELS = 24_000_000  # of page images: some 25 pages at the pane's width, 72 MB


@dataclass(frozen=True)
class PageKey:
    """A page of a document at a width in device pixels."""

    sha256: str
    page: int
    width: int


@dataclass(frozen=True)
class BoxKey:
    """A stretch of a page's text: offsets count from the page's start."""

    sha256: str
    page: int
    start: int
    end: int


@dataclass(frozen=True)
class WordsKey:
    """All words of a page; ``spans`` are (start, end) of each, counted from the page's start."""

    sha256: str
    page: int
    spans: tuple[tuple[int, int], ...] = field(compare=False, repr=False)


@dataclass(frozen=True)
class ShapeKey:
    """What a page is like."""

    sha256: str
    page: int


Wish: TypeAlias = PageKey | BoxKey | WordsKey | ShapeKey
Answer: TypeAlias = QImage | PageShape | list[QRectF] | str
"""What was wished for, or why it is not to be had."""


class Drawer(Protocol):
    """What draws pages, in a process of its own; used by one thread only."""

    def image(self, key: PageKey) -> QImage:
        """The page's image; raises PolicyviewError where it cannot be drawn."""

    def boxes(self, key: BoxKey) -> list[QRectF]:
        """Where the words stand, as fractions (0-1) of the page's width and height."""

    def words(self, key: WordsKey) -> list[QRectF]:
        """Where each of the words stands, likewise; an empty rectangle for one that is not seen."""

    def shape(self, key: ShapeKey) -> PageShape:
        """The page's size and its lines."""

    def close(self) -> None:
        """Ends the process; from any thread, and more than once."""


class _DrawingThread(QThread):
    """Takes the newest wish first; wishes that were withdrawn are never drawn."""

    drew = Signal(object, object)  # Wish, Answer

    def __init__(self, make: Callable[[], Drawer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._wishes: list[Wish] = []
        self._taken: set[Wish] = set()
        self._changed = threading.Condition()
        self._ending = False
        self._drawer: Drawer | None = None

    def wish(self, wishes: Sequence[Wish]) -> None:
        """Takes the place of all wishes that are not yet answered."""
        with self._changed:
            self._wishes = [wish for wish in wishes if wish not in self._taken]
            self._changed.notify()

    def forget(self, wish: Wish) -> None:
        """The answer has arrived; from now on the wish may be made anew."""
        with self._changed:
            self._taken.discard(wish)

    def end(self) -> None:
        """Asks the thread to end; the wish under way is given up."""
        with self._changed:
            self._ending = True
            self._changed.notify()
            drawer = self._drawer
        if drawer is not None:
            drawer.close()

    def run(self) -> None:
        drawer = self._make()
        with self._changed:
            self._drawer = drawer
        try:
            while (wish := self._next()) is not None:
                self.drew.emit(wish, _answer(drawer, wish))
        finally:
            drawer.close()

    def _next(self) -> Wish | None:
        with self._changed:
            while not self._wishes and not self._ending:
                self._changed.wait()
            if self._ending:
                return None
            wish = self._wishes.pop(0)
            self._taken.add(wish)
            return wish


def _answer(drawer: Drawer, wish: Wish) -> Answer:
    try:
        match wish:
            case PageKey():
                return drawer.image(wish)
            case ShapeKey():
                return drawer.shape(wish)
            case WordsKey():
                return drawer.words(wish)
            case BoxKey():
                return drawer.boxes(wish)
    except Exception as error:  # a page that cannot be drawn is said so in its place
        return str(error) or type(error).__name__


class PageImages(QObject):
    """Holds what was drawn, the most recently used longest. The thread starts with the first wish."""

    answered = Signal(object)  # the PageKey or BoxKey that has an answer now

    def __init__(self, make_drawer: Callable[[], Drawer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: OrderedDict[PageKey, QImage] = OrderedDict()
        self._boxes: OrderedDict[BoxKey | WordsKey, list[QRectF]] = OrderedDict()
        self._shapes: dict[ShapeKey, PageShape] = {}
        self._reasons: dict[Wish, str] = {}
        self._wanted: dict[object, tuple[Wish, ...]] = {}
        self._thread = _DrawingThread(make_drawer, self)
        self._thread.drew.connect(self._on_drew)
        self._is_closed = False

    def image(self, key: PageKey) -> QImage | None:
        """The page's image if it is drawn."""
        if key in self._images:
            self._images.move_to_end(key)
        return self._images.get(key)

    def stand_in(self, key: PageKey) -> QImage | None:
        """The page's image, or one of it at another width while that is being drawn."""
        own = self.image(key)
        if own is not None:
            return own
        same = (k for k in reversed(self._images) if (k.sha256, k.page) == (key.sha256, key.page))
        return next((self._images[other] for other in same), None)

    def shape(self, key: ShapeKey) -> PageShape | None:
        """What a page is like if that is known."""
        return self._shapes.get(key)

    def boxes(self, key: BoxKey | WordsKey) -> list[QRectF] | None:
        """The boxes if they are found."""
        return self._boxes.get(key)

    def reason(self, key: Wish) -> str:
        """Why a page or its boxes cannot be shown; empty where nothing speaks against it."""
        return self._reasons.get(key, "")

    def is_answered(self, key: Wish) -> bool:
        return key in self._boxes or key in self._images or key in self._shapes or key in self._reasons

    def want(self, keys: Sequence[Wish], asker: object = None) -> None:
        """Asks for these, the first one first; what ``asker`` asked for before and is not here is withdrawn.

        Who asked last is answered first. What somebody wants is kept, however much it is.
        """
        if self._is_closed:  # a view that is drawn once more; a thread begun now would outlive this object
            return
        self._wanted.pop(asker, None)
        self._wanted = {asker: tuple(dict.fromkeys(keys)), **self._wanted}
        missing = [key for wanted in self._wanted.values() for key in wanted if not self.is_answered(key)]
        if missing and not self._thread.isRunning():
            self._thread.start()
        self._thread.wish(list(dict.fromkeys(missing)))

    def close(self) -> None:
        """Ends thread and process; waits for them. Nothing is drawn from now on."""
        self._is_closed = True
        self._thread.end()
        self._thread.wait()

    def _on_drew(self, key: Wish, answer: Answer) -> None:
        self._thread.forget(key)
        match key, answer:
            case _, str():
                self._reasons[key] = answer
            case PageKey(), QImage():
                self._images[key] = answer
                self._let_go()
            case ShapeKey(), PageShape():
                self._shapes[key] = answer
            case BoxKey() | WordsKey(), list():
                self._boxes[key] = answer
        self.answered.emit(key)

    def _let_go(self) -> None:
        wanted = {key for keys in self._wanted.values() for key in keys}
        for key in [key for key in self._images if key not in wanted]:
            if _pixels(self._images) <= _KEPT_PIXELS:
                return
            del self._images[key]


def _pixels(images: OrderedDict[PageKey, QImage]) -> int:
    return sum(image.width() * image.height() for image in images.values())
