"""Over the matrix: asks, without getting in the way, who the payer is of a document that does not print its name."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from policyview.gui.board import flat
from policyview.gui.citation import short_name
from policyview.gui.plain import ElidedLabel
from policyview.model import Reading


class PayerBar(QFrame):
    """Hidden where every policy names its payer. ``naming_wanted`` and ``document_wanted`` carry a document's file,
    ``left`` says that the keyboard was in it when it went."""

    naming_wanted = Signal(str)
    document_wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._file, self._put_off, self._readings = "", set[str](), list[Reading]()
        self.told = ElidedLabel("", "warning")
        self.name, self.look, self.later = (QPushButton(text, self) for text in ("&Name it …", "&Look", "Not &now"))
        self.name.setAccessibleDescription("Asks who the payer of this document is")
        self.look.setAccessibleDescription("Shows the document, in which the payer may stand as a picture")
        self.later.setAccessibleDescription("Asks no more for the documents that are open")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.addWidget(self.told, 1)
        for button in (self.name, self.look, self.later):
            row.addWidget(button)
        self.name.clicked.connect(lambda: self.naming_wanted.emit(self._file))
        self.look.clicked.connect(lambda: self.document_wanted.emit(self._file))
        self.later.clicked.connect(self._put_it_off)
        self.setVisible(False)

    def show_readings(self, readings: Iterable[Reading]) -> None:
        """What is open now, as corrected."""
        self._readings = [reading for reading in readings if is_asked_for(reading)]
        self._ask()

    def forget(self) -> None:
        """Asks again for all: another workspace stands there."""
        self._put_off.clear()

    def _ask(self) -> None:
        waiting = [reading for reading in self._readings if reading.file not in self._put_off]
        has_focus = any(button.hasFocus() for button in (self.name, self.look, self.later))
        if waiting:
            reading, more = waiting[0], len(waiting) - 1
            title = flat(reading.facts.policy.title or "")
            name = short_name(reading.file)
            called = f"“{title}” ({name})" if title else name
            others = f" {more} more {'is' if more == 1 else 'are'} without." if more else ""
            self._file = reading.file
            self.told.show_text(f"No payer was read in {called}: it may be a picture.{others}")
        self.setVisible(bool(waiting))
        if has_focus and not waiting:
            self.left.emit()

    def _put_it_off(self) -> None:
        self._put_off.update(reading.file for reading in self._readings)
        self._ask()


def is_asked_for(reading: Reading) -> bool:
    """Whether a document states positions of a payer whom nobody named."""
    policy, facts = reading.facts.policy, reading.facts
    return not (policy.payer or policy.is_second_hand) and bool(facts.indications or facts.catch_all)
