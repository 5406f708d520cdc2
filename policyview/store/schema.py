"""What a workspace is made of, exactly: a file with any other table, index, view or trigger is none.

There is no index, so none can disagree with its table, and SQLite's quick check sees all. Whatever comes from a
document is a BLOB: text with NUL and lone surrogates survives, and no query can stumble over it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import closing

APPLICATION_ID = 0x50564557  # "PVEW", at byte 68 of the file
VERSION = 2  # of the tables, at byte 60; what brings an older one up to it stands in ``migrations``
PAGE_BYTES = 4096
_DAY_S = 24 * 3600

_FIRST = (
    # the bytes of each document as read
    "CREATE TABLE source (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL, content BLOB NOT NULL) STRICT",
    # what was read from them under a name with this ending, by which edition of the program
    (
        "CREATE TABLE reading (id INTEGER PRIMARY KEY, source BLOB NOT NULL, ending BLOB NOT NULL, "
        "edition BLOB NOT NULL, seal BLOB NOT NULL, document BLOB NOT NULL, text BLOB NOT NULL, "
        "facts BLOB NOT NULL) STRICT"
    ),
    # the files of the comparison in their order: a source, or the reason why there is none
    (
        "CREATE TABLE file (id INTEGER PRIMARY KEY, name BLOB NOT NULL, path BLOB NOT NULL, source BLOB NOT NULL, "
        "reason BLOB NOT NULL, seal BLOB NOT NULL) STRICT"
    ),
    # what people said, a line each, chained (policyview.review)
    "CREATE TABLE review (id INTEGER PRIMARY KEY, line BLOB NOT NULL) STRICT",
    # small things by name: the last review's sum, the settings of the comparison, the last matrix
    "CREATE TABLE value (id INTEGER PRIMARY KEY, name BLOB NOT NULL, content BLOB NOT NULL, seal BLOB NOT NULL) STRICT",
)

USED = "CREATE TABLE used (id INTEGER PRIMARY KEY, day INTEGER NOT NULL) STRICT"
"""The day (since 1970-01-01, UTC) on which each source, by its id, was last of use."""

TABLES = {1: _FIRST, VERSION: (*_FIRST, USED)}
"""Of every version that there ever was: an older workspace can be read, and is brought up to this one to be written."""


def make(database: sqlite3.Connection, version: int = VERSION) -> None:
    """Makes the tables in an empty database."""
    database.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    database.execute("BEGIN EXCLUSIVE")
    for statement in TABLES[version]:
        database.execute(statement)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {version}")
    database.execute("COMMIT")


def today() -> int:
    """The day since 1970-01-01, UTC."""
    return int(time.time()) // _DAY_S


def version_of(database: sqlite3.Connection) -> int:
    """The version that a database says it is of."""
    ((version,),) = database.execute("PRAGMA user_version").fetchall()
    return int(version)


def is_exact(database: sqlite3.Connection, version: int) -> bool:
    """Whether the database holds exactly the tables of that version, to the letter."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        fresh.text_factory = bytes
        make(fresh, version)
        return _objects(database) == _objects(fresh)


def _objects(database: sqlite3.Connection) -> list[tuple[object, ...]]:
    return sorted(database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"), key=repr)


def seal(*parts: bytes) -> bytes:
    """The SHA-256 of several byte strings, none of which can pass for part of its neighbour."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
