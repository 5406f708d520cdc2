"""What changed between two versions of one policy: the changes by weight, and both versions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from policyview.gui.change_detail import ChangeDetail
from policyview.gui.change_faces import ChangeBoard, ChangeFace, change_text, placed
from policyview.gui.change_marks import ChangeMarks, Identity
from policyview.gui.changes_filter import ChangesFilter
from policyview.gui.changes_head import ChangesHead
from policyview.gui.changes_list import ChangesList
from policyview.gui.changes_model import ChangeFilter, ChangesModel
from policyview.gui.citation import short_name
from policyview.gui.comparer import Comparer
from policyview.gui.page_images import PageImages
from policyview.gui.plain import PlainLabel
from policyview.gui.sharing import SharedSplitter, at_most
from policyview.gui.two_pages import TwoPages
from policyview.gui.version_groups import Versions
from policyview.gui.versions_bar import VersionsBar
from policyview.marks import Judgement
from policyview.model import Progress, Reading

_LIST_WIDTH, _PAGES_WIDTH = 380, 738  # pixels at 1280 x 720
_DETAIL_HEIGHT, _DETAIL_SHARE = 165, 0.31  # likewise; in a low window, of the height
_NOTHING_CHOSEN = "Choose the older and the newer version above"
_COMPARING = "The versions are still being compared"
_NO_VERSIONS = "None of these policies is there in two versions. Choose any two documents above."
_NO_DOCUMENTS = "The changes between two versions stand here as soon as two documents are read"


class ChangesView(QWidget):
    """``told`` carries a passing remark for the status bar."""

    told = Signal(str)

    def __init__(
        self, comparer: Comparer, marks: ChangeMarks, images: PageImages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._comparer, self._marks = comparer, marks
        self._readings: dict[str, Reading] = {}
        self._groups: tuple[Versions, ...] = ()
        self._asked: tuple[str, str] | None = None
        self._sought: Identity | None = None
        self._under_way, self._seconds, self._clock = "", 0, QTimer(self, interval=1000)
        self._clock.timeout.connect(self._on_second)
        self.bar, self.head = VersionsBar(self), ChangesHead(self)
        self.filter, self.model = ChangesFilter(self), ChangesModel(marks, self)
        self.list, self.detail = ChangesList(self.model, self), ChangeDetail(self)
        self.pages = TwoPages(images, self)
        self._lay_out()
        self._wire()
        self._explain(_NO_DOCUMENTS)

    # ------------------------------------------------------------ parts

    def _lay_out(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter)
        self.no_line = PlainLabel("No change answers the filter.", "soft")
        self.no_line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.no_line.setWordWrap(True)
        self._lists = QStackedWidget(self)
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.no_line)
        column.addWidget(self._lists, 1)
        right = SharedSplitter(Qt.Orientation.Vertical, at_most(_DETAIL_HEIGHT, _DETAIL_SHARE))
        right.addWidget(self.pages)
        right.addWidget(self.detail)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(left)
        across.addWidget(right)
        across.setStretchFactor(1, 1)
        across.setSizes([_LIST_WIDTH, _PAGES_WIDTH])
        across.setChildrenCollapsible(False)
        self._work = QWidget(self)
        inside = QVBoxLayout(self._work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.head)
        inside.addWidget(across, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._work)
        self._stack.addWidget(self._explanation())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._stack, 1)

    def add_acts(self, menu: QMenu) -> None:
        """What is of the changes alone, while they are seen."""
        line, action = menu.addSeparator(), menu.addAction("Next change not re&viewed\tF9")
        action.triggered.connect(lambda: self.step(1, is_unreviewed=True))
        for each in (line, action):
            each.setVisible(False)
            menu.aboutToShow.connect(lambda each=each: each.setVisible(self.isVisible()))
        menu.aboutToShow.connect(lambda: action.setEnabled(self.can_judge))

    def _explanation(self) -> QWidget:
        """What stands there while there is nothing to show."""
        room = QWidget(self)
        self.message = PlainLabel("", "soft")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.message.setObjectName("waiting")
        self.message.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # holds the keyboard: on Cancel, Space would not confirm
        self.again, self.cancel = QPushButton("Compare", room), QPushButton("Cancel", room)
        self.cancel.setAccessibleDescription("Stops comparing these versions")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.again)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(room)
        column.addStretch(1)
        column.addWidget(self.message)
        column.addLayout(buttons)
        column.addStretch(2)
        return room

    def _wire(self) -> None:
        self.bar.pair_chosen.connect(self._compare)
        self.filter.changed.connect(self._on_filter_changed)
        self.list.chosen.connect(self._on_chosen)
        self.list.confirmed.connect(lambda: self.judge("confirmed"))
        self.list.dismissed.connect(lambda: self.judge("not relevant"))
        self.list.note_wanted.connect(self.detail.write_note)
        self.list.entered.connect(lambda: self.pages.new.enter())
        self.detail.judged.connect(self.judge)
        self.detail.noted.connect(self._note)
        for part in (self.detail, self.pages):
            part.left.connect(self.list.setFocus)
        self._marks.changed.connect(self._on_mark_changed)
        self._comparer.progressed.connect(self._on_progressed)
        self._comparer.compared.connect(self._on_compared)
        self._comparer.broke.connect(lambda why: self._explain(f"The comparison could not be made: {why}", "Try again"))
        self._comparer.cancelled.connect(self._on_cancelled)
        self.again.clicked.connect(self._compare)
        self.cancel.clicked.connect(self._comparer.cancel)

    # ------------------------------------------------------------ what is shown

    @property
    def board(self) -> ChangeBoard | None:
        return self.model.board

    @property
    def is_settled(self) -> bool:
        """Whether what is asked for stands there, or cannot."""
        return not self._comparer.is_busy and self.pages.is_settled

    def show_readings(self, readings: Iterable[Reading], groups: Sequence[Versions]) -> None:
        """Offers what was read, once somebody looks; a comparison that stands there stays."""
        self._readings, self._groups = {each.file: each for each in readings}, tuple(groups)
        if self.isVisible():
            self._offer()

    def _offer(self) -> None:
        self.bar.show_readings(self._readings.values(), self._groups)
        self._renew()
        if self.board is None and not self._comparer.is_busy and self._asked is None:
            self._explain(self._why_nothing())
            self._compare_if_seen()

    def _renew(self) -> None:
        """Tells of losses that were found since; what is no longer open is shown no more."""
        if self.board is None:
            return
        were = self.board.report.old, self.board.report.new
        old, new = (self._readings.get(each.file) for each in were)
        if old is None or new is None or _sums(old, new) != _sums(*were):
            self.model.show(None)
            self.bar.choose(None, None)
            self._asked = None
            self._explain(self._why_nothing())
        elif old is not were[0] or new is not were[1]:
            self.model.renew(old, new)
            self._say()

    def forget(self) -> None:
        """Compares anew: a person said something of versions, and what was cautioned of them may be otherwise now."""
        self._comparer.forget()
        self._asked = None
        self._compare_if_seen()

    def choose(self, old: str | None, new: str | None) -> None:
        """Chooses two documents, told by their files; with None for both the choice stays as it is."""
        self._offer()
        if old or new:
            self.bar.choose(old, new)

    def ask(self, old: str | None, new: str | None) -> None:
        """Compares two documents, told by their files; of one that is None the choice is left to a person."""
        self.choose(old, new)
        bar = self.bar
        if bar.pair is None:
            self._compare()
            (bar.old if old is None else bar.new).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._compare_if_seen()
            if not old and not new:
                (bar.policy if bar.policy.isEnabled() else bar.old).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_change(self, old: str, new: str, identity: Identity) -> None:
        """Compares two documents and turns to a change between them as soon as it is known."""
        self._sought = identity
        self.filter.reset()
        self.ask(old, new)
        if self.board is not None and not self._comparer.is_busy:
            self._seek()

    def _seek(self) -> None:
        identity, self._sought = self._sought, None
        index = self.model.find(identity) if identity else None
        if index is not None and index.isValid():
            self.list.go_to(index)
        elif identity:
            self.told.emit("This change is no longer found between these versions")

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        for part in (self.head, self.list, self.detail, self.pages):
            part.retheme()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hands the keyboard on; as a focus proxy the list would keep it from what stands before it."""
        waiting = self.message if self._under_way else self.again
        first = (self.list, waiting, self.bar.policy, self.bar.old)
        next((each for each in first if each.isVisible() and each.isEnabled()), self.bar.new).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer()
        self._compare_if_seen()

    def _why_nothing(self) -> str:
        if len(self._readings) < 2:
            return _NO_DOCUMENTS
        return _NOTHING_CHOSEN if self.bar.groups else _NO_VERSIONS

    def _compare_if_seen(self) -> None:
        """Compares what is chosen once somebody looks."""
        if self.isVisible() and self.bar.pair is not None and self._asked != self.bar.pair:
            self._compare()

    def _compare(self) -> None:
        pair = self.bar.pair
        self._asked = pair
        self.model.show(None)  # nobody is to step through what is not seen
        if pair is None:
            self._comparer.cancel()
            same = self.bar.old.currentData() and self.bar.old.currentData() == self.bar.new.currentData()
            self._explain("Both are the same document. Choose another one." if same else self._why_nothing())
            return
        self._on_progressed(Progress(0, 2, "Comparing the versions"))
        self._comparer.ask(*(self._readings[file] for file in pair))

    def _on_progressed(self, progress: Progress) -> None:
        self._explain(f"{short_name(progress.text)} …", is_busy=True)

    def _on_cancelled(self) -> None:
        if self.bar.pair is not None:  # else it was given up for a choice that is not made yet
            self._explain("The comparison was cancelled.", "Compare")

    def _explain(self, text: str, act: str = "", is_busy: bool = False) -> None:
        had_focus = any(each.hasFocus() for each in (self.message, self.cancel, self.again, self.list))
        self._under_way = text if is_busy else ""
        if is_busy and not self._clock.isActive():
            self._seconds = 0
            self._clock.start()
        elif not is_busy:
            self._clock.stop()
        self.message.show_text(text)
        self.again.setText(act or "Compare")
        self._stack.setCurrentIndex(1)
        for button, is_shown in ((self.again, bool(act)), (self.cancel, is_busy)):
            button.setVisible(is_shown)
        if had_focus:
            (self.message if is_busy else self.again if act else self.bar.policy).setFocus()

    def _on_second(self) -> None:
        """That the work goes on is seen by its seconds: nobody knows how long it takes."""
        self._seconds += 1
        self.message.show_text(f"{self._under_way} {self._seconds} s")

    def _on_compared(self, board: ChangeBoard) -> None:
        had_focus = any(each.hasFocus() for each in (self.message, self.cancel, self.again))
        self.model.show(board)
        self._say()
        self._stack.setCurrentIndex(0)
        self._clock.stop()
        self._under_way = ""
        self.list.go_to_first()
        self._seek()
        self._on_chosen(self.list.face)
        if had_focus:
            self.list.setFocus()

    def _say(self) -> None:
        if self.board is not None:
            self.head.show_board(self.board, self.model.unreviewed())

    # ------------------------------------------------------------ moving and judging

    def step(self, by: int, is_unreviewed: bool = False) -> None:
        """Goes to the next (1) or previous (-1) substantive change, or to the one that nobody has judged yet."""
        if self.board is None:
            self.told.emit(_COMPARING if self._under_way else "No versions are compared here yet")
            return
        if not self.list.step(by, is_unreviewed):
            which = " that is not reviewed" if is_unreviewed else ""
            self.told.emit(f"There is no {'further' if by > 0 else 'earlier'} substantive change{which}")

    @property
    def can_judge(self) -> bool:
        """Whether a change is current that a person can say something of."""
        face = self.list.face
        return self.isVisible() and face is not None and face.subject is not None and not self._marks.why_read_only

    @property
    def copied(self) -> str:
        """The current line as text to paste elsewhere; empty where there is none."""
        return change_text(self.list.face) if self.list.face else ""

    def judge(self, judgement: Judgement) -> None:
        """Says it of the current change; said again, it is taken back."""
        face = self.list.face
        if self._is_read_only():
            return
        if face is not None and face.subject is not None:
            is_said = self._marks.mark(face.subject).judgement == judgement
            self._marks.judge(face.subject, "" if is_said else judgement)

    def _is_read_only(self) -> bool:
        """Says so, where it is."""
        if self._marks.why_read_only:
            self.told.emit(self._marks.why_read_only)
        return bool(self._marks.why_read_only)

    def _note(self, text: str) -> None:
        face = self.list.face
        if not self._is_read_only() and face is not None and face.subject is not None:
            self._marks.note(face.subject, text)

    # ------------------------------------------------------------ what happened

    def _on_chosen(self, face: ChangeFace | None) -> None:
        board = self.board
        if board is not None and face is not None:
            face = placed(face, board.report)
        self.detail.set_read_only(self._marks.why_read_only)
        self.detail.show_face(face, self._marks.mark(face.subject if face else None))
        if board is not None and face is not None:
            self.pages.show_places(face.places, face.said, board.beside, face.is_moved)

    def _on_mark_changed(self, identity: Identity | None) -> None:
        self._say()
        index = self.model.find(identity) if identity else self.list.currentIndex()
        if index.isValid() and index != self.list.currentIndex():  # undone or redone: to be seen
            self.list.go_to(index)
        face = self.list.face
        self.detail.show_face(face, self._marks.mark(face.subject if face else None))

    def _on_filter_changed(self, wanted: ChangeFilter) -> None:
        face = self.list.face
        self.model.set_filter(wanted)
        index = self.model.find(face.subject.identity) if face is not None and face.subject else None
        if index is not None and index.isValid():
            self.list.go_to(index)
        else:
            self.list.go_to_first()
        self._lists.setCurrentIndex(0 if self.model.rowCount() else 1)


def _sums(old: Reading, new: Reading) -> tuple[str, str]:
    return old.document.sha256, new.document.sha256
