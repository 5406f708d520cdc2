"""Asks what a statement says: its determination, what the use is called, population and stage; or a clause's scope."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from policyview.export import vocabulary
from policyview.gui import icon, theme
from policyview.gui.board import flat
from policyview.gui.cell_marks import Statement
from policyview.gui.plain import WrappedLabel
from policyview.model import CatchAll, Determination

Field = TypeVar("Field", QLineEdit, QComboBox)
_WIDTH, _WORDS_HEIGHT = 460, 76  # pixels
_LONGEST = 2_000  # characters
_STAGES = (("", "not stated"), ("initial", "initial"), ("continuation", "continuation"))


def determinations(combo: QComboBox) -> None:
    """Offers every determination by icon and word."""
    look = theme.current()
    for each in Determination:
        sign = icon.icon(vocabulary.icon_name(each), look.determination(each))
        combo.addItem(sign, vocabulary.determination_word(each), each.value)


class FieldsDialog(QDialog):
    """Asks for values beside a window that goes on. ``kept`` carries them by name once they are to be kept."""

    kept = Signal(object)  # dict[str, str]

    def __init__(self, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.form = QFormLayout(self)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.addRow(WrappedLabel(about, "soft"))
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        self.buttons.button(buttons.Ok).setText("&Keep")
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    def add_line(self, name: str, label: str, text: str) -> QLineEdit:
        """A line of text."""
        line = QLineEdit(" ".join(text.split()), self)
        line.setMaxLength(_LONGEST)
        line.setCursorPosition(0)
        return self._add(name, label, line)

    def add_choice(self, name: str, label: str) -> QComboBox:
        """A choice among what the caller then adds."""
        return self._add(name, label, QComboBox(self))

    def _add(self, name: str, label: str, field: Field) -> Field:
        field.setAccessibleName(label.replace("&", ""))
        self.form.addRow(label, field)
        self.fields[name] = field
        return field

    def add_words(self, label: str, words: str) -> None:
        """The payer's own words, to be read and copied."""
        shown = QPlainTextEdit(words, self)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setFixedHeight(_WORDS_HEIGHT)
        shown.setAccessibleName(label)
        self.form.addRow(label, shown)

    def ask(self) -> None:
        """Shows itself, the first field at hand."""
        self.form.addRow(self.buttons)
        self.show()
        next(iter(self.fields.values())).setFocus()

    def values(self) -> dict[str, str]:
        """What the fields hold."""
        return {
            name: str(field.currentData()) if isinstance(field, QComboBox) else " ".join(field.text().split())
            for name, field in self.fields.items()
        }

    def _on_accepted(self) -> None:
        self.kept.emit(self.values())
        self.accept()


def statement_dialog(
    title: str, statement: Statement, words: str, is_new: bool = False, parent: QWidget | None = None
) -> FieldsDialog:
    """Asks what a statement says; ``words`` are the payer's own, which it stands on."""
    about = "These words of the payer become a statement." if is_new else "Only what you change is kept as yours."
    dialog = FieldsDialog(title, about, parent)
    dialog.add_words("Payer's words", words)
    choice = dialog.add_choice("determination", "&Determination")
    determinations(choice)
    choice.setCurrentIndex(choice.findData(statement.determination.value))
    if isinstance(statement, CatchAll):
        dialog.add_line("scope", "&Speaks of", statement.scope)
        return dialog
    if is_new:
        dialog.add_line("stated", "In the payer's &words", statement.stated)
    dialog.add_line("text", "&Use is called", flat(statement.text))
    dialog.add_line("population", "&Population", statement.population)
    stage = dialog.add_choice("stage", "&Stage")
    for value, word in _STAGES:
        stage.addItem(word, value)
    stage.setCurrentIndex(stage.findData(statement.stage or ""))
    return dialog
