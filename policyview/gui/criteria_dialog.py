"""Corrects the criteria of a use: written as an outline, each line held against the document's words."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from policyview import outline
from policyview.export.legible import printable
from policyview.gui import theme
from policyview.gui.board import flat
from policyview.gui.plain import WrappedLabel
from policyview.gui.standing import Target, parts
from policyview.gui.writing import ReadText
from policyview.model import Anchor, Criterion, Indication, Logic, Reading

_REST_MS = 150  # after the last key
_LOGICS: tuple[tuple[str, Logic, int | None], ...] = (
    ("&All of them", "all", None), ("A&ny of them", "any", None), ("At least &two of them", "at_least", 2),
    ("&None of them", "none", None),
)  # fmt: skip
_AS_READ = "These are the criteria as they were read."
_TOP = Criterion("", "", Anchor(0, 0, None, ""))
_NUMBERS = 26  # pixels
_MOST_SHARED = 3  # of those criteria are named
_SHORT = 40  # characters of a line that is spoken of
_HOW = (
    "One line a criterion; what stands further in belongs to the line above it. Where several lines belong to one, "
    "[all of these], [any of these], [at least 2 of these] or [none of these] at its end says how many must hold; "
    "in the first line, for all of them."
)


class _Numbers(QWidget):
    """The numbers of the lines, beside them."""

    def __init__(self, editor: OutlineEdit) -> None:
        super().__init__(editor)
        self._editor = editor

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("soft"))
        height = self._editor.fontMetrics().height()
        for number, top in self._editor.iter_numbers():
            place = QRect(0, top, self.width() - 6, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))


class OutlineEdit(QPlainTextEdit):
    """Text in levels: a new line begins where the one above it does. Each is numbered, for long ones go on below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Criteria, one a line")
        self._numbers = _Numbers(self)
        self.updateRequest.connect(lambda rect, by: self._numbers.update())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setViewportMargins(_NUMBERS, 0, 0, 0)
        inner = self.contentsRect()
        self._numbers.setGeometry(inner.left(), inner.top(), _NUMBERS, inner.height())

    def iter_numbers(self) -> Iterator[tuple[int, int]]:
        """Each line's number, and the pixel at which it begins in the viewport."""
        block = self.firstVisibleBlock()
        while block.isValid():
            top = round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
            if top > self.viewport().height():
                return
            yield block.blockNumber() + 1, top
            block = block.next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            above = self.textCursor().block().previous().text()
            self.insertPlainText("".join(takewhile(str.isspace, above)))

    def indent(self, by: int) -> None:
        """Moves the chosen lines one level in (1) or out (-1)."""
        for cursor in self._chosen():
            if by > 0:
                cursor.insertText(" " * outline.INDENT)
            else:
                blanks = len("".join(takewhile(str.isspace, cursor.block().text())))
                move = QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, min(blanks, outline.INDENT)
                cursor.movePosition(*move)
                cursor.removeSelectedText()

    def tag(self, words: str) -> None:
        """Says how many of what belongs to the current line must hold; in the first line of all of them."""
        cursor = QTextCursor(self.textCursor().block())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        bare = outline.bare(cursor.selectedText())
        cursor.insertText(f"{bare} [{words}]" if bare.strip() else f"[{words}]")

    def add(self, words: str) -> None:
        """A line below the current one, at its level."""
        cursor = self.textCursor()
        lead = "".join(takewhile(str.isspace, cursor.block().text()))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText(f"\n{lead}{words}" if cursor.block().text().strip() else words)
        self.setTextCursor(cursor)

    def _chosen(self) -> Iterator[QTextCursor]:
        """The beginning of each line that is chosen, as one step of the editor's own undo."""
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart()).blockNumber()
        last = self.document().findBlock(cursor.selectionEnd()).blockNumber()
        edit = QTextCursor(self.document())
        edit.beginEditBlock()
        for number in range(first, last + 1):
            edit.setPosition(self.document().findBlockByNumber(number).position())
            yield edit
        edit.endEditBlock()


