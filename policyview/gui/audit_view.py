"""The audit: who said what of which words, what nobody looked at yet, and what waits to be carried over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from policyview.gui import theme
from policyview.gui.audit_board import SECTIONS, AuditBoard
from policyview.gui.audit_detail import AuditDetail
from policyview.gui.audit_filter import AuditFilter
from policyview.gui.audit_head import AuditHead
from policyview.gui.audit_lines import Line
from policyview.gui.audit_places import Goal
from policyview.gui.audit_waiting import Waiting
from policyview.gui.lines_model import LineFilter, LinesModel
from policyview.gui.lines_table import LinesTable
from policyview.gui.plain import ElidedLabel, PlainLabel

_TABLE_HEIGHT, _DETAIL_HEIGHT = 300, 210  # pixels at 1280 x 720
_SHARES: Mapping[str, tuple[int, ...]] = {
    "log": (20, 31, 18, 14, 17), "checks": (27, 20, 25, 28), "open": (29, 21, 28, 22), "looks": (22, 26, 19, 15, 18),
    "carried": (20, 25, 20, 21, 14), "progress": (26, 30, 11, 15, 9, 9),
}  # fmt: skip
"""How wide the columns of each part are, in relation to each other."""
_EMPTY: Mapping[str, str] = {
    "log": "Nothing was reviewed yet. Space confirms the current cell.\n"
           "What is said of cells and changes stands here, with who said it, when, and on which words.",
    "checks": "No cell is left to be checked.",
    "open": "No cell is left that nobody has reviewed.",
    "looks": "Nothing that was said is to be looked at again.",
    "carried": "No review of an older version waits to be carried over.\n"
               "Where a policy is there in a newer version, what was said of the older one stands here.",
    "progress": "There is no matrix yet.",
}  # fmt: skip


class AuditView(QWidget):
    """``goal_wanted`` carries where a person wants to go, ``pointed`` the place of the line that is current,
    ``confirmed`` that of a cell on which Space was pressed."""

    goal_wanted = Signal(object)  # Goal
    pointed = Signal(object)  # Goal
    taken = Signal(object)  # tuple[Waiting, ...]
    dropped = Signal(object)  # Waiting
    confirmed = Signal(object)  # Goal
    taken_back = Signal(object)  # Review
    seen = Signal(bool)
    sum_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why_read_only = ""
        self._board = AuditBoard(is_whole=False)
        self._awaits_lines = False  # to give them the keyboard
        self._keys: dict[str, tuple[str, int]] = {}  # the current line of each part, and its row
        self.head, self.sections, self.filter = AuditHead(self), QTabBar(self), AuditFilter(self)  # as Tab walks them
        self.sections.setExpanding(False)
        self.sections.setDrawBase(False)
        self.sections.setAccessibleName("Parts of the audit")
        self.model = LinesModel(self)
        self.table, self.detail = LinesTable(self.model, self), AuditDetail(self)
        self.nothing = PlainLabel("", "soft")
        self.chain, self.sum = ElidedLabel("", "soft"), PlainLabel("", "soft")
        self._lay_out()
        self._wire()
        self._name_sections()
        self._show()

    # ------------------------------------------------------------ parts

    def _lay_out(self) -> None:
        for name, _ in SECTIONS.values():
            self.sections.addTab(name)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self._lists = QStackedWidget(self)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.nothing)
        upper = QWidget(self)
        inside = QVBoxLayout(upper)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._lists, 1)
        inside.addWidget(self._foot())
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.addWidget(upper)
        self._parts.addWidget(self.detail)
        self._parts.setStretchFactor(0, 1)
        self._parts.setSizes([_TABLE_HEIGHT, _DETAIL_HEIGHT])
        self._parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.sections, self.filter):
            column.addWidget(part)
        column.addWidget(self._parts, 1)

    def _foot(self) -> QWidget:
        """Whether the record is whole, and the sum that proves it when it is written down elsewhere."""
        self._chained = QWidget(self)
        self.copy_sum = QPushButton("Copy &sum", self._chained)
        self.copy_sum.setAccessibleDescription("Copies the sum of the last entry")
        self.copy_sum.setToolTip("Copies the sum of the last entry; kept elsewhere, it proves that none was changed")
        self.sum.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row, words = QHBoxLayout(self._chained), QVBoxLayout()
        row.setContentsMargins(10, 4, 10, 4)
        words.setSpacing(0)
        words.addWidget(self.chain)
        words.addWidget(self.sum)
        row.addLayout(words, 1)
        row.addWidget(self.copy_sum)
        return self._chained

    def _wire(self) -> None:
        self.sections.currentChanged.connect(self._show)
        self.filter.changed.connect(self._on_filtered)
        self.filter.left.connect(self.table.setFocus)
        self.table.chosen.connect(self._on_chosen)
        self.table.followed.connect(lambda line: self.goal_wanted.emit(line.goal))
        self.table.confirmed.connect(self._on_confirmed)
        self.table.dismissed.connect(self._on_dismissed)
        self.detail.go_wanted.connect(self._go)
        self.detail.taken_back.connect(self._on_taken_back)
        self.detail.confirmed.connect(lambda: self._on_confirmed(self.table.line))
        self.detail.older_wanted.connect(self._go_to_older)
        self.detail.taken.connect(lambda waiting: self.taken.emit((waiting,)))
        self.detail.all_taken.connect(lambda: self.taken.emit(self.moved))
        self.detail.dropped.connect(self.dropped)
        self.detail.left.connect(self.table.setFocus)
        self.copy_sum.clicked.connect(lambda: self.sum_wanted.emit(self._board.last_sum))

    # ------------------------------------------------------------ what is shown

    @property
    def board(self) -> AuditBoard:
        return self._board

    @property
    def section(self) -> str:
        """The part that is seen."""
        return tuple(SECTIONS)[self.sections.currentIndex()]

    @property
    def moved(self) -> tuple[Waiting, ...]:
        """What may be taken over without a look."""
        return tuple(one for one in self._board.waiting.values() if one.has_moved)

    @property
    def copied(self) -> str:
        """The current line as text to paste elsewhere, with its citation; empty where there is none."""
        return self.table.line.detail if self.table.line else ""

    def show_board(self, board: AuditBoard) -> None:
        """Takes the place of what was shown; the current line stays, or the one that stands there now."""
        if not board.is_whole:
            lines = {**self._board.lines, "carried": board.of("carried")}
            board = replace(self._board, lines=lines, waiting=board.waiting)
        self._board = board
        self.head.show_tally(board.tally)
        self.head.warn("" if board.is_unbroken else board.chain)
        self._name_sections()
        self._show()

    def forget(self) -> None:
        """Shows nothing of what was told up to now."""
        self._keys.clear()
        self._board = AuditBoard(is_whole=False)
        self.head.show_tally(self._board.tally)
        self.head.warn("")
        self._name_sections()
        self._show()

    def set_read_only(self, why: str) -> None:
        """Why nothing can be said of what is open; empty where it can."""
        self._why_read_only = why
        self.detail.set_read_only(why)

    def turn_to(self, section: str) -> None:
        """Turns to a part."""
        self.sections.setCurrentIndex(tuple(SECTIONS).index(section))

    def step(self, by: int) -> None:
        """Goes to the next (1) or previous (-1) line."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.go_to(row)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        for part in (self.head, self.table, self.detail):
            part.retheme()
        look = theme.current()
        self.chain.setFont(look.font("small"))
        self.sum.setFont(look.font("small"))

    def _name_sections(self) -> None:
        for number, (section, (name, _)) in enumerate(SECTIONS.items()):
            count, more = len(self._board.of(section)), self._board.left_out.get(section, 0)
            told = f"{name} ({count} of {count + more})" if more else f"{name} ({count})"
            self.sections.setTabText(number, told if count and section != "progress" else name)

    def _show(self) -> None:
        section = self.section
        lines = self._board.of(section)
        self.filter.offer(lines, section == "log")
        self.table.setAccessibleName(SECTIONS[section][0])
        self._fill(self.filter.wanted)
        self._say_chain(section)

    def _fill(self, wanted: LineFilter) -> None:
        section = self.section
        key, row = self._keys.get(section, ("", 0))
        had_focus = self.table.hasFocus()
        self.model.show(SECTIONS[section][1], self._board.of(section), wanted)
        self.table.share(_SHARES[section])
        count = self.model.rowCount()
        found = self.model.find(key)
        if count:
            self.table.go_to(found if found is not None else min(row, count - 1))
        self.filter.setVisible(self.model.total > 0)
        is_filtered = count == 0 and self.model.total > 0
        known = self._why_read_only if section == "log" and self._why_read_only else _EMPTY[section]
        empty = known if self._board.is_whole else "What was said is being gathered …"
        self.nothing.show_text("No line answers the filter." if is_filtered else empty)
        self._lists.setCurrentIndex(0 if count else 1)
        if had_focus and not count:
            self.sections.setFocus()
        elif count and self._awaits_lines and self.sections.hasFocus():
            self.table.setFocus()
        self._awaits_lines = self._awaits_lines and not self._board.is_whole
        self._on_chosen(self.table.line)

    def _say_chain(self, section: str) -> None:
        board = self._board
        self._chained.setVisible(section == "log" and bool(board.last_sum))
        self.chain.setObjectName("soft" if board.is_unbroken else "warning")
        self.chain.style().unpolish(self.chain)
        self.chain.style().polish(self.chain)
        self.chain.show_text(f"{board.chain}. Sum of the last entry, to be written down:")
        self.sum.show_text(board.last_sum)

    # ------------------------------------------------------------ what happened

    def _on_filtered(self, wanted: LineFilter) -> None:
        self._fill(wanted)

    def _on_chosen(self, line: Line | None) -> None:
        if line is not None:
            self._keys[self.section] = line.key, self.table.currentIndex().row()
        waiting = self._waiting(line)
        self.detail.show_line(line, waiting, len(self.moved), line is not None and self._is_open(line))
        self.detail.setVisible(line is not None)
        if line is not None and self.isVisible():
            self.pointed.emit(line.goal)

    def _on_confirmed(self, line: Line | None) -> None:
        """A cell that is still open, or to be looked at again; elsewhere Space would say what nobody means."""
        waiting = self._waiting(line)
        if waiting is not None:
            self.taken.emit((waiting,))
        elif line is not None and self._is_open(line):
            self.confirmed.emit(line.goal)

    def _on_dismissed(self, line: Line) -> None:
        waiting = self._waiting(line)
        if waiting is not None:
            self.dropped.emit(waiting)

    def _on_taken_back(self) -> None:
        line = self.table.line
        if line is not None and line.review is not None:
            self.taken_back.emit(line.review)

    def _is_open(self, line: Line) -> bool:
        return self.section in ("checks", "open", "looks") and line.goal.spot is not None

    def _waiting(self, line: Line | None) -> Waiting | None:
        return self._board.waiting.get(line.key) if line else None

    def _go(self) -> None:
        line = self.table.line
        if line is not None:
            waiting = self._waiting(line)
            self.goal_wanted.emit(waiting.newer if waiting else line.goal)

    def _go_to_older(self) -> None:
        waiting = self._waiting(self.table.line)
        if waiting is not None:
            self.goal_wanted.emit(waiting.older)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hands the keyboard on."""
        self._awaits_lines = not self._board.is_whole
        (self.table if self.model.rowCount() else self.sections).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit(True)
        line: Line | None = self.table.line
        if line is not None:
            goal: Goal = line.goal
            self.pointed.emit(goal)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.seen.emit(False)
