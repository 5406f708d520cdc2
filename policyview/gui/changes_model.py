"""The changes between two versions by weight, what the history tells, and what was suppressed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from policyview.export import vocabulary
from policyview.export.versions import VersionReport
from policyview.gui import icon, theme
from policyview.gui.change_faces import GROUPS, ChangeBoard, ChangeFace
from policyview.gui.change_marks import ChangeMarks, Identity, Mark
from policyview.gui.plain import plain_tip
from policyview.model import Reading

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LOUD = frozenset({"history-doubt"})


@dataclass(frozen=True)
class ChangeFilter:
    """Which changes are shown; all of what is asked for must hold. ``bears_on`` is empty for all."""

    is_substantive: bool = False
    bears_on: str = ""
    is_untold: bool = False
    is_moved: bool = False
    is_unreviewed: bool = False

    def takes(self, face: ChangeFace, mark: Mark) -> bool:
        """Whether a line is shown; what is no change is, unless something is asked for."""
        if self == ChangeFilter():
            return True
        return face.subject is not None and not (
            (self.is_substantive and not face.is_substantive)
            or (self.bears_on and face.bears_on != self.bears_on)
            or (self.is_untold and face.is_told)
            or (self.is_moved and not face.is_moved)
            or (self.is_unreviewed and mark.is_reviewed)
        )


class ChangesModel(QAbstractItemModel):
    """A reader of one board and of the marks; the groups stand at the top, their lines below them."""

    def __init__(self, marks: ChangeMarks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._board: ChangeBoard | None = None
        self._filter = ChangeFilter()
        self._groups: list[str] = []
        self._lines: list[list[ChangeFace]] = []
        marks.changed.connect(self._on_mark_changed)

    # ------------------------------------------------------------ what is shown

    @property
    def board(self) -> ChangeBoard | None:
        return self._board

    @property
    def filter(self) -> ChangeFilter:
        return self._filter

    def show(self, board: ChangeBoard | None) -> None:
        """Takes the place of what was shown."""
        self._board = board
        self._sift()

    def renew(self, old: Reading, new: Reading) -> None:
        """Takes the same documents as they are known now: the second reading may tell of further losses."""
        if self._board is not None:
            report = VersionReport(old, new, self._board.report.diff)
            self._board = replace(self._board, report=report)

    def set_filter(self, wanted: ChangeFilter) -> None:
        """Shows only what it takes."""
        self._filter = wanted
        self._sift()

    def _sift(self) -> None:
        self.beginResetModel()
        self._groups, self._lines = [], []
        for name in GROUPS if self._board else ():
            lines = [face for face in self._all(name) if self._filter.takes(face, self._marks.mark(face.subject))]
            if lines or (name == "coverage" and self._filter == ChangeFilter()):
                self._groups.append(name)
                self._lines.append(lines)
        self.endResetModel()

    def _all(self, group: str) -> tuple[ChangeFace, ...]:
        return self._board.groups[group] if self._board else ()

    def face(self, index: Index) -> ChangeFace | None:
        """The line at an index; None for a group."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._lines[index.internalId() - 1][index.row()]

    def group(self, index: Index) -> str:
        """The name of the group at an index, empty for a line."""
        return self._groups[index.row()] if index.isValid() and index.internalId() == 0 else ""

    def mark(self, face: ChangeFace) -> Mark:
        return self._marks.mark(face.subject)

    def group_index(self, name: str) -> QModelIndex:
        """The index of a group; an invalid one where it is not shown."""
        return self.index(self._groups.index(name), 0) if name in self._groups else QModelIndex()

    def indexes(self) -> list[QModelIndex]:
        """Those of all lines that are shown, in order."""
        return [self.createIndex(row, 0, at + 1) for at, lines in enumerate(self._lines) for row in range(len(lines))]

    def find(self, identity: Identity) -> QModelIndex:
        """The index of a change; an invalid one where it is not shown."""
        return next(
            (index for index in self.indexes()
             if (face := self.face(index)) and face.subject and face.subject.identity == identity), _ROOT,
        )  # fmt: skip

    def unreviewed(self) -> int:
        """How many substantive changes nobody has judged yet."""
        return sum(not self._marks.mark(each).is_reviewed for each in self._board.subjects) if self._board else 0

    def retheme(self) -> None:
        """Draws the icons anew."""
        self.layoutChanged.emit()

    def _on_mark_changed(self, identity: Identity | None) -> None:
        changed = [self.find(identity)] if identity else self.indexes()
        for index in changed:
            if index.isValid():
                self.dataChanged.emit(index, index)

    # ------------------------------------------------------------ Qt's side

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        if column != 0 or row < 0 or row >= self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        if not parent.isValid():
            return len(self._groups)
        return len(self._lines[parent.row()]) if parent.internalId() == 0 and parent.column() == 0 else 0

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        face = self.face(index)
        if face is not None:
            return self._of_line(face, role)
        return self._of_group(index.row(), role) if index.isValid() else None

    def _of_line(self, face: ChangeFace, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return face.sentence
        if role == Qt.ItemDataRole.AccessibleTextRole:
            bearing = f"bears on {face.bears_on}" if face.is_substantive else ""
            return "; ".join(filter(None, (face.sentence, face.about, bearing, self.marked(face))))
        if role == Qt.ItemDataRole.ToolTipRole:
            told = face.sentence, face.head, face.told, face.why, self.marked(face)
            return plain_tip("\n".join(filter(None, told)))
        if role == Qt.ItemDataRole.DecorationRole:
            look = theme.current()
            return icon.icon(face.icon, look.colour("warning" if face.icon in _LOUD else "accent"))
        return None

    def marked(self, face: ChangeFace) -> str:
        """What was said of a change, in words; empty for what is no change."""
        if face.subject is None:
            return ""
        mark = self._marks.mark(face.subject)
        judged = vocabulary.word("marks", mark.judgement) if mark.judgement else "not reviewed"
        return f"{judged}, note: {mark.note}" if mark.note else judged

    def _of_group(self, row: int, role: int) -> Any:
        name = self._groups[row]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            shown, total = len(self._lines[row]), len(self._all(name))
            count = f"{shown} of {total}" if shown < total else f"{total}" if total else "none"
            return f"{vocabulary.word('change_groups', name)} ({count})"
        if role == Qt.ItemDataRole.FontRole:
            return theme.current().font(bold=name != "suppressed")
        return None
