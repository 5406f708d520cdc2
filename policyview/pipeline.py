"""The long acts, each a plain generator of Progress that the window, the command line and the tests drive alike.

Each yields at least every 100 ms, also while it waits; closing it ends its workers and cleans up.
"""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from policyview.errors import UseError
from policyview.model import Collection, Document, Facts, Failure, Matrix, Progress, Reading, Row
from policyview.read import errand, formats
from policyview.read.copies import Copies
from policyview.read.supervisor import Crew, Ended
from policyview.settings import Settings

if TYPE_CHECKING:
    from policyview.versions import Diff

_T = TypeVar("_T")
TICK_S = 0.1
"""The longest silence of a generator here."""


def facts_of(document: Document, lexicon_folder: Path | None = None) -> Facts:
    """Sections, then facts, of a document that was just read; runs in the reading worker."""
    from policyview import extract, lexicon, segment  # only the worker needs them

    words = lexicon.load(lexicon_folder)
    return extract.extract(document, segment.segment(document, words), words)


def facts_and_units_of(document: Document, lexicon_folder: Path | None = None) -> Facts:
    """The same, with the units by which versions are compared."""
    from policyview import extract, lexicon, segment, versions

    words = lexicon.load(lexicon_folder)
    structure = segment.segment(document, words)
    facts = extract.extract(document, structure, words)
    return replace(facts, units=versions.units_of(document, structure, facts))


# --------------------------------------------------------------------------- which files


def shown_name(path: Path) -> str:
    """A path as it can be shown and stored: bytes that are no UTF-8 are spelled out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def expand(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files to read and those to skip, each once, in the order given; folders are searched, sorted by name.

    A file named by itself is always to be read. In a folder those are whose bytes or ending are of a type we
    read; the others are skipped. UseError for a path that is not there.
    """
    files: dict[str, Path] = {}
    skipped: dict[str, Path] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise UseError(f"There is no {shown_name(path)}.")
        for found, is_named in [(path, True)] if not path.is_dir() else [(each, False) for each in _inside(path)]:
            key = os.path.abspath(found)
            if key not in files:
                (files if is_named or _is_of_our_types(found) else skipped).setdefault(key, found)
    return tuple(files.values()), tuple(path for key, path in skipped.items() if key not in files)


REPORT_MARK = b'name="generator" content="policyview'
"""What every HTML report of policyview's carries in its head."""
REPORT_HEAD = 4096  # bytes


