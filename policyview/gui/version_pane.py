"""One of two versions beside the other: which it is, and its pages or its text with the changed words lit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollBar, QStackedWidget, QVBoxLayout, QWidget

from policyview.gui import theme
from policyview.gui.citation import short_name, version_words
from policyview.gui.page_images import PageImages
from policyview.gui.page_view import PageView
from policyview.gui.page_zoom import PASSAGE
from policyview.gui.plain import ElidedLabel, PlainLabel
from policyview.gui.standing import Target
from policyview.gui.text_view import TextView


class VersionPane(QFrame):
    """``name`` is "Older" or "Newer". ``scrolled`` when its place changed, ``left`` when Esc asks to go back."""

    scrolled = Signal()
    left = Signal()
    settled = Signal()

    def __init__(self, name: str, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._name = name
        self._target: Target | None = None
        self._said = ""
        self.pages, self.text = PageView(images, self), TextView(self)
        self.pages.usual = PASSAGE
        self.pages.set_choice(PASSAGE)
        self.pages.setAccessibleName(f"{name} version, pages")
        self.text.setAccessibleName(f"{name} version, text")
        self.nothing = PlainLabel("", "soft")
        self._stack = QStackedWidget(self)
        for view in (self.nothing, self.pages, self.text):
            self._stack.addWidget(view)
        self.title, self.told = ElidedLabel("", "heading"), ElidedLabel("", "soft")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label, top, bottom in ((self.title, 6, 0), (self.told, 1, 5)):
            label.setContentsMargins(10, top, 8, bottom)
            layout.addWidget(label)
        layout.addWidget(self._stack, 1)
        self.pages.page_changed.connect(self._say)
        self.pages.lit_changed.connect(self._on_lit)
        for view in (self.pages, self.text):
            view.left.connect(self.left)
            view.verticalScrollBar().valueChanged.connect(self.scrolled)
        self.retheme()

    def show_target(self, target: Target | None, said: str) -> None:
        """Shows a version with its words lit; ``said`` is told over it."""
        self._target, self._said = target, said
        if target is None:
            self._stack.setCurrentWidget(self.nothing)
        elif target.is_paged:
            self._stack.setCurrentWidget(self.pages)
            self.pages.show_target(target)
        else:
            self._stack.setCurrentWidget(self.text)
            self.text.show_target(target)
        self._describe()
        self._say()

    def _describe(self) -> None:
        lit = [" ".join(anchor.quote.split()) for anchor in (self._target.words if self._target else ())]
        for view in (self.pages, self.text):
            view.setAccessibleDescription("; ".join(filter(None, (self._said, *lit))))

    @property
    def target(self) -> Target | None:
        return self._target

    @property
    def is_settled(self) -> bool:
        """Whether what is asked for stands there, or cannot."""
        view = self.view
        return view is None or view.is_settled

    @property
    def is_placed(self) -> bool:
        """Whether it stands where it was asked to, so that its scrolling means something."""
        return self.view is not self.pages or self.pages.is_placed

    @property
    def view(self) -> PageView | TextView | None:
        """What shows the version now."""
        current = self._stack.currentWidget()
        return current if isinstance(current, (PageView, TextView)) else None

    @property
    def bar(self) -> QScrollBar | None:
        return self.view.verticalScrollBar() if self.view else None

    def enter(self) -> None:
        """Gives the version the keyboard."""
        if self.view:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        look = theme.current()
        self.title.setFont(look.font(bold=True))
        self.told.setFont(look.font("small"))
        self.text.retheme()
        self.text.setFont(look.font())
        self.pages.viewport().update()

    def _on_lit(self) -> None:
        if self.pages.why_not_lit:
            self._said = f"the words cannot be lit: {self.pages.why_not_lit}"
        self._say()
        self.settled.emit()

    def _say(self) -> None:
        if self._target is None:
            self.title.show_text(self._name)
            self.told.show_text("")
            return
        reading = self._target.reading
        version = version_words(reading) or short_name(reading.file)
        self.title.show_text(f"{self._name}: {version}")
        page = f"p.\u00a0{self.pages.page} of {self.pages.page_count}" if self.view is self.pages else ""
        self.told.show_text(" · ".join(filter(None, (page, self._said))))
