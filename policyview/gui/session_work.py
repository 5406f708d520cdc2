"""The long work of a session, each a generator that a runner drives in a thread of its own."""

from __future__ import annotations

import datetime
import gc
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path

from policyview import pipeline
from policyview.collection import Collection
from policyview.gui.board import Board, is_same_day, iter_board, on_day
from policyview.gui.grid_board import iter_grids
from policyview.gui.standing import Facts
from policyview.model import Matrix, Progress, Reading
from policyview.read.copies import Copies
from policyview.read.supervisor import Recall
from policyview.settings import Settings

_BREATH_S = 0.005  # so long at most the window's thread waits for its turn
RecallMatrices = Callable[[Collection], tuple[Matrix, ...] | None]
"""The matrices of a collection, where they were made before, as of whatever day."""


def spare_the_collector() -> None:
    """Takes what is there out of what Python's garbage collector walks over, in whichever thread it comes up.

    A full collection of 60 documents takes 12 ms, of what 2,000 tests leave behind 150 ms: the window would stand
    still. Readings and boards are values without cycles; they go when nobody holds them any more.
    """
    gc.freeze()


def reading(
    paths: list[Path], called: list[tuple[Path, str]], settings: Settings, copies: Copies, recall: Recall
) -> Generator[Progress | dict[str, Path], None, Collection]:
    """First the names of the files to be read and where they are, then the reading itself."""
    files, _ = pipeline.expand(paths)
    yield {pipeline.shown_name(file): file for file in files}
    return (yield from pipeline.read(paths, settings, copies, recall=recall, called=called))


def twice(
    readings: Sequence[Reading], settings: Settings, copies: Copies
) -> Generator[Progress, None, tuple[str, ...]]:
    """Reads again; gives the sums of what was read."""
    yield from pipeline.read_twice(readings, settings, copies)
    return tuple(each.document.sha256 for each in readings)


def boards(
    collection: Collection, settings: Settings, as_of: datetime.date, recall: RecallMatrices
) -> Generator[object, None, tuple[Board, ...]]:
    """Compares what was read, where that was not done before, and computes everything the matrices show.

    What was recalled of another day serves where the same versions are in force on this one.
    """
    known = recall(collection)
    collection = pipeline.amended(collection)
    readings = {reading.file: reading for reading in collection.readings}
    if known is not None:
        kept = yield from _boards_of(known, readings)
        dated = tuple(on_day(board, as_of, collection.overrides) for board in kept)
        if is_same_day(kept, dated):
            return dated
    matrices = yield from pipeline.compare(collection, settings, as_of, in_worker=True)
    return (yield from _boards_of(matrices, readings))


def _with_grids(board: Board) -> Generator[object, None, Board]:
    """The board with authorization, limits and codes of its documents."""
    grids, breath = [], time.monotonic()
    for grid in iter_grids(board):
        if grid is not None:
            grids.append(grid)
        elif time.monotonic() - breath > _BREATH_S:
            time.sleep(0)
            breath = time.monotonic()
            yield None
    return replace(board, grids=tuple(grids))


def _boards_of(
    matrices: Sequence[Matrix], readings: dict[str, Reading]
) -> Generator[object, None, tuple[Board, ...]]:
    """Everything the matrices show."""
    facts, boards = Facts.of(readings), []
    breath = time.monotonic()
    for matrix in matrices:
        for board in iter_board(matrix, facts):
            if board is not None:
                boards.append((yield from _with_grids(board)))
            elif time.monotonic() - breath > _BREATH_S:  # gives the window's thread its turn
                time.sleep(0)
                breath = time.monotonic()
                yield None
    return tuple(boards)
