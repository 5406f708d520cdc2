"""The watch over the suite itself: what it lets pass, what it names, and that children and workers carry it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from policyview.read import worker
from policyview.read.guards import Limits
from tests.read.made import make_pdf, prose
from tests.read.test_supervisor import read_one
from tests.watch.watching import ROOT, violation

ELSEWHERE = "/etc/hostname" if os.name == "posix" else "C:\\Windows\\win.ini"


@pytest.mark.parametrize(("event", "args"), [
    ("open", (ELSEWHERE, "r", 0)), ("open", (b"/root/.ssh/id_rsa", "r", 0)), ("os.listdir", ("/home/someone",)),
    ("os.rename", (tempfile.gettempdir() + "/a", "/srv/a")), ("sqlite3.connect", ("/var/lib/x",)),
    ("socket.connect", (None, ("192.0.2.1", 80))), ("socket.getaddrinfo", (None, "x.invalid", 80, 0, 0, 0)),
    ("os.system", (b"true",)), ("os.fork", ()), ("subprocess.Popen", ("/usr/bin/xdg-open", ["xdg-open"], None, None)),
    ("webbrowser.open", ("http://x.invalid",)), ("os.exec", ("/bin/sh", ["sh"], None)),
])  # fmt: skip
def test_what_is_named(event: str, args: tuple[Any, ...]) -> None:
    assert violation(event, args).startswith(("child", event))


@pytest.mark.parametrize(("event", "args"), [
    ("open", (f"{ROOT}/sample_docs", "r", 0)), ("open", (os.devnull, "w", 1)), ("open", (3, "r", 0)),
    ("open", (tempfile.gettempdir() + "/x", "w", 1)), ("open", (os.__file__, "r", 0)), ("os.listdir", (None,)),
    ("subprocess.Popen", (sys.executable, [sys.executable], None, None)), ("socket.__new__", (None, 1, 1, 0)),
    ("import", ("x", None)),
])  # fmt: skip
def test_what_passes(event: str, args: tuple[Any, ...]) -> None:
    assert violation(event, args) == ""


def test_a_child_is_watched(seen: Callable[[], list[str]]) -> None:
    subprocess.run([sys.executable, "-c", f"import os; os.path.exists('/'); open({ELSEWHERE!r})"], check=True)
    (line,) = seen()
    assert line.startswith("tests/test_watch.py::test_a_child_is_watched")
    assert line.endswith(f"open '{ELSEWHERE}'")


def _peeping(pipe: Connection, limits: Limits) -> None:
    Path(ELSEWHERE).read_bytes()
    worker.main(pipe, limits)


@pytest.mark.parametrize("way", ["warm", pytest.param("cold", marks=pytest.mark.cold)])
def test_a_reading_worker_is_watched(way: str, tmp_path: Path, seen: Callable[[], list[str]]) -> None:
    assert "Page 1 says" in read_one(make_pdf(tmp_path / "a.pdf", [prose(1)]), target=_peeping).document.text
    (line,) = seen()
    assert line.endswith(f"open '{ELSEWHERE}'")
    read_one(make_pdf(tmp_path / "a.pdf", [prose(1)]))
    assert seen() == []


def test_a_child_of_the_program_is_named(tmp_path: Path, seen: Callable[[], list[str]]) -> None:
    """Tests may start Python; policyview may start nothing but its workers."""
    code = compile("import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
                   os.path.join(ROOT, "policyview", "invented.py"), "exec")  # fmt: skip
    exec(code)
    (line,) = seen()
    assert ": child " in line
