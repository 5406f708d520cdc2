"""A process that works in a workspace is killed at random instants: what it said was kept is there, nothing is half
written, and the next start needs no repair. By hand: ``KILLS=1000 python -m pytest -n0 tests/store/test_kill.py``."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from policyview.store import Workspace
from tests.store import busy

KILLS = int(os.environ.get("KILLS", "40"))
LANES = 2  # side by side, each in a folder of its own
LONGEST_S = 0.12  # from the first act to the kill


def killed(path: Path, seed: int) -> list[list[str]]:
    """Lets a process work for a moment and kills it; the acts of which it said that they were done."""
    command = [sys.executable, "-m", "tests.store.busy", str(path), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        timer = threading.Timer(random.Random(seed).uniform(0, LONGEST_S), process.send_signal, [signal.SIGKILL])
        told = [process.stdout.readline()]
        timer.start()
        told += process.stdout.readlines()
        assert process.wait() == -signal.SIGKILL, process.stderr.read()
        timer.join()
    return [line.split() for line in told if line.endswith("\n")]


def check(path: Path, acts: list[list[str]], reviews: int) -> int:
    """What must hold after a kill; gives the number of reviews."""
    with Workspace(path) as workspace:
        list(workspace.iter_checked())
        names = [file.name for file in workspace.files]
        assert len(set(names)) == len(names) == int(workspace.value("files") or b"0")
        assert {f"{number}.txt" for act, number, _ in acts if act == "read"} <= set(names)
        for name in names:
            document = busy.document_of(int(name[:-4]))
            reading = workspace.recall(document.sha256, name, busy.EDITION)
            assert reading is not None
            assert reading.document == document
        said = max([reviews, *(int(count) for _, _, count in acts)])
        assert said <= len(workspace.reviews) <= said + 1  # one may have been kept before it could be told
        assert [review.text for review in workspace.reviews] == [str(n) for n in range(len(workspace.reviews))]
        count = len(workspace.reviews)
    backup, export = path.with_name("backup.policyview"), path.with_name("export.bin")
    if backup.exists():
        with Workspace(backup, for_writing=False) as copy:
            list(copy.iter_checked())
    if export.exists():
        assert export.read_bytes() in [busy.content_of(number) for number in range(30)]
    return count


def run(folder: Path, seeds: range, failed: list[BaseException]) -> None:
    path, reviews = folder / "a.policyview", 0
    try:
        Workspace.make(path).close()
        for seed in seeds:
            acts = killed(path, seed)
            assert acts, "nothing was done"
            reviews = check(path, acts, reviews)
    except BaseException as error:
        failed.append(error)


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_kill_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    failed: list[BaseException] = []
    threads = []
    for lane in range(LANES):
        folder = tmp_path / str(lane)
        folder.mkdir()
        threads.append(threading.Thread(target=run, args=(folder, range(lane, KILLS, LANES), failed)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in failed:
        raise error
