"""A cell's outline as Qt's tree."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from policyview.gui.cell_outline import Node
from policyview.gui.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CellModel(QAbstractItemModel):
    """A reader of a tuple of nodes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[Node] = []
        self._parents: list[int] = []
        self._rows: list[int] = []
        self._children: list[list[int]] = []
        self._tops: list[int] = []

    def show(self, nodes: tuple[Node, ...]) -> None:
        """Takes the place of what was shown."""
        self.beginResetModel()
        self._nodes, self._parents, self._rows, self._children = [], [], [], []
        self._tops = [self._add(node, -1, row) for row, node in enumerate(nodes)]
        self.endResetModel()

    def _add(self, node: Node, parent: int, row: int) -> int:
        number = len(self._nodes)
        self._nodes.append(node)
        self._parents.append(parent)
        self._rows.append(row)
        self._children.append([])
        self._children[number] = [self._add(child, number, k) for k, child in enumerate(node.children)]
        return number

    def node(self, index: Index) -> Node | None:
        """The node at an index."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def statement(self, index: Index) -> int | None:
        """Which of the cell's statements a line belongs to, from 0; None before the first."""
        if not index.isValid():
            return None
        number = index.internalId()
        while self._parents[number] >= 0:
            number = self._parents[number]
        before = self._tops[: self._tops.index(number) + 1]
        found = sum(self._nodes[top].kind == "statement" for top in before)
        return found - 1 if found else None

    def index_of(self, statement: int) -> QModelIndex:
        """The line of a statement; an invalid index where there is none."""
        lines = [row for row, top in enumerate(self._tops) if self._nodes[top].kind == "statement"]
        return self.index(lines[statement], 0) if statement < len(lines) else QModelIndex()

    def _below(self, parent: Index) -> list[int]:
        return self._children[parent.internalId()] if parent.isValid() else self._tops

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        below = self._below(parent)
        return self.createIndex(row, column, below[row]) if column == 0 and 0 <= row < len(below) else QModelIndex()

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        above = self._parents[index.internalId()] if index.isValid() else -1
        return QModelIndex() if above < 0 else self.createIndex(self._rows[above], 0, above)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.column() > 0 else len(self._below(parent))

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{node.label} {node.text}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return node.spoken
        if role == Qt.ItemDataRole.ToolTipRole and node.target:
            return plain_tip("Enter lights these words in the source")
        return None
