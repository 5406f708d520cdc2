"""Kills the program as a user starts it, at random instants, and looks at what it leaves.

``python -m tests.gui.kills_by_hand window 200``, ``… commands 200`` or ``… migrations 200``; prints how it went, fails
at the first harm.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook

from policyview import pipeline
from policyview.export.pack.opening import open_pack
from policyview.settings import Settings
from policyview.store import Workspace
from tests.gui.test_workspace import EASTBROOK, NORTHFIELD

LONGEST_S = 3.0  # from the first sign of life to the kill
FIRST_S = 20.0  # until all documents were read and exported once
LONGEST_MIGRATION_S = 1.5
LONGEST_COMMAND_S = 16.0  # from the start of a command to the kill; longer than it takes, unless the machine is busy


def killed(command: Sequence[str], after_s: float, environment: dict[str, str], sign: bool) -> list[list[str]]:
    """Starts a command, kills it so long after its first line (or its start), and gives the lines that it told."""
    with subprocess.Popen([sys.executable, "-m", *command], env=environment, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        told = [process.stdout.readline()] if sign else []
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
        code = process.wait()
        said = process.stderr.read()
    assert code in ({-signal.SIGKILL} if sign else {-signal.SIGKILL, 0}), said
    return [line.split() for line in told if line.endswith("\n")]


def check_workspace(path: Path, least: int) -> int:
    """Opens it as the program would; the number of its reviews."""
    if not path.exists():
        assert not least, f"{path} is gone"
        return 0
    with Workspace(path) as workspace:
        list(workspace.iter_checked())
        texts = [review.text for review in workspace.reviews]
    assert texts == [str(number) for number in range(len(texts))], texts
    assert len(texts) >= least, (path, len(texts), least)
    return len(texts)


def check_export(path: Path) -> None:
    if not path.exists():
        return
    content = path.read_bytes()
    if path.suffix == ".zip":
        with tempfile.TemporaryDirectory() as place:
            pipeline.run(open_pack(path, Path(place), Settings()))
    elif path.suffix == ".xlsx":
        load_workbook(path).close()
    elif path.suffix == ".html":
        assert content.rstrip().endswith(b"</html>")
    else:
        assert content.endswith(b"\n")


def kill_windows(folder: Path, times: int) -> Counter[str]:
    documents, data = folder / "documents", folder / "data"
    documents.mkdir()
    for number in range(12):
        text = (NORTHFIELD if number % 2 else EASTBROOK).replace("cough", f"cough {number}")
        (documents / f"{number}.txt").write_text(text)
    environment = {**os.environ, "XDG_DATA_HOME": str(data), "QT_QPA_PLATFORM": "offscreen"}
    least, seen = {"automatic": 0, "saved.policyview": 0}, Counter[str]()
    places = {"automatic": data / "policyview" / "automatic.policyview",
              "saved.policyview": documents / "saved.policyview"}  # fmt: skip
    looked_at: dict[Path, int] = {}
    for seed in range(times):
        after_s = random.Random(seed).uniform(0, LONGEST_S) if any(documents.glob("export.*")) else FIRST_S
        told = killed(["tests.gui.busy", str(documents), str(seed)], after_s, environment, sign=True)
        assert told, "it did not start"
        for what, *rest in told:
            seen[what] += 1
            assert what != "broke", rest
            if what in {"kept", "opened"}:
                name, count = rest
                least[name] = int(count)
        for name, path in places.items():
            least[name] = check_workspace(path, least[name])
        for backup in (data / "policyview" / "backups").glob("*.policyview"):
            with Workspace(backup, for_writing=False) as copy:
                list(copy.iter_checked())
            seen["backups looked at"] += 1
        for export in documents.glob("export.*"):
            if looked_at.get(export) != (stamp := export.stat().st_mtime_ns):
                check_export(export)
                looked_at[export] = stamp
                seen[f"{export.suffix} written and looked at"] += 1
        for left in documents.glob(".*"):
            seen["unfinished files left beside"] += 1
            left.unlink()
        if sum(least.values()) > 400:  # so that a check stays quick
            for path in places.values():
                path.unlink(missing_ok=True)
            least = dict.fromkeys(least, 0)
    return seen


def kill_commands(folder: Path, times: int) -> Counter[str]:
    samples = Path(__file__).parents[2] / "sample_docs"
    seen = Counter[str]()
    for seed in range(times):
        chance = random.Random(seed)
        ending = chance.choice([".zip", ".zip", ".html", ".xlsx", ".json", ".csv"])
        target = folder / f"out{ending}"
        had = target.read_bytes() if target.exists() else None
        command = ["pack" if ending == ".zip" else "compare", str(samples), "-o", str(target)]
        killed(["policyview", *command], chance.uniform(0.5, LONGEST_COMMAND_S), dict(os.environ), sign=False)
        if not target.exists():
            assert had is None
            seen[f"{ending} not there"] += 1
        elif target.read_bytes() == had:
            seen[f"{ending} as before"] += 1
        else:
            seen[f"{ending} whole"] += 1
        check_export(target)
        if chance.random() < 0.3:
            target.unlink(missing_ok=True)
        for left in folder.glob(".*"):
            seen["unfinished files left beside"] += 1
            left.unlink()
    return seen


BRING_UP = """
import sys
from pathlib import Path
from policyview.store import Workspace
from policyview.store import workspace as module
module._MUCH_BYTES = 1000
print("begins", flush=True)
with Workspace(Path(sys.argv[1])) as workspace:
    print("open", flush=True)
    workspace.thin(-1)
    workspace.shrink()
    print("thin", flush=True)
