"""Private copies."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from policyview.errors import FileError
from policyview.read.copies import Copies


def test_a_copy_outlives_a_change_of_the_original(tmp_path: Path) -> None:
    path = tmp_path / "wing.txt"
    path.write_bytes(b"Wings")
    with Copies() as copies:
        copy = copies.add(path, "wing.txt", 100)
        path.write_bytes(b"Tails")
        assert copy.path.read_bytes() == b"Wings"
        assert copy.sha256 == hashlib.sha256(b"Wings").hexdigest()
        assert copies.find(copy.sha256) == copy.path
        folder = copy.path.parent
    assert not folder.exists()


def test_equal_files_share_a_copy(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"Wings")
    with Copies() as copies:
        assert copies.add(tmp_path / "a", "a", 100) == copies.add(tmp_path / "b", "b", 100)
        assert len(list(copies.add(tmp_path / "a", "a", 100).path.parent.iterdir())) == 1


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyview.read.copies._copied", lambda *_: pytest.fail("It was read"))
    (tmp_path / "large.pdf").write_bytes(bytes(101))
    with Copies() as copies, pytest.raises(FileError, match="is larger than"):
        copies.add(tmp_path / "large.pdf", "large.pdf", 100)


@pytest.mark.parametrize(("make", "sentence"), [
    (lambda path: None, "cannot be opened: No such file"),
    (lambda path: path.mkdir(), "is a folder that could not be searched"),
    (lambda path: path.write_bytes(bytes(2 << 20)), "is larger than 1 MB"),
])
def test_what_cannot_be_copied(tmp_path: Path, make: object, sentence: str) -> None:
    path = tmp_path / "wing.txt"
    make(path)  # type: ignore[operator]
    with Copies() as copies, pytest.raises(FileError, match=f"^wing.txt {sentence}|^wing.txt ({sentence})"):
        copies.add(path, "wing.txt", 1 << 20)
