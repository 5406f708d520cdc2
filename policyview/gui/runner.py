"""Drives a generator of the pipeline in a thread of its own, so that the window stays free."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from policyview.errors import PolicyviewError

Work = Callable[[], Generator[Any, None, Any]]


class Runner(QThread):
    """Runs once. ``ended`` carries what the generator returned, None where it was cancelled or broke.

    The generator is made, driven and closed in the thread; the cancel flag is tested between yields, so it
    must yield at least every 100 ms.
    """

    progressed = Signal(object)
    ended = Signal(object)
    broke = Signal(str)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Asks the work to stop at its next yield."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def run(self) -> None:
        result: Any = None
        try:
            result = self._drive()
        except PolicyviewError as error:
            self.broke.emit(str(error))
        except Exception as error:  # ours to mend; the window says so and lives on
            self.broke.emit(f"policyview made an error of its own ({type(error).__name__}: {error}).")
        self.ended.emit(result)

    def _drive(self) -> Any:
        with closing(self._work()) as steps:
            while not self._cancelled.is_set():
                try:
                    step = next(steps)
                except StopIteration as end:
                    return end.value
                if step is not None:
                    self.progressed.emit(step)
        return None


class Latest:
    """Work of which one piece at a time counts; ``runner`` is the one under way."""

    def __init__(self) -> None:
        self.runner: Runner | None = None
        self._dropped: list[Runner] = []

    def counts(self, sender: QObject | None) -> bool:
        """Whether a signal comes from the work under way, and not, belated, from what was dropped."""
        return not isinstance(sender, Runner) or sender is self.runner

    def take(self) -> Runner | None:
        """The work that came to its end; none is under way any more."""
        runner, self.runner = self.runner, None
        if runner is not None:
            runner.deleteLater()
        return runner

    def drop(self) -> None:
        """Lets work end that nobody waits for any more."""
        if self.runner is not None:
            self.runner.blockSignals(True)
            self.runner.cancel()
            self._dropped.append(self.runner)
            self.runner = None

    def close(self) -> None:
        """Stops all of it and waits for its threads."""
        for runner in (self.runner, *self._dropped):
            if runner is not None:
                runner.cancel()
                runner.wait()
