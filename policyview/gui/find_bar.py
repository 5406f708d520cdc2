"""Finds words in the source that is shown: how many places there are, and from one to the next."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from policyview.gui import theme
from policyview.gui.plain import PlainLabel
from policyview.gui.source_tools import tool_button
from policyview.model import Reading
from policyview.search import Query

_PAUSE_MS = 150  # after the last key, before the search begins
_MOST = 999  # places that are found


class _Words(QLineEdit):
    """Enter goes on, Shift+Enter back, Esc leaves."""

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if is_back else 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class FindBar(QFrame):
    """``found`` carries all places as (start, end) in the canonical text, ``place_chosen`` the current one; ``left``
    when the bar was closed."""

    found = Signal(object)
    place_chosen = Signal(int, int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._reading: Reading | None = None
        self._places: list[tuple[int, int]] = []
        self._current = -1
        self._from = 0
        self.words = _Words(self)
        self.words.setAccessibleName("Find in this source")
        self.words.setPlaceholderText("Find in this source")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(80)
        self.told = PlainLabel("", "soft")
        before, on = "Previous place", "Next place"
        self.before = tool_button("page-back", before, f"{before} (Shift+F3)", lambda: self.step(-1), self)
        self.next = tool_button("page-on", on, f"{on} (F3)", lambda: self.step(1), self)
        self.end = tool_button("close", "Close find", "Close (Esc)", self.leave, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for control, stretch in ((self.words, 1), (self.told, 0), (self.before, 0), (self.next, 0), (self.end, 0)):
            row.addWidget(control, stretch)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.words.textEdited.connect(lambda text: self._pause.start())
        self.words.textChanged.connect(lambda text: None if text else self._search())
        self.words.stepped.connect(self.step)
        self.words.left.connect(self.leave)
        self.setVisible(False)

    def open(self, begin: int, words: str = "") -> None:
        """Takes the keyboard; places from ``begin`` on come first. ``words`` are looked for at once."""
        self._from = begin
        self.told.setFont(theme.current().font("small"))
        self.setVisible(True)
        if words:
            self.words.setText(words)
            self._search()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def leave(self) -> None:
        """Closes the bar; nothing is marked any more, what is chosen stays so."""
        self._pause.stop()
        self.setVisible(False)
        self._places, self._current = [], -1
        self.found.emit(())
        self.left.emit()

    def show_reading(self, reading: Reading | None) -> None:
        """The document that is looked in from now on; the current place is none until somebody steps."""
        if reading is self._reading:
            return
        self._reading = reading
        if self.isVisible():
            self._look()
            self._say()

    def step(self, by: int) -> None:
        """To the next place (1) or the one before (-1), from the last one to the first."""
        if self._pause.isActive() or (self._current < 0 and not self._places):
            self._pause.stop()
            self._look()
            by = 0
        if not self._places:
            self._say()
            return
        if self._current < 0 or not by:
            self._current = bisect_left(self._places, (self._from, 0)) % len(self._places)
        else:
            self._current = (self._current + by) % len(self._places)
        self._say()
        self.place_chosen.emit(*self._places[self._current])

    def _search(self) -> None:
        self._look()
        if self._places:
            self.step(0)
        else:
            self._say()

    def _look(self) -> None:
        query = Query(self.words.text())
        self._current = -1
        hits = islice(query.hits(self._reading), _MOST) if self._reading else ()
        self._places = sorted({(hit.anchor.start, hit.anchor.end) for hit in hits})
        self.found.emit(tuple(self._places))

    def _say(self) -> None:
        count = f"{len(self._places)}{'+' if len(self._places) == _MOST else ''}"
        if Query(self.words.text()).is_empty:
            told = ""
        elif not self._places:
            told = "not found"
        else:
            told = f"{self._current + 1} of {count}" if self._current >= 0 else f"{count} places"
        self.told.show_text(told)
        self.words.setAccessibleDescription(told)
        for button in (self.before, self.next):
            button.setEnabled(bool(self._places))
