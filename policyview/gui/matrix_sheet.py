"""The two tables of the matrix: labels and pinned columns that stay, cells that scroll."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from policyview.gui.matrix_delegate import MatrixDelegate
from policyview.gui.matrix_header import MatrixHeader
from policyview.gui.matrix_model import LABEL_COLUMN, Index, MatrixModel

CELL, ROW = "application/x-policyview-cell", "application/x-policyview-row"
"""What is dragged from row to row: the current cell, or the whole of its row."""


class _Unseen(QHeaderView):
    """A header of lines that is not shown: Qt asks one for hundreds of words to know how wide it would be."""

    def sizeHint(self) -> QSize:
        return QSize(0, 0)


class _Table(QTableView):
    """What both tables have in common. ``menu_wanted`` carries where a menu is to open, ``head_menu_wanted`` also the
    column whose head it is of, ``row_dropped`` the line onto which something was dragged, and what (CELL or ROW)."""

    resized = Signal()
    menu_wanted = Signal(QPoint)
    head_menu_wanted = Signal(int, QPoint)
    row_dropped = Signal(int, str)
    dragged = ""
    """What is dragged from this table."""

    def __init__(self, model: MatrixModel, delegate: MatrixDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may_drag: Callable[[], bool] = lambda: False
        self._pressed: QPoint | None = None
        self.setItemDelegate(delegate)
        self.head = MatrixHeader(model, self)
        self.setHorizontalHeader(self.head)
        self.setVerticalHeader(_Unseen(Qt.Orientation.Vertical, self))
        self.setModel(model)  # behind its headers: Qt's own would be asked for all their words
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # else the keyboard cannot leave the matrix
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)  # no row and no column is cut
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the heights differ
        self.head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.head.customContextMenuRequested.connect(self._on_head_menu)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """With the first row of a group its head comes into sight: it says whom the row is for."""
        model = self.model()
        if isinstance(model, MatrixModel) and index.row() > 0 and model.matrix_row(index.row() - 1) is None:
            super().scrollTo(model.index(index.row() - 1, self._first_shown()), hint)
        shown = self.model().index(index.row(), self._first_shown()) if self.isColumnHidden(index.column()) else index
        super().scrollTo(shown, hint)

    def _first_shown(self) -> int:
        """The first column in view: to what is pinned beside it nothing scrolls across."""
        return max(LABEL_COLUMN, self.columnAt(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts here; rows are found by the filter."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.currentIndex().isValid():
            return
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        below = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(below if by_key else event.globalPos())

    def _on_head_menu(self, place: QPoint) -> None:
        self.head_menu_wanted.emit(self.head.logicalIndexAt(place), self.head.viewport().mapToGlobal(place))

    # ------------------------------------------------------------ dragging from here

    def _press(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._pressed = place if event.button() is Qt.MouseButton.LeftButton and self.indexAt(place).isValid() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What is current is dragged onto another row; nothing else is chosen on the way."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            if self.may_drag():
                self.drag()

    def drag(self) -> None:
        """Takes the current cell, or its row, along until the button is let go."""
        drag, mime = QDrag(self), QMimeData()
        mime.setData(self.dragged, b"")
        index = self.currentIndex()
        rect = self.visualRect(index.siblingAtColumn(LABEL_COLUMN) if self.dragged == ROW else index)
        drag.setMimeData(mime)
        drag.setPixmap(self.viewport().grab(rect))
        drag.setHotSpot(QPoint(12, rect.height() // 2))
        drag.exec(Qt.DropAction.MoveAction)

    # ------------------------------------------------------------ what is dragged here

    def _line_of_drop(self, event: QDropEvent) -> int:
        """The line that something is dragged over; -1 where it cannot be put."""
        if _what(event) is None:
            return -1
        line = self.rowAt(int(event.position().y()))
        model = self.model()
        assert isinstance(model, MatrixModel)
        return line if model.matrix_row(line) is not None and line != self.currentIndex().row() else -1

    def _show_drop(self, line: int) -> None:
        delegate = self.itemDelegate()
        assert isinstance(delegate, MatrixDelegate)
        if delegate.drop_line != line:
            delegate.drop_line = line
            for table in self.window().findChildren(_Table):
                table.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(_what(event) is not None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        line = self._line_of_drop(event)
        self._show_drop(line)
        event.setAccepted(line >= 0)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        line = self._line_of_drop(event)
        self._show_drop(-1)
        event.setAccepted(line >= 0)
        if line >= 0:
            self.row_dropped.emit(line, _what(event))


def _what(event: QDropEvent) -> str | None:
    """What is being dragged; None for what is not the matrix's own."""
    return next((what for what in (CELL, ROW) if event.mimeData().hasFormat(what)), None)


