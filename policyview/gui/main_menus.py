"""The menus of the main window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from policyview.gui.export_menu import ExportMenu
from policyview.gui.key_sheet import KeySheet
from policyview.gui.layout_menu import LayoutMenu
from policyview.gui.looks_menu import LooksMenu
from policyview.gui.newcomers import KEY as NEWCOMERS_KEY
from policyview.gui.ours import Ours
from policyview.gui.pasting import paths_of
from policyview.gui.review_menu import ReviewMenu
from policyview.gui.search_field import SearchField
from policyview.gui.source_menu import SourceMenu
from policyview.gui.versions_menu import VersionsMenu
from policyview.gui.workspace_menu import WorkspaceMenu

if TYPE_CHECKING:
    from policyview.gui.main_window import MainWindow

Keys = QKeySequence | QKeySequence.StandardKey | str
_STANDARD = QKeySequence.StandardKey


class MainMenus(QObject):
    """Makes the menu bar; what of it others need to know has a name here."""

    pasted = Signal(list)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        bar = window.menuBar()
        names = ("&File", "&Edit", "&View", "&Compare", "&Review", "&Help")
        file, edit, view, compare, review, helping = (bar.addMenu(name) for name in names)
        self.documents = window.documents
        self.review = ReviewMenu(window.reviewing, window.changes, self.documents.about, window)
        self.review.fill(review)
        self.documents.fill(review)
        window.changes.add_acts(review)
        self.search = SearchField(bar)
        self._fill_file(file)
        self._fill_edit(edit)
        self._fill_view(view)
        self._fill_compare(compare)
        self._act(helping, "&Keys and signs", self.show_keys, _STANDARD.HelpContents)

    def _act(self, menu: QMenu, text: str, act: Callable[..., object], keys: Keys | None = None) -> QAction:
        action = menu.addAction(text)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(act)
        return action

    def show_keys(self) -> KeySheet:
        """Shows the keys of all menus, and the signs."""
        sheet = KeySheet(self._window.menuBar(), self._window)
        sheet.show()
        return sheet

    def _fill_file(self, menu: QMenu) -> None:
        window = self._window
        self._act(menu, "&Open files …", window.choose_files, _STANDARD.Open)
        self._act(menu, "Open &folder …", window.choose_folder, "Ctrl+Shift+O")
        self._act(menu, "Open the &samples", window.open_samples)
        self.workspaces = WorkspaceMenu(window.session, window, menu)
        self.exports = ExportMenu(window.session, window.preferences, window.matrix, window, menu)
        menu.addSeparator()
        self.retry = self._act(menu, "&Read again what could not be read", window.session.retry, "F5")
        menu.addSeparator()
        self._act(menu, "&Quit", window.close, _STANDARD.Quit)

    def _fill_edit(self, menu: QMenu) -> None:
        window = self._window
        stack, remark = window.undo_stack, window.status.remark
        for step, keys in ((stack.createUndoAction(window), _STANDARD.Undo),
                           (stack.createRedoAction(window), _STANDARD.Redo)):  # fmt: skip
            step.setShortcut(QKeySequence(keys))
            menu.addAction(step)
        undo, redo = menu.actions()
        undo.triggered.connect(lambda: remark(f"Undone: {stack.redoText()}"))  # after it was done
        redo.triggered.connect(lambda: remark(f"Redone: {stack.undoText()}"))
        menu.addSeparator()
        self.copy = self._act(menu, "&Copy with citation", window.copy_current, _STANDARD.Copy)
        self._act(menu, "&Paste files or paths", self.paste, _STANDARD.Paste)
        self._act(menu, "&Find in this view", window.placing.find, _STANDARD.Find)
        self._act(menu, "Search &all documents", window.search_all, "Ctrl+Shift+F")

    def paste(self) -> None:
        """Opens the files whose names, or which themselves, were copied elsewhere; a text field takes the words."""
        paths = paths_of(QGuiApplication.clipboard().mimeData())
        if paths:
            self.pasted.emit(paths)
        else:
            self._window.status.remark("Nothing that was copied is the path of a file or a folder")

    def _fill_view(self, menu: QMenu) -> None:
        window = self._window
        go_to = window.walking.go_to
        self._act(menu, "&Library", window.folding.unfold, "Ctrl+1")
        places = {
            "&Matrix": (window.matrix.tables, "Ctrl+2"),
            "&Criteria": (window.cell, "Ctrl+3"),
        }  # fmt: skip
        views = {
            "C&hanges between versions": (window.changes, "Ctrl+6"), "&Row in depth": (window.in_depth, "Ctrl+R"),
            "&Audit: what was said, and what is open": (window.audit_view, "Ctrl+7"),
        }  # fmt: skip
        for name, (pane, keys) in places.items():
            self._act(menu, name, lambda _=False, pane=pane: go_to(pane), keys)
        self._act(menu, "&Source", window.go_to_source, "Ctrl+4")
        self._act(menu, "What could not be &read", window.show_problems, "Ctrl+5")
        for name, (pane, keys) in views.items():
            self._act(menu, name, lambda _=False, pane=pane: go_to(pane), keys)
        self._act(menu, "To what is &new", window.newcomers.go, NEWCOMERS_KEY)
        self._act(menu, "What nobody has re&viewed yet", window.audit_wiring.show_unreviewed, "Ctrl+Shift+7")
        digest = self._act(menu, "The di&gest that was sent to you", window.audit.sent.setFocus, "Ctrl+Shift+G")
        window.session.auditing.judged.connect(lambda: digest.setVisible(window.session.auditing.contents is not None))
        digest.setVisible(False)
        window.grids.add_acts(menu)
        menu.addSeparator()
        self.layout = LayoutMenu(window.preferences, window.matrix, window.library, window)
        self.layout.told.connect(window.status.remark)
        menu.addMenu(self.layout)
        self.sources = SourceMenu(window.placing, window.sources, window)
        menu.addMenu(self.sources)
        self.looks = LooksMenu(window.preferences, window)
        menu.addMenu(self.looks)

    def _fill_compare(self, menu: QMenu) -> None:
        window, walking, matrix = self._window, self._window.walking, self._window.matrix
        self._act(menu, "&Next difference", lambda: walking.step(1), "F8")
        self._act(menu, "&Previous difference", lambda: walking.step(-1), "Shift+F8")
        self._act(menu, "Next row on which payers are &opposed", lambda: walking.step_opposed(1), "Ctrl+F8")
        self._act(menu, "Previous row on which they are opposed", lambda: walking.step_opposed(-1), "Ctrl+Shift+F8")
        self._act(menu, "Next cell to &check", lambda: walking.look(1), "F9")
        self._act(menu, "Previous cell &to check", lambda: walking.look(-1), "Shift+F9")
        menu.addSeparator()
        self._act(menu, "Changes between &versions …", lambda: window.compare_versions(None, None), "Ctrl+Shift+V")
        self.differ = self._act(menu, "Only rows on which payers &differ", matrix.differ.toggle, "Ctrl+D")
        self.differ.setCheckable(True)
        matrix.differ.toggled.connect(self.differ.setChecked)
        self.ours = Ours(window.preferences, matrix, window.session.settings, window)
        menu.addAction(self.ours.act)
        self.ours.named.connect(window.in_depth.set_ours)
        window.in_depth.set_ours(self.ours.payer)
        self.layout.ours_wanted.connect(self.ours.name)
        self.which = VersionsMenu(window.session, matrix, window.library, window.documents.acts, window)
        menu.addSeparator()
        menu.addActions(self.which.actions())
