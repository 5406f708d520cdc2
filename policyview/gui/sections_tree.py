"""The headings of a document as a tree to jump by; the one that is read now stands out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from policyview.anchor import anchor_at
from policyview.gui import theme
from policyview.gui.board import flat
from policyview.gui.heading_words import heading
from policyview.gui.plain import plain_tip
from policyview.model import Anchor, Document, Reading

_ANCHOR = Qt.ItemDataRole.UserRole + 1
_MOST = 3_000  # headings; some documents take every line for one
_LONGEST = 200  # characters of a heading


class SectionsTree(QTreeView):
    """``chosen`` carries the anchor of a heading, ``typed`` a letter that begins a word to find, ``left`` Esc."""

    chosen = Signal(object)
    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Sections")
        self.setHeaderHidden(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIndentation(14)
        self._items: list[QStandardItem] = []
        self._starts: list[int] = []
        self._read: QStandardItem | None = None
        self._model = QStandardItemModel(self)
        self._filtered = QSortFilterProxyModel(self)
        self._filtered.setSourceModel(self._model)
        self._filtered.setRecursiveFilteringEnabled(True)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._filtered)
        self.clicked.connect(self._go)

    @property
    def count(self) -> int:
        """How many headings there are."""
        return len(self._items)

    @property
    def starts(self) -> list[int]:
        """Where in the canonical text the headings stand, in their order."""
        return self._starts

    @property
    def read(self) -> str:
        """The heading under which the place in view stands; empty above the first one."""
        return self._read.text() if self._read is not None else ""

    def show_reading(self, reading: Reading | None) -> None:
        """Lists the headings of a document."""
        self._model.clear()
        self._items, self._starts, self._read = [], [], None
        above: list[tuple[int, QStandardItem]] = []
        for name, level, anchor in _headings(reading) if reading else ():
            item = QStandardItem(name[:_LONGEST])
            item.setToolTip(plain_tip(name))
            item.setData(anchor, _ANCHOR)
            item.setData(f"{name[:_LONGEST]}{f', page {anchor.page}' if anchor.page else ''}",
                         Qt.ItemDataRole.AccessibleTextRole)  # fmt: skip
            while above and above[-1][0] >= level:
                above.pop()
            (above[-1][1] if above else self._model.invisibleRootItem()).appendRow(item)
            above.append((level, item))
            self._items.append(item)
            self._starts.append(anchor.start)
        self.expandAll()

    def filter(self, words: str) -> int:
        """Shows only headings in which the words stand, and those above them; how many lines there are then."""
        self._filtered.setFilterFixedString(words.strip())
        self.expandAll()
        if words.strip():
            self._take_first_match(words.strip().casefold())
        elif self._read is not None:
            self._make_current(self._read)
        return self._filtered.rowCount()

    def _take_first_match(self, words: str) -> None:
        """The first line that has the words itself, not only one below it."""
        for item in self._items:
            if words in item.text().casefold():
                self._make_current(item)
                return

    def show_read(self, offset: int) -> None:
        """Marks the heading under which a place stands."""
        number = bisect_right(self._starts, offset) - 1
        item = self._items[number] if number >= 0 else None
        if item is self._read:
            return
        look = theme.current()
        for each, is_bold in ((self._read, False), (item, True)):
            if each is not None:
                each.setFont(look.font(bold=is_bold))
                each.setAccessibleDescription("in view" if is_bold else "")
        self._read = item
        if item is not None and not self.hasFocus():
            self._make_current(item)

    def _make_current(self, item: QStandardItem) -> None:
        index = self._filtered.mapFromSource(item.index())
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _go(self, index: QModelIndex) -> None:
        anchor = index.data(_ANCHOR)
        if isinstance(anchor, Anchor):
            self.chosen.emit(anchor)

    def go_to_current(self) -> None:
        """Goes where the current heading stands."""
        self._go(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, control = event.text(), Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_to_current()
        elif text.isprintable() and text.strip() and not event.modifiers() & control:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


def _headings(reading: Reading) -> Iterator[tuple[str, int, Anchor]]:
    """(heading, level, where); the document's own bookmarks where none were told apart."""
    sections = sorted(reading.facts.sections, key=lambda section: section.anchor.start)
    for section in sections[:_MOST]:
        yield heading(flat(section.heading)), section.level, section.anchor
    document = reading.document
    for entry in document.outline[:_MOST] if not sections else ():
        if entry.page and entry.page <= len(document.pages):
            yield flat(entry.title), entry.level, _page_begin(document, entry.page)


def _page_begin(document: Document, page: int) -> Anchor:
    start = document.pages[page - 1]
    return anchor_at(document, start, min(start + 1, len(document.text)))
