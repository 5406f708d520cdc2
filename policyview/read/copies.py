"""Private copies of the files that were given: what was hashed is what is read and shown, come what may."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from policyview import scratch
from policyview.errors import FileError

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Copy:
    """A file as it was when it was given."""

    path: Path
    sha256: str
    size: int


Supply = Callable[[str, Path], bool]
"""Writes the content with this sum to a new file; False where it cannot."""


class Copies:
    """A temporary folder of copies named by their content; as long as this object is open, so are they.

    Use it as a context manager, or close it. Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._closing = ExitStack()
        self._folder = self._closing.enter_context(scratch.folder())
        self._known: dict[str, Copy] = {}
        self._lock = threading.Lock()
        self._count = 0
        self.supply: Supply | None = None

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Removes the folder."""
        self._closing.close()

    def known(self, sha256: str) -> Path | None:
        """Where the copy of this content is, if there is one."""
        copy = self._known.get(sha256)
        return copy.path if copy else None

    def find(self, sha256: str) -> Path | None:
        """Where the copy of this content is; one that is kept elsewhere is fetched, which may take a while."""
        path = self.known(sha256)
        return path if path is not None or self.supply is None else self.fetch(sha256, self.supply)

    def fetch(self, sha256: str, supply: Supply) -> Path | None:
        """The copy that ``supply`` writes; None where it cannot."""
        with self._lock:
            self._count += 1
            target = self._folder / f"{self._count:06}.part"
        if not supply(sha256, target):
            return None
        return self._keep(target, sha256, target.stat().st_size).path

    def add(self, path: Path, name: str, max_bytes: int) -> Copy:
        """Copies and hashes a file. FileError for what is no regular file, too large or cannot be opened."""
        with self._lock:
            self._count += 1
            target = self._folder / f"{self._count:06}.part"
        try:
            with _open_regular(path, name, max_bytes) as source, target.open("xb") as sink:
                sha256, size = _copied(source, sink, name, max_bytes)
        except OSError as error:
            target.unlink(missing_ok=True)
            raise FileError(_not_opened(path, name, error)) from error
        except FileError:
            target.unlink(missing_ok=True)
            raise
        return self._keep(target, sha256, size)

    def _keep(self, target: Path, sha256: str, size: int) -> Copy:
        with self._lock:
            known = self._known.get(sha256)
            if known is not None:
                target.unlink()
                return known
            final = self._folder / sha256
            target.rename(final)
            self._known[sha256] = Copy(final, sha256, size)
            return self._known[sha256]


def _not_opened(path: Path, name: str, error: OSError) -> str:
    why = error.strerror or type(error).__name__
    if os.path.islink(path):
        target = os.fsencode(os.readlink(path)).decode("utf-8", "backslashreplace")
        return f"{name} is a link to {target}, which cannot be opened: {why}. Give the file itself."
    return f"{name} cannot be opened: {why}. Check that it is there and that you may read it."


def _open_regular(path: Path, name: str, max_bytes: int) -> BinaryIO:
    """Opens without waiting for the other end of a pipe; only then is it asked what it is and how large."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        state = os.fstat(handle)
        if stat.S_ISDIR(state.st_mode):
            raise FileError(f"{name} is a folder that could not be searched. Check that you may list it.")
        if not stat.S_ISREG(state.st_mode):
            raise FileError(f"{name} is not a regular file, but a device or pipe without an end. Give a document.")
        if state.st_size > max_bytes:
            raise FileError(_too_large(name, max_bytes))
        return os.fdopen(handle, "rb")
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(handle)
        raise


def _copied(source: BinaryIO, sink: BinaryIO, name: str, max_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise FileError(_too_large(name, max_bytes))  # it grew since it was asked
        digest.update(chunk)
        sink.write(chunk)
    return digest.hexdigest(), size


def _too_large(name: str, max_bytes: int) -> str:
    return (f"{name} is larger than {max_bytes / (1 << 20):g} MB, the limit for a document. "
            "Split it, or raise the limit with --max-file-mb.")
