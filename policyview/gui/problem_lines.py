"""What could not be read, a line each under its document; a line leads to its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from policyview.gui.plain import plain_tip

_PLACE = Qt.ItemDataRole.UserRole + 1
_MOST_LINES = 5  # shown at once; more are scrolled to


@dataclass(frozen=True)
class Problem:
    """A sentence about a file. ``page`` is where to look, None where the whole file is meant; ``file`` is empty where
    no file is."""

    text: str
    file: str = ""
    page: int | None = None
    is_read: bool = False


class ProblemLines(QListWidget):
    """As high as its lines need, up to some. ``chosen`` carries a problem, ``left`` when Esc asks to close."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()
        self.setAccessibleName("What could not be read")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.itemClicked.connect(self._go)

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(problem.text for problem in self._problems)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Takes the place of what was listed; the current line stays where it can."""
        if tuple(problems) == self._problems:
            return
        row = self.currentRow()
        self._problems = tuple(problems)
        self.clear()
        for problem in problems:
            item = QListWidgetItem(problem.text, self)
            item.setData(_PLACE, problem)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, problem.text)
            if problem.file:
                where = f"goes to page {problem.page}" if problem.page else "goes to the document"
                leads = where if problem.is_read else "says in which folder it lies"
                item.setToolTip(plain_tip(f"{problem.text}\n\nEnter {leads}"))
        self.setCurrentRow(min(max(0, row), self.count() - 1))
        self.take_room()

    def go_to(self, file: str) -> None:
        """Makes a file's line current."""
        row = next((row for row, problem in enumerate(self._problems) if problem.file == file), -1)
        if row >= 0:
            self.setCurrentRow(row)

    def take_room(self) -> None:
        """Takes the height that its lines need."""
        self.doItemsLayout()  # what wraps is known by its place alone, not by its hint
        items = (self.item(row) for row in range(min(_MOST_LINES, self.count())))
        lines, line = sum(self.visualItemRect(item).height() for item in items), self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(line, min(_MOST_LINES * line + 12, lines)) + 2 * self.frameWidth() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.take_room()

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_PLACE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.currentItem())
        else:
            super().keyPressEvent(event)
