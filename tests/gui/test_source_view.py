"""The source pane on texts: the very words are lit, whatever line ends and characters stand before them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from policyview.anchor import anchor_at
from policyview.gui.main_window import MainWindow
from policyview.gui.standing import Target
from policyview.gui.text_view import TextView
from policyview.model import Document, Facts, Reading
from tests.gui.made import made_board

BOARD = made_board()
_BACKGROUND = QTextFormat.Property.BackgroundBrush


def _lit(view: TextView) -> list[str]:
    """The words that stand on a ground of their own; marks of markup are only greyed."""
    return [s.cursor.selectedText() for s in view.extraSelections() if s.format.hasProperty(_BACKGROUND)]


def _greyed(view: TextView) -> list[str]:
    return [s.cursor.selectedText() for s in view.extraSelections() if not s.format.hasProperty(_BACKGROUND)]


def test_words_are_lit_behind_cr_lf_and_characters_beyond_the_first_plane(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.show_target(BOARD.standing(2, 1).target())  # Eastbrook: CR LF, and a letter of two UTF-16 units before it
    assert _lit(view) == ["occasional cough", "not medically necessary"]
    view.show_target(BOARD.standing(0, 1).target())
    assert _lit(view) == ["knotted airway syndrome in adults and children \U0001d54f alike", "We cover"]


def test_indication_and_determination_differ_in_more_than_colour(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.show_target(BOARD.standing(0, 0).target())
    styles = [selection.format.underlineStyle() for selection in view.extraSelections()]
    assert len(set(styles)) == 2


def test_walking_between_documents_keeps_each_laid_out(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    for column in (0, 1, 0):
        view.show_target(BOARD.standing(0, column).target())
        assert "syndrome" in _lit(view)[0]
    first = view.document()
    view.show_target(BOARD.standing(0, 1).target())
    view.show_target(BOARD.standing(0, 0).target())
    assert view.document() is first


def test_the_words_are_scrolled_to(qtbot: QtBot) -> None:
    from dataclasses import replace

    from policyview.anchor import anchor_at
    from policyview.gui.standing import Target

    view = TextView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    reading = BOARD.standing(0, 0).reading
    text = "filler line\n" * 500 + "here it stands\n" + "more filler\n" * 500
    document = replace(reading.document, text=text, sha256="f" * 64)
    start = text.index("here it")
    view.show_target(Target(replace(reading, document=document), (anchor_at(document, start, start + 14),)))
    assert view.viewport().rect().contains(view.cursorRect())
    assert view.verticalScrollBar().value() > 300


def test_a_catch_all_lights_its_clause_and_silence_lights_nothing(filled: MainWindow, qtbot: QtBot) -> None:
    tables = filled.matrix.tables
    tables.set_current(2, 3)
    qtbot.waitUntil(lambda: filled.source.is_settled)
    assert _lit(filled.source.text) == ["All other indications for mist therapy are investigational as well."]
    tables.set_current(2, 4)
    qtbot.waitUntil(lambda: filled.source.is_settled)
    assert _lit(filled.source.text) == []
    assert filled.source.match.text() == "The whole document: no words are lit"


def test_the_header_names_payer_number_section_and_how_exact(filled: MainWindow) -> None:
    assert filled.source.where.text() == "Northfield Health & Life <b>Plan</b> · NF-210 · effective\u00a02025-04-01"
    assert filled.source.section.whole == "Policy"
    assert filled.source.match.text() == "word for word"


def test_enter_on_a_criterion_lights_its_words(filled: MainWindow, qtbot: QtBot) -> None:
    tree = filled.cell.tree
    model = tree.model()
    criteria = model.index(2, 0)
    assert criteria.data() == "Criteria"
    tree.setCurrentIndex(model.index(0, 0, criteria))
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: filled.source.is_settled)
    assert _lit(filled.source.text)[0] == "A trial of two inhaled agents of 8 weeks each brought no relief."
    QTest.keyClick(tree, Qt.Key.Key_Escape)
    assert filled.matrix.tables.cells.hasFocus()


def test_copied_source_text_carries_its_citation(filled: MainWindow, qtbot: QtBot) -> None:
    view = filled.source.text
    view.setFocus()
    cursor = view.textCursor()
    cursor.setPosition(0)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QApplication.clipboard().text()
    assert text.startswith("Northfield Health & Life <b>Plan</b>\n— ")
    assert "NF-210, effective 2025-04-01" in text


def test_a_document_chosen_in_the_library_is_shown(filled: MainWindow, qtbot: QtBot) -> None:
    tree = filled.library.tree
    document = filled.library.model.find(("document", "in/southgate.txt", ""))
    assert document.isValid()
    tree.scrollTo(document)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(document).center())
    standing = filled.matrix.standing
    assert standing is not None
    assert standing.column.file == "in/southgate.txt"
    qtbot.waitUntil(lambda: filled.source.is_settled)
    assert filled.source.text.toPlainText().startswith("Southgate Community Care")
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert filled.source.text.hasFocus()
    tree.setFocus()
    tree.setCurrentIndex(filled.library.model.index(0, 0))  # the topic
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert filled.matrix.tables.cells.hasFocus()


def test_a_long_text_comes_in_stretches_and_its_words_are_lit_when_they_are_there(qtbot: QtBot) -> None:
    from dataclasses import replace

    from policyview.anchor import anchor_at
    from policyview.gui.standing import Target

    view = TextView()
    qtbot.addWidget(view)
    view.show()
    reading = BOARD.standing(0, 0).reading
    text = "a line of no matter\r\n" * 40_000 + "here it stands\r\n" + "a line of no matter\r\n" * 100
    document = replace(reading.document, text=text, sha256="e" * 64)
    start = text.index("here it")
    view.show_target(Target(replace(reading, document=document), (anchor_at(document, start, start + 14),)))
    assert not view.is_settled
    qtbot.waitUntil(lambda: view.is_settled)
    assert _lit(view) == ["here it stands"]
    assert view.viewport().rect().contains(view.cursorRect())
    assert view.toPlainText() == text.replace("\r\n", "\n")


def test_marks_of_markdown_step_back_where_they_are_in_view(qtbot: QtBot) -> None:
    from dataclasses import replace

    from policyview.anchor import anchor_at
    from policyview.gui.standing import Target

    view = TextView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    reading = BOARD.standing(0, 0).reading
    text = "## \U0001d54f **Mist** is *due*\n" + "plain words\n" * 300 + "10<sup>9</sup>/L\n"
    document = replace(reading.document, text=text, sha256="d" * 64, media_type="text/markdown")
    start = text.index("Mist")
    view.show_target(Target(replace(reading, document=document), (anchor_at(document, start, start + 4),)))
    assert _lit(view) == ["Mist"]
    assert _greyed(view) == ["##", "**", "**", "*", "*"]
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: _greyed(view) == ["<sup>", "</sup>"])
    assert _lit(view) == ["Mist"]
    view.show_target(Target(replace(reading, document=replace(document, sha256="c" * 64, media_type="text/plain"))))
    assert _greyed(view) == []


def test_marks_are_never_set_while_marks_are_being_set(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Laying out a line for Qt's own look at its selections scrolls the view; setting others then crashes Qt."""
    depth, deepest = 0, 0
    original = TextView.setExtraSelections

    def counted(view: TextView, selections: Sequence[QTextEdit.ExtraSelection]) -> None:
        nonlocal depth, deepest
        depth, deepest = depth + 1, max(deepest, depth + 1)
        if depth == 1:
            original(view, selections)
        depth -= 1

    monkeypatch.setattr(TextView, "setExtraSelections", counted)
    view = TextView()
    qtbot.addWidget(view)
    view.resize(360, 500)
    view.show()
    text = "[" * 60_000 + "\n" + "*a*`" * 30_000 + "\n" + "|-" * 30_000
    document = Document("a.md", "0" * 64, "text/markdown", text)
    view.show_target(Target(Reading(document, Facts())))
    qtbot.waitUntil(lambda: view.is_settled)
    bar = view.verticalScrollBar()
    for place in (1, 2, 3):
        bar.setValue(bar.maximum() * place // 3)
        qtbot.wait(20)
    assert deepest == 1
    assert 0 < len(view.extraSelections()) <= 200


def test_unseen_characters_of_a_text_are_shown_as_what_they_are(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    text = "\ufffeCover\u202eage\u202c is not\u200b \0due.\n"
    document = Document("a.txt", "1" * 64, "text/plain", text)
    view.show_target(Target(Reading(document, Facts()), (anchor_at(document, text.index("not"), text.index("due")),)))
    assert view.toPlainText() == "\ufffdCover‹RLO›age‹PDF› is not‹ZWSP› ␀due.\n"
    assert _lit(view) == ["not‹ZWSP› ␀"]
