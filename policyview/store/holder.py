"""The note beside an open workspace that tells a second opener who has it. The lock itself is SQLite's."""

from __future__ import annotations

import contextlib
import datetime
import getpass
import json
import os
import platform
from pathlib import Path

_MOST_BYTES = 4096
_MOST_CHARS = 80


def note_of(path: Path) -> Path:
    """Where the note of a workspace stands."""
    return path.with_name(f"{path.name}-holder")


def user() -> str:
    """The name of whoever runs the program; empty where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def leave(path: Path) -> None:
    """Leaves a note; a folder in which none can be written does no harm."""
    now = datetime.datetime.now().astimezone().isoformat(sep=" ", timespec="minutes")
    told = {"user": user(), "host": platform.node(), "process": os.getpid(), "since": now}
    with contextlib.suppress(OSError):
        note_of(path).write_text(json.dumps(told), encoding="ascii")


def remove(path: Path) -> None:
    """Takes the note away."""
    with contextlib.suppress(OSError):
        note_of(path).unlink(missing_ok=True)


def told(path: Path) -> str:
    """Who has the workspace, for a sentence; "another program" where no note says so.

    The note may be anything: it is read as a few plain words.
    """
    try:
        with note_of(path).open("rb") as file:
            note = json.loads(file.read(_MOST_BYTES))
        who, host, process, since = (_plain(note[key]) for key in ("user", "host", "process", "since"))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "another program"
    return f"{who or 'somebody'} on {host or 'this computer'} (process {process}, since {since})"


def _plain(value: object) -> str:
    return "".join(char if char.isprintable() else "?" for char in str(value))[:_MOST_CHARS]
