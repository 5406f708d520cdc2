"""Opens a workspace file, or says why not, before anything of it is believed.

The first look is at the bytes alone: SQLite would take an empty file for a new database. Then the lock, then, with
writing forbidden, the tables and their pages. A file that fails is left as it was. SQLite plays back the journal of a
crash by itself; a journal that names another file is refused, for SQLite might delete that file.

On POSIX a process loses its lock on a file as soon as it closes any handle on it, so a workspace that is open here is
never opened here in any other way: ``_HELD`` knows them.
"""

from __future__ import annotations

import glob
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from policyview.store import holder, schema
from policyview.store.faults import (
    HeldWorkspaceError,
    NewerWorkspaceError,
    NotAWorkspaceError,
    UnwritableWorkspaceError,
    WorkspaceError,
    damaged,
    shown,
)

ENDING = ".policyview"
_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")  # also ends a journal that names others (a "super-journal")
_WAIT_S = 0.3  # for somebody who is just closing it
_CHECK_S = 120.0  # for the check of all pages; 1 GB takes some seconds
_STEPS = 20_000  # of SQLite's machine between two looks at the clock: some milliseconds
_ABANDONED_S = 3600.0  # nobody takes so long to write a copy
_MOST_BYTES = 256 << 20  # of one value; sources are read piece by piece


_HELD = set[tuple[int, int]]()  # device and number of the files that this process has open as workspaces
_HOLDING = threading.Lock()


def is_workspace(path: Path) -> bool:
    """Whether a file calls itself a workspace, by its name or its bytes. OSError where it cannot be looked at."""
    if path.suffix.lower() == ENDING or _identity(path) in _HELD:
        return True
    header = _header(path) if path.is_file() else b""
    return header.startswith(_MAGIC) and _number(header, 68) == schema.APPLICATION_ID


@contextmanager
def opened(path: Path, for_writing: bool) -> Iterator[sqlite3.Connection]:
    """The checked database of a workspace; alone with it where ``for_writing``.

    WorkspaceError says why it cannot be had.
    """
    with _held(path) as identity:
        look(path)
        refuse_strange_journal(path)
        if for_writing:
            _refuse_unwritable(path)
        with closing(connect(path, "rw" if for_writing or os.access(path, os.W_OK) else "ro")) as database:
            with told_as_sentences(path):
                _lock(database, for_writing)
                _refuse_another(path, identity)
                _check(database, path)
                if for_writing:
                    database.execute("PRAGMA query_only = OFF")
                    database.execute("PRAGMA journal_mode = DELETE")  # what another program's log holds is taken in
            yield database


def _identity(path: Path) -> tuple[int, int]:
    state = os.stat(path)
    return state.st_dev, state.st_ino


def _refuse_unwritable(path: Path) -> None:
    """SQLite opens what may not be written all the same, and says so only when something is to be kept."""
    place = os.path.realpath(path)
    if not (os.access(place, os.W_OK) and os.access(os.path.dirname(place), os.W_OK)):
        raise UnwritableWorkspaceError(f"{shown(path)} cannot be kept: you may not write there. Save a copy of it in "
                                       "another place to work in it.")


def _refuse_another(path: Path, identity: tuple[int, int]) -> None:
    """What was locked must be what stands there: a copy may just have taken its place."""
    if _identity(path) != identity:
        raise HeldWorkspaceError(f"{shown(path)} was replaced by another program at this very moment. Open it again.")


@contextmanager
def _held(path: Path) -> Iterator[tuple[int, int]]:
    """Notes that this process has the file open; its device and number."""
    try:
        identity = _identity(path)
    except OSError as error:
        raise WorkspaceError(f"{shown(path)} cannot be opened: {error.strerror or error}. Check that it is there and "
                             "that you may read it.") from error
    with _HOLDING:
        if identity in _HELD:
            raise HeldWorkspaceError(f"{shown(path)} is open already, in this program.")
        _HELD.add(identity)
    try:
        yield identity
    finally:
        _HELD.discard(identity)


