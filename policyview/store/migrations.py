"""Brings a workspace of an older version up to this one: a named function for each step from one to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from policyview.store import schema
from policyview.store.opening import connect


def note_days_of_use(database: sqlite3.Connection) -> None:
    """From version 1 to 2: when each source was last of use, so that old ones can go; all there is are of use today."""
    database.execute(schema.USED)
    database.execute("INSERT INTO used (id, day) SELECT id, ? FROM source", (schema.today(),))


STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: note_days_of_use}
"""By the version that a step begins with."""


def migrate(copy: Path) -> None:
    """Brings a copy up to this version, all steps in one transaction. sqlite3.Error, or whatever a step raises, where
    that cannot be; the copy is then of its old version still."""
    with closing(connect(copy, "rw")) as database:
        database.execute("PRAGMA synchronous = FULL")
        database.execute("BEGIN EXCLUSIVE")
        for version in range(schema.version_of(database), schema.VERSION):
            STEPS[version](database)
            database.execute(f"PRAGMA user_version = {version + 1}")
        database.execute("COMMIT")
