"""The window over a folder of anything: it never stutters, and every file is accounted for.

By hand over all hostile files: ``POLICYVIEW_HOSTILE=FOLDER python -m pytest -s tests/gui/test_stutter.py``
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from policyview.gui.main_window import MainWindow
from tests.gui.hostile import NAMED, make_folder
from tests.gui.probe import Probe

pytestmark = pytest.mark.cold
PATIENCE_MS = 600_000 if NAMED else 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path, of_a_kind=30)


@pytest.fixture
def probe(window: MainWindow) -> Probe:
    gc.freeze()  # what other tests left behind is not the window's
    return Probe(window)


def test_what_was_read_costs_the_garbage_collector_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "policy.txt").write_text("Snow shoes are covered for frost foot.\n")
    gc.unfreeze()
    window.open_paths([tmp_path])
    _settle(qtbot, lambda: not window.session.is_busy and bool(window.session.boards))
    assert gc.get_freeze_count() > 0


def _settle(qtbot: QtBot, until: Callable[[], bool]) -> None:
    qtbot.waitUntil(until, timeout=PATIENCE_MS)
    qtbot.wait(60)  # what follows from it


def _walk(window: MainWindow, qtbot: QtBot, probe: Probe) -> None:
    """Every document from end to end, every cell, every failure."""
    for file in list(window.session.readings):
        probe.act = f"showing {file}"
        window.library.document_chosen.emit(file)
        _settle(qtbot, lambda: window.source.is_settled)
        for view in (window.source.pages, window.source.text):
            if view.isVisible():
                for key in (Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_Plus):
                    QTest.keyClick(view, key)
                    qtbot.wait(30)
    probe.act = "walking the cells"
    for key in [Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End] * 3:
        QTest.keyClick(window.matrix.tables.cells, key)
        qtbot.wait(30)
    for file in list(window.session.failures)[:30]:
        probe.act = f"asking for {file}"
        window.library.failure_chosen.emit(file)
        qtbot.wait(5)


def test_no_folder_makes_the_window_stutter(window: MainWindow, qtbot: QtBot, folder: Path, probe: Probe) -> None:
    session = window.session
    probe.act = "reading"
    window.open_paths([folder])
    _settle(qtbot, lambda: not session.is_busy and not session.is_empty)
    files = [Path(here, name) for here, _, names in os.walk(folder) for name in names]
    assert len(session.readings) + len(session.failures) + len(session.skipped) == len(files)
    assert window.problems.title.startswith(f"{len(files)} files: {len(session.failures)} not read, ")
    _walk(window, qtbot, probe)
    probe.act = "reading again"
    window.open_paths([folder])
    qtbot.wait(500)
    probe.act = "cancelling"
    window.status.cancel.click()
    _settle(qtbot, lambda: not session.is_busy)
    print("the longest computations of the window's thread, in ms:")
    for act, seconds in sorted(probe.worst.items(), key=lambda pair: -pair[1])[:12]:
        print(f"{1000 * seconds:6.0f}  {act!r}")
    assert probe.stutters == {}
    assert not session.broken
