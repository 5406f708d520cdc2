"""The store's own thread: all that the window keeps in its workspace goes through here, one act after the other."""

from __future__ import annotations

import datetime
import json
import os
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from policyview import edition
from policyview.amend import effective
from policyview.collection import Collection
from policyview.errors import FileError
from policyview.export.whole import free_name
from policyview.gui.automatic import back_up, keep_aside, open_automatic, open_named, thin
from policyview.inputs import shown_name
from policyview.model import Failure, Matrix, Overrides, Reading
from policyview.read.copies import Copies
from policyview.review import Review
from policyview.settings import Settings
from policyview.store import ENDING, DamagedWorkspaceError, Kept, UnwritableWorkspaceError, Workspace, codec, rescue

_T = TypeVar("_T")
_LOOK_S = 0.1
_MATRICES, _KEY, _AS_OF, _LAYOUT = "matrices", "matrices are of", "as of", "layout"


@dataclass(frozen=True)
class Contents:
    """What a workspace or a pack holds. ``path`` is None for the automatic workspace; only for that ``paths`` tell
    where files were.

    ``stale`` are the documents that must be read again, copied out of it, with their names. ``as_of`` is the day whose
    versions were shown, None for today. Only a pack has a ``digest`` and tells what was ``skipped``. ``locked`` says
    why a workspace is only read; empty where it is written to. ``kept`` is a copy of what it held before it was begun
    anew, ``layout`` how the columns of each topic stood.
    """

    path: Path | None
    paths: dict[str, Path]
    readings: tuple[Reading, ...]
    failures: tuple[Failure, ...]
    stale: tuple[tuple[Path, str], ...]
    reviews: tuple[Review, ...]
    overrides: Overrides
    as_of: datetime.date | None = None
    digest: str = ""
    locked: str = ""
    skipped: tuple[str, ...] = ()
    kept: Path | None = None
    layout: bytes = b""


