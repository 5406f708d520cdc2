"""That workers start warm where they may, and cold where they are to."""

from __future__ import annotations

import sys
import threading
from multiprocessing.connection import Connection

import pytest

from policyview.read.guards import Limits, set_limits
from policyview.read.process import READY, WorkerProcess
from policyview.settings import Settings


def _telling(pipe: Connection, limits: Limits) -> None:
    """Says whether the libraries were there before it."""
    is_loaded = "tests.warm.loaded" in sys.modules and "pypdfium2" in sys.modules
    set_limits(limits)
    pipe.send(READY)
    pipe.recv()
    pipe.send(is_loaded)


@pytest.mark.parametrize("is_warm", [
    pytest.param(False, marks=pytest.mark.cold),
    pytest.param(True, marks=pytest.mark.skipif(sys.platform != "linux", reason="only there")),
])  # fmt: skip
def test_a_worker_is_warm_or_cold(is_warm: bool) -> None:
    process = WorkerProcess(_telling, Settings(), threading.Event())
    process.send("Well?")
    assert process.receive(60.0) is is_warm
    process.kill()
