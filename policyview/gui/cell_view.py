"""The current cell in full: what the payer says, under which criteria, and why it stands in this row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from policyview.export import vocabulary
from policyview.gui import icon, theme
from policyview.gui.board import flat
from policyview.gui.cell_delegate import CellDelegate
from policyview.gui.cell_model import CellModel
from policyview.gui.cell_outline import outline
from policyview.gui.cell_remarks import NOTHING_TOLD, Told
from policyview.gui.citation import source_name
from policyview.gui.plain import WrappedLabel
from policyview.gui.standing import Standing, Target
from policyview.gui.wrapping_tree import WrappingTree
from policyview.model import State


class OpenTree(WrappingTree):
    """A tree whose lines wrap; Enter follows a line to its words, Esc leaves."""

    left = Signal()
    followed = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setAccessibleName("Criteria of the current cell")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(16)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(False)
        self.clicked.connect(self.followed)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Everything is open and stays so; the indentation says what belongs where."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.followed.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CellView(QFrame):
    """Shows one standing. ``target_chosen`` carries the place of the line that was followed, ``menu_wanted`` where the
    menu of the current statement is to open."""

    target_chosen = Signal(object)
    menu_wanted = Signal(QPoint)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._standing: Standing | None = None
        self._model = CellModel(self)
        self.tree = OpenTree(self)
        self.tree.setModel(self._model)
        self.tree.setItemDelegate(CellDelegate(self.tree, self._model))
        self.sign = QLabel(self)
        self.title = WrappedLabel("", "heading", self)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.setContentsMargins(10, 8, 10, 4)
        head.setSpacing(8)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self.tree.followed.connect(self._on_followed)
        self.tree.left.connect(self.left)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(self.tree.viewport().mapToGlobal(place)))  # fmt: skip
        self.retheme()
        self.show_standing(None)

    @property
    def statement(self) -> int | None:
        """The number of the statement in which a line is chosen; None where none is."""
        chosen = self.tree.selectionModel().selectedIndexes()
        return self._model.statement(chosen[0]) if chosen else None

    def show_standing(self, standing: Standing | None, told: Told = NOTHING_TOLD) -> None:
        """Shows a cell in full, with what people said of it; nothing for None. Of the same cell the same statement
        stays current."""
        number = self.statement if _is_same(standing, self._standing) else None
        self._standing = standing
        self._model.show(outline(standing, told) if standing else ())
        self.tree.expandAll()
        self.tree.scrollToTop()
        if number is not None:
            self.tree.setCurrentIndex(self._model.index_of(number))
        self.sign.setVisible(standing is not None)
        self.title.setFont(theme.current().font(bold=standing is not None))
        if standing is None:
            self.title.show_text("The criteria of the current cell stand here")
            self.sign.clear()
            return
        self.title.show_text(f"{flat(standing.row.label)}\n{source_name(standing.reading)}: {_said(standing)}")
        self._draw_sign()

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        self.title.setFont(theme.current().font(bold=self._standing is not None))
        self._draw_sign()
        self.tree.scheduleDelayedItemsLayout()

    def _draw_sign(self) -> None:
        if self._standing is None:
            return
        shown = self._standing.determinations[0] if self._standing.determinations else None
        derived = self._standing.state is not State.STATED
        name = vocabulary.icon_name(shown, derived) if shown else "silent"
        self.sign.setPixmap(icon.pixmap(name, theme.current().determination(shown), 18))

    def _on_followed(self, index: QModelIndex) -> None:
        node = self._model.node(index)
        if node is not None and isinstance(node.target, Target):
            self.target_chosen.emit(node.target)


def _is_same(one: Standing | None, other: Standing | None) -> bool:
    """Whether both are one document's standing on one use, before a correction and after it."""
    if one is None or other is None or one.column.file != other.column.file:
        return False
    return one.row.id == other.row.id or bool({c.indication for c in one.cells} & {c.indication for c in other.cells})


def _said(standing: Standing) -> str:
    if standing.state is State.SILENT:
        return standing.state_word
    word = vocabulary.determination_word(standing.determinations[0])
    return word if standing.state is State.STATED else f"{word} ({standing.state_word})"
