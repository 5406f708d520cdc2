"""Chooses which two versions are compared: a policy that has several, or any two documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from policyview.gui.board import flat
from policyview.gui.citation import short_name, source_name, version_words
from policyview.gui.plain import ElidedCombo, PlainLabel, plain_tip
from policyview.gui.version_groups import Versions
from policyview.model import Reading

_LIST_WIDTH = 460  # pixels of the list that drops down: names are longer than the room for the chosen one
Pair = tuple[str, str]
"""The files of the older and of the newer version."""


class VersionsBar(QFrame):
    """``pair_chosen`` when a person, or a policy that came in first, chose another pair."""

    pair_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._readings: dict[str, Reading] = {}
        self._groups: tuple[Versions, ...] = ()
        self.policy = self._combo("Policy with several versions", 24)
        self.policy.setPlaceholderText("Two documents")
        self.old, self.new = self._combo("Older version", 14), self._combo("Newer version", 14)
        self.swap = QPushButton("Swap", self)
        self.swap.setAccessibleDescription("Takes the older version for the newer one")
        self.swap.setToolTip("Takes the older version for the newer one")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        for name, combo, stretch in (("Policy", self.policy, 4), ("Older", self.old, 3), ("Newer", self.new, 3)):
            label = PlainLabel(name, "soft")
            label.setBuddy(combo)
            row.addWidget(label)
            row.addWidget(combo, stretch)
        row.addWidget(self.swap)
        self.policy.currentIndexChanged.connect(self._on_policy_chosen)
        for combo in (self.old, self.new):
            combo.currentIndexChanged.connect(self._on_version_chosen)
        self.swap.clicked.connect(self._on_swapped)

    def _combo(self, name: str, letters: int) -> QComboBox:
        combo = ElidedCombo(self)
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(letters)
        combo.setPlaceholderText("Choose a document")
        combo.view().setMinimumWidth(_LIST_WIDTH)
        return combo

    @property
    def pair(self) -> Pair | None:
        """What is to be compared; None where it is not two documents."""
        old, new = self.old.currentData(), self.new.currentData()
        return (old, new) if old and new and old != new else None

    @property
    def groups(self) -> tuple[Versions, ...]:
        return self._groups

    def show_readings(self, readings: Iterable[Reading], groups: Sequence[Versions]) -> None:
        """Offers what was read; the choice stays where it can."""
        was, found = (self.old.currentData(), self.new.currentData()), {each.file: each for each in readings}
        same = found.keys() == self._readings.keys() and all(found[f] is self._readings[f] for f in found)
        if same and tuple(groups) == self._groups:
            return
        self._readings, self._groups = found, tuple(groups)
        with QSignalBlocker(self.policy):
            self.policy.clear()
            for group in groups:
                self.policy.addItem(f"{_policy_name(group[-1])} · {len(group)} versions")
        self.policy.setEnabled(bool(groups))
        if groups and not any(file in found for file in was):  # nothing is chosen, or what is not there any more
            was = groups[0][-2].file, groups[0][-1].file
        self._offer(*was)

    def choose(self, old: str | None, new: str | None) -> None:
        """Chooses documents by their files; one that is None is left to be chosen."""
        was = self.pair
        self._offer(old, new)
        if self.pair != was:
            self.pair_chosen.emit()

    def versions_of(self, file: str) -> Versions:
        """All versions of a document's policy, its own too; empty where it has no other."""
        return next((group for group in self._groups if any(each.file == file for each in group)), ())

    def _offer(self, old: str | None, new: str | None) -> None:
        """Fills both lists, the versions of the chosen policy first, and makes these two current."""
        group = self.versions_of(new or old or "")
        is_theirs = any(each.file == old for each in group) and any(each.file == new for each in group)
        with QSignalBlocker(self.policy):
            self.policy.setCurrentIndex(self._groups.index(group) if is_theirs else -1)
        own = {each.file for each in group}
        others = sorted((each for each in self._readings.values() if each.file not in own), key=_full_name)
        for combo, file in ((self.old, old), (self.new, new)):
            with QSignalBlocker(combo):
                combo.clear()
                for each in group:
                    combo.addItem(_version_name(each), each.file)
                if group and others:
                    combo.insertSeparator(combo.count())
                for each in others:
                    combo.addItem(_full_name(each), each.file)
                combo.setCurrentIndex(combo.findData(file) if file else -1)
            combo.setToolTip(plain_tip(combo.currentText()))
        self.swap.setEnabled(self.pair is not None)

    def _on_policy_chosen(self, number: int) -> None:
        if number >= 0:
            group = self._groups[number]
            self.choose(group[-2].file, group[-1].file)

    def _on_version_chosen(self) -> None:
        self._offer(self.old.currentData(), self.new.currentData())
        self.pair_chosen.emit()

    def _on_swapped(self) -> None:
        self.choose(self.new.currentData(), self.old.currentData())


def _policy_name(reading: Reading) -> str:
    title = flat(reading.facts.policy.title or "")
    name = source_name(reading)
    return name if title in name else f"{name} · {title}"


def _version_name(reading: Reading) -> str:
    version = version_words(reading)
    return f"{version} · {short_name(reading.file)}" if version else short_name(reading.file)


def _full_name(reading: Reading) -> str:
    """Payer and number, then the date: what tells two versions apart is not to be cut off."""
    title = flat(reading.facts.policy.title or "")
    named = dict.fromkeys((source_name(reading), version_words(reading), title, short_name(reading.file)))
    return " · ".join(filter(None, named))
