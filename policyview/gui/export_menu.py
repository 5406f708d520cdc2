"""Handing out what the window shows: a workbook, a report, tables for programs, and the audit pack."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from policyview import store
from policyview.export import handing
from policyview.export.comparison import Comparison, Maker, ours_first
from policyview.export.pack import form
from policyview.gui.board import flat
from policyview.gui.matrix_view import MatrixView
from policyview.gui.paper import PaperSize, usual_size, written
from policyview.gui.preferences import Preferences
from policyview.gui.printing import Printing
from policyview.gui.runner import Runner
from policyview.gui.session import Session
from policyview.gui.shown_part import proposed_name, shown_narrowing
from policyview.inputs import shown_name
from policyview.model import Progress

_FORMATS = ("Excel workbook (*.xlsx)", "Report to read and print (*.html)", "PDF, A4 (*.pdf)", "PDF, Letter (*.pdf)",
            "Table of all cells (*.csv)")  # fmt: skip
_PROGRAMS = "Matrix for programs (*.json)"
_PACK = "Audit pack (*.zip)"
_DOING = {".xlsx": "Writing the workbook", ".html": "Writing the report", ".pdf": "Making the PDF",
          ".csv": "Writing the table", ".json": "Writing the matrix", ".zip": "Making the audit pack"}  # fmt: skip
_IS_PACK = "This is an audit pack already"
_DIGEST = "The pack's digest is {}. It is copied: send it to the auditor another way than the pack."
Work = Generator[Progress, None, str | None]


class ExportMenu(QObject):
    """Adds its acts to a menu. ``progressed`` tells of one under way, ``ended`` how it ended, as a sentence; ``broke``
    why it could not be done, ``told`` why it cannot be begun now."""

    progressed = Signal(object)
    told = Signal(str)
    ended = Signal(str)
    broke = Signal(str)

    def __init__(
        self, session: Session, preferences: Preferences, matrix: MatrixView, window: QWidget, menu: QMenu
    ) -> None:
        super().__init__(window)
        self._session, self._preferences, self._matrix, self._window = session, preferences, matrix, window
        self._size: PaperSize = usual_size()
        self._runner: Runner | None = None
        self._target, self._doing = Path(), ""
        menu.addSeparator()
        self.export = self._add(menu, "&Export what is shown …", self.choose_file, "Ctrl+E")
        self.export_all = self._add(menu, "Export all &topics …", lambda: self.choose_file(is_all=True), "")
        self.print = self._add(menu, "&Print what is shown …", self.choose_printer, "Ctrl+P")
        self.pack = self._add(menu, "Make an audit &pack …", self.choose_pack, "Ctrl+Shift+E")
        self.printing = Printing(session, window)
        self.printing.progressed.connect(self.progressed)
        self.printing.ended.connect(self.ended)
        self.printing.broke.connect(self.broke)
        self.printing.changed.connect(self._on_printed)
        menu.aboutToShow.connect(self._offer)
        menu.aboutToHide.connect(self._listen)

    def _add(self, menu: QMenu, text: str, act: Callable[[], None], keys: str) -> QAction:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: self._try(act, self._why_no_pack if action is self.pack else self.why_not))
        return action

    @property
    def is_busy(self) -> bool:
        return self._runner is not None or self.printing.is_busy

    @property
    def doing(self) -> str:
        """What is under way, empty for nothing."""
        return "Printing" if self.printing.is_busy else self._doing if self._runner is not None else ""

    @property
    def why_not(self) -> str:
        """Why nothing can be handed out now, empty where it can: what is read or compared is not given in halves."""
        if self.is_busy:
            return f"{self.doing} is under way: this can be done when that has ended, or was cancelled"
        if self._session.is_busy:
            return "Documents are being read or compared: this can be done when that has ended"
        return "" if self._session.boards else "There is nothing to hand out yet"

    @property
    def _why_no_pack(self) -> str:
        return _IS_PACK if self._session.auditing.contents is not None else self.why_not

    def _offer(self) -> None:
        """In the menu what cannot be done is grey; a key says why."""
        for act in (self.export, self.export_all, self.print):
            act.setEnabled(not self.why_not)
        self.pack.setEnabled(not self._why_no_pack)

    def _listen(self) -> None:
        for act in (self.export, self.export_all, self.print, self.pack):
            act.setEnabled(True)

    def _try(self, act: Callable[[], None], why_not: str) -> None:
        if why_not:
            self.told.emit(why_not)
        else:
            act()

    # ------------------------------------------------------------ asking where to

    def choose_file(self, is_all: bool = False) -> None:
        """Asks for the file, without holding up the window; its ending chooses the format."""
        kinds = (*_FORMATS, _PROGRAMS) if is_all else _FORMATS
        dialog = self._ask("Export all topics" if is_all else "Export what is shown", ";;".join(kinds), "xlsx")
        dialog.selectFile(proposed_name(self._session, self._matrix, is_all))
        dialog.filterSelected.connect(lambda name: self._on_kind_chosen(dialog, name))
        dialog.fileSelected.connect(lambda name: self.write(Path(name), is_all))

    def _on_kind_chosen(self, dialog: QFileDialog, name: str) -> None:
        dialog.setDefaultSuffix(name.rpartition("*.")[2].rstrip(")"))
        self._size = "Letter" if "Letter" in name else "A4" if "A4" in name else usual_size()

    def choose_printer(self) -> None:
        """Asks for the printer and prints what is shown."""
        self.printing.ask(self._comparison(is_all=False))

    def choose_pack(self) -> None:
        """Asks where the audit pack is to stand."""
        dialog = self._ask("Make an audit pack", _PACK, "zip")
        dialog.selectFile(f"{proposed_name(self._session, self._matrix, is_all=True)}-audit")
        dialog.fileSelected.connect(lambda name: self.write_pack(Path(name)))

    def _ask(self, title: str, kinds: str, ending: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(kinds)
        dialog.setDefaultSuffix(ending)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    # ------------------------------------------------------------ writing

    def write(self, target: Path, is_all: bool = False) -> None:
        """Writes what of the comparison is shown; all of it where that is wanted, or the format is for programs."""
        is_all = is_all or target.suffix.lower() == ".json"
        settings, session, make = self._session.settings, self._session, self._comparison(is_all)
        drawn = partial(written, self._size) if target.suffix.lower() == ".pdf" else None

        def work() -> Work:
            comparison = make()
            yield from handing.export(comparison, target, settings, session.copies, drawn)
            told = f": {comparison.narrowing.told}" if comparison.narrowing else ""
            return flat(f"Written{told}: {shown_name(target)}" if told else f"Written: {shown_name(target)}")

        self._begin(work, target)

    def write_pack(self, target: Path) -> None:
        """Writes the audit pack; its digest goes to the clipboard and into the status line."""
        settings, session, make = self._session.settings, self._session, self._comparison(is_all=True)

        def work() -> Work:
            digest = yield from handing.pack(make(), target, settings, session.copies)
            return _DIGEST.format(digest)

        self._begin(work, target)

    def _comparison(self, is_all: bool) -> Callable[[], Comparison]:
        """What is shown now, or all, to be put together in the thread that writes it."""
        session, ours, settings = self._session, self._preferences.ours, self._session.settings
        collection, as_of = session.collection(), session.versioning.as_of
        matrices = tuple(board.matrix for board in session.boards)
        narrowing = None if is_all else shown_narrowing(self._matrix)

        def made() -> Comparison:
            maker = Maker(store.user() or "unknown", datetime.date.today(), form.program(settings)["edition"])
            is_there = any(column.policy.payer == ours for matrix in matrices for column in matrix.columns)
            own = ours if ours and is_there else None
            ordered = ours_first(matrices, own) if narrowing is None else matrices
            return Comparison(collection, ordered, as_of, own, (), maker, narrowing)

        return made

    def _begin(self, work: Callable[[], Work], target: Path) -> None:
        if self._runner is not None or self.printing.is_busy:
            return
        self._target, self._doing = target, _DOING.get(target.suffix.lower(), "Writing")
        self._runner = runner = Runner(work, self)
        runner.progressed.connect(self.progressed)
        runner.broke.connect(self.broke)
        runner.ended.connect(self._on_ended)
        runner.finished.connect(self._on_finished)
        runner.start()
        self.progressed.emit(Progress(0, 0))

    def cancel(self) -> None:
        """Gives up what is being written; what stood there before stays."""
        self.printing.cancel()
        if self._runner is not None:
            self._runner.cancel()

    def close_work(self) -> None:
        """Gives it up and waits for its end."""
        self.cancel()
        self.printing.close_work()
        if self._runner is not None:
            self._runner.wait()

    def _on_ended(self, sentence: Any) -> None:
        if isinstance(sentence, str):
            if self._target.suffix.lower() == ".zip":
                QGuiApplication.clipboard().setText(sentence.partition("digest is ")[2][:64])
            self.ended.emit(sentence)
        elif self._runner is not None and self._runner.is_cancelled:
            self.ended.emit(f"Not written: {flat(shown_name(self._target))}")

    def _on_printed(self) -> None:
        if not self.is_busy:
            self.progressed.emit(None)

    def _on_finished(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.wait()
            runner.deleteLater()
        self.progressed.emit(None)
