"""Beside the source: its sections, and of a PDF its pages, to jump by."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from policyview.gui.page_images import PageImages
from policyview.gui.plain import PlainLabel
from policyview.gui.sections_tree import SectionsTree
from policyview.gui.source_tools import retheme_tools, tool_button
from policyview.gui.thumbnails import Thumbnails
from policyview.model import Reading

_PDF = "application/pdf"


class _Words(QLineEdit):
    """Down goes into the list, Enter takes its current line, Esc leaves."""

    went_down = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class SourceOutline(QFrame):
    """``place_chosen`` carries a heading's anchor, ``page_chosen`` a page; ``left`` when it was closed."""

    place_chosen = Signal(object)
    page_chosen = Signal(int)
    left = Signal()
    shown = Signal(bool)

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._reading: Reading | None = None
        self._lit: frozenset[int] = frozenset()
        self.tree, self.pages = SectionsTree(self), Thumbnails(images, self)
        self.nothing = PlainLabel("No headings were told apart in this document", "soft")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.words = _Words(self)
        self.words.setAccessibleName("Find a section")
        self.words.setPlaceholderText("Find a section")
        self.words.setClearButtonEnabled(True)
        self.by_section, self.by_page = QPushButton("Sections", self), QPushButton("Pages", self)
        self._stack = QStackedWidget(self)
        for view in (self.tree, self.pages, self.nothing):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._stack, 1)
        self._wire()
        self.setVisible(False)

    def _head(self) -> QVBoxLayout:
        choice = QHBoxLayout()
        choice.setSpacing(4)
        for button, pages in ((self.by_section, False), (self.by_page, True)):
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, pages=pages: self._turn(pages))
            choice.addWidget(button)
        self._called = PlainLabel("Sections", "heading")
        choice.addWidget(self._called)
        choice.addStretch(1)
        choice.addWidget(tool_button("close", "Close the outline", "Close (Esc)", self.leave, self))
        head = QVBoxLayout()
        head.setContentsMargins(8, 5, 8, 4)
        head.setSpacing(4)
        head.addLayout(choice)
        head.addWidget(self.words)
        return head

    def _wire(self) -> None:
        self.tree.chosen.connect(self.place_chosen)
        self.pages.chosen.connect(self.page_chosen)
        for view in (self.tree, self.pages, self.words):
            view.left.connect(self.leave)
        self.tree.typed.connect(self._on_typed)
        self.words.textChanged.connect(self.tree.filter)
        self.words.returnPressed.connect(self.tree.go_to_current)
        self.words.went_down.connect(self.tree.setFocus)

    # ------------------------------------------------------------ what is shown

    def show_reading(self, reading: Reading | None) -> None:
        """The document whose sections and pages these are; they are listed as soon as the outline is open."""
        if reading is not self._reading:
            self._reading = reading
            if self.isVisible():
                self._list()

    def show_place(self, offset: int, page: int) -> None:
        """What is in view: a place of the canonical text, and its page, 0 where there is none."""
        if self.isVisible():
            self.tree.show_read(offset)
            if page:
                self.pages.show_page(page)

    def show_lit(self, pages: frozenset[int]) -> None:
        """On which pages words are lit."""
        self.pages.show_lit(pages)

    def open(self) -> None:
        """Shows itself and takes the keyboard."""
        self.setVisible(True)
        self.enter()

    def enter(self) -> None:
        """Gives the list the keyboard."""
        view = self._stack.currentWidget()
        (self.words if view is self.nothing or view is None else view).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Closes itself."""
        self.words.clear()
        self.setVisible(False)
        self.left.emit()

    def retheme(self) -> None:
        retheme_tools(self)
        self.pages.viewport().update()

    def _list(self) -> None:
        document = self._reading.document if self._reading else None
        is_paged = document is not None and document.media_type == _PDF
        self.words.clear()
        self.tree.show_reading(self._reading)
        self.pages.show_document(document if is_paged else None)
        for choice in (self.by_section, self.by_page):
            choice.setVisible(is_paged)
        self._called.setVisible(not is_paged)
        self._turn(is_paged and (self.by_page.isChecked() or not self.tree.count))

    def _turn(self, to_pages: bool) -> None:
        self.by_page.setChecked(to_pages)
        self.by_section.setChecked(not to_pages)
        self.words.setVisible(not to_pages and self.tree.count > 0)
        self._stack.setCurrentWidget(self.pages if to_pages else self.tree if self.tree.count else self.nothing)
        if self.by_page.hasFocus() or self.by_section.hasFocus():
            self.enter()

    def _on_typed(self, letter: str) -> None:
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.setText(self.words.text() + letter)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list()
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pages.show_document(None)
        self.shown.emit(False)
