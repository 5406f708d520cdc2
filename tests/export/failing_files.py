"""The n-th act on a file fails, for every n, and then every file may only become so large: what stands under the name
of the output is what stood there before, or all of the new one. Prints how often each output failed in each way.

``python -m tests.export.failing_files FOLDER``
"""

from __future__ import annotations

import errno
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from policyview.errors import PolicyviewError
from policyview.export import delivery
from policyview.export.pack import make
from policyview.read import engines
from policyview.read.copies import Copies
from tests.export import made, packs

ACTS = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.listdir", "os.truncate"}
OLD = b"what stood there before"
SIZES = 12  # so many limits up to the size of the output
left = 0


def fail(event: str, args: tuple[Any, ...]) -> None:
    global left
    if event in ACTS and left > 0:
        left -= 1
        if left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def failing_at(number: int) -> Iterator[None]:
    """The act of that number fails."""
    global left
    left = number
    try:
        yield
    finally:
        left = min(left, 0)


@contextmanager
def small_files(most_bytes: int) -> Iterator[None]:
    """No file may become larger, as where a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def is_told(act: Callable[[], object]) -> bool:
    """Whether it failed, as one of those failures that become a sentence."""
    try:
        act()
    except (PolicyviewError, OSError):
        return True
    return False


def check(act: Callable[[], object], target: Path, fault: Callable[[], Any], new: bytes) -> bool:
    """Does it over an older file while something fails; whether it did."""
    target.write_bytes(OLD)
    with fault():
        has_failed = is_told(act)
    assert target.read_bytes() in {OLD, new}, "half written"
    assert has_failed or target.read_bytes() == new
    assert os.listdir(target.parent) == [target.name], "something was left beside it"
    return has_failed


def times_failed(act: Callable[[], object], target: Path) -> tuple[int, int]:
    """By an act on a file, and for want of room."""
    act()
    act()  # the second time all is loaded
    new = target.read_bytes()
    acts = 0
    while check(act, target, partial(failing_at, acts + 1), new):
        acts += 1
    sizes = [len(new) * part // SIZES for part in range(SIZES)]
    return acts, sum(check(act, target, partial(small_files, size), new) for size in sizes)


def main(folder: Path) -> None:
    sys.addaudithook(fail)
    comparison = made.comparison()
    sources = folder / "sources"
    sources.mkdir()
    told = engines.versions()
    engines.versions = lambda: told  # what cannot be asked is told as unknown, which is no failure
    with Copies() as copies:
        packed = packs.comparison_of(sources, copies)
        for ending in (*delivery.FORMATS, ".zip"):
            target = folder / ending[1:] / f"out{ending}"
            target.parent.mkdir()
            if ending == ".zip":
                counts = times_failed(partial(make.write, packed, copies, packs.SETTINGS, target), target)
            else:
                counts = times_failed(partial(delivery.deliver, comparison, target), target)
            print(ending, *counts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
