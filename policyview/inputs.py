"""What is to be read, in its order, and what ends without being read: workspaces, whose documents are kept in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from policyview import store
from policyview.collection import Collection
from policyview.errors import FileError
from policyview.model import Failure, Overrides, Progress, Reading
from policyview.review import Review


def is_workspace(path: Path) -> bool:
    """Whether a file calls itself a workspace, by its name or its bytes; one that cannot be looked at, by its name."""
    try:
        return store.is_workspace(path)
    except OSError:
        return path.suffix.lower() == store.ENDING


def shown_name(path: Path) -> str:
    """A path as it can be shown and stored: bytes that are no UTF-8 are spelled out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def supply(paths: Sequence[Path]) -> Callable[[str, Path], bool]:
    """Writes sources that only the workspaces among ``paths`` hold, by their sum; see ``Copies.supply``."""

    def written(sha256: str, target: Path) -> bool:
        return any(_took(path, sha256, target) for path in paths if path.is_file() and is_workspace(path))

    return written


def _took(file: Path, sha256: str, target: Path) -> bool:
    """Whether a workspace had a source and wrote it."""
    try:
        with store.Workspace(file, for_writing=False) as workspace:
            if not workspace.has_source(sha256):
                return False
            workspace.copy_source(sha256, target)
            return True
    except FileError:  # it was said when the workspace was read
        target.unlink(missing_ok=True)
        return False


class Inputs:
    """``ended`` holds what became of a file, ``to_read`` where a document stands and what it is called; by place.

    A workspace that was named gives its documents: those that this edition of the program read as they were read,
    the others to be read again from the bytes that are kept. A workspace that stands in a folder is no document of
    that folder: it is skipped, or fails with its reason where it is damaged or none.
    """

    def __init__(self, total: int, folder: Path, of_edition: Callable[[], str]) -> None:
        """``folder`` takes the sources that must be read again; ``of_edition`` is only asked where there are some."""
        self._total = total
        self._folder = folder
        self._of_edition = of_edition
        self.ended: dict[int, Reading | Failure] = {}
        self.to_read: dict[int, tuple[Path, str]] = {}
        self.skipped: list[str] = []
        self._overrides = Overrides()
        self._reviews: tuple[Review, ...] = ()

    def end(self, outcome: Reading | Failure) -> Progress:
        """A file that ended; the step that says so."""
        self.ended[self._place()] = outcome
        total = max(self._total, self._place())
        if isinstance(outcome, Reading):
            return Progress(len(self.ended), total, f"Took {outcome.file} out of the workspace", reading=outcome)
        return Progress(len(self.ended), total, outcome.reason, failure=outcome)

    def read(self, path: Path, name: str) -> None:
        """A file that is to be read."""
        self.to_read[self._place()] = path, name

    def _place(self) -> int:
        return len(self.ended) + len(self.to_read)

    def take(self, files: Sequence[Path], named: Sequence[Path]) -> Iterator[Progress]:
        """Files in their order; ``named`` are the paths that were given."""
        given = {os.path.abspath(path) for path in named}
        for file in files:
            if not is_workspace(file):
                self.read(file, shown_name(file))
            elif os.path.abspath(file) in given:
                yield from self._open(file)
            else:
                yield from self._look_at(file)

    def _open(self, file: Path) -> Iterator[Progress]:
        """All documents of a workspace, or none: one that is damaged is not believed in part."""
        found: list[Reading | Failure | tuple[Path, str]] = []
        try:
            with store.Workspace(file, for_writing=False) as workspace:
                for each in workspace.files:
                    found.append(self._document(workspace, each))
                    yield Progress(len(self.ended), self._total, f"Opening {shown_name(file)}")
                overrides, reviews = workspace.overrides, workspace.reviews
        except FileError as error:
            yield self.end(Failure(shown_name(file), str(error)))
            return
        self._overrides = self._overrides.joined(overrides)
        self._reviews += reviews
        for document in found:
            if isinstance(document, tuple):
                self.read(*document)
            else:
                yield self.end(document)

    def _document(self, workspace: store.Workspace, file: store.Kept) -> Reading | Failure | tuple[Path, str]:
        if file.reason:
            return Failure(file.name, file.reason)
        reading = workspace.recall(file.sha256, file.name, self._of_edition())
        if reading is not None:
            return reading
        copy = self._folder / file.sha256
        if not copy.exists():
            workspace.copy_source(file.sha256, copy)
        return copy, file.name

    def _look_at(self, file: Path) -> Iterator[Progress]:
        """A workspace in a folder; one that somebody has open is theirs to look after."""
        try:
            with store.Workspace(file, for_writing=False) as workspace:
                for _ in workspace.iter_checked():
                    yield Progress(len(self.ended), self._total, f"Looking at {shown_name(file)}")
        except store.HeldWorkspaceError:
            pass
        except FileError as error:
            yield self.end(Failure(shown_name(file), str(error)))
            return
        self.skipped.append(shown_name(file))

    def collection(self) -> Collection:
        """What became of all of them, in their order."""
        in_order = [outcome for _, outcome in sorted(self.ended.items())]
        return Collection(
            tuple(outcome for outcome in in_order if isinstance(outcome, Reading)),
            tuple(outcome for outcome in in_order if isinstance(outcome, Failure)),
            tuple(self.skipped),
            self._overrides,
            self._reviews,
        )
