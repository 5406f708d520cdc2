"""What a person said of versions, act by act so that each can be undone, and the day as of which they are shown."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from policyview.amend import overridden
from policyview.model import Overrides
from policyview.review import Review


class Versioning(QObject):
    """``overridden`` where versions are to be recognised anew, ``dated`` where another day's are in force."""

    overridden = Signal()
    dated = Signal()

    def __init__(
        self, undo_stack: QUndoStack, parent: QObject | None = None,
        reviews: Callable[[], tuple[Review, ...]] = lambda: (),
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._undo_stack, self._reviews = undo_stack, reviews
        self._overrides = Overrides()
        self._known: tuple[Overrides, tuple[Review, ...], Overrides] | None = None
        self._as_of: datetime.date | None = None

    @property
    def overrides(self) -> Overrides:
        """What was said up to now, in reviews too."""
        reviews = self._reviews()
        if self._known is None or self._known[0] is not self._overrides or self._known[1] is not reviews:
            self._known = self._overrides, reviews, overridden(self._overrides, reviews)
        return self._known[2]

    @property
    def unsigned(self) -> Overrides:
        """What was said beside the reviews, without a name and a day: in earlier versions of the program."""
        return self._overrides

    @property
    def as_of(self) -> datetime.date:
        """The day whose versions are in force; today where none was named."""
        return self._as_of or datetime.date.today()

    @property
    def is_today(self) -> bool:
        return self._as_of is None

    def say(self, overrides: Overrides, told: str) -> None:
        """Takes the place of what was said; ``told`` names the act in the Edit menu."""
        if overrides != self._overrides:
            self._undo_stack.push(_Act(self, self._overrides, overrides, told))

    def restore(self, overrides: Overrides) -> None:
        """What was kept from an earlier session, or before an act: nothing that could be undone."""
        if overrides != self._overrides:
            self._overrides = overrides
            self.overridden.emit()

    def set_as_of(self, day: datetime.date | None) -> None:
        """Shows the versions in force on a day, None for today."""
        if day != self._as_of:
            self._as_of = day
            self.dated.emit()


class _Act(QUndoCommand):
    """One thing said."""

    def __init__(self, versioning: Versioning, before: Overrides, after: Overrides, told: str) -> None:
        super().__init__(told)
        self._versioning, self._before, self._after = versioning, before, after

    def redo(self) -> None:
        self._versioning.restore(self._after)

    def undo(self) -> None:
        self._versioning.restore(self._before)
