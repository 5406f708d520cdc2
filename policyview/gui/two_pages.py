"""Two versions side by side; what is scrolled in one is scrolled in the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from policyview.gui.beside import Beside
from policyview.gui.page_images import PageImages
from policyview.gui.page_zoom import Zoom
from policyview.gui.standing import Target
from policyview.gui.version_pane import VersionPane

_NARROWEST = 200  # pixels
_FOLLOW_MS = 25  # a held arrow key passes changes faster than this; only the one it rests on is drawn


class TwoPages(QSplitter):
    """The older version at the left. ``left`` when Esc asks to go back."""

    left = Signal()

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.old, self.new = VersionPane("Older", images, self), VersionPane("Newer", images, self)
        self._panes = self.old, self.new
        self._beside: tuple[Beside, Beside] | None = None
        self._is_apart = False
        self._shift = [0, 0]  # what each pane stands off from where the other one alone would put it
        self._is_moving = False
        self._wanted: tuple[tuple[Target | None, Target | None], tuple[str, str]] = ((None, None), ("", ""))
        self._delay = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._delay.timeout.connect(self._follow)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for number, pane in enumerate(self._panes):
            self.addWidget(pane)
            self.setStretchFactor(number, 1)
            pane.setMinimumWidth(_NARROWEST)
            pane.scrolled.connect(lambda number=number: self._on_scrolled(number))
            pane.settled.connect(self._align)
            pane.left.connect(self.left)
            aside = pane.pages.horizontalScrollBar()
            aside.actionTriggered.connect(lambda _, number=number: self._on_moved_aside(number))
            pane.pages.zoomed.connect(lambda choice, number=number: self._on_zoomed(choice, number))
        self._is_parted = False
        self.splitterMoved.connect(self._on_parted)

    def show_places(
        self, places: tuple[Target | None, Target | None], said: tuple[str, str],
        beside: tuple[Beside, Beside] | None, is_apart: bool = False,
    ) -> None:  # fmt: skip
        """Shows a place of each version as soon as the keyboard rests; ``is_apart`` where they do not stand beside
        each other, as what was moved, and are to be scrolled from where they are."""
        self._wanted, self._beside, self._is_apart = (places, said), beside, is_apart
        self._delay.start()

    def _follow(self) -> None:
        self._is_moving = True
        for pane, target, said in zip(self._panes, *self._wanted, strict=True):
            pane.show_target(target, said)
        self._is_moving = False
        for pane, beside in zip(self._panes, self._beside or (), strict=False):
            pane.pages.set_landmarks(beside.landmarks)
        self._align()

    @property
    def is_settled(self) -> bool:
        """Whether what is asked for stands there, or cannot."""
        return not self._delay.isActive() and all(pane.is_settled for pane in self._panes)

    def retheme(self) -> None:
        for pane in self._panes:
            pane.retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_parted:  # both get the same share until a person moves the line between them
            self.setSizes([self.width() // 2, self.width() // 2])

    def _on_parted(self) -> None:
        self._is_parted = True

    def _align(self) -> None:
        """Of what stands apart, takes it that the two places now in view belong together."""
        for number in (0, 1):
            value = self._value_beside(1 - number)
            bar = self._panes[number].bar
            self._shift[number] = bar.value() - value if self._is_apart and bar and value is not None else 0

    def _value_beside(self, number: int) -> int | None:
        """Where the other pane would stand beside this one, its shift left out."""
        pane, other = self._panes[number].view, self._panes[1 - number].view
        if self._beside is None or pane is None or other is None:
            return None
        here = pane.offset_at(pane.verticalScrollBar().value() + pane.eye)
        return other.value_at(self._beside[number].offset(here)) - other.eye

    def _on_scrolled(self, number: int) -> None:
        if self._is_moving or not all(pane.is_placed for pane in self._panes):
            return
        value, bar = self._value_beside(number), self._panes[1 - number].bar
        if value is None or bar is None:
            return
        self._is_moving = True
        bar.setValue(value + self._shift[1 - number])
        self._is_moving = False

    def _on_moved_aside(self, number: int) -> None:
        """A person looks at the right or the left of the lines: in both versions."""
        self._panes[1 - number].pages.aside = self._panes[number].pages.aside

    def _on_zoomed(self, choice: Zoom, number: int) -> None:
        other = self._panes[1 - number].pages
        if other.choice != choice:
            other.set_choice(choice)
            self._align()
