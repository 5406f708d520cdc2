"""The workspace that the window works in where none is named: among the user's data, so that closing loses nothing."""

from __future__ import annotations

from policyview.settings import users_data
from policyview.store import (
    DamagedWorkspaceError,
    HeldWorkspaceError,
    NotAWorkspaceError,
    UnwritableWorkspaceError,
    Workspace,
    set_aside,
)

_MOST_WINDOWS = 20


def open_automatic() -> tuple[Workspace, tuple[str, ...]]:
    """The first automatic workspace that no other window has, made where it is not there; and what to say of it.

    One that is damaged is set aside under another name.
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
            return (Workspace(path) if path.exists() else Workspace.make(path)), ()
        except HeldWorkspaceError:
            continue
        except (DamagedWorkspaceError, NotAWorkspaceError) as error:
            aside = set_aside(path)
            said = f"{error} It is now called {aside}; a new one was begun in its place."
            return Workspace.make(path), (said,)
    raise UnwritableWorkspaceError("Nothing of this session is kept: too many windows are open. Close some of them.")
