"""Says of a document which others are versions of its policy, and from when on each is in effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from policyview import about
from policyview.dating import WHICH, first_day, version_of
from policyview.export import editions, vocabulary
from policyview.gui import theme
from policyview.gui.board import Board, flat
from policyview.gui.citation import short_name, source_name
from policyview.gui.document_acts import DocumentActs
from policyview.gui.plain import PlainLabel, WrappedLabel, plain_tip
from policyview.gui.session import Session
from policyview.model import Column, PolicyVersions, Reading

_EDGE = 12  # pixels beside the reasons
_FILE = Qt.ItemDataRole.UserRole
_HOW = "A tick says that a document is a version of this policy; take it away where it is another's."
_ALONE = "No other document was recognised as a version of this policy."
_DATE_TIP = "Choose one of the printed dates, or write one as 2025-03-01, 2025-03 or 2025"


class _Ticks(QStyledItemDelegate):
    """Fusion draws an empty box a shade darker than the window, which is not seen in the dark."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if index.column() == 0:
            self.initStyleOption(option, index)
            box = option.widget.style().subElementRect(
                QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, option.widget
            )
            painter.setPen(theme.current().colour("soft"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))


class VersionsDialog(QDialog):
    """Every act is done at once, in the matrix beside it too, and can be undone."""

    def __init__(self, session: Session, acts: DocumentActs, file: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Versions of a policy")
        self._session, self._acts, self._file = session, acts, file
        self.name, self.told = WrappedLabel("", "heading"), WrappedLabel("", "soft")
        self.documents = self._tree()
        self.date = self._dates()
        self.fault = WrappedLabel("", "warning")
        self._lay_out()
        self.resize(820, 460)
        session.compared.connect(self.refresh)
        self.refresh()
        self.documents.setFocus()

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName("Documents, ticked where they are versions of this policy")
        tree.setRootIsDecorated(False)
        tree.setItemDelegate(_Ticks(tree))
        tree.setUniformRowHeights(True)
        tree.setHeaderLabels(["Document", "Version", "In force", "Why"])
        tree.itemChanged.connect(self._on_ticked)
        tree.currentItemChanged.connect(lambda now, before: self._show_dates())
        return tree

    def _dates(self) -> QComboBox:
        combo = QComboBox(self)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setAccessibleName("In effect from")
        combo.setToolTip(_DATE_TIP)
        combo.setMinimumContentsLength(34)
        combo.activated.connect(self._on_date_chosen)
        line = combo.lineEdit()
        assert line is not None
        line.returnPressed.connect(self._on_date_written)
        return combo

    def _lay_out(self) -> None:
        named = PlainLabel("The chosen document is in &effect from", "soft")
        named.setBuddy(self.date)
        dates = QHBoxLayout()
        dates.addWidget(named)
        dates.addWidget(self.date, 1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        below = QHBoxLayout()
        for make, keys in ((self._session.undo_stack.createUndoAction, QKeySequence.StandardKey.Undo),
                           (self._session.undo_stack.createRedoAction, QKeySequence.StandardKey.Redo)):  # fmt: skip
            action, button = make(self), QToolButton(self)
            action.setShortcut(QKeySequence(keys))
            self.addAction(action)
            button.setDefaultAction(action)
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(close)
        column = QVBoxLayout(self)
        for label in (self.name, self.told, WrappedLabel(_HOW, "soft")):
            column.addWidget(label)
        column.addWidget(self.documents, 1)
        column.addLayout(dates)
        column.addWidget(self.fault)
        column.addLayout(below)

    # ------------------------------------------------------------ what is shown

    @property
    def policy(self) -> PolicyVersions:
        """The versions of the document's policy as they are now."""
        board = _board_of(self._session.boards, self._file)
        return editions.Told(board.matrix).policy(self._file) if board else PolicyVersions((self._file,))

    def refresh(self) -> None:
        """Shows what is recognised now."""
        reading = self._session.readings.get(self._file)
        if reading is None:
            self.reject()
            return
        policy, board = self.policy, _board_of(self._session.boards, self._file)
        name, title = source_name(reading), flat(reading.facts.policy.title or "")
        self.name.show_text(name if title in name else f"{name} · {title}")
        told = editions.Told(board.matrix).of(self._file) if board else ()
        self.told.show_text("\n".join(map(flat, told)) or _ALONE)
        self._show_documents(policy)
        self._show_dates()

    def _show_documents(self, policy: PolicyVersions) -> None:
        current = self.documents.currentItem()
        kept = current.data(0, _FILE) if current else self._file
        columns = {c.file: c for board in self._session.boards for c in board.matrix.columns}
        why = dict(policy.lookalikes)
        with QSignalBlocker(self.documents):
            self.documents.clear()
            for reading in _in_order(self._session.readings, policy, self._file):
                item = self._line(reading, columns.get(reading.file), policy, why.get(reading.file, ""))
                self.documents.addTopLevelItem(item)
                if reading.file == kept:
                    self.documents.setCurrentItem(item)
        self._take_room()

    def _take_room(self) -> None:
        """What the short columns need goes to them, the rest to the names and, where there are some, the reasons."""
        tree = self.documents
        for column in (1, 2):
            tree.resizeColumnToContents(column)
        needed = max(tree.sizeHintForColumn(3), tree.header().sectionSizeHint(3)) + _EDGE
        room = tree.viewport().width() - tree.columnWidth(1) - tree.columnWidth(2)
        tree.setColumnWidth(0, max(220, room - min(needed, room // 2)))
        tree.setColumnWidth(3, needed)  # else it keeps the width that it had, and all is scrolled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_room()

    def _line(self, reading: Reading, column: Column | None, policy: PolicyVersions, why: str) -> QTreeWidgetItem:
        is_own = reading.file in policy.files
        now = self._session.corrected.get(reading.file, reading)
        version = editions.version_words(version_of(now, self._session.versioning.overrides))
        force = "" if column is None else editions.badge(column) or "in force"
        told = "; ".join(policy.why) if is_own and len(policy.files) > 1 else why
        name = f"{source_name(reading)} · {short_name(reading.file)}"
        item = QTreeWidgetItem([flat(name), version, force, flat(told)])
        item.setData(0, _FILE, reading.file)
        item.setCheckState(0, Qt.CheckState.Checked if is_own else Qt.CheckState.Unchecked)
        if reading.file == self._file or self._session.why_read_only:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        for number in range(4):
            item.setToolTip(number, plain_tip(item.text(number)))
        ticked = "a version of this policy" if is_own else "not a version of this policy"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{flat(name)}, {version}, {force}, {ticked}")
        return item

    def _show_dates(self) -> None:
        """The printed dates of the current document; the first line is what it says itself."""
        reading = self._chosen()
        self.fault.show_text(self._session.why_read_only)
        self.date.setEnabled(not self._session.why_read_only)
        with QSignalBlocker(self.date):
            self.date.clear()
            for words, date in _dates_of(reading) if reading else ():
                self.date.addItem(words, date)
            date = self._acts.value(reading, "effective") if reading else ""
            named = date if reading and date != about.value_of(reading.facts.policy, "effective") else ""
            self.date.setEditText(f"{named} ({vocabulary.word('origins', 'corrected')})" if named else
                                  self.date.itemText(0))  # fmt: skip

    def _chosen(self) -> Reading | None:
        item = self.documents.currentItem()
        return self._session.readings.get(item.data(0, _FILE)) if item else None

    # ------------------------------------------------------------ what a person says

    def _on_ticked(self, item: QTreeWidgetItem, column: int) -> None:
        reading = self._session.readings.get(item.data(0, _FILE))
        if reading is None:
            return
        now = self._session.corrected
        others = [now[file] for file in self.policy.files if file != reading.file and file in now]
        self._acts.join(now[reading.file], others, item.checkState(0) is Qt.CheckState.Checked)

    def _on_date_chosen(self, number: int) -> None:
        self._date(self.date.itemData(number))

    def _on_date_written(self) -> None:
        written = self.date.currentText().strip()
        if written == self.date.itemText(0):
            self._date(None)
        elif first_day(written) is None:
            self.fault.show_text(f"“{written[:40]}” is not a date. Write it as 2025-03-01, 2025-03 or 2025.")
        else:
            self._date(written)

    def _date(self, date: str | None) -> None:
        reading = self._chosen()
        if reading is not None:
            self.fault.show_text("")
            self._acts.set(reading, {"effective": date or about.value_of(reading.facts.policy, "effective")})


def _board_of(boards: Sequence[Board], file: str) -> Board | None:
    return next((board for board in boards if any(column.file == file for column in board.matrix.columns)), None)


def _in_order(readings: Mapping[str, Reading], policy: PolicyVersions, file: str) -> list[Reading]:
    """The versions of the policy, then what looks like one, then the same payer's others, then the rest."""
    alike = [other for other, _ in policy.lookalikes]
    payer = readings[file].facts.policy.payer

    def place(reading: Reading) -> tuple[int, int, str, str]:
        if reading.file in policy.files:
            return 0, policy.files.index(reading.file), "", ""
        if reading.file in alike:
            return 1, alike.index(reading.file), "", ""
        own = reading.facts.policy
        return 2 if payer and own.payer == payer else 3, 0, (own.payer or "~").lower(), reading.file

    return sorted(readings.values(), key=place)


def _dates_of(reading: Reading) -> Iterator[tuple[str, str | None]]:
    """What a document says of its dates: in words, and the date to take for the one from which it is in effect."""
    yield f"as printed: {editions.version_words(version_of(reading))}", None
    for which in WHICH:
        date = getattr(reading.facts.policy.dates, which)
        if date and which != "effective":
            yield f"{date} ({vocabulary.which_word(which)})", date
