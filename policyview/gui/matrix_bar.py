"""Over the matrix: its topic, which rows are shown, which versions, how it is laid out, and what is hidden."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from policyview.gui.plain import ElidedCombo, literal, plain_tip

_ALL_SHOWN = "All versions are shown; one that is not in force carries a sign and says why (Ctrl+Shift+A)"


class MatrixBar(QFrame):
    """The controls, in the order in which they stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.topic, self.filter = self._topic(), self._filter()
        self.differ = self._button("Payers differ", "Shows only rows on which payers differ")
        self.differ.setCheckable(True)
        self.differ.setToolTip("Shows only rows on which payers differ; a bar at the left marks them (Ctrl+D)")
        self.hidden = self._button("", "Shows the hidden columns again")
        self.hidden.hide()
        self.layout_of = self._button("Layout", "Chooses how much a cell tells, the order of rows, and which columns "
                                      "stand where")  # fmt: skip
        self.layout_of.setToolTip("How much a cell tells (Ctrl+K), the order of rows, and the columns")
        self.versions = self._button("", "Chooses the day whose versions are shown, or shows all versions")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.addWidget(self.topic, 4)
        row.addWidget(self.filter, 1)
        for button in (self.differ, self.hidden, self.layout_of, self.versions):
            row.addWidget(button)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        return self.topic, self.filter, self.differ, self.hidden, self.layout_of, self.versions

    def _topic(self) -> QComboBox:
        topic = ElidedCombo(self)
        topic.setAccessibleName("Topic")
        topic.setToolTip("The topic whose policies are compared")
        topic.setPlaceholderText("No topic yet")
        topic.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        topic.setMinimumContentsLength(7)
        return topic

    def _filter(self) -> QLineEdit:
        words = QLineEdit(self)
        words.setAccessibleName("Filter rows")
        words.setPlaceholderText("Filter")
        words.setClearButtonEnabled(True)
        words.setMinimumWidth(48)
        words.setToolTip("Shows only rows in which all of these words stand, in label or payers' words (Ctrl+F)")
        return words

    def _button(self, text: str, told: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setAccessibleDescription(told)
        return button

    def tell_hidden(self, names: tuple[str, ...]) -> None:
        """How many columns a person hid, and whose."""
        self.hidden.setVisible(bool(names))
        self.hidden.setText(literal(f"{len(names)} hidden"))
        self.hidden.setAccessibleName(f"{len(names)} columns hidden: show them")
        told = f"Hidden: {'; '.join(names)}\nA press shows them again (Ctrl+Shift+B)"
        self.hidden.setToolTip(plain_tip(told))

    def tell_rows(self, shown: int, total: int) -> None:
        """How many rows are left where not all are shown."""
        left = f" · {shown} of {total}" if shown != total else ""
        self.differ.setText(f"Payers differ{left}" if self.differ.isChecked() else "Payers differ")
        told = f"Filter rows: {shown} of {total} are shown" if left else "Filter rows"
        self.filter.setAccessibleName(told)

    def tell_versions(self, hidden: int, is_all: bool, day: datetime.date | None) -> None:
        """Which versions are shown, and how many of this topic are not in force on the day, None for today."""
        on = f"As of {day.isoformat() if day else 'today'}"
        text = "All versions" if hidden and is_all else f"{on} · {hidden} hidden" if hidden else on
        self.versions.setText(text)
        self.versions.setAccessibleName(f"Versions: {text}")
        self.versions.setToolTip(_ALL_SHOWN if hidden and is_all else _hidden_words(hidden))


def _hidden_words(hidden: int) -> str:
    """What the button on versions says of those that are not shown."""
    told = "The versions in force on this day are shown (Ctrl+Shift+D: another day)"
    if not hidden:
        return told
    others = "1 other document is" if hidden == 1 else f"{hidden} other documents are"
    return f"{told}; {others} not in force and hidden (Ctrl+Shift+A: show all versions)"
