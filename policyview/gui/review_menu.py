"""The acts on cells, rows, documents and words, in the Review menu, in the menus at their places, and by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from policyview.export import vocabulary
from policyview.gui import icon, theme
from policyview.gui.cell_view import CellView
from policyview.gui.changes_view import ChangesView
from policyview.gui.library_view import LibraryView
from policyview.gui.matrix_view import MatrixView
from policyview.gui.plain import literal
from policyview.gui.review_acts import ReviewActs
from policyview.gui.source_view import SourceView
from policyview.marks import Judgement
from policyview.model import CatchAll, Determination

_LONGEST_REASON = 90  # characters of a line in a menu


@dataclass(frozen=True)
class _Act:
    action: QAction
    why_not: Callable[[], str]
    told: str


class ReviewMenu(QObject):
    """While the changes between versions are seen, confirming, dismissing and noting are of the current change."""

    def __init__(self, acts: ReviewActs, changes: ChangesView, about: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._about = about
        self._acts, self._changes, self._window = acts, changes, parent
        self._all: list[_Act] = []
        self.confirm = self._act("&Confirm", "Space", lambda: self._judge("confirmed"), self._why_not_judged,
                                 "Says that it is right; said again, it is taken back")  # fmt: skip
        self.dismiss = self._act("Not &relevant", "Del", lambda: self._judge("not relevant"), self._why_not_judged,
                                 "Says that it needs no look; said again, it is taken back")  # fmt: skip
        self.note = self._act("&Note …", "N", self._note, self._why_not_judged, "A note that stands at the cell")
        corrected, moved = self._in_matrix(acts.why_not_corrected), self._in_matrix(acts.why_not_moved)
        judged = self._in_matrix(acts.why_not_judged)
        self.correct = self._act("C&orrect …", "F2", acts.correct, corrected, "Corrects what the statement says")
        self.criteria = self._act("Correct the cr&iteria …", "Ctrl+F2", acts.correct_criteria,
                                  self._in_matrix(acts.why_not_criteria),
                                  "As an outline: what is asked for, and how many of it must hold")  # fmt: skip
        self.delete = self._act("&Delete the statement", "Ctrl+Del", acts.delete, corrected,
                                "Says that these words state no such thing")  # fmt: skip
        self.restore = self._act("Ta&ke back its last correction", "Ctrl+Shift+Del", acts.restore,
                                 self._in_matrix(acts.why_not_restored), "Also one of an earlier session")  # fmt: skip
        self.rename = self._act("N&ame the row …", "Shift+F2", acts.rename, judged, "What the row is called")
        self.split = self._act("&Split off into a row of its own", "Ctrl+Shift+X", acts.split,
                               self._in_matrix(acts.why_not_split), "The cell speaks of another use")  # fmt: skip
        self.move = self._act("&Move to another row …", "Ctrl+M", acts.move, moved,
                              "Puts the cell into the row that you choose; it can be dragged there too")  # fmt: skip
        self.merge = self._act("Mer&ge the row into another …", "Ctrl+Shift+M", acts.merge,
                               self._in_matrix(acts.why_not_merged),
                               "Both speak of the same use; its label can be dragged there too")  # fmt: skip
        self.add = self._act("Make the selected words an &indication …", "Ctrl+I", acts.add, acts.why_not_added,
                             "A statement that was not found by itself")  # fmt: skip
        self.add_criterion = self._act("Make the selected words a criterio&n …", "Ctrl+Shift+K",
                                       lambda: acts.correct_criteria(with_selected=True), acts.why_not_criterion,
                                       "Of the current cell's use")  # fmt: skip
        self.add_clause = self._act("Make the selected words a ca&tch-all …", "Ctrl+Shift+I",
                                    lambda: acts.add(is_clause=True), acts.why_not_added,
                                    "A clause on all other uses that was not found by itself")  # fmt: skip
        self.determination = self._determinations()

    def _act(
        self, text: str, keys: str, act: Callable[[], object], why_not: Callable[[], str], told: str
    ) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: act())
        self._all.append(_Act(action, why_not, told))
        return action

    def _determinations(self) -> QMenu:
        """The determinations to choose from; the one that is said now says so."""
        menu = QMenu("Correct the d&etermination", self._window)
        for each in Determination:
            action = menu.addAction(literal(vocabulary.determination_word(each)))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, each=each: self._acts.determine(each))
            action.setData(each.value)
        menu.aboutToShow.connect(lambda: self._tick(menu))
        self._all.append(_Act(menu.menuAction(), self._in_matrix(self._acts.why_not_corrected),
                              "What the payer decides in this statement"))  # fmt: skip
        return menu

    def _tick(self, menu: QMenu) -> None:
        statement, look = self._acts.statement, theme.current()
        for action in menu.actions():
            each = Determination(action.data())
            is_now = statement is not None and statement.determination is each
            word = vocabulary.determination_word(each)
            action.setText(literal(f"{word} (as it is now)" if is_now else word))
            action.setChecked(is_now)
            action.setIcon(icon.icon(vocabulary.icon_name(each), look.determination(each)))

    # ------------------------------------------------------------ places

    def attach(self, matrix: MatrixView, cell: CellView, source: SourceView, library: LibraryView) -> None:
        """Opens its menus where they are asked for; the keys act while one of these has the keyboard."""
        matrix.tables.cell_menu_wanted.connect(self.open_at_cell)
        matrix.tables.row_menu_wanted.connect(self.open_at_row)
        cell.menu_wanted.connect(self.open_at_cell)
        for widget in (matrix.tables, cell.tree):
            widget.addActions([act.action for act in self._all if not act.action.shortcut().isEmpty()])
        source.addActions([self.add, self.add_criterion, self.add_clause])

    def fill(self, menu: QMenu) -> None:
        """The Review menu."""
        self._put(menu, [self.confirm, self.dismiss, self.note, None, self.determination.menuAction(), self.correct,
                         self.criteria, self.delete, self.restore, None, self.rename, self.split, self.move,
                         self.merge, None, self.add, self.add_criterion, self.add_clause])  # fmt: skip

    def open_at_cell(self, place: QPoint) -> None:
        self._open(place, [self.confirm, self.dismiss, self.note, None, self.determination.menuAction(), self.correct,
                           self.criteria, self.delete, self.restore, None, self.split, self.move, None,
                           self._about])  # fmt: skip

    def open_at_row(self, place: QPoint) -> None:
        self._open(place, [self.rename, self.merge])

    def open_at_words(self, place: QPoint, copy: QAction) -> None:
        self._open(place, [copy, None, self.add, self.add_criterion, self.add_clause])

    def _open(self, place: QPoint, actions: Sequence[QAction | None]) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._put(menu, actions)
        menu.popup(place)

    def _put(self, menu: QMenu, actions: Sequence[QAction | None]) -> None:
        reason = menu.addAction("")
        reason.setEnabled(False)
        reason.setVisible(False)
        for action in actions:
            menu.addSeparator() if action is None else menu.addAction(action)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self._offer(reason, actions))
        menu.aboutToHide.connect(self._enable)

    def _offer(self, reason: QAction, actions: Sequence[QAction | None]) -> None:
        """What cannot be done says why in its tip; where nothing can, or several acts cannot for one reason, the menu
        says so at its top."""
        told = self._acts.locked or self._common_reason(actions)
        reason.setVisible(bool(told))
        reason.setText(literal(told if len(told) <= _LONGEST_REASON else f"{told[:_LONGEST_REASON]} …"))
        is_clause = isinstance(self._acts.statement, CatchAll)
        self.delete.setText("&Delete the clause" if is_clause else "&Delete the statement")
        for act in self._all:
            why_not = act.why_not()
            act.action.setEnabled(not why_not)
            act.action.setToolTip(why_not or act.told)

    def _common_reason(self, actions: Sequence[QAction | None]) -> str:
        """Why several acts on the current cell cannot be done."""
        on_words = (self.add, self.add_criterion, self.add_clause)
        acts = (act for act in self._all if act.action in actions and act.action not in on_words)
        ((why, count),) = Counter(filter(None, (act.why_not() for act in acts))).most_common(1) or [("", 0)]
        return why if count > 1 else ""

    def _enable(self) -> None:
        """A key that cannot act says why."""
        for act in self._all:
            act.action.setEnabled(True)

    # ------------------------------------------------------------ the current change

    def _in_matrix(self, why_not: Callable[[], str]) -> Callable[[], str]:
        return lambda: why_not() if self._acts.is_seen else "Turn to the matrix first"

    def _why_not_judged(self) -> str:
        if self._changes.isVisible():
            return self._acts.locked or ("" if self._changes.can_judge else "No change is current")
        return self._in_matrix(self._acts.why_not_judged)()

    def _judge(self, judgement: Judgement) -> None:
        if self._changes.isVisible():
            self._changes.judge(judgement)
        else:
            self._acts.judge(judgement)

    def _note(self) -> None:
        if self._changes.isVisible():
            self._changes.detail.write_note()
        else:
            self._acts.note()
