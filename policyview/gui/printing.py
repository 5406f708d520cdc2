"""Prints what is shown: put together in a process of its own, laid out and drawn here in short steps."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from policyview.export import handing
from policyview.export.comparison import Comparison
from policyview.export.paper.compose import composed
from policyview.export.paper.form import Block, Part, Table
from policyview.gui.paper import iter_paint, new_layout, page_layout, usual_size
from policyview.gui.runner import Runner
from policyview.gui.session import Session
from policyview.model import Progress
from policyview.read import errand

_STEP_S = 0.02  # of the window's thread at a time
_BLOCKS, _ROWS = 20, 40  # sent at once

Work = Generator[Progress, None, tuple[Part, ...]]


class Printing(QObject):
    """``progressed`` and ``ended`` tell how far it is and how it ended, ``broke`` why it could not be done;
    ``changed`` when it begins or ends."""

    progressed = Signal(object)
    ended = Signal(str)
    broke = Signal(str)
    changed = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._runner: Runner | None = None
        self._drawing: Iterator[Progress] | None = None
        self._printer: QPrinter | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._draw)

    @property
    def is_busy(self) -> bool:
        """Whether something is being printed."""
        return self._runner is not None or self._drawing is not None

    def ask(self, make: Callable[[], Comparison]) -> QPrintDialog:
        """Asks for the printer, then prints."""
        printer = QPrinter()
        printer.setPageLayout(page_layout(usual_size()))
        printer.setDocName("Comparison of medical policies")
        dialog = QPrintDialog(printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print(make, printer))
        QDialog.open(dialog)  # its own wants a slot by name
        return dialog

    def print(self, make: Callable[[], Comparison], printer: QPrinter) -> None:
        """Prints on this printer, in landscape."""
        if self.is_busy:
            return
        settings, session = self._session.settings, self._session

        def work() -> Work:
            comparison = yield from handing.with_steps(make(), settings, session.copies)
            parts = yield from errand.run(_composed, handing.things(comparison), settings, "Printing")
            return _joined(parts)

        self._printer = printer
        self._runner = runner = Runner(work, self)
        runner.progressed.connect(self.progressed)
        runner.broke.connect(self.broke)
        runner.ended.connect(self._on_composed)
        runner.finished.connect(self._on_finished)
        runner.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Gives it up; what was sent to the printer stays there."""
        if self._runner is not None:
            self._runner.cancel()
        if self._drawing is not None:
            self._end("Not printed to its end")

    def close_work(self) -> None:
        """Gives it up and waits for its end."""
        self.cancel()
        if self._runner is not None:
            self._runner.wait()

    def _on_composed(self, parts: Any) -> None:
        if parts and self._printer is not None:
            self._drawing = _drawn(parts, self._printer)
            self._timer.start()

    def _on_finished(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.wait()
            runner.deleteLater()
        if self._drawing is None:
            self.changed.emit()

    def _draw(self) -> None:
        end = time.perf_counter() + _STEP_S
        while self._drawing is not None and time.perf_counter() < end:
            step = next(self._drawing, None)
            if step is None:
                self._end("Printed")
            else:
                self.progressed.emit(step)

    def _end(self, told: str) -> None:
        self._timer.stop()
        self._drawing = self._printer = None
        self.ended.emit(told)
        self.changed.emit()


def _drawn(parts: Sequence[Part], printer: QPrinter) -> Iterator[Progress]:
    """Lays out and draws; how far it is after each step."""
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    layout = new_layout(printer.pageLayout())
    for _ in layout.fill(parts):
        yield Progress(0, 1, "Laying out the pages")
    for number, _ in enumerate(iter_paint(layout.pages, layout, printer), 1):
        yield Progress(number, len(layout.pages), f"page {number}")


def _composed(things: Sequence[Any]) -> Iterator[Part]:
    """The parts of a comparison, long ones in pieces that are unpickled in a moment."""
    for part in composed(handing.whole(things)):
        blocks = [piece for block in part.blocks for piece in _pieces(block)]
        for start in range(0, max(1, len(blocks)), _BLOCKS):
            yield Part(part.called, tuple(blocks[start : start + _BLOCKS]), part.columns)


def _pieces(block: Block) -> Iterator[Block]:
    """A block, a long table in several."""
    if isinstance(block, Table) and len(block.rows) > _ROWS:
        starts = range(0, len(block.rows), _ROWS)
        yield from (replace(block, rows=block.rows[start : start + _ROWS]) for start in starts)
    else:
        yield block


def _table_again(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, tables in one piece."""
    whole: list[Block] = []
    for block in blocks:
        last = whole[-1] if whole else None
        if isinstance(block, Table) and isinstance(last, Table) and last.heads == block.heads:
            whole[-1] = replace(last, rows=last.rows + block.rows)
        else:
            whole.append(block)
    return tuple(whole)


def _joined(pieces: Sequence[Part]) -> tuple[Part, ...]:
    """The parts again: pieces of one follow each other under its name."""
    parts: list[Part] = []
    for piece in pieces:
        if parts and (parts[-1].called, parts[-1].columns) == (piece.called, piece.columns):
            parts[-1] = Part(piece.called, parts[-1].blocks + piece.blocks, piece.columns)
        else:
            parts.append(piece)
    return tuple(replace(part, blocks=_table_again(part.blocks)) for part in parts)
