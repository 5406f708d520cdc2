"""A workspace that is not as it was written is refused, named, and left as it is; a crash's leftovers are taken in."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from policyview.review import read_line
from policyview.store import (
    DamagedWorkspaceError,
    NewerWorkspaceError,
    NotAWorkspaceError,
    UnwritableWorkspaceError,
    Workspace,
    WorkspaceError,
    rescue,
    schema,
)
from tests.store import made

FLIPS = 150  # by hand every byte: 200,000


def alter(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    """Changes a workspace behind policyview's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement, values)


def swap(path: Path, old: bytes, new: bytes) -> None:
    """Overwrites bytes of the file itself."""
    assert len(old) == len(new)
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def refusal(path: Path) -> str:
    """Why it is refused, whether opened to write or to read; it must be left as it was."""
    before = made.sha256(path)
    said = []
    for for_writing in (True, False):
        with pytest.raises(WorkspaceError) as error, Workspace(path, for_writing) as workspace:
            list(workspace.iter_checked())
        said.append(str(error.value))
    assert said[0] == said[1]
    assert str(path) in said[0]
    assert made.sha256(path) == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    return said[0]


# --------------------------------------------------------------------------- what is no workspace


@pytest.mark.parametrize(("content", "says"), [
    (b"", "is empty"), (b"plain words\n" * 99, "its bytes are something else"),
    (b"SQLite format 3\0" + bytes(84), "of another program"), (b"SQLi", "its bytes are something else"),
])  # fmt: skip
def test_what_is_no_workspace(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.policyview"
    path.write_bytes(content)
    assert says in refusal(path)
    with pytest.raises(NotAWorkspaceError):
        Workspace(path)


def test_a_newer_one_and_one_with_other_tables(path: Path) -> None:
    alter(path, "PRAGMA user_version = 7")
    assert "workspace version 7; this one knows 2" in refusal(path)
    with pytest.raises(NewerWorkspaceError):
        Workspace(path)
    alter(path, "PRAGMA user_version = 0")
    assert "tells no version" in refusal(path)


ENDLESS = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r"


@pytest.mark.parametrize("statement", [
    "CREATE TRIGGER t AFTER INSERT ON review BEGIN DELETE FROM review; END", f"CREATE VIEW v AS {ENDLESS}",
    "CREATE INDEX i ON source (sha256)", "CREATE TABLE more (x)", "DROP TABLE value",
    "ALTER TABLE review ADD COLUMN x BLOB CHECK (x IS NULL)", "ALTER TABLE value RENAME COLUMN name TO named",
])  # fmt: skip
def test_other_tables(path: Path, statement: str) -> None:
    began = time.monotonic()
    alter(path, statement)
    assert "its tables are not those of a workspace" in refusal(path)
    assert time.monotonic() - began < 2


# --------------------------------------------------------------------------- what is not as it was stored


def reorder(path: Path) -> None:
    alter(path, "UPDATE review SET id = 9 WHERE id = 1", "UPDATE review SET id = 1 WHERE id = 2",
          "UPDATE review SET id = 2 WHERE id = 9")  # fmt: skip


def recompute(path: Path) -> None:
    """A text is changed and its seal made anew, as somebody would who knows how."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        columns = "source, ending, edition, document, text, facts"
        (row,) = database.execute(f"SELECT {columns} FROM reading WHERE id = 1").fetchall()
        parts = [*row[:4], row[4][:300], row[5]]
        database.execute("UPDATE reading SET text = ?, seal = ? WHERE id = 1", (parts[4], schema.seal(*parts)))


TAMPERINGS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a source": (lambda path: swap(path, b"brittle airway", b"brittle airwaz"), "larkspur.txt is not as it was stored"),
    "a text": (lambda path: alter(
        path, "UPDATE reading SET text = CAST(replace(text, 'brittle', 'britxle') AS BLOB)"),
        "is not as it was stored"),
    "a determination": (lambda path: alter(
        path, "UPDATE reading SET facts = CAST(replace(facts, 'investigational', 'not_covered') AS BLOB)"),
        "is not as it was stored"),
    "an edition": (lambda path: alter(path, "UPDATE reading SET edition = x'aa'"), "is not as it was stored"),
    "a review": (lambda path: alter(path, "UPDATE review SET line = CAST(replace(line, 'Ada', 'Eve') AS BLOB)"),
                 "review 2 does not follow"),
    "a review's form": (lambda path: alter(
        path, "UPDATE review SET line = CAST(replace(line, ',\"', ', \"') AS BLOB) WHERE id = 2"),
        "review 2 is not as it was stored"),
    "the last review": (lambda path: alter(
        path, "UPDATE review SET line = CAST(replace(line, 'Ada', 'Eve') AS BLOB) WHERE id = 2"),
        "reviews are missing"),
    "the first review goes": (lambda path: alter(path, "DELETE FROM review WHERE id = 1"), "1 does not follow"),
    "the last review goes": (lambda path: alter(path, "DELETE FROM review WHERE id = 2"), "reviews are missing"),
    "all reviews go": (lambda path: alter(path, "DELETE FROM review"), "reviews are missing"),
    "reviews are reordered": (reorder, "review 1 does not follow"),
    "the list of files": (lambda path: alter(path, "UPDATE file SET name = x'41' WHERE id = 1"), "the list of files"),
    "a source goes": (lambda path: alter(path, "DELETE FROM source WHERE id = 2"), "is missing"),
    "a setting": (lambda path: alter(path, "UPDATE value SET content = x'41'"), "a setting"),
    "a table's own words": (
        lambda path: swap(path, b"CREATE TABLE review (", b"CREATE TABLE \xf5eview ("), "is damaged"),
    "the last third": (lambda path: os.truncate(path, path.stat().st_size * 2 // 3), "is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_named(path: Path, name: str) -> None:
    tamper, says = TAMPERINGS[name]
    tamper(path)
    assert says in refusal(path)


def test_a_quote_cannot_differ_from_its_text_even_under_a_new_seal(path: Path) -> None:
    recompute(path)
    with Workspace(path, for_writing=False) as workspace, pytest.raises(DamagedWorkspaceError, match="be understood"):
        workspace.recall(workspace.files[0].sha256, workspace.files[0].name, made.EDITION)


def test_any_byte_that_is_flipped_is_found_or_does_no_harm(path: Path) -> None:
    told, whole = made.told(path), path.read_bytes()
    chance = random.Random(6)
    found = 0
    for _ in range(FLIPS):
        place = chance.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1:])
        try:
            assert made.told(path) == told, place
        except WorkspaceError:
            found += 1
    assert found > FLIPS / 5  # the rest is unused space of pages


# --------------------------------------------------------------------------- what a crash leaves


def test_a_crash_s_journal_is_played_back(path: Path) -> None:
    told, journal = made.told(path), path.with_name(f"{path.name}-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in ("PRAGMA cache_size = 1", "PRAGMA cache_spill = 1", "BEGIN", "DELETE FROM review",
                          "UPDATE source SET content = zeroblob(60000)", "DELETE FROM reading"):
            database.execute(statement)
        half_done = path.read_bytes(), journal.read_bytes()
    assert half_done[1][0], "the journal must be hot"
    for for_writing in (True, False):
        path.write_bytes(half_done[0])
        journal.write_bytes(half_done[1])
        with Workspace(path, for_writing):
            pass
        assert not journal.exists()
        assert made.told(path) == told


def test_a_copy_takes_the_place_of_what_a_crash_left(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "below" / "old.policyview"
    target.parent.mkdir()
    journal = target.with_name(f"{target.name}-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in ("PRAGMA cache_size = 1", "BEGIN", "UPDATE review SET line = zeroblob(9000)"):
            database.execute(statement)
        crashed = path.read_bytes(), path.with_name(f"{path.name}-journal").read_bytes()
        database.execute("ROLLBACK")
    target.write_bytes(crashed[0])
    journal.write_bytes(crashed[1])
    with Workspace(path) as workspace:
        workspace.copy_to(target, may_replace=True)
    assert made.told(target) == made.told(path)
    assert not journal.exists()
    spent = bytes(9000)  # all work was done, but a kill came before it was closed
    begun = bytes(12) + crashed[1][12:]  # a kill came before it was on the disk: its mark is written last
    for left in (spent, begun, b""):
        journal.write_bytes(left)
        with Workspace(path) as workspace:
            workspace.copy_to(target, may_replace=True)
        assert made.told(target) == made.told(path)
    refused = target.with_name("new.policyview")
    target.with_name("new.policyview-journal").write_bytes(crashed[1])
    with Workspace(path) as workspace, pytest.raises(UnwritableWorkspaceError, match="of an older workspace stands"):
        workspace.copy_to(refused, may_replace=True)


def test_a_journal_that_names_another_file_is_not_played_back(path: Path) -> None:
    """SQLite deletes the file that such a journal names, if it finds nobody who still needs it."""
    victim, journal = path.with_name("victim.txt"), path.with_name(f"{path.name}-journal")
    victim.write_text("Mine\n")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in ("PRAGMA cache_size = 1", "BEGIN", "UPDATE source SET content = zeroblob(60000)"):
            database.execute(statement)
        half_done = path.read_bytes(), journal.read_bytes()
    name = str(victim).encode()
    size, total = len(name).to_bytes(4, "big"), sum(name).to_bytes(4, "big")
    lock_page = ((1 << 30) // schema.PAGE_BYTES + 1).to_bytes(4, "big")
    path.write_bytes(half_done[0])
    journal.write_bytes(half_done[1] + lock_page + name + size + total + bytes.fromhex("d9d505f920a163d7"))
    with pytest.raises(DamagedWorkspaceError, match="journal beside it is not its own"):
        Workspace(path)
    assert victim.read_text() == "Mine\n"
    with closing(sqlite3.connect(path)) as database:  # what would have happened
        database.execute("SELECT count(*) FROM source").fetchone()
    assert not victim.exists()


def test_what_another_program_s_log_holds_is_taken_in(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("DELETE FROM file WHERE id = 3")
        kept = path.read_bytes(), log.read_bytes()
    path.write_bytes(kept[0])
    log.write_bytes(kept[1])
    with Workspace(path) as workspace:
        assert len(workspace.files) == 2
    assert path.read_bytes()[18:20] == b"\x01\x01"  # no log any more
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_full_disk_is_a_sentence(path: Path, original: Path) -> None:
    told = made.told(path)
    with Workspace(path) as workspace:
        workspace._database.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size for the least
        big = path.with_name("big.txt")
        big.write_bytes(b"x" * 200_000)
        with pytest.raises(UnwritableWorkspaceError, match="no space left on the disk"):
            workspace.add_source(made.sha256(big), big)
        assert not workspace.has_source(made.sha256(big))
    assert made.told(path) == told


def test_lines_that_are_no_reviews() -> None:
    for line in (b"", b"{}", b"[]", b"\xff", b"null", b'{"action":"confirm"}', b"[" * 100_000):
        with pytest.raises(ValueError, match="review"):
            read_line(line)


# --------------------------------------------------------------------------- what can be saved


def test_what_is_whole_is_saved(path: Path, original: Path, tmp_path: Path) -> None:
    swap(path, b"brittle airway", b"brittle airwaz")  # in the first source
    alter(path, "UPDATE review SET line = CAST(replace(line, 'Ada', 'Eve') AS BLOB) WHERE id = 1")
    before, target = made.sha256(path), tmp_path / "saved.policyview"
    assert str(rescue(path, target)) == (
        f"1 of 2 documents and 1 of 2 reviews were whole and were saved in {target}.")  # fmt: skip
    assert made.sha256(path) == before
    with Workspace(target, for_writing=False) as saved:
        assert [Path(file.name).name for file in saved.files] == ["quarry.md", "torn.pdf"]
        assert [(review.author, review.text) for review in saved.reviews] == [("Ada", "as printed \x001\udc00")]
        assert len(list(saved.iter_checked())) == 1


def test_of_a_torn_file_what_can_be_read_is_saved(path: Path, tmp_path: Path) -> None:
    whole, some = path.read_bytes(), 0
    for page in range(1, len(whole) // schema.PAGE_BYTES):
        at = page * schema.PAGE_BYTES
        path.write_bytes(whole[:at] + b"\xa5" * schema.PAGE_BYTES + whole[at + schema.PAGE_BYTES:])
        target = tmp_path / f"{page}.policyview"
        rescued = rescue(path, target)
        assert rescued.documents or rescued.reviews
        some += rescued.documents == 2
        with Workspace(target, for_writing=False) as saved:
            list(saved.iter_checked())
    assert some
    for none in (b"", b"SQLite format 3\0" + bytes(84)):
        path.write_bytes(none)
        with pytest.raises(NotAWorkspaceError):
            rescue(path, tmp_path / "none.policyview")
    assert not (tmp_path / "none.policyview").exists()
