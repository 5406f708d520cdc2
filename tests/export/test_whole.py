"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from policyview.errors import UseError
from policyview.export.whole import check_writable, free_name, make_folder, write_whole


def test_writes_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out.json"]


def test_what_stood_there_stays_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UseError, match=r"out\.json cannot be written: No space left"):
        write_whole(target, b"new")
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and devices of Unix")
def test_link_stays_a_link_and_device_a_device(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    write_whole(Path("/dev/null"), b"gone")
    assert not Path("/dev/null").is_file()


def test_says_beforehand_what_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="is a folder"):
        check_writable(tmp_path)
    with pytest.raises(UseError, match="does not exist"):
        check_writable(tmp_path / "no" / "out.json")
    (tmp_path / "file").write_text("")
    with pytest.raises(UseError, match="cannot be written"):
        make_folder(tmp_path / "file" / "texts")


def test_free_name_is_never_over_a_file(tmp_path: Path) -> None:
    assert free_name(tmp_path, "a", ".html").name == "a.html"
    (tmp_path / "a.html").touch()
    (tmp_path / "a-2.html").symlink_to(tmp_path / "nowhere")
    assert free_name(tmp_path, "a", ".html").name == "a-3.html"


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as Unix can")
def test_whatever_fails_no_output_is_half_written(tmp_path: Path) -> None:
    """Python lets nobody take an audit hook away again, so this has a process of its own."""
    done = subprocess.run([sys.executable, "-m", "tests.export.failing_files", str(tmp_path)],
                          capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    times = [line.split() for line in done.stdout.splitlines()]
    assert [ending for ending, *_ in times] == [".html", ".xlsx", ".csv", ".json", ".zip"]
    assert all(int(acts) >= 2 and int(small) == 12 for _, acts, small in times), times
