"""The n-th statement, or the n-th act on a file, fails, for every n: what was kept before is there, nothing is half
kept, and the workspace still opens. A failure is always a sentence."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyview.store import Workspace, WorkspaceError
from tests.store import busy

MOST = 400  # more than there are statements


class Failing(sqlite3.Connection):
    """A connection whose statements run out."""

    left = MOST
    error: Callable[[], Exception] = staticmethod(lambda: sqlite3.OperationalError("disk I/O error"))

    def _count(self) -> None:
        Failing.left -= 1
        if Failing.left == 0:
            raise Failing.error()

    def execute(self, *args: Any) -> sqlite3.Cursor:
        self._count()
        return super().execute(*args)

    def blobopen(self, *args: Any, **kwargs: Any) -> sqlite3.Blob:
        self._count()
        return super().blobopen(*args, **kwargs)

    def backup(self, *args: Any, **kwargs: Any) -> None:
        self._count()
        super().backup(*args, **kwargs)


def work(path: Path) -> None:
    """The acts of a session, one after the other."""
    with Workspace(path) as workspace:
        workspace.set_value("a setting", b"new")
        busy.read(workspace, 7)
        busy.review(workspace, 0)
        busy.back_up(workspace, 0)
        workspace.copy_to(path.with_name("other.policyview"))


def state(path: Path) -> tuple[object, ...]:
    """What a workspace holds, all of it checked; what was kept together is there together."""
    with Workspace(path, for_writing=False) as workspace:
        list(workspace.iter_checked())
        assert (workspace.value("files") is not None) == (workspace.files[-1].name == "7.txt")
        return workspace.value("a setting"), workspace.files, workspace.reviews


def states_between(path: Path) -> list[tuple[object, ...]]:
    """The states in which the work may stop: before it and after each of its acts."""
    with Workspace(path) as workspace:
        held: list[tuple[object, ...]] = [(workspace.value("a setting"), workspace.files, workspace.reviews)]
        acts: list[Callable[[], object]] = [
            lambda: workspace.set_value("a setting", b"new"), lambda: busy.read(workspace, 7),
            lambda: busy.review(workspace, 0)]  # fmt: skip
        for act in acts:
            act()
            held.append((workspace.value("a setting"), workspace.files, workspace.reviews))
    return held


def without_sums(states: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Reviews by their number: each run makes its own."""
    return [(setting, files, len(reviews)) for setting, files, reviews in states]  # type: ignore[arg-type]


@pytest.mark.parametrize(("error", "step"), [
    (sqlite3.OperationalError("disk I/O error"), 1), (MemoryError(), 4),
], ids=["io", "memory"])  # fmt: skip
def test_the_nth_statement_fails(
    path: Path, tmp_path: Path, error: Exception, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "at work"
    folder.mkdir()
    shutil.copy(path, folder / "x.policyview")
    allowed = without_sums(states_between(folder / "x.policyview"))
    real, met = sqlite3.connect, []
    Failing.error = staticmethod(lambda: error)
    for n in range(1, MOST, step):
        for old in folder.iterdir():
            old.unlink()
        copy = Path(shutil.copy(path, folder / "x.policyview"))
        Failing.left = n
        with monkeypatch.context() as patched:
            patched.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **k, factory=Failing))
            try:
                work(copy)
                break
            except (WorkspaceError, MemoryError) as said:
                sentence = str(said)
        assert isinstance(error, MemoryError) or ".policyview" in sentence
        (reached,) = without_sums([state(copy)])
        assert reached in allowed, n
        met.append(allowed.index(reached))
        assert all(state(each) for each in folder.glob("*.policyview"))
        assert not list(folder.glob(".*")), "something half made was left"
    assert met == sorted(met)
    assert set(met) == {0, 1, 2, 3}
    assert n > 60


def test_the_nth_act_on_a_file_fails(path: Path, tmp_path: Path) -> None:
    """Python lets nobody take an audit hook away again, so this has a process of its own."""
    done = subprocess.run([sys.executable, "-m", "tests.store.failing_files", str(path), str(tmp_path / "at work")],
                          capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 25