def make_file(path: Path) -> None:
    """Makes an empty workspace where nothing stands yet; it is there as a whole or not at all."""
    refuse_leftovers(path)
    with told_as_sentences(path), unfinished(path) as part:
        with closing(connect(part, "rwc")) as database:
            schema.make(database)
        put_in_place(part, path)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A name beside ``path`` for what is not whole yet; nothing is left of it, not even of what a kill left earlier."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    remove_abandoned(path.parent, f"{path.name}.", part.name)
    try:
        yield part
    finally:
        for ending in ("", *BESIDE):
            with suppress(OSError):
                os.unlink(f"{part}{ending}")


def remove_abandoned(folder: Path, beginning: str, own: str = "") -> None:
    """Removes what a kill left unfinished of files in a folder whose names begin so; of our ``own`` part at once."""
    for old in folder.glob(f".{glob.escape(beginning)}*.part*"):
        with suppress(OSError):
            if (own and old.name.startswith(own)) or old.stat().st_mtime < time.time() - _ABANDONED_S:
                old.unlink()


BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite leaves beside a file after a crash."""


def refuse_leftovers(path: Path) -> None:
    """A new file would take the journal of an old one of its name for its own, and be overwritten from it."""
    for ending in BESIDE:
        if os.path.lexists(f"{path}{ending}") and not _is_spent(Path(f"{path}{ending}")):
            raise UnwritableWorkspaceError(f"{shown(path)} cannot be made: {shown(path)}{ending} of an older workspace "
                                           "stands there. Open that workspace first, or choose another name.")


def _is_spent(journal: Path) -> bool:
    """Whether SQLite would not play it back, which it tells by the first byte: a journal begins with zeros until all
    of it is on the disk, and again once it has served."""
    if not journal.name.endswith("-journal"):
        return False
    with suppress(OSError):
        return journal.is_file() and _header(journal)[:1] in (b"", b"\0")
    return False


def set_aside(path: Path) -> Path:
    """Gives a workspace another name, together with what belongs to it, and tells it."""
    now = time.strftime("%Y-%m-%d-%H%M%S")
    aside = path.with_name(f"{path.stem}-damaged-{now}{path.suffix}")
    with told_as_sentences(path):
        for ending in ("", *BESIDE):
            with suppress(FileNotFoundError):
                os.rename(f"{path}{ending}", f"{aside}{ending}")
    return aside


def put_in_place(part: Path, path: Path) -> None:
    """Gives a finished file its name, on the disk too. UnwritableWorkspaceError where something stands there."""
    try:
        os.link(part, path)  # unlike a rename it replaces nothing
    except FileExistsError:
        raise UnwritableWorkspaceError(f"{shown(path)} is there already. Open it, or choose another name.") from None
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise UnwritableWorkspaceError(f"{shown(path)} is there already. Choose another name.") from None
        os.rename(part, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a new name survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --------------------------------------------------------------------------- the bytes


def _header(path: Path) -> bytes:
    """The first bytes of a regular file; empty for anything else. Never waits for the other end of a pipe."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        return os.read(handle, _HEADER_BYTES) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    finally:
        os.close(handle)


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at:at + 4], "big")


def look(path: Path) -> None:
    """WorkspaceError where the first bytes are not those of a workspace of ours."""
    name = shown(path)
    try:
        header = _header(path)
        size = os.stat(path).st_size
    except OSError as error:
        raise WorkspaceError(f"{name} cannot be opened: {error.strerror or error}. Check that it is there and that "
                             "you may read it.") from error
    if not path.is_file():
        raise NotAWorkspaceError(f"{name} is not a regular file, so it is no workspace. Give a {ENDING} file.")
    if not size:
        raise NotAWorkspaceError(f"{name} is empty (0 bytes), so there is no workspace in it; it was left as it is. "
                                 "Look for a backup of it, or make a new workspace under another name.")
    if not header.startswith(_MAGIC):
        raise NotAWorkspaceError(f"{name} is not a workspace: its bytes are something else. If it is a document, give "
                                 "it its own ending.")
    if _number(header, 68) != schema.APPLICATION_ID:
        raise NotAWorkspaceError(f"{name} is a database of another program, not a workspace of policyview.")
    version = _number(header, 60)
    if version > schema.VERSION:
        raise NewerWorkspaceError(f"{name} was written by a later policyview (workspace version {version}; this one "
                                  f"knows {schema.VERSION}). It was left as it is: open it with that one.")


