"""How the matrix is laid out: how much a cell tells, the order of rows, and which columns stand where."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from policyview.gui.board import flat
from policyview.gui.library_view import LibraryView
from policyview.gui.matrix_delegate import Cells
from policyview.gui.matrix_view import MatrixView
from policyview.gui.plain import literal
from policyview.gui.preferences import Preferences

_CELLS = {
    "compact": "&Compact cells: icon and word", "normal": "&Normal cells: how many criteria, how sure the match",
    "full": "&Full cells: the first criteria too",
}  # fmt: skip
_ROWS = {"groups": "Rows under their &groups", "population": "Rows by p&opulation",
         "procedure": "Rows by p&rocedure", "plain": "Rows &without groups",
         "disagreement": "Rows on which payers &differ most first"}  # fmt: skip
_AT_THE_EDGE = "It stands at the edge already; Ctrl+L pins or lets go"
_NO_COLUMN, _LAST = "No column is current", "The last column cannot be hidden"


class LayoutMenu(QMenu):
    """What is chosen of cells and rows is kept from one window to the next, columns for the topic. ``told`` carries
    why something cannot be done."""

    told = Signal(str)
    ours_wanted = Signal(str)  # the payer of a column, or empty where the others are no longer held against it

    def __init__(
        self, preferences: Preferences, matrix: MatrixView, library: LibraryView, parent: QWidget
    ) -> None:
        super().__init__("La&yout of the matrix", parent)
        self._preferences, self._matrix, self._library = preferences, matrix, library
        self._cells = self._choices(_CELLS, preferences.cells, self._on_cells)
        self._key("Next size of cells", "Ctrl+K", self.turn_cells)
        self.addSeparator()
        self._rows = self._choices(_ROWS, preferences.rows, self._on_rows)
        self._key("Next order of rows", "Ctrl+G", self.turn_rows)
        self.addSeparator()
        self.pin = self._key("&Pin this column to the left", "Ctrl+L", lambda: self.pin_column())
        self.pin.setCheckable(True)
        self.hide_column = self._key("&Hide this column", "Ctrl+B", lambda: self.hide_file())
        self.show_all = self._key("&Show hidden columns again", "Ctrl+Shift+B", matrix.show_all_columns)
        self._key("Move this column to the &left", "Ctrl+Shift+Left", lambda: self.move_column(-1))
        self._key("Move this column to the &right", "Ctrl+Shift+Right", lambda: self.move_column(1))
        matrix.bar.layout_of.setMenu(self)
        matrix.tables.head_menu_wanted.connect(self.open_at_head)
        self.aboutToShow.connect(self._offer)
        self.aboutToHide.connect(self._enable)
        self._on_cells(preferences.cells)
        self._on_rows(preferences.rows)

    def _choices(self, names: dict[str, str], chosen: str, take: Callable[[str], None]) -> dict[str, QAction]:
        group = QActionGroup(self)
        acts = {}
        for name, text in names.items():
            act = acts[name] = self.addAction(text)
            act.setCheckable(True)
            act.setChecked(name == chosen)
            act.triggered.connect(lambda _=False, name=name: take(name))
            group.addAction(act)
        if chosen not in names:
            acts["normal" if "normal" in names else "groups"].setChecked(True)
        return acts

    def _key(self, text: str, keys: str, act: Callable[[], object]) -> QAction:
        """An act whose key is meant while the matrix has the keyboard."""
        action = self.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: act())
        self._matrix.addAction(action)
        return action

    # ------------------------------------------------------------ cells and rows

    def _on_cells(self, name: str) -> None:
        known: Cells = "compact" if name == "compact" else "full" if name == "full" else "normal"
        self._matrix.tables.show_cells(known)
        if self._preferences.cells != known:
            self._preferences.cells = known
            self._preferences.keep()

    def turn_cells(self) -> None:
        """Compact, normal and full in turn."""
        names = list(_CELLS)
        following = names[(names.index(self._matrix.tables.delegate.cells) + 1) % len(names)]
        self._cells[following].setChecked(True)
        self._on_cells(following)

    def turn_rows(self) -> None:
        """The orders of the rows in turn."""
        names = list(_ROWS)
        following = names[(names.index(next(n for n, act in self._rows.items() if act.isChecked())) + 1) % len(names)]
        self._rows[following].setChecked(True)
        self._on_rows(following)
        self.told.emit(self._rows[following].text().replace("&", ""))

    def _on_rows(self, name: str) -> None:
        known = name if name in _ROWS else "groups"
        self._matrix.set_order(known)
        if self._preferences.rows != known:
            self._preferences.rows = known
            self._preferences.keep()

    # ------------------------------------------------------------ columns

    def _current(self) -> str:
        return self._matrix.file_of(self._matrix.tables.current[1])

    def pin_column(self, file: str = "") -> None:
        """Pins a column, the current one where none is named, or lets it go."""
        file = file or self._current()
        if file:
            self._matrix.pin(file, not self._matrix.is_pinned(file))
        else:
            self.told.emit(_NO_COLUMN)

    def hide_file(self, file: str = "") -> None:
        """Hides a column, the current one where none is named."""
        file = file or self._current()
        if not file:
            self.told.emit(_NO_COLUMN)
        elif not self._matrix.hide_column(file):
            self.told.emit(_LAST)

    def move_column(self, step: int, column: int = -1) -> None:
        """Moves a column, the current one where none is named, to the right (1) or left (-1)."""
        column = column if column >= 0 else self._matrix.tables.current[1]
        if not self._matrix.step_column(step, column):
            self.told.emit(_AT_THE_EDGE if self._matrix.file_of(column) else _NO_COLUMN)

    def _offer(self) -> None:
        file = self._current()
        self.pin.setChecked(bool(file) and self._matrix.is_pinned(file))
        self.pin.setEnabled(bool(file))
        self.hide_column.setEnabled(bool(file))
        self.show_all.setEnabled(bool(self._matrix.hidden_columns))

    def _enable(self) -> None:
        """A key that cannot act says why."""
        for act in (self.pin, self.hide_column, self.show_all):
            act.setEnabled(True)

    def open_at_head(self, column: int, place: QPoint) -> None:
        """The menu of a column's head: its column's acts, then those on its document."""
        file = self._matrix.file_of(column)
        if not file:
            self.popup(place)
            return
        menu = self._library.menu_of(file)
        first = next(iter(menu.actions()), None) or menu.addSeparator()
        acts = (
            ("Let this column go" if self._matrix.is_pinned(file) else self.pin.text(), lambda: self.pin_column(file)),
            (self.hide_column.text(), lambda: self.hide_file(file)),
            ("Move it to the &left", lambda: self.move_column(-1, column)),
            ("Move it to the &right", lambda: self.move_column(1, column)),
            *self._ours_acts(column),
        )
        for text, act in acts:
            own = QAction(text, menu)
            own.triggered.connect(lambda _=False, act=act: act())
            menu.insertAction(first, own)
        menu.insertSeparator(first)
        menu.popup(place)

    def _ours_acts(self, column: int) -> Iterator[tuple[str, Callable[[], None]]]:
        """Names the payer of a column as ours, or no longer."""
        payer = self._matrix.payer_of(column)
        if payer and payer == self._preferences.ours:
            yield "Hold the others against it no longer", lambda: self.ours_wanted.emit("")
        elif payer:
            yield f"Hold the others against {literal(flat(payer))}", lambda: self.ours_wanted.emit(payer)
