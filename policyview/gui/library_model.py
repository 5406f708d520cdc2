"""The library: topics, their payers, their documents, and what became of each file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from policyview.export import doubts
from policyview.gui import icon, theme
from policyview.gui.board import Board, Head, flat
from policyview.gui.citation import short_name, version_words
from policyview.gui.plain import plain_tip
from policyview.model import Failure, Reading

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NONE: Mapping[str, str] = {}
_MAY_BREAK = "\u200b"
_MARKS = re.compile(r"[-_]|\.(?!\w{1,5}$)")  # an ending stays with its name
Kind = Literal["topic", "payer", "read", "loss", "reading", "failed", "skipped", "group"]
LINE = "application/x-policyview-document"
"""What is dragged: a document's line."""
_STATES: dict[str, str] = {
    "read": "read", "loss": "read with stated loss", "reading": "reading", "failed": "not read", "skipped": "skipped",
}  # fmt: skip


@dataclass(frozen=True)
class Shelf:
    """A line of the library. ``file`` names the document; ``told`` says more of its state."""

    kind: Kind
    text: str
    file: str = ""
    told: str = ""
    children: tuple[Shelf, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What keeps a line open or current when the library changes."""
        if self.file:
            return "document", self.file, ""
        return self.kind, self.told, self.text

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.name, _STATES.get(self.kind, ""), self.told)))

    @property
    def name(self) -> str:
        """The text without the places at which its line may break."""
        return self.text.replace(_MAY_BREAK, "")


class Shelves:
    """Makes the library's lines; that of a document once, for thousands are shown anew several times a second."""

    def __init__(self) -> None:
        self._documents: dict[str, tuple[Reading, str, Shelf]] = {}

    def of(
        self, boards: Sequence[Board], readings: dict[str, Reading], failures: Iterable[Failure],
        waiting: Iterable[str], skipped: Iterable[str], left_out: Iterable[str] = (),
    ) -> tuple[Shelf, ...]:  # fmt: skip
        """The whole library, each file once: topics, then what is under way, then what could not be read."""
        tops, placed = [], set[str]()
        for board in boards:
            heads = zip(board.matrix.columns, board.heads, strict=True)
            badges = {column.file: _badge(head) for column, head in heads if column.file in readings}
            placed.update(badges)
            tops.append(self._topic(flat(board.matrix.topic), [readings[file] for file in badges], badges))
        loose = [reading for file, reading in readings.items() if file not in placed]
        if loose:
            tops.append(self._topic("Not compared yet" if not boards else "Without a comparison", loose))
        under_way = dict.fromkeys(file for file in waiting if file not in readings)
        tops += _group("Reading", [Shelf("reading", _breakable(file), file) for file in under_way])
        failed = [failure for failure in failures if failure.file not in under_way]
        tops += _group("Not read", [Shelf("failed", _breakable(f.file), f.file, flat(f.reason)) for f in failed])
        unread = {"Left out: reading was cancelled": left_out, "Skipped: not a type that is read": skipped}
        for name, files in unread.items():
            tops += _group(name, [Shelf("skipped", _breakable(file), file) for file in files])
        return tuple(tops)

    def _topic(self, name: str, readings: Sequence[Reading], badges: Mapping[str, str] = _NONE) -> Shelf:
        payers: dict[str, list[Reading]] = {}
        for reading in readings:
            policy = reading.facts.policy
            payers.setdefault(flat(policy.payer or policy.title or "Payer not named"), []).append(reading)
        lines = tuple(
            Shelf("payer", payer, "", name, tuple(self._document(each, badges.get(each.file, "")) for each in own))
            for payer, own in payers.items()
        )
        return Shelf("topic", name, "", "", lines)

    def _document(self, reading: Reading, badge: str) -> Shelf:
        known = self._documents.get(reading.file)
        if known is None or known[0] is not reading or known[1] != badge:
            known = self._documents[reading.file] = reading, badge, _document(reading, badge)
        return known[2]


def _badge(head: Head) -> str:
    """What tells a document from others of its payer and number."""
    return " · ".join(filter(None, (head.badge, head.scope)))


def _document(reading: Reading, badge: str) -> Shelf:
    policy, losses = reading.facts.policy, reading.losses
    version = version_words(reading)
    named = " · ".join(filter(None, (flat(policy.number or ""), version.rsplit(" ", 1)[-1], badge)))
    told = "; ".join(filter(None, (version, doubts.of_document(reading), *(flat(loss.reason) for loss in losses[:5]))))
    return Shelf("loss" if losses else "read", named or _breakable(reading.file), reading.file, told)


@lru_cache(maxsize=20_000)
def _breakable(file: str) -> str:
    """A file's name that may go on in the next line behind each of its marks."""
    return _MARKS.sub(f"\\g<0>{_MAY_BREAK}", short_name(file))


def _group(name: str, lines: list[Shelf]) -> list[Shelf]:
    return [Shelf("group", f"{name} ({len(lines)})", "", "", tuple(lines))] if lines else []


class LibraryModel(QAbstractItemModel):
    """A reader of the shelves."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Shelf] = []
        self._parents: list[int] = []
        self._rows: list[int] = []
        self._below: list[list[int]] = []
        self._tops: list[int] = []
        self._shown: tuple[Shelf, ...] = ()

    def show(self, tops: tuple[Shelf, ...]) -> bool:
        """Takes the place of what was shown; False where nothing changed."""
        if tops == self._shown:
            return False
        self.beginResetModel()
        self._shown = tops
        self._lines, self._parents, self._rows, self._below = [], [], [], []
        self._tops = [self._add(top, -1, row) for row, top in enumerate(tops)]
        self.endResetModel()
        return True

    def _add(self, shelf: Shelf, parent: int, row: int) -> int:
        number = len(self._lines)
        self._lines.append(shelf)
        self._parents.append(parent)
        self._rows.append(row)
        self._below.append([])
        self._below[number] = [self._add(child, number, k) for k, child in enumerate(shelf.children)]
        return number

    def shelf(self, index: Index) -> Shelf | None:
        """The line at an index."""
        return self._lines[index.internalId()] if index.isValid() else None

    def depth(self, index: Index) -> int:
        """1 for a topic, one more for each line that it stands under."""
        number, depth = index.internalId() if index.isValid() else -1, 0
        while number >= 0:
            number, depth = self._parents[number], depth + 1
        return depth

    def find(self, key: tuple[str, str, str]) -> QModelIndex:
        """The index of the first line with a key; an invalid one where there is none."""
        for number, shelf in enumerate(self._lines):
            if shelf.key == key:
                return self.createIndex(self._rows[number], 0, number)
        return QModelIndex()

    def retheme(self) -> None:
        """Draws the icons anew."""
        self.layoutChanged.emit()

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        below = self._below[parent.internalId()] if parent.isValid() else self._tops
        return self.createIndex(row, column, below[row]) if column == 0 and 0 <= row < len(below) else QModelIndex()

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        above = self._parents[index.internalId()] if index.isValid() else -1
        return QModelIndex() if above < 0 else self.createIndex(self._rows[above], 0, above)

    def flags(self, index: Index) -> Qt.ItemFlag:
        shelf = self.shelf(index)
        drag = Qt.ItemFlag.ItemIsDragEnabled if shelf and shelf.kind in {"read", "loss"} else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | drag

    def mimeTypes(self) -> list[str]:
        return [LINE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        dragged = QMimeData()
        dragged.setData(LINE, b"")
        return dragged

    def rowCount(self, parent: Index = _ROOT) -> int:
        if parent.column() > 0:
            return 0
        return len(self._below[parent.internalId()] if parent.isValid() else self._tops)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shelf = self.shelf(index)
        if shelf is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return shelf.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shelf.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            names = shelf.name, short_name(shelf.file) if shelf.file else "", _STATES.get(shelf.kind, ""), shelf.told
            return plain_tip("\n".join(dict.fromkeys(filter(None, names if shelf.kind != "payer" else names[:1]))))
        if role == Qt.ItemDataRole.DecorationRole and shelf.kind in _STATES:
            drawing = "failed" if shelf.kind == "skipped" else shelf.kind
            look = theme.current()
            return icon.icon(f"document-{drawing}", look.colour("warning" if drawing in {"loss", "failed"} else "soft"))
        if role == Qt.ItemDataRole.FontRole:
            return theme.current().font("normal", bold=shelf.kind == "topic")
        return None