def refuse_strange_journal(path: Path) -> None:
    """Our transactions are of one file. What SQLite played back from a journal that names others could delete them."""
    journal = path.with_name(f"{path.name}-journal")
    with suppress(FileNotFoundError), journal.open("rb") as file:
        if file.seek(0, os.SEEK_END) >= len(_JOURNAL_MAGIC):
            file.seek(-len(_JOURNAL_MAGIC), os.SEEK_END)
            if file.read() == _JOURNAL_MAGIC:
                raise damaged(path, "the journal beside it is not its own")


# --------------------------------------------------------------------------- SQLite


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection with limits; nothing is looked at yet. ``mode`` is SQLite's: ro, rw, rwc."""
    address = f"{Path(os.path.abspath(path)).as_uri()}?mode={mode}"
    database = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_WAIT_S)
    database.text_factory = bytes
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    return database


def _lock(database: sqlite3.Connection, for_writing: bool) -> None:
    """Takes the lock, which plays back a crash's journal; from here on nothing is written until all is checked."""
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY"):
        database.execute(f"PRAGMA {pragma}")
    if for_writing:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")  # kept to the end of the connection
        database.execute("PRAGMA synchronous = FULL")
        database.execute("BEGIN EXCLUSIVE")
        database.execute("COMMIT")
    else:
        database.execute("BEGIN")  # one moment of the file for all that is read
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    database.execute("PRAGMA query_only = ON")


def _check(database: sqlite3.Connection, path: Path) -> None:
    with within(database, _CHECK_S):
        version = schema.version_of(database)
        if version not in schema.TABLES:
            raise damaged(path, "it tells no version")
        if not schema.is_exact(database, version):
            raise damaged(path, "its tables are not those of a workspace")
        (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
        if said != b"ok":
            raise damaged(path, "parts of the file were overwritten or are missing")


@contextmanager
def within(database: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Ends what takes longer: a file made to keep us busy."""
    until = time.monotonic() + seconds
    database.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    finally:
        database.set_progress_handler(None, 0)


@contextmanager
def told_as_sentences(path: Path) -> Iterator[None]:
    """What SQLite or the system raises becomes a sentence on this workspace."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(path, error) from error
    except UnicodeError as error:  # SQLite quotes what it stumbled over
        raise damaged(path, "it does not read as it was written") from error
    except OSError as error:
        raise _unwritable(path, error.strerror or type(error).__name__) from error


_FULL, _CANNOT_OPEN, _READ_ONLY, _IO = (
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR)  # fmt: skip
_WHY_NOT = {
    _FULL: "there is no space left on the disk", _CANNOT_OPEN: "it or its journal cannot be opened",
    _READ_ONLY: "you may not write there", _IO: "the disk reports an error",
}  # fmt: skip


def _sentence(path: Path, error: sqlite3.Error) -> WorkspaceError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return HeldWorkspaceError(f"{shown(path)} is open already: {holder.told(path)} has it. Close it there first.")
    if code in _WHY_NOT:
        return _unwritable(path, _WHY_NOT[code])
    if code == sqlite3.SQLITE_INTERRUPT:
        return damaged(path, "looking through it takes endlessly long")
    return damaged(path, "it does not read as it was written")


def _unwritable(path: Path, why: str) -> UnwritableWorkspaceError:
    return UnwritableWorkspaceError(f"{shown(path)} cannot be kept: {why}. What was kept before is still there; make "
                                    "room or choose another place.")
