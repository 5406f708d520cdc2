"""The sheet of keys and signs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from policyview.gui.key_sheet import KeySheet
from policyview.gui.main_window import MainWindow


def _texts(item: QTreeWidgetItem) -> list[tuple[str, str]]:
    lines = (item.child(n) for n in range(item.childCount()))
    return [(line.text(0), line.text(1)) for line in lines if line is not None]


def test_f1_tells_every_key_that_the_menus_have(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    (sheet,) = window.findChildren(KeySheet)
    items = [sheet.lines.topLevelItem(n) for n in range(sheet.lines.topLevelItemCount())]
    told = {item.text(0): _texts(item) for item in items if item is not None}
    assert ("Ctrl+E", "Export what is shown …") in told["File"]
    assert ("F8", "Next difference") in told["Compare"]
    assert ("Space", "Confirm") in told["Review"]
    assert ("F1", "Keys and signs") in told["Help"]
    assert any("clause on all other uses" in lesson for _, lesson in told["Signs"])
    keys = [key for name in ("File", "Edit", "View", "Compare", "Help") for key, _ in told[name]]
    assert len(keys) == len(set(keys))  # no key means two things
    QTest.keyClicks(sheet.words, "pack make")
    assert [line.text(1) for item in items if item is not None and not item.isHidden()
            for n in range(item.childCount()) if (line := item.child(n)) is not None and not line.isHidden()] == [
        "Make an audit pack …"]  # fmt: skip
    sheet.reject()
