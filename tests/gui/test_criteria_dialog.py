"""A person corrects the criteria of a use as an outline, with words of the source and words of her own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from policyview.export.jsonfile import extract_json
from policyview.gui.criteria_dialog import CriteriaDialog
from policyview.gui.main_window import MainWindow
from policyview.pipeline import amended
from tests.gui.test_reviewing import actions, go_to, lines, press, settle
from tests.test_amend import reading_of
from tests.test_outline import SYRUP

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def vest(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window on one policy, its only use current."""
    window.session._keep(reading_of(tmp_path, "larkspur.md", SYRUP))
    window.session._note()
    settle(window, qtbot)
    go_to(window, "brittle", "Larkspur")
    settle(window, qtbot)
    return window


def asked(window: MainWindow) -> CriteriaDialog:
    (dialog,) = [each for each in window.findChildren(CriteriaDialog) if each.isVisible()]
    return dialog


def keep(dialog: CriteriaDialog) -> None:
    QTest.mouseClick(dialog.buttons.button(dialog.buttons.StandardButton.Ok), Qt.MouseButton.LeftButton)


def select(window: MainWindow, words: str) -> None:
    """Selects words in the source."""
    text = window.source.text
    found = text.document().find(words)
    cursor = text.textCursor()
    cursor.setPosition(found.selectionStart())
    cursor.setPosition(found.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    assert window.source.selected is not None


def test_criteria_are_corrected_shown_so_handed_out_so_and_put_back(vest: MainWindow, qtbot: QtBot) -> None:
    press(vest, Key.Key_F2, Mod.ControlModifier)
    dialog = asked(vest)
    edit = dialog.editor
    assert dialog.notes.toPlainText() == "These are the criteria as they were read."
    assert edit.toPlainText().splitlines()[2] == "Any of the following: [any of these]"
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(2):
        edit.moveCursor(QTextCursor.MoveOperation.NextBlock)
    edit.tag("all of these")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(edit, Key.Key_Return)
    QTest.keyClicks(edit, "A letter of thanks")
    assert edit.toPlainText().splitlines()[-1] == "    A letter of thanks"
    dialog.outward.trigger()
    select(vest, "lung physician")
    dialog.insert.trigger()
    assert edit.toPlainText().splitlines()[-2:] == ["A letter of thanks", "lung physician"]
    dialog.look()
    told = dialog.notes.toPlainText().splitlines()
    assert told[0].startswith("Line 3, “Any of the following:”: how many")
    assert "nowhere in the document" in told[1]
    assert told[2] == "Line 7, “lung physician”: put here by you; its words stand in the document."
    target = vest.source.target
    assert target is not None
    assert target.words[0].quote == "lung physician"
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    edit.tag("at least 9 of these")
    dialog.look()
    assert dialog.notes.toPlainText().startswith("The first line: at least 9 must hold, and only 4 belong to it.")
    edit.tag("all of these")
    keep(dialog)
    settle(vest, qtbot)
    assert actions(vest) == ["correct"]
    standing = vest.matrix.standing
    assert standing is not None
    shown = [each.text for each in standing.indications[0].iter_criteria()]
    assert shown[-2:] == ["A letter of thanks", "lung physician"]
    assert any("was: other criteria" in line for line in lines(vest))
    whole = json.loads(extract_json(amended(vest.session.collection())))
    origins = [each["origin"] for each in whole["documents"][0]["indications"][0]["criteria"]]
    assert origins == ["extracted", "corrected", "added", "corrected"]
    assert vest.undo_stack.undoText().startswith("criteria corrected: ")

    go_to(vest, "brittle", "Larkspur")
    dialog = vest.reviewing.correct_criteria()  # type: ignore[assignment]
    assert "A letter of thanks" in dialog.text
    dialog.back.trigger()
    keep(dialog)
    settle(vest, qtbot)
    assert actions(vest) == []
    assert vest.session.corrected["larkspur.md"] is vest.session.readings["larkspur.md"]

    select(vest, "brittle")
    assert vest.reviewing.why_not_criterion() == ""
    dialog = vest.reviewing.correct_criteria(with_selected=True)  # type: ignore[assignment]
    assert dialog.text.splitlines()[-1].strip() == "brittle"
    QTest.keyClick(dialog, Key.Key_Escape)
    assert actions(vest) == []


def test_what_is_stated_once_for_several_uses_is_named_and_shown(qtbot: QtBot, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "larkspur.md", SYRUP)
    (use,) = reading.facts.indications
    shared = replace(use, criteria=use.criteria[:1], inherited=use.criteria[1:])
    dialog = CriteriaDialog(reading, shared, shared, str)
    qtbot.addWidget(dialog)
    assert "Any of the following" in dialog.shared.text()
    assert "note at the cell" in dialog.shared.text()
    with qtbot.waitSignal(dialog.target_wanted) as told:
        dialog.where.trigger()
    assert told.args[0].words[0].quote.startswith("Any of the following")
