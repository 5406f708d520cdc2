"""Two tables side by side on one model and one selection: labels that stay, cells that scroll beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableView,
    QWidget,
)

from policyview.export import vocabulary
from policyview.gui.matrix_delegate import MatrixDelegate
from policyview.gui.matrix_header import MatrixHeader
from policyview.gui.matrix_model import LABEL_COLUMN, Index, MatrixModel
from policyview.model import Determination

WIDEST_COLUMN = 320  # pixels; wider columns only move the payers apart
LABELS, NARROWEST_LABELS = 170, 120  # pixels
CELL, ROW = "application/x-policyview-cell", "application/x-policyview-row"
"""What is dragged from row to row: the current cell, or the whole of its row."""


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
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.head = MatrixHeader(model, self)
        self.setHorizontalHeader(self.head)
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
            super().scrollTo(model.index(index.row() - 1, index.column()), hint)
        super().scrollTo(index, hint)

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


class LabelsTable(_Table):
    """The row labels. A press on one makes its row current; the keyboard stays in the cells."""

    line_pressed = Signal(int)
    dragged = ROW

    def __init__(self, model: MatrixModel, delegate: MatrixDelegate, parent: QWidget | None = None) -> None:
        super().__init__(model, delegate, parent)
        self.setObjectName("labels")
        self.setAccessibleName("Indications")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoScroll(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setStretchLastSection(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line_pressed.emit(self.rowAt(event.position().toPoint().y()))
        self._press(event)


class CellsTable(_Table):
    """The payers' cells."""

    entered_cell = Signal()
    touched = Signal()
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touched.emit()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_cell.emit()
        else:
            super().keyPressEvent(event)


