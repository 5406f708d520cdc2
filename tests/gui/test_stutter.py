"""The window over a folder of anything: it never stutters, and every file is accounted for.

By hand over all hostile files: ``POLICYVIEW_HOSTILE=FOLDER python -m pytest -s tests/gui/test_stutter.py``
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from policyview.gui.main_window import MainWindow
from tests.gui.probe import Probe
from tests.read.made import make_pdf, make_raw_pdf, prose, stream

PATIENCE_MS = 600_000 if "POLICYVIEW_HOSTILE" in os.environ else 60_000
POLICY = "Plover Health Plan\nMedical Policy: Sand baths\n\nSand baths are considered investigational.\n"
ODD = "Cover\u202eage\u202c is not\u200b \0 due \x1b[31m \U000e0041 \U0001d54f <img src=/etc/hostname> \ud800\n"


def _page(box: bytes, words: bytes = b"BT /F 12 Tf 72 700 Td (Sand baths are covered.) Tj ET") -> list[bytes]:
    return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>" % box,
            stream(words), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hundred files: odd, endless, broken, locked away, and none of ours."""
    named = os.environ.get("POLICYVIEW_HOSTILE")
    if named:
        return Path(named)
    make_pdf(tmp_path / "long.pdf", [prose(number, 10) for number in range(1, 41)])
    make_raw_pdf(tmp_path / "huge_page.pdf", _page(b"0 0 1000000000 1000000000"))
    make_raw_pdf(tmp_path / "no_page.pdf", _page(b"0 0 -0 99999999999999999999999999"))
    (tmp_path / "one_line.txt").write_text(POLICY + "sand " * 40_000)
    (tmp_path / "odd.txt").write_bytes((POLICY + ODD * 1_000).encode("utf-8", "surrogatepass"))
    (tmp_path / "turned.txt").write_text(POLICY + "\u202e" * 20_000 + "\n")
    (tmp_path / "marks.md").write_text(POLICY + "[" * 30_000 + "\n" + "*a*`" * 10_000 + "\n" + "|-" * 10_000)
    (tmp_path / "deep.html").write_text("<div>" * 20_000 + "<p>Sand baths are covered.")
    (tmp_path / "<b>&amp; \u202efdp.txt").write_text(POLICY)
    for number in range(30):
        (tmp_path / f"broken{number}.pdf").write_bytes(b"%PDF-1.7\nnothing")
        (tmp_path / f"picture{number}.png").write_bytes(b"\x89PNG\r\n")
    return tmp_path


@pytest.fixture
def probe(window: MainWindow) -> Probe:
    return Probe(window)


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
    window.cancel.click()
    _settle(qtbot, lambda: not session.is_busy)
    print("the longest computations of the window's thread, in ms:")
    for act, seconds in sorted(probe.worst.items(), key=lambda pair: -pair[1])[:12]:
        print(f"{1000 * seconds:6.0f}  {act!r}")
    assert probe.stutters == {}
    assert not session.broken
