"""How the panes of the window share its room, until a person moves the line between them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from policyview.gui.source_room import NARROWEST

TWO_PAYERS = 574  # pixels: the labels, two columns, and the bars beside them
_SOURCE_SHARE = 0.41  # of the room beside the library …
_SOURCE_WIDE, _SOURCE_SHARE_WIDE = 680, 0.3  # … or where that is much, pixels or so much of it: lines that can be read
THREE_ROWS = 322  # pixels: the bar, the heads, a group's name and three rows
_CELL_LOWEST, _CELL_SHARE = 76, 0.35  # of the criteria below the matrix: pixels, and of the height


def source_width(room: int) -> int:
    """Of what the library leaves: two payers stand beside it, and where there is more, whole lines of print."""
    wide = min(_SOURCE_SHARE * room, max(_SOURCE_WIDE, _SOURCE_SHARE_WIDE * room))
    return int(max(NARROWEST, min(wide, room - TWO_PAYERS)))


def cell_height(room: int) -> int:
    """Three rows of the matrix stand above it."""
    return int(max(_CELL_LOWEST, min(_CELL_SHARE * room, room - THREE_ROWS)))


def at_most(pixels: int, share: float) -> Callable[[int], int]:
    """So many pixels, in a low window this share of the room."""
    return lambda room: int(min(pixels, share * room))


class SharedSplitter(QSplitter):
    """Its last pane takes ``share`` of what it and the pane before have together; nothing is changed where that is
    None, and once a person has parted them."""

    def __init__(
        self, orientation: Qt.Orientation, share: Callable[[int], int | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(orientation, parent)
        self._share = share
        self.is_parted = False
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._on_parted)

    def _on_parted(self) -> None:
        self.is_parted = True

    def share(self) -> None:
        """Gives each pane its part."""
        sizes = self.sizes()
        if self.is_parted or len(sizes) < 2:
            return
        room = sum(sizes[-2:])
        last = self._share(room)
        if last is not None and room and sizes[-1] != last:
            self.setSizes([*sizes[:-2], room - last, last])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a pane was shown, or folded away
            self.share()
        return is_done
