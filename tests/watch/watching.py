"""Sees what any Python process of the test run opens, connects to and starts, and writes down what it should not.

Each process loads this first: ``sitecustomize`` beside it, which PYTHONPATH names, so the reading workers and the
children of the tests too. Python's audit hook does not see what native code opens: for that there is strace
(tests/gui/test_strace.py).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

LOG = "POLICYVIEW_TESTS_WATCH"
"""The variable that names the file for what was seen."""
_FOUND = "POLICYVIEW_TESTS_PLACES"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

_DEVICES = ("/proc/", "/sys/", "/dev/null/", "/dev/zero/", "/dev/urandom/", "/dev/full/", "/dev/shm/", "/dev/tty/")
_SYSTEM = (  # what Python itself looks up: libraries, types, time zones, names
    "/usr/lib/", "/usr/local/lib/", "/lib/", "/lib64/", "/usr/share/", "/usr/local/share/", "/usr/include/",
    "/etc/localtime", "/etc/mime.types", "/etc/apache2/mime.types", "/etc/httpd/", "/etc/os-release",
    "/etc/ssl/openssl.cnf", "/etc/ld.so.c", "/etc/debian_version", "/usr/local/etc/httpd/",
    os.path.expanduser("~/.reportlab_"),  # the tests' own library asks for its settings
)  # fmt: skip
_TOUCHING = frozenset({
    "open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
    "os.chown", "os.listdir", "os.scandir", "sqlite3.connect", "shutil.rmtree",
})  # fmt: skip
_STARTING = frozenset({"os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn",
                       "os.startfile", "webbrowser.open"})  # fmt: skip
_LOCAL = frozenset({"socket.__new__", "socket.gethostname"})  # a pair for a pipe; pip asks what machine it is on
_OF_THE_SERVER = frozenset({"os.fork", "socket.bind", "socket.connect", "socket.sendmsg"})  # see tests/warm
_CHILDREN = frozenset({"bash", "sh", "strace", "uname"})  # of the tests, besides Python; uname: pytest-xdist asks


_PREFIX = f"{sys.prefix}{os.sep}"


def _places() -> tuple[str, ...]:
    """The children take over what the first process found: finding it out imports much."""
    named = os.environ.get(_FOUND, "").split(os.pathsep) if _FOUND in os.environ else _find_places()
    os.environ[_FOUND] = os.pathsep.join(named)
    here = {form for place in (*named, *sys.path) for form in (os.path.abspath(place), os.path.realpath(place))}
    return tuple(f"{place.rstrip(os.sep)}{os.sep}" for place in here)


def _find_places() -> list[str]:
    import sysconfig
    import tempfile

    inputs = os.environ.get("POLICYVIEW_HOSTILE")  # by hand
    return [ROOT, tempfile.gettempdir(), sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values(),
            *([inputs] if inputs else [])]  # fmt: skip


def _parents(place: str) -> Iterator[str]:
    while place != (place := os.path.dirname(place)):
        yield place


PLACES = _places()
"""The checkout, the temporary folder, Python and its packages; each ends in a separator."""
_ANCESTORS = frozenset(parent for place in PLACES for parent in _parents(place))  # listed to be searched


def is_allowed(path: object) -> bool:
    """Whether a file stands among the inputs, the temporary files, the program and what Python itself needs."""
    if isinstance(path, int) or path is None:  # a handle that is open already; the working folder
        return True
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    full = os.path.abspath(os.fsdecode(path))
    return f"{full}{os.sep}".startswith((*PLACES, *_DEVICES)) or full.startswith(_SYSTEM) or full in _ANCESTORS


def violation(event: str, args: tuple[Any, ...]) -> str:
    """What is wrong with an audit event; empty where nothing is."""
    if event in _TOUCHING:
        paths = args[:2] if event in {"os.rename", "os.link"} else args[:1]
        return next((f"{event} {path!r}" for path in paths if not is_allowed(path)), "")
    if event == "subprocess.Popen":
        return "" if _is_our_child(args[0], args[1]) else f"child {args[1]!r}"
    if event in _OF_THE_SERVER and _is_of_the_server():
        return ""
    if event in _STARTING:
        is_tool = event == "os.exec" and os.fsdecode(args[0]).startswith(_PREFIX)  # python -m ruff becomes ruff
        return "" if is_tool else f"{event} {args!r}"
    if event.startswith("socket.") and event not in _LOCAL:
        return f"{event} {args[1:]!r}"
    return ""


def _is_our_child(program: object, words: Any) -> bool:
    """Tests start Python, bash and strace; the program itself starts workers only, of which Python tells no hook."""
    if _is_program_on_the_stack():
        return False
    name = os.fsdecode(program or words[0])  # type: ignore[arg-type]
    return os.path.basename(name).startswith("python") or os.path.basename(name) in _CHILDREN


def _is_of_the_server() -> bool:
    """Whether multiprocessing's own fork server is what does so: it is reached through a socket without network."""
    server = os.path.join("multiprocessing", "forkserver.py")
    caller = sys._getframe(3)
    return any(frame and frame.f_code.co_filename.endswith(server) for frame in (caller, caller.f_back))


def _is_program_on_the_stack() -> bool:
    frame, ours = sys._getframe(), f"{os.sep}policyview{os.sep}"
    package = os.path.join(ROOT, "policyview", "")
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(package) or f"site-packages{ours}" in name:
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


def start() -> None:
    """From here on this process is watched, if the variable names a log."""
    log = os.environ.get(LOG)
    if not log:
        return
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)  # now: a reading worker may not open it later

    def see(event: str, args: tuple[Any, ...]) -> None:
        said = violation(event, args)
        if said:
            test = os.environ.get("PYTEST_CURRENT_TEST", "outside any test")
            os.write(handle, f"{test}: {said}\n".encode("utf-8", "backslashreplace"))

    sys.addaudithook(see)
