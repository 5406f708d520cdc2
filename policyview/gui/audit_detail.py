"""The current line of the audit in full: the entry, or both versions' words where a review waits to be carried over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from policyview.export.legible import printable
from policyview.export.versions import redline_of
from policyview.gui import theme
from policyview.gui.audit_lines import Line, note_of
from policyview.gui.audit_waiting import Waiting
from policyview.gui.citation import source_name, version_words
from policyview.gui.plain import ElidedLabel, plain_tip
from policyview.gui.redline import Redline
from policyview.gui.writing import ReadText
from policyview.model import Reading

_TAKE_TIP = "Says the same of the newer version (Space)"
_LONGEST = 4_000  # characters of a statement that are compared word by word


class AuditDetail(QFrame):
    """``go_wanted`` asks for the place of the line, ``older_wanted`` for that of the older version, ``confirmed`` that
    its cell is, ``taken_back`` that what it tells of no longer holds; ``taken`` and ``dropped`` carry the Waiting that
    is to be taken over or not any more, ``all_taken`` asks for all that moved."""

    go_wanted = Signal()
    confirmed = Signal()
    taken_back = Signal()
    older_wanted = Signal()
    taken = Signal(object)
    dropped = Signal(object)
    all_taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._waiting: Waiting | None = None
        self._read_only = ""
        self.entry = ReadText("The current line in full", self)
        self.entry.document().setDocumentMargin(10)
        self.older, self.newer = Redline(self), Redline(self)
        self.older.setAccessibleName("Words of the older version")
        self.newer.setAccessibleName("Words of the newer version")
        self.heads = ElidedLabel("", "soft"), ElidedLabel("", "soft")
        self.why, self.said = ElidedLabel("", "heading"), ElidedLabel("", "soft")
        self.places = (self._button("&Older place", "Turns to the cell of the older version"),
                       self._button("Newer &place", "Turns to the cell of the newer version (Enter)"))  # fmt: skip
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.entry)
        self._stack.addWidget(self._both())
        self.confirm = self._button("&Confirm", "Confirms the cell of this line (Space)")
        self.back = self._button("Take &back", "Takes back what was said; that it was said stays on record")
        self.take = self._button("&Take over", _TAKE_TIP)
        self.drop = self._button("&Not any more", "Says that it is over, and takes it off the list (Delete)")
        self.take_all = self._button("Take over &all that moved", "Takes over all whose statement reads the same")
        self.go = self._button("&Go to the place", "Turns to the cell or the change (Enter)")
        row = QHBoxLayout()
        row.setContentsMargins(10, 4, 10, 6)
        row.setSpacing(8)
        for button in (self.confirm, self.back, self.take, self.drop, self.take_all):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addLayout(row)
        self._wire()
        self.retheme()
        self.show_line(None, None, 0)

    def _both(self) -> QWidget:
        room = QWidget(self)
        column, across = QVBoxLayout(room), QHBoxLayout()
        column.setContentsMargins(10, 6, 10, 0)
        column.setSpacing(4)
        column.addWidget(self.why)
        column.addWidget(self.said)
        column.addLayout(across, 1)
        across.setSpacing(8)
        for head, place, text in zip(self.heads, self.places, (self.older, self.newer), strict=True):
            half, named = QVBoxLayout(), QHBoxLayout()
            half.setSpacing(2)
            named.addWidget(head, 1)
            named.addWidget(place)
            half.addLayout(named)
            half.addWidget(text, 1)
            across.addLayout(half, 1)
        return room

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        return button

    def _wire(self) -> None:
        self.go.clicked.connect(self.go_wanted)
        self.confirm.clicked.connect(self.confirmed)
        self.back.clicked.connect(self.taken_back)
        self.places[0].clicked.connect(self.older_wanted)
        self.places[1].clicked.connect(self.go_wanted)
        self.take.clicked.connect(lambda: self.taken.emit(self._waiting))
        self.drop.clicked.connect(lambda: self.dropped.emit(self._waiting))
        self.take_all.clicked.connect(self.all_taken)
        for text in (self.entry, self.older, self.newer):
            text.left.connect(self.left)

    def set_read_only(self, why: str) -> None:
        """Why nothing can be said of what is open; empty where it can."""
        self._read_only = why

    def show_line(self, line: Line | None, waiting: Waiting | None, moved: int, is_open: bool = False) -> None:
        """Shows a line in full; ``moved`` is how many may be taken over without a look, ``is_open`` says that the line
        is of a cell that may be confirmed."""
        self._waiting = waiting
        self._stack.setCurrentIndex(1 if waiting else 0)
        if waiting is None:
            self.entry.setPlainText(printable(line.detail) if line else "")
        else:
            self._show_both(waiting)
            said = line.cells[1].replace("\n", " · ") if line else ""
            self.said.show_text(" · ".join(filter(None, (said, note_of(waiting.review)))))
        for button in (self.take, self.drop, self.take_all):
            button.setVisible(waiting is not None)
        self.take_all.setText(f"Take over &all {moved} that moved" if moved else "Take over &all that moved")
        self.take_all.setEnabled(moved > 0 and not self._read_only)
        self.drop.setEnabled(not self._read_only)
        self.confirm.setVisible(is_open)
        self.confirm.setEnabled(not self._read_only)
        self.back.setVisible(line is not None and line.review is not None)
        self.back.setEnabled(not self._read_only)
        self.go.setVisible(line is not None and waiting is None)
        self.go.setEnabled(line is not None and _leads(line))

    def _show_both(self, one: Waiting) -> None:
        said = "; ".join((one.carried.outcome, *one.carried.why))
        self.why.show_text(f"{said[:1].upper()}{said[1:]}")
        for head, name, reading in zip(self.heads, ("Older", "Newer"), (one.old, one.new), strict=True):
            head.show_text(f"{name}: {_named(reading)}")
        old, new = (text[:_LONGEST] for text in one.texts)
        pieces = redline_of(old, new) if new else redline_of(old, old)
        self.older.show_pieces([piece for piece in pieces if piece.sort != "new"])
        self.newer.show_pieces([piece for piece in pieces if piece.sort != "old"] if new else ())
        self.newer.setPlaceholderText("Nothing in the newer version is stated by these words")
        why_not = self._read_only or one.why_not
        self.take.setEnabled(not why_not)
        self.take.setToolTip(plain_tip(why_not or _TAKE_TIP))
        self.take.setAccessibleDescription(why_not or _TAKE_TIP)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        look = theme.current()
        self.why.setFont(look.font(bold=True))
        for head in self.heads:
            head.setFont(look.font("small"))
        self.entry.setFont(look.font())
        self.said.setFont(look.font("small"))
        for text in (self.older, self.newer):
            text.retheme()


def _leads(line: Line) -> bool:
    goal = line.goal
    return bool(goal.spot or goal.change or goal.reading)


def _named(reading: Reading) -> str:
    return " · ".join(filter(None, (source_name(reading), version_words(reading))))
