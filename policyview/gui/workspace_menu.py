"""The File menu's acts on workspaces: new, open, save as, and those that were open lately."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu

from policyview.errors import UseError
from policyview.export.whole import write_whole
from policyview.gui.board import flat
from policyview.gui.citation import short_name
from policyview.gui.session import Session
from policyview.inputs import shown_name
from policyview.settings import users_data
from policyview.store import ENDING

_KIND = f"Workspaces (*{ENDING})"
_MOST_RECENT = 8
_NAME_CHARS = 60
_MOST_BYTES = 1 << 16
_TOLD_MS = 6000  # a passing remark in the status bar


class WorkspaceMenu(QObject):
    """Adds its acts to a menu. What goes wrong is told by the session."""

    def __init__(self, session: Session, window: QMainWindow, menu: QMenu) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._dialog: QFileDialog | None = None
        menu.addSeparator()
        self._add(menu, "&New workspace", self.begin_anew, QKeySequence.StandardKey.New)
        self._add(menu, "Open &workspace …", self.choose, "Ctrl+Shift+W")
        self.back = self._add(menu, "&Back to your own work", self.go_back, "Ctrl+Shift+N")
        self.back.setEnabled(False)
        self.save_as = self._add(menu, "Save workspace &as …", self.choose_place, QKeySequence.StandardKey.SaveAs)
        menu.addAction("Resc&ue a damaged workspace …").triggered.connect(self.choose_damaged)
        self.recent = menu.addMenu("Recent wor&kspaces")
        self.recent.aboutToShow.connect(self._list)
        menu.addSeparator()
        self._list()
        session.workspace_opened.connect(self._on_opened)

    def _add(self, menu: QMenu, text: str, act: object, keys: QKeySequence.StandardKey | str) -> QAction:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(act)
        return action

    # ------------------------------------------------------------ acts

    def begin_anew(self) -> None:
        """An empty window; what was open is kept aside, to be found among the recent workspaces."""
        self._session.work_in(None, is_fresh=True)

    def go_back(self) -> None:
        """To the workspace that has no name, as it was left."""
        self._session.work_in(None)

    def choose(self) -> None:
        """Asks for a workspace, without holding up the window."""
        self._ask("Open a workspace", QFileDialog.FileMode.ExistingFile).fileSelected.connect(
            lambda name: self._session.work_in(Path(name)))  # fmt: skip

    def choose_damaged(self) -> None:
        """Asks for a workspace of which what is whole is to be saved."""
        self._ask("Rescue a damaged workspace", QFileDialog.FileMode.ExistingFile).fileSelected.connect(
            lambda name: self._session.rescue(Path(name)))  # fmt: skip

    def choose_place(self) -> None:
        """Asks where to save, without holding up the window."""
        dialog = self._ask("Save the workspace as", QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDING[1:])
        dialog.selectFile(self._proposed())
        dialog.fileSelected.connect(lambda name: self._session.save_as(Path(name)))

    def _proposed(self) -> str:
        """A name for the workspace: its own, else the topic with most payers, else what it holds."""
        if self._session.workspace is not None:
            return self._session.workspace.stem
        topics = sorted(self._session.boards, key=lambda board: -len(board.heads))
        name = re.sub(r"[^\w.-]+", "-", topics[0].matrix.topic).strip("-.")[:_NAME_CHARS] if topics else ""
        return name or "policies"

    def _ask(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = self._dialog = QFileDialog(self._window, title)
        dialog.setFileMode(mode)
        dialog.setNameFilter(_KIND)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    # ------------------------------------------------------------ recent ones

    def _on_opened(self) -> None:
        path, is_pack = self._session.workspace, self._session.auditing.contents is not None
        self.save_as.setEnabled(not is_pack)
        self._window.statusBar().clearMessage()  # what was said of the workspace before
        self.save_as.setText("Save workspace &as … (an audit pack is read-only)" if is_pack else "Save workspace &as …")
        self.back.setEnabled(path is not None)
        if kept := self._session.kept_aside:
            self._note(kept)
            self._window.statusBar().showMessage(
                f"Your work so far is kept: File > Recent workspaces > {flat(kept.name)}", 3 * _TOLD_MS)
        if path is not None and not is_pack:
            self._note(path)
            if not self._session.why_read_only:
                self._window.statusBar().showMessage(f"All you do is kept in {flat(shown_name(path))}", _TOLD_MS)

    def _note(self, path: Path) -> None:
        names = [os.path.abspath(path), *(str(each) for each in recent())]
        _remember(list(dict.fromkeys(names))[:_MOST_RECENT])
        self._list()

    def _list(self) -> None:
        self.recent.clear()
        for path in recent():
            action = self.recent.addAction(short_name(shown_name(path)).replace("&", "&&"))
            action.setToolTip(shown_name(path).replace("&", "&&"))
            action.triggered.connect(lambda _=False, path=path: self._session.work_in(path))
        self.recent.setEnabled(not self.recent.isEmpty())


def recent() -> list[Path]:
    """The workspaces that were open lately and are still there, the last first."""
    try:
        with _list_file().open("rb") as file:
            names = json.loads(file.read(_MOST_BYTES))
        return [Path(name) for name in names if isinstance(name, str) and "\0" not in name and os.path.isfile(name)]
    except (OSError, ValueError, TypeError, RecursionError):
        return []


def _remember(names: list[str]) -> None:
    try:
        _list_file().parent.mkdir(parents=True, exist_ok=True)
        write_whole(_list_file(), json.dumps(names).encode("ascii"))
    except (OSError, UseError):
        pass  # a convenience


def _list_file() -> Path:
    return users_data() / "recent.json"