_Action = QAbstractItemView.CursorAction
_STEPS = {
    _Action.MoveUp: ((-1, 1), (0, 1)), _Action.MoveDown: ((1, 1), (0, 1)), _Action.MoveLeft: ((0, 1), (-1, 1)),
    _Action.MoveRight: ((0, 1), (1, 1)), _Action.MovePageUp: ((-1, 2), (0, 1)), _Action.MovePageDown: ((1, 2), (0, 1)),
    _Action.MoveHome: ((0, 1), (-1, 3)), _Action.MoveEnd: ((0, 1), (1, 3)),
}  # fmt: skip
"""Down and across: which way, and how far: one, a page or all."""


class LabelsTable(_Table):
    """The row labels, and beside them the columns that stay. A press on a label makes its row current; the keyboard
    stays in the cells."""

    cell_pressed = Signal(int, int)
    entered_cell = Signal()
    dragged = ROW

    def __init__(self, model: MatrixModel, delegate: MatrixDelegate, parent: QWidget | None = None) -> None:
        super().__init__(model, delegate, parent)
        self.setObjectName("labels")
        self.setAccessibleName("Indications")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoScroll(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self.dragged = CELL if self.columnAt(place.x()) > LABEL_COLUMN else ROW
        self.cell_pressed.emit(self.rowAt(place.y()), self.columnAt(place.x()))
        self._press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        if self.dragged == CELL:
            self.entered_cell.emit()


class CellsTable(_Table):
    """The payers' cells."""

    entered_cell = Signal()
    touched = Signal()
    focus_changed = Signal()
    dragged = CELL

    def __init__(self, model: MatrixModel, delegate: MatrixDelegate, parent: QWidget | None = None) -> None:
        super().__init__(model, delegate, parent)
        self.setObjectName("cells")
        self.setAccessibleName("Matrix of indications and payers")
        self.setAccessibleDescription("Arrow keys move through the cells, Enter goes to the source, F8 to the next "
                                      "row on which payers differ, Space confirms, Delete marks as not relevant, "
                                      "N writes a note, F2 corrects")  # fmt: skip
        self.doubleClicked.connect(lambda index: self.entered_cell.emit())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        super().mousePressEvent(event)
        self._press(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Pinned columns stand in the other table, and are walked with these as if they stood in one."""
        index, model = self.currentIndex(), self.model()
        pinned = [n for n in range(1, model.columnCount()) if self.isColumnHidden(n)] if index.isValid() else []
        step = _STEPS.get(action)
        if step is None or not pinned or not isinstance(model, MatrixModel):
            return super().moveCursor(action, modifiers)
        whole, page = model.rowCount() + model.columnCount(), self.lines_a_page
        down, across = (way * {1: 1, 2: page, 3: whole}[size] for way, size in step)
        if down == 0 and abs(across) == whole and modifiers & Qt.KeyboardModifier.ControlModifier:
            down = across
        column = min(max(1, index.column() + across), model.columnCount() - 1)
        wanted = min(max(0, index.row() + down), model.rowCount() - 1)
        way = 1 if down > 0 else -1
        onward = range(wanted, model.rowCount() if way > 0 else -1, way) if down else ()
        back = range(wanted, index.row() - way, -way)
        line = next((line for line in (*onward, *back) if model.matrix_row(line) is not None), index.row())
        return model.index(line, column)

    @property
    def lines_a_page(self) -> int:
        """How many lines one sees, less one to go on from."""
        return max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touched.emit()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_cell.emit()
        else:
            super().keyPressEvent(event)
