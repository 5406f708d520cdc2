"""The canonical text of an unpaged document, words lit in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QMimeData, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QTextEdit, QWidget

from policyview.gui import theme
from policyview.gui.citation import target_citation
from policyview.gui.lit_boxes import BESIDE, found_form, lit_form, paint_beside
from policyview.gui.markdown_style import MarkdownStyle
from policyview.gui.markup import marks
from policyview.gui.page_zoom import Zoom
from policyview.gui.shown_text import ShownText
from policyview.gui.standing import Target
from policyview.gui.wheel import zoomed_by_wheel
from policyview.model import Anchor, Reading

_STEP, _SIZES = 1.25, (0.5, 4.0)  # of the letters, as shares of the window's own
_KEPT_DOCUMENTS = 12  # laid-out texts kept, so that walking along a row lays none out again
_MARKDOWN = "text/markdown"
_MOST_MARKS = 200  # greyed at once; a page of prose holds fewer, and each costs some microseconds
_MARGIN_LEFT = 1.0  # pixels: where a bar beside words stands
_STRETCH = 30_000  # characters laid out at once: some 5 ms


class _LaidOut:
    """A text in Qt's hands, laid out as far as ``shown`` was taken."""

    def __init__(self, canonical: str, is_markdown: bool, parent: QObject) -> None:
        self.shown = ShownText(canonical)
        self.document = QTextDocument(parent)
        self.document.setDocumentLayout(QPlainTextDocumentLayout(self.document))
        self.document.setUndoRedoEnabled(False)
        self.document.setDefaultFont(theme.current().font())
        self.document.setDocumentMargin(10)
        self.style = MarkdownStyle(self.document) if is_markdown else None
        self.lay_out_more()

    def lay_out_more(self) -> None:
        """Takes the next stretch."""
        cursor = QTextCursor(self.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(self.shown.take(_STRETCH))

    def has(self, anchor: Anchor | None) -> bool:
        """Whether an anchor's words are laid out."""
        return anchor is None or self.shown.reaches(anchor.end)


def _units(text: str) -> int:
    """The length Qt counts: UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


class TextView(QPlainTextEdit):
    """Read-only text. Copied words carry their citation; Esc leaves. ``zoomed`` carries a size that was chosen."""

    left = Signal()
    zoomed = Signal(object)

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
        self._share = 1.0
        self._found: Sequence[tuple[int, int]] = ()
        self._to_choose: tuple[int, int] | None = None
        self._going_to: Anchor | None = None
        self._lit: list[QTextEdit.ExtraSelection] = []
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._lay_out_more)
        # not at once: laying a line out scrolls, and Qt crashes where selections change while it goes through them
        self._grey = QTimer(self, singleShot=True, interval=0)
        self._grey.timeout.connect(self._grey_marks)
        self._is_resizing = self._is_target_seen = False
        self._top = 0  # the place of the canonical text there, kept while the width changes
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

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
        if anchor and self._text.has(anchor):
            cursor.setPosition(self._text.shown.place(anchor.start))
            self.setTextCursor(cursor)
            self.centerCursor()
        else:
            self.setTextCursor(cursor)
            self.verticalScrollBar().setValue(0)
        self._is_target_seen = anchor is not None

    def _on_scrolled(self) -> None:
        self._grey.start()
        if not self._is_resizing:
            self._top, self._is_target_seen = self.top_offset, self.is_lit_seen

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The words that are chosen, as (start, end) in the canonical text; None where none are."""
        cursor = self.textCursor()
        if self._text is None or not cursor.hasSelection():
            return None
        offset = self._text.shown.offset
        return offset(cursor.selectionStart()), offset(cursor.selectionEnd())

    def choose(self, start: int, end: int) -> None:
        """Chooses words of the canonical text and scrolls to them; of those not laid out yet, once they are."""
        self._to_choose = start, end
        if self._text is None or not self._text.shown.reaches(end):
            return
        self._to_choose = None
        place, cursor = self._text.shown.place, QTextCursor(self.document())
        cursor.setPosition(place(start))
        cursor.setPosition(place(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def go_to(self, anchor: Anchor) -> None:
        """Scrolls a place of the document to the top; what is lit stays lit."""
        self._going_to = anchor
        if self._text is None or not self._text.has(anchor):
            return
        self._going_to = None
        self.verticalScrollBar().setValue(self.value_at(anchor.start))

    def show_found(self, places: Sequence[tuple[int, int]]) -> None:
        """Marks the places that were found, as far as they are in view."""
        self._found = places
        self._grey_marks()

    @property
    def is_lit_seen(self) -> bool:
        """Whether the first lit words stand in view."""
        anchor = self._target.anchor if self._target else None
        if self._text is None or anchor is None or not self._text.has(anchor):
            return False
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._text.shown.place(anchor.start))
        return self.viewport().rect().intersects(self.cursorRect(cursor))

    @property
    def top_offset(self) -> int:
        """The place of the canonical text at the pane's top."""
        return int(self.offset_at(self.verticalScrollBar().value()))

    @property
    def eye(self) -> int:
        """How far below the pane's top a person looks, in scroll values, which are lines."""
        return self.viewport().height() // (3 * max(1, self.fontMetrics().lineSpacing()))

    def offset_at(self, value: float) -> float:
        """Which place of the canonical text stands at a scroll value."""
        block = self.document().findBlockByLineNumber(int(value))
        if self._text is None or not block.isValid():
            return 0.0
        into = (value - block.firstLineNumber()) / max(1, block.lineCount())
        return self._text.shown.offset(block.position() + int(into * block.length()))

    def value_at(self, offset: float) -> int:
        """The scroll value at which a place of the canonical text stands."""
        if self._text is None:
            return 0
        place = self._text.shown.place(int(offset))
        block = self.document().findBlock(place)
        into = (place - block.position()) / max(1, block.length())
        return block.firstLineNumber() + int(into * block.lineCount())

    # ------------------------------------------------------------ size

    @property
    def share(self) -> float:
        """The letters' size as a share of the window's own."""
        return self._share

    @property
    def choice(self) -> Zoom:
        """What the size follows: itself."""
        return self._share

    def set_choice(self, choice: Zoom) -> None:
        """Takes another size of letters; what stands at the top stays."""
        if not isinstance(choice, float):
            return
        self._share = max(_SIZES[0], min(_SIZES[1], choice))
        top = self.offset_at(self.verticalScrollBar().value())
        self._take_font()
        self.verticalScrollBar().setValue(self.value_at(top))
        self.zoomed.emit(self._share)

    def zoom_in(self) -> None:
        self.set_choice(self._share * _STEP)

    def zoom_out(self) -> None:
        self.set_choice(self._share / _STEP)

    def _take_font(self) -> None:
        font = theme.current().font()
        font.setPixelSize(max(1, round(font.pixelSize() * self._share)))
        if font.pixelSize() != self.font().pixelSize():
            self.setFont(font)
        if self._text is not None and font.pixelSize() != self._text.document.defaultFont().pixelSize():
            self._text.document.setDefaultFont(font)

    def retheme(self) -> None:
        """Takes the colours and the font of the theme that applies now."""
        self._take_font()
        if self._target:
            self._light()

    def _show_document(self, reading: Reading) -> None:
        sha256 = reading.document.sha256
        if sha256 not in self._texts:
            self._texts[sha256] = _LaidOut(reading.document.text, reading.document.media_type == _MARKDOWN, self)
        self._texts.move_to_end(sha256)
        self._text = self._texts[sha256]
        self.setDocument(self._text.document)
        self._take_font()
        while len(self._texts) > _KEPT_DOCUMENTS:
            self._texts.popitem(last=False)[1].document.deleteLater()
        if not self._text.shown.is_complete:
            self._more.start()

    def _lay_out_more(self) -> None:
        """A long text comes in stretches, so that the window never waits for it."""
        text, target = self._text, self._target
        if text is None or text.shown.is_complete or target is None:
            self._more.stop()
            return
        waiting = [anchor for anchor in (*target.words, *target.basis) if not text.has(anchor)]
        text.lay_out_more()
        if any(map(text.has, waiting)):
            self._light()
        if target.anchor in waiting and text.has(target.anchor):
            self._scroll_to_target()
        if self._to_choose is not None:
            self.choose(*self._to_choose)
        if self._going_to is not None:
            self.go_to(self._going_to)

    def _light(self) -> None:
        target = self._target
        if target is None:
            return
        styles = tuple(zip(target.styles, (target.words, target.basis), strict=True))
        if target.styles != ("words", "basis"):
            styles = styles[::-1]  # the changed words over the passage that they are part of
        self._lit = [self._lit_words(anchor, style) for style, anchors in styles for anchor in anchors]
        self._grey_marks()
        self.viewport().update()  # what stands beside the words, too

    def _lit_words(self, anchor: Anchor, style: str) -> QTextEdit.ExtraSelection:
        assert self._text is not None
        place = self._text.shown.place
        form = lit_form(style)
        return self._selection(place(anchor.start), place(anchor.end), form)

    def _selection(self, start: int, end: int, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection, cursor = QTextEdit.ExtraSelection(), QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, form
        return selection

    # ------------------------------------------------------------ marks

    def _grey_marks(self) -> None:
        """The marks of Markdown step back, as far as they are in view; the text itself stays as it is."""
        grey = QTextCharFormat()
        grey.setForeground(theme.current().colour("mark"))
        marked = islice(self._marks_in_view(), _MOST_MARKS)
        found = (self._selection(*span, found_form()) for span in islice(self._found_in_view(), _MOST_MARKS))
        self.setExtraSelections([*self._lit, *(self._selection(*span, grey) for span in marked), *found])

    def _found_in_view(self) -> Iterator[tuple[int, int]]:
        """Qt's positions of what was found and is in view."""
        if not self._found or self._text is None:
            return
        shown, bottom = self._text.shown, self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        for start, end in self._found[bisect_left(self._found, (self.top_offset, 0)):]:
            if not shown.reaches(end) or shown.place(start) > bottom:
                return
            yield shown.place(start), shown.place(end)

    def _marks_in_view(self) -> Iterator[tuple[int, int]]:
        if self._target is None or self._target.reading.document.media_type != _MARKDOWN:
            return
        block, bottom = self.firstVisibleBlock(), self.viewport().height()
        while block.isValid() and self.blockBoundingGeometry(block).translated(self.contentOffset()).top() < bottom:
            line = block.text()
            for span in marks(line):
                start, end = (block.position() + _units(line[:place]) for place in span)
                yield start, end
            block = block.next()

    # ------------------------------------------------------------ Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target is not None and self._text is not None and self._target.styles[1] in BESIDE:
            painter = QPainter(self.viewport())
            lines = [self._lines(anchor) for anchor in self._target.basis if self._text.has(anchor)]
            edges = _MARGIN_LEFT, float(self.viewport().width())
            paint_beside(painter, theme.current(), lines, self._target.styles[1], edges)
            painter.end()

    def _lines(self, anchor: Anchor) -> QRectF:
        """The lines on which an anchor's words stand, in the viewport; beyond it where they are scrolled away."""
        assert self._text is not None
        first, last = QTextCursor(self.document()), QTextCursor(self.document())
        first.setPosition(self._text.shown.place(anchor.start))
        last.setPosition(self._text.shown.place(anchor.end))
        return QRectF(self.cursorRect(first).united(self.cursorRect(last)).adjusted(0, 0, 0, -2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lit words stay in view where they were, else what stands at the top stays there."""
        self._is_resizing = True
        super().resizeEvent(event)
        anchor = self._target.anchor if self._target else None
        if event.size().width() != event.oldSize().width() and self._text is not None:
            is_lit = anchor is not None and self._is_target_seen and self._text.has(anchor)
            place = anchor.start if anchor is not None and is_lit else self._top
            self.verticalScrollBar().setValue(self.value_at(place) - (self.eye if is_lit else 0))
        self._is_resizing = False
        self._grey.start()

    def createMimeDataFromSelection(self) -> QMimeData:
        copied = super().createMimeDataFromSelection()  # Qt's own: one made here would be deleted after Python's end
        chosen = copied.text()
        for form in copied.formats():
            copied.removeFormat(form)
        where = f"\n— {target_citation(self._target)}" if self._target else ""
        copied.setText(chosen + where)
        return copied

    def keyPressEvent(self, event: QKeyEvent) -> None:
        standard = QKeySequence.StandardKey
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(standard.ZoomIn) or event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.matches(standard.ZoomOut) or event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        elif event.key() == Qt.Key.Key_0:
            self.set_choice(1.0)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not zoomed_by_wheel(self, event):
            super().wheelEvent(event)
