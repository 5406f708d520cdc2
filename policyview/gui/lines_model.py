"""Lines as Qt asks for them: a reader of one part of the audit, with the filter applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from policyview.gui.audit_lines import Line
from policyview.gui.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True)
class LineFilter:
    """Which lines are shown; all of what is asked for must hold, empty asks for nothing."""

    words: tuple[str, ...] = ()
    who: str = ""
    action: str = ""
    payer: str = ""
    stands: bool = False

    def takes(self, line: Line) -> bool:
        """Whether a line is shown."""
        return not (
            (self.who and line.who != self.who) or (self.action and line.action != self.action)
            or (self.payer and line.payer != self.payer) or (self.stands and not line.stands)
            or not all(word in line.found_by for word in self.words)
        )  # fmt: skip


class LinesModel(QAbstractTableModel):
    """A line of the audit a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[str, ...] = ()
        self._all: tuple[Line, ...] = ()
        self._lines: list[Line] = []
        self._filter = LineFilter()

    def show(self, heads: Sequence[str], lines: Sequence[Line], wanted: LineFilter) -> None:
        """Takes the place of what was shown."""
        self.beginResetModel()
        self._heads, self._all, self._filter = tuple(heads), tuple(lines), wanted
        self._lines = list(self._all) if wanted == LineFilter() else [line for line in lines if wanted.takes(line)]
        self.endResetModel()

    @property
    def total(self) -> int:
        """How many lines there are without the filter."""
        return len(self._all)

    def line(self, index: Index) -> Line | None:
        return self._lines[index.row()] if index.isValid() and index.row() < len(self._lines) else None

    def find(self, key: str) -> int | None:
        """The row of a line; None where it is not shown."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), None)

    # ------------------------------------------------------------ Qt's side

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "; ".join(filter(None, line.cells)).replace("\n", ", ") if index.column() == 0 else (
                line.cells[index.column()].replace("\n", ", "))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(line.detail)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if section < len(self._heads) else None
        return None
