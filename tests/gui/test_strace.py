"""What the window and its workers open, run and connect to, as the operating system sees it: Qt and PDFium too.

By hand over all hostile files: ``POLICYVIEW_HOSTILE=FOLDER python -m pytest tests/gui/test_strace.py``
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.hostile import make_folder
from tests.watch.watching import PLACES

SYSTEM = (  # what Qt, fontconfig, the C library and OpenSSL look up on any Linux
    "/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/", "/etc/ld.so.", "/proc/", "/sys/", "/dev/null",
    "/dev/urandom", "/dev/shm/", "/etc/localtime", "/etc/nsswitch.conf", "/etc/ssl/openssl.cnf",
    "/opt/pyca/cryptography/", "/usr/local/ssl/", "/etc/fonts", "/usr/share/fontconfig", "/usr/share/fonts",
    "/usr/local/share/fonts", "/var/cache/fontconfig", "/usr/share/locale", "/usr/share/zoneinfo", "/usr/share/X11",
    "/usr/share/mime", "/usr/share/icons", "/usr/share/glib-2.0", ":/non-existent",
)  # fmt: skip
HOME = (".cache/fontconfig", ".fontconfig", ".fonts", ".local/share/fonts", ".config/fontconfig")
WRITTEN = ("/dev/null", "/dev/shm/", "/proc/self/")
DISPLAY = ('"/tmp/.X11-unix/', '@"/tmp/.X11-unix/', '"/run/user/')
CALLS = "trace=open,openat,openat2,creat,execve,execveat,connect,bind,sendto"
_OPEN = re.compile(r'(?:open|openat|openat2|creat)\((?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"(.*)')
_EXEC = re.compile(r'execve(?:at)?\((?:[^"]*)"((?:[^"\\]|\\.)*)"')
_STRACE = ["strace", "-f", "-y", "-qq", "-s", "4096", "-e", CALLS]


def _why_not() -> str:
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run([*_STRACE, "-o", os.devnull, sys.executable, "-c", ""], capture_output=True, check=False)
    return "strace is not permitted here" if tried.returncode else ""


WHY_NOT = _why_not()


def _text(escaped: str) -> str:
    return os.fsdecode(escaped.encode().decode("unicode_escape").encode("latin-1"))


def violations(lines: list[str], inputs: Path) -> Iterator[str]:
    """What strace saw and should not have."""
    home = tuple(os.path.expanduser(f"~/{name}") for name in HOME)
    places = (*PLACES, f"{inputs}/", f"{os.path.realpath(inputs)}/")
    for line in lines:
        opened, ran = _OPEN.search(line), _EXEC.search(line)
        if opened:
            path = os.path.normpath(os.path.join(opened[1] or "", _text(opened[2])))
            path = _text(opened[2]) if opened[2].startswith(":") else path
            is_written = bool(re.search("O_WRONLY|O_RDWR|O_CREAT", opened[3]))
            allowed = (*PLACES, *home, *WRITTEN) if is_written else (*places, *home, *SYSTEM)
            if not f"{path}/".startswith(allowed) and not any(place.startswith(f"{path}/") for place in places):
                yield line
        elif ran:
            if os.path.realpath(_text(ran[1])) != os.path.realpath(sys.executable):
                yield line
        elif re.search(r"\b(connect|bind|sendto)\(", line) and not any(display in line for display in DISPLAY):
            yield line


@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
def test_the_window_opens_runs_and_sends_nothing_that_a_document_names(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    folder = make_folder(tmp_path / "in", of_a_kind=2)
    log, picture = tmp_path / "log", tmp_path / "picture.png"
    window = [sys.executable, "-m", "policyview", str(folder), "--screenshot", str(picture)]
    done = subprocess.run([*_STRACE, "-o", str(log), *window], capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 1, done.stderr  # some of it cannot be read
    assert picture.read_bytes().startswith(b"\x89PNG")
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("spawn_main" in line for line in lines), "the workers were not watched"
    assert any(f"{folder}" in line for line in lines), "the documents were not opened"
    assert list(violations(lines, folder)) == []


@pytest.mark.parametrize("line", [
    '7 openat(AT_FDCWD</work>, "/etc/passwd", O_RDONLY) = 3', '7 openat(AT_FDCWD</>, "/etc/hostname", O_RDONLY) = -1',
    '7 openat(AT_FDCWD</work>, "/usr/share/fonts/x", O_WRONLY|O_CREAT, 0666) = 3',
    '7 openat(4</etc>, "shadow", O_RDONLY)', '7 openat(AT_FDCWD</x>, "/home/a\\303\\251/x", O_RDONLY) = 3',
    '7 execve("/usr/bin/xdg-open", ["xdg-open"], 0x7) = 0',
    '7 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}, 16) = -1',
])  # fmt: skip
def test_what_a_document_could_reach_is_told_apart(line: str, tmp_path: Path) -> None:
    assert list(violations([line], tmp_path)) == [line]
    fine = [f'7 openat(AT_FDCWD</work>, "{tmp_path}/a.pdf", O_RDONLY) = 3', '7 connect(3, {"/tmp/.X11-unix/X0"}) = 0',
            '7 openat(AT_FDCWD</work>, "/usr/share/fonts/x.ttf", O_RDONLY) = 3']  # fmt: skip
    assert list(violations(fine, tmp_path)) == []
