"""What the window keeps of its work, as the window sees it: reviews at once, all else soon."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from policyview.collection import Collection
from policyview.gui.desk import Contents, Desk
from policyview.model import Matrix, Overrides, Reading
from policyview.review import FIRST, Review, ReviewAction, Subject
from policyview.store import Kept, user


class Keeping(QObject):
    """In front of the desk. Where no workspace was asked for, or none can be had, reviews are held here only."""

    opened = Signal(object)  # Contents
    moved = Signal()  # the workspace goes on under another name
    reviewed = Signal()
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.path: Path | None = None
        self.reviews: tuple[Review, ...] = ()
        self.locked = ""  # why nothing can be said
        self.is_opening = False
        self._is_open = False
        self._under_way = 0  # reviews
        self._is_held = False  # whether more are said at once
        self._readings: list[Reading] = []
        self._recalled: dict[int, Reading] = {}  # by identity; they are kept already
        self._files: tuple[Kept, ...] = ()
        desk.opened.connect(self._on_opened)
        desk.saved.connect(self._on_saved)
        desk.reviewed.connect(self._on_reviewed)
        desk.refused.connect(self._on_refused)
        desk.lost.connect(self._on_lost)
        desk.failed.connect(self.failed)

    def close(self) -> None:
        """Waits until all is on the disk."""
        self._desk.close()

    # ------------------------------------------------------------ the workspace

    def open(self, path: Path | None, is_fresh: bool) -> None:
        """Opens a workspace; ``opened`` or ``failed`` tells how it went."""
        self.is_opening = True
        self._desk.open(path, is_fresh)

    def hold(self, contents: Contents) -> None:
        """Shows what stands in no workspace: it is ``opened``, and nothing is kept until a workspace is."""
        self._desk.leave()
        self._take(contents, is_open=False)

    def save_as(self, path: Path) -> None:
        """Goes on in a copy, if that can be made."""
        self._desk.save_as(path)

    def rescue(self, path: Path) -> None:
        """Opens what is whole of a damaged workspace, as a new one beside it."""
        self.is_opening = True
        self._desk.rescue(path)

    def _on_opened(self, contents: Contents) -> None:
        self._take(contents, is_open=True)

    def _take(self, contents: Contents, is_open: bool) -> None:
        self.is_opening, self._is_open = False, is_open
        self.path, self.reviews, self.locked = contents.path, contents.reviews, contents.locked
        self._under_way, self._files = 0, ()
        self._readings.clear()
        self.opened.emit(contents)
        self.reviewed.emit()

    def _on_saved(self, path: Path) -> None:
        self.path, self.locked = path, ""
        self.moved.emit()

    def _on_refused(self, is_another_open: bool) -> None:
        self.is_opening, self._is_open = False, is_another_open

    def _on_lost(self) -> None:
        self._is_open = False

    @property
    def is_open(self) -> bool:
        """Whether anything that is said or read is kept."""
        return self._is_open

    # ------------------------------------------------------------ what is kept

    def recall(self, sha256: str, name: str) -> Reading | None:
        """What was read of these bytes before; waits, so not for the window's thread."""
        reading = self._desk.recall(sha256, name)
        if reading is not None:
            self._recalled[id(reading)] = reading
        return reading

    def add(self, reading: Reading) -> None:
        """Notes what is to be kept with the next ``keep``."""
        if self._recalled.pop(id(reading), None) is None and self._is_open:
            self._readings.append(reading)

    def keep(self, files: Iterable[Kept]) -> None:
        """Keeps what was added since, and the list of all files."""
        listed = tuple(files)
        if not self._is_open or (listed == self._files and not self._readings):
            return
        readings, self._readings, self._files = self._readings, [], listed
        self._desk.keep(readings, listed)

    def keep_overrides(self, overrides: Overrides) -> None:
        if self._is_open:
            self._desk.keep_overrides(overrides)

    def keep_as_of(self, day: datetime.date | None) -> None:
        if self._is_open:
            self._desk.keep_as_of(day)

    def keep_layout(self, layout: bytes) -> None:
        if self._is_open:
            self._desk.keep_layout(layout)

    def keep_matrices(self, collection: Collection, matrices: Sequence[Matrix]) -> None:
        if self._is_open:
            self._desk.keep_matrices(collection, matrices)

    def recall_matrices(self, collection: Collection) -> tuple[Matrix, ...] | None:
        """The matrices of a collection, if they were kept; waits, so not for the window's thread."""
        return self._desk.recall_matrices(collection) if self._is_open else None

    # ------------------------------------------------------------ reviews

    def review(
        self, action: ReviewAction, subject: Subject, text: str, sets: tuple[tuple[str, str], ...], withdraws: str
    ) -> Review:
        """Adds a review behind the last."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        previous = self.reviews[-1].sha256 if self.reviews else FIRST
        review = Review(action, subject, user() or "unknown", now, text, sets, withdraws, previous)
        self.reviews = (*self.reviews, review)
        if self._is_open:
            self._under_way += 1
            self._desk.keep_review(review)
        self._tell()
        return review

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several reviews are told of once, at their end."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
            self._tell()

    def _tell(self) -> None:
        if not self._is_held:
            self.reviewed.emit()

    def _on_reviewed(self, kept: tuple[Review, ...] | None) -> None:
        """Where a review could not be kept (``failed`` says so), what is shown follows what is kept."""
        self._under_way -= 1
        if kept is not None and self._under_way == 0 and [r.sha256 for r in kept] != [r.sha256 for r in self.reviews]:
            self.reviews = kept
            self.reviewed.emit()
