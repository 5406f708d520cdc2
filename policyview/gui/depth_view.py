"""The current row in depth: each payer's criteria as a tree beside the others', shared and differing ones marked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from policyview.export import vocabulary
from policyview.gui import icon, theme
from policyview.gui.board import Board
from policyview.gui.cell_delegate import CellDelegate
from policyview.gui.cell_model import CellModel
from policyview.gui.cell_view import OpenTree
from policyview.gui.depth_outline import Depth, Stem, depth_of
from policyview.gui.plain import PlainLabel, WrappedLabel
from policyview.gui.runner import Runner
from policyview.gui.standing import Target
from policyview.model import State
from policyview.settings import Settings

_NARROWEST, _WIDEST = 250, 420  # pixels of a column
_SIGNS = "= asks for the same · ≈ for much the same in other words · ≠ for another number"
_NO_ROW = "The payers' criteria for the current row of the matrix stand here, side by side"


class _StemTree(OpenTree):
    """A tree that hands the keyboard to its neighbours."""

    beyond = Signal(int)
    pressed_into = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.MouseFocusReason:
            self.pressed_into.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if step is not None and event.modifiers() in plain:
            self.beyond.emit(step)
        else:
            super().keyPressEvent(event)


class StemView(QFrame):
    """One document's part of the row."""

    def __init__(self, stem: Stem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.stem = stem
        self.model = CellModel(self)
        self.model.show(stem.nodes)
        self.tree = _StemTree(self)
        self.tree.setAccessibleName(f"Criteria of {stem.name}")
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(CellDelegate(self.tree, self.model))
        self.tree.expandAll()
        self._sign = QLabel(self)
        name = WrappedLabel(stem.name, "heading", self)
        name.setFont(theme.current().font(bold=True))
        head = QHBoxLayout()
        head.setContentsMargins(10, 8, 10, 4)
        head.setSpacing(8)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(name)
        self.against = WrappedLabel(stem.against, "soft", self)
        self.against.setVisible(bool(stem.against))
        said.addWidget(self.against)
        head.addLayout(said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self.retheme()

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        standing = self.stem.standing
        shown = standing.determinations[0] if standing.determinations else None
        name = vocabulary.icon_name(shown, standing.state is not State.STATED) if shown else "silent"
        self._sign.setPixmap(icon.pixmap(name, theme.current().determination(shown), 18))
        self.tree.scheduleDelayedItemsLayout()

    def target(self, index: QModelIndex) -> Target | None:
        """The place of a line."""
        node = self.model.node(index)
        return node.target if node is not None else None

    def enter(self) -> None:
        """Takes the keyboard; the current line is seen to be so."""
        self.tree.setFocus()
        if not self.tree.selectionModel().hasSelection():
            index = self.tree.currentIndex()
            self.tree.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))

    def show_place(self, start: int) -> bool:
        """Makes the criterion current that stands there; False where there is none."""
        index = self.model.index(0, 0)
        while index.isValid():
            target = self.target(index)
            if target is not None and target.anchor is not None and target.anchor.start == start:
                self.tree.setCurrentIndex(index)
                self.tree.scrollTo(index)
                return True
            index = self.tree.indexBelow(index)
        return False


