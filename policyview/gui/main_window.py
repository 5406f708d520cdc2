"""The main window: decides what it means when something happened in one of its panes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
)
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from policyview.export.pack.opening import is_pack
from policyview.gui import choosing, copying, window_state
from policyview.gui.arrangement import packed, unpacked
from policyview.gui.audit_bar import AuditBar
from policyview.gui.audit_view import AuditView
from policyview.gui.audit_wiring import NAME as AUDIT
from policyview.gui.audit_wiring import AuditWiring
from policyview.gui.board import Board
from policyview.gui.brought_bar import BroughtBar
from policyview.gui.cell_remarks import NOTHING_TOLD, CellRemarks
from policyview.gui.cell_view import CellView
from policyview.gui.change_marks import ChangeMarks
from policyview.gui.changes_view import ChangesView
from policyview.gui.comparer import Comparer
from policyview.gui.depth_view import DepthView
from policyview.gui.document_menu import DocumentMenu
from policyview.gui.empty_view import EmptyView
from policyview.gui.folding import Folding
from policyview.gui.grids import Grids
from policyview.gui.library_model import Shelves
from policyview.gui.library_view import LibraryView
from policyview.gui.main_menus import MainMenus
from policyview.gui.matrix_view import MatrixView
from policyview.gui.newcomers import Newcomers
from policyview.gui.page_drawer import PageDrawer
from policyview.gui.page_images import PageImages
from policyview.gui.payer_bar import PayerBar
from policyview.gui.placing import Placing
from policyview.gui.preferences import Preferences
from policyview.gui.problem_view import ProblemView
from policyview.gui.review_acts import ReviewActs
from policyview.gui.search_view import SearchView
from policyview.gui.session import Session
from policyview.gui.sharing import SharedSplitter, cell_height, source_width
from policyview.gui.source_room import SourceRoom
from policyview.gui.standing import Standing, Target
from policyview.gui.status_line import StatusLine
from policyview.gui.theme import building
from policyview.gui.version_groups import version_groups
from policyview.gui.view_tabs import ViewTabs
from policyview.gui.walking import Walking
from policyview.gui.walks import add_walks
from policyview.gui.window_words import why_no_matrix, window_title
from policyview.model import Progress, Reading
from policyview.resources import sample_docs
from policyview.settings import Settings
from policyview.store import ENDING

_LIBRARY_WIDTH = 162  # pixels
_VIEWS_WIDTH = 380  # pixels; views that are not seen ask for more


class MainWindow(QMainWindow):
    """Library, matrix, cell and source; reads what is dropped on it."""

    @building()
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("policyview")
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 520)
        self._settings = settings
        self.session, self.preferences = Session(settings, self), Preferences.load()
        self._shelves = Shelves()
        self._images = PageImages(lambda: PageDrawer(self.session.copy_of, settings), self)
        self.library, self.matrix = LibraryView(self), MatrixView(self)
        self.cell, self.sources = CellView(self), SourceRoom(self._images, self.preferences, self)
        self.source = self.sources.source
        self.problems, self.empty = ProblemView(self), EmptyView(self)
        self.undo_stack = self.session.undo_stack
        self.comparer = Comparer(self.session.compare_versions, self)
        self.marks = ChangeMarks(self.session, self.undo_stack, self)
        self.changes = ChangesView(self.comparer, self.marks, self._images, self)
        self.views = ViewTabs(self)
        self.in_depth = DepthView(settings, self)
        self.search = SearchView(lambda: self.session.readings.values(), self)
        self.audit, self.audit_view = AuditBar(self.session.auditing, self), AuditView(self)
        self.payers = PayerBar(self)
        self.brought = BroughtBar(self.session, self)
        self._lay_out()
        self.status = StatusLine(self.statusBar())
        self.remarks = CellRemarks(self.session)
        self.reviewing = ReviewActs(self.session, self.matrix, self.cell, self.source, self)
        self.documents = DocumentMenu(self.session, self.matrix, self.library, self)
        self.audit_wiring = AuditWiring(self.session, settings, self.audit_view, self.views, self.status.remark, self)
        self.walking = Walking(self.views, self)
        add_walks(self, self._middle)
        self.placing, self.newcomers = Placing(self), Newcomers(self)
        self.menus = MainMenus(self)
        self._wire()
        self._on_files_changed()
        self._show_or_explain()
        matrix = self.matrix
        ring = (self.library.tree, *matrix.bar.controls, matrix.tables, self.cell.tree, self.source.pages,
                self.source.text)  # fmt: skip
        for before, after in pairwise(ring):
            QWidget.setTabOrder(before, after)

    # ------------------------------------------------------------ parts

    def _lay_out(self) -> None:
        middle = SharedSplitter(Qt.Orientation.Vertical, cell_height)
        middle.addWidget(self.matrix)
        middle.addWidget(self.cell)
        self.views.add(middle, "Matrix")
        self._middle = middle
        self.views.add(self.in_depth, "Row")
        self.grids = Grids(self.views, self)
        self.views.add(self.changes, "Changes")
        self.views.add(self.audit_view, AUDIT)
        self.views.add(self.search, "Search")
        across = SharedSplitter(Qt.Orientation.Horizontal,
                                lambda room: None if self.sources.is_widened else source_width(room))  # fmt: skip
        for number, pane in enumerate((self.library, self.views, self.sources)):
            across.addWidget(pane)
            across.setStretchFactor(number, min(1, number))
        across.setSizes([_LIBRARY_WIDTH, 600, 600])
        self.library.setMinimumWidth(140)
        self.folding = Folding(self.library, self, self.preferences)
        self.views.put_first(self.folding.button)
        self.matrix.setMinimumWidth(360)
        self.views.setMinimumWidth(_VIEWS_WIDTH)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.audit)
        column.addWidget(self.payers)
        column.addWidget(self.brought)
        column.addWidget(across, 1)
        column.addWidget(self.problems)
        self._work, self._across = work, across
        self._rooms = QStackedWidget(self)
        self._rooms.addWidget(self.empty)
        self._rooms.addWidget(work)
        self.setCentralWidget(self._rooms)

    def _wire(self) -> None:
        session, matrix = self.session, self.matrix
        session.progressed.connect(self._on_progressed)
        session.files_changed.connect(self._on_files_changed)
        session.compared.connect(self._on_compared)
        session.reading_ended.connect(self._on_files_changed)
        session.broke.connect(self._on_broke)
        self.menus.pasted.connect(self.open_paths)
        session.workspace_opened.connect(self._on_opened)
        matrix.current_changed.connect(self._on_current_changed)
        matrix.cell_entered.connect(lambda standing: self.source.enter())
        self.source.pages.set_next(matrix.targets_around)
        matrix.board_shown.connect(self.grids.show_board)
        matrix.all_versions_shown.connect(self.grids.set_all_versions)
        self.grids.target_chosen.connect(self._on_target_chosen)
        self.grids.entered.connect(self.source.enter)
        self.grids.search_wanted.connect(self.search_all)
        self.search.target_chosen.connect(self._on_target_chosen)
        self.in_depth.target_chosen.connect(self._on_target_chosen)
        self.in_depth.entered.connect(self.source.enter)
        self.in_depth.left.connect(lambda: self.walking.go_to(self.matrix.tables))
        self.search.entered.connect(self.source.enter)
        self.search.left.connect(self.walking.go_back)
        self.menus.search.wanted.connect(self._seek)
        self.menus.search.left.connect(self.walking.go_to_view)
        session.reading_ended.connect(self.search.renew)
        self.cell.target_chosen.connect(self.source.show_target)
        self.cell.left.connect(lambda: self.matrix.tables.setFocus())
        self.library.document_chosen.connect(self._on_document_chosen)
        self.library.document_entered.connect(self.source.enter)
        self.library.topic_chosen.connect(self.matrix.show_topic_of)
        self.library.topic_entered.connect(self._on_topic_entered)
        self.library.versions_wanted.connect(self.compare_versions)
        self.views.turned.connect(self._on_turned)
        self.views.turned.connect(self.status.forget)
        self.changes.told.connect(self.status.remark)
        self.walking.told.connect(self.status.remark)
        self.brought.told.connect(self.status.remark)
        session.versioning.overridden.connect(self.changes.forget)
        self.audit_wiring.lead(matrix, self.changes, self.source, self.menus.which, self.library)
        self.library.failure_chosen.connect(self.placing.show_unread)
        self.newcomers.told.connect(self.status.remark)
        self.problems.again.clicked.connect(session.retry)
        self.problems.closed.connect(self.walking.go_to_view)
        self.status.cancel.clicked.connect(session.cancel)
        self.status.cancel.clicked.connect(self.menus.exports.cancel)
        self.menus.exports.progressed.connect(self._on_exported)
        self.menus.exports.ended.connect(self.status.report)
        self.menus.exports.broke.connect(self.status.report)
        self.menus.exports.told.connect(self.status.remark)
        self.status.attention.clicked.connect(self.show_problems)
        self.status.checks.clicked.connect(self.audit_wiring.show_checks)
        self.empty.folder_wanted.connect(self.choose_folder)
        self.empty.files_wanted.connect(self.choose_files)
        self.empty.samples_wanted.connect(self.open_samples)
        self.menus.looks.rethemed.connect(self._on_rethemed)
        session.reviewed.connect(self._on_reviewed)
        self.menus.review.attach(matrix, self.cell, self.source, self.library)
        self.source.menu_wanted.connect(lambda place: self.menus.review.open_at_words(place, self.menus.copy))
        self.reviewing.told.connect(self.status.remark)
        self.reviewing.target_wanted.connect(self.source.show_target)
        self.documents.told.connect(self.status.remark)
        self.documents.target_wanted.connect(self._on_target_chosen)
        self.documents.acts.touched.connect(self.changes.forget)
        self.payers.naming_wanted.connect(self.documents.ask_about)
        self.payers.document_wanted.connect(self._on_document_chosen)
        self.payers.left.connect(matrix.tables.setFocus)
        session.workspace_opened.connect(self.payers.forget)
        session.workspace_opened.connect(lambda: matrix.take_arrangements(unpacked(session.layout)))
        matrix.arranged.connect(lambda arrangements: session.keep_layout(packed(arrangements)))

    # ------------------------------------------------------------ opening

    def begin(self, paths: Sequence[Path]) -> None:
        """Opens what was named, in a workspace of its own if that is no workspace and no pack; without paths what was
        open last."""
        if not any(path.suffix == ENDING or is_pack(path) for path in paths):
            self.session.work_in(None, is_fresh=bool(paths))
        if paths:
            self.open_paths(paths)
        self._on_files_changed()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Reads files and folders beside what is open already."""
        self.session.open(list(paths))
        self._on_files_changed()

    def open_samples(self) -> None:
        self.open_paths([sample_docs()])

    def choose_files(self) -> None:
        """Asks for files, without holding up the window."""
        choosing.choose_files(self, self.open_paths)

    def choose_folder(self) -> None:
        choosing.choose_folder(self, self.open_paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_paths(paths)

    # ------------------------------------------------------------ what happened

    def _on_progressed(self, progress: Progress) -> None:
        self.status.show_progress(progress, self.session.is_reading)
        self._show_or_explain()

    def _on_exported(self, progress: Progress | None) -> None:
        """How far the writing of a file is; None when it has ended."""
        if progress is not None:
            exports = self.menus.exports
            self.status.show_progress(progress, exports.is_busy, exports.doing)
        else:
            self.status.show_progress(self.session.progress, self.session.is_reading)

    def _on_files_changed(self) -> None:
        session = self.session
        failures, waiting = session.failures.values(), session.waiting
        readings, left_out = session.corrected, session.left_out
        lines = self._shelves.of(session.boards, readings, failures, waiting, session.skipped, left_out)
        self.library.show_shelves(lines)
        self._offer_versions()
        self.payers.show_readings(() if session.is_busy or session.why_read_only else readings.values())
        self._list_problems()
        self._on_progressed(session.progress)
        self.status.show_counts(session, self.remarks.looks)

    def _offer_versions(self) -> None:
        """The changes have their tab where a policy is there in several versions, or where somebody asked."""
        readings = self.session.corrected
        groups = version_groups(self.session.boards, readings)
        self.library.set_versions(groups)
        self.changes.show_readings(readings.values(), groups)
        if groups:
            self.views.offer(self.changes)

    def _show_or_explain(self) -> None:
        session = self.session
        room = self.empty if session.is_empty else self._work
        self.menus.search.setEnabled(not session.is_empty)
        if self._rooms.currentWidget() is not room:
            self._rooms.setCurrentWidget(room)
            (self.empty if session.is_empty else self.library).setFocus()
        if not session.boards:
            self.matrix.explain(why_no_matrix(session))

    def _on_compared(self, boards: tuple[Board, ...]) -> None:
        self.matrix.show_boards(boards, self.remarks.said)
        self.reviewing.follow_on()
        self.documents.follow_on()
        self._on_files_changed()
        if self.matrix.standing is not None:
            self.library.show_file(self.matrix.standing.reading.file)
        if boards and not self.matrix.was_touched:
            self.matrix.setFocus()

    def _on_reviewed(self) -> None:
        self.matrix.show_said(self.remarks.said)
        self._show_cell(self.matrix.standing)
        self.status.show_counts(self.session, self.remarks.looks)

    def _show_cell(self, standing: Standing | None) -> None:
        topic = self.matrix.board.matrix.topic if self.matrix.board else ""
        self.cell.show_standing(standing, self.remarks.told(standing, topic) if standing else NOTHING_TOLD)

    def _on_broke(self, reason: str) -> None:
        self._on_files_changed()
        self.show_problems()

    def _on_current_changed(self, standing: Standing | None) -> None:
        reading = standing.reading if standing else self._first_of_a_topic_without_rows()
        if reading is not None:  # first, for its page is drawn while the other panes take theirs
            self.source.show_target(standing.target() if standing else Target(reading))
            self.library.show_file(reading.file)
        self._show_cell(standing)
        self._show_in_depth(standing)
        self.sources.follow()
        self._entitle()

    def _show_in_depth(self, standing: Standing | None) -> None:
        row = self.matrix.current_row
        self.views.offer(self.in_depth, row is not None)
        if row is None or standing is None:
            self.in_depth.ask(None, 0, (), "")
        else:
            self.in_depth.ask(*row, standing.column.file)

    def _on_opened(self) -> None:
        """Another workspace stands here: nothing of the one before is beside it until its first cell is there."""
        if self.matrix.standing is None:
            self.source.show_target(None)
        self._entitle()

    def _entitle(self) -> None:
        board, session = self.matrix.board, self.session
        self.setWindowTitle(window_title(board, session.workspace, session.auditing.contents is not None))

    def _first_of_a_topic_without_rows(self) -> Reading | None:
        """What stands beside an empty matrix, instead of the source of another topic's cell."""
        matrix = self.matrix.board.matrix if self.matrix.board else None
        if matrix is None or matrix.rows or not matrix.columns:
            return None
        return self.session.readings.get(matrix.columns[0].file)

    def _on_turned(self, view: QWidget) -> None:
        """The changes have both their sources beside them; the matrix its current cell's, whatever stood there."""
        self.sources.setVisible(view is not self.changes)
        is_silent = (view is self.grids.current and self.grids.current.target is None) or (
            view is self.audit_view and self.audit_view.table.line is None)
        if (view is self._middle or is_silent) and self.matrix.standing is not None:
            self.source.show_target(self.matrix.standing.target())
            self.library.show_file(self.matrix.standing.reading.file)
        if not self.views.tabs.hasFocus():
            self.walking.go_to_view()

    def _on_target_chosen(self, target: Target | None) -> None:
        self.source.show_target(target)
        if target is not None:
            self.library.show_file(target.reading.file)

    def _on_document_chosen(self, file: str) -> None:
        reading = self.session.corrected.get(file)
        if reading is None:
            return
        self.matrix.show_topic_of(file)
        standing = self.matrix.standing
        if standing is None or standing.reading.file != file:
            self.source.show_target(Target(reading))

    def _on_topic_entered(self, file: str) -> None:
        self.matrix.show_topic_of(file)
        self.walking.go_to(self.matrix.tables)

    # ------------------------------------------------------------ acts

    def compare_versions(self, old: str | None, new: str | None) -> None:
        """Turns to the changes between two documents, told by their files; one that is None is to be chosen there."""
        self.changes.choose(old, new)
        self.walking.go_to(self.changes)
        self.changes.ask(old, new)

    def go_to_source(self) -> None:
        """Gives the keyboard to the source; of two versions, to the newer one."""
        if self.views.view is self.changes:
            self.changes.pages.new.enter()
        else:
            self.source.enter()

    def copy_current(self) -> None:
        """Copies what is current, with its citation."""
        copying.copy_current(self)

    def search_all(self, words: str | bool = "") -> None:
        """Turns to the search over all documents, for these words if there are some."""
        self.walking.go_to(self.search)
        if isinstance(words, str) and words:
            self.search.words.setText(words)
        self.search.words.selectAll()

    def _seek(self, words: str) -> None:
        self.walking.go_to(self.search)
        self.search.seek(words)

    def show_problems(self) -> None:
        """Lists what could not be read, and why."""
        self._list_problems(again=True)
        if self.problems.isVisible():
            self.problems.setFocus()

    def _list_problems(self, again: bool = False) -> None:
        session = self.session
        failures, readings = session.failures.values(), session.readings.values()
        self.problems.is_of_pack = session.auditing.contents is not None
        self.problems.show_problems(failures, readings, session.skipped, session.left_out, session.broken, again)
        for control in (self.menus.retry, self.problems.again):
            is_any = bool(failures or session.left_out or session.broken)
            control.setEnabled(is_any and not session.is_reading and not session.why_read_only)
        self.problems.again.setVisible(not session.why_read_only)

    def _on_rethemed(self) -> None:
        for pane in (
            self.library, self.matrix, self.cell, self.sources, self.empty, self.changes, self.grids, self.search,
            self.in_depth, self.audit, self.audit_view,
        ):  # fmt: skip
            pane.retheme()

    def restore(self) -> None:
        """Looks as the last window did."""
        self.menus.looks.restore()
        window_state.restore(self, self._across, self.preferences)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.sources.end()
        window_state.keep(self, self._across, self.preferences)
        self.end()
        super().closeEvent(event)

    def end(self) -> None:
        """Stops all work and waits for its threads and processes."""
        self.comparer.close()
        self.menus.exports.close_work()
        self.menus.ours.verdicts.close_work()
        self.audit_wiring.close()
        self.search.close_work()
        self.in_depth.close_work()
        self.session.close()
        self._images.close()
