"""Two tables side by side on one model and one selection: labels that stay, cells that scroll beside them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from policyview.export import vocabulary
from policyview.gui.heat_strip import HeatStrip
from policyview.gui.matrix_delegate import Cells, MatrixDelegate
from policyview.gui.matrix_model import LABEL_COLUMN, MatrixModel
from policyview.gui.matrix_sheet import CellsTable, LabelsTable
from policyview.gui.steps import next_look
from policyview.model import Determination

WIDEST_COLUMN = 320  # pixels; wider columns only move the payers apart
LABELS, NARROWEST_LABELS = 170, 120  # pixels
_STILL_MS = 40  # so long the matrix stands before what is seen is told


class MatrixTables(QWidget):
    """The pair. ``current_changed`` carries model line and column, -1 and -1 for none, ``lines_seen`` the first and
    last line in sight once they stand still, ``column_moved`` a column, the one it was dropped before, and whether
    among the pinned ones."""

    current_changed = Signal(int, int)
    entered_cell = Signal()
    touched = Signal()
    cell_menu_wanted = Signal(QPoint)
    row_menu_wanted = Signal(QPoint)
    head_menu_wanted = Signal(int, QPoint)
    row_dropped = Signal(int, str)
    lines_seen = Signal(int, int)
    column_moved = Signal(int, int, bool)

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._labels_width = 0
        self._own_width = LABELS  # of the labels, without the columns that stay beside them
        self._frozen = 0
        self._headed: tuple[object, ...] = ()
        self.delegate = MatrixDelegate(model, self)
        self.labels = LabelsTable(model, self.delegate, self)
        self.cells = CellsTable(model, self.delegate, self)
        own = self.labels.selectionModel()
        self.labels.setSelectionModel(self.cells.selectionModel())
        own.deleteLater()
        self.heat = HeatStrip(model, self)
        self._sight = QTimer(self, singleShot=True, interval=_STILL_MS)
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.labels)
        splitter.addWidget(self.cells)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([LABELS, 10_000])
        self.labels.setMinimumWidth(NARROWEST_LABELS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(splitter)
        layout.addWidget(self.heat)
        self.setFocusProxy(self.cells)
        self._headings: dict[int, int] = {}  # the height of each group's line
        self._link()
        self._lay_out()

    def _link(self) -> None:
        self.labels.verticalScrollBar().valueChanged.connect(self.cells.verticalScrollBar().setValue)
        self.cells.verticalScrollBar().valueChanged.connect(self.labels.verticalScrollBar().setValue)
        # rows that are new are known to the cells first: until then the labels can not follow them down
        self.labels.verticalScrollBar().rangeChanged.connect(self._keep_abreast)
        self.cells.selectionModel().currentChanged.connect(self._on_current_changed)
        self.cells.focus_changed.connect(self._on_focus_changed)
        self.labels.cell_pressed.connect(self._on_cell_pressed)
        self.labels.cell_pressed.connect(self.touched)
        self.labels.entered_cell.connect(self.entered_cell)
        self.heat.line_chosen.connect(self._on_heat_chosen)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._sight.timeout.connect(self._say_seen)
        for changed in (self.cells.verticalScrollBar().valueChanged, self.cells.resized, self._model.modelReset):
            changed.connect(lambda *_: self._sight.start())
        self.cells.touched.connect(self.touched)
        self.cells.entered_cell.connect(self.entered_cell)
        self.cells.resized.connect(self._on_resized)
        self.labels.resized.connect(self._on_labels_resized)
        self.cells.horizontalScrollBar().valueChanged.connect(self._say_extent)
        self._model.modelReset.connect(self._lay_out)
        self.cells.menu_wanted.connect(self.cell_menu_wanted)
        self.labels.menu_wanted.connect(self._on_labels_menu)
        for table in (self.labels, self.cells):
            table.row_dropped.connect(self.row_dropped)
            table.head_menu_wanted.connect(self.head_menu_wanted)
            table.head.carried.connect(self._on_carried)

    def _keep_abreast(self) -> None:
        self.labels.verticalScrollBar().setValue(self.cells.verticalScrollBar().value())

    @property
    def lines_a_page(self) -> int:
        """How many lines one sees, less one to go on from."""
        return self.cells.lines_a_page

    # ------------------------------------------------------------ current cell

    @property
    def current(self) -> tuple[int, int]:
        """Line and column of the current cell, (-1, -1) for none."""
        index = self.cells.currentIndex()
        return (index.row(), index.column()) if index.isValid() else (-1, -1)

    def rect_of_current(self, is_label: bool = False) -> QRect:
        """Where the current cell stands, or its row's label."""
        index = self.cells.currentIndex()
        table = self.labels if is_label or index.column() <= self._frozen else self.cells
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

    def step_look(self, by: int) -> str:
        """Moves to the next (1) or previous (-1) cell that a person should check; what there is to say of it."""
        step = next_look(self._model, self.current, by)
        if step is None:
            return "There is no cell to check here"
        self.set_current(step.line, step.column)
        return step.told

    def _on_cell_pressed(self, line: int, column: int) -> None:
        self.set_current(line, column if column > LABEL_COLUMN else max(1, self.current[1]))
        self.cells.setFocus(Qt.FocusReason.MouseFocusReason)

    def _on_current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        self.delegate.current_line = now.row()
        self.heat.show_line(now.row())
        if now.row() != before.row():
            self.labels.viewport().update()
            self.cells.viewport().update()
        self.current_changed.emit(now.row(), now.column())

    def _on_heat_chosen(self, line: int) -> None:
        self.touched.emit()
        self.set_current(line, max(1, self.current[1]))

    def _on_focus_changed(self) -> None:
        self.delegate.has_focus = self.cells.hasFocus()
        self.labels.viewport().update()

    def _on_labels_menu(self, place: QPoint) -> None:
        at = self.labels.columnAt(self.labels.viewport().mapFromGlobal(place).x())
        (self.cell_menu_wanted if at > LABEL_COLUMN else self.row_menu_wanted).emit(place)

    def _say_seen(self) -> None:
        count = self._model.rowCount()
        if count:
            first, last = self.cells.rowAt(0), self.cells.rowAt(self.cells.viewport().height() - 1)
            self.lines_seen.emit(max(0, first), last if last >= 0 else count - 1)

    # ------------------------------------------------------------ moving columns

    def let_columns_move(self) -> None:
        """Heads can be dragged to another place from now on."""
        for table in (self.labels, self.cells):
            table.head.is_movable = True

    def _on_carried(self, section: int, place: QPoint, is_let_go: bool) -> None:
        """A head is dragged over its new place, or let go there."""
        tables = [table for table in (self.labels, self.cells)
                  if 0 <= table.head.mapFromGlobal(place).x() < table.head.viewport().width()]  # fmt: skip
        for table in (self.labels, self.cells):
            head, is_here = table.head, table in tables and not is_let_go
            head.show_gap(self._gap(table, place)[1] if is_here else -1)
        if is_let_go and tables:
            before = self._gap(tables[0], place)[0]
            self.column_moved.emit(section, before, tables[0] is self.labels)

    def _gap(self, table: LabelsTable | CellsTable, place: QPoint) -> tuple[int, int]:
        """The column before which something is dropped, and where its left edge is."""
        head, x = table.head, table.head.mapFromGlobal(place).x()
        at = head.logicalIndexAt(x, 0)
        if at < 0:
            at = self._model.columnCount() - 1 if table is self.cells else self._frozen
        left, width = head.sectionViewportPosition(at), head.sectionSize(at)
        return (at, left) if at > LABEL_COLUMN and x < left + width / 2 else (at + 1, left + width)

    # ------------------------------------------------------------ sizes

    def show_cells(self, cells: Cells) -> None:
        """How much a cell tells."""
        if cells != self.delegate.cells:
            self.delegate.cells = cells
            self._lay_out()

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        before = self.delegate.row_height
        self.delegate.retheme()
        if self.delegate.row_height != before:
            self._lay_out()
        for table in (self.labels, self.cells):
            table.viewport().update()
        self.heat.renew()

    def _lay_out(self) -> None:
        self.delegate.current_line = self.current[0]
        for table in (self.labels, self.cells):
            table.verticalHeader().setDefaultSectionSize(self.delegate.row_height)
        if self._labels_width or self.labels.isVisible():  # else with the width that they get then
            self._set_group_heights()
        self._freeze(self._sharing()[1])
        self._share_width()

    def _freeze(self, frozen: int) -> None:
        """Lets the first columns stay beside the labels."""
        columns, self._frozen = self._model.columnCount(), frozen
        for table in (self.labels, self.cells):
            table.clearSpans()
            for column in range(columns):
                table.setColumnHidden(column, (column <= frozen) is (table is self.cells))
        self.labels.head.setStretchLastSection(frozen == 0)
        for line in self._model.group_lines():
            if columns - frozen > 2:
                self.cells.setSpan(line, frozen + 1, 1, columns - frozen - 1)
            if frozen:
                self.labels.setSpan(line, LABEL_COLUMN, 1, frozen + 1)

    def _set_group_heights(self) -> None:
        """So that a group's name fits the label column on one line or two."""
        self._labels_width = self.labels.viewport().width()  # the column is stretched to it
        before = dict.fromkeys(self._headings, self.delegate.row_height)  # Qt leaves a line as it was
        self._headings = {line: self.delegate.group_height(self._model.label(line), self._labels_width)
                          for line in self._model.group_lines()}  # fmt: skip
        for line, height in (before | self._headings).items():
            if line >= self._model.rowCount():
                continue
            for table in (self.labels, self.cells):
                if table.verticalHeader().sectionSize(line) != height:
                    table.verticalHeader().resizeSection(line, height)

    def _on_resized(self) -> None:
        """With less room the current cell stays in sight: the other panes speak of it."""
        self._share_width()
        self.cells.scrollTo(self.cells.currentIndex())

    def _on_labels_resized(self) -> None:
        if not self._frozen:
            self._own_width = self.labels.viewport().width()
        self._fit_labels()
        if self.labels.viewport().width() != self._labels_width:
            self._set_group_heights()

    def _on_splitter_moved(self) -> None:
        width = self.cells.columnWidth(self._frozen + 1)
        self._own_width = max(NARROWEST_LABELS, self.labels.viewport().width() - self._frozen * width)
        self._share_width()

    def _fit_labels(self) -> None:
        """The labels take what the columns beside them leave."""
        if self._frozen:
            taken = sum(self.labels.columnWidth(column) for column in range(1, self._frozen + 1))
            self.labels.setColumnWidth(LABEL_COLUMN, max(1, self.labels.viewport().width() - taken))

    def _sharing(self) -> tuple[int, int]:
        """The width of a column, and how many of the pinned ones can stay: one column always scrolls."""
        payers = self._model.columnCount() - 1
        words = self._model.words() or {vocabulary.determination_word(Determination.MEDICALLY_NECESSARY)}
        needed = max(map(self.delegate.word_width, words))
        room = self.cells.viewport().width() + self.labels.viewport().width() - self._own_width
        fitting = max(1, min(payers, room // needed))
        return max(needed, min(room // fitting, WIDEST_COLUMN)), max(0, min(self._model.pinned, fitting - 1))

    def _share_width(self) -> None:
        payers = self._model.columnCount() - 1
        if payers < 1:
            return
        width, frozen = self._sharing()
        is_other = frozen != self._frozen
        if is_other:
            self._freeze(frozen)
        for table in (self.labels, self.cells):
            for column in range(1, payers + 1):
                table.setColumnWidth(column, width)
        self._part(self._own_width + frozen * width)
        self.cells.updateGeometries()  # else what is scrolled stays where the widths before put it
        self.cells.head.setOffsetToSectionPosition(self.cells.horizontalScrollBar().value())
        self._share_height(width)
        if is_other and self.current[1] > frozen:
            self.cells.scrollTo(self.cells.currentIndex())
        self._say_extent()

    def _part(self, wanted: int) -> None:
        """Gives the labels, and the columns that stay beside them, their width."""
        more = wanted - self.labels.viewport().width()
        if more:
            left, right = self._splitter.sizes()
            self._splitter.setSizes([left + more, right - more])
        self._fit_labels()

    def _share_height(self, width: int) -> None:
        asked = (self._model.board, self._model.shown_columns, width, self.delegate.row_height, self._model.our_files)
        if asked != self._headed:
            self._headed = asked
            height = self.cells.head.height_for(width)
            for table in (self.labels, self.cells):
                table.head.take_height(height)

    def _say_extent(self) -> None:
        """Says which columns are in view where there are more."""
        payers, room = self._model.columnCount() - 1, self.cells.viewport().width()
        seen = [
            column for column in range(self._frozen + 1, payers + 1)
            if (left := self.cells.columnViewportPosition(column)) >= 0
            and left + self.cells.columnWidth(column) <= room
        ]  # fmt: skip
        if not seen or len(seen) + self._frozen == payers:
            self.labels.head.say("")
        else:
            between = f"s {seen[0]}–{seen[-1]}" if len(seen) > 1 else f" {seen[0]}"
            self.labels.head.say(f"document{between} of {payers}")
