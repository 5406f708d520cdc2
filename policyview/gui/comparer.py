"""Compares two versions behind the window, one pair at a time, and keeps what was compared last."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, Signal

from policyview.gui.change_faces import ChangeBoard, change_board
from policyview.gui.runner import Runner
from policyview.gui.session_work import spare_the_collector
from policyview.model import Progress, Reading
from policyview.versions import Alongside, Diff

Compared = Generator[Progress, None, tuple[Diff, tuple[Alongside, ...]]]
_KEPT = 8  # comparisons; each some hundred kilobytes
_BREATH_S = 0.005  # so long at most the window's thread waits for its turn


class Comparer(QObject):
    """``compared`` carries a ChangeBoard; of each pair asked for, one of it, ``broke`` and ``cancelled`` tells the end.

    A pair that is asked for while another is under way takes its place.
    """

    progressed = Signal(object)
    compared = Signal(object)
    broke = Signal(str)
    cancelled = Signal()

    def __init__(self, compare: Callable[[Reading, Reading], Compared], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._compare = compare
        self._kept: OrderedDict[tuple[str, str], ChangeBoard] = OrderedDict()
        self._runner: Runner | None = None
        self._next: tuple[Reading, Reading] | None = None
        self._board: ChangeBoard | None = None
        self._why = ""

    @property
    def is_busy(self) -> bool:
        return self._runner is not None

    def ask(self, old: Reading, new: Reading) -> None:
        """Compares these two; what was compared before is there at once."""
        known = self._kept.get(_sums(old, new))
        self._next = None
        if self._runner is not None:
            self._runner.cancel()
        if known is not None:
            self._kept.move_to_end(_sums(old, new))
            self.compared.emit(known)
        elif self._runner is not None:
            self._next = old, new
        else:
            self._start(old, new)

    def forget(self) -> None:
        """Keeps nothing of what was compared."""
        self._kept.clear()

    def cancel(self) -> None:
        """Gives up the comparison under way."""
        self._next = None
        if self._runner is not None:
            self._runner.cancel()

    def close(self) -> None:
        """Ends all work and waits for it."""
        self.cancel()
        if self._runner is not None:
            self._runner.wait()

    def _start(self, old: Reading, new: Reading) -> None:
        self._board, self._why = None, ""
        compare = self._compare  # not through self: a circle would be broken up in whichever thread it comes up
        runner = self._runner = Runner(lambda: _boards(old, new, compare), self)
        runner.progressed.connect(self._on_progressed)
        runner.broke.connect(self._on_broke)
        runner.ended.connect(self._on_ended)
        runner.finished.connect(self._on_finished)
        runner.start()

    def _on_progressed(self, progress: Progress) -> None:
        if self._runner is not None and not self._runner.is_cancelled:
            self.progressed.emit(progress)

    def _on_broke(self, why: str) -> None:
        self._why = why

    def _on_ended(self, board: ChangeBoard | None) -> None:
        self._board = board

    def _on_finished(self) -> None:
        runner, self._runner = self._runner, None
        wanted, self._next = self._next, None
        board = self._board
        if board is not None:
            spare_the_collector()
            self._kept[_sums(board.report.old, board.report.new)] = board
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        is_cancelled = runner is not None and runner.is_cancelled
        if runner is not None:
            runner.wait()  # its last breath: whoever drops this object now would drop it under a living thread
            runner.deleteLater()
        if wanted is not None:
            self._start(*wanted)
        elif is_cancelled:
            self.cancelled.emit()
        elif board is not None:
            self.compared.emit(board)
        else:
            self.broke.emit(self._why)


def _sums(old: Reading, new: Reading) -> tuple[str, str]:
    return old.document.sha256, new.document.sha256


def _boards(
    old: Reading, new: Reading, compare: Callable[[Reading, Reading], Compared]
) -> Generator[Progress | None, None, Any]:
    """The comparison, then everything that is shown of it."""
    diff, alongside = yield from compare(old, new)
    last, breath = None, time.monotonic()
    for last in change_board(old, new, diff, alongside):  # noqa: B007
        if time.monotonic() - breath > _BREATH_S:
            time.sleep(0)
            breath = time.monotonic()
            yield None
    return last
