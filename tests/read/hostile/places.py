"""Names and kinds of files that trip programs, and workspaces that are none or damaged."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from policyview.store import Workspace, schema
from tests.read.hostile.kit import NOTHING, SKIPPED, Ends, Hostile, file, files, policy, read, refused

NAMES = [
    b"new\nline.pdf", "rtl_\u202efdp.exe.pdf".encode(), b"n" * 251 + b".pdf",
    "\U0001f3e5\U0001f468\u200d\u2695\ufe0f policy.pdf".encode(), b"bad\xff\xfebytes.pdf", "cafe\u0301.pdf".encode(),
    "caf\u00e9.pdf".encode(), b"-rf.pdf", b"<b>bold</b> & 'q' \"d\" %s {0} $HOME `id`.pdf", b"=cmd|'C calc'!A0.pdf",
    b"trailing space .pdf ", b"CON.pdf", b"UPPER.PDF", b"noending",
]
NAMED = [file(b"names/" + name, policy, read()) for name in NAMES]
TWICE = [file(b"dup/a.pdf", policy, read()), file(b"dup/b.pdf", policy, read())]

# --------------------------------------------------------------------------- kinds

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0  # may read what nobody may
DEPTH = 300
BOTTOM = b"kinds/folder_deep/" + b"/".join(b"deep%d" % (level % 10) for level in range(DEPTH - 1)) + b"/bottom.txt"


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _outside(path: Path) -> None:
    target = path.parents[2] / "not-given.txt"
    target.write_text("Nobody gave this file to be read.\n")
    path.symlink_to(target)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _unreadable(path: Path) -> None:
    path.write_bytes(policy())
    path.chmod(0)


def _unlistable(path: Path) -> None:
    path.mkdir()
    path.chmod(0)


def _sparse(path: Path) -> None:
    with path.open("wb") as made:
        made.write(b"%PDF-1.7\n")
        made.truncate(5 << 30)


def _deep(path: Path) -> None:
    """Folders in folders, made from handle to handle: their path is longer than some systems bear."""
    bottom = os.fsencode(path).split(b"/kinds/")[0] + b"/" + BOTTOM
    os.makedirs(os.path.dirname(bottom))
    with open(bottom, "wb") as made:
        made.write(b"Policy at the bottom\n")


_KINDS: dict[str, tuple[Callable[[Path], None], Ends]] = {
    "fifo.pdf": (_fifo, refused("not a regular file")),
    "dir.pdf": (Path.mkdir, NOTHING),
    "loop_a.pdf": (_link("loop_b.pdf"), refused("is a link to loop_b.pdf")),
    "loop_b.pdf": (_link("loop_a.pdf"), refused("is a link to loop_a.pdf")),
    "up": (_link(".."), NOTHING),
    "outside.txt": (_outside, refused("is a link out of the folder, to /", "/not-given.txt, and was not followed")),
    "dangling.pdf": (_link("no-such-file"), refused("is a link to no-such-file")),
    "zero_dev.pdf": (_link("/dev/zero"), refused("not a regular file")),
    "unreadable.pdf": (_unreadable, read() if AS_ROOT else refused("Permission denied")),
    "unlistable": (_unlistable, NOTHING if AS_ROOT else refused("Permission denied")),
    "sparse_5gib.pdf": (_sparse, refused("larger than 200 MB")),
    "folder_deep": (_deep, NOTHING),
}
KINDS = [Hostile(b"kinds/" + name.encode(), put, ends) for name, (put, ends) in _KINDS.items()]

# --------------------------------------------------------------------------- workspaces

_ROWS = [(f"policy {n}", f"body {n} " * 40) for n in range(200)]


def _database(statements: str = "") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.db")
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA page_size = 4096")
            database.executescript("CREATE TABLE document(id INTEGER PRIMARY KEY, name TEXT, body TEXT);"
                                   "CREATE INDEX document_name ON document(name);")
            database.execute("BEGIN")
            database.executemany("INSERT INTO document(name, body) VALUES(?, ?)", _ROWS)
            database.execute("COMMIT")
            database.executescript(statements)
        return path.read_bytes()


def _overwritten(offset: int) -> bytes:
    whole = _database()
    return whole[:offset] + b"\xa5" * 64 + whole[offset + 64:]


def _index_lies() -> bytes:
    whole = _database()
    at = whole.rindex(b"policy 123")
    return whole[:at] + b"pXlicy 123" + whole[at + 10:]


def _left_behind(path: Path, beside: str, *statements: str) -> None:
    """A database as a crash leaves it, with the file that SQLite keeps beside it."""
    path.write_bytes(_database())
    other = Path(f"{path}{beside}")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)
        kept = path.read_bytes(), other.read_bytes()
    path.write_bytes(kept[0])
    other.write_bytes(kept[1])


def _wal(path: Path) -> None:
    _left_behind(path, "-wal", "PRAGMA journal_mode = WAL",
                 "INSERT INTO document(name, body) VALUES('only in the wal', 'x')")


def _journal(path: Path) -> None:
    _left_behind(path, "-journal", "PRAGMA cache_size = 1", "PRAGMA cache_spill = 1", "BEGIN",
                 "UPDATE document SET body = body || 'half done'", "DELETE FROM document WHERE id > 50")


_PAGE = 4096 * 5
_TRIGGER = ("CREATE TRIGGER t AFTER INSERT ON document BEGIN DELETE FROM document WHERE id < 100; END;"
            "CREATE VIEW policy AS SELECT load_extension('/nonexistent/none'), * FROM document;")
_ENDLESS = ("CREATE VIEW summary AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) "
            "SELECT count(*) FROM r;")
_OURS = "PRAGMA application_id = 1347831127; PRAGMA user_version = 1;"
_FOREIGN = refused("database of another program")
_WRONG_TABLES = refused("is damaged: its tables are not those of a workspace")
_WORKSPACES: dict[str, tuple[Callable[[], bytes], Ends]] = {
    "not_sqlite": (lambda: b"this is not a database\n" * 400, refused("is not a workspace: its bytes")),
    "zero": (lambda: b"", refused("is empty (0 bytes), so there is no workspace in it")),
    "foreign": (_database, _FOREIGN),
    "truncated": (lambda: _database()[:len(_database()) * 2 // 3], _FOREIGN),
    "flipped": (lambda: _overwritten(_PAGE + 3), _FOREIGN),
    "flipped_payload": (lambda: _overwritten(_PAGE + 100), _FOREIGN),
    "flipped_text": (lambda: _database().replace(b"body 77 body 77", b"body 77 bodx 77", 1), _FOREIGN),
    "index_lies": (_index_lies, _FOREIGN),
    "newer_schema": (lambda: _database("PRAGMA user_version = 999999; PRAGMA application_id = 1347831127;"),
                     refused("written by a later policyview (workspace version 999999; this one knows "
                             f"{schema.VERSION})")),
    "trigger": (lambda: _database(_TRIGGER), _FOREIGN), "generated_bomb": (lambda: _database(_ENDLESS), _FOREIGN),
    "our_trigger": (lambda: _database(_TRIGGER + _OURS), _WRONG_TABLES),
    "our_bomb": (lambda: _database(_ENDLESS + _OURS), _WRONG_TABLES),
}  # what befalls a real workspace is tried in tests/store
WORKSPACES = [
    *files({f"ws/{name}.policyview": made for name, made in _WORKSPACES.items()}),
    Hostile(b"ws/wal_left.policyview", _wal, _FOREIGN),
    Hostile(b"ws/hot_journal.policyview", _journal, _FOREIGN),
    Hostile(b"ws/good.policyview", lambda path: Workspace.make(path).close(), SKIPPED),
]
COME_WITH = {BOTTOM: read("Policy at the bottom"), b"ws/wal_left.policyview-wal": SKIPPED,
             b"ws/hot_journal.policyview-journal": SKIPPED}
"""Files that come with an input, and how they end."""
