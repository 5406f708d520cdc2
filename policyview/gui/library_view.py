"""The library pane: what was opened, by topic and payer, and the state of each document."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from policyview.gui import theme
from policyview.gui.citation import short_name, version_words
from policyview.gui.library_model import LINE, LibraryModel, Shelf
from policyview.gui.plain import PlainLabel, literal
from policyview.gui.version_groups import Versions
from policyview.gui.wrapping_tree import WrappingTree

_MOST_LINES = 4  # of a long name
_MOST_OPEN = 400  # lines opened unasked: laying out 4,000 takes the window's thread half a second


class _Delegate(QStyledItemDelegate):
    """Lets a long name go on in further lines."""

    def __init__(self, tree: QTreeView, model: LibraryModel) -> None:
        super().__init__(tree)
        self._tree, self._model = tree, model
        self._heights: dict[tuple[str, int, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        key = (index.data(), self._model.depth(index), self._tree.viewport().width())
        if key not in self._heights:
            self._heights[key] = self._height(index)
        return QSize(key[2], self._heights[key])

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = self._shown(index)

    def _metrics(self, index: QModelIndex | QPersistentModelIndex) -> QFontMetrics:
        return QFontMetrics(theme.current().font(bold=self._model.depth(index) == 1))

    def _room(self, index: QModelIndex | QPersistentModelIndex) -> int:
        sign = 0 if index.data(Qt.ItemDataRole.DecorationRole) is None else 20
        return max(40, self._tree.viewport().width() - self._model.depth(index) * self._tree.indentation() - sign - 8)

    def _height(self, index: QModelIndex | QPersistentModelIndex) -> int:
        metrics, room = self._metrics(index), QRect(0, 0, self._room(index), 10_000)
        lines = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._shown(index)).height()
        return max(metrics.height(), min(lines, _MOST_LINES * metrics.height())) + 4

    def _shown(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The text; where number and date do not fit one line, the date begins the second."""
        text = str(index.data())
        fits = self._metrics(index).horizontalAdvance(text) <= self._room(index)
        return text if fits else text.replace(" · ", "\u2028")


