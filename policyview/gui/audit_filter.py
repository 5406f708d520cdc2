"""Above the lines of the audit: which of them are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from policyview.gui.audit_lines import ACTIONS, Line
from policyview.gui.lines_model import LineFilter
from policyview.gui.plain import ElidedCombo

_ALL = ("Everybody", "All acts", "All payers")


class AuditFilter(QWidget):
    """``changed`` carries the LineFilter that is asked for, ``left`` that the keyboard is to go on to the lines."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLineEdit(self)
        self.words.setAccessibleName("Filter lines")
        self.words.setPlaceholderText("Filter lines")
        self.words.setClearButtonEnabled(True)
        self.words.setToolTip("Shows only lines in which all of these words stand (Ctrl+F)")
        self.who, self.action, self.payer = (self._choice(name) for name in ("Person", "Act", "Payer"))
        self.holds = QPushButton("Only what holds", self)
        self.holds.setCheckable(True)
        self.holds.setToolTip("Hides what was taken back")
        self.holds.setAccessibleDescription("Hides what was taken back")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(6)
        row.addWidget(self.words, 2)
        for box in (self.who, self.action, self.payer):
            row.addWidget(box, 1)
        row.addWidget(self.holds)
        self.words.textChanged.connect(self._on_changed)
        self.words.returnPressed.connect(self.left)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.words, context=Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._on_left)
        self.holds.toggled.connect(self._on_changed)
        self.offer((), is_log=True)

    def _choice(self, name: str) -> QComboBox:
        box = ElidedCombo(self)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.currentIndexChanged.connect(self._on_changed)
        return box

    def offer(self, lines: Sequence[Line], is_log: bool) -> None:
        """Offers what the lines tell apart; what was chosen stays while it can."""
        people, payers = ({name: name for name in sorted(names) if name} for names in (
            {line.who for line in lines}, {line.payer for line in lines}))  # fmt: skip
        actions = {ACTIONS.get(line.action, line.action): line.action for line in lines if line.action}
        boxes = self.who, self.action, self.payer
        for box, every, found in zip(boxes, _ALL, (people, actions, payers), strict=True):
            self._fill(box, [(every, ""), *sorted(found.items(), key=lambda each: each[0].casefold())])
        self.holds.setVisible(is_log)

    def _fill(self, box: QComboBox, wanted: list[tuple[str, str]]) -> None:
        chosen, had = box.currentData() or "", [(box.itemText(n), box.itemData(n)) for n in range(box.count())]
        if had != wanted:
            with QSignalBlocker(box):
                box.clear()
                for name, value in wanted:
                    box.addItem(name, value)
                box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setVisible(len(wanted) > 2 or bool(box.currentData()))

    @property
    def wanted(self) -> LineFilter:
        """What is asked for."""
        who, action, payer = (box.currentData() or "" for box in (self.who, self.action, self.payer))
        stands = self.holds.isChecked() and not self.holds.isHidden()
        return LineFilter(tuple(self.words.text().casefold().split()), who, action, payer, stands)

    def reset(self) -> None:
        """Asks for nothing."""
        for box in (self.who, self.action, self.payer):
            box.setCurrentIndex(0)
        self.holds.setChecked(False)
        self.words.clear()

    def _on_left(self) -> None:
        self.words.clear()
        self.left.emit()

    def _on_changed(self) -> None:
        self.changed.emit(self.wanted)
