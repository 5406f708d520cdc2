"""Pages on which a person can choose words: by dragging over them, or by Ctrl and Shift with the arrow keys."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from policyview.gui.lit_boxes import paint_boxes
from policyview.gui.page_boxes import span_keys
from policyview.gui.page_images import BoxKey, PageImages, Wish, WordsKey
from policyview.gui.page_selection import PageSelection, Word
from policyview.gui.page_view import PageView
from policyview.gui.standing import Target
from policyview.model import Document

_STEPS: dict[int, tuple[int, bool]] = {  # by a word, or by a line
    Qt.Key.Key_Left: (-1, False), Qt.Key.Key_Right: (1, False), Qt.Key.Key_Up: (-1, True), Qt.Key.Key_Down: (1, True),
}  # fmt: skip
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NAME = "Source pages"
_MOST_SPOKEN = 200  # characters
_MOST_FOUND = 60  # places of a page that are framed


class ChosenPages(PageView):
    """``words_chosen`` is emitted when the chosen words are others. Esc first chooses nothing, then leaves."""

    words_chosen = Signal()

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(images, parent)
        self._name = _NAME
        self._selection: PageSelection | None = None
        self._pressed = QPointF()
        self._found: Sequence[tuple[int, int]] = ()
        self._to_show_chosen = False  # once it is known where on their page they stand

    def show_target(self, target: Target) -> None:
        """Another document takes what was chosen away."""
        before = self._document
        super().show_target(target)
        if self._document is not before:
            self._tell()

    def _take_document(self, document: Document) -> None:
        self._selection = PageSelection(document, self._images)

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        self._name = name
        self.setAccessibleName(name)

    # ------------------------------------------------------------ what is chosen

    @property
    def chosen(self) -> tuple[int, int] | None:
        """(start, end) in the canonical text; None where nothing is chosen."""
        return self._selection.span if self._selection else None

    def choose(self, start: int, end: int) -> None:
        """Chooses words of the canonical text and scrolls to them."""
        if self._selection is not None:
            self._selection.choose_span(start, end)
            self._to_show_chosen = True
            self._show_chosen()
            self._tell()

    def show_found(self, places: Sequence[tuple[int, int]]) -> None:
        """Marks the places that were found, as far as they are in view."""
        self._found = places
        self._ask()
        self.viewport().update()

    def _found_on(self, page: int) -> list[BoxKey]:
        """What to ask for to frame what was found on a page."""
        document = self._document
        if document is None or not self._found or not 1 <= page <= len(document.pages):
            return []
        end = document.pages[page] if page < len(document.pages) else len(document.text)
        first = bisect_left(self._found, (document.pages[page - 1], 0))
        on_it = takewhile(lambda span: span[0] < end, islice(self._found, first, first + _MOST_FOUND))
        return [key for start, stop in on_it for key in span_keys(document, start, stop)]

    def _choose(self, word: Word | None, is_extending: bool = False) -> None:
        """Chooses a word or up to it; nothing for None, unless choosing goes on."""
        if self._selection is None:
            return
        before = self._selection.span
        if word is not None:
            self._selection.choose(word, is_extending)
        elif not is_extending:
            self._selection.clear()
        if self._selection.span != before:
            self._tell()

    def _tell(self) -> None:
        span, document = self.chosen, self._document
        words = " ".join(document.text[slice(*span)].split()) if span and document else ""
        self.setAccessibleName(f"{self._name}, chosen: {words[:_MOST_SPOKEN]}" if words else self._name)
        self.viewport().update()
        self._ask()
        self.words_chosen.emit()

    def _more_wishes(self) -> list[Wish]:
        found: list[Wish] = [key for page in self._visible() for key in self._found_on(page)]
        return [*self._word_keys(), *found] if self.chosen is not None else found

    def _later_wishes(self) -> list[Wish]:
        return [*self._word_keys(), *super()._later_wishes()]

    def _word_keys(self) -> list[Wish]:
        """What to ask for, so that words can be chosen."""
        if self._selection is None or self._document is None or not self._document.pages:
            return []
        return [self._selection.key(page) for page in self._visible()]

    def _paint_over(self, painter: QPainter) -> None:
        for page in self._visible() if self._found else ():
            found = [box for key in self._found_on(page) for box in self._images.boxes(key) or ()]
            paint_boxes(painter, self._page_rect(page), found, "found", 0.0)
        for page in self._visible() if self._selection and self.chosen else ():
            assert self._selection is not None
            paint_boxes(painter, self._page_rect(page), list(self._selection.boxes(page)), "chosen", 0.0)

    def _on_answered(self, key: object) -> None:
        super()._on_answered(key)
        if self._to_show_chosen and isinstance(key, WordsKey) and self.chosen is not None:
            self._show_chosen()

    # ------------------------------------------------------------ by key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & _SHIFT)
        if event.key() == Qt.Key.Key_Escape and self.chosen is not None:
            self._choose(None)
        elif event.key() in _STEPS and event.modifiers() & (_CONTROL | _SHIFT):
            self._step(*_STEPS[event.key()], shift)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int, is_line: bool, is_extending: bool) -> None:
        if self._selection is None:
            return
        lit = self._target.anchor if self._target else None
        begin = lit.start if lit else int(self.offset_at(self.verticalScrollBar().value()))
        (self._selection.line_step if is_line else self._selection.step)(by, begin, is_extending)
        self._to_show_chosen = True
        self._show_chosen()
        self._tell()

    def _show_chosen(self) -> None:
        """Scrolls to where choosing stands; on a page that was not seen yet, to its top until that is known."""
        assert self._selection is not None
        page, box, bar = self._selection.page, self._selection.box, self.verticalScrollBar()
        if not 1 <= page <= self.page_count:
            return
        if box is None:
            if page not in self._visible():
                self.go_to_page(page)
            return
        self._to_show_chosen = False
        top, bottom = self._layout.value(page, box.top()), self._layout.value(page, box.bottom())
        room = self.viewport().height()
        if not bar.value() <= top or not bottom <= bar.value() + room:
            bar.setValue(int(top - room / 3))
        self._show_across(box)

    # ------------------------------------------------------------ by mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.page_count:
            extends = bool(event.modifiers() & _SHIFT)
            self._choose(self._word_at(event.position()) if extends else None, extends)
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self.page_count:
            if self.chosen is None:
                self._choose(self._word_at(self._pressed))
            self._choose(self._word_at(event.position()), is_extending=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._choose(self._word_at(event.position()))

    def _word_at(self, place: QPointF) -> Word | None:
        """The word at a place of the pane, or the nearest to it."""
        below = self.verticalScrollBar().value() + place.y()
        page = self._layout.page_at(below)
        rect = self._page_rect(page)
        on_page = QPointF((place.x() - rect.left()) / rect.width(), (place.y() - rect.top()) / rect.height())
        return self._selection.word_at(page, on_page) if self._selection else None
