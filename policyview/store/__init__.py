"""The workspace: one SQLite file (``*.policyview``) that holds a comparison with its sources and everybody's reviews.

The only home of SQL. ``Workspace`` is used from one thread; what it gives are frozen values.
"""

from policyview.store.faults import (
    DamagedWorkspaceError,
    HeldWorkspaceError,
    NewerWorkspaceError,
    NotAWorkspaceError,
    UnwritableWorkspaceError,
    WorkspaceError,
)
from policyview.store.holder import user
from policyview.store.opening import ENDING, is_workspace, remove_abandoned, set_aside
from policyview.store.rescue import Rescued, rescue
from policyview.store.workspace import Kept, Workspace

__all__ = [
    "ENDING",
    "DamagedWorkspaceError",
    "HeldWorkspaceError",
    "Kept",
    "NewerWorkspaceError",
    "NotAWorkspaceError",
    "Rescued",
    "UnwritableWorkspaceError",
    "Workspace",
    "WorkspaceError",
    "is_workspace",
    "remove_abandoned",
    "rescue",
    "set_aside",
    "user",
]
