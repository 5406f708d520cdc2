"""No document text is ever taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from policyview.export.legible import UNSEEN
from policyview.gui.library_model import _MAY_BREAK
from policyview.gui.main_window import MainWindow
from policyview.gui.plain import literal, plain_tip


def test_every_label_of_the_window_is_plain(filled: MainWindow) -> None:
    labels = [label for label in filled.findChildren(QLabel) if label.text()]
    assert len(labels) > 8
    assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
    assert filled.findChildren(QTextEdit) == []
    assert all(not edit.document().defaultStyleSheet() for edit in filled.findChildren(QPlainTextEdit))


HOSTILE = """<img src="/etc/passwd">Plover & <b>Sons</b> Health Plan
Medical Policy
Policy Number: <a href="file:///etc">PL</a>&amp;\u202e12
Effective Date: 2025-02-01
Title: <h1>Sand</h1> [*] ba\u200bths &lt;i&gt; & salt

Policy
<table><tr><td>Sand\u202e baths are considered medically necessary for <i>stiff</i> knees & \u2066elbows when all of:
1. <img src="http://x.invalid/x.png"> Rest of 6 weeks & ice failed.
2. <script>alert(1)</script> It is ordered by a\u200d specialist\x07.

All other uses of sand baths are considered <u>investigational</u>.
"""


@pytest.fixture
def hostile(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window on documents full of markup and of characters that show nothing, their names too."""
    (tmp_path / "<b>a & b\u202e<img src=x>.txt").write_text(HOSTILE, encoding="utf-8")
    (tmp_path / "second.txt").write_text(HOSTILE.replace("Plover", "Tern"), encoding="utf-8")
    (tmp_path / "<b>&amp; broken\u202e.pdf").write_bytes(b"%PDF-1.7\n<b>nothing</b>")
    (tmp_path / "<i>notes\u202e.xyz").write_bytes(bytes(range(256)))
    window.open_paths([tmp_path])
    qtbot.waitUntil(lambda: not window.session.is_busy and bool(window.session.boards), timeout=30_000)
    qtbot.waitUntil(lambda: window.source.is_settled, timeout=30_000)
    return window


def _is_plain(tip: str) -> bool:
    """Whether Qt shows a tip as its very characters: no markup at all, or ours with all of the text's escaped."""
    return not QtGui.Qt.mightBeRichText(tip) or re.fullmatch(r"<qt>(?:[^<>]|<br>)*</qt>", tip) is not None


def _columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)  # Qt keeps a list's own private


def _indexes(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    above = parent or QModelIndex()
    for row in range(model.rowCount(above)):
        for column in range(_columns(model, above)):
            index = model.index(row, column, above)
            yield index
            if column == 0:
                yield from _indexes(model, index)


def _said(window: MainWindow, role: Qt.ItemDataRole) -> Iterator[str]:
    """What every view's model, and every header, says in a role."""
    models = {id(view.model()): view.model() for view in window.findChildren(QAbstractItemView) if view.model()}
    for model in models.values():
        yield from (str(index.data(role)) for index in _indexes(model) if index.data(role))
        heads = (model.headerData(n, Qt.Orientation.Horizontal, role) for n in range(_columns(model, QModelIndex())))
        yield from (str(head) for head in heads if head)


def test_no_tooltip_is_left_to_guesswork(hostile: MainWindow) -> None:
    tips = [*(widget.toolTip() for widget in hostile.findChildren(QWidget)),
            *(action.toolTip() for action in hostile.findChildren(QtGui.QAction)),
            *_said(hostile, Qt.ItemDataRole.ToolTipRole)]  # fmt: skip
    assert any("&lt;img src=" in tip for tip in tips)
    assert [tip for tip in tips if not _is_plain(tip)] == []


def test_nothing_unseen_reaches_the_screen_or_a_screen_reader(hostile: MainWindow) -> None:
    roles = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
    widgets = hostile.findChildren(QWidget)
    shown = [*(text for role in roles for text in _said(hostile, role)), hostile.windowTitle(), hostile.problems.text,
             hostile.source.text.toPlainText(), *(label.text() for label in hostile.findChildren(QLabel)),
             *(widget.accessibleName() for widget in widgets), *(widget.accessibleDescription() for widget in widgets),
             *(box.itemText(n) for box in hostile.findChildren(QComboBox) for n in range(box.count()))]  # fmt: skip
    assert any("‹RLO›" in text for text in shown)
    assert any("‹ZWSP›" in text for text in shown)
    library = {str(index.data()) for index in _indexes(hostile.library.model)}  # its names may break in many places
    bare = [text.replace(_MAY_BREAK, "") if text in library else text for text in shown]
    assert [text for text in bare if UNSEEN.search(text)] == []


def test_a_topic_cannot_take_qt_s_mark_out_of_the_title(hostile: MainWindow) -> None:
    assert "[*][*]" in hostile.windowTitle()


def test_every_control_has_a_name_that_can_be_spoken(filled: MainWindow) -> None:
    for widget in filled.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
            assert named, widget.metaObject().className()


def test_markup_in_a_tip_is_shown_as_it_is_printed() -> None:
    assert plain_tip("a <img src=/etc/x> & b\nc") == "<qt>a &lt;img src=/etc/x&gt; &amp; b<br>c</qt>"
    assert plain_tip("") == ""


def test_ampersands_of_captions_are_kept() -> None:
    assert literal("A & B Health") == "A && B Health"
