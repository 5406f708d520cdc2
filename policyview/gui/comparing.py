"""The comparison that is shown: made anew whenever what was read, or what people said of it, is another."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from policyview.amend import Amended, amended, effective
from policyview.collection import Collection
from policyview.gui import session_work
from policyview.gui.board import Board, is_same_day, on_day
from policyview.gui.keeping import Keeping
from policyview.gui.runner import Latest, Runner
from policyview.gui.versioning import Versioning
from policyview.marks import Marks, marks
from policyview.review import Review
from policyview.settings import Settings

_NEXT_COMPARISON_MS = 400  # at least so long between two comparisons of a growing collection …
_REST = 2.0  # … and so many times as long as the last one took, so that reading keeps the processors


class Comparing(QObject):
    """``boards`` are what was compared last, ``amended`` and ``marks`` what people said of it by now.

    ``compared`` follows on each new comparison, ``reviewed`` on each review, once ``marks`` are up to date.
    """

    compared = Signal(object)  # tuple[Board, ...]
    reviewed = Signal()
    broke = Signal(str)

    def __init__(
        self, settings: Settings, gathered: Callable[[], Collection], is_reading: Callable[[], bool], keeping: Keeping,
        versioning: Versioning, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        """``gathered`` gives what is to be compared; matrices are kept only where ``is_reading`` says it is all."""
        super().__init__(parent)
        self._settings, self._gathered, self._is_reading = settings, gathered, is_reading
        self._keeping, self._versioning = keeping, versioning
        self.boards: tuple[Board, ...] = ()
        self.amended, self.marks = Amended(), Marks({}, {})
        self.why_broken = ""
        self._work = Latest()
        self._is_stale = self._is_closed = False
        self._compared_with: tuple[str, ...] = ()  # what people said that changed a fact or a row
        self._shown_with: tuple[str, ...] = ()  # likewise, in the boards that stand
        self._took_s = self._since = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._compare)
        keeping.reviewed.connect(self._on_reviewed)
        versioning.overridden.connect(self._on_overridden)
        versioning.dated.connect(self._on_dated)

    @property
    def is_busy(self) -> bool:
        """Whether the boards may soon be others."""
        return self._work.runner is not None or self._is_stale

    @property
    def pending(self) -> tuple[Review, ...]:
        """What was said, or taken back, and is to be seen in ``boards`` only once they are compared anew."""
        reviews = self._keeping.reviews
        now = effective(reviews)
        if now == self._shown_with:
            return ()
        other = {*now} ^ {*self._shown_with}
        return tuple(each for each in reviews if each.sha256 in other)

    def forget(self) -> None:
        """Something else is opened: nothing is shown until that is compared."""
        self._work.drop()
        self._is_stale, self.why_broken = False, ""
        self.boards = ()
        self.compared.emit(self.boards)

    def renew(self, is_stale: bool, at_once: bool = False) -> None:
        """Compares soon: where something is another since the last time, or is said to be by ``is_stale``."""
        self._is_stale = self._is_stale or is_stale
        if self._is_stale and self._work.runner is None and (at_once or not self._timer.isActive()):
            rest_ms = max(_NEXT_COMPARISON_MS, int(self._took_s * _REST * 1000))
            self._timer.start(0 if at_once else rest_ms)

    def close(self) -> None:
        """Stops all work and waits for it; nothing begins any more."""
        self._is_closed = True
        self._timer.stop()
        self._work.close()

    def _compare(self) -> None:
        if self._is_closed or self._work.runner is not None or not self._is_stale:
            return
        self._is_stale = False
        self.why_broken = ""
        self._since = time.monotonic()
        collection = self._gathered()
        self._compared_with = effective(collection.reviews)
        settings, as_of, recall = self._settings, self._versioning.as_of, self._keeping.recall_matrices
        self._work.runner = runner = Runner(lambda: session_work.boards(collection, settings, as_of, recall), self)
        runner.broke.connect(self._on_broke)
        runner.ended.connect(self._on_ended)
        runner.finished.connect(self._on_finished)
        runner.start()

    def _on_broke(self, reason: str) -> None:
        self.why_broken = reason
        self.broke.emit(reason)

    def _on_ended(self, boards: tuple[Board, ...] | None) -> None:
        if boards is not None and self._work.counts(self.sender()):
            self.boards, self._shown_with = boards, self._compared_with
            self._mark()
            if not (self._is_stale or self._is_reading()):
                self._keeping.keep_matrices(self._gathered(), [board.matrix for board in boards])
            session_work.spare_the_collector()

    def _on_finished(self) -> None:
        if not self._work.counts(self.sender()):
            return
        self._work.take()
        self._took_s = time.monotonic() - self._since
        self.compared.emit(self.boards)
        if self._is_stale:
            self.renew(is_stale=True, at_once=not self._is_reading())

    # ------------------------------------------------------------ what people say

    def _mark(self) -> None:
        reviews = self._keeping.reviews
        self.amended = amended(self._gathered().readings, reviews)
        self.marks = marks([board.matrix for board in self.boards], self.amended, reviews)

    def _on_reviewed(self) -> None:
        """What changes a fact or a row is compared anew; a note or a confirmation changes neither."""
        self._mark()
        if effective(self._keeping.reviews) != self._compared_with:
            self.renew(is_stale=True, at_once=True)
        self.reviewed.emit()

    def _on_overridden(self) -> None:
        self._keeping.keep_overrides(self._versioning.unsigned)
        self.renew(is_stale=True, at_once=True)

    def _on_dated(self) -> None:
        """The day decides which columns are in force, which is seen at once, and whether those agree."""
        before, versioning = self.boards, self._versioning
        self._keeping.keep_as_of(None if versioning.is_today else versioning.as_of)
        self.boards = tuple(on_day(board, versioning.as_of, versioning.overrides) for board in before)
        self.compared.emit(self.boards)
        if self._work.runner is not None or not is_same_day(before, self.boards):
            self.renew(is_stale=True, at_once=True)
