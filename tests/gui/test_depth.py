"""The current row in depth: trees side by side, walked by keyboard, with counterparts current and sources lit."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from policyview.gui.main_window import MainWindow

LARCH = """# Sand Baths

Larch Health

## Policy

Sand baths are medically necessary for stiff tendons when all of the following are met:

1. Their age is 18 years or more.
2. Stretching exercises for 6 weeks have failed.

Approval is for 6 months.
"""
SPRUCE = LARCH.replace("Larch Health", "Spruce Mutual").replace("6 weeks", "12 weeks").replace(
    "6 months", "one year").replace("1. Their age is 18 years or more.\n2.", "1.")  # fmt: skip

MAPLE = LARCH.replace("Larch Health", "Maple Mutual").replace(
    "Stretching exercises for 6 weeks have failed.", "Wool socks.").replace(
    "Their age is 18 years or more.", "A warm kiln was seen.")  # fmt: skip


def test_criteria_side_by_side(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    for name, text in (("larch.md", LARCH), ("maple.md", MAPLE), ("spruce.md", SPRUCE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert not window.views.is_offered(window.in_depth)
    window.open_paths([tmp_path])
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=30_000)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    view = window.in_depth
    qtbot.waitUntil(lambda: view.is_settled and len(view.stems) == 3)
    assert "tendons" in view.title.text()
    larch, maple, spruce = sorted(view.stems, key=lambda each: each.stem.name)
    told = [node.tag for node in larch.stem.nodes[2].children]
    assert told[0] == "asked only here"
    assert "≠ Spruce Mutual: 12 weeks (here 6 weeks)" in told[1]
    (limits,) = (node for node in larch.stem.nodes if node.text == "Limits")
    assert [node.tag for node in limits.children] == ["≠ Spruce Mutual: 1 year (here 6 months)"]

    first = view.stems[0]
    assert first is larch
    assert first.tree.hasFocus()
    assert first.tree.selectionModel().hasSelection()  # each line is seen to be current, the first one too
    while "exercises" not in first.tree.currentIndex().data():
        QTest.keyClick(first.tree, Qt.Key.Key_Down)
    other = spruce
    assert "exercises" in other.tree.currentIndex().data()  # its counterpart
    QTest.keyClick(first.tree, Qt.Key.Key_Right)
    assert other.tree.hasFocus()  # not the one beside it, which does not ask for it
    qtbot.waitUntil(lambda: window.source.is_settled)
    lit = [selection.cursor.selectedText() for selection in window.source.text.extraSelections()]
    assert any("exercises" in words for words in lit)
    assert window.source.target is not None
    assert window.source.target.reading.file == other.stem.file
    below = first.tree.viewport().rect().bottomLeft() - QPoint(-20, 3)
    assert not first.tree.indexAt(below).isValid()
    QTest.mouseClick(first.tree.viewport(), Qt.MouseButton.LeftButton, pos=below)  # where no line is
    assert window.source.target.reading.file == first.stem.file
    QTest.keyClick(first.tree, Qt.Key.Key_Right)
    QTest.keyClick(other.tree, Qt.Key.Key_Return)
    assert window.source.text.hasFocus()
    QTest.keyClick(window.source.text, Qt.Key.Key_Escape)
    assert other.tree.hasFocus()  # where she came from
    QTest.keyClick(other.tree, Qt.Key.Key_Home)
    QTest.keyClick(other.tree, Qt.Key.Key_Left)
    assert maple.tree.hasFocus()
    assert maple.tree.selectionModel().hasSelection()
    QTest.keyClick(maple.tree, Qt.Key.Key_Escape)
    assert window.matrix.tables.cells.hasFocus()
    assert spruce.model.rowCount() >= 3
