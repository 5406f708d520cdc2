"""Copies a whole workspace under another name, proved before it gets it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from policyview.store import migrations
from policyview.store.faults import DamagedWorkspaceError, UnwritableWorkspaceError, WorkspaceError, shown
from policyview.store.opening import connect, put_in_place, refuse_leftovers, sync_folder, told_as_sentences, unfinished

if TYPE_CHECKING:
    from policyview.store.workspace import Workspace

_PAGES = 1024  # a step: 4 MB


def copy(database: sqlite3.Connection, source: Workspace, target: Path, may_replace: bool) -> None:
    """Writes a copy by SQLite's own backup call, opens it, checks all of it, and only then names it ``target``.

    UnwritableWorkspaceError where that cannot be; what stood at ``target`` is then still there.
    """
    if may_replace and os.path.exists(target):
        with suppress(WorkspaceError):  # takes in what a crash left beside what is to be replaced
            type(source)(target).close()
    refuse_leftovers(target)
    with told_as_sentences(target), unfinished(target) as part:
        _back_up(database, part)
        _prove(part, source, target)
        if may_replace:
            os.replace(part, target)
            sync_folder(target.parent)
        else:
            put_in_place(part, target)


def bring_up(database: sqlite3.Connection, source: Workspace) -> None:
    """Puts a copy of this version in the place of a workspace of an older one, which is open and locked.

    UnwritableWorkspaceError where that cannot be; the workspace is then as it was.
    """
    target = Path(os.path.realpath(source.path))  # a link stays a link
    with told_as_sentences(source.path), unfinished(target) as part:
        _back_up(database, part)
        _prove(part, source, target)
        _migrate(part, source)
        _prove(part, source, target)
        shutil.copymode(target, part)
        os.replace(part, target)
        sync_folder(target.parent)


def _migrate(part: Path, source: Workspace) -> None:
    """What goes wrong here is no fault of the workspace's."""
    try:
        migrations.migrate(part)
    except sqlite3.Error as error:
        raise UnwritableWorkspaceError(f"{shown(source.path)} is of an earlier policyview and could not be brought up "
                                       f"to date ({error}). It was left as it is; make room on the disk and open it "
                                       "again.") from error


def _back_up(database: sqlite3.Connection, part: Path) -> None:
    with closing(connect(part, "rwc")) as other:
        database.backup(other, pages=_PAGES)


def _prove(part: Path, source: Workspace, target: Path) -> None:
    """Reads the copy from the disk as a stranger would. DamagedWorkspaceError where it is the source that is."""
    try:
        with type(source)(part, for_writing=False) as made:
            for _ in made.iter_checked():
                pass
            is_same = (made.files, made.reviews) == (source.files, source.reviews)
    except DamagedWorkspaceError:
        for _ in source.iter_checked():
            pass
        is_same = False
    if not is_same:
        raise UnwritableWorkspaceError(f"The copy of {shown(source.path)} for {shown(target)} came out different "
                                       "and was not kept. Look after the disk, then try again.")
