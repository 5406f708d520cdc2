"""Runs one of our own long computations in a process of its own, so that the window keeps its interpreter."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

from policyview.errors import BrokenInvariantError, PolicyviewError
from policyview.model import Progress
from policyview.read import guards
from policyview.read.process import EXIT_MEMORY, READY, WorkerDied, WorkerProcess
from policyview.settings import Settings

Errand = Callable[[Sequence[Any]], Iterator[Any]]
"""Takes all things at once, yields its result in parts small enough to unpickle in a moment; module-level."""

_TICK_S = 0.1
_MEMORY_TIMES = 4  # of a reading worker: it holds all documents at once


def run(errand: Errand, things: Sequence[Any], settings: Settings, text: str) -> Generator[Progress, None, list[Any]]:
    """Gives ``things`` to the errand in a worker; returns the parts that it yields. Closing ends the worker."""
    process = WorkerProcess(main, settings, threading.Event(), settings.worker_memory_bytes * _MEMORY_TIMES)
    parts: list[Any] = []
    try:
        process.send(errand)
        for count, thing in enumerate(things):
            process.send(thing)
            yield Progress(count, len(things), text)
        process.send(None)
        while True:
            while not process.poll(_TICK_S):
                yield Progress(len(things), len(things), text)
            kind, value = process.receive(_TICK_S)
            if kind == "part":
                parts.append(value)
            elif kind == "done":
                return parts
            else:
                raise value if isinstance(value, PolicyviewError) else BrokenInvariantError(f"{text} failed: {value}")
    except WorkerDied as died:
        raise BrokenInvariantError(f"{text} failed: it {died.why}. Try it with fewer documents.") from died
    finally:
        process.kill()


def main(pipe: Connection, limits: guards.Limits) -> None:
    """The process's whole life."""
    guards.set_limits(limits)
    pipe.send(READY)
    try:
        errand: Errand = pipe.recv()
        things = []
        while (thing := pipe.recv()) is not None:
            things.append(thing)
        for message in _messages(errand, things):
            pipe.send(message)
    except (EOFError, OSError):
        return  # the parent is gone
    except MemoryError:
        os._exit(EXIT_MEMORY)


def _messages(errand: Errand, things: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    try:
        for part in errand(things):
            yield "part", part
    except PolicyviewError as error:
        yield "failed", error
    except MemoryError:
        raise
    except Exception as error:  # travels to the parent, which says it
        yield "failed", f"{type(error).__name__}: {error}"
    else:
        yield "done", None
