"""The places of sources that were visited, to go back to and forward again, each with the cell it was seen from."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from policyview.gui.standing import Target

_REST_MS = 500  # a place that is left sooner was passed, not visited
_MOST = 100


@dataclass(frozen=True)
class Visit:
    """A place of a source; ``cell`` is (topic, row id, file) of the cell it belongs to, if it does."""

    target: Target
    cell: tuple[str, str, str] | None = None


class Visits(QObject):
    """``wanted`` carries the visit to go to, ``changed`` follows when other steps can be made."""

    wanted = Signal(object)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visits: list[Visit] = []
        self._at = -1
        self._now: Visit | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._keep)

    def come(self, visit: Visit) -> None:
        """Somebody came to a place; she visits it if she stays."""
        self._now = visit
        self._rest.start()
        self.changed.emit()

    def forget(self) -> None:
        """Other documents are open: nothing leads back."""
        self._rest.stop()
        self._visits, self._at, self._now = [], -1, None
        self.changed.emit()

    def can_step(self, by: int) -> bool:
        """Whether there is a place further on (1) or before (-1)."""
        return 0 <= self._number(by) < len(self._visits)

    def step(self, by: int) -> None:
        """Goes on to the next place (1) or back to the one before (-1)."""
        if not self.can_step(by):
            return
        self._keep()  # also one that she has but passed is what she comes back to
        number = self._at + by
        if 0 <= number < len(self._visits):
            self._at = number
            self._now = self._visits[number]
            self.changed.emit()
            self.wanted.emit(self._now)

    def _number(self, by: int) -> int:
        is_kept = self._at >= 0 and self._now == self._visits[self._at]
        return self._at + by if is_kept else (self._at if by < 0 else len(self._visits))

    def _keep(self) -> None:
        self._rest.stop()
        if self._now is None or (self._at >= 0 and self._visits[self._at] == self._now):
            return
        self._visits = [*self._visits[max(0, self._at - _MOST + 2):self._at + 1], self._now]
        self._at = len(self._visits) - 1
        self.changed.emit()
