"""Larger and smaller by Ctrl and the wheel, in pages and in texts alike."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent


class Zoomable(Protocol):
    def zoom_in(self) -> None: ...

    def zoom_out(self) -> None: ...


def zoomed_by_wheel(view: Zoomable, event: QWheelEvent) -> bool:
    """Takes a turn of the wheel with Ctrl; False for any other, which scrolls."""
    turned = event.angleDelta().y()
    if not turned or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    view.zoom_in() if turned > 0 else view.zoom_out()
    event.accept()
    return True
