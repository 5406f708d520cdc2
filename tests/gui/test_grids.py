"""Authorization, limits and codes beside the matrix: by key, by filter, with the words lit in the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from policyview.gui.grid_view import GridView
from policyview.gui.main_window import MainWindow
from policyview.gui.standing import Target

LARCH = """# Warm Sand Baths

Larch Valley Health
Policy Number: LV-12
Effective Date: 2025-02-01

## Policy

Warm sand baths are considered medically necessary for adults with chronic tendon stiffness.
Approval is for 6 months.

## Prior Authorization

Prior authorization is required for warm sand baths performed inpatient.

## Codes

| System | Code | Description | Coverage |
| --- | --- | --- | --- |
| ICD-10-CM | M67.20 to M67.29 | Stiff tendons | Supports coverage |
"""
SPRUCE = """# Warm Sand Baths

Spruce Mutual Insurance
Policy Number: 5.31
Effective Date: 2024-11-15

## Policy

Warm sand baths are considered not medically necessary for adults with chronic tendon stiffness.

## Codes

| System | Code | Description | Coverage |
| --- | --- | --- | --- |
| ICD-10-CM | M67.24 | Stiff tendons of the hand | Not covered |
| ICD-10-CM | M77.1 | Elbow pain | Not covered |
"""


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    for name, text in (("larch.md", LARCH), ("spruce.md", SPRUCE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    window.open_paths([tmp_path])
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=30_000)
    qtbot.waitUntil(lambda: window.source.is_settled, timeout=30_000)
    return window


def _turn(window: MainWindow, key: Qt.Key) -> GridView:
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    view = window.grids.current
    assert view is not None
    assert view.tables.cells.hasFocus()
    return view


def _rows(view: GridView) -> list[str]:
    return [view.model.label(n) for n in range(view.model.rowCount()) if view.model.matrix_row(n) is not None]


def _says(view: GridView) -> str:
    item = view.sayings.currentItem()
    return item.text() if item else ""


def test_codes_are_found_in_ranges_and_lit(opened: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    codes = _turn(opened, Qt.Key.Key_0)
    qtmodeltester.check(codes.model, force_py=True)  # type: ignore[no-untyped-call]
    assert len(_rows(codes)) == 3
    QTest.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert codes.filter.hasFocus()
    QTest.keyClicks(codes.filter, "m67.24")
    assert [label.split()[0] for label in _rows(codes)] == ["M67.20–M67.29", "M67.24"]
    QTest.keyClick(codes.filter, Qt.Key.Key_Return)
    QTest.keyClick(codes.tables.cells, Qt.Key.Key_Down)
    QTest.keyClick(codes.tables.cells, Qt.Key.Key_Home)  # the first payer: by a range
    assert "in M67.20–M67.29" in _says(codes)
    assert codes.who.text() == "Listed by all 2 documents"
    qtbot.waitUntil(lambda: opened.source.is_settled)
    lit = [selection.cursor.selectedText() for selection in opened.source.text.extraSelections()]
    assert any("M67.20" in words for words in lit)
    QTest.keyClick(codes.tables.cells, Qt.Key.Key_Right)
    assert _says(codes).startswith("not covered")
    index = codes.tables.cells.currentIndex()
    assert "not covered" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.keyClick(codes.tables.cells, Qt.Key.Key_Up)
    assert codes.who.text() == "Listed by 1 of 2 documents: Larch Valley Health"
    QTest.keyClick(codes.tables.cells, Qt.Key.Key_Down)
    QTest.mouseClick(codes.differ, Qt.MouseButton.LeftButton)
    assert [label.split()[0] for label in _rows(codes)] == ["M67.24"]
    QTest.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(codes.filter, Qt.Key.Key_Escape)
    assert codes.tables.cells.hasFocus()


def test_authorization_and_limits_say_what_is_not_stated(opened: MainWindow) -> None:
    authorization = _turn(opened, Qt.Key.Key_8)
    assert "inpatient" in authorization.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    shown = {authorization.model.index(1, column).data().split("\n")[0] for column in (1, 2)}
    assert shown == {"required", "not stated"}
    limits = _turn(opened, Qt.Key.Key_9)
    said = limits.model.index(1, 1).data(), limits.model.index(1, 2).data()
    assert "6 months" in " ".join(said)
    assert "not stated" in said
    target = limits.target
    assert isinstance(target, Target)
    QTest.keyClick(limits.tables.cells, Qt.Key.Key_Return)
    assert opened.source.text.hasFocus()


def test_a_topic_without_any_says_so(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "larch.md").write_text(LARCH.split("## Prior")[0], encoding="utf-8")
    window.open_paths([tmp_path])
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=30_000)
    QTest.keyClick(window, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    view = window.grids.current
    assert view is not None
    assert view.message.isVisible()
    assert "no statement that it is not" in view.message.text()
    assert not view.filter.isEnabled()


def test_a_copied_square_is_what_is_current_there_and_its_code_is_looked_for_everywhere(
    opened: MainWindow, qtbot: QtBot
) -> None:
    view = _turn(opened, Qt.Key.Key_0)
    view.filter.setText("m67.24")
    view.tables.setFocus()
    QTest.keyClick(view.tables.cells, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "M67.2" in copied.splitlines()[0]
    assert copied.splitlines()[-1].startswith("— ")
    QTest.mouseClick(view.everywhere, Qt.MouseButton.LeftButton)
    assert opened.views.view is opened.search
    assert opened.search.words.text() == "m67.24"
    qtbot.waitUntil(lambda: opened.search.is_settled and opened.search.next.isEnabled())
    opened.search.step(1)
    qtbot.waitUntil(lambda: opened.source.is_settled)
    opened.search.tree.setFocus()
    QTest.keyClick(opened.search.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "M67.2" in QGuiApplication.clipboard().text().splitlines()[0]
