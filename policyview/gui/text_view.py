"""The canonical text of an unpaged document, words lit in it."""

from __future__ import annotations

import re
from collections import OrderedDict

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QTextEdit, QWidget

from policyview.export.legible import encodable
from policyview.gui import theme
from policyview.gui.citation import citation
from policyview.gui.standing import Target
from policyview.model import Anchor, Reading

_KEPT_DOCUMENTS = 12  # laid-out texts kept, so that walking along a row lays none out again
_PARTS = re.compile("[\u2029\ufdd0\ufdd1\0\r]")  # what Qt would take for the end of a paragraph or drop


class TextView(QPlainTextEdit):
    """Read-only text. Copied words carry their citation; Esc leaves."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setAccessibleName("Source text")
        self._documents: OrderedDict[str, QTextDocument] = OrderedDict()
        self._map = _Places("")
        self._target: Target | None = None
        self._reading: Reading | None = None

    def show_target(self, target: Target) -> None:
        """Shows the document with the target's words lit, scrolled to the first of them."""
        if self._reading is not target.reading:
            self._show_document(target.reading)
        self._target = target
        self._light()
        start = target.anchor.start if target.anchor else 0
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._map.place(start))
        self.setTextCursor(cursor)
        if target.anchor:
            self.centerCursor()
        else:
            self.verticalScrollBar().setValue(0)

    def retheme(self) -> None:
        """Takes the colours of the theme that applies now."""
        if self._target:
            self._light()

    def _show_document(self, reading: Reading) -> None:
        text, sha256 = shown_text(reading.document.text), reading.document.sha256
        self._map = _Places(reading.document.text)
        document = self._documents.get(sha256)
        if document is None:
            document = QTextDocument(self)
            document.setDocumentLayout(QPlainTextDocumentLayout(document))
            document.setUndoRedoEnabled(False)
            document.setDefaultFont(self.font())
            document.setDocumentMargin(10)
            document.setPlainText(text)
            self._documents[sha256] = document
        self._documents.move_to_end(sha256)
        self.setDocument(document)
        self._reading = reading
        while len(self._documents) > _KEPT_DOCUMENTS:
            self._documents.popitem(last=False)[1].deleteLater()

    def _light(self) -> None:
        target = self._target
        if target is None:
            return
        words = [self._lit(anchor, "words") for anchor in target.words]
        basis = [self._lit(anchor, "basis") for anchor in target.basis]
        self.setExtraSelections([*words, *basis])

    def _lit(self, anchor: Anchor, style: str) -> QTextEdit.ExtraSelection:
        look, lit = theme.current(), QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._map.place(anchor.start))
        cursor.setPosition(self._map.place(anchor.end), QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setBackground(look.colour(style))
        form.setForeground(look.colour("text"))
        form.setUnderlineColor(look.colour(f"{style}_edge"))
        form.setUnderlineStyle(
            QTextCharFormat.UnderlineStyle.SingleUnderline if style == "words"
            else QTextCharFormat.UnderlineStyle.DashUnderline
        )  # fmt: skip
        lit.cursor, lit.format = cursor, form
        return lit

    def createMimeDataFromSelection(self) -> QMimeData:
        chosen = self.textCursor().selectedText().replace("\u2029", "\n")
        copied = QMimeData()
        section = self._target.section if self._target else ""
        where = f"\n— {citation(self._reading, None, section)}" if self._reading else ""
        copied.setText(chosen + where)
        return copied

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def shown_text(text: str) -> str:
    """The text as Qt can hold it; only CR LF changes its length."""
    return _PARTS.sub("\ufffd", encodable(text).replace("\r\n", "\n").replace("\r", "\n"))


class _Places:
    """Maps canonical offsets to Qt's positions: UTF-16 units, with CR LF counted once."""

    def __init__(self, text: str) -> None:
        odd = re.finditer("\r\n|[\U00010000-\U0010ffff]", text)
        self._shifts = [(match.start(), -1 if match[0] == "\r\n" else 1) for match in odd]
        self._length = len(text)

    def place(self, offset: int) -> int:
        offset = max(0, min(offset, self._length))
        return offset + sum(shift for start, shift in self._shifts if start < offset)
