"""What was opened: reads it, compares it, and says what became of every file."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from policyview import pipeline
from policyview.amend import Amended
from policyview.collection import Collection
from policyview.errors import UseError
from policyview.export.pack.opening import is_pack
from policyview.gui import session_work
from policyview.gui.auditing import Auditing
from policyview.gui.board import Board
from policyview.gui.brought import Brought
from policyview.gui.comparing import Comparing
from policyview.gui.desk import Contents, Desk
from policyview.gui.keeping import Keeping
from policyview.gui.reading_again import ReadingAgain
from policyview.gui.runner import Latest, Runner
from policyview.gui.versioning import Versioning
from policyview.marks import Marks
from policyview.model import Failure, Progress, Reading
from policyview.read.copies import Copies
from policyview.review import Review, ReviewAction, Subject
from policyview.settings import Settings
from policyview.store import Kept, is_workspace
from policyview.versions import Alongside, Diff

Compared = tuple[Diff, tuple[Alongside, ...]]
_NOTE_MS = 100  # progress and library follow at most this often …
_NOTE_REST = 8  # … and so many times as long as they took last: those of some thousand files take a while


class Session(QObject):
    """Readings, failures and boards. All signals reach the thread of the window.

    Each file stands in one place: ``readings``, ``failures``, ``skipped`` (of no type that is read), ``left_out``
    (reading was cancelled before its turn), or ``waiting``, where it may stand elsewhere too if it is read again.
    ``readings`` are as read; ``amended`` holds them with what people said of them, ``marks`` what was said of cells.
    ``brought`` is what was said in other workspaces that were opened beside this one.
    """

    progressed = Signal(object)  # Progress
    files_changed = Signal()
    compared = Signal(object)  # tuple[Board, ...]
    reviewed = Signal()
    workspace_opened = Signal()
    reading_ended = Signal()
    broke = Signal(str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.undo_stack = QUndoStack(self)
        self.versioning = Versioning(self.undo_stack, self, lambda: self.reviews)
        self.readings: dict[str, Reading] = {}
        self.failures: dict[str, Failure] = {}
        self.skipped: list[str] = []
        self.waiting: list[str] = []
        self.left_out: list[str] = []
        self._paths: dict[str, Path] = {}
        self._unread: list[Path] = []
        self._is_named = False  # whether the files among the unread are known
        self._broken: dict[str, str] = {}
        self.progress = Progress(0, 0)
        self.brought = Brought()
        self.layout = b""  # how the columns of each topic stand
        self.kept_aside: Path | None = None  # the work from which the workspace was begun anew
        self._given: list[Path] = []
        self._queue: list[Path] = []
        self._reader = Latest()
        self._copies = Copies()
        self._keeping = Keeping(Desk(settings, self._copies, self), self)
        self._keeping.opened.connect(self._on_opened)
        self._keeping.moved.connect(self.workspace_opened)
        self._keeping.failed.connect(self._on_keeping_broke)
        self.auditing = Auditing(settings, self._copies, self)
        self.auditing.opened.connect(self._keeping.hold)
        self.auditing.refused.connect(self._on_pack_refused)
        self.auditing.progressed.connect(self._on_read_again)
        self._called: list[tuple[Path, str]] = []
        self._is_closed = False
        self._comparing = Comparing(settings, self.collection, lambda: self.is_reading, self._keeping, self.versioning,
                                    self)  # fmt: skip
        self._comparing.compared.connect(self.compared)
        self._comparing.reviewed.connect(self.reviewed)
        self._comparing.broke.connect(self.broke)
        self.again = ReadingAgain(settings, self._copies, self)
        self.again.due.connect(self._read_again)
        self.again.progressed.connect(self._on_read_again)
        self._note_timer = QTimer(self, singleShot=True, interval=_NOTE_MS)
        self._note_timer.timeout.connect(self._note)

    # ------------------------------------------------------------ acts

    def open(self, paths: Sequence[Path]) -> None:
        """Reads more files and folders; what was read before stays, and a file read again takes its own place.

        The first workspace among them is worked in from now on, in place of what was open. A pack is shown by itself,
        likewise.
        """
        given = [Path(os.path.abspath(path)) for path in paths]
        pack = next(filter(is_pack, given), None)
        if pack is not None:
            self._audit(pack, [path for path in given if path != pack])
            return
        workspace = next((path for path in given if path.is_file() and is_workspace(path)), None)
        if workspace is not None:
            given.remove(workspace)
        if workspace is not None or self.auditing.is_on:
            self.work_in(workspace)
        self._given += given
        self._read_more(given)

    def _read_more(self, paths: Sequence[Path]) -> None:
        self._queue += paths
        self.again.cancel()
        if self._reader.runner is None and not self._keeping.is_opening:
            self._read_next()

    def work_in(self, workspace: Path | None, is_fresh: bool = False) -> None:
        """Puts a workspace in the place of what is open: the automatic one where none is named, without its documents
        where it is to be fresh."""
        self._keep_what_was_read()
        self.cancel()
        self.auditing.leave()
        self._keeping.open(workspace, is_fresh)

    def _audit(self, pack: Path, others: Sequence[Path]) -> None:
        """Puts an audit pack in the place of what is open, to be looked at only; the workspace stays as it was."""
        self._keep_what_was_read()
        self.cancel()
        self.auditing.open(pack, others)

    def _on_pack_refused(self, why: str) -> None:
        if self._keeping.is_open:
            self.auditing.leave()
        self._on_keeping_broke(why)

    def retry(self) -> None:
        """Reads again what could not be read or was left out; a link out of what was given is still not followed."""
        again = {name: self._paths[name] for name in (*self.failures, *self.left_out) if name in self._paths}
        paths = {name: path for name, path in again.items() if not pipeline.leads_out(path, self._given)}
        gone = [name for name, path in paths.items() if not os.path.lexists(path)]
        for name in gone:
            self._fail(Failure(name, f"{name} is no longer there. Put it back and read it again."))
        self.left_out = [name for name in self.left_out if name not in gone]
        self._read_more([*(path for name, path in paths.items() if name not in gone), *self._unread])
        self._note()

    def cancel(self) -> None:
        """Stops reading; what was read stays, the rest is left out."""
        self._leave_out(self._queue)
        self._queue.clear()
        if self._reader.runner is not None:
            self._reader.runner.cancel()

    def close(self) -> None:
        """Stops all work and waits for its threads; nothing begins any more."""
        self._is_closed = True
        self.cancel()
        self._note_timer.stop()
        self._reader.close()
        self._comparing.close()
        self._keep_what_was_read()
        self.again.close()
        self.auditing.close()
        self._keeping.close()
        self._copies.close()

    # ------------------------------------------------------------ how things are

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def copies(self) -> Copies:
        """The private copies of the documents."""
        return self._copies

    def copy_of(self, sha256: str) -> Path | None:
        """The private copy of a document, as it was when it was read; safe to ask from any thread."""
        return self._copies.find(sha256)

    def path_of(self, file: str) -> Path | None:
        """Where a file lay when it was given."""
        return self._paths.get(file)

    def compare_versions(self, old: Reading, new: Reading) -> Generator[Progress, None, Compared]:
        """What changed between two documents that were read; to be driven in a thread of its own."""
        return pipeline.compare_again(old, new, self._settings, self._copies, self.versioning.overrides)

    @property
    def boards(self) -> tuple[Board, ...]:
        """The matrices that were compared last, ready to be shown."""
        return self._comparing.boards

    @property
    def amended(self) -> Amended:
        """What was read, with what people said of it."""
        return self._comparing.amended

    @property
    def marks(self) -> Marks:
        """What was said of cells, by now."""
        return self._comparing.marks

    @property
    def broken(self) -> tuple[str, ...]:
        """Why reading or comparing as a whole did not reach its end, if so."""
        return tuple(filter(None, (*self._broken.values(), self._comparing.why_broken)))

    @property
    def is_reading(self) -> bool:
        return self._reader.runner is not None

    @property
    def is_busy(self) -> bool:
        """Whether anything of the comparison may still change."""
        is_opening = self._keeping.is_opening or self.auditing.is_opening
        return self.is_reading or self._comparing.is_busy or is_opening

    @property
    def is_empty(self) -> bool:
        known = self.readings or self.failures or self.skipped or self.left_out or self.broken
        return not (known or self.is_reading or self._queue)

    @property
    def workspace(self) -> Path | None:
        """The workspace or pack that was named; None for the automatic workspace."""
        return self._keeping.path

    @property
    def why_read_only(self) -> str:
        """Why nothing of what is shown can be reviewed or kept; empty where it can."""
        return self._keeping.locked

    @property
    def reviews(self) -> tuple[Review, ...]:
        """All that was said, in its order."""
        return self._keeping.reviews

    @property
    def corrected(self) -> dict[str, Reading]:
        """What was read, with what people said of it; as read where that is to be put in yet."""
        now = {reading.file: reading for reading in self.amended.readings}
        return {file: now[file] if file in now and now[file].document is reading.document else reading
                for file, reading in self.readings.items()}  # fmt: skip

    @property
    def pending(self) -> tuple[Review, ...]:
        """What was said, or taken back, and is to be seen in ``boards`` only once they are compared anew."""
        return self._comparing.pending

    def review(
        self, action: ReviewAction, subject: Subject, text: str = "", sets: tuple[tuple[str, str], ...] = (),
        withdraws: str = "",
    ) -> Review:  # fmt: skip
        """Says something of a cell or a change; it is in ``reviews`` at once, and kept soon after.

        UseError where that cannot be (``why_read_only``).
        """
        if self.why_read_only:
            raise UseError(self.why_read_only)
        return self._keeping.review(action, subject, text, sets, withdraws)

    def together(self) -> AbstractContextManager[None]:
        """Within this, ``reviewed`` follows once, after all that was said."""
        return self._keeping.together()

    # ------------------------------------------------------------ the workspace

    def save_as(self, path: Path) -> None:
        """Copies the workspace to another place and goes on there."""
        self._keep_what_was_read()
        self._keeping.save_as(path)

    def rescue(self, path: Path) -> None:
        """Puts what is whole of a damaged workspace in the place of what is open."""
        self._keep_what_was_read()
        self.cancel()
        self.auditing.leave()
        self._keeping.rescue(path)

    def keep_layout(self, layout: bytes) -> None:
        """How the columns of each topic stand, for the next time."""
        self.layout = layout
        self._keeping.keep_layout(layout)

    def _on_opened(self, contents: Contents) -> None:
        """What was open gives way to what the workspace holds."""
        self._reader.drop()
        self.again.drop()
        for files in (self.readings, self.failures, self._paths, self._broken):
            files.clear()
        self.skipped, self.waiting, self.left_out, self._unread = [], [], [], []
        self.undo_stack.clear()
        self.brought = Brought()
        self._comparing.forget()
        self.versioning.restore(contents.overrides)
        self.versioning.set_as_of(contents.as_of)
        self.layout = contents.layout
        self._take(contents)

    def _take(self, contents: Contents) -> None:
        self.readings.update({reading.file: reading for reading in contents.readings})
        self.failures.update({failure.file: failure for failure in contents.failures})
        self.skipped, self.kept_aside = [*contents.skipped], contents.kept
        self._paths.update(contents.paths)
        self._given = [*contents.paths.values(), *self._queue]
        self.again.done.update(reading.document.sha256 for reading in contents.readings)
        self._called = list(contents.stale)
        if contents.digest:
            self.again.soon()
            if self.auditing.not_opened:
                self._on_keeping_broke(self.auditing.not_opened)
        session_work.spare_the_collector()
        self._note()
        self.workspace_opened.emit()
        self._read_next()
        self._comparing.renew(is_stale=bool(self.readings), at_once=True)

    def _on_keeping_broke(self, reason: str) -> None:
        self._broken["keeping"] = reason
        self.broke.emit(reason)
        self._read_next()

    def _keep_what_was_read(self) -> None:
        files = [Kept(file, self._paths.get(file, Path(file)), reading.document.sha256)
                 for file, reading in self.readings.items()]  # fmt: skip
        failed = [Kept(f.file, self._paths.get(f.file, Path(f.file)), reason=f.reason) for f in self.failures.values()]
        self._keeping.keep((*files, *failed))

    # ------------------------------------------------------------ reading

    def _read_next(self) -> None:
        if self._is_closed or self._reader.runner is not None or not (self._queue or self._called):
            return
        paths, self._queue = self._queue, []
        called, self._called = self._called, []
        self._unread, self._is_named = paths, False
        self.left_out = [name for name in self.left_out if self._paths[name] not in paths]
        self._broken.pop("reading", None)
        recall = self._keeping.recall
        settings, copies = self._settings, self._copies
        self._reader.runner = reader = Runner(
            lambda: session_work.reading(paths, called, settings, copies, recall), self
        )
        reader.progressed.connect(self._on_progressed)
        reader.broke.connect(self._on_reading_broke)
        reader.ended.connect(self._on_read)
        reader.finished.connect(self._on_reader_finished)
        reader.start()
        self._note_timer.start()

    def _on_progressed(self, progress: Progress | dict[str, Path]) -> None:
        if not self._reader.counts(self.sender()):
            return
        if isinstance(progress, dict):
            self._paths |= progress
            self.waiting, self._is_named = list(progress), True
            self.left_out = [file for file in self.left_out if file not in progress]
            return
        self.progress = progress
        if progress.reading is not None:
            self._keep(progress.reading)
        if progress.failure is not None:
            self._fail(progress.failure)
        if not self._note_timer.isActive():
            self._note_timer.start()

    def _keep(self, reading: Reading) -> None:
        self.failures.pop(reading.file, None)
        self.readings[reading.file] = reading
        self._keeping.add(reading)
        if reading.file in self.waiting:
            self.waiting.remove(reading.file)
        session_work.spare_the_collector()
        self._comparing.renew(is_stale=True)

    def _fail(self, failure: Failure) -> None:
        if self.readings.pop(failure.file, None):
            self._comparing.renew(is_stale=True)
        self.failures[failure.file] = failure
        if failure.file in self.waiting:
            self.waiting.remove(failure.file)

    def _on_reading_broke(self, reason: str) -> None:
        self._broken["reading"] = reason
        self.broke.emit(reason)

    def _on_read(self, collection: Collection | None) -> None:
        if collection is not None and self._reader.counts(self.sender()):
            for reading in collection.readings:
                if self.readings.get(reading.file) is not reading:
                    self._keep(reading)
            for failure in collection.failures:
                self._fail(failure)
            for reading in collection.readings:  # in the order given, however the workers finished
                self.readings[reading.file] = self.readings.pop(reading.file)
            ended = {*self.readings, *self.failures, *self.left_out}  # one may have been named by itself since
            self.skipped = [file for file in dict.fromkeys([*self.skipped, *collection.skipped]) if file not in ended]
            self._unread = []
            self.brought = self.brought.joined(collection.reviews, collection.overrides)

    def _on_reader_finished(self) -> None:
        if not self._reader.counts(self.sender()):
            return
        reader = self._reader.take()
        if reader is not None and reader.is_cancelled:
            self._leave_out([*map(self._paths.__getitem__, self.waiting)] if self._is_named else self._unread)
            self._unread = []
        self.waiting = []
        self._note()
        if self._queue:
            self._read_next()
            return
        self._comparing.renew(is_stale=False, at_once=True)
        self.again.soon()
        self.reading_ended.emit()

    def _leave_out(self, paths: Sequence[Path]) -> None:
        """Keeps the names of what was not read, of a folder that was not looked into its own."""
        named = {pipeline.shown_name(path): path for path in paths}
        self._paths |= named
        self.left_out += [name for name in named if name not in {*self.readings, *self.failures, *self.left_out}]

    def _read_again(self) -> None:
        """Behind the first reading, when nothing else is to be done; of a pack, whose checks do that, these."""
        if self._is_closed:
            return
        if self.is_busy or self.again.runner is not None:
            self.again.soon()
        elif self.auditing.contents is not None:
            self.auditing.verify()
        else:
            self.again.begin(self.readings.values())

    def _on_read_again(self, progress: Progress) -> None:
        again = progress.reading
        known = self.readings.get(again.file) if again else None
        if again is None or known is None or known.document.sha256 != again.document.sha256:
            return
        if known.losses != again.losses:
            self._keep(again)
            self._note()

    def _note(self) -> None:
        self._note_timer.stop()
        began = time.monotonic()
        self._keep_what_was_read()
        self.progressed.emit(self.progress)
        self.files_changed.emit()
        taken_ms = 1000 * (time.monotonic() - began)
        self._note_timer.setInterval(max(_NOTE_MS, int(_NOTE_REST * taken_ms)))

    # ------------------------------------------------------------ comparing

    def collection(self) -> Collection:
        """What became of the files, and what was said."""
        readings, failures = tuple(self.readings.values()), tuple(self.failures.values())
        return Collection(readings, failures, tuple(self.skipped), self.versioning.overrides, self.reviews)
