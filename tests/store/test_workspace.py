"""What is kept is there again, exactly; one opener at a time; all of an act or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from policyview.model import Reading
from policyview.review import first_break, standing
from policyview.store import (
    HeldWorkspaceError,
    Kept,
    UnwritableWorkspaceError,
    Workspace,
    WorkspaceError,
    is_workspace,
)
from tests.store import made

OPEN = """
import sys
from pathlib import Path
from policyview.store import Workspace, WorkspaceError
try:
    Workspace(Path(sys.argv[1]), for_writing=sys.argv[2] == "write").close()
    print("opened")
except WorkspaceError as error:
    print(type(error).__name__, error)
"""


def open_elsewhere(path: Path, how: str) -> str:
    """What another process is told when it opens a workspace."""
    command = [sys.executable, "-c", OPEN, str(path), how]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_all_is_there_again(path: Path, original: Path) -> None:
    kept = made.readings(original.parent)
    with Workspace(path) as workspace:
        again = [workspace.recall(file.sha256, file.name, made.EDITION) for file in workspace.files[:2]]
        assert tuple(again) == kept
        assert "\0ffectiv\ud800" in kept[0].document.text
        assert workspace.files[2] == Kept("torn.pdf", Path("torn.pdf"), reason="torn.pdf is torn. Mend it.")
        assert [(review.author, review.text) for review in workspace.reviews] == [
            ("Ada", "as printed \x000\udc00"), ("Ada", "as printed \x001\udc00")]  # fmt: skip
        assert [review.subject.identity for review in workspace.reviews] == [made.about(r).identity for r in kept]
        assert first_break(workspace.reviews) is None
        workspace.copy_source(kept[0].document.sha256, path.with_name("copy"))
    assert made.sha256(path.with_name("copy")) == kept[0].document.sha256
    assert sorted(each.name for each in path.parent.iterdir()) == ["copy", "vests.policyview"]


def test_what_another_edition_read_or_another_ending_promised_is_not_recalled(path: Path) -> None:
    with Workspace(path) as workspace:
        file = workspace.files[0]
        assert workspace.recall(file.sha256, file.name, "cd" * 32) is None
        assert workspace.recall(file.sha256, "larkspur.html", made.EDITION) is None
        renamed = workspace.recall(file.sha256, "elsewhere/other.txt", made.EDITION)
        assert renamed is not None
        assert renamed.file == "elsewhere/other.txt"


def test_what_was_read_anew_takes_the_place_of_what_was_read_before(path: Path, original: Path) -> None:
    (old, _) = made.readings(original.parent)
    new = replace(old, facts=replace(old.facts, indications=()))
    with Workspace(path) as workspace:
        workspace.keep(new, Path(old.file), "cd" * 32)
        workspace.set_value("a setting", b"dark")
        workspace.set_value("a setting", b"light")
    with Workspace(path, for_writing=False) as workspace:
        assert workspace.recall(old.document.sha256, old.file, made.EDITION) is None
        assert workspace.recall(old.document.sha256, old.file, "cd" * 32) == new
        assert workspace.value("a setting") == b"light"
        assert len(list(workspace.iter_checked())) == 4


def test_reviews_are_taken_back_by_reviews(path: Path, original: Path) -> None:
    subject = made.about(made.readings(original.parent)[0])
    with Workspace(path) as workspace:
        first = workspace.reviews[0]
        undo = workspace.add_review("withdraw", subject, "Ada", withdraws=first.sha256)
        assert standing(workspace.reviews) == (workspace.reviews[1],)
        workspace.add_review("withdraw", subject, "Ada", withdraws=undo.sha256)
        assert standing(workspace.reviews) == workspace.reviews[:2]
        assert len(workspace.reviews) == 4


def test_a_second_opener_is_told_who_has_it(path: Path) -> None:
    with Workspace(path) as workspace:
        assert is_workspace(path)  # a look at its bytes would give our lock away
        path.rename(path.with_name("renamed.bin"))
        assert is_workspace(path.with_name("renamed.bin"))
        path.with_name("renamed.bin").rename(path)
        for how in ("write", "read"):
            said = open_elsewhere(path, how)
            assert said.startswith(f"HeldWorkspaceError {path} is open already: ")
            assert "(process " in said
            with pytest.raises(HeldWorkspaceError, match="in this program"):
                Workspace(path, for_writing=how == "write")
        path.with_name(f"{path.name}-holder").write_bytes(b"\xff{not a note")
        assert "another program has it" in open_elsewhere(path, "read")
        workspace.set_value("a setting", b"1")
    assert open_elsewhere(path, "write") == "opened"
    with Workspace(path, for_writing=False):
        assert open_elsewhere(path, "read") == "opened"
        assert open_elsewhere(path, "write").startswith("HeldWorkspaceError")


def _half_done(workspace: Workspace, kept: tuple[Reading, ...]) -> None:
    with workspace.together():
        workspace.add_review("note", made.about(kept[1]), "Ada", "half done")
        workspace.set_files([])
        workspace.keep(kept[0], Path(kept[0].file), "cd" * 32)
        raise ZeroDivisionError


def test_acts_together_are_kept_together_or_not_at_all(path: Path, original: Path) -> None:
    before = made.told(path)
    kept = made.readings(original.parent)
    with Workspace(path) as workspace:
        with pytest.raises(ZeroDivisionError):
            _half_done(workspace, kept)
        assert len(workspace.files) == 3
        assert len(workspace.reviews) == 2
        workspace.add_review("note", made.about(kept[1]), "Ada", "whole")
    with Workspace(path) as workspace:
        assert [review.text for review in workspace.reviews[2:]] == ["whole"]
        assert (workspace.files, workspace.reviews[:2]) == before[:2]  # type: ignore[index]


def test_a_source_that_changes_while_it_is_kept_is_refused(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"not what was hashed")
    with Workspace(path) as workspace:
        with pytest.raises(UnwritableWorkspaceError, match=r"other\.txt was changed while"):
            workspace.add_source("12" * 32, other)
        assert not workspace.has_source("12" * 32)
        assert len(list(workspace.iter_checked())) == 4


def test_what_was_opened_for_reading_is_not_written(path: Path) -> None:
    before = made.sha256(path)
    with (
        Workspace(path, for_writing=False) as workspace,
        pytest.raises(UnwritableWorkspaceError, match="opened for reading only"),
    ):
        workspace.set_value("a setting", b"1")
    assert made.sha256(path) == before


def test_what_may_not_be_written_is_not_opened_to_be(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite itself would open it, and fail with the first review."""
    real, before = os.access, made.sha256(path)
    for place in (path, path.parent):
        monkeypatch.setattr(os, "access", lambda at, how, place=place: str(at) != str(place) and real(at, how))
        with pytest.raises(UnwritableWorkspaceError, match="you may not write there"):
            Workspace(path)
        with Workspace(path, for_writing=False) as workspace:
            assert len(workspace.files) == 3
        monkeypatch.undo()
    assert made.sha256(path) == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_a_kill_left_beside_it_goes_once_nobody_can_still_write_it(path: Path) -> None:
    left, fresh = (path.with_name(f".{path.name}.{process}.part") for process in (77, 78))
    for part in (left, fresh):
        part.write_bytes(b"half a copy")
    os.utime(left, (0, 0))
    Workspace(path, for_writing=False).close()
    assert left.exists()
    Workspace(path).close()
    assert not left.exists()
    assert fresh.exists()


