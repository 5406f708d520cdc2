"""Folders for a while: gone at the end, and gone with a later start where a kill came before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from policyview import scratch

HOLD = """
from policyview import scratch
with scratch.folder() as folder:
    (folder / "copy").write_bytes(b"a document")
    print(folder, flush=True)
    input()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_goes_at_the_end(place: Path) -> None:
    with scratch.folder() as folder:
        assert list(folder.iterdir()) == []
        (folder / "copy").write_bytes(b"a document")
        scratch.sweep()
        assert (folder / "copy").exists()
    assert not list(place.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_what_a_kill_left_goes_with_a_later_start(place: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(place)}
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          env=environment) as other:  # fmt: skip
        assert other.stdout is not None
        left = Path(other.stdout.readline().strip())
        scratch.sweep()
        assert (left / "copy").exists(), "it was still in use"
        other.send_signal(signal.SIGKILL)
    (place / "policyview-of-another-kind").mkdir()
    (place / "policyview-link").symlink_to(left.parent)
    assert (left / "copy").exists()
    scratch.sweep()
    assert sorted(each.name for each in place.iterdir()) == ["policyview-link", "policyview-of-another-kind"]