"""


def kill_migrations(folder: Path, times: int) -> Counter[str]:
    """Brings an older workspace up, thins and shrinks it."""
    old, path, script = folder / "old.policyview", folder / "a.policyview", folder / "bring_up.py"
    shutil.copy(Path(__file__).parents[1] / "data" / "workspaces" / "version_1.policyview", old)
    with closing(sqlite3.connect(old)) as database, database:
        for number in range(300):  # sources that nothing names
            content = random.Random(number).randbytes(60_000)
            database.execute("INSERT INTO source (sha256, content) VALUES (?, ?)",
                             (hashlib.sha256(content).digest(), content))  # fmt: skip
    script.write_text(BRING_UP)
    with Workspace(old, for_writing=False) as workspace:
        told, whole = (workspace.files, workspace.reviews), len(list(workspace.iter_checked()))
    seen = Counter[str]()
    for seed in range(times):
        shutil.copy(old, path)
        with subprocess.Popen([sys.executable, str(script), str(path)], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.Random(seed).uniform(0, LONGEST_MIGRATION_S))
            process.send_signal(signal.SIGKILL)
            done = [line.strip() for line in process.stdout if line.endswith("\n")]
        version = int.from_bytes(path.read_bytes()[60:64], "big")
        with Workspace(path, for_writing=False) as workspace:
            count = len(list(workspace.iter_checked()))
            assert (workspace.files, workspace.reviews) == told
        assert count in {whole, 4}
        assert not done or version == 2
        assert "thin" not in done or count == 4
        with Workspace(path) as workspace:  # goes on without a person's help
            workspace.thin(-1)
            workspace.shrink()
        seen[f"version {version}, {'all' if count == whole else 'thinned'}"] += 1
        seen["unfinished copies left"] += len(list(folder.glob(".*.part*")))
        for left in folder.glob(".*.part*"):
            left.unlink()
    return seen


ACTS = {"window": kill_windows, "commands": kill_commands, "migrations": kill_migrations}


def main(what: str, times: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="policyview-kills-"))
    began = time.monotonic()
    try:
        seen = ACTS[what](folder, times)
    except BaseException:
        print(f"What was left is in {folder}")
        raise
    print(f"{times} kills in {time.monotonic() - began:.0f} s: nothing lost, nothing half written. {dict(seen)}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
