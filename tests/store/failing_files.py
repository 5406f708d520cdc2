"""The n-th act on a file fails for want of space, for every n; prints how many there were.

``python -m tests.store.failing_files WORKSPACE FOLDER``
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from policyview.errors import PolicyviewError
from policyview.export.whole import write_whole
from tests.store.test_faults import state, states_between, without_sums, work

ACTS = {"open", "os.rename", "os.link", "os.remove", "sqlite3.connect", "os.mkdir"}
left = 0


def fail(event: str, args: tuple[Any, ...]) -> None:
    global left
    if event in ACTS and left > 0:
        left -= 1
        if left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def main(original: Path, folder: Path) -> None:
    global left
    folder.mkdir()
    allowed = without_sums(states_between(Path(shutil.copy(original, folder / "x.policyview"))))
    sys.addaudithook(fail)
    for n in range(1, 1000):
        for old in folder.iterdir():
            old.unlink()
        copy = Path(shutil.copy(original, folder / "x.policyview"))
        (folder / "export").write_bytes(b"old")
        left = n
        try:
            work(copy)
            write_whole(folder / "export", b"new")
            said = ""
        except PolicyviewError as error:
            said = str(error)
        except OSError as error:  # of what stands for the reading of a file
            said = f"{folder} {error}"
        is_over, left = not said and left > 0, 0
        assert not said or str(folder) in said
        (reached,) = without_sums([state(copy)])
        assert reached in allowed, n
        assert all(state(each) for each in folder.glob("*.policyview"))
        assert (folder / "export").read_bytes() in {b"old", b"new"}
        if is_over:
            print(n)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
