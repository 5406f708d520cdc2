"""The whole window on real small files: drop, read, walk, fail, cancel, close."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from policyview.gui.cell_outline import outline
from policyview.gui.citation import cell_text
from policyview.gui.main_window import MainWindow
from policyview.model import State
from policyview.settings import Settings

LARCH = """Larch Valley Health
Medical Policy
Policy Number: LV-12
Effective Date: 2025-02-01
Title: Warm sand baths

Policy
Warm sand baths are considered medically necessary for adults with chronic tendon stiffness when all of the following
criteria are met:
1. Stretching exercises for 6 weeks have failed.
2. The treatment is ordered by a rheumatologist.

Warm sand baths are considered investigational for the treatment of tennis elbow.

All other uses of warm sand baths are considered investigational.
"""
SPRUCE = """Spruce Mutual Insurance
Medical Policy
Policy Number: 5.31
Effective Date: 2024-11-15
Title: Warm sand baths

Policy
Warm sand baths are considered not medically necessary for adults with chronic tendon stiffness.

Warm sand baths are considered investigational for the treatment of tennis elbow.
"""
PATIENCE_MS = 30_000  # a spawned worker on a busy machine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "larch.txt").write_text(LARCH, encoding="utf-8")
    (tmp_path / "spruce.txt").write_text(SPRUCE, encoding="utf-8")
    return tmp_path


def _drop(window: MainWindow, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, mime, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, mime, left, none))


def _tops(window: MainWindow) -> list[str]:
    return [window.library.model.index(row, 0).data() for row in range(window.library.model.rowCount())]


def _threads() -> set[threading.Thread]:
    """Python's own threads; one that Qt started is only known as a dummy here."""
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


def _wait(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.source.is_settled, timeout=PATIENCE_MS)


def test_the_empty_window_explains_itself(window: MainWindow) -> None:
    assert window.empty.isVisible()
    assert window.empty.folder.hasFocus()
    for button in (window.empty.folder, window.empty.files, window.empty.samples):
        assert button.isVisible()
    assert not window.status.progress.isVisible()


