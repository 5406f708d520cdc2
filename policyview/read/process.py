"""A worker process with a pipe to it, as its supervising thread sees it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

from policyview.read.guards import Limits
from policyview.settings import Settings

Target: TypeAlias = Callable[[Connection, Limits], None]
"""A worker's whole life; a module-level function."""

READY = "ready"
_START_S = 60.0  # to start and load the libraries: 0.3 s on an idle machine
_SLICE_S = 0.05  # how long at most a stop is not noticed
_STARTING = threading.Lock()  # multiprocessing's own bookkeeping is not made for threads


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process started here never gets Ctrl-C, not even before its guards stand: it inherits this thread's mask."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # lets SIGINT through again as it starts, so before the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class WorkerDied(Exception):
    """The process ended or was ended. ``why`` ends the sentence "reading it …"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Stopped(Exception):
    """The supervising thread was asked to stop."""


class WorkerProcess:
    """Start, ask and end it in one and the same thread: on Linux it dies with the thread that started it."""

    def __init__(self, target: Target, settings: Settings,
                 stopping: threading.Event, memory_bytes: int | None = None) -> None:
        self._target = target
        self._memory_bytes = memory_bytes or settings.worker_memory_bytes
        self._settings = settings
        self._stopping = stopping
        self._process: Any = None
        self._pipe: Connection | None = None

    def send(self, message: object) -> None:
        """Sends a message, starting the process where none runs. WorkerDied where it cannot be reached."""
        if self._process is None:
            self._start()
        assert self._pipe is not None
        try:
            self._pipe.send(message)
        except OSError as error:
            raise WorkerDied(self._end()) from error

    def receive(self, deadline_s: float) -> Any:
        """The next message. WorkerDied where none comes in time, Stopped where we shall stop."""
        self._wait(deadline_s)
        assert self._pipe is not None
        try:
            return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise WorkerDied(self._end()) from error

    def poll(self, seconds: float) -> bool:
        """Whether a message comes within so long. A dead process counts as one: ``receive`` says so."""
        assert self._pipe is not None
        return self._pipe.poll(seconds)

    def receive_bytes(self, deadline_s: float, most: int) -> bytes:
        """The next message as raw bytes, at most so many."""
        self._wait(deadline_s)
        assert self._pipe is not None
        try:
            return self._pipe.recv_bytes(most)
        except (EOFError, OSError) as error:
            raise WorkerDied(self._end()) from error

    def _wait(self, deadline_s: float) -> None:
        assert self._pipe is not None
        until = time.monotonic() + deadline_s
        while not self._pipe.poll(_SLICE_S):
            if self._stopping.is_set():
                self.kill()
                raise Stopped
            if time.monotonic() > until:
                self.kill()
                raise WorkerDied(f"took longer than {deadline_s:g} seconds")

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        limits = Limits(os.getpid(), self._memory_bytes, self._settings.page_deadline_s)
        ours, theirs = context.Pipe()
        with _STARTING, _interrupts_held():
            process = context.Process(target=self._target, args=(theirs, limits), daemon=True)
            process.start()
            self._process = process  # only now: what never started cannot be ended
        theirs.close()
        self._pipe = ours
        if self.receive(_START_S) != READY:
            raise WorkerDied("did not start")

    def _end(self) -> str:
        """Collects the dead process; says why it died."""
        process = self._process
        if process is None:
            return "stopped"
        process.join(1.0)
        code = process.exitcode
        self.kill()
        return _WHY.get(code, f"ended the reading process (code {code})")

    def kill(self) -> None:
        """Ends the process by its id and forgets it; the next ``send`` starts another."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()


EXIT_MEMORY = 77
_WHY = {
    -11: "crashed the PDF library", -6: "needed more memory than a worker may use", -9: "was ended from outside",
    -24: "computed for too long", -7: "crashed the PDF library", -4: "crashed the PDF library",
    EXIT_MEMORY: "needed more memory than a worker may use",
}
