"""What happens in the audit and what it means for the rest of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from policyview.gui.audit_board import AuditBoard
from policyview.gui.audit_places import Goal, cell_marks
from policyview.gui.audit_view import AuditView
from policyview.gui.audit_waiting import Waiting, still_waiting
from policyview.gui.auditor import Auditor
from policyview.gui.carry_acts import dropping, taking_over
from policyview.gui.cell_acts import CellActs
from policyview.gui.changes_view import ChangesView
from policyview.gui.library_view import LibraryView
from policyview.gui.matrix_view import MatrixView
from policyview.gui.review_steps import ReviewStep, taking_back
from policyview.gui.session import Session
from policyview.gui.source_view import SourceView
from policyview.gui.versions_menu import VersionsMenu
from policyview.gui.view_tabs import ViewTabs
from policyview.review import Review, standing
from policyview.settings import Settings

NAME = "Audit"


class AuditWiring(QObject):
    """Keeps the audit up to date and goes where its lines lead."""

    def __init__(
        self, session: Session, settings: Settings, audit: AuditView, views: ViewTabs, remark: Callable[[str], None],
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._audit, self._views, self._remark = session, audit, views, remark
        self._acts = CellActs(session, self)
        self._waiting = 0
        self.auditor = Auditor(session, settings, self)
        self.auditor.audited.connect(self._on_audited)
        self.auditor.broke.connect(remark)
        session.compared.connect(lambda boards: views.offer(audit, bool(boards) or views.view is audit))
        session.workspace_opened.connect(self._on_workspace_opened)
        audit.seen.connect(self.auditor.watch)
        audit.taken.connect(self._take)
        audit.dropped.connect(self._drop)
        audit.confirmed.connect(self._confirm)
        audit.taken_back.connect(self._take_back)
        audit.sum_wanted.connect(self._copy_sum)

    def lead(
        self, matrix: MatrixView, changes: ChangesView, source: SourceView, which: VersionsMenu, library: LibraryView
    ) -> None:
        """Follows the lines to these."""
        self._matrix, self._changes, self._source, self._which, self._library = matrix, changes, source, which, library
        self._audit.pointed.connect(self._point)
        self._audit.goal_wanted.connect(self._go)

    def show_checks(self) -> None:
        """Turns to the list of the cells to check."""
        self._show_part("checks")

    def show_unreviewed(self) -> None:
        """Turns to the list of the cells that nobody has reviewed yet."""
        self._show_part("open")

    def _show_part(self, section: str) -> None:
        self._views.turn_to(self._audit)
        self._audit.turn_to(section)
        self._audit.setFocus()

    @property
    def is_busy(self) -> bool:
        """Whether what is told may be another soon."""
        return self.auditor.is_busy

    def close(self) -> None:
        """Ends all work and waits for it."""
        self.auditor.close()

    def _on_workspace_opened(self) -> None:
        self._audit.forget()
        self.auditor.renew()

    def _on_audited(self, board: AuditBoard) -> None:
        self._audit.set_read_only(self._session.why_read_only)
        self._audit.show_board(board)
        before, count = self._waiting, len(board.waiting)
        self._waiting = count
        tip = f"{count} {'review' if count == 1 else 'reviews'} of older versions to carry over" if count else ""
        self._views.tell(self._audit, f"{NAME} · {count} to carry over" if count else NAME, tip)
        if count > before and self._views.view is not self._audit:
            self._remark(f"{tip} (Ctrl+7)")

    def _point(self, goal: Goal) -> None:
        target = goal.target()
        self._source.show_target(target)
        if target is not None:
            self._library.show_file(target.reading.file)

    def _go(self, goal: Goal) -> None:
        """To the cell, the change or the words."""
        if goal.change is not None:
            files = {reading.document.sha256: reading.file for reading in reversed([*self._session.readings.values()])}
            old, new = files.get(goal.change.old), files.get(goal.change.new)
            if old is None or new is None:
                self._remark("A version of this change is not open")
                return
            self._views.turn_to(self._changes)
            self._changes.show_change(old, new, goal.change.identity)
            self._changes.setFocus()
        elif goal.spot is not None and self._show_cell(goal):
            self._views.turn_to(self._matrix)
            self._matrix.setFocus()
            self._point(Goal(goal.reading, goal.spot, goal.statement))
        elif goal.reading is not None:
            self._point(goal)
            self._source.enter()
        else:
            self._remark("Its document is not open")

    def _show_cell(self, goal: Goal) -> bool:
        """A version that is hidden is shown."""
        spot = goal.spot
        if spot is None:
            return False
        place = spot.topic, spot.row_id, spot.file
        if self._matrix.show_cell(*place):
            return True
        self._which.all_versions.setChecked(True)
        return self._matrix.show_cell(*place)

    def _take(self, waiting: tuple[Waiting, ...]) -> None:
        wanted = tuple(one for one in still_waiting(waiting, self._session.reviews) if not one.why_not)
        if wanted and not self._session.why_read_only:
            self._session.undo_stack.push(taking_over(wanted, self._session, lambda: self.auditor.scene))
        elif waiting:
            self._remark(self._session.why_read_only or waiting[0].why_not)

    def _drop(self, one: Waiting) -> None:
        if still_waiting((one,), self._session.reviews) and not self._session.why_read_only:
            self._session.undo_stack.push(dropping(one, self._session))

    def _take_back(self, review: Review) -> None:
        """Also what was said long ago, by whomever; that can be undone, too."""
        session = self._session
        if review in standing(session.reviews) and not session.why_read_only:
            session.undo_stack.push(ReviewStep("taken back: a review", session, taking_back([review])))

    def _confirm(self, goal: Goal) -> None:
        """What Space says in the matrix."""
        spot = goal.spot
        if self._session.why_read_only:
            self._remark(self._session.why_read_only)
        elif spot is not None and all(mark.is_reviewed for mark in cell_marks(spot, self._session.marks)):
            return  # pressed twice, before its line was gone
        elif spot is not None and spot.board in self._session.boards and not self._session.is_busy:
            self._acts.judge(spot.board.standing(spot.row, spot.column), spot.board, "confirmed")
        else:
            self._remark("The cells are being compared; press Space again in a moment")

    def _copy_sum(self, sum_: str) -> None:
        QGuiApplication.clipboard().setText(sum_)
        self._remark("Copied the sum of the last entry")
