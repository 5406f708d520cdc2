"""Run by hand: how long the matrix takes beside a bare table of static strings, and a cell's source beside its page.

``python tests/benchmarks/window.py [PDF...]`` shows 2,000 rows x 30 payers of made facts in the matrix, held against
one payer, and the same strings in a bare ``QTableView``, in one window each: first paint, a scroll step, and the
longest time the GUI thread was held. Then it walks the cells of the samples, or of these files, to pages that were not
shown before, until the page is painted with its words lit: at once after the cell before, nothing being prepared, and
as somebody who looks at each for a while. Beside it stands a bare rendering: the same page opened and drawn at the same
size by PDFium in this process, without a worker, a text, or a widget. Medians of one run; the window may be an
offscreen one.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from policyview.anchor import anchor_at
from policyview.gui import theme
from policyview.gui.arrangement import Arrangement
from policyview.gui.board import Board, board
from policyview.gui.chosen_pages import ChosenPages
from policyview.gui.main_window import MainWindow
from policyview.gui.matrix_model import MatrixModel
from policyview.gui.matrix_table import MatrixTables
from policyview.gui.standing import Facts as AllFacts
from policyview.gui.standing import Target
from policyview.model import (
    Agreement,
    Cell,
    Column,
    Criterion,
    Determination,
    Document,
    Facts,
    Indication,
    Matrix,
    Policy,
    Reading,
    Row,
    Silent,
    Version,
)
from policyview.resources import sample_docs
from policyview.settings import Settings

ROWS, PAYERS = 2_000, 30
SHOWN, STEPS, CELLS = 7, 150, 24  # how often what is measured is done
_SIZE = 1_100, 620  # pixels
_LOOK_MS = 500  # so long somebody looks at a cell before the next
_ROOT = QModelIndex()
_DETERMINATIONS = (Determination.MEDICALLY_NECESSARY, Determination.INVESTIGATIONAL,
                   Determination.NOT_MEDICALLY_NECESSARY)  # fmt: skip


def made_board() -> Board:
    """Every third cell is silent; each use has a statement of its own in each document that states it."""
    readings, cells, silent = [], [list[Cell]() for _ in range(ROWS)], [list[Silent]() for _ in range(ROWS)]
    for payer in range(PAYERS):
        text = "".join(f"Use {row} of payer {payer} after a trial of {row % 9} agents.\n" for row in range(ROWS))
        document = Document(f"payer{payer}.txt", f"{payer:064x}", "text/plain", text)
        said, start = [], 0
        for row in range(ROWS):
            end = text.index("\n", start)
            if (row + payer) % 3:
                anchor = anchor_at(document, start, end)
                determination = _DETERMINATIONS[(row * 7 + payer) % 5 % 3]
                asked = Criterion(f"c{row}", text[start:end], anchor)
                said.append(Indication(f"i{row}", text[start:end], anchor, determination, "stated", anchor,
                                       criteria=(asked,), logic="all"))  # fmt: skip
                cells[row].append(Cell(document.file, f"i{row}", determination, 0.9))
            else:
                silent[row].append(Silent(document.file, ("Policy",), None, "Nothing in it speaks of this use."))
            start = end + 1
        policy = Policy(payer=f"Payer {payer}", number=f"P-{payer}")
        readings.append(Reading(document, Facts(policy, indications=tuple(said))))
    version = Version("2025", "effective")
    columns = tuple(Column(each.file, each.document.sha256, each.facts.policy, version, True) for each in readings)
    rows = tuple(
        Row(f"r{row}", f"Use {row} that is told at some length", (*Agreement,)[row % 6], tuple(cells[row]),
            silent=tuple(silent[row]), group=f"Group {row // 40}")
        for row in range(ROWS)
    )  # fmt: skip
    return board(Matrix("made", columns, rows), AllFacts.of({reading.file: reading for reading in readings}))


class Strings(QAbstractTableModel):
    """The cells' words, and nothing else."""

    def __init__(self, of: Board) -> None:
        super().__init__()
        self._cells = [[label, *(f"{face.word}\n{face.detail}" for face in faces)]
                       for label, faces in zip(of.labels, of.faces, strict=True)]  # fmt: skip

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return len(self._cells)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return len(self._cells[0])

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._cells[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def _timed_ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def _shown(widget: QWidget) -> QWidget:
    widget.resize(*_SIZE)
    widget.show()
    widget.grab()
    return widget


def _bare(strings: Strings) -> QTableView:
    view = QTableView()
    view.setModel(strings)
    view.verticalHeader().setDefaultSectionSize(46)
    view.horizontalHeader().setDefaultSectionSize(190)
    return view


def _matrix(of: Board, ours: str) -> MatrixTables:
    model = MatrixModel()
    model.arrange(Arrangement(), ours)
    model.show_board(of)
    tables = MatrixTables(model)
    model.setParent(tables)
    return tables


def _steps_ms(view: QTableView) -> list[float]:
    def step(to: int) -> None:
        view.verticalScrollBar().setValue(to)
        QApplication.processEvents()
        view.viewport().repaint()

    return [_timed_ms(lambda to=to: step(to)) for to in range(3, 3 + 7 * STEPS, 7)]  # type: ignore[misc]


def _told(name: str, ours: list[float], bare: list[float]) -> None:
    one, other = statistics.median(ours), statistics.median(bare)
    print(f"{name:34} {one:8.1f} ms   bare {other:8.1f} ms   ratio {one / other:5.2f}   longest {max(ours):6.1f} ms")


def measure_matrix() -> None:
    """First paint and scroll steps, ours and a bare table in turn."""
    of = made_board()
    strings = Strings(of)
    for ours in ("", "Payer 3"):
        held = ", held against ours" if ours else ""
        firsts: list[float] = []
        bares: list[float] = []
        for _ in range(SHOWN):
            firsts.append(_first_ms(partial(_matrix, of, ours)))
            bares.append(_first_ms(partial(_bare, strings)))
        _told(f"first paint{held}", firsts, bares)
        tables, bare = _matrix(of, ours), _bare(strings)
        _shown(tables), _shown(bare)
        _told(f"scroll step{held}", _steps_ms(tables.cells), _steps_ms(bare))
        _told(f"another board in the same window{held}", *_anew_ms(tables, bare, of))
        tables.close()
        bare.close()


def _first_ms(make: Callable[[], QWidget]) -> float:
    kept: list[QWidget] = []
    taken = _timed_ms(lambda: kept.append(_shown(make())))
    kept[0].close()
    kept[0].deleteLater()
    return taken


def _anew_ms(tables: MatrixTables, bare: QTableView, of: Board) -> tuple[list[float], list[float]]:
    model, another = tables.cells.model(), [Strings(of) for _ in range(SHOWN)]
    assert isinstance(model, MatrixModel)

    def show() -> None:
        model.show_board(of)
        tables.grab()

    def show_bare(strings: Strings) -> None:
        bare.setModel(strings)
        bare.grab()

    ours = [_timed_ms(show) for _ in another]
    return ours, [_timed_ms(partial(show_bare, strings)) for strings in another]


def _wait(until: Callable[[], bool], most_s: float = 20.0) -> None:
    loop, end = QEventLoop(), time.monotonic() + most_s
    tick = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    tick.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > end else None)
    tick.start()
    loop.exec()


