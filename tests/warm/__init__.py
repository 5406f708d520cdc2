"""Workers that start in no time: forked from one process a session, which has loaded everything before.

A worker that policyview starts loads its libraries and compiles the lexicon: 0.6 s of computing, several hundred
times in the suite. Here it is a child of a server of multiprocessing's own (Linux alone). Tests of how a worker starts,
ends and dies, and of what must not depend on it, carry ``@pytest.mark.cold`` and start theirs as the program does.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import sys
from multiprocessing import forkserver
from unittest import mock

from policyview.read import process
from policyview.read.guards import Limits

_FORK = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
_SPAWN = multiprocessing.get_context("spawn")
_is_warm = False


@functools.lru_cache(maxsize=1)
def _server() -> int:
    """Starts the server, once; its process id."""
    _FORK.set_forkserver_preload(["tests.warm.loaded"])
    with mock.patch.dict(os.environ):
        os.environ.pop("PYTEST_CURRENT_TEST", None)  # what a worker does wrong belongs to no first test
        forkserver.ensure_running()
    server: int = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    mock.patch.object(process, "multiprocessing", _Contexts()).start()  # for good: ``choose`` decides for each test
    mock.patch.object(process, "Limits", _limits).start()
    return server


class _Contexts:
    """Stands for ``multiprocessing`` where workers are started."""

    def get_context(self, _: str) -> object:
        return _FORK if _is_warm else _SPAWN


def _limits(parent: int, *others: float) -> Limits:
    """A worker must not outlive the process that started it."""
    return Limits(_server() if _is_warm else parent, *others)  # type: ignore[arg-type]


def choose(is_warm: bool) -> None:
    """Whether the workers of the test that begins are warm. The server stays in the folder where it is called first."""
    global _is_warm
    _is_warm = is_warm and sys.platform == "linux"
    if _is_warm:
        _server()
