"""Measures what the window's thread computes between two ticks of a timer: what makes a window stutter."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 10
MOST_S = 0.1
"""The processor time between two ticks beyond which a person sees the window hang."""


class Probe(QObject):
    """``act`` names what is being done; ``worst`` keeps the longest computation of each act."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.act = "starting"
        self.worst: dict[str, float] = {}
        self._last = time.thread_time()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.thread_time()
        self.worst[self.act] = max(self.worst.get(self.act, 0.0), now - self._last)
        self._last = now

    @property
    def stutters(self) -> dict[str, int]:
        """The acts in which the thread computed for too long, with the milliseconds."""
        return {act: round(1000 * seconds) for act, seconds in self.worst.items() if seconds > MOST_S}