def measure_source(files: Sequence[Path]) -> None:
    """From a cell to its lit words, on pages that were not shown before, beside a bare rendering."""
    for name, rest_ms in (("cell to lit source, at once", 0), (f"cell to lit source, {_LOOK_MS} ms each", _LOOK_MS)):
        window = MainWindow(replace(Settings(), workers=1))
        window.resize(1280, 720)
        window.show()
        if not rest_ms:
            window.source.pages.set_next(tuple)
        window.open_paths(files)
        _wait(lambda: not window.session.is_busy and bool(window.session.boards), 120.0)  # noqa: B023
        _wait(lambda: window.source.is_settled)  # noqa: B023
        _wait(lambda: False, 1.0)
        ours, bare = list[float](), list[float]()
        for target, taken in _walked(window, rest_ms):
            width = round(window.source.pages.image_width)
            bare.append(_timed_ms(lambda: _rendered(target.reading.file, target.page or 1, width)))  # noqa: B023
            ours.append(taken)
        if ours:
            _told(name, ours, bare)
        window.end()
        window.close()


def _walked(window: MainWindow, rest_ms: int) -> Iterator[tuple[Target, float]]:
    """Goes from cell to cell; tells those whose page was not shown before, with the milliseconds until it was lit."""
    tables, model = window.matrix.tables, window.matrix.tables.cells.model()
    assert isinstance(model, MatrixModel)
    seen, count = {_place(window)}, 0
    for line, column in product(range(model.rowCount()), range(1, model.columnCount())):
        if model.matrix_row(line) is None or tables.current == (line, column):
            continue
        began, _Painted.lit = time.perf_counter(), 0.0
        tables.set_current(line, column)
        target = window.source.target
        if target is not None and target.is_paged:
            _wait(lambda: _Painted.lit > 0)
        taken = 1000 * (_Painted.lit - began)
        if target is not None and target.is_paged and target.page and _place(window) not in seen:
            count += 1
            yield target, taken
        seen.add(_place(window))
        if count >= CELLS:
            return
        _wait(lambda: window.source.is_settled)
        _wait(lambda: False, rest_ms / 1000)


class _Painted:
    """When pages were painted with their words lit for the first time since ``lit`` was 0."""

    lit = 0.0


def _watch_painting() -> None:
    paint = ChosenPages.paintEvent

    def watched(pages: ChosenPages, event: QPaintEvent) -> None:
        paint(pages, event)
        source = pages.window().source if isinstance(pages.window(), MainWindow) else None  # type: ignore[attr-defined]
        if not _Painted.lit and source is not None and pages is source.pages and source.is_followed and pages.is_placed:
            _Painted.lit = time.perf_counter()

    ChosenPages.paintEvent = watched  # type: ignore[assignment, method-assign]


def _place(window: MainWindow) -> tuple[str, int | None]:
    target = window.source.target
    return (target.reading.file, target.page) if target else ("", None)


def _rendered(file: str, page: int, width: int) -> None:
    document = pypdfium2.PdfDocument(Path(file))
    drawn = document[page - 1]
    drawn.render(scale=width / drawn.get_width())
    document.close()


if __name__ == "__main__":
    app = QApplication([])
    theme.add_fonts()
    theme.apply("light")
    measure_matrix()
    _watch_painting()
    measure_source([Path(name) for name in sys.argv[1:]] or sorted(sample_docs().glob("*.pdf")))
