"""The pages of a PDF, one below the other, words lit on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from PySide6.QtCore import QEvent, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from policyview.gui import theme
from policyview.gui.lit_boxes import paint_boxes
from policyview.gui.page_boxes import box_keys
from policyview.gui.page_images import BoxKey, PageImages, PageKey, ShapeKey, Wish
from policyview.gui.page_layout import MARGIN, PageLayout
from policyview.gui.page_next import Pane, wishes_of
from policyview.gui.page_picture import ink_of, paint_page
from policyview.gui.page_places import PagePlaces
from policyview.gui.page_scroll import PageScroll
from policyview.gui.page_shape import PageShape, span
from policyview.gui.page_zoom import Zoom
from policyview.gui.standing import Target
from policyview.model import Anchor, Document

_REST_MS = 120  # after so long without another target and without scrolling, what may come next is prepared
_KNOWN_DOCUMENTS = 60
_Known: TypeAlias = tuple[PageLayout, bool, int, Zoom, tuple[float, float, bool]]


class PageView(PageScroll):
    """Shows targets. Esc leaves; ``lit_changed`` when the words stand in view."""

    lit_changed = Signal()

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Source pages")
        self._images = images
        self._document: Document | None = None
        self._places: PagePlaces | None = None
        self._target: Target | None = None
        self._is_text_known = False
        self._known: dict[str, _Known] = {}
        self._scroll_to_lit = False
        self._going_to: BoxKey | None = None
        self._next: Callable[[], Sequence[Target]] = tuple
        self._coming: Sequence[Target] = ()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        images.answered.connect(self._on_answered)

    # ------------------------------------------------------------ what is shown

    def show_target(self, target: Target) -> None:
        """Shows the document with the target's words lit, and scrolls to them once it is known where they stand."""
        document, self._target = target.reading.document, target
        if self._document is None or document.sha256 != self._document.sha256:
            self._keep_known()
            self._document = document
            self._places = PagePlaces(document, self._images)
            self._last_page, self._across = 0, QRectF()
            self._recall_known(document)
            self._take_document(document)
            self._lay_out()
        self._scroll_to_lit, self._going_to = True, None
        self._stir()
        self._on_answered(None)

    def _keep_known(self) -> None:
        """What was learnt of a document holds when somebody comes back to it, as on a walk along a row."""
        if self._document is not None:
            found = self._layout, self._is_text_known, self.viewport().width(), self.choice, self._zoom.found
            self._known[self._document.sha256] = found
            while len(self._known) > _KNOWN_DOCUMENTS:
                del self._known[next(iter(self._known))]

    def _recall_known(self, document: Document) -> None:
        self._zoom.forget_document()
        known = self._known.pop(document.sha256, None)
        if known is None:
            self._layout, self._is_text_known = PageLayout(max(1, len(document.pages))), False
            return
        self._layout, self._is_text_known, room, choice, found = known
        if (room, choice) == (self.viewport().width(), self.choice):
            self._zoom.recall(found)

    @property
    def is_settled(self) -> bool:
        """Whether the lit words and the page they stand on are drawn, or cannot be."""
        target = self._target
        if self._document is None or target is None or self._scroll_to_lit:
            return self._document is None
        return self._is_shape_known and all(self._images.is_answered(self._page_key(n)) for n in self._visible())

    @property
    def is_placed(self) -> bool:
        """Whether the lit words were scrolled to."""
        return not self._scroll_to_lit

    @property
    def lit_count(self) -> int:
        """How many boxes are lit."""
        return sum(len(boxes) for _, _, boxes in self._lit_boxes()) if self._target else 0

    @property
    def why_not_lit(self) -> str:
        """Why the words cannot be lit; empty where they are, or will be."""
        target = self._target
        keys = [*self._box_keys(target.words), *self._box_keys(target.basis)] if target else []
        return next((reason for key in keys if (reason := self._images.reason(key))), "")

    # ------------------------------------------------------------ moving

    def go_to(self, anchor: Anchor) -> None:
        """Scrolls a place of the document to the top, as soon as it is known where it stands; what is lit stays lit."""
        keys = self._box_keys((anchor,))
        if not keys:
            return
        self._scroll_to_lit, self._going_to = False, keys[0]
        self.go_to_page(keys[0].page)
        self._arrive()
        self._ask()

    def _arrive(self) -> None:
        key = self._going_to
        if key is None or not self._images.is_answered(key):
            return
        self._going_to = None
        boxes = self._images.boxes(key)
        if boxes:
            self.verticalScrollBar().setValue(self._layout.value(key.page, boxes[0].top()) - 2 * MARGIN)
            self._show_across(boxes[0])

    @property
    def top_offset(self) -> int:
        """The place of the canonical text near the pane's top."""
        return int(self.offset_at(self.verticalScrollBar().value() + 4 * MARGIN))

    def _on_chosen(self) -> None:
        self._take_shape()
        super()._on_chosen()
        self._ask()

    @property
    def is_lit_seen(self) -> bool:
        """Whether lit words stand in view."""
        return self._is_lit_within(self.viewport().height())

    def _is_lit_within(self, height: int) -> bool:
        top = self.verticalScrollBar().value()
        places = (self._layout.value(page, box.top()) for page, _, found in self._lit_boxes() for box in found)
        return any(top <= place <= top + height for place in places)

    def go_to_lit(self) -> None:
        """Scrolls to the lit words; to their page while it is not known where on it they stand."""
        target = self._target
        if target is None:
            return
        page, room = target.page or 1, self.viewport().height()
        lit = [(style, box) for number, style, found in self._lit_boxes() for box in found if number == page]
        words = [box for style, box in lit if style == target.styles[0]]
        boxes, height = span([box for _, box in lit]), self._layout.height(page)
        if words and boxes.height() * height > 0.8 * room:
            boxes = span(words)  # both do not fit the pane together
        if not lit:
            self.go_to_page(page)
            return
        left_over = room - boxes.height() * height
        top = self._layout.value(page, boxes.top())
        self.verticalScrollBar().setValue(int(top - max(24, min(room / 3, left_over / 2))))
        self._show_across(span(words) if words else boxes)

    def set_landmarks(self, offsets: Sequence[int]) -> None:
        """Places of the canonical text that ``offset_at`` and ``value_at`` are to know exactly."""
        if self._places is not None:
            self._places.set_landmarks(offsets)
            self._ask()

    @property
    def eye(self) -> int:
        """How far below the pane's top a person looks, in scroll values: there the lit words stand."""
        return self.viewport().height() // 3

    def offset_at(self, value: float) -> float:
        """Which place of the canonical text stands at a scroll value."""
        if self._places is None or not self.page_count:
            return 0.0
        page = self._layout.page_at(value)
        return self._places.offset(page, self._layout.share(page, value))

    def value_at(self, offset: float) -> int:
        """The scroll value at which a place of the canonical text stands."""
        if self._places is None or not self.page_count:
            return 0
        page = min(self.page_count, self._places.page(offset))
        return self._layout.value(page, self._places.share(page, offset))

    # ------------------------------------------------------------ asking for images

    @property
    def image_width(self) -> int:
        """How many device pixels wide pages are drawn."""
        return round(self._layout.width * self.devicePixelRatioF())

    def _page_key(self, page: int) -> PageKey:
        assert self._document is not None
        return PageKey(self._document.sha256, page, self.image_width)

    def _box_keys(self, anchors: tuple[Anchor, ...]) -> list[BoxKey]:
        document = self._document
        return [] if document is None else [key for anchor in anchors for key in box_keys(document, anchor)]

    def _is_answered(self, target: Target) -> bool:
        boxes = [*self._box_keys(target.words), *self._box_keys(target.basis)]
        page = self._page_key(target.page or 1)
        return self._images.is_answered(page) and all(map(self._images.is_answered, boxes))

    def _lit_boxes(self) -> Iterator[tuple[int, str, list[QRectF]]]:
        """(page, style, boxes) of all lit words that are found."""
        if self._target is None:
            return
        words, basis = self._target.styles
        for style, anchors in ((basis, self._target.basis), (words, self._target.words)):
            for key in self._box_keys(anchors):
                yield key.page, style, self._images.boxes(key) or []

    def _ask(self) -> None:
        if self._document is None:
            return
        visible = list(self._visible())
        wanted: list[Wish] = [self._going_to] if self._going_to else []
        if self._target:
            wanted += [*self._box_keys(self._target.words), *self._box_keys(self._target.basis)]
            visible = [page for page in visible if page == self._target.page] + visible
        if not self._is_shape_known:  # else each page would be drawn twice
            self._images.want([*wanted, *self._shape_keys()], self)
            return
        known = [key for page in visible for key in self._places.keys(page)] if self._places else []
        later = [] if self._rest.isActive() else self._later_wishes()
        self._images.want([*wanted, *map(self._page_key, visible), *known, *self._more_wishes(), *later], self)

    # ------------------------------------------------------------ what may come next

    def set_next(self, following: Callable[[], Sequence[Target]]) -> None:
        """What tells the targets that may be shown next, the likeliest first; asked while nothing else is to do."""
        self._next = following

    def _stir(self) -> None:
        """Somebody does something: nothing is prepared until it is done."""
        self._coming = ()
        self._rest.start()

    def _on_rest(self) -> None:
        self._coming = [target for target in self._next() if target.is_paged]
        self._ask()

    def _later_wishes(self) -> list[Wish]:
        """What is asked for behind everything else: the pages around those in view, and what may come next."""
        visible, pane = self._visible(), Pane(self.viewport().width(), self.choice, self.devicePixelRatioF())
        around = [page for page in (visible[-1] + 1, visible[0] - 1) if 1 <= page <= self.page_count]
        coming = [wish for target in self._coming
                  for wish in wishes_of(target, pane, self._known_width(target.reading.document), self._images)]
        return [*map(self._page_key, around), *coming]

    def _known_width(self, document: Document) -> float:
        """How wide the pages of a document are drawn that was shown before; 0 for any other."""
        if self._document is not None and document.sha256 == self._document.sha256:
            return self._layout.width
        known = self._known.get(document.sha256)
        is_as_then = known is not None and known[2:4] == (self.viewport().width(), self.choice)
        return known[0].width if known is not None and is_as_then else 0.0

    def _take_document(self, document: Document) -> None:
        """Another document is shown from now on; what is laid out and asked for next is of it."""

    def _more_wishes(self) -> list[Wish]:
        """What else is to be known of the pages in view."""
        return []

    def _on_answered(self, key: object) -> None:
        if self._document is None:
            return
        if getattr(key, "sha256", self._document.sha256) != self._document.sha256:
            if self._coming:
                self._ask()
            return
        if isinstance(key, PageKey) and key == self._page_key(key.page):  # no thumbnail, whose proportions are rough
            self._learn(key)
        self._arrive()
        target = self._target
        if self._scroll_to_lit:
            self._take_shape()
        if self._scroll_to_lit and target is not None:
            self.go_to_lit()
            self._scroll_to_lit = not self._is_answered(target)
            if not self._scroll_to_lit:
                self.lit_changed.emit()
        self._ask()
        self.viewport().update()

    def _learn(self, key: PageKey) -> None:
        """Takes a page's proportions from its image, and where there is no text, where its ink stands."""
        image, layout = self._images.image(key), self._layout
        if image is None or image.width() == 0:
            return
        ratio, shape = image.height() / image.width(), self._shape
        is_known = layout.is_told(key.page, ratio)
        layout.set_ratio(key.page, ratio)
        if self._target is not None and key.page == (self._target.page or 1) and (shape is None or shape.text is None):
            is_known = not self._widen(ink_of(image)) and is_known
            self._zoom.take_letters(None, layout.fitting(self.viewport().width()), self.viewport().width())
        if not is_known:
            self._lay_out_again()

    # ------------------------------------------------------------ what the target's page is like

    def _shape_keys(self) -> list[ShapeKey]:
        """What to ask for, so that it is known how wide the target's page has to be."""
        target = self._target
        return [] if target is None else [ShapeKey(target.reading.document.sha256, target.page or 1)]

    @property
    def _shape(self) -> PageShape | None:
        return next((shape for key in self._shape_keys() if (shape := self._images.shape(key))), None)

    @property
    def _is_shape_known(self) -> bool:
        """Whether it is known, or never will be."""
        target = self._target
        lit: list[Wish] = [] if target is None else [*self._box_keys((*target.words, *target.basis))]
        return all(map(self._images.is_answered, [*lit, *self._shape_keys()]))

    def _take_shape(self) -> None:
        """Finds the width for the passage as soon as its page and its place on it are known."""
        target, shape, layout, room = self._target, self._shape, self._layout, self.viewport().width()
        if target is None or shape is None or not self._is_shape_known:
            return
        page = target.page or 1
        is_as_laid_out = layout.is_told(page, shape.ratio)
        layout.set_ratio(page, shape.ratio)
        self._zoom.take_points(shape.points)
        if shape.text is not None:
            self._widen(shape.text)
            lit = [box for number, _, boxes in self._lit_boxes() for box in boxes if number == page]
            self._zoom.take_letters(shape.letters(lit), layout.fitting(room), room)
        if not is_as_laid_out or self._zoom.width(layout.fitting(room)) != layout.width:
            self._lay_out_again()

    def _widen(self, text: tuple[float, float]) -> bool:
        """Lets the text of all pages reach as far as this page's; True where it did not."""
        layout, before = self._layout, self._layout.text
        if self._is_text_known:
            text = min(text[0], before[0]), max(text[1], before[1])
        layout.text, self._is_text_known = text, True
        return text != before

    # ------------------------------------------------------------ Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lit words stay in view where they were, else the place at the top stays."""
        super().resizeEvent(event)
        if self._is_laying_out:
            return
        was_seen = self._is_lit_within(event.oldSize().height())
        if event.size().width() != event.oldSize().width():
            self._zoom.forget_letters()
            self._take_shape()
        self._lay_out_again()
        if self.page_count:
            self._scroll_to_lit = self._scroll_to_lit or was_seen
            self._on_answered(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ask()

    def _on_scrolled(self) -> None:
        self._stir()
        self._ask()
        super()._on_scrolled()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), theme.current().colour("sunken"))
        for page in self._visible():
            self._paint_page(painter, page)
        lit: dict[tuple[int, str], list[QRectF]] = {}
        for page, style, boxes in self._lit_boxes():
            lit.setdefault((page, style), []).extend(boxes)
        for (page, style), boxes in lit.items():
            if page in self._visible():
                rect = self._page_rect(page)
                paint_boxes(painter, rect, boxes, style, rect.left() + self._layout.text[0] * rect.width())
        self._paint_over(painter)
        painter.end()

    def _paint_over(self, painter: QPainter) -> None:
        """What stands above the lit words."""

    def _paint_page(self, painter: QPainter, page: int) -> None:
        key = self._page_key(page)
        image, reason = self._images.stand_in(key), self._images.reason(key)
        text = f"Page {page} cannot be shown: {reason}" if reason else f"Page {page} …"
        paint_page(painter, self._page_rect(page), QRectF(self.viewport().rect()), image, text)