def _inside(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield Path(here, name)


def _is_of_our_types(path: Path) -> bool:
    """Whether a file of a folder is a document to read; a comparison that policyview wrote there is none."""
    try:
        if formats.type_by_name(path.name) is not None:
            return not _is_our_report(path)
        return path.is_file() and formats.type_by_bytes(path) is not None
    except OSError:
        return formats.type_by_name(path.name) is not None


def _is_our_report(path: Path) -> bool:
    if path.suffix.lower() not in {".html", ".htm"} or not path.is_file():
        return False
    with path.open("rb") as file:
        return REPORT_MARK in file.read(REPORT_HEAD)


# --------------------------------------------------------------------------- reading


def read(
    paths: Sequence[Path], settings: Settings, copies: Copies | None = None, with_units: bool = False
) -> Generator[Progress, None, Collection]:
    """Reads files and folders with their facts; each file's end is delivered by the Progress that ends it.

    ``copies`` keeps the private copies beyond this act, for the source pane; without it they go at the end.
    ``with_units`` reads them so that versions can be compared.
    The Collection holds everything in the order given, however the workers finished. UseError where the user's
    lexicon has a mistake: read without it, documents would say less than the user taught policyview to see.
    """
    if settings.lexicon_folder is not None:
        from policyview import lexicon  # the shipped one needs no look

        lexicon.load(settings.lexicon_folder)
    files, skipped = expand(paths)
    finish = partial(facts_and_units_of if with_units else facts_of, lexicon_folder=settings.lexicon_folder)
    outcomes: dict[int, Reading | Failure] = {}
    with ExitStack() as stack:
        kept = copies if copies is not None else stack.enter_context(Copies())
        named = [(path, shown_name(path)) for path in files]
        yield Progress(0, len(files), "Starting to read")
        if named:
            crew = stack.enter_context(closing(Crew(named, settings, kept, finish)))
            yield from _watch(crew, [name for _, name in named], outcomes)
    in_order = [outcomes[index] for index in range(len(files))]
    return Collection(
        tuple(outcome for outcome in in_order if isinstance(outcome, Reading)),
        tuple(outcome for outcome in in_order if isinstance(outcome, Failure)),
        tuple(shown_name(path) for path in skipped),
    )


def _watch(crew: Crew, names: Sequence[str], outcomes: dict[int, Reading | Failure]) -> Iterator[Progress]:
    """Yields what the crew reports until every file has ended; fills ``outcomes``."""
    total, pages, text = len(names), 0, ""
    due = time.monotonic() + TICK_S
    while len(outcomes) < total:
        try:
            event = crew.events.get(timeout=max(0.0, due - time.monotonic()))
        except queue.Empty:
            event = None
        if time.monotonic() >= due:
            yield Progress(len(outcomes), total, text, pages_done=pages)
            due = time.monotonic() + TICK_S
        if event is None:
            continue
        if not isinstance(event, Ended):
            pages += 1
            text = f"Reading {names[event.index]}" + (f", page {event.page}" if event.page else "")
            continue
        outcomes[event.index] = event.outcome
        if isinstance(event.outcome, Reading):
            yield Progress(len(outcomes), total, f"Read {names[event.index]}", reading=event.outcome, pages_done=pages)
        else:
            yield Progress(len(outcomes), total, event.outcome.reason, failure=event.outcome, pages_done=pages)


# --------------------------------------------------------------------------- comparing

_ROWS_A_PART = 40  # so that unpickling a part holds the window's interpreter for milliseconds


def compare(
    collection: Collection, settings: Settings, as_of: date, ours: str | None = None, in_worker: bool = False
) -> Generator[Progress, None, tuple[Matrix, ...]]:
    """One matrix a topic. ``in_worker`` aligns in a process of its own, so that a window stays usable."""
    text = "Comparing"
    yield Progress(0, 1, text)
    if in_worker:
        errand_of = partial(_parts, settings.lexicon_folder, as_of, ours)
        parts = yield from errand.run(errand_of, collection.readings, settings, text)
        return _whole(parts)
    matrices = aligned(settings.lexicon_folder, as_of, ours, collection.readings)
    yield Progress(1, 1, text)
    return matrices


def aligned(
    lexicon_folder: Path | None, as_of: date, ours: str | None, readings: Sequence[Reading]
) -> tuple[Matrix, ...]:
    """The matrices of these readings."""
    from policyview import align, lexicon  # not at the top: reading alone does not need them

    return align.align(readings, lexicon.load(lexicon_folder), as_of, ours)


def _parts(
    lexicon_folder: Path | None, as_of: date, ours: str | None, readings: Sequence[Reading]
) -> Iterator[Matrix | tuple[Row, ...]]:
    """Each matrix without its rows, then its rows, some at a time; runs in the worker."""
    for matrix in aligned(lexicon_folder, as_of, ours, readings):
        yield replace(matrix, rows=())
        for start in range(0, len(matrix.rows), _ROWS_A_PART):
            yield matrix.rows[start:start + _ROWS_A_PART]


def _whole(parts: Sequence[Matrix | tuple[Row, ...]]) -> tuple[Matrix, ...]:
    """The matrices that ``_parts`` took apart."""
    found: list[tuple[Matrix, list[Row]]] = []
    for part in parts:
        if isinstance(part, Matrix):
            found.append((part, []))
        else:
            found[-1][1].extend(part)
    return tuple(replace(matrix, rows=tuple(rows)) for matrix, rows in found)


# --------------------------------------------------------------------------- versions


def compare_versions(old: Reading, new: Reading, settings: Settings) -> Generator[Progress, None, Diff]:
    """What changed from one version to the other; both were read ``with_units``."""
    from policyview import lexicon, versions

    yield Progress(0, 1, "Comparing the versions")
    diff = versions.compare(old, new, lexicon.load(settings.lexicon_folder))
    yield Progress(1, 1, "Comparing the versions")
    return diff


def run(act: Generator[Progress, None, _T]) -> _T:
    """Drives an act to its end and gives what it returns; for the command line and the tests."""
    with closing(act):
        while True:
            try:
                next(act)
            except StopIteration as end:
                result: _T = end.value
                return result