def test_dropped_files_become_a_matrix_with_the_source_lit(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    _drop(window, [folder / "larch.txt", folder / "spruce.txt"])
    _wait(window, qtbot)
    board = window.matrix.board
    assert board is not None
    assert {head.number for head in board.heads} == {"LV-12", "5.31"}
    standing = window.matrix.standing
    assert standing is not None
    assert standing.row.agreement == "opposed"
    lit = [selection.cursor.selectedText() for selection in window.source.text.extraSelections()]
    assert any("chronic tendon stiffness" in words for words in lit)
    assert any("medically necessary" in words for words in lit)
    assert window.status.told.text().startswith("2 of 2 documents read")
    assert window.matrix.tables.cells.hasFocus()


def test_arrow_keys_lead_from_payer_to_payer(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.open_paths([folder])
    _wait(window, qtbot)
    seen = set()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right):
        QTest.keyClick(window.matrix.tables.cells, key)
        qtbot.waitUntil(lambda: window.source.is_settled)
        standing = window.matrix.standing
        assert standing is not None
        assert standing.state is State.STATED
        assert window.source.text.toPlainText() == standing.reading.document.text
        seen.add(standing.reading.file)
    assert len(seen) == 2


def test_files_that_cannot_be_read_are_listed_with_the_reason(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    (folder / "notes.xyz").write_bytes(bytes(range(256)))
    window.open_paths([folder])
    _wait(window, qtbot)
    assert window.problems.isVisible()
    assert "broken.pdf" in window.problems.text
    assert QApplication.activeModalWidget() is None
    tops = _tops(window)
    assert "Not read (1)" in tops
    assert any(top.startswith("Skipped") for top in tops)
    assert window.status.attention.isVisible()
    window.problems.leave()
    QTest.mouseClick(window.status.attention, Qt.MouseButton.LeftButton)
    assert window.problems.isVisible()


def test_a_mended_file_takes_the_place_of_its_failure(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    path = folder / "third.txt"
    path.write_bytes(b"")
    window.open_paths([path])
    _wait(window, qtbot)
    assert list(window.session.failures)
    path.write_text(LARCH.replace("Larch Valley", "Third River"), encoding="utf-8")
    window.open_paths([path])
    _wait(window, qtbot)
    assert not window.session.failures
    assert not window.problems.isVisible()


def test_what_could_not_be_read_is_read_again_when_the_cause_is_gone(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    path = folder / "third.txt"
    path.write_bytes(b"")
    window.open_paths([folder])
    _wait(window, qtbot)
    assert window.problems.title == "3 files: 1 not read, 2 read"
    QTest.mouseClick(window.problems.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=PATIENCE_MS)
    assert window.problems.title == "3 files: 1 not read, 2 read"
    path.write_text(LARCH.replace("Larch Valley", "Third River"), encoding="utf-8")
    QTest.mouseClick(window.problems.again, Qt.MouseButton.LeftButton)
    _wait(window, qtbot)
    assert len(window.session.readings) == 3
    assert not window.problems.isVisible()
    assert not window.menus.retry.isEnabled()


def test_the_same_failure_is_told_once_however_often_and_by_whatever_path_it_comes(
    window: MainWindow, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    (folder / "notes.xyz").write_bytes(bytes(range(256)))
    window.open_paths([folder])
    _wait(window, qtbot)
    window.problems.leave()
    monkeypatch.chdir(folder)
    for again in (folder, Path("broken.pdf"), Path(".")):
        window.open_paths([again])
        _wait(window, qtbot)
    assert not window.problems.isVisible()
    assert window.problems.text.count("broken.pdf") == 1
    assert window.problems.title == "4 files: 1 not read, 2 read, 1 skipped"
    assert "Not read (1)" in _tops(window)
    window.open_paths([folder / "notes.xyz"])  # named by itself, it is to be read
    _wait(window, qtbot)
    assert window.problems.isVisible()
    assert window.problems.title == "4 files: 2 not read, 2 read"


def test_more_files_join_what_is_open(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.open_paths([folder / "larch.txt"])
    window.open_paths([folder / "spruce.txt"])  # while the first is being read
    _wait(window, qtbot)
    assert len(window.session.readings) == 2
    board = window.matrix.board
    assert board is not None
    assert len(board.heads) == 2


def test_a_path_that_is_not_there_is_said_without_a_dialog(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.open_paths([tmp_path / "gone.pdf"])
    qtbot.waitUntil(lambda: window.problems.isVisible(), timeout=PATIENCE_MS)
    assert "gone.pdf" in window.problems.text
    assert QApplication.activeModalWidget() is None


def test_a_mistake_in_the_users_lexicon_is_said_and_nothing_is_read_until_it_is_mended(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    """Read without the user's words, the documents would say less than she taught the program to see."""
    words = tmp_path / "lexicon"
    words.mkdir()
    (words / "determinations.toml").write_text("[covered]\npatterns = ['(']\n")
    window = MainWindow(Settings(workers=1, lexicon_folder=words))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    try:
        window.open_paths([folder / "larch.txt"])
        _wait(window, qtbot)
        assert f"{words / 'determinations.toml'}, line 2, " in window.problems.text
        assert window.problems.isVisible()
        assert not window.session.readings
        (words / "determinations.toml").write_text("[covered]\npatterns = ['is a granted service']\n")
        window.open_paths([folder / "larch.txt"])
        _wait(window, qtbot)
        assert window.session.readings
        assert not window.problems.isVisible()
    finally:
        window.end()


def test_a_document_without_a_determination_says_so_in_its_column(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    mute = LARCH.split("\n\n")[0].replace("Larch", "Alder") + "\n\nBackground\nNothing is decided here.\n"
    (folder / "alder.txt").write_text(mute, encoding="utf-8")
    window.open_paths([folder / "larch.txt", folder / "alder.txt"])
    _wait(window, qtbot)
    board = window.matrix.board
    assert board is not None
    column = next(n for n, head in enumerate(board.heads) if "Alder" in head.payer)
    assert board.heads[column].note == "no determination found"
    assert {faces[column].word for faces in board.faces} == {"no determination found"}
    assert {faces[1 - column].word for faces in board.faces} != {"no determination found"}
    standing = board.standing(0, column)
    assert "not addressed" not in cell_text(standing)
    nodes = outline(standing)
    assert nodes[0].kind == "warning"
    assert "Not addressed" not in " ".join(node.text for node in nodes)


def test_cancel_stops_reading_and_keeps_what_was_read(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number:03}.txt").write_text(LARCH.replace("LV-12", f"LV-{number}"), encoding="utf-8")
    window.open_paths([tmp_path])
    qtbot.waitUntil(lambda: bool(window.session.readings) and window.status.cancel.isVisible(), timeout=PATIENCE_MS)
    QTest.mouseClick(window.status.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.session.is_reading, timeout=PATIENCE_MS)
    session = window.session
    assert 0 < len(session.readings) < 400
    assert len(session.readings) + len(session.left_out) == 400
    assert not window.status.cancel.isVisible()
    assert next(iter(session.readings)).endswith("000.txt")
    assert f"Left out: reading was cancelled ({len(session.left_out)})" in _tops(window)
    for file in session.left_out[3:]:
        Path(file).unlink()
    read = len(session.readings)
    window.menus.retry.trigger()
    qtbot.waitUntil(lambda: not session.is_reading, timeout=PATIENCE_MS)
    assert session.left_out == []
    assert (len(session.readings), len(session.failures)) == (read + 3, 397 - read)
    assert "is no longer there" in window.problems.text


def test_what_was_mended_or_is_new_is_told_and_gone_to(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "notes.xyz").write_text("nothing that is read", encoding="utf-8")
    window.open_paths([folder])
    _wait(window, qtbot)
    window.problems.leave()
    tree, model = window.library.tree, window.library.model
    tree.setFocus()
    for name in ("Not read (1)", "Skipped: not a type that is read (1)"):
        top = next(model.index(row, 0) for row in range(model.rowCount()) if name in model.index(row, 0).data())
        tree.expandAll()
        tree.setCurrentIndex(model.index(0, 0, top))
        assert tree.hasFocus()  # walking there leads nowhere else
        QTest.keyClick(tree, Qt.Key.Key_Return)
        assert str(folder) in window.statusBar().currentMessage()
        tree.setFocus()
    assert window.problems.lines.currentItem().text().startswith("broken.pdf")
    window.show_problems()
    window.statusBar().clearMessage()
    QTest.keyClick(window.problems.lines, Qt.Key.Key_Return)  # the panel's own line says no less
    told = window.statusBar().currentMessage()
    assert told.startswith(f"In {folder}: broken.pdf ")
    assert told.endswith("F5 reads it again.")
    assert "broken.pdf" in tree.currentIndex().data()
    (folder / "broken.pdf").write_text(LARCH.replace("Larch", "Rowan").replace("LV-12", "RV-1"), encoding="utf-8")
    QTest.keyClick(window, Qt.Key.Key_F5)
    _wait(window, qtbot)
    assert "Read now: broken.pdf, in " in window.statusBar().currentMessage()
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.matrix.tables.cells.hasFocus()
    assert window.matrix.standing is not None
    assert window.matrix.standing.column.file.endswith("broken.pdf")


def test_closing_in_the_middle_of_work_leaves_no_thread_behind(qtbot: QtBot, folder: Path) -> None:
    from policyview.settings import Settings

    before = _threads()
    window = MainWindow(Settings(workers=1))
    qtbot.addWidget(window)
    window.show()
    window.open_paths([folder])
    qtbot.wait(30)
    window.close()
    assert _threads() == before


def test_a_pdf_is_shown_with_its_words_lit(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    from tests.read.made import make_pdf

    pages = []
    for text in (LARCH, LARCH):
        pages.append([(72.0, 80.0 + 16 * n, line) for n, line in enumerate(text.splitlines())])
    make_pdf(tmp_path / "larch.pdf", pages[:1])
    window.open_paths([tmp_path / "larch.pdf"])
    _wait(window, qtbot)
    pages_view = window.source.pages
    assert pages_view.isVisible()
    assert pages_view.why_not_lit == ""
    assert pages_view.lit_count >= 2
    assert "p.\u00a01" in window.source.where.text()
    QTest.keyClick(window.matrix.tables.cells, Qt.Key.Key_Return)
    assert pages_view.hasFocus()
    QTest.keyClick(pages_view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "LV-12" in QApplication.clipboard().text()


def test_a_comparison_that_breaks_is_said_each_time_and_forgotten_once_it_succeeds(
    window: MainWindow, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policyview import pipeline
    from policyview.errors import BrokenInvariantError

    def broken(*_: object, **__: object) -> object:
        raise BrokenInvariantError("Comparing failed: nothing fits.")

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "compare", broken)
        window.open_paths([folder / "larch.txt"])
        _wait(window, qtbot)
        assert "Comparing failed: nothing fits." in window.problems.text
        assert "could not be made" in window.matrix.message.text()
        window.problems.leave()
        window.open_paths([folder / "spruce.txt"])
        _wait(window, qtbot)
        assert window.problems.isVisible()
    (folder / "third.txt").write_text(SPRUCE.replace("5.31", "5.32"), encoding="utf-8")
    window.open_paths([folder / "third.txt"])
    _wait(window, qtbot)
    assert not window.problems.isVisible()
    assert window.matrix.board is not None
