"""Among the user's data: the workspace that the window works in where none is named, and backups of all."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from policyview.errors import FileError
from policyview.export.whole import free_name
from policyview.settings import users_data
from policyview.store import (
    ENDING,
    DamagedWorkspaceError,
    HeldWorkspaceError,
    NewerWorkspaceError,
    NotAWorkspaceError,
    UnwritableWorkspaceError,
    Workspace,
    WorkspaceError,
    remove_abandoned,
    rescue,
    set_aside,
)

T = TypeVar("T")
_MOST_WINDOWS = 20
_BACKUPS = 3  # of one workspace
_DAY_S = 24 * 3600.0  # between two of them
_UNUSED_DAYS = 90  # a source that nothing names any more is kept so long


def open_named(path: Path, take: Callable[[Workspace], T]) -> tuple[Workspace, T, tuple[str, ...]]:
    """A workspace, what ``take`` takes from it, and what to say of it; one that may not be written is only read."""
    try:
        return *_taken(Workspace(path), take), ()
    except UnwritableWorkspaceError as error:
        return _only_read(path, take, error)


def _only_read(
    path: Path, take: Callable[[Workspace], T], error: UnwritableWorkspaceError
) -> tuple[Workspace, T, tuple[str, ...]]:
    """Likewise, of one that cannot be written, for that reason; the reason is raised where it cannot be read either."""
    try:
        taken = _taken(Workspace(path, for_writing=False), take)
    except WorkspaceError:
        raise error from None
    return *taken, (f"{error} It was opened for reading: what you do is not kept.",)


def open_automatic(take: Callable[[Workspace], T]) -> tuple[Workspace, T, tuple[str, ...]]:
    """The first automatic workspace that no other window has, made where it is not there; likewise.

    One that is damaged is set aside under another name, and what is whole of it goes into the new one. One that cannot
    be written, for want of space, is only read.
    """
    folder = users_data()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableWorkspaceError(f"Nothing of this session is kept: {folder} cannot be made "
                                       f"({error.strerror or error}). Open or make a workspace elsewhere.") from error
    for number in range(1, _MOST_WINDOWS):
        path = folder / ("automatic.policyview" if number == 1 else f"automatic-{number}.policyview")
        try:
            return *_taken(_there(path), take), ()
        except (HeldWorkspaceError, NewerWorkspaceError):
            continue
        except (DamagedWorkspaceError, NotAWorkspaceError) as error:
            said = _begin_again(path, error)
            return *_taken(_there(path), take), (said,)
        except UnwritableWorkspaceError as error:
            return _only_read(path, take, error)
    raise UnwritableWorkspaceError("Nothing of this session is kept: too many windows are open. Close some of them.")


def _there(path: Path) -> Workspace:
    return Workspace(path) if os.path.lexists(path) else Workspace.make(path)


def _taken(workspace: Workspace, take: Callable[[Workspace], T]) -> tuple[Workspace, T]:
    try:
        return workspace, take(workspace)
    except BaseException:
        workspace.close()
        raise


def _begin_again(path: Path, error: FileError) -> str:
    """Sets a damaged workspace aside and saves what is whole of it in its place; what to say of that."""
    aside = set_aside(path)
    said = f"{error} It is now called {aside}; a new one was begun in its place."
    try:
        return f"{said} {rescue(aside, path)}"
    except FileError:
        return said


def keep_aside(workspace: Workspace) -> Path | None:
    """A copy of a workspace that is about to be begun anew, proved; None where it lists no document.

    UnwritableWorkspaceError where it cannot be made: then it is not to be begun anew.
    """
    if not workspace.files:
        return None
    folder = users_data() / "kept"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableWorkspaceError(f"What is open cannot be kept: {folder} cannot be made "
                                       f"({error.strerror or error}). Save the workspace elsewhere first.") from error
    path = free_name(folder, f"work-of-{time.strftime('%Y-%m-%d-%H%M')}", ENDING)
    workspace.copy_to(path)
    return path


def back_up(workspace: Workspace) -> None:
    """Copies a workspace among the user's data, at most once a day; an older copy goes once the new one was proved.

    UnwritableWorkspaceError where it cannot be copied; the older ones are then still there.
    """
    place = hashlib.sha256(os.fsencode(os.path.abspath(workspace.path))).hexdigest()[:8]
    stem = f"{workspace.path.stem}-{place}-"
    folder = users_data() / "backups"
    kept = sorted(path for path in folder.glob(f"*{ENDING}") if path.name.startswith(stem))
    if not workspace.files and not workspace.reviews:
        return
    if kept and kept[-1].stat().st_mtime > time.time() - _DAY_S:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableWorkspaceError(f"There is no backup of {workspace.path}: {folder} cannot be made "
                                       f"({error.strerror or error}).") from error
    remove_abandoned(folder, stem)
    workspace.copy_to(folder / f"{stem}{time.strftime('%Y-%m-%d-%H%M%S')}{ENDING}")
    for old in kept[: 1 - _BACKUPS]:
        old.unlink(missing_ok=True)


def thin(workspace: Workspace) -> None:
    """Lets what nobody needs any more go from the automatic workspace, which would else grow for ever."""
    with suppress(UnwritableWorkspaceError):  # another time
        workspace.thin(_UNUSED_DAYS)
        workspace.shrink()