class Desk(QObject):
    """Opens a workspace and keeps in it. Every signal reaches the window's thread; ``failed`` carries a sentence."""

    opened = Signal(object)  # Contents
    reviewed = Signal(object)  # tuple[Review, ...]: all that are kept; None where nothing is
    refused = Signal(bool)  # to open one; whether another is still open. ``failed`` says why
    lost = Signal()  # nothing more can be kept; ``failed`` says why
    saved = Signal(object)  # Path
    failed = Signal(str)

    def __init__(self, settings: Settings, copies: Copies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._copies = copies
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._workspace: Workspace | None = None  # of the thread alone, like what is below
        self._said = set[str]()
        self._pending: list[Reading] = []  # read, but not yet kept
        self._files: tuple[Kept, ...] = ()
        copies.supply = self._supply

    def _do(self, job: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="store")
            self._thread.start()
        self._jobs.put(job)

    def close(self) -> None:
        """Waits until all that was asked for is on the disk."""
        self._copies.supply = None
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    # ------------------------------------------------------------ acts, from any thread

    def open(self, path: Path | None, is_fresh: bool = False) -> None:
        """Opens a workspace, the automatic one where none is named; a fresh one lists no files."""
        self._do(lambda: self._open(path, is_fresh))

    def leave(self) -> None:
        """Closes the workspace that is open: from now on there is none."""
        self._do(self._give_up)

    def save_as(self, path: Path) -> None:
        """Copies the workspace, takes the place of what stands there, and goes on in the copy."""
        self._do(lambda: self._save_as(path))

    def rescue(self, path: Path) -> None:
        """Saves what is whole of a damaged workspace beside it and opens that."""
        self._do(lambda: self._rescue(path))

    def keep(self, readings: Sequence[Reading], files: Sequence[Kept]) -> None:
        """Keeps what was read, and the list of all files."""
        self._do(lambda: self._keep(readings, files))

    def keep_review(self, review: Review) -> None:
        """Keeps a review; ``reviewed`` then tells of all."""
        self._do(lambda: self._keep_review(review))

    def keep_overrides(self, overrides: Overrides) -> None:
        """Keeps what a person said of versions."""
        self._do(lambda: self._keep_overrides(overrides))

    def keep_as_of(self, day: datetime.date | None) -> None:
        """Keeps the day whose versions are shown; None for whatever day it is."""
        self._do(lambda: self._keep_as_of(day))

    def keep_layout(self, layout: bytes) -> None:
        """Keeps how the columns of each topic stand."""
        self._do(lambda: self._keep_value(_LAYOUT, layout))

    def keep_matrices(self, collection: Collection, matrices: Sequence[Matrix]) -> None:
        """Keeps the matrices of what was read and said, so that they stand at once next time."""
        self._do(lambda: self._keep_matrices(collection, tuple(matrices)))

    def recall(self, sha256: str, name: str) -> Reading | None:
        """What was read of these bytes before, if the program would read the same; waits, so not for the window."""
        return self._ask(lambda workspace: workspace.recall(sha256, name, self._edition()))

    def recall_matrices(self, collection: Collection) -> tuple[Matrix, ...] | None:
        """The matrices of what was read and said, if they were made before; waits likewise."""
        return self._ask(lambda workspace: self._matrices(workspace, collection))

    def _supply(self, sha256: str, target: Path) -> bool:
        def copied(workspace: Workspace) -> bool:
            if not workspace.has_source(sha256):
                return False
            workspace.copy_source(sha256, target)
            return True

        return bool(self._ask(copied))

    def _ask(self, question: Callable[[Workspace], _T | None]) -> _T | None:
        """Has the thread answer; None where it cannot."""
        if self._thread is None or self._thread is threading.current_thread():
            return None
        answer: Future[_T | None] = Future()

        def answered() -> None:
            try:
                answer.set_result(question(self._workspace) if self._workspace else None)
            except BaseException:
                answer.set_result(None)
                raise

        thread = self._thread
        self._jobs.put(answered)
        while thread.is_alive():  # it may have been told to end just before
            with suppress(TimeoutError):
                return answer.result(timeout=_LOOK_S)
        return None

    # ------------------------------------------------------------ the thread

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except FileError as error:
                self._say(self._let_go(error) if isinstance(error, DamagedWorkspaceError) else str(error))
            except Exception as error:  # ours to mend; the window says so and lives on
                self._say(f"policyview made an error of its own ({type(error).__name__}: {error}).")
        if self._pending:
            with suppress(FileError):  # it was said before
                self._keep_pending()
        self._leave()

    def _let_go(self, error: DamagedWorkspaceError) -> str:
        """A workspace that turned out to be damaged is not written to any more."""
        if self._workspace is None or not str(error).startswith(shown_name(self._workspace.path)):
            return str(error)
        self._leave()
        self.lost.emit()
        return f"{error} What you do from now on is not kept."

    def _say(self, sentence: str) -> None:
        """Each sentence once, until something was opened."""
        if sentence not in self._said:
            self._said.add(sentence)
            self.failed.emit(sentence)

    def _leave(self) -> None:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def _give_up(self) -> None:
        self._leave()
        self._said.clear()
        self._pending.clear()

    def _edition(self) -> str:
        return edition.edition(self._settings)

    def _open(self, path: Path | None, is_fresh: bool) -> None:
        try:
            workspace, contents, said = self._taken(path, is_fresh)
        except FileError:
            self.refused.emit(self._workspace is not None)
            raise
        self._said.clear()
        self._pending.clear()
        self.opened.emit(contents if workspace.is_writable else replace(contents, locked=" ".join(said)))
        for sentence in said:
            self._say(sentence)
        self._back_up(workspace)
        if path is None:
            thin(workspace)

    def _taken(self, path: Path | None, is_fresh: bool) -> tuple[Workspace, Contents, tuple[str, ...]]:
        """The workspace that takes the place of the one that was open, what it holds, and what to say of it."""

        def contents(workspace: Workspace) -> Contents:
            kept = None
            if is_fresh:
                kept = keep_aside(workspace)
                self._back_up(workspace)
                workspace.set_files([])
                for name in filter(workspace.value, (_AS_OF, _LAYOUT)):
                    workspace.set_value(name, b"")
            return replace(self._contents(workspace, path), kept=kept)

        is_open = path is not None and self._workspace is not None and _is_same(path, self._workspace.path)
        if path is None or is_open:
            self._leave()
        workspace, held, said = open_automatic(contents) if path is None else open_named(path, contents)
        self._leave()  # one that was open stays so where the other cannot be
        self._workspace = workspace
        return workspace, held, said

    def _back_up(self, workspace: Workspace) -> None:
        try:
            back_up(workspace)
        except UnwritableWorkspaceError as error:
            self._say(str(error))

    def _rescue(self, path: Path) -> None:
        try:
            saved = rescue(path, free_name(path.parent, f"{path.stem}-rescued", ENDING))
        except FileError:
            self.refused.emit(self._workspace is not None)
            raise
        self._open(saved.path, is_fresh=False)
        self._say(str(saved))

    def _contents(self, workspace: Workspace, path: Path | None) -> Contents:
        current, readings, stale = self._edition(), list[Reading](), list[tuple[Path, str]]()
        failures = tuple(Failure(file.name, file.reason) for file in workspace.files if file.reason)
        for file in workspace.files:
            if file.reason:
                continue
            reading = workspace.recall(file.sha256, file.name, current)
            if reading is not None:
                readings.append(reading)
            elif copy := self._fetched(workspace, file.sha256):
                stale.append((copy, file.name))
        # a file that somebody else made may name any path: on Windows, to open one can give a password away
        paths = {file.name: file.path for file in workspace.files} if path is None else {}
        return Contents(path, paths, tuple(readings), failures, tuple(stale), workspace.reviews, workspace.overrides,
                        _day(workspace.value(_AS_OF)), layout=workspace.value(_LAYOUT) or b"")  # fmt: skip

    def _fetched(self, workspace: Workspace, sha256: str) -> Path | None:
        if known := self._copies.known(sha256):
            return known

        def supply(digest: str, target: Path) -> bool:
            workspace.copy_source(digest, target)
            return True

        return self._copies.fetch(sha256, supply)

    def _save_as(self, path: Path) -> None:
        workspace = self._workspace
        if workspace is None:
            raise UnwritableWorkspaceError("There is no workspace open that could be saved. Open the documents again.")
        if not _is_same(path, workspace.path):
            workspace.copy_to(path, may_replace=True)
            self._workspace = Workspace(path)
            workspace.close()
        self.saved.emit(path)

    def _keep(self, readings: Sequence[Reading], files: Sequence[Kept]) -> None:
        """What cannot be kept now, for want of space, is tried again with what comes next and at the end."""
        self._pending += readings
        self._files = tuple(files)
        self._keep_pending()

    def _keep_pending(self) -> None:
        workspace = self._workspace
        if workspace is None or not workspace.is_writable:
            return
        refused = None
        try:
            with workspace.together():
                for reading in self._pending:
                    self._keep_one(workspace, reading)
            self._pending.clear()
        except UnwritableWorkspaceError:
            refused = self._keep_one_by_one(workspace)
        workspace.set_files([file for file in self._files if file.reason or workspace.has_source(file.sha256)])
        if refused is not None:
            raise refused

    def _keep_one(self, workspace: Workspace, reading: Reading) -> None:
        if copy := self._copies.known(reading.document.sha256):
            workspace.keep(reading, copy, "" if reading.is_cut else self._edition())

    def _keep_one_by_one(self, workspace: Workspace) -> UnwritableWorkspaceError | None:
        pending, self._pending, refused = self._pending, [], None
        for reading in pending:
            try:
                self._keep_one(workspace, reading)
            except UnwritableWorkspaceError as error:
                self._pending.append(reading)
                refused = error
        return refused

    def _keep_review(self, review: Review) -> None:
        workspace = self._workspace
        if workspace is None:
            self.reviewed.emit(None)
            return
        try:
            workspace.add_review(review.action, review.subject, review.author, review.text, review.sets,
                                 review.withdraws, review.time)  # fmt: skip
        finally:
            self.reviewed.emit(workspace.reviews)

    def _keep_overrides(self, overrides: Overrides) -> None:
        if self._workspace is not None and self._workspace.is_writable and overrides != self._workspace.overrides:
            self._workspace.set_overrides(overrides)

    def _keep_as_of(self, day: datetime.date | None) -> None:
        self._keep_value(_AS_OF, day.isoformat().encode("ascii") if day else b"")

    def _keep_value(self, name: str, told: bytes) -> None:
        workspace = self._workspace
        if workspace is not None and workspace.is_writable and told != (workspace.value(name) or b""):
            workspace.set_value(name, told)

    def _matrices(self, workspace: Workspace, collection: Collection) -> tuple[Matrix, ...] | None:
        if workspace.value(_KEY) != self._key(collection):
            return None
        try:
            return codec.unpack(_Matrices, workspace.value(_MATRICES) or b"").all
        except ValueError:
            return None

    def _keep_matrices(self, collection: Collection, matrices: tuple[Matrix, ...]) -> None:
        if self._workspace is not None and self._workspace.is_writable:
            with self._workspace.together():
                self._workspace.set_value(_KEY, self._key(collection))
                self._workspace.set_value(_MATRICES, codec.pack(_Matrices(matrices)))

    def _key(self, collection: Collection) -> bytes:
        """What matrices depend on, but for the day."""
        of = sorted((reading.file, reading.document.sha256) for reading in collection.readings)
        said = codec.pack(collection.overrides).decode("ascii"), effective(collection.reviews)
        return json.dumps([self._edition(), of, *said]).encode("ascii")


def _is_same(one: Path, other: Path) -> bool:
    return os.path.exists(one) and os.path.samefile(one, other)


def _day(told: bytes | None) -> datetime.date | None:
    """The day that was kept; None for today, and for what is none."""
    try:
        return datetime.date.fromisoformat((told or b"").decode("ascii"))
    except ValueError:
        return None


@dataclass(frozen=True)
class _Matrices:
    all: tuple[Matrix, ...]
