"""About a document: whose it is, what it is called, dated and for, beside what was read of that and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from policyview import about
from policyview.dating import WHICH, first_day
from policyview.export import acts, vocabulary
from policyview.export.said import local_time
from policyview.gui.board import flat
from policyview.gui.box import Box
from policyview.gui.citation import short_name, source_name
from policyview.gui.document_acts import DocumentActs
from policyview.gui.plain import ElidedLabel, PlainLabel, WrappedLabel
from policyview.gui.session import Session
from policyview.gui.standing import Target
from policyview.model import Reading

_WIDTH = 940  # pixels
_LONGEST = 500  # characters
_DAY = len("2025-03-01")
_DATE_TIP = "Written as 2025-03-01, 2025-03 or 2025; empty where the document does not say it"
_LABELS: Mapping[str, str] = {
    "payer": "&Payer", "title": "&Title", "number": "Policy &number", "effective": "&Effective", "last_review":
    "&Reviewed", "last_updated": "Last &updated", "published": "Pu&blished", "retired": "Reti&red from",
    "lines": "&Lines of business", "authority": "&Speaks as",
}  # fmt: skip


class Lines(QWidget):
    """The lines of business, each to be ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, Box] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, line in enumerate(about.LINES):
            box = self.boxes[line] = Box(vocabulary.word("lines", line), self)
            box.toggled.connect(lambda _: self.changed.emit())
            grid.addWidget(box, number // 2, number % 2)
        self.setFocusProxy(next(iter(self.boxes.values())))

    @property
    def value(self) -> str:
        return " ".join(line for line, box in self.boxes.items() if box.isChecked())

    def show_value(self, value: str) -> None:
        for line, box in self.boxes.items():
            box.setChecked(line in value.split())


@dataclass(frozen=True, eq=False)
class _Field:
    """``read`` is what was read of it, ``state`` says so and who corrected it, ``back`` puts that in again."""

    editor: QLineEdit | QComboBox | Lines
    read: str
    state: ElidedLabel
    back: QToolButton

    @property
    def value(self) -> str:
        if isinstance(self.editor, Lines):
            return self.editor.value
        return str(self.editor.currentData()) if isinstance(self.editor, QComboBox) else _plain(self.editor.text())

    def show_value(self, value: str) -> None:
        if isinstance(self.editor, QComboBox):
            self.editor.setCurrentIndex(self.editor.findData(value))
        elif isinstance(self.editor, Lines):
            self.editor.show_value(value)
        else:
            self.editor.setText(_plain(value))
            self.editor.setCursorPosition(0)


class AboutDialog(QDialog):
    """Asks beside a window that goes on. ``target_wanted`` leads to the words that something was read from."""

    target_wanted = Signal(object)  # Target
    topic_wanted = Signal(str)  # the file that is to stand in another topic

    def __init__(self, session: Session, acts_: DocumentActs, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About this document")
        self._session, self._acts = session, acts_
        self._raw = session.readings[reading.file]
        self.fields: dict[str, _Field] = {}
        self.version, self.fault = WrappedLabel("", "soft"), WrappedLabel("", "warning")
        self._lay_out(reading)
        self.resize(_WIDTH, self.sizeHint().height())
        session.workspace_opened.connect(self.close)
        self._on_edited()

    def _lay_out(self, reading: Reading) -> None:
        column = QVBoxLayout(self)
        name = WrappedLabel(f"{flat(source_name(reading))} · {short_name(reading.file)}", "heading")
        told = "Put right what was not read, or read wrongly: what you change is kept with your name and the day."
        column.addWidget(name)
        column.addWidget(WrappedLabel(told, "soft"))
        grid = QGridLayout()
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 3)
        for row, field in enumerate(about.FIELDS):
            self._add(grid, row + (row >= _VERSION_ROW), field)
        grid.addWidget(self.version, _VERSION_ROW, 1, 1, 4)
        column.addLayout(grid)
        column.addWidget(self.fault)
        column.addStretch(1)
        column.addLayout(self._foot())

    def _add(self, grid: QGridLayout, row: int, name: str) -> None:
        editor, label = self._editor(name), PlainLabel(_LABELS[name])
        label.setBuddy(editor)
        editor.setAccessibleName(acts.field_word(name))
        back = QToolButton(self)
        back.setText("Put back")
        back.setAccessibleName(f"Put back what was read as {acts.field_word(name)}")
        back.setToolTip("What was read holds again")
        read = about.value_of(self._raw.facts.policy, name)
        field = self.fields[name] = _Field(editor, read, ElidedLabel("", "soft"), back)
        field.show_value(self._acts.value(self._raw, name))
        back.clicked.connect(lambda: editor.setFocus())
        back.clicked.connect(lambda: field.show_value(field.read))
        room = back.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        back.setSizePolicy(room)
        top = Qt.AlignmentFlag.AlignTop if isinstance(editor, Lines) else Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(label, row, 0, top)
        grid.addWidget(editor, row, 1)
        grid.addWidget(field.state, row, 2, top)
        if button := self._source(name):
            grid.addWidget(button, row, 3, top)
        grid.addWidget(back, row, 4, top)

    def _editor(self, name: str) -> QLineEdit | QComboBox | Lines:
        if name == "lines":
            lines = Lines(self)
            lines.changed.connect(self._on_edited)
            return lines
        if name == "authority":
            choice = QComboBox(self)
            for each in about.AUTHORITIES:
                choice.addItem(vocabulary.authority_word(each), each)
            choice.currentIndexChanged.connect(lambda _: self._on_edited())
            return choice
        line = QLineEdit(self)
        line.setMaxLength(_LONGEST)
        if name in about.DATES:
            line.setToolTip(_DATE_TIP)
            line.setPlaceholderText("not stated")
        line.textChanged.connect(lambda _: self._on_edited())
        return line

    def _source(self, name: str) -> QToolButton | None:
        """Leads to the words; where nothing was read, or it stands nowhere in the text, there is none."""
        words = about.anchors_of(self._raw.facts.policy, name)
        if not words:
            return None
        page, button = words[0].page, QToolButton(self)
        button.setText(f"p. {page}" if page else "Source")
        button.setToolTip("Shows the words that it was read from")
        button.setAccessibleName(f"Source of {acts.field_word(name)}{f', page {page}' if page else ''}")
        target = Target(self._raw, words, called=acts.field_word(name).lower())
        button.clicked.connect(lambda: self.target_wanted.emit(target))
        return button

    def _foot(self) -> QHBoxLayout:
        row, buttons = QHBoxLayout(), QDialogButtonBox.StandardButton
        self.topic = QToolButton(self)
        self.topic.setText("Move to another topic …")
        self.topic.clicked.connect(lambda: self.topic_wanted.emit(self._raw.file))
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        self.buttons.button(buttons.Ok).setText("&Keep")
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        row.addWidget(self.topic)
        row.addStretch(1)
        row.addWidget(self.buttons)
        return row

    # ------------------------------------------------------------ what is written

    @property
    def values(self) -> dict[str, str]:
        """What the fields hold."""
        return {name: field.value for name, field in self.fields.items()}

    def go_to(self, name: str) -> None:
        """Gives a field the keyboard."""
        self.fields[name].editor.setFocus()

    def _on_edited(self) -> None:
        """Says of each field what was read and whether that stands there, and which date names the version."""
        if len(self.fields) < len(about.FIELDS):
            return
        for name, field in self.fields.items():
            field.back.setVisible(field.value != _plain(field.read))
            field.state.show_text(self._state(name, field))
        dates = {name: self.fields[name].value for name in WHICH}
        which = next((name for name in WHICH if dates[name]), None)
        told = f"{vocabulary.which_word(which)} {dates[which]}" if which else "no date"
        self.version.show_text(f"The version is known by: {told}. Versions stand in the order of these dates.")
        wrong = next((field.value for name, field in self.fields.items()
                      if name in about.DATES and field.value and first_day(field.value) is None), "")
        why_not = self._session.why_read_only
        self.fault.show_text(
            f"“{wrong[:40]}” is not a date. Write it as 2025-03-01, 2025-03 or 2025." if wrong else why_not)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not (wrong or why_not))

    def _state(self, name: str, field: _Field) -> str:
        read = f"“{flat(acts.value_word(name, field.read))}”" if field.read else "nothing"
        if field.value == _plain(field.read):
            return "as read" if field.read else "not found in the text"
        said = self._acts.said(self._raw.document.sha256, name)
        held = said and dict(said[-1].sets)[name] == field.value
        by = f" · corrected by {flat(said[-1].author)}, {local_time(said[-1].time)[:_DAY]}" if held else ""
        return f"read: {read}{by}"

    def _on_accepted(self) -> None:
        if self._raw.file in self._session.readings:
            self._acts.set(self._raw, self.values)
        self.accept()


_VERSION_ROW = about.FIELDS.index("lines")  # below the dates


def _plain(text: str) -> str:
    return " ".join(text.split())
