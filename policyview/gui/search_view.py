"""Searches all documents: places by payer and section, each with what is around it, its source beside it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from policyview.gui.board import flat
from policyview.gui.cell_delegate import CellDelegate
from policyview.gui.cell_model import CellModel
from policyview.gui.cell_outline import Node
from policyview.gui.cell_view import OpenTree
from policyview.gui.citation import source_name, version_words
from policyview.gui.heading_words import heading
from policyview.gui.plain import PlainLabel
from policyview.gui.runner import Runner
from policyview.gui.standing import Target, parts
from policyview.model import Reading
from policyview.search import Hit, Query

_PAUSE_MS = 200  # after the last key, before the search begins
_MOST_IN_ONE = 100  # places of one document that are listed
_MOST = 1_000  # of all; so many lines are laid out in 60 ms
_LESSON = "Words in their order, or a code: in every document, also where they are hyphenated or stand in a range"
_NOTHING = "Nothing of this stands in any of the {} documents."


@dataclass(frozen=True)
class Found:
    """The places as a tree, and how many there are of them in how many documents."""

    nodes: tuple[Node, ...]
    places: int
    documents: int


def found(readings: Sequence[Reading], query: Query) -> Generator[None, None, Found]:
    """Searches one document after the other."""
    nodes, places, listed = list[Node](), 0, 0
    documents = 0
    for reading in readings:
        hits = list(query.hits(reading))
        if hits:
            shown = hits[:min(_MOST_IN_ONE, max(0, _MOST - listed))]
            nodes.append(_document(reading, shown, len(hits)))
            places, listed, documents = places + len(hits), listed + len(shown), documents + 1
        yield None
    return Found(tuple(nodes), places, documents)


def _document(reading: Reading, shown: Iterable[Hit], total: int) -> Node:
    below, listed = [], 0
    for section, hits in groupby(shown, key=lambda hit: hit.section):
        lines = tuple(_place(reading, hit) for hit in hits)
        listed += len(lines)
        below.append(Node(heading(flat(section)) or "Before the first heading", "heading", children=lines))
    if listed < total:
        below.append(Node(f"{total - listed:,} more places; add a word to find fewer", "plain"))
    name = f"{source_name(reading)} ({total:,})"
    return Node(name, "statement", tag=flat(version_words(reading)), children=tuple(below))


def _place(reading: Reading, hit: Hit) -> Node:
    page = f"p. {hit.anchor.page}" if hit.anchor.page else ""
    text = flat(f"… {hit.before}«{hit.words}»{hit.after} …")
    target = Target(reading, parts(hit.anchor), section=hit.section, called="place found")
    return Node(text, label=page, tag=hit.note, target=target)


class _Places(OpenTree):
    """Up and Down go from place to place; the headings between them are passed over."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if step is not None and event.modifiers() in plain:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class SearchView(QWidget):
    """``target_chosen`` carries the place that is current, None while none of what is listed now is; ``entered`` says
    that a person goes there, ``left`` that Esc leaves the search."""

    target_chosen = Signal(object)
    entered = Signal()
    left = Signal()

    def __init__(self, readings: Callable[[], Iterable[Reading]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._readings = readings
        self._runner: Runner | None = None
        self._is_stale = False
        self._outcome = ""
        self._is_entering = False  # Enter was pressed before the places were there
        self.words = QLineEdit(self)
        self.words.setAccessibleName("Search all documents")
        self.words.setPlaceholderText("Search all documents")
        self.words.setToolTip(_LESSON)
        self.words.setClearButtonEnabled(True)
        self.told = PlainLabel("", "soft")
        self.before, self.next = QPushButton("Previous", self), QPushButton("Next", self)
        self.before.setToolTip("The place before (Shift+F3)")
        self.next.setToolTip("The next place (F3)")
        self._model = CellModel(self)
        self.tree = _Places(self)
        self.tree.setAccessibleName("Places found")
        self.tree.setModel(self._model)
        self.tree.setItemDelegate(CellDelegate(self.tree, self._model))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._wire()
        self._say(None)

    def _lay_out(self) -> None:
        bar = QFrame(self)
        bar.setObjectName("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 6, 8, 6)
        row.addWidget(self.words, 2)
        row.addWidget(self.told, 2)
        row.addWidget(self.before)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.tree, 1)
        self.setFocusProxy(self.words)

    def _wire(self) -> None:
        self.words.textChanged.connect(self._on_typed)
        self.words.returnPressed.connect(self._on_return)
        self._pause.timeout.connect(self._search)
        self.tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self.tree.followed.connect(lambda index: self.entered.emit())
        self.tree.left.connect(self.words.setFocus)
        self.tree.stepped.connect(self.step)
        self.before.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        for key, by in (("F3", 1), ("Shift+F3", -1)):
            step = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            step.activated.connect(lambda by=by: self.step(by))
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.words, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._on_return)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.words, context=Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.left)

    # ------------------------------------------------------------ searching

    def _on_typed(self) -> None:
        self._is_entering = False
        self._pause.start()

    @property
    def is_settled(self) -> bool:
        """Whether what is listed answers what was typed."""
        return self._runner is None and not self._pause.isActive()

    def renew(self) -> None:
        """Documents came or went: what was looked for is looked for again."""
        if not Query(self.words.text()).is_empty:
            self._pause.start()

    def close_work(self) -> None:
        """Stops searching and waits for it."""
        self._pause.stop()
        if self._runner is not None:
            self._runner.cancel()
            self._runner.wait()

    def _search(self) -> None:
        if self._runner is not None:
            self._is_stale = True
            self._runner.cancel()
            return
        query, readings = Query(self.words.text()), tuple(self._readings())
        if query.is_empty:
            self._show(None)
            return
        self._runner = runner = Runner(lambda: found(readings, query), self)
        runner.ended.connect(self._show)
        runner.finished.connect(self._on_finished)
        runner.start()

    def _on_finished(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.wait()
            runner.deleteLater()
        if self._is_stale:
            self._is_stale = False
            self._search()
        elif self._is_entering and self.is_settled:
            self._on_return()

    def _show(self, outcome: Found | None) -> None:
        if outcome is None and self._is_stale:
            return  # the next search is on its way
        self._model.show(outcome.nodes if outcome else ())
        self.tree.expandAll()
        self.tree.scrollToTop()
        self._say(outcome)
        if self.isVisible():
            self.target_chosen.emit(None)  # what the search before led to is not beside this one's places

    def _say(self, outcome: Found | None) -> None:
        if outcome is None:
            self.told.show_text("Type words or a code")
        elif not outcome.places:
            self.told.show_text(_NOTHING.format(len(tuple(self._readings()))))
        else:
            self._outcome = (f"{outcome.places:,} {_many('place', outcome.places)} in {outcome.documents:,} "
                             f"{_many('document', outcome.documents)}")  # fmt: skip
            self.told.show_text(self._outcome)
        for button in (self.before, self.next):
            button.setEnabled(bool(outcome and outcome.places))

    # ------------------------------------------------------------ walking

    def step(self, by: int) -> bool:
        """Goes to the next (1) or the previous (-1) place; False where there is none."""
        index = self.tree.currentIndex()
        index = index if index.isValid() else self._model.index(0, 0)
        while (index := self.tree.indexBelow(index) if by > 0 else self.tree.indexAbove(index)).isValid():
            if self._target(index) is not None:
                self.tree.setCurrentIndex(index)
                self.tree.scrollTo(index)
                return True
        return False

    def _target(self, index: QModelIndex) -> Target | None:
        node = self._model.node(index)
        return node.target if node is not None else None

    @property
    def target(self) -> Target | None:
        """The place that is current."""
        return self._target(self.tree.currentIndex())

    def _on_current_changed(self, now: QModelIndex) -> None:
        target = self._target(now)
        if target is not None:
            self.told.show_text(f"{self._number(now)} of {self._outcome}")
            self.target_chosen.emit(target)

    def _number(self, index: QModelIndex) -> str:
        """Which of the places it is, counted from 1."""
        number = 0
        while index.isValid():
            number += self._target(index) is not None
            index = self.tree.indexAbove(index)
        return f"{number:,}"

    def _on_return(self) -> None:
        """From the words into the places, once those answer the words."""
        self._is_entering = not self.is_settled
        if self._is_entering:
            return
        if not self.tree.currentIndex().isValid() and not self.step(1):
            return
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def seek(self, words: str) -> None:
        """Looks for these words and goes to the first place."""
        self.words.setText(words)
        self._is_entering = True

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        self.tree.scheduleDelayedItemsLayout()


def _many(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
