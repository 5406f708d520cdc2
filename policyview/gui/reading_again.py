"""Behind the first reading, when nothing else is to be done: tells what two PDF libraries read differently."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from policyview.gui import session_work
from policyview.gui.runner import Latest, Runner
from policyview.model import Reading
from policyview.read.copies import Copies
from policyview.settings import Settings

_IDLE_MS = 2_000  # so long after the last comparison


class ReadingAgain(QObject):
    """Reads once what it is given. ``progressed`` carries the Progress of that, ``due`` that it is time to begin."""

    due = Signal()
    progressed = Signal(object)

    def __init__(self, settings: Settings, copies: Copies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._copies = settings, copies
        self.done = set[str]()
        """The sums of what was read twice."""
        self._work = Latest()
        self.timer = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self.timer.timeout.connect(self.due)

    @property
    def runner(self) -> Runner | None:
        """The reading under way."""
        return self._work.runner

    def soon(self) -> None:
        """Tells when it is time, after a while."""
        self.timer.start()

    def begin(self, readings: Iterable[Reading]) -> None:
        """Reads again what was not yet."""
        wanted = [each for each in readings if each.document.sha256 not in self.done]
        settings, copies = self._settings, self._copies  # not through self: a circle may end in any thread
        runner = self._work.runner = Runner(lambda: session_work.twice(wanted, settings, copies), self)
        runner.progressed.connect(self.progressed)
        runner.ended.connect(self._on_ended)
        runner.finished.connect(self._on_finished)
        runner.start()

    def cancel(self) -> None:
        """Makes way; what is left is read another time."""
        if self.runner is not None:
            self.runner.cancel()

    def drop(self) -> None:
        """Lets work end that nobody waits for any more."""
        self._work.drop()

    def close(self) -> None:
        """Stops all work and waits for it."""
        self.timer.stop()
        self._work.close()

    def _on_ended(self, sums: tuple[str, ...] | None) -> None:
        if self._work.counts(self.sender()):
            self.done.update(sums or ())

    def _on_finished(self) -> None:
        if self._work.counts(self.sender()):
            self._work.take()
