"""The pages of a PDF, one below the other, words lit on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from policyview.gui import theme
from policyview.gui.lit_boxes import paint_boxes
from policyview.gui.page_boxes import box_keys, letters_in, span
from policyview.gui.page_images import BoxKey, PageImages, PageKey, Wish
from policyview.gui.page_layout import MARGIN, PageLayout
from policyview.gui.page_places import PagePlaces
from policyview.gui.page_zoom import PASSAGE, WIDTH, PageZoom, Zoom
from policyview.gui.standing import Target
from policyview.model import Anchor, Document

_TEXT = (0.1, 0.9)  # where the text of a page that was not drawn yet stands, as fractions of its width
_SIDE_STEP = 40  # pixels
_AHEAD = 1  # pages drawn before they are scrolled to


class PageView(QAbstractScrollArea):
    """At ``zoom`` 1 the pages' text fits the pane's width, their margins lie outside. Esc leaves. ``zoomed`` carries
    what a person chose."""

    left = Signal()
    page_changed = Signal(int)
    lit_changed = Signal()
    zoomed = Signal(object)

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
        self._layout = PageLayout(0, _TEXT)
        self._zoom = PageZoom()
        self._is_text_known = False
        self._scroll_to_lit = False
        self._last_page = 0
        images.answered.connect(self._on_answered)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda value: self.viewport().update())

    # ------------------------------------------------------------ what is shown

    @property
    def page_count(self) -> int:
        return self._layout.count

    @property
    def page(self) -> int:
        """The page in the middle of the pane, from 1; 0 without a document."""
        if not self.page_count:
            return 0
        return self._layout.page_at(self.verticalScrollBar().value() + self.viewport().height() / 3)

    @property
    def zoom(self) -> float:
        """The page's width as a multiple of the fitting one."""
        return self._layout.width / self._layout.fitting(self.viewport().width())

    @property
    def choice(self) -> Zoom:
        """What the pages' width follows."""
        return self._zoom.choice

    @property
    def share(self) -> float:
        """The pages' size as a share of the printed one."""
        return self._zoom.share(self._layout.width)

    def show_target(self, target: Target) -> None:
        """Shows the document with the target's words lit, and scrolls to them once it is known where they stand."""
        document = target.reading.document
        if self._document is None or document.sha256 != self._document.sha256:
            self._document = document
            self._places = PagePlaces(document, self._images)
            self._layout = PageLayout(max(1, len(document.pages)), _TEXT)
            self._last_page = 0
            self._is_text_known = False
            self._zoom.forget_document()
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
        if self.page_count:
            self.verticalScrollBar().setValue(int(self._layout.top(max(1, min(page, self.page_count))) - MARGIN))

    def set_choice(self, choice: Zoom) -> None:
        """What the pages' width follows from now on; the page in view stays."""
        self._zoom.choice = choice
        self._zoom.forget_letters()
        self._take_letters()
        self._scroll_to_lit = self._scroll_to_lit or self._zoom.is_open
        self._lay_out_again()
        self._ask()
        self.zoomed.emit(choice)

    def zoom_in(self) -> None:
        self.set_choice(self._zoom.step(1, self._layout.width))

    def zoom_out(self) -> None:
        self.set_choice(self._zoom.step(-1, self._layout.width))

    def fit_width(self) -> None:
        self.set_choice(WIDTH)

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

    def _show_across(self, boxes: QRectF) -> None:
        """Scrolls sideways to where the text begins, or where the words do not stand in the pane then, to these."""
        bar, room, home = self.horizontalScrollBar(), self.viewport().width(), self._layout.home
        begin, end = (MARGIN + edge * self._layout.width for edge in (boxes.left(), boxes.right()))
        is_seen = end <= home + room or begin <= home + room / 4
        bar.setValue(home if is_seen else int(min(begin - 3 * MARGIN, max(end - room + 3 * MARGIN, home))))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_in() if event.angleDelta().y() > 0 else self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)

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

    def _lay_out_again(self) -> None:
        """The place in view stays."""
        page, value = self.page, self.verticalScrollBar().value()
        share = self._layout.share(page, value) if page else 0.0
        self._lay_out()
        if page:
            self.verticalScrollBar().setValue(self._layout.value(page, share))

    def _lay_out(self) -> None:
        layout, room = self._layout, self.viewport().size()
        layout.lay_out(self._zoom.width(layout.fitting(room.width())))
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, layout.end - room.height()))
        down.setPageStep(room.height())
        down.setSingleStep(40)
        across.setRange(0, max(0, int(layout.width + 2 * MARGIN) - room.width()))
        across.setPageStep(room.width())
        across.setSingleStep(_SIDE_STEP)
        across.setValue(layout.home)
        is_wider = layout.width * (layout.text[1] - layout.text[0]) > room.width() + 1
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if is_wider else policy.ScrollBarAlwaysOff)
        self.viewport().update()

    def _page_rect(self, page: int) -> QRectF:
        layout, across, down = self._layout, self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        left = max(MARGIN, (self.viewport().width() - layout.width) / 2) - across
        return QRectF(left, layout.top(page) - down, layout.width, layout.height(page))

    def _visible(self) -> range:
        if not self.page_count:
            return range(0)
        top = self.verticalScrollBar().value()
        return self._layout.pages_between(top, top + self.viewport().height())

    # ------------------------------------------------------------ asking for images

    def _page_key(self, page: int) -> PageKey:
        assert self._document is not None
        return PageKey(self._document.sha256, page, round(self._layout.width * self.devicePixelRatioF()))

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
        wanted: list[Wish] = []
        if self._target:
            wanted += [*self._box_keys(self._target.words), *self._box_keys(self._target.basis)]
            visible = [page for page in visible if page == self._target.page] + visible
        if self._zoom.is_open:  # else each page would be drawn twice
            self._images.want([*self._letter_keys(), *wanted], self)
            return
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
        if isinstance(key, PageKey) and key == self._page_key(key.page):  # no thumbnail, whose proportions are rough
            self._learn(key)
        target = self._target
        if self._scroll_to_lit and target is not None:
            self._take_letters()
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
        layout, text = self._layout, (picture.left, picture.right)
        ratio = picture.image.height() / picture.image.width()
        if self._is_text_known:
            text = min(text[0], layout.text[0]), max(text[1], layout.text[1])
        is_known = abs(ratio - layout.ratio(key.page)) <= 0.002 and text == layout.text
        self._zoom.take_points(picture.points)
        if not is_known or self._zoom.width(layout.fitting(self.viewport().width())) != layout.width:
            layout.set_ratio(key.page, ratio)
            layout.text, self._is_text_known = text, True
            self._take_letters()
            self._lay_out_again()

    # ------------------------------------------------------------ letters

    def _letter_keys(self) -> list[Wish]:
        """What tells how high letters are: the lit words, or where none are, all words of the page."""
        target = self._target
        if target is None:
            return []
        page = target.page or 1
        lit = [key for key in self._box_keys((*target.words, *target.basis)) if key.page == page]
        return [*lit] or self._words_of(page)

    def _words_of(self, page: int) -> list[Wish]:
        """What tells where all words of a page stand."""
        return []

    def _take_letters(self) -> None:
        """Finds the width for the passage as soon as its letters are known."""
        keys = self._letter_keys()
        if self._zoom.choice != PASSAGE or self._target is None or not all(map(self._images.is_answered, keys)):
            return
        boxes = [box for key in keys if not isinstance(key, PageKey) for box in self._images.boxes(key) or ()]
        layout, room = self._layout, self.viewport().width()
        letters = letters_in(boxes, layout.ratio(self._target.page or 1))
        self._zoom.take_letters(letters, layout.fitting(room), room)
        if self._zoom.width(layout.fitting(room)) != layout.width:
            self._lay_out_again()

    # ------------------------------------------------------------ Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._zoom.forget_letters()
        self._lay_out_again()
        if self.page_count:
            self._scroll_to_lit = self._scroll_to_lit or self._target is not None
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
                paint_boxes(painter, rect, boxes, style, rect.left() + self._layout.text[0] * rect.width())
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