def test_nothing_is_made_where_something_stands(path: Path) -> None:
    before = made.sha256(path)
    with pytest.raises(UnwritableWorkspaceError, match="is there already"):
        Workspace.make(path)
    with pytest.raises(WorkspaceError, match=r"No such file|cannot be opened"):
        Workspace(path.with_name("missing.policyview"))
    with pytest.raises(UnwritableWorkspaceError, match="cannot be kept"):
        Workspace.make(path / "below" / "a.policyview")
    assert made.sha256(path) == before
    assert [each.name for each in path.parent.iterdir()] == ["vests.policyview"]


def test_a_copy_is_whole_and_takes_a_name_only_then(path: Path, original: Path, tmp_path: Path) -> None:
    kept, target = made.readings(original.parent), tmp_path / "copy.policyview"
    subject = made.about(kept[0])
    assert subject.anchor is not None
    parted = replace(subject, anchor=replace(subject.anchor, continues=(subject.anchor,), match="fuzzy", score=0.9))
    with Workspace(path) as workspace:
        workspace.add_review("note", parted, "Ada", "words in two parts")
        workspace.copy_to(target)
        before = made.sha256(target)
        with pytest.raises(UnwritableWorkspaceError, match="is there already"):
            workspace.copy_to(target)
        assert made.sha256(target) == before
        workspace.add_review("note", parted, "Ada", "and one more")
        workspace.copy_to(target, may_replace=True)
        target.with_name("new.policyview-journal").write_bytes(b"of an older one")
        with pytest.raises(UnwritableWorkspaceError, match="of an older workspace stands there"):
            workspace.copy_to(target.with_name("new.policyview"))
        told = workspace.files, workspace.reviews
    assert made.told(target) == made.told(path)
    assert made.told(target)[:2] == told  # type: ignore[index]
    assert len(told[1]) == 4
    assert not list(tmp_path.glob(".*"))
