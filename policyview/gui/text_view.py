"""The canonical text of an unpaged document, words lit in it."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QTextEdit, QWidget

from policyview.gui import theme
from policyview.gui.citation import target_citation
from policyview.gui.shown_text import ShownText
from policyview.gui.standing import Target
from policyview.model import Anchor, Reading

_KEPT_DOCUMENTS = 12  # laid-out texts kept, so that walking along a row lays none out again
_STRETCH = 120_000  # characters laid out at once: some 20 ms


class _LaidOut:
    """A text in Qt's hands; ``rest`` is what is not laid out yet."""

    def __init__(self, canonical: str, parent: QObject) -> None:
        shown = ShownText(canonical)
        self.place = shown.place
        self.document = QTextDocument(parent)
        self.document.setDocumentLayout(QPlainTextDocumentLayout(self.document))
        self.document.setUndoRedoEnabled(False)
        self.document.setDefaultFont(theme.current().font())
        self.document.setDocumentMargin(10)
        self._rest, self._next = shown.text, 0
        self.lay_out_more()

    @property
    def is_complete(self) -> bool:
        return self._next >= len(self._rest)

    def lay_out_more(self) -> None:
        """Takes the next stretch."""
        cursor = QTextCursor(self.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(self._rest[self._next:self._next + _STRETCH])
        self._next += _STRETCH


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
        self._texts: OrderedDict[str, _LaidOut] = OrderedDict()
        self._text: _LaidOut | None = None
        self._target: Target | None = None
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._lay_out_more)

    @property
    def is_settled(self) -> bool:
        """Whether the whole text is there and its words are lit."""
        return not self._more.isActive()

    def show_target(self, target: Target) -> None:
        """Shows the document with the target's words lit, scrolled to the first of them."""
        if self._target is None or self._target.reading is not target.reading:
            self._show_document(target.reading)
        self._target = target
        self._light()
        self._scroll_to_target()

    def _scroll_to_target(self) -> None:
        assert self._target is not None
        assert self._text is not None
        anchor = self._target.anchor
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._possible(self._text.place(anchor.start if anchor else 0)))
        self.setTextCursor(cursor)
        if anchor:
            self.centerCursor()
        else:
            self.verticalScrollBar().setValue(0)

    def retheme(self) -> None:
        """Takes the colours of the theme that applies now."""
        if self._target:
            self._light()

    def _show_document(self, reading: Reading) -> None:
        sha256 = reading.document.sha256
        if sha256 not in self._texts:
            self._texts[sha256] = _LaidOut(reading.document.text, self)
        self._texts.move_to_end(sha256)
        self._text = self._texts[sha256]
        self.setDocument(self._text.document)
        while len(self._texts) > _KEPT_DOCUMENTS:
            self._texts.popitem(last=False)[1].document.deleteLater()
        if not self._text.is_complete:
            self._more.start()

    def _lay_out_more(self) -> None:
        """A long text comes in stretches, so that the window never waits for it."""
        text, target = self._text, self._target
        if text is None or text.is_complete or target is None:
            self._more.stop()
            return
        before = self.document().characterCount()
        text.lay_out_more()
        end = text.place(target.anchor.end) if target.anchor else 0
        if before <= end:
            self._light()
            self._scroll_to_target()

    def _possible(self, place: int) -> int:
        return min(place, self.document().characterCount() - 1)

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
        assert self._text is not None
        cursor.setPosition(self._possible(self._text.place(anchor.start)))
        cursor.setPosition(self._possible(self._text.place(anchor.end)), QTextCursor.MoveMode.KeepAnchor)
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
        copied = super().createMimeDataFromSelection()  # Qt's own: one made here would be deleted after Python's end
        chosen = copied.text()
        for form in copied.formats():
            copied.removeFormat(form)
        where = f"\n— {target_citation(self._target)}" if self._target else ""
        copied.setText(chosen + where)
        return copied

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