class MatrixTables(QWidget):
    """The pair. ``current_changed`` carries model line and column, -1 and -1 for none."""

    current_changed = Signal(int, int)
    entered_cell = Signal()
    touched = Signal()
    cell_menu_wanted = Signal(QPoint)
    row_menu_wanted = Signal(QPoint)
    head_menu_wanted = Signal(int, QPoint)
    row_dropped = Signal(int, str)

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._labels_width = 0
        self._headed: tuple[object, ...] = ()
        self.delegate = MatrixDelegate(model, self)
        self.labels = LabelsTable(model, self.delegate, self)
        self.cells = CellsTable(model, self.delegate, self)
        own = self.labels.selectionModel()
        self.labels.setSelectionModel(self.cells.selectionModel())
        own.deleteLater()
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.labels)
        splitter.addWidget(self.cells)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([LABELS, 10_000])
        self.labels.setMinimumWidth(NARROWEST_LABELS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.setFocusProxy(self.cells)
        self._link()
        self._lay_out()

    def _link(self) -> None:
        self.labels.verticalScrollBar().valueChanged.connect(self.cells.verticalScrollBar().setValue)
        self.cells.verticalScrollBar().valueChanged.connect(self.labels.verticalScrollBar().setValue)
        self.cells.selectionModel().currentChanged.connect(self._on_current_changed)
        self.labels.line_pressed.connect(self._on_line_pressed)
        self.labels.line_pressed.connect(self.touched)
        self.cells.touched.connect(self.touched)
        self.cells.entered_cell.connect(self.entered_cell)
        self.cells.resized.connect(self._share_width)
        self.labels.resized.connect(self._on_labels_resized)
        self.cells.horizontalScrollBar().valueChanged.connect(self._say_extent)
        self._model.modelReset.connect(self._lay_out)
        self.cells.menu_wanted.connect(self.cell_menu_wanted)
        self.labels.menu_wanted.connect(self.row_menu_wanted)
        for table in (self.labels, self.cells):
            table.row_dropped.connect(self.row_dropped)
            table.head_menu_wanted.connect(self.head_menu_wanted)

    # ------------------------------------------------------------ current cell

    @property
    def current(self) -> tuple[int, int]:
        """Line and column of the current cell, (-1, -1) for none."""
        index = self.cells.currentIndex()
        return (index.row(), index.column()) if index.isValid() else (-1, -1)

    def rect_of_current(self, is_label: bool = False) -> QRect:
        """Where the current cell stands, or its row's label."""
        table, index = (self.labels if is_label else self.cells), self.cells.currentIndex()
        shown = table.visualRect(index.siblingAtColumn(LABEL_COLUMN) if is_label else index)
        return QRect(table.viewport().mapTo(self, shown.topLeft()), shown.size())

    def set_current(self, line: int, column: int) -> None:
        """Makes a cell current and scrolls to it; a head of a group never becomes current."""
        if self._model.matrix_row(line) is None or column < 1:
            return
        index = self._model.index(line, column)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.cells.selectionModel().setCurrentIndex(index, flag)
        self.cells.scrollTo(index)

    def step_look(self, step: int) -> bool:
        """Moves to the next (1) or previous (-1) cell that a person should check, line by line; False for none."""
        columns = self._model.columnCount()
        line, column = self.current
        place = max(0, line) * columns + max(0, column) + step
        while 0 <= place < self._model.rowCount() * columns:
            face = self._model.face(self._model.index(*divmod(place, columns)))
            if face is not None and face.look:
                self.set_current(*divmod(place, columns))
                return True
            place += step
        return False

    def _on_line_pressed(self, line: int) -> None:
        self.set_current(line, max(1, self.current[1]))
        self.cells.setFocus(Qt.FocusReason.MouseFocusReason)

    def _on_current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        self.delegate.current_line = now.row()
        if now.row() != before.row():
            self.labels.viewport().update()
            self.cells.viewport().update()
        self.current_changed.emit(now.row(), now.column())

    # ------------------------------------------------------------ sizes

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        before = self.delegate.row_height
        self.delegate.retheme()
        if self.delegate.row_height != before:
            self._lay_out()
        for table in (self.labels, self.cells):
            table.viewport().update()

    def _lay_out(self) -> None:
        self.delegate.current_line = self.current[0]
        columns = self._model.columnCount()
        for table in (self.labels, self.cells):
            table.verticalHeader().setDefaultSectionSize(self.delegate.row_height)
            table.clearSpans()
            for column in range(columns):
                is_label = column == LABEL_COLUMN
                table.setColumnHidden(column, is_label is (table is self.cells))
        self._set_heights()
        for line in self._model.group_lines() if columns > 2 else ():
            self.cells.setSpan(line, 1, 1, columns - 1)
        self._share_width()

    def _set_heights(self) -> None:
        """Heads of groups are lower than rows; a line that was one in the board before is so no longer."""
        groups, row_height = set(self._model.group_lines()), self.delegate.row_height
        for table in (self.labels, self.cells):
            header = table.verticalHeader()
            for line in range(self._model.rowCount()):
                if line not in groups and header.sectionSize(line) != row_height:
                    header.resizeSection(line, row_height)
        self._set_group_heights()

    def _set_group_heights(self) -> None:
        """So that a group's name fits the label column on one line or two."""
        self._labels_width = self.labels.viewport().width()  # the column is stretched to it
        for line in self._model.group_lines():
            height = self.delegate.group_height(self._model.label(line), self._labels_width)
            for table in (self.labels, self.cells):
                if table.verticalHeader().sectionSize(line) != height:
                    table.verticalHeader().resizeSection(line, height)

    def _on_labels_resized(self) -> None:
        if self.labels.viewport().width() != self._labels_width:
            self._set_group_heights()

    def _share_width(self) -> None:
        payers = self._model.columnCount() - 1
        if payers < 1:
            return
        words = self._model.words() or {vocabulary.determination_word(Determination.MEDICALLY_NECESSARY)}
        needed = max(map(self.delegate.word_width, words))
        room = self.cells.viewport().width()
        fitting = max(1, min(payers, room // needed))
        width = max(needed, min(room // fitting, WIDEST_COLUMN))
        for column in range(1, payers + 1):
            self.cells.setColumnWidth(column, width)
        self._share_height(width)
        self._say_extent()

    def _share_height(self, width: int) -> None:
        asked = (self._model.board, self._model.columnCount(), width, self.delegate.row_height)
        if asked != self._headed:
            self._headed = asked
            height = self.cells.head.height_for(width)
            for table in (self.labels, self.cells):
                table.head.take_height(height)

    def _say_extent(self) -> None:
        """Says which columns are in view where there are more."""
        payers, room = self._model.columnCount() - 1, self.cells.viewport().width()
        whole = [
            column for column in range(1, payers + 1)
            if (left := self.cells.columnViewportPosition(column)) >= 0
            and left + self.cells.columnWidth(column) <= room
        ]  # fmt: skip
        if not whole or len(whole) == payers:
            self.labels.head.say("")
        else:
            between = f"s {whole[0]}–{whole[-1]}" if len(whole) > 1 else f" {whole[0]}"
            self.labels.head.say(f"column{between} of {payers}")