class CriteriaDialog(QDialog):
    """Asks beside a window that goes on. ``kept`` carries the outline, ``target_wanted`` where the current line stands.

    ``read`` is the use as it was read, ``selected`` gives the words that are selected in the source.
    """

    kept = Signal(str)
    target_wanted = Signal(object)  # Target

    def __init__(
        self, reading: Reading, now: Indication, read: Indication, selected: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Correct the criteria")
        self._reading, self._now, self._read, self._selected = reading, now, read, selected
        self.editor, self.notes = OutlineEdit(self), ReadText("What is yours in these criteria", self)
        self.editor.setPlainText(printable(outline.text_of(now)))
        self._lit = -1
        self._timer = QTimer(self, singleShot=True, interval=_REST_MS)
        self._timer.timeout.connect(self.look)
        self._lay_out()
        self.resize(680, 520)
        self.editor.textChanged.connect(self._timer.start)
        self.editor.cursorPositionChanged.connect(self._timer.start)
        self.notes.left.connect(self.reject)
        self.look()
        self.editor.setFocus()

    def _lay_out(self) -> None:
        column, lines = QVBoxLayout(self), QSplitter(Qt.Orientation.Vertical)
        column.addWidget(WrappedLabel(flat(self._now.text), "heading"))
        column.addWidget(WrappedLabel(_HOW, "soft"))
        column.addLayout(self._tools())
        lines.addWidget(self.editor)
        lines.addWidget(self.notes)
        lines.setSizes([300, 90])
        lines.setChildrenCollapsible(False)
        column.addWidget(lines, 1)
        if self._now.inherited:
            self.shared = WrappedLabel(_shared(self._now.inherited), "soft")
            column.addWidget(self.shared)
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        self.buttons.button(buttons.Ok).setText("&Keep")
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.inward = self._tool(row, "In", ("Ctrl+]", "Alt+Right"), lambda: self.editor.indent(1),
                                 "Moves the chosen lines one level in")  # fmt: skip
        self.outward = self._tool(row, "Out", ("Ctrl+[", "Alt+Left"), lambda: self.editor.indent(-1),
                                  "Moves the chosen lines one level out")  # fmt: skip
        logic, menu = QToolButton(self), QMenu(self)
        logic.setText("&How many")
        logic.setToolTip("How many of what belongs to the current line must hold")
        logic.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for text, each, n in _LOGICS:
            words = outline.logic_words(each, n)
            menu.addAction(text).triggered.connect(lambda _=False, words=words: self.editor.tag(words))
        logic.setMenu(menu)
        row.addWidget(logic)
        self.insert = self._tool(row, "Selected words", ("Ctrl+Shift+K",), self.add_selected,
                                 "The words selected in the source, as a line below the current one")  # fmt: skip
        row.addStretch(1)
        if self._now.inherited:
            self.where = self._tool(row, "Shared ones", ("Ctrl+Shift+H",), self._show_shared,
                                    "Shows where those stand that are stated once for several uses")  # fmt: skip
        self.back = self._tool(row, "As read", (), self._put_back, "The criteria as they were read")
        return row

    def _tool(
        self, row: QHBoxLayout, text: str, keys: tuple[str, ...], act: Callable[[], None], told: str
    ) -> QAction:
        action, button = QAction(text, self), QToolButton(self)
        action.setShortcuts([QKeySequence(each) for each in keys])
        action.setToolTip(f"{told} ({keys[0]})" if keys else told)
        action.triggered.connect(lambda: act())
        self.addAction(action)
        button.setDefaultAction(action)
        row.addWidget(button)
        return action

    # ------------------------------------------------------------ what is written

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    def add_selected(self) -> None:
        """Puts the words that are selected in the source into a line of their own."""
        words = flat(self._selected())
        if words:
            self.editor.add(words)
        else:
            self.notes.setPlainText("Select words in the source first.")

    def _show_shared(self) -> None:
        self.target_wanted.emit(Target(self._reading, parts(self._now.inherited[0].anchor), called="criterion"))

    def _put_back(self) -> None:
        cursor = self.editor.textCursor()  # so that the editor's own undo knows it
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(printable(outline.text_of(self._read)))

    def look(self) -> None:
        """Says which lines are as read and which are not, and shows where the current one stands."""
        written = outline.with_outline(self._now, self._read, self.text, self._reading.document, "")
        lines = [item.line for top in outline.parse(self.text).children for item in top.leaves()]
        criteria = dict(zip(lines, written.iter_criteria(), strict=True))
        self.notes.setPlainText("\n".join(self._notes(criteria, written)) or _AS_READ)
        current = self.editor.textCursor().blockNumber() + 1
        if current != self._lit and (each := criteria.get(current)) is not None:
            self.target_wanted.emit(Target(self._reading, parts(each.anchor), called="criterion"))
        self._lit = current

    def _notes(self, criteria: dict[int, Criterion], written: Indication) -> Iterator[str]:
        known = {each.id: each for each in self._read.iter_criteria()}
        tops = {0: replace(_TOP, logic=written.logic, n=written.n, children=written.criteria)}
        for line, each in (tops | criteria).items():
            if each.logic == "at_least" and (each.n or 1) > len(each.children):
                where = f"Line {line}" if line else "The first line"
                yield f"{where}: at least {each.n} must hold, and only {len(each.children)} belong to it."
        for line, each in criteria.items():
            if each.origin == "added":
                yield f"Line {line}, {_short(each)}: your words; they are nowhere in the document, as every list says."
            elif each.origin == "corrected" and each.id in known:
                yield f"Line {line}, {_short(each)}: how many of what belongs to it must hold is yours."
            elif each.origin == "corrected":
                page = f"on page {each.anchor.page}" if each.anchor.page else "in the document"
                yield f"Line {line}, {_short(each)}: put here by you; its words stand {page}."
        if written.criteria and (written.logic, written.n) != (self._read.logic, self._read.n):
            yield "How many of all of them must hold is yours."
        left = {each.id for each in criteria.values()}
        yield from (f"Taken out: {_short(each)}" for id_, each in known.items() if id_ not in left)
        kept = [each.id for each in criteria.values() if each.id in known]
        if kept != [id_ for id_ in known if id_ in left] or _levels(written, known) != _levels(self._read, left):
            yield "The order, or what belongs to what, is yours."

    def _on_accepted(self) -> None:
        self.kept.emit(self.text)
        self.accept()


def _shared(inherited: Sequence[Criterion]) -> str:
    """Why criteria of a use are not among the lines, and what can be said of them."""
    pages = sorted({each.anchor.page for each in inherited if each.anchor.page})
    where = f" on page {', '.join(map(str, pages))}" if pages else ""
    told = "; ".join(map(_short, inherited[:_MOST_SHARED])) + (" …" if len(inherited) > _MOST_SHARED else "")
    return (f"Also required, and not changed here, for the document states it once for several uses{where}: {told} "
            "Where that is wrong, say so in a note at the cell (N).")  # fmt: skip


def _short(criterion: Criterion) -> str:
    words = flat(criterion.text)
    return f"“{words}”" if len(words) <= _SHORT else f"“{words[:_SHORT]} …”"


def _levels(indication: Indication, of: Container[str]) -> dict[str, str]:
    """Below which of these criteria each of them stands."""
    return {child.id: each.id for each in indication.iter_criteria() for child in each.children
            if child.id in of and each.id in of}  # fmt: skip
