"""Says which documents came in, and which of them could not be read before: under which topic each stands, and the
way there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from policyview.gui.board import Board, flat
from policyview.gui.citation import short_name

if TYPE_CHECKING:
    from policyview.gui.main_window import MainWindow

KEY = "Ctrl+Shift+R"
_MOST = 3  # topics, or names, that are told


class Newcomers(QObject):
    """``told`` carries the sentence, once what came in is compared; nothing for what is opened first of all."""

    told = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._known: set[str] = set()
        self._unread: set[str] = set()
        self._new: tuple[str, ...] = ()
        self._session.workspace_opened.connect(self._on_opened)
        self._session.files_changed.connect(lambda: self._unread.update(self._session.failures))
        self._session.compared.connect(self._on_compared)

    def _on_opened(self) -> None:
        self._known, self._unread, self._new = set(self._session.readings), set(), ()

    def _on_compared(self, boards: Sequence[Board]) -> None:
        if self._session.is_reading:
            return
        was_empty, readings = not self._known, self._session.readings
        new = tuple(file for file in readings if file not in self._known)
        mended = tuple(file for file in new if file in self._unread)
        self._known, self._unread = set(readings), set(self._session.failures)
        if not new:
            return
        self._new = mended or new
        topics = Counter(topic for file in self._new if (topic := _topic(file, boards)))
        where = _listed([f"{topic} ({count})" if len(new) > 1 else topic for topic, count in topics.most_common()])
        there = f", in {where}. {KEY} goes there." if where else "."
        if mended:
            self.told.emit(f"Read now: {_listed([short_name(file) for file in mended])}{there}")
        elif not was_empty:
            self.told.emit(f"New: {len(new)} {'document' if len(new) == 1 else 'documents'}{there}")

    def go(self) -> None:
        """To the first cell of the topic of what came in last."""
        file = next((file for file in self._new if file in self._session.readings), None)
        if file is None:
            self.told.emit("Nothing came in since the workspace was opened")
            return
        self._window.matrix.show_topic_of(file)
        self._window.walking.go_to(self._window.matrix.tables)


def _topic(file: str, boards: Sequence[Board]) -> str:
    return next((flat(b.matrix.topic) for b in boards if any(each.file == file for each in b.matrix.columns)), "")


def _listed(names: Sequence[str]) -> str:
    more = [f"{len(names) - _MOST} more"] if len(names) > _MOST else []
    return ", ".join([*names[:_MOST], *more])
