"""A phrase searched over all documents, by keyboard, to its place in the source."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from policyview.gui.main_window import MainWindow
from policyview.gui.text_view import TextView

LARCH = """# Sand Baths

Larch Health

## Policy

Sand baths are covered for stiff
tendons & <b>elbows</b>.

## Notes

Stiff tendons are rare. STIFF TENDONS hurt.
"""
SPRUCE = "# Sand Baths\n\nSpruce Mutual\n\n## Policy\n\nSand baths are not covered for stiff tendons.\n"


def test_to_the_third_place_by_keyboard(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    for name, text in (("larch.md", LARCH), ("spruce.md", SPRUCE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert not window.menus.search.isEnabled()  # there is nothing to be searched yet
    window.open_paths([tmp_path])
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=30_000)
    assert window.matrix.tables.cells.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    search = window.search
    assert search.words.hasFocus()
    QTest.keyClick(search.words, Qt.Key.Key_Escape)
    assert window.matrix.tables.cells.hasFocus()  # where she came from
    QTest.mouseClick(window.menus.search, Qt.MouseButton.LeftButton)
    QTest.keyClicks(window.menus.search, "elbows")
    QTest.keyClick(window.menus.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: search.is_settled and search.tree.hasFocus())
    assert "«elbows»" in search.tree.currentIndex().data()
    search.words.setFocus()
    search.words.clear()
    QTest.keyClicks(search.words, "stiff tendons")
    qtbot.waitUntil(lambda: search.is_settled)
    assert search.told.text() == "4 places in 2 documents"
    qtmodeltester.check(search.tree.model(), force_py=True)  # type: ignore[no-untyped-call]
    first = search.tree.model().index(0, 0)
    assert first.data().endswith("(3)")
    QTest.keyClick(search.words, Qt.Key.Key_Return)
    assert search.tree.hasFocus()
    for _ in range(2):
        QTest.keyClick(search.tree, Qt.Key.Key_F3)
    place = search.tree.currentIndex()
    assert "«STIFF TENDONS»" in place.data()
    assert place.parent().data() == "Notes"
    qtbot.waitUntil(lambda: window.source.is_settled)
    lit = [selection.cursor.selectedText() for selection in window.source.text.extraSelections()]
    assert "STIFF TENDONS" in lit
    QTest.keyClick(search.tree, Qt.Key.Key_Return)
    assert isinstance(window.focusWidget(), TextView)
    QTest.keyClick(window.source.text, Qt.Key.Key_Escape)
    assert search.isAncestorOf(window.focusWidget())
    section = search.tree.model().index(0, 0, first)
    assert "& <b>elbows</b>" in search.tree.model().index(0, 0, section).data()

    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(search.words, "elbows")
    qtbot.waitUntil(lambda: search.is_settled)
    assert window.source.target is None  # no place of this search is chosen yet
    search.words.selectAll()
    QTest.keyClicks(search.words, "nowhere at all")
    qtbot.waitUntil(lambda: search.is_settled)
    assert search.told.text().startswith("Nothing of this stands in any of the 2 documents")
    assert not search.step(1)
