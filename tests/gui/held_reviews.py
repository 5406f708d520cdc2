"""Reviews that nobody keeps."""

from __future__ import annotations

import datetime
import getpass
from contextlib import AbstractContextManager, nullcontext

from PySide6.QtCore import QObject, Signal

from policyview.review import FIRST, Review, ReviewAction, Subject


class HeldReviews(QObject):
    """Holds what is said; ``reviewed`` after each review."""

    reviewed = Signal()
    why_read_only = ""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reviews: tuple[Review, ...] = ()

    @property
    def reviews(self) -> tuple[Review, ...]:
        """All that was said, in its order."""
        return self._reviews

    def review(
        self, action: ReviewAction, subject: Subject, text: str = "", sets: tuple[tuple[str, str], ...] = (),
        withdraws: str = "",
    ) -> Review:  # fmt: skip
        """Says something more."""
        time = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        previous = self._reviews[-1].sha256 if self._reviews else FIRST
        review = Review(action, subject, getpass.getuser(), time, text, sets, withdraws, previous)
        self._reviews = (*self._reviews, review)
        self.reviewed.emit()
        return review

    def together(self) -> AbstractContextManager[None]:
        """Tells of each review nevertheless."""
        return nullcontext()