class DepthView(QWidget):
    """``target_chosen`` carries the place of the current line, ``entered`` says that a person goes there."""

    target_chosen = Signal(object)
    entered = Signal()
    left = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._ours = ""
        self._wanted: tuple[Board, int, tuple[int, ...], str] | None = None
        self._walked = ""  # the document in which a person was last
        self._runner: Runner | None = None
        self._is_stale = False
        self.shown: Depth | None = None
        self.stems: tuple[StemView, ...] = ()
        self.title = WrappedLabel("", "heading", self)
        self.told = WrappedLabel("", "soft")
        self.seen = PlainLabel("", "soft")
        self._across = QWidget(self)
        row = QHBoxLayout(self._across)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._across)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for moved in (self._area.horizontalScrollBar().valueChanged, self._area.horizontalScrollBar().rangeChanged):
            moved.connect(self._count)
        bar = QFrame(self)
        bar.setObjectName("bar")
        head = QVBoxLayout(bar)
        head.setContentsMargins(10, 6, 10, 6)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.told)
        head.addWidget(self.seen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._area, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # it hands the keyboard on to a tree
        self.setAccessibleName("Row in depth")
        self._show(None)

    # ------------------------------------------------------------ what is shown

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is what was asked for."""
        return self._runner is None and not self._is_stale

    def ask(self, board: Board | None, row: int, columns: tuple[int, ...], file: str) -> None:
        """Shows a row of a board, once it is seen; the column of ``file`` is current, but who walks from row to row in
        here stays with the document she is in."""
        before, self._wanted = self._wanted, (board, row, columns, file) if board is not None else None
        if not self._has_keyboard or before is None or before[3] != file:
            self._walked = ""
        self._is_stale = True
        if self.isVisible():
            self._begin()

    def set_ours(self, payer: str) -> None:
        """The payer that the others are held against."""
        self._ours = payer
        self._is_stale = self._wanted is not None
        if self.isVisible():
            self._begin()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        QTimer.singleShot(0, self, self._on_shown)

    def _on_shown(self) -> None:
        """It comes with its own source, where nothing else is asked for."""
        view = self._current_view()
        if self._is_stale:
            self._begin()
        elif self._has_keyboard and view is not None and self.is_settled:
            self._follow(view)

    def close_work(self) -> None:
        """Stops its work and waits for it."""
        self._is_stale = False
        if self._runner is not None:
            self._runner.cancel()
            self._runner.wait()

    def _begin(self) -> None:
        if self._runner is not None:
            self._runner.cancel()
            return
        if not self._is_stale:
            return
        self._is_stale = False
        wanted = self._wanted
        if wanted is None:
            self._show(None)
            return
        board, row, columns, _ = wanted
        settings, ours = self._settings, self._ours
        self._runner = runner = Runner(lambda: depth_of(board, row, columns, settings, ours), self)
        runner.ended.connect(self._on_ended)
        runner.finished.connect(self._on_finished)
        runner.start()

    def _on_ended(self, depth: Depth | None) -> None:
        if depth is not None and not self._is_stale:
            self._show(depth)

    def _on_finished(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.wait()
            runner.deleteLater()
        if self._is_stale and self.isVisible():
            self._begin()
        elif self.hasFocus():
            self._enter()

    @property
    def _has_keyboard(self) -> bool:
        focused = self.window().focusWidget()
        return focused is self or (focused is not None and self.isAncestorOf(focused))

    def _show(self, depth: Depth | None) -> None:
        had_focus, old, self.stems = self._has_keyboard, self.stems, ()
        if had_focus:
            self.setFocus()  # else each that is hidden hands the keyboard to the next, as if a person walked there
        for view in old:
            view.hide()
            view.deleteLater()
        layout = self._across.layout()
        assert isinstance(layout, QHBoxLayout)
        self.shown = depth
        self.stems = tuple(StemView(stem, self._across) for stem in depth.stems) if depth else ()
        for number, view in enumerate(self.stems):
            layout.insertWidget(number, view, 1)
            self._wire(view, number)
        self.title.show_text(depth.label if depth else _NO_ROW)
        self.title.setFont(theme.current().font(bold=depth is not None))
        signs = _SIGNS if depth and len(depth.stems) > 1 else ""
        self.told.show_text(" · ".join(filter(None, (depth.told, signs))) if depth else "")
        self._fit()
        QTimer.singleShot(0, self, self._bring_in_sight)
        if had_focus and (entered := self._enter()) is not None:
            self._follow(entered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where not all documents have room, so many as have it stand there whole."""
        room = self.width()
        several = max(1, room // (_NARROWEST + 1))
        is_more = len(self.stems) > several
        each = max(_NARROWEST, (room + 1) // several - 1)
        for view in self.stems:
            view.setMinimumWidth(each if is_more else _NARROWEST)
            view.setMaximumWidth(each if is_more else _WIDEST)

    def _bring_in_sight(self) -> None:
        """The current document's tree, once all have their places."""
        view = self._current_view()
        if view is not None:
            self._area.ensureWidgetVisible(view, 0, 0)
        self._count()

    def _count(self) -> None:
        """Says which of the documents are in sight, where not all are."""
        bar = self._area.horizontalScrollBar()
        left, right = bar.value(), bar.value() + self._area.viewport().width()
        places = ((n, view.x(), view.x() + view.width()) for n, view in enumerate(self.stems, 1))
        seen = [n for n, begin, end in places if begin < right - 1 and end > left + 1]
        self.seen.setVisible(bar.maximum() > 0 and bool(seen))
        if seen:
            before, after = "◂ " if bar.value() > 0 else "", " ▸" if bar.value() < bar.maximum() else ""
            self.seen.show_text(f"{before}documents {seen[0]}–{seen[-1]} of {len(self.stems)}{after} (Left, Right)")

    def _wire(self, view: StemView, number: int) -> None:
        view.tree.selectionModel().currentChanged.connect(lambda now, before: self._on_current_changed(view, now))
        view.tree.followed.connect(lambda index: self.entered.emit())
        view.tree.left.connect(self.left)
        view.tree.pressed_into.connect(lambda: self._follow(view))
        view.tree.beyond.connect(lambda step: self._go_beyond(number, step))

    def _current(self, file: str) -> StemView | None:
        return next((view for view in self.stems if view.stem.file == file), None)

    def _current_view(self) -> StemView | None:
        """Where a person walked, else the matrix's current column, else the first."""
        wanted = self._wanted[3] if self._wanted else ""
        return self._current(self._walked) or self._current(wanted) or next(iter(self.stems), None)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if self.is_settled:  # else with what comes
            self._enter()

    def _enter(self) -> StemView | None:
        """Gives the keyboard to the current document's tree."""
        view = self._current_view()
        if view is not None:
            view.enter()
        return view

    # ------------------------------------------------------------ walking

    def _on_current_changed(self, view: StemView, index: QModelIndex) -> None:
        target = view.target(index)
        if view.tree.hasFocus():
            self._walked = view.stem.file
        if target is None or target.anchor is None:
            return
        kin = self._kin(view)
        for other in self.stems:
            if other is not view:
                with QSignalBlocker(other.tree.selectionModel()):
                    if other.stem.file not in kin or not other.show_place(kin[other.stem.file]):
                        other.tree.clearSelection()
                    other.tree.viewport().update()
        self.target_chosen.emit(target)

    def _follow(self, view: StemView) -> None:
        """Also beside its lines, the source is that of the document whose frame shows the keyboard."""
        self._walked = view.stem.file
        here = view.target(view.tree.currentIndex())
        self.target_chosen.emit(here if here is not None and here.anchor is not None else view.stem.standing.target())

    def _go_beyond(self, number: int, step: int) -> None:
        """To the next document that asks for the same; where none does in that direction, to the one beside."""
        beyond = self.stems[number + 1:] if step > 0 else self.stems[:number][::-1]
        kin = self._kin(self.stems[number])
        view = next((other for other in beyond if other.stem.file in kin), next(iter(beyond), None))
        if view is not None:
            if view.stem.file in kin:
                view.show_place(kin[view.stem.file])
            view.enter()
            self._area.ensureWidgetVisible(view, 0, 0)
            self._on_current_changed(view, view.tree.currentIndex())
            self._follow(view)

    def _kin(self, view: StemView) -> Mapping[str, int]:
        """The counterparts of a document's current criterion: where they stand, by file."""
        target = view.target(view.tree.currentIndex())
        if self.shown is None or target is None or target.anchor is None:
            return {}
        return self.shown.kin.get((view.stem.file, target.anchor.start), {})

    @property
    def target(self) -> Target | None:
        """The place of the current line of the current document."""
        view = next((view for view in self.stems if view.tree.hasFocus()), None)
        return view.target(view.tree.currentIndex()) if view else None

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        for view in self.stems:
            view.retheme()