class _Tree(WrappingTree):
    """Enter and a click choose a line, Enter goes there too (``followed``). ``menu_wanted`` carries the line whose menu
    is asked for, and where it opens, ``dropped`` a document's line and the line it was dropped on. F2 asks to put the
    current line right."""

    followed = Signal(QModelIndex)
    menu_wanted = Signal(QModelIndex, QPoint)
    naming_wanted = Signal()
    dropped = Signal(QModelIndex, QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.aim = QPersistentModelIndex()  # the topic onto which a line is dragged
        self.may_drag: Callable[[], bool] = lambda: False
        self.setDragEnabled(True)
        self.setAcceptDrops(True)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        if self.may_drag():
            super().startDrag(supportedActions)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._take(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The topic that a line would go to is lit."""
        self._take(event)
        self._aim(self.indexAt(event.position().toPoint()) if event.isAccepted() else QModelIndex())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(QModelIndex())

    def _aim(self, line: QModelIndex) -> None:
        while line.parent().isValid():
            line = line.parent()
        if self.aim != line:
            self.aim = QPersistentModelIndex(line)
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.aim.isValid():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.current().colour("accent"), 2))
            painter.drawRect(self.visualRect(self.model().index(self.aim.row(), 0)).adjusted(1, 1, -1, -1))

    def _take(self, event: QDropEvent) -> None:
        """Lines of its own; files are the window's."""
        if event.mimeData().hasFormat(LINE):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event)
        self._aim(QModelIndex())
        target = self.indexAt(event.position().toPoint())
        if event.isAccepted() and target.isValid():
            self.dropped.emit(self.currentIndex(), target)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        self.menu_wanted.emit(index, place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.followed.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_F2:
            self.naming_wanted.emit()
        else:
            super().keyPressEvent(event)


class LibraryView(QFrame):
    """``document_chosen`` carries the file of a read document, ``failure_chosen`` that of one that was not, once
    somebody clicks it or presses Enter on it.

    ``topic_chosen`` carries a document of a topic or payer. ``document_entered`` and ``topic_entered`` say that Enter
    goes there.

    A document's menu (Menu key, right button) leads to its changes: ``versions_wanted``. ``menu_made`` carries a menu
    for others to add their acts, with the document's file or the topic whose it is. ``shelved`` carries a document's
    file and the topic onto which it was dragged.
    """

    document_chosen = Signal(str)
    document_entered = Signal()
    topic_chosen = Signal(str)
    topic_entered = Signal(str)
    failure_chosen = Signal(str)
    versions_wanted = Signal(object, object)  # the older and the newer file; None where it is to be chosen
    policy_wanted = Signal(str)  # the file of which a person wants to say whose version it is
    menu_made = Signal(object, str, str)  # QMenu
    naming_wanted = Signal()
    shelved = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.model = LibraryModel(self)
        self.tree = _Tree(self)
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("Library")
        self.tree.setIndentation(10)
        self.tree.setWordWrap(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setItemDelegate(_Delegate(self.tree, self.model))
        self._title = PlainLabel("Library", "heading")
        self._title.setContentsMargins(10, 8, 10, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self.tree.clicked.connect(self._on_clicked)
        self.tree.followed.connect(self._on_followed)
        self.tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self._versions: tuple[Versions, ...] = ()
        self.tree.menu_wanted.connect(self._on_menu_wanted)
        self.tree.naming_wanted.connect(self.naming_wanted)
        self.tree.dropped.connect(self._on_dropped)
        self._opened: dict[tuple[str, str, str], bool] = {}  # what a person opened or closed
        self.tree.collapsed.connect(lambda index: self._remember(index, False))
        self.tree.expanded.connect(lambda index: self._remember(index, True))
        self.retheme()

    def show_shelves(self, tops: tuple[Shelf, ...]) -> None:
        """Shows the library anew; what is open, closed and current stays so."""
        was = self.model.shelf(self.tree.currentIndex())
        with QSignalBlocker(self.tree):
            if not self.model.show(tops):
                return
            self._open(tops)
        if was is not None:
            self.show_current(was)

    def _open(self, tops: tuple[Shelf, ...]) -> None:
        """Opens the lines a person opened, and from the top down as many others as are laid out in no time."""
        room = _MOST_OPEN
        for row, top in enumerate(tops):
            lines = sum(1 + len(line.children) for line in top.children)
            if lines <= room:
                self.tree.expandRecursively(self.model.index(row, 0))
                room -= lines
        for key, is_open in self._opened.items():
            self.tree.setExpanded(self.model.find(key), is_open)

    def show_current(self, shelf: Shelf) -> None:
        """Makes a line current without choosing it."""
        before, index = self.tree.currentIndex(), self.model.find(shelf.key)
        with QSignalBlocker(self.tree.selectionModel()):
            self.tree.setCurrentIndex(index)
        for line in (before, index):  # each cell that is gone to ends here: the other lines stay as they are painted
            self.tree.update(line)

    def show_file(self, file: str) -> None:
        """Makes a document's line current without choosing it."""
        self.show_current(Shelf("read", "", file))

    @property
    def current_file(self) -> str | None:
        """The file of the current line, if that is a document that was read."""
        shelf = self.model.shelf(self.tree.currentIndex())
        return shelf.file if shelf is not None and shelf.kind in {"read", "loss"} else None

    @property
    def meant_file(self) -> str:
        """The document of the current line, where the library has the keyboard; else empty."""
        return (self.current_file or "") if self.tree.hasFocus() else ""

    @property
    def meant_topic(self) -> str:
        """The topic whose line is current, where the library has the keyboard; else empty."""
        shelf = self.model.shelf(self.tree.currentIndex()) if self.tree.hasFocus() else None
        return shelf.text if shelf is not None and shelf.kind == "topic" else ""

    def set_versions(self, groups: tuple[Versions, ...]) -> None:
        """Which documents are versions of one policy."""
        self._versions = groups

    def menu_of(self, file: str) -> QMenu:
        """What can be done with a document that was read."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = next((g for g in self._versions if any(each.file == file for each in g)), ())
        files = [each.file for each in group]
        for each in group:
            if each.file == file:
                continue
            is_older = files.index(each.file) < files.index(file)
            pair = (each.file, file) if is_older else (file, each.file)
            name = version_words(each) or short_name(each.file)
            action = menu.addAction(literal(f"Changes {'since' if is_older else 'up to'} {name}"))
            action.triggered.connect(lambda _=False, pair=pair: self.versions_wanted.emit(*pair))
        if group:
            menu.addSeparator()
        as_old = menu.addAction("Compare as the &older version …")
        as_new = menu.addAction("Compare as the &newer version …")
        as_old.triggered.connect(lambda: self.versions_wanted.emit(file, None))
        as_new.triggered.connect(lambda: self.versions_wanted.emit(None, file))
        menu.addSeparator()
        menu.addAction("Versions of this &policy …").triggered.connect(lambda: self.policy_wanted.emit(file))
        self.menu_made.emit(menu, file, "")
        return menu

    def menu_of_topic(self, topic: str) -> QMenu:
        """What can be done with a topic."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_made.emit(menu, "", topic)
        return menu

    def open_menu(self, file: str, place: QPoint) -> None:
        """Opens the menu of a document, also where another pane shows it."""
        if file:
            self.menu_of(file).popup(place)

    def _on_menu_wanted(self, index: QModelIndex, place: QPoint) -> None:
        shelf = self.model.shelf(index)
        if shelf is not None and shelf.kind in {"read", "loss"}:
            self.menu_of(shelf.file).popup(place)
        elif shelf is not None and shelf.kind == "topic":
            menu = self.menu_of_topic(shelf.text)
            if menu.actions():
                menu.popup(place)

    def _on_dropped(self, line: QModelIndex, target: QModelIndex) -> None:
        """Onto a topic, or anything in it."""
        shelf = self.model.shelf(line)
        while target.parent().isValid():
            target = target.parent()
        top = self.model.shelf(target)
        if shelf is not None and shelf.kind in {"read", "loss"} and top is not None and top.kind == "topic":
            self.shelved.emit(shelf.file, top.text)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        self._title.setFont(theme.current().font(bold=True))
        self.model.retheme()

    def _remember(self, index: QModelIndex, is_open: bool) -> None:
        shelf = self.model.shelf(index)
        if shelf is not None:
            self._opened[shelf.key] = is_open

    def _on_current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        if self.tree.hasFocus() and self.model.shelf(now) is not None and self.current_file:
            self._on_chosen(now)

    def _on_followed(self, index: QModelIndex) -> None:
        shelf = self.model.shelf(index)
        if shelf is not None and shelf.kind in {"read", "loss"}:
            self._on_chosen(index)
            self.document_entered.emit()
        elif shelf is not None and shelf.kind in {"failed", "skipped"}:
            self.failure_chosen.emit(shelf.file)
        elif shelf is not None and (first := _first_read(shelf)) is not None:
            self.topic_entered.emit(first.file)

    def _on_clicked(self, index: QModelIndex) -> None:
        shelf = self.model.shelf(index)
        if shelf is not None and not shelf.file and (first := _first_read(shelf)) is not None:
            self.topic_chosen.emit(first.file)
        else:
            self._on_chosen(index)

    def _on_chosen(self, index: QModelIndex) -> None:
        """A document is shown; a topic only by a click or Enter, lest the keys that walk be led away from it."""
        shelf = self.model.shelf(index)
        if shelf is None or not shelf.file:
            return
        if shelf.kind in {"read", "loss"}:
            self.document_chosen.emit(shelf.file)
        elif shelf.kind in {"failed", "skipped"}:
            self.failure_chosen.emit(shelf.file)


def _first_read(shelf: Shelf) -> Shelf | None:
    """The first document that was read on a topic's or a payer's shelf."""
    for child in shelf.children:
        found = child if child.file else _first_read(child)
        if found is not None and found.kind in {"read", "loss"}:
            return found
    return None
