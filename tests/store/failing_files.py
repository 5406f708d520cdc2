"""The n-th act on a file fails for want of space, for every n: ``python -m tests.store.failing_files WORKSPACE FOLDER``.

Prints how many there were.
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
            has_failed = left == 0
        except PolicyviewError as error:
            assert str(folder) in str(error), str(error)
            has_failed = True
        except OSError as error:  # of what stands for the reading of a file
            assert error.errno == errno.ENOSPC
            has_failed = True
        is_over, left = not has_failed, 0
        (reached,) = without_sums([state(copy)])
        assert reached in allowed, n
        assert all(state(each) for each in folder.glob("*.policyview"))
        assert (folder / "export").read_bytes() in {b"old", b"new"}
        if is_over:
            print(n)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
