"""Workspaces of older versions: brought up to this one as a whole or not at all; and what nobody needs goes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policyview.model import Overrides
from policyview.store import Kept, Workspace, WorkspaceError, migrations, rescue, schema
from tests.store import busy, made
from tests.store.test_damage import alter
from tests.store.test_faults import MOST, Failing

DATA = Path(__file__).parents[1] / "data"
OLD = {version: DATA / "workspaces" / f"version_{version}.policyview" for version in migrations.STEPS}


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A workspace as an older program left it."""
    return Path(shutil.copy(OLD[request.param], tmp_path / "old.policyview"))


def version_of(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def check(path: Path, for_writing: bool) -> None:
    """All that the sample workspaces hold is there."""
    with Workspace(path, for_writing) as workspace:
        assert len(list(workspace.iter_checked())) == 4
        assert [file.name for file in workspace.files] == ["larkspur.txt", "quarry.md", "torn.pdf"]
        assert [review.text for review in workspace.reviews] == ["as printed \x000\udc00", "as printed \x001\udc00"]
        assert workspace.value("a setting") == b"light"
        assert workspace.overrides == Overrides().dating(workspace.files[0].sha256, "2025-02")
        for file in workspace.files[:2]:  # what was read of them is another edition's
            workspace.copy_source(file.sha256, copy := path.with_name("copy"))
            assert made.POLICIES[file.name].encode() == copy.read_bytes()
            copy.unlink()


def test_there_is_a_step_and_a_sample_for_every_older_version() -> None:
    assert list(migrations.STEPS) == list(range(1, schema.VERSION))
    assert [version_of(path) for path in OLD.values()] == list(OLD)


def test_to_be_read_an_older_one_stays_as_it_is(old: Path) -> None:
    before = made.sha256(old)
    check(old, for_writing=False)
    assert made.sha256(old) == before


def test_to_be_written_it_is_brought_up(old: Path) -> None:
    link = old.with_name("link.policyview")
    link.symlink_to(old)
    old.chmod(0o640)
    check(link, for_writing=True)
    assert version_of(old) == schema.VERSION
    assert link.is_symlink()
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    with Workspace(old) as workspace:
        busy.read(workspace, 7)
        busy.review(workspace, 0)
        assert set(workspace._days.values()) == {schema.today()}
    assert sorted(path.name for path in old.parent.iterdir()) == ["link.policyview", "old.policyview"]


def test_a_step_that_fails_leaves_it_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made.sha256(old)

    def fails(database: sqlite3.Connection) -> None:
        note_days_of_use(database)
        database.execute("DELETE FROM review")
        raise sqlite3.OperationalError("database or disk is full")

    def loses(database: sqlite3.Connection) -> None:
        note_days_of_use(database)
        database.execute("DELETE FROM file WHERE id = 1")

    note_days_of_use = migrations.note_days_of_use
    for step in (fails, loses):
        monkeypatch.setattr(migrations, "STEPS", {1: step})
        with pytest.raises(WorkspaceError, match=r"old\.policyview"):
            Workspace(old)
        assert made.sha256(old) == before
        assert [path.name for path in old.parent.iterdir()] == ["old.policyview"]
    monkeypatch.undo()
    check(old, for_writing=True)


def test_a_copy_that_took_the_place_of_what_was_locked_is_not_overwritten(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where two programs bring one workspace up at the same moment."""
    from policyview.store import opening

    real = opening._lock

    def locked_too_late(database: sqlite3.Connection, for_writing: bool) -> None:
        real(database, for_writing)
        os.replace(shutil.copy(OLD[1], old.with_name("new")), old)

    monkeypatch.setattr(opening, "_lock", locked_too_late)
    with pytest.raises(WorkspaceError, match="was replaced by another program"):
        Workspace(old)
    monkeypatch.undo()
    check(old, for_writing=True)


def test_an_older_one_that_is_damaged_is_refused_and_can_be_rescued(old: Path) -> None:
    content = old.read_bytes()
    at = content.rindex(b"seasonal cough")
    old.write_bytes(content[:at] + b"S" + content[at + 1:])
    before = made.sha256(old)
    with pytest.raises(WorkspaceError, match="is damaged"), Workspace(old) as workspace:
        list(workspace.iter_checked())
    assert made.sha256(old) == before
    saved = rescue(old, old.with_name("saved.policyview"))
    assert (saved.documents, saved.reviews) == (2, 2)
    assert version_of(saved.path) == schema.VERSION


def failing(act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """Does something again and again, and each time another statement fails; whether one did."""
    real = sqlite3.connect
    Failing.error = staticmethod(lambda: sqlite3.OperationalError("disk I/O error"))
    for number in range(1, MOST):
        Failing.left = number
        with monkeypatch.context() as patched:
            patched.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **k, factory=Failing))
            try:
                act()
                has_failed = Failing.left <= 0
            except WorkspaceError:
                has_failed = True
        yield has_failed
        if not has_failed:
            return
    pytest.fail("there is no end of statements")


def test_whatever_statement_fails_it_is_brought_up_or_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, times = old.read_bytes(), 0
    for has_failed in failing(lambda: Workspace(old).close(), monkeypatch):
        times += has_failed
        assert [path.name for path in old.parent.iterdir()] == ["old.policyview"]
        assert version_of(old) == schema.VERSION or old.read_bytes() == content
        check(old, for_writing=False)
        old.write_bytes(content)
    assert times > 40


# --------------------------------------------------------------------------- what nobody needs


def aged(path: Path, days: int) -> None:
    """As if nothing of a workspace had been used for so long."""
    alter(path, "UPDATE used SET day = day - ?", values=(days,))


def test_what_nothing_names_goes_after_a_while(path: Path) -> None:
    with Workspace(path) as workspace:
        named = [file.sha256 for file in workspace.files[:2]]
        for number in range(4):
            busy.read(workspace, number)
        sums = [busy.document_of(number).sha256 for number in range(4)]
        workspace.set_files([Kept("0.txt", Path("0.txt"), sums[0]), workspace.files[2]])
        workspace.set_value("a matrix", f'{{"sha256":"{sums[1]}"}}'.encode())
    aged(path, 90)
    with Workspace(path) as workspace:
        assert workspace.thin(90) == 0
    aged(path, 1)
    with Workspace(path) as workspace:
        assert workspace.thin(90) == 2
        assert workspace.thin(90) == 0
        assert [workspace.has_source(each) for each in sums] == [True, True, False, False]
        assert all(map(workspace.has_source, named)), "reviews name them"
        assert workspace.recall(sums[2], "2.txt", busy.EDITION) is None
        busy.read(workspace, 2)  # it may come back
        assert workspace.thin(0) == 0
    with Workspace(path, for_writing=False) as workspace:
        assert len(list(workspace.iter_checked())) == 10


def test_what_is_of_use_stays(path: Path) -> None:
    with Workspace(path) as workspace:
        busy.read(workspace, 1)
        workspace.set_files([])
    aged(path, 100)
    with Workspace(path) as workspace:
        workspace.set_files([Kept("1.txt", Path("1.txt"), busy.document_of(1).sha256)])
        workspace.set_files([])
        assert workspace.thin(90) == 0


def test_thinning_that_fails_keeps_all_or_lets_all_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyview.store.workspace._MUCH_BYTES", 10_000)
    with Workspace(path) as workspace:
        for number in range(2):
            busy.read(workspace, number)
        workspace.set_files([])
    content, met = path.read_bytes(), []

    def thin() -> None:
        with Workspace(path) as workspace:
            workspace.thin(-1)
            workspace.shrink()

    for _ in failing(thin, monkeypatch):
        with Workspace(path, for_writing=False) as workspace:
            met.append(len(list(workspace.iter_checked())))
        path.write_bytes(content)
    assert met == sorted(met, reverse=True)
    assert set(met) == {8, 4}


def test_the_file_shrinks_where_much_is_free_and_what_stops_that_leaves_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policyview.store.workspace._MUCH_BYTES", 100_000)
    with Workspace(path) as workspace:
        for number in range(10):
            busy.read(workspace, number)
        workspace.set_files([])
        assert not workspace.shrink()
        assert workspace.thin(-1) == 10
        large = path.stat().st_size
        told = made_told(workspace)
        workspace._database.set_progress_handler(lambda: 1, 20)  # something stops it on the way
        assert not workspace.shrink()
        workspace._database.set_progress_handler(None, 0)
        assert path.stat().st_size == large
        assert workspace.shrink()
        assert path.stat().st_size < large / 4
        assert made_told(workspace) == told
        workspace.add_review("note", made.about(made.readings(path.parent)[0]), "Ada", "still kept")
    with Workspace(path) as workspace:
        assert len(workspace.reviews) == 3
        assert version_of(path) == schema.VERSION


def made_told(workspace: Workspace) -> object:
    return workspace.files, workspace.reviews, list(workspace.iter_checked())
