"""Folders for what is only needed while the program runs. What a kill leaves of one goes with a later start."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where what was left stays
    fcntl = None  # type: ignore[assignment]

_PREFIX = "policyview-"
_IN_USE, _FILES = "in-use", "files"


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder of our own; it and all that is in it goes at the end."""
    place = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock = _held(place)
    try:
        files = place / _FILES
        files.mkdir()
        yield files
    finally:
        os.close(lock)
        shutil.rmtree(place, ignore_errors=True)


def _held(place: Path) -> int:
    """Locks a file in it, as long as this process lives: that tells a later one whether the folder is still in use.

    It gets its name when it is locked, so that nobody finds it before.
    """
    soon = place / f"{_IN_USE}-soon"
    lock = os.open(soon, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    if fcntl is not None:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.rename(soon, place / _IN_USE)
    return lock


def sweep() -> None:
    """Removes what programs that were killed have left. Where nobody can tell that they were, it stays."""
    if fcntl is None:
        return
    for place in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if place.lstat().st_uid == os.getuid() and not place.is_symlink():
                _remove(place)


def _remove(place: Path) -> None:
    """OSError where somebody has it, or where it is none of ours."""
    handle = os.open(place / _IN_USE, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(place, ignore_errors=True)
    finally:
        os.close(handle)
