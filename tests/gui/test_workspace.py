"""The window's workspace: closing loses nothing, opening shows the matrix at once, and it can go on elsewhere."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policyview.review import CellSubject, Review
from policyview.settings import Settings
from policyview.store import Kept, Workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from policyview.gui.main_window import MainWindow

NORTHFIELD = """Northfield Health Plan
Medical policy NF-210: Pulsed mist therapy
Effective 2025-04-01

Policy
Pulsed mist therapy is medically necessary for adults with knotted airway syndrome.
Pulsed mist therapy is investigational for occasional cough.
"""
EASTBROOK = NORTHFIELD.replace("Northfield Health Plan", "Eastbrook Mutual").replace("NF-210", "EB-9")
PATIENCE_MS = 120_000  # on a busy machine
Begin = Callable[..., "MainWindow"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data, of this test alone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "policyview"


@pytest.fixture
def begin(qtbot: QtBot, data: Path) -> Iterator[Begin]:
    """Starts the window as the program does, waits until it has settled, and ends it at last."""
    from policyview.gui.main_window import MainWindow

    windows = []

    def begun(*paths: Path, workers: int = 1) -> MainWindow:
        window = MainWindow(Settings(workers=workers))
        qtbot.addWidget(window)
        windows.append(window)
        window.begin(paths)
        qtbot.waitUntil(lambda: not window.session.is_busy, timeout=PATIENCE_MS)
        return window

    yield begun
    for window in windows:
        window.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "northfield.txt").write_text(NORTHFIELD)
    (folder / "eastbrook.txt").write_text(EASTBROOK)
    (folder / "empty.pdf").write_bytes(b"")
    return folder


def confirm(window: MainWindow, text: str) -> Review:
    reading = next(iter(window.session.readings.values()))
    use = reading.facts.indications[0]
    return window.session.review("confirm", CellSubject(reading.document.sha256, use.anchor, use.text), text)


def no_reading(*_: object) -> None:
    pytest.fail("a worker was started")


def test_what_was_done_on_tuesday_is_there_on_friday(
    begin: Begin, folder: Path, data: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuesday = begin(folder)
    review = confirm(tuesday, "looked at \0\ud800")
    tuesday.session.review("withdraw", review.subject, withdraws=review.sha256)
    assert (tuesday.session.failures, tuesday.session.broken) != ({}, ())
    assert tuesday.matrix.hide_column(tuesday.matrix.shown_files[-1])
    hidden = tuesday.matrix.hidden_columns
    matrices, readings = [board.matrix for board in tuesday.session.boards], tuesday.session.readings
    tuesday.end()
    shutil.rmtree(folder)
    monkeypatch.setattr("policyview.read.process.WorkerProcess._start", no_reading)
    friday = begin()
    assert [board.matrix for board in friday.session.boards] == matrices
    assert list(friday.session.readings.values()) == list(readings.values())
    assert friday.matrix.hidden_columns == hidden != frozenset()
    friday.matrix.show_all_columns()
    assert [Path(name).name for name in friday.session.failures] == ["empty.pdf"]
    assert friday.session.reviews == tuesday.session.reviews
    assert friday.matrix.standing is not None
    assert friday.session.copy_of(next(iter(readings.values())).document.sha256) is not None  # for the source pane

    friday.session.save_as(tmp_path / "mine.policyview")
    qtbot.waitUntil(lambda: friday.session.workspace is not None, timeout=PATIENCE_MS)
    assert friday.windowTitle().endswith("mine.policyview – policyview")
    friday.session.versioning.set_as_of(datetime.date(2030, 1, 2))
    confirm(friday, "in the copy")
    assert [action.text() for action in friday.menus.workspaces.recent.actions()] == ["mine.policyview"]
    friday.menus.workspaces.begin_anew()
    qtbot.waitUntil(lambda: not friday.session.is_busy and friday.session.workspace is None, timeout=PATIENCE_MS)
    assert friday.session.is_empty
    assert friday.session.versioning.is_today
    assert friday.empty.isVisibleTo(friday)
    assert [each.text for each in friday.session.reviews] == ["looked at \0\ud800", ""]
    aside = friday.menus.workspaces.recent.actions()[0]
    assert f"File > Recent workspaces > {aside.text()}" in friday.statusBar().currentMessage()
    aside.trigger()
    qtbot.waitUntil(lambda: len(friday.session.boards) == len(matrices), timeout=PATIENCE_MS)
    assert [each.text for each in friday.session.reviews] == ["looked at \0\ud800", ""]
    friday.menus.workspaces.back.trigger()
    qtbot.waitUntil(lambda: not friday.session.is_busy and friday.session.workspace is None, timeout=PATIENCE_MS)
    assert friday.session.is_empty
    next(act for act in friday.menus.workspaces.recent.actions() if act.text() == "mine.policyview").trigger()
    qtbot.waitUntil(lambda: len(friday.session.boards) == len(matrices), timeout=PATIENCE_MS)
    assert [each.text for each in friday.session.reviews] == ["looked at \0\ud800", "", "in the copy"]
    assert friday.session.versioning.as_of == datetime.date(2030, 1, 2)
    assert friday.matrix.versions.text().startswith("As of 2030-01-02")
    friday.end()
    with Workspace(tmp_path / "mine.policyview", for_writing=False) as kept:
        assert [Path(file.name).name for file in kept.files] == ["eastbrook.txt", "northfield.txt", "empty.pdf"]
        assert kept.reviews == friday.session.reviews


def test_what_cannot_be_opened_leaves_what_is_open(
    begin: Begin, folder: Path, data: Path, qtbot: QtBot
) -> None:
    (folder / "notes.policyview").write_text("no database\n")
    window = begin(folder / "northfield.txt")
    window.open_paths([folder / "notes.policyview"])
    qtbot.waitUntil(lambda: not window.session.is_busy and bool(window.session.broken), timeout=PATIENCE_MS)
    assert "is not a workspace: its bytes are something else" in window.session.broken[0]
    assert window.problems.isVisibleTo(window)
    assert len(window.session.readings) == 1
    confirm(window, "still kept")
    other = begin(folder / "eastbrook.txt")  # a second window has a workspace of its own
    assert not other.session.reviews
    window.end()
    other.end()
    assert sorted(path.name for path in data.glob("*.*")) == ["automatic-2.policyview", "automatic.policyview"]
    with Workspace(data / "automatic.policyview") as kept:
        assert [each.text for each in kept.reviews] == ["still kept"]


def test_a_damaged_automatic_workspace_is_set_aside_and_what_is_whole_is_saved(
    begin: Begin, folder: Path, data: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = begin(folder / "northfield.txt", folder / "eastbrook.txt")
    confirm(window, "on Tuesday")
    window.end()
    automatic = data / "automatic.policyview"
    torn = automatic.read_bytes().replace(b"Northfield", b"Nxrthfield")
    automatic.write_bytes(torn)
    again = begin()
    (said,) = again.session.broken
    assert "It is now called" in said
    assert "1 of 2 documents and 1 of 1 reviews were whole and were saved" in said
    assert [Path(file).name for file in again.session.readings] == ["eastbrook.txt"]
    assert [review.text for review in again.session.reviews] == ["on Tuesday"]
    (aside,) = data.glob("automatic-damaged-*.policyview")
    assert aside.read_bytes() == torn
    (backup,) = (data / "backups").iterdir()
    assert backup.name.startswith("automatic-")

    (tmp_path / "named.policyview").write_bytes(torn)
    again.session.rescue(tmp_path / "named.policyview")
    qtbot.waitUntil(lambda: again.session.workspace == tmp_path / "named-rescued.policyview", timeout=PATIENCE_MS)
    assert (tmp_path / "named.policyview").read_bytes() == torn


def test_the_first_start_offers_to_open_something(begin: Begin) -> None:
    window = begin()
    assert window.empty.isVisibleTo(window)
    assert not window.session.broken


def test_backups_are_daily_and_the_oldest_go(data: Path, tmp_path: Path) -> None:
    from policyview.gui.automatic import back_up

    with Workspace.make(tmp_path / "a.policyview") as workspace:
        back_up(workspace)
        assert not (data / "backups").exists()  # nothing is in it
        workspace.set_files([Kept("torn.pdf", Path("torn.pdf"), reason="Torn.")])
        back_up(workspace)
        (backup,) = (data / "backups").iterdir()
        killed = backup.with_name(f".{backup.name}.77.part")  # another program's, an hour ago
        killed.write_bytes(b"half")
        os.utime(killed, (0, 0))
        for day in range(1, 6):
            for old in (data / "backups").glob("*-*-*-*-??????.policyview"):
                os.utime(old, (0, day * 1000))
                old.rename(old.with_name(re.sub(r"\d{4}-\d\d-\d\d-\d+", f"200{day}-01-01", old.name)))
            back_up(workspace)
            back_up(workspace)
        kept = sorted(path.name for path in (data / "backups").iterdir())
    assert len(kept) == 3
    with Workspace(data / "backups" / kept[-1], for_writing=False) as copy:
        assert copy.files[0].reason == "Torn."


def test_an_older_one_that_cannot_be_brought_up_for_want_of_space_is_read(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policyview.gui.automatic import open_automatic
    from policyview.store import UnwritableWorkspaceError, migrations

    data.mkdir(parents=True)
    kept = Path(__file__).parents[1] / "data" / "workspaces" / "version_1.policyview"
    old = Path(shutil.copy(kept, data / "automatic.policyview"))
    before = old.read_bytes()

    def full(copy: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def emptied(workspace: Workspace) -> None:
        workspace.set_files([])

    monkeypatch.setattr(migrations, "migrate", full)
    workspace, count, (said,) = open_automatic(lambda workspace: len(workspace.files))
    with workspace:
        assert (count, workspace.is_writable) == (3, False)
        assert "It was opened for reading" in said
    with pytest.raises(UnwritableWorkspaceError, match="could not be brought up to date"):
        open_automatic(emptied)
    assert old.read_bytes() == before


def test_a_folder_for_data_that_cannot_be_made_is_a_sentence(
    begin: Begin, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    window = begin(folder / "northfield.txt")
    assert "Nothing of this session is kept" in window.session.broken[0]
    assert len(window.session.readings) == 1
    assert confirm(window, "held here only") in window.session.reviews
