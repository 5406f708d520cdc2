"""The pages of a PDF, one below the other, words lit on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from policyview.gui import theme
from policyview.gui.lit_boxes import paint_boxes
from policyview.gui.page_images import BoxKey, PageImages, PageKey, Wish
from policyview.gui.page_places import PagePlaces
from policyview.gui.standing import Target
from policyview.model import Anchor, Document

_MARGIN = 10  # pixels around a page
_LETTER = 11 / 8.5  # height to width of a page that was not drawn yet
_ZOOM_STEP = 1.25
_TEXT = (0.1, 0.9)  # where the text of a page that was not drawn yet stands, as fractions of its width
_ZOOM_RANGE = (0.4, 6.0)  # times the fitting width
_AHEAD = 1  # pages drawn before they are scrolled to


class PageView(QAbstractScrollArea):
    """At ``zoom`` 1 the pages' text fits the pane's width, their margins lie outside. Esc leaves."""

    left = Signal()
    page_changed = Signal(int)
    lit_changed = Signal()
    zoomed = Signal(float)

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.setAccessibleName("Source pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width, and with it all, jumps
        self._images = images
        self._document: Document | None = None
        self._places: PagePlaces | None = None
        self._target: Target | None = None
        self._ratios: list[float] = []
        self._tops: list[float] = []
        self._zoom = 1.0
        self._text = _TEXT
        self._is_text_known = False
        self._scroll_to_lit = False
        self._last_page = 0
        images.answered.connect(self._on_answered)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda value: self.viewport().update())

    # ------------------------------------------------------------ what is shown

    @property
    def page_count(self) -> int:
        return len(self._ratios)

    @property
    def page(self) -> int:
        """The page in the middle of the pane, from 1; 0 without a document."""
        if not self._tops:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        return max(1, min(self.page_count, bisect_right(self._tops, middle)))

    @property
    def zoom(self) -> float:
        return self._zoom

    def show_target(self, target: Target) -> None:
        """Shows the document with the target's words lit, and scrolls to them once it is known where they stand."""
        document = target.reading.document
        if self._document is None or document.sha256 != self._document.sha256:
            self._document = document
            self._places = PagePlaces(document, self._images)
            self._ratios = [_LETTER] * max(1, len(document.pages))
            self._last_page = 0
            self._text, self._is_text_known = _TEXT, False
            self._take_document(document)
            self._lay_out()
        self._target = target
        self._scroll_to_lit = True
        self._on_answered(None)

    @property
    def is_settled(self) -> bool:
        """Whether the lit words and the page they stand on are drawn, or cannot be."""
        target = self._target
        if self._document is None or target is None or self._scroll_to_lit:
            return self._document is None
        return self._is_answered(target) and all(self._images.is_answered(self._page_key(n)) for n in self._visible())

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

    def go_to_page(self, page: int) -> None:
        """Scrolls to the top of a page."""
        if self._tops:
            self.verticalScrollBar().setValue(int(self._tops[max(1, min(page, self.page_count)) - 1] - _MARGIN))

    def set_zoom(self, zoom: float) -> None:
        """Sets the page's width as a multiple of the fitting one; the page in view stays."""
        page, into = self.page, self._place_in_page()
        self._zoom = max(_ZOOM_RANGE[0], min(_ZOOM_RANGE[1], zoom))
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOff if self._zoom <= 1.0 else policy.ScrollBarAsNeeded)
        self._lay_out()
        if page:
            self.verticalScrollBar().setValue(int(self._tops[page - 1] + into * self._height(page)))
        self._ask()
        self.zoomed.emit(self._zoom)

    def zoom_in(self) -> None:
        self.set_zoom(self._zoom * _ZOOM_STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self._zoom / _ZOOM_STEP)

    def fit_width(self) -> None:
        self.set_zoom(1.0)

    def go_to_lit(self) -> None:
        """Scrolls to the lit words; to their page while it is not known where on it they stand."""
        target = self._target
        if target is None:
            return
        page, room = target.page or 1, self.viewport().height()
        lit = [(style, box) for number, style, found in self._lit_boxes() for box in found if number == page]
        words = [box for style, box in lit if style == target.styles[0]]
        boxes = _span([box for _, box in lit])
        if words and boxes.height() * self._height(page) > 0.8 * room:
            boxes = _span(words)  # both do not fit the pane together
        if not lit:
            self.go_to_page(page)
            return
        top = self._tops[page - 1] + boxes.top() * self._height(page)
        left_over = room - boxes.height() * self._height(page)
        self.verticalScrollBar().setValue(int(top - max(24, min(room / 3, left_over / 2))))
        self._show_across(boxes.left(), boxes.right())

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
        if self._places is None or not self._tops:
            return 0.0
        page = max(1, bisect_right(self._tops, value))
        return self._places.offset(page, (value - self._tops[page - 1]) / self._height(page))

    def value_at(self, offset: float) -> int:
        """The scroll value at which a place of the canonical text stands."""
        if self._places is None or not self._tops:
            return 0
        page = min(self.page_count, self._places.page(offset))
        return int(self._tops[page - 1] + self._height(page) * self._places.share(page, offset))

    def _show_across(self, left: float, right: float) -> None:
        """Scrolls sideways only where the words do not stand in the pane anyway."""
        bar, room, width = self.horizontalScrollBar(), self.viewport().width(), self._width()
        begin, end = _MARGIN + left * width, _MARGIN + right * width
        if begin < bar.value() or end > bar.value() + room:
            bar.setValue(int(begin - 3 * _MARGIN))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, step = self.verticalScrollBar(), self.viewport().height()
        moves = {
            Qt.Key.Key_Up: -60, Qt.Key.Key_Down: 60, Qt.Key.Key_PageUp: -step, Qt.Key.Key_PageDown: step,
            Qt.Key.Key_Space: step, Qt.Key.Key_Home: -bar.maximum(), Qt.Key.Key_End: bar.maximum(),
        }  # fmt: skip
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif control and event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_to_page(self.page + (1 if event.key() == Qt.Key.Key_PageDown else -1))
        elif event.matches(QKeySequence.StandardKey.ZoomIn) or event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.matches(QKeySequence.StandardKey.ZoomOut) or event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        elif event.key() == Qt.Key.Key_0:
            self.fit_width()
        elif event.key() in moves:
            bar.setValue(bar.value() + moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ geometry

    def _width(self) -> float:
        left, right = self._text
        return max(80.0, self.viewport().width() / (right - left) * self._zoom)

    def _height(self, page: int) -> float:
        return self._width() * self._ratios[page - 1]

    def _place_in_page(self) -> float:
        page = self.page
        return (self.verticalScrollBar().value() - self._tops[page - 1]) / self._height(page) if page else 0.0

    def _lay_out(self) -> None:
        width = self._width()
        ends = list(accumulate((ratio * width + _MARGIN for ratio in self._ratios), initial=float(_MARGIN)))
        self._tops = ends[:-1]
        room = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, int(ends[-1]) - room.height()))
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, int(width + 2 * _MARGIN) - room.width()))
        self.horizontalScrollBar().setPageStep(room.width())
        self.horizontalScrollBar().setValue(int(_MARGIN + self._text[0] * width))
        self.viewport().update()

    def _page_rect(self, page: int) -> QRectF:
        width = self._width()
        left = max(_MARGIN, (self.viewport().width() - width) / 2) - self.horizontalScrollBar().value()
        return QRectF(left, self._tops[page - 1] - self.verticalScrollBar().value(), width, self._height(page))

    def _visible(self) -> range:
        if not self._tops:
            return range(0)
        top = self.verticalScrollBar().value()
        first = max(1, bisect_right(self._tops, top))
        last = max(first, bisect_right(self._tops, top + self.viewport().height()))
        return range(first, last + 1)

    # ------------------------------------------------------------ asking for images

    def _page_key(self, page: int) -> PageKey:
        assert self._document is not None
        return PageKey(self._document.sha256, page, round(self._width() * self.devicePixelRatioF()))

    def _box_keys(self, anchors: tuple[Anchor, ...]) -> list[BoxKey]:
        document = self._document
        return [] if document is None else [key for anchor in anchors for key in _box_keys(document, anchor)]

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
        wanted: list[Wish] = []
        if self._target:
            wanted += [*self._box_keys(self._target.words), *self._box_keys(self._target.basis)]
            visible = [page for page in visible if page == self._target.page] + visible
        around = [visible[-1] + 1, visible[0] - 1] if _AHEAD and visible else []
        pages = [page for page in [*visible, *around] if 1 <= page <= self.page_count]
        known = [key for page in pages for key in self._places.keys(page)] if self._places else []
        self._images.want([*wanted, *map(self._page_key, pages), *known, *self._more_wishes()], self)

    def _take_document(self, document: Document) -> None:
        """Another document is shown from now on; what is laid out and asked for next is of it."""

    def _more_wishes(self) -> list[Wish]:
        """What else is to be known of the pages in view."""
        return []

    def _on_answered(self, key: object) -> None:
        if self._document is None:
            return
        if isinstance(key, PageKey) and key.sha256 == self._document.sha256:
            self._learn(key)
        target = self._target
        if self._scroll_to_lit and target is not None:
            self.go_to_lit()
            self._scroll_to_lit = not self._is_answered(target)
            if not self._scroll_to_lit:
                self.lit_changed.emit()
        self._ask()
        self.viewport().update()

    def _learn(self, key: PageKey) -> None:
        """Takes a page's proportions, and where text stands, from its picture."""
        picture = self._images.picture(key)
        if picture is None or picture.image.width() == 0:
            return
        ratio, text = picture.image.height() / picture.image.width(), (picture.left, picture.right)
        if self._is_text_known:
            text = min(text[0], self._text[0]), max(text[1], self._text[1])
        if abs(ratio - self._ratios[key.page - 1]) > 0.002 or text != self._text:
            page, into = self.page, self._place_in_page()
            self._ratios[key.page - 1] = ratio
            self._text, self._is_text_known = text, True
            self._lay_out()
            self.verticalScrollBar().setValue(int(self._tops[page - 1] + into * self._height(page)))

    # ------------------------------------------------------------ Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page, into = self.page, self._place_in_page()
        self._lay_out()
        if page:
            self.verticalScrollBar().setValue(int(self._tops[page - 1] + into * self._height(page)))
            if self._target and not self._scroll_to_lit:
                self._scroll_to_lit = True
            self._on_answered(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ask()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy) if not dx else self.viewport().update()

    def _on_scrolled(self) -> None:
        self._ask()
        if self.page != self._last_page:
            self._last_page = self.page
            self.page_changed.emit(self.page)

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
                paint_boxes(painter, rect, boxes, style, rect.left() + self._text[0] * rect.width())
        self._paint_over(painter)
        painter.end()

    def _paint_over(self, painter: QPainter) -> None:
        """What stands above the lit words."""

    def _paint_page(self, painter: QPainter, page: int) -> None:
        look, rect, key = theme.current(), self._page_rect(page), self._page_key(page)
        picture = self._images.stand_in(key)
        painter.fillRect(rect, look.colour("paper"))
        if picture is not None:
            painter.drawImage(rect, picture.image)
            return
        reason = self._images.reason(key)
        text = f"Page {page} cannot be shown: {reason}" if reason else f"Page {page} …"
        painter.setPen(QColor("#4a545c"))  # on paper, which is white in both schemes
        painter.setFont(look.font())
        room = rect.intersected(QRectF(self.viewport().rect())).adjusted(20, 20, -20, -20)
        painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter, text)


def _span(boxes: list[QRectF]) -> QRectF:
    """The smallest rectangle around all boxes."""
    around = QRectF()
    for box in boxes:
        around = around.united(box)
    return around


def _box_keys(document: Document, anchor: Anchor) -> Iterator[BoxKey]:
    """The anchor's stretch on each page that it touches."""
    pages, start = document.pages, anchor.start
    while start < anchor.end and pages:
        page = bisect_right(pages, start)
        after = pages[page] if page < len(pages) else len(document.text)
        end = min(anchor.end, after)
        yield BoxKey(document.sha256, page, start - pages[page - 1], end - pages[page - 1])
        if end <= start:
            return
        start = end


