"""Pages one below the other in a pane: scrolled, made larger and smaller, by keys and by the wheel."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from policyview.gui.page_layout import MARGIN, PageLayout
from policyview.gui.page_zoom import WIDTH, PageZoom, Zoom
from policyview.gui.wheel import zoomed_by_wheel

_STEP, _SIDE_STEP = 40, 40  # pixels


class PageScroll(QAbstractScrollArea):
    """At ``zoom`` 1 the pages' text fits the pane's width, their margins lie outside. Esc leaves. ``zoomed`` carries
    what a person chose."""

    left = Signal()
    page_changed = Signal(int)
    zoomed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width, and with it all, jumps
        self._layout = PageLayout(0)
        self._zoom = PageZoom()
        self.usual: Zoom = WIDTH  # what the key 0 leads back to
        self._across = QRectF()  # what is to stand in view sideways, as fractions of its page
        self._is_laying_out = False
        self._last_page = 0
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda value: self.viewport().update())

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

    # ------------------------------------------------------------ moving

    def go_to_page(self, page: int) -> None:
        """Scrolls to the top of a page."""
        if self.page_count:
            self.verticalScrollBar().setValue(int(self._layout.top(max(1, min(page, self.page_count))) - MARGIN))

    def set_choice(self, choice: Zoom) -> None:
        """What the pages' width follows from now on; the page in view stays."""
        self._zoom.choice = choice
        self._zoom.forget_letters()
        self._on_chosen()
        self.zoomed.emit(choice)

    def _on_chosen(self) -> None:
        """Another width is chosen."""
        self._lay_out_again()

    def zoom_in(self) -> None:
        self.set_choice(self._zoom.step(1, self._layout.width))

    def zoom_out(self) -> None:
        self.set_choice(self._zoom.step(-1, self._layout.width))

    def _show_across(self, boxes: QRectF) -> None:
        """Scrolls sideways to where the text begins, or where the words do not stand in the pane then, to these."""
        self._across = boxes
        bar, room, home = self.horizontalScrollBar(), self.viewport().width(), self._layout.home
        begin, end = (MARGIN + edge * self._layout.width for edge in (boxes.left(), boxes.right()))
        is_seen = end <= home + room or begin <= home + room / 4
        beside = min(3 * MARGIN, max(0.0, room - (end - begin)) / 2)
        bar.setValue(home if is_seen else int(min(begin - beside, end + 3 * MARGIN - room)))

    @property
    def aside(self) -> float:
        """How far the pages are scrolled sideways from where their text begins, as a share of their width."""
        return (self.horizontalScrollBar().sliderPosition() - self._layout.home) / self._layout.width

    @aside.setter
    def aside(self, share: float) -> None:
        self.horizontalScrollBar().setValue(int(self._layout.home + share * self._layout.width))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not zoomed_by_wheel(self, event):
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
            self.set_choice(self.usual)
        elif event.key() in moves:
            bar.setValue(bar.value() + moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _on_scrolled(self) -> None:
        if self.page != self._last_page:
            self._last_page = self.page
            self.page_changed.emit(self.page)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy) if not dx else self.viewport().update()

    # ------------------------------------------------------------ geometry

    def _lay_out_again(self) -> None:
        """The place in view stays."""
        page, value = self.page, self.verticalScrollBar().value()
        share = self._layout.share(page, value) if page else 0.0
        self._lay_out()
        if page:
            self.verticalScrollBar().setValue(self._layout.value(page, share))

    def _lay_out(self) -> None:
        layout, room = self._layout, self.viewport().width()
        layout.lay_out(self._zoom.width(layout.fitting(room)))
        self._show_side_bar(layout.width * (layout.text[1] - layout.text[0]) > room + 1)
        height = self.viewport().height()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, layout.end - height))
        down.setPageStep(height)
        down.setSingleStep(_STEP)
        across.setRange(0, max(0, int(layout.width + 2 * MARGIN) - room))
        across.setPageStep(room)
        across.setSingleStep(_SIDE_STEP)
        self._show_across(self._across)
        self.viewport().update()

    def _show_side_bar(self, is_needed: bool) -> None:
        """Qt gives the viewport another height within this, which is no news."""
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if is_needed else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.horizontalScrollBarPolicy():
            self._is_laying_out = True
            self.setHorizontalScrollBarPolicy(policy)
            self._is_laying_out = False

    def _page_rect(self, page: int) -> QRectF:
        layout, across, down = self._layout, self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        left = max(MARGIN, (self.viewport().width() - layout.width) / 2) - across
        return QRectF(left, layout.top(page) - down, layout.width, layout.height(page))

    def _visible(self) -> range:
        if not self.page_count:
            return range(0)
        top = self.verticalScrollBar().value()
        return self._layout.pages_between(top, top + self.viewport().height())
