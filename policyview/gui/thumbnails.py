"""Small pictures of a document's pages to jump by; only those in sight are drawn."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from policyview.gui import theme
from policyview.gui.page_images import PageImages, PageKey
from policyview.gui.page_picture import paint_page
from policyview.model import Document

_WIDTH, _HEIGHT = 84, 112  # pixels of a picture …
_CELL = QSize(100, 140)  # … and of all that belongs to it
_ASK_MS = 30  # while somebody scrolls on, nothing is asked for
Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = 0
        self.lit: frozenset[int] = frozenset()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        page = index.row() + 1
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{page}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Page {page} of {self.count}{', words are lit on it' if page in self.lit else ''}"
        return None

    def show_pages(self, count: int) -> None:
        self.beginResetModel()
        self.count = count
        self.endResetModel()


class Thumbnails(QListView):
    """``chosen`` carries a page, counted from 1; ``left`` when Esc asks to go back."""

    chosen = Signal(int)
    left = Signal()

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pages")
        self._images = images
        self._document: Document | None = None
        self._pages = _Pages(self)
        self.setModel(self._pages)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(_CELL)
        self.setItemDelegate(_Painter(self))
        self._ask_soon = QTimer(self, singleShot=True, interval=_ASK_MS)
        self._ask_soon.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(lambda value: self._ask_soon.start())
        images.answered.connect(self._on_answered)
        self.clicked.connect(lambda index: self.chosen.emit(index.row() + 1))

    def show_document(self, document: Document | None) -> None:
        """Shows the pages of a PDF; of another document none."""
        if document is not self._document:
            self._document = document
            self._pages.show_pages(len(document.pages) if document else 0)
        self._ask_soon.start()

    def show_lit(self, pages: frozenset[int]) -> None:
        """The pages on which words are lit carry a sign."""
        self._pages.lit = pages
        self.viewport().update()

    def show_page(self, page: int) -> None:
        """Makes the page in view the current one, unless somebody walks the pages."""
        index = self._pages.index(page - 1)
        if index.isValid() and not self.hasFocus():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def key(self, page: int) -> PageKey:
        """What to ask for."""
        assert self._document is not None
        return PageKey(self._document.sha256, page, round(_WIDTH * self.devicePixelRatioF()))

    def paint_page(self, painter: QPainter, cell: QRect, page: int, is_current: bool) -> None:
        """One page with its number."""
        look, image = theme.current(), self._images.image(self.key(page)) if self._document else None
        ratio = image.height() / image.width() if image else _HEIGHT / _WIDTH
        width = min(_WIDTH, _HEIGHT / ratio)
        room = QRectF(cell.center().x() - width / 2, cell.top() + 5, width, width * ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_page(painter, room, room, image, "")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("accent" if is_current else "line"), 3 if is_current else 1))
        painter.drawRect(room)
        painter.setFont(look.font("small", bold=is_current))
        painter.setPen(look.colour("text"))
        foot = QRect(cell.left(), cell.bottom() - 19, cell.width(), 18)
        sign = " · lit" if page in self._pages.lit else ""
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, f"{page}{sign}")

    def _in_sight(self) -> range:
        """The pages whose pictures are seen."""
        across = max(1, self.viewport().width() // _CELL.width())
        top = self.verticalScrollBar().value()
        first = top // _CELL.height() * across
        last = (top + self.viewport().height()) // _CELL.height() * across + across
        return range(first + 1, min(self._pages.count, last) + 1)

    def _ask(self) -> None:
        is_seen = self._document is not None and self.isVisible()
        self._images.want([self.key(page) for page in self._in_sight()] if is_seen else [], self)

    def _on_answered(self, key: object) -> None:
        if isinstance(key, PageKey) and self._document is not None and key.sha256 == self._document.sha256:
            self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_soon.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row() + 1)
        else:
            super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    def __init__(self, view: Thumbnails) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.current().colour("accent_soft"))
        self._view.paint_page(painter, rect, index.row() + 1, bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return _CELL
