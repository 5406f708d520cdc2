"""The store's thread when things go wrong: nothing is lost in silence, and nobody waits for ever."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from policyview import edition
from policyview.read.copies import Copies
from policyview.review import Review
from policyview.settings import Settings
from policyview.store import Kept, UnwritableWorkspaceError, Workspace
from tests.store import made

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from policyview.gui.desk import Desk

SETTINGS = Settings()
PATIENCE_MS = 60_000  # on a busy machine


class Heard:
    """A desk, its copies, and what it has said."""

    def __init__(self, desk: Desk, copies: Copies) -> None:
        self.desk, self.copies = desk, copies
        self.opened: list[Any] = []
        self.failed: list[str] = []
        self.lost: list[bool] = []
        self.reviewed: list[Any] = []
        desk.opened.connect(self.opened.append)
        desk.failed.connect(self.failed.append)
        desk.lost.connect(lambda: self.lost.append(True))
        desk.reviewed.connect(self.reviewed.append)


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Heard]:
    from policyview.gui.desk import Desk

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Copies() as copies:
        desk = Desk(SETTINGS, copies)
        yield Heard(desk, copies)
        desk.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workspace with two documents as this edition reads them, of which only the workspace has the bytes."""
    folder = tmp_path / "documents"
    folder.mkdir()
    path = tmp_path / "vests.policyview"
    with Workspace.make(path) as workspace:
        for reading in made.fill(workspace, folder):
            workspace.keep(reading, Path(reading.file), edition.edition(SETTINGS))
    return path


def files(heard: Heard, tmp_path: Path) -> list[Kept]:
    readings = made.readings(tmp_path / "documents")
    for reading in readings:
        heard.copies.add(Path(reading.file), reading.file, 1 << 20)
    return [Kept(reading.file, Path(reading.file), reading.document.sha256) for reading in readings]


def test_what_found_no_space_is_kept_when_there_is_some(
    heard: Heard, path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, real, left = files(heard, tmp_path), Workspace.keep, [3]

    def keep(*args: Any) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise UnwritableWorkspaceError("There is no space left.")
        real(*args)

    monkeypatch.setattr(Workspace, "keep", keep)
    heard.desk.open(None)
    for _ in range(2):
        heard.desk.keep(made.readings(tmp_path / "documents"), kept)
    qtbot.waitUntil(lambda: bool(heard.failed), timeout=PATIENCE_MS)
    heard.desk.close()
    assert heard.failed == ["There is no space left."]
    with Workspace(tmp_path / "data" / "policyview" / "automatic.policyview", for_writing=False) as workspace:
        assert list(workspace.files) == kept
        assert all(workspace.recall(file.sha256, file.name, edition.edition(SETTINGS)) for file in kept)


def test_a_workspace_that_turns_out_to_be_damaged_is_let_go(heard: Heard, path: Path, qtbot: QtBot) -> None:
    content = path.read_bytes()
    at = content.index(b"Larkspur")  # in the source, which is looked at when it is shown
    path.write_bytes(content[:at] + b"l" + content[at + 1:])
    heard.desk.open(path)
    qtbot.waitUntil(lambda: bool(heard.opened), timeout=PATIENCE_MS)
    before, (reading, *_) = made.sha256(path), heard.opened[0].readings
    assert heard.copies.find(reading.document.sha256) is None
    qtbot.waitUntil(lambda: bool(heard.lost), timeout=PATIENCE_MS)
    assert "is not as it was stored" in heard.failed[0]
    assert heard.failed[0].endswith("What you do from now on is not kept.")
    heard.desk.keep_review(Review("note", made.about(reading), "Ada", ""))
    qtbot.waitUntil(lambda: heard.reviewed == [None], timeout=PATIENCE_MS)
    heard.desk.close()
    assert made.sha256(path) == before


def test_a_text_that_is_damaged_keeps_a_workspace_from_being_opened(heard: Heard, path: Path, qtbot: QtBot) -> None:
    good = path.with_name("good.policyview")
    shutil.copy(path, good)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("UPDATE reading SET text = x'41' WHERE id = 4")
    heard.desk.open(good)
    heard.desk.open(path)
    qtbot.waitUntil(lambda: bool(heard.failed), timeout=PATIENCE_MS)
    (contents,) = heard.opened
    assert contents.path == good
    assert not heard.lost
    heard.desk.keep_review(Review("note", made.about(contents.readings[0]), "Ada", "", "still kept"))
    qtbot.waitUntil(lambda: bool(heard.reviewed), timeout=PATIENCE_MS)
    assert heard.reviewed[0][-1].text == "still kept"

    automatic = path.parent / "data" / "policyview" / "automatic.policyview"
    shutil.copy(path, automatic.with_name("automatic.policyview"))
    heard.desk.open(None)
    qtbot.waitUntil(lambda: len(heard.opened) == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(heard.failed) == 2, timeout=PATIENCE_MS)
    assert "2 of 2 documents and 2 of 2 reviews were whole" in heard.failed[1]
    assert len(heard.opened[1].stale) == 2  # to be read again


def test_what_may_not_be_written_is_read(
    heard: Heard, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, before = Workspace.__init__, made.sha256(path)

    def opened(self: Workspace, path: Path, for_writing: bool = True) -> None:
        if for_writing:
            raise UnwritableWorkspaceError("You may not write there.")
        real(self, path, for_writing)

    monkeypatch.setattr(Workspace, "__init__", opened)
    heard.desk.open(path)
    qtbot.waitUntil(lambda: bool(heard.failed), timeout=PATIENCE_MS)
    assert len(heard.opened[0].readings) == 2
    assert "opened for reading" in heard.failed[0]
    assert "opened for reading" in heard.opened[0].locked
    heard.desk.keep(heard.opened[0].readings, [])
    heard.desk.keep_review(Review("note", made.about(heard.opened[0].readings[0]), "Ada", ""))
    qtbot.waitUntil(lambda: bool(heard.reviewed), timeout=PATIENCE_MS)
    assert len(heard.reviewed[0]) == 2
    heard.desk.close()
    assert made.sha256(path) == before


def test_nobody_waits_for_a_thread_that_has_ended(heard: Heard, path: Path, qtbot: QtBot) -> None:
    heard.desk.open(path)
    qtbot.waitUntil(lambda: bool(heard.opened), timeout=PATIENCE_MS)
    sha256 = heard.opened[0].readings[0].document.sha256
    askers = [threading.Thread(target=heard.desk.recall, args=(sha256, "larkspur.txt")) for _ in range(8)]
    for asker in askers:
        asker.start()
    heard.desk.close()
    for asker in askers:
        asker.join(5)
        assert not asker.is_alive()
    assert heard.desk.recall(sha256, "larkspur.txt") is None
    assert heard.copies.find(sha256) is None
