"""What a worker process may not do: the first thing that runs in it, before any document is touched.

No sandbox: native code does not pass Python's audit hook. It keeps our own libraries honest, and the
operating system's limits keep a bad document from taking the machine with it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

_NICE = 10  # two workers and the window on two cores: the window's timers came at half the delay
_PR_SET_PDEATHSIG = 1
_OPEN_FILES = 64  # a worker holds one document and a dozen modules open
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "os.startfile",
    "os.kill", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
    "os.chown", "shutil.", "webbrowser.", "urllib.", "http.", "ftplib.", "smtplib.", "pty.", "winreg.",
)


@dataclass(frozen=True)
class Limits:
    """What a worker may use. ``parent`` is the process id that it must not outlive."""

    parent: int
    memory_bytes: int
    deadline_s: float


def set_limits(limits: Limits) -> None:
    """Takes rights away before the document libraries are loaded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    sys.dont_write_bytecode = True  # the audit hook refuses writing
    _silence()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    if resource is not None:
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_AS, limits.memory_bytes)
        _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    if sys.platform.startswith("linux"):
        # fires also when the thread ends that started us: so each worker is started by its supervising thread
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != limits.parent:  # the parent died before we asked
            os._exit(0)


def _lower(kind: int, to: int) -> None:
    try:
        _, hard = resource.getrlimit(kind)
        most = to if hard == resource.RLIM_INFINITY else min(to, hard)
        resource.setrlimit(kind, (most, most))
    except (OSError, ValueError):  # macOS knows RLIMIT_AS but refuses it
        pass


def _silence() -> None:
    """Native libraries print to standard error; nobody reads it there, errors travel through the pipe."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def refuse_side_effects() -> None:
    """From here on this process opens nothing for writing, no socket, no child."""
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if event == "open":
        flags = args[2] if len(args) > 2 else 0
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError("A worker writes no files")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"A worker may not do this: {event}")


def allow_cpu(seconds: float) -> None:
    """From now on the operating system ends this process after so many more seconds of computing.

    The parent's deadline comes first; this ends a worker whose parent is gone.
    """
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or soft <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
