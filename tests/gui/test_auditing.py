"""A pack in the window: its matrix, read-only, what its checks say, and nothing of one that does not hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QAction

from policyview.collection import Collection
from policyview.errors import UseError
from policyview.export.jsonfile import matrix_json
from policyview.export.pack import form
from policyview.review import CellSubject
from policyview.settings import Settings
from policyview.store import Workspace
from tests.export import packs

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from policyview.gui.main_window import MainWindow

PATIENCE_MS = 120_000  # on a busy machine


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    from policyview.gui.main_window import MainWindow

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    window = MainWindow(Settings(workers=1))
    qtbot.addWidget(window)
    window.session.again.timer.setInterval(10)
    yield window
    window.end()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    packs.make_pack(folder, tmp_path / "audit.zip")
    return tmp_path / "audit.zip"


def matrix_of(window: MainWindow) -> Any:
    session = window.session
    collection = Collection(tuple(session.readings.values()), tuple(session.failures.values()), ("notes.bin",),
                            reviews=session.reviews, amended=session.amended)  # fmt: skip
    matrices = [board.matrix for board in session.boards]
    assert session.auditing.contents is not None
    assert session.auditing.contents.as_of is not None
    return json.loads(matrix_json(matrices, collection, session.auditing.contents.as_of))


def test_a_pack_is_shown_and_checked_and_nothing_of_it_is_kept(
    window: MainWindow, pack: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    automatic = tmp_path / "data" / "policyview" / "automatic.policyview"
    automatic.parent.mkdir(parents=True)
    Workspace.make(automatic).close()
    before = automatic.read_bytes()
    session = window.session
    window.begin([pack, tmp_path / "documents"])
    assert not window.audit.isVisibleTo(window)
    qtbot.waitUntil(lambda: not session.is_busy and bool(session.boards), timeout=PATIENCE_MS)
    assert "is shown by itself, so this was not opened: " in session.broken[0]
    assert window.windowTitle().endswith("audit.zip · Audit pack, read-only – policyview")
    assert window.audit.isVisibleTo(window)
    assert [review.text for review in session.reviews] == ["as printed 0", "as printed 1", "as printed 2"]
    assert [Path(name).name for name in session.failures] == ["torn.pdf"]
    assert session.skipped == ["notes.bin"]
    assert session.copy_of(next(iter(session.readings.values())).document.sha256) is not None  # for the source pane
    qtbot.waitUntil(lambda: not session.auditing.is_unchecked, timeout=PATIENCE_MS)
    assert session.auditing.verdict is not None
    assert session.auditing.verdict.faults == []
    assert window.audit.told.whole.startswith("✔ Every sum and link holds; compare the digest")
    assert "byte for byte" in window.audit.details.toPlainText()
    assert matrix_of(window) == json.loads(packs.parts_of(pack)[form.MATRIX])

    digest = hashlib.sha256(packs.parts_of(pack)[form.MANIFEST]).hexdigest()
    assert window.audit.digest.text() == digest
    assert digest in window.audit.digest.accessibleName()
    acts = {act.text().replace("&", ""): act for act in window.findChildren(QAction)}
    assert acts["The digest that was sent to you"].isVisible()
    acts["The digest that was sent to you"].trigger()
    assert window.focusWidget() is window.audit.sent
    assert window.problems.title.startswith("When the pack was made · ")
    assert not window.problems.again.isVisibleTo(window)  # nothing is read again in a pack
    assert not window.menus.retry.isEnabled()
    window.audit.sent.setText(f" {digest.upper()}\n")
    assert "the digest is the one that was sent" in window.audit.told.whole
    window.audit.sent.setText("0" * 64)
    assert window.audit.told.whole.startswith("⚠ This is not the pack that was sent")

    reading = next(iter(session.readings.values()))
    use = reading.facts.indications[0]
    with pytest.raises(UseError, match="An audit pack is read-only"):
        session.review("confirm", CellSubject(reading.document.sha256, use.anchor, use.text))
    assert not window.menus.workspaces.save_as.isEnabled()
    assert not window.changes.can_judge
    dialog = window.menus.which.choose_versions(reading.file)
    assert dialog is not None
    assert not dialog.date.isEnabled()
    assert dialog.fault.text() == session.why_read_only
    assert automatic.read_bytes() == before

    (tmp_path / "beside").mkdir()
    window.open_paths([tmp_path / "beside"])  # what is opened now is the user's own again
    qtbot.waitUntil(lambda: not session.is_busy and not session.readings, timeout=PATIENCE_MS)
    assert not window.audit.isVisibleTo(window)
    assert session.why_read_only == ""
    assert session.versioning.is_today
    assert not session.reviews


def test_a_pack_that_says_what_its_sources_do_not_is_told_of(
    window: MainWindow, pack: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.work_here(monkeypatch)
    parts = packs.parts_of(pack)
    said = packs.changed(parts, form.MATRIX, b"medically_necessary", b"investigational")
    torn = packs.zipped(said, tmp_path / "torn.zip")
    window.begin([torn, pack])
    session = window.session
    qtbot.waitUntil(lambda: len(session.broken) > 0 and not session.auditing.is_opening, timeout=PATIENCE_MS)
    assert "torn.zip does not hold, so nothing of it is shown" in session.broken[-1]
    assert "matrix.json: Its SHA-256 is not the one" in session.broken[-1]
    assert not session.readings
    forged = packs.zipped(packs.summed(said), tmp_path / "forged.zip")
    window.open_paths([forged])
    qtbot.waitUntil(lambda: not session.is_busy and bool(session.boards), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not session.auditing.is_unchecked, timeout=PATIENCE_MS)
    assert window.audit.told.whole.startswith("⚠ Not all of it holds: ")
    assert window.audit.details.isVisibleTo(window)
    assert "says otherwise" in window.audit.details.toPlainText()
    window.open_paths([torn])  # what is open stays
    qtbot.waitUntil(lambda: len(session.broken) > 0 and not session.auditing.is_opening, timeout=PATIENCE_MS)
    assert session.why_read_only
    assert session.readings
