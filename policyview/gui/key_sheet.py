"""The keys and the signs, on one sheet: what every menu's entry is called and which key it has."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from policyview.export import vocabulary
from policyview.gui import icon, theme
from policyview.gui.board import AS_LABELED_LESSON, LESSONS, LOOK_LESSON
from policyview.gui.plain import PlainLabel
from policyview.model import Determination

_WIDTH, _HEIGHT = 820, 620  # pixels
_KEYS_WIDTH = 210
_WALKING = (
    ("Arrow keys", "Walk the cells, the lines and the trees; the source follows"),
    ("Enter", "Into the source, or to the place of a line"), ("Esc", "Back to where you came from"),
    ("Tab", "On to the next part of the window"), ("Menu key", "The menu of a cell, a row, a column or a document"),
    ("Shift+arrows", "Choose words of the source, to copy or to mark them; on a page with Ctrl, too"),
    ("F3, Shift+F3", "The next and the previous place that was found"),
    ("+, −, 0", "In the source: larger, smaller, the usual size"),
    ("Strip at the right", "Where payers differ, over all rows. Wide: opposed; half: in words; thin: in criteria"),
    ("Up, Down on it", "To the previous and the next row on which payers differ; so does a click"),
)  # fmt: skip
_MARKS = (
    ("mark-confirmed", "Somebody confirmed it"), ("mark-not-relevant", "Somebody found it not relevant"),
    ("mark-note", "Somebody noted something"),
    ("ours", "Our own payer's column; the others are held against it"), ("ours-same", "The same as ours"),
    ("ours-stricter", "Stricter than ours: fewer patients would be covered"), ("ours-looser", "Looser than ours"),
    ("ours-differs-both-ways", "Stricter than ours in some things and looser in others: the Row view names each"),
    ("ours-cannot-tell", "Cannot be told against ours: never a guess"),
)  # fmt: skip


class KeySheet(QDialog):
    """Made of the menus as they are, so that it never tells of another key than they have."""

    def __init__(self, bar: QMenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and signs")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self._groups: list[QTreeWidgetItem] = []
        self.lines = QTreeWidget(self)
        self.lines.setAccessibleName("Keys and signs")
        self.lines.setHeaderHidden(True)
        self.lines.setColumnCount(2)
        self.lines.setColumnWidth(0, _KEYS_WIDTH)
        self.lines.setRootIsDecorated(False)
        self.lines.setWordWrap(True)
        self._add_signs()
        self._fill("Walking", _WALKING)
        for action in bar.actions():
            menu = action.menu()
            if isinstance(menu, QMenu):
                self._fill(_bare(action.text()), tuple(_keys(menu)))
        self.lines.expandAll()
        self.words = QLineEdit(self)
        self.words.setAccessibleName("Find a key or a sign")
        self.words.setPlaceholderText("Find a key or a sign: what it is called, or the key")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._sift)
        self.words.returnPressed.connect(self.lines.setFocus)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.lines, 1)
        column.addWidget(PlainLabel("Nothing leaves this computer.", "soft"))
        column.addWidget(close)
        self.words.setFocus()

    def _sift(self, text: str) -> None:
        """Shows only the lines in which all words stand."""
        words = text.casefold().split()
        for group in self._groups:
            lines = [line for n in range(group.childCount()) if (line := group.child(n)) is not None]
            for line in lines:
                told = f"{group.text(0)} {line.text(0)} {line.text(1)}".casefold()
                line.setHidden(not all(word in told for word in words))
            group.setHidden(all(line.isHidden() for line in lines))

    def _group(self, name: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem(self.lines, [name])
        group.setFirstColumnSpanned(True)
        self._groups.append(group)
        group.setFont(0, theme.current().font(bold=True))
        return group

    def _fill(self, name: str, lines: tuple[tuple[str, str], ...]) -> None:
        if lines:
            group = self._group(name)
            for keys, told in lines:
                QTreeWidgetItem(group, [keys, told])

    def _add_signs(self) -> None:
        look = theme.current()
        group = self._group("Signs")
        for each in Determination:
            shown = vocabulary.display(each)
            line = QTreeWidgetItem(group, [shown.word, ""])
            line.setIcon(0, icon.icon(shown.icon, look.determination(each)))
        for name, told in _MARKS:
            line = QTreeWidgetItem(group, ["", told])
            line.setIcon(0, icon.icon(name, look.colour("accent")))
        for lesson in (*LESSONS.values(), AS_LABELED_LESSON):
            name, _, told = lesson.partition(": ")
            QTreeWidgetItem(group, [name, told[:1].upper() + told[1:]])
        QTreeWidgetItem(group, ["Dot", LOOK_LESSON])


def _keys(menu: QMenu) -> Iterator[tuple[str, str]]:
    """Every entry that has a key, those of menus within it too."""
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _keys(below)
        elif not action.shortcut().isEmpty():
            yield _shown(action), _bare(action.text())


def _shown(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _bare(text: str) -> str:
    """The words of an entry, without the mark of its letter and without a key that stands in it."""
    return text.partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")
