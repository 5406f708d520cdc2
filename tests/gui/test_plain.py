"""No document text is ever taken for markup."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QTextEdit, QWidget

from policyview.gui.main_window import MainWindow
from policyview.gui.plain import literal, plain_tip


def test_every_label_of_the_window_is_plain(filled: MainWindow) -> None:
    labels = [label for label in filled.findChildren(QLabel) if label.text()]
    assert len(labels) > 8
    assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
    assert filled.findChildren(QTextEdit) == []
    assert all(not edit.document().defaultStyleSheet() for edit in filled.findChildren(QPlainTextEdit))


def test_no_tooltip_of_the_window_is_left_to_guesswork(filled: MainWindow) -> None:
    for widget in filled.findChildren(QWidget):
        assert not QtGui.Qt.mightBeRichText(widget.toolTip())


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
