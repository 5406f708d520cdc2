"""Why a workspace cannot be worked with. Each sentence names the file and what helps."""

from __future__ import annotations

import os
from pathlib import Path

from policyview.errors import FileError


def shown(path: Path) -> str:
    """A path as it can stand in a sentence: bytes that are no UTF-8 are spelled out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class WorkspaceError(FileError):
    """A workspace that cannot be opened, read or written. It was left as it was."""


class NotAWorkspaceError(WorkspaceError):
    """What stands there is no workspace at all."""


class NewerWorkspaceError(WorkspaceError):
    """A later policyview wrote it."""


class DamagedWorkspaceError(WorkspaceError):
    """It is not as it was written: never write to it, see ``rescue`` for what can be saved."""


class HeldWorkspaceError(WorkspaceError):
    """Somebody else has it open."""


class UnwritableWorkspaceError(WorkspaceError):
    """It cannot be written: no space, no permission. What was kept before is still there."""


def damaged(path: Path, what: str) -> DamagedWorkspaceError:
    """The sentence for a workspace that is not as it was written."""
    return DamagedWorkspaceError(f"{shown(path)} is damaged: {what}. It was not changed. Go back to a backup of it, or "
                                 "save what is whole (in the window: File, Rescue a damaged workspace).")
