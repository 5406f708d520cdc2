"""The long acts, each a plain generator of Progress that the window, the command line and the tests drive alike.

Each yields at least every 100 ms, also while it waits; closing it ends its workers and cleans up.
"""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from policyview import amend, edition, scratch
from policyview.amend import Regrouping
from policyview.collection import Collection
from policyview.errors import FileError, UseError
from policyview.inputs import Inputs
from policyview.inputs import is_workspace as is_workspace
from policyview.inputs import shown_name as shown_name
from policyview.marks import marked
from policyview.model import Document, Facts, Failure, Indication, Matrix, Overrides, Policy, Progress, Reading, Row
from policyview.read import errand, formats, guards, worker
from policyview.read.copies import Copies
from policyview.read.supervisor import Crew, Ended, Recall
from policyview.settings import Settings

if TYPE_CHECKING:
    from policyview.align.against import Against, Answer
    from policyview.align.beside import Counterpart, LimitPlace, Place
    from policyview.versions import Alongside, Diff

_T = TypeVar("_T")
TICK_S = 0.1
"""The longest silence of a generator here."""


def facts_of(document: Document, lexicon_folder: Path | None = None, with_units: bool = False) -> Facts:
    """Sections, then facts, of a document that was just read; runs in the reading worker.

    ``with_units`` adds the units by which versions are compared. FileError where a web page stands in for a document.
    """
    from policyview import extract, lexicon, segment  # only the worker needs them
    from policyview.extract import unseen

    words = lexicon.load(lexicon_folder)
    structure = segment.segment(document, words)
    facts = unseen.doubted(extract.extract(document, structure, words), document)
    _refuse_stand_in(document, facts)
    if not with_units:
        return facts
    from policyview import versions

    return replace(facts, units=versions.units_of(document, structure, facts))


def read_with_facts(pipe: Connection, limits: guards.Limits) -> None:
    """The life of a reading worker that finds facts too.

    It loads our own modules before it gives up the right to write, so that Python keeps their compiled form: 0.6 s of
    0.8 s at each start were compiling.
    """
    from policyview import extract, lexicon, segment  # noqa: F401

    worker.main(pipe, limits)


_STAND_IN_CHARS = 3_000


def _refuse_stand_in(document: Document, facts: Facts) -> None:
    """FileError for the short web page under a PDF's name that a site sends in place of the document."""
    promised = formats.type_by_name(document.file)
    is_another = document.media_type == formats.HTML and promised not in (None, formats.HTML)
    if is_another and not (facts.indications or facts.catch_all) and len(document.text) < _STAND_IN_CHARS:
        raise FileError(f"{document.file} is a web page (HTML) and states no coverage: sites send one in place of the "
                        "document to ask for a sign-in. Download it again, or name it .html to have it read.")


# --------------------------------------------------------------------------- which files


def expand(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files to read and those to skip, each once, in the order given; folders are searched, sorted by name.

    A file named by itself is always to be read. In a folder those are whose bytes or ending are of a type we
    read, and workspaces, to be looked at; the others are skipped. What could not be searched (a folder that may not
    be listed, one that a link out of the given paths leads to) stands among those to read, for it to fail with its
    reason. UseError for a path that is not there.
    """
    files: dict[str, Path] = {}
    skipped: dict[str, Path] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise UseError(f"There is no {shown_name(path)}.")
        for found, is_to_read in [(path, True)] if not os.path.isdir(path) else _inside(path, paths):
            key = os.path.abspath(found)
            if key not in files:
                (files if is_to_read else skipped).setdefault(key, found)
    return tuple(files.values()), tuple(path for key, path in skipped.items() if key not in files)


REPORT_MARK = b'name="generator" content="policyview'
"""What every HTML report of policyview's carries in its head."""
REPORT_HEAD = 4096  # bytes


def _inside(folder: Path, given: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """The files in a folder and those below it, and whether each is to be read; folders that were not searched too.

    No link to a folder is followed: what is below the given paths is found there.
    """
    unsearched: list[Path] = []
    for here, folders, names in os.walk(folder, onerror=lambda error: unsearched.append(Path(error.filename))):
        folders.sort()
        for name in sorted(names):
            path = Path(here, name)
            yield path, _promises(path) if leads_out(path, given) else _is_of_our_types(path)
        yield from ((Path(here, name), True) for name in folders if leads_out(Path(here, name), given))
    yield from ((path, True) for path in unsearched)


def leads_out(path: Path, given: Sequence[Path]) -> bool:
    """Whether it is a link to what stands neither among the given paths nor below one of them."""
    if not os.path.islink(path):  # os.path throughout: it takes what cannot be asked for what is not there
        return False
    target = Path(os.path.realpath(path))
    return not any(target.is_relative_to(os.path.realpath(root)) for root in given)


def _promises(path: Path) -> bool:
    """Whether the file's name has the ending of a type that we read."""
    return formats.type_by_name(path.name) is not None


def _stray(path: Path, given: Sequence[Path]) -> Failure | None:
    """Why a link is not followed; None where it is no link, or leads to one of the given paths or below it."""
    if not (os.path.isfile(path) or os.path.isdir(path)) or not leads_out(path, given):
        return None  # a device or a link to nothing is refused when it is opened
    name, target = shown_name(path), shown_name(Path(os.path.realpath(path)))
    return Failure(name, f"{name} is a link out of the folder, to {target}, and was not followed. "
                         "Name that file or folder itself to have it read.")


def _is_of_our_types(path: Path) -> bool:
    """Whether a file of a folder is a document to read; a comparison that policyview wrote there is none."""
    try:
        if is_workspace(path):
            return True
        if _promises(path):
            return not _is_our_report(path)
        return path.is_file() and formats.type_by_bytes(path) is not None
    except OSError:
        return _promises(path)


def _is_our_report(path: Path) -> bool:
    if path.suffix.lower() not in {".html", ".htm"} or not path.is_file():
        return False
    with path.open("rb") as file:
        return REPORT_MARK in file.read(REPORT_HEAD)


# --------------------------------------------------------------------------- reading


def read(
    paths: Sequence[Path], settings: Settings, copies: Copies | None = None, with_units: bool = False,
    recall: Recall | None = None, called: Sequence[tuple[Path, str]] = (),
) -> Generator[Progress, None, Collection]:
    """Reads files and folders with their facts; each file's end is delivered by the Progress that ends it.

    ``copies`` keeps the private copies beyond this act, for the source pane; without it they go at the end.
    ``with_units`` reads them so that versions can be compared. What ``recall`` knows is not read again. ``called`` are
    further files, each with the name it goes by.
    The Collection holds everything in the order given, however the workers finished, links that were not followed
    first. A workspace that was named gives its documents (``inputs``). UseError where the user's lexicon has a
    mistake: read without it, documents would say less than the user taught policyview to see.
    """
    if settings.lexicon_folder is not None:
        from policyview import lexicon  # the shipped one needs no look

        lexicon.load(settings.lexicon_folder)
    files, skipped = expand(paths)
    strays = {file: failure for file in files if (failure := _stray(file, paths))}
    finish = partial(facts_of, lexicon_folder=settings.lexicon_folder, with_units=with_units)
    with ExitStack() as stack:
        kept = copies if copies is not None else stack.enter_context(Copies())
        unpacked = stack.enter_context(scratch.folder())
        inputs = Inputs(len(files) + len(called), unpacked, lambda: edition.edition(settings, with_units))
        yield Progress(0, len(files), "Starting to read")
        for failure in strays.values():
            yield inputs.end(failure)
        yield from inputs.take([file for file in files if file not in strays], paths)
        for path, name in called:
            inputs.read(path, name)
        if named := list(inputs.to_read.values()):
            crew = stack.enter_context(closing(Crew(named, settings, kept, finish, read_with_facts, recall)))
            outcomes: dict[int, Reading | Failure] = {}
            yield from _watch(crew, [name for _, name in named], outcomes, len(inputs.ended))
            inputs.ended |= {place: outcomes[index] for index, place in enumerate(inputs.to_read)}
    inputs.skipped[:0] = map(shown_name, skipped)
    return inputs.collection()


def _watch(
    crew: Crew, names: Sequence[str], outcomes: dict[int, Reading | Failure], before: int = 0
) -> Iterator[Progress]:
    """Yields what the crew reports until every file has ended; fills ``outcomes``. ``before`` it so many had ended."""
    total, pages, text = before + len(names), 0, ""
    due = time.monotonic() + TICK_S
    while len(outcomes) < len(names):
        try:
            event = crew.events.get(timeout=max(0.0, due - time.monotonic()))
        except queue.Empty:
            event = None
        if time.monotonic() >= due:
            yield Progress(before + len(outcomes), total, text, pages_done=pages)
            due = time.monotonic() + TICK_S
        if event is None:
            continue
        if not isinstance(event, Ended):
            pages += 1
            text = f"Reading {names[event.index]}" + (f", page {event.page}" if event.page else "")
            continue
        outcome = outcomes[event.index] = event.outcome
        done = before + len(outcomes)
        if isinstance(outcome, Reading):
            yield Progress(done, total, f"Read {names[event.index]}", reading=outcome, pages_done=pages)
        else:
            yield Progress(done, total, outcome.reason, failure=outcome, pages_done=pages)


def read_twice(
    readings: Sequence[Reading], settings: Settings, copies: Copies
) -> Generator[Progress, None, None]:
    """Reads PDFs that were read again, with a second library beside the first, one after the other.

    A Progress carries the reading of a document in which the two disagree, with that loss added. For idle moments:
    the second library takes many times as long as the first.
    """
    of_pdfs = {reading.file: reading for reading in readings if reading.document.media_type == formats.PDF}
    files = [(path, file) for file, each in of_pdfs.items() if (path := copies.find(each.document.sha256))]
    if not files:
        return
    with closing(Crew(files, replace(settings, workers=1, second_reading=True), copies, None)) as crew:
        for step in _watch(crew, [file for _, file in files], {}):
            told = _with_new_losses(of_pdfs[step.reading.file], step.reading) if step.reading else None
            yield replace(step, reading=told, failure=None)


def _with_new_losses(reading: Reading, again: Reading) -> Reading | None:
    """The reading with what only the other one tells of; None where that is nothing."""
    known = reading.document.losses
    new = [loss for loss in again.document.losses if loss not in known]
    losses = sorted((*known, *new), key=lambda loss: (loss.page or 0, loss.reason))
    return replace(reading, document=replace(reading.document, losses=tuple(losses))) if new else None


# --------------------------------------------------------------------------- comparing

_NO_OVERRIDES = Overrides()
Said: TypeAlias = tuple[Overrides, Regrouping]
"""What people said of versions and of rows."""
_NOTHING_SAID: Said = (_NO_OVERRIDES, Regrouping())
Policies: TypeAlias = tuple[Policy, Policy]
"""What an older and a newer version are called."""
_ROWS_A_PART = 40  # so that unpickling a part holds the window's interpreter for milliseconds


def amended(collection: Collection) -> Collection:
    """The collection with what people said applied to its facts, and to which documents are versions of one policy."""
    if not collection.reviews:
        return collection
    outcome = amend.amended(collection.readings, collection.reviews)
    overrides = amend.overridden(collection.overrides, collection.reviews)
    return replace(collection, readings=outcome.readings, amended=outcome, overrides=overrides)


def compare(
    collection: Collection, settings: Settings, as_of: date, ours: str | None = None, in_worker: bool = False,
) -> Generator[Progress, None, tuple[Matrix, ...]]:
    """One matrix a topic. ``in_worker`` aligns in a process of its own, so that a window stays usable.

    A collection that holds reviews must have been ``amended``.
    """
    text, said = "Comparing", (collection.overrides, collection.amended.regrouping)
    yield Progress(0, 1, text)
    if in_worker:
        errand_of = partial(_parts, settings.lexicon_folder, as_of, ours, said)
        parts = yield from errand.run(errand_of, collection.readings, settings, text)
        matrices = put_together(parts)
    else:
        matrices = aligned(settings.lexicon_folder, as_of, ours, collection.readings, said)
        yield Progress(1, 1, text)
    return marked(matrices, collection.amended, collection.reviews)


def aligned(
    lexicon_folder: Path | None, as_of: date, ours: str | None, readings: Sequence[Reading], said: Said = _NOTHING_SAID
) -> tuple[Matrix, ...]:
    """The matrices of these readings."""
    from policyview import align, lexicon  # not at the top: reading alone does not need them

    return align.align(readings, lexicon.load(lexicon_folder), as_of, ours, *said)


def beside(
    statements: Mapping[str, Sequence[Indication]], settings: Settings
) -> Generator[None, None, Mapping[Place, tuple[Counterpart, ...]]]:
    """The counterparts of each criterion of a row's statements, by document (``align.beside``)."""
    from policyview import lexicon
    from policyview.align import beside as asked

    yield None
    return asked.beside(statements, lexicon.load(settings.lexicon_folder))


def limits_beside(
    statements: Mapping[str, Sequence[Indication]], settings: Settings
) -> Mapping[LimitPlace, tuple[tuple[str, str, str], ...]]:
    """Which documents of a row set another limit on the same thing (``align.beside``)."""
    from policyview import lexicon
    from policyview.align import beside as asked

    return asked.limits_beside(statements, lexicon.load(settings.lexicon_folder))


def against(ours: Answer, theirs: Answer, settings: Settings) -> Against:
    """How an answer stands against ours (``align.against``)."""
    from policyview import lexicon
    from policyview.align import against as weighed

    return weighed.against(ours, theirs, lexicon.load(settings.lexicon_folder))


def _parts(
    lexicon_folder: Path | None, as_of: date, ours: str | None, said: Said, readings: Sequence[Reading]
) -> Iterator[Matrix | tuple[Row, ...]]:
    """The matrices, taken apart; runs in the worker."""
    yield from taken_apart(aligned(lexicon_folder, as_of, ours, readings, said))


def taken_apart(matrices: Iterable[Matrix]) -> Iterator[Matrix | tuple[Row, ...]]:
    """Each matrix without its rows, then its rows, some at a time: between processes each part is sent in a moment."""
    for matrix in matrices:
        yield replace(matrix, rows=())
        for start in range(0, len(matrix.rows), _ROWS_A_PART):
            yield matrix.rows[start:start + _ROWS_A_PART]


def put_together(parts: Sequence[Matrix | tuple[Row, ...]]) -> tuple[Matrix, ...]:
    """The matrices that ``taken_apart`` took apart."""
    found: list[tuple[Matrix, list[Row]]] = []
    for part in parts:
        if isinstance(part, Matrix):
            found.append((part, []))
        else:
            found[-1][1].extend(part)
    return tuple(replace(matrix, rows=tuple(rows)) for matrix, rows in found)


# --------------------------------------------------------------------------- versions


def compare_versions(
    old: Reading, new: Reading, settings: Settings, overrides: Overrides = _NO_OVERRIDES
) -> Generator[Progress, None, Diff]:
    """What changed from one version to the other; both were read ``with_units``."""
    yield Progress(0, 1, "Comparing the versions")
    diff = changes(old, new, settings.lexicon_folder, overrides)
    yield Progress(1, 1, "Comparing the versions")
    return diff


def changes(
    old: Reading, new: Reading, lexicon_folder: Path | None, overrides: Overrides, said: Policies | None = None
) -> Diff:
    """The comparison, and whether these are an older and a newer version of one policy at all: by what people ``said``
    of both, where they did."""
    from policyview import lexicon, versions
    from policyview.align import recognise

    words = lexicon.load(lexicon_folder)
    diff = versions.compare(old, new, words)
    if said is not None:
        old, new = _known_as(old, said[0]), _known_as(new, said[1])
    return replace(diff, kinship=recognise.cautions(old, new, words, overrides))


def _known_as(reading: Reading, policy: Policy) -> Reading:
    return replace(reading, facts=replace(reading.facts, policy=policy))


_CHANGES_A_PART = 40  # likewise


def compare_again(
    old: Reading, new: Reading, settings: Settings, copies: Copies, overrides: Overrides = _NO_OVERRIDES
) -> Generator[Progress, None, tuple[Diff, tuple[Alongside, ...]]]:
    """What changed between two documents that were read for the matrix, and which places stand beside each other.

    Both are read again from their copies, now with their units, and compared in a process of its own. Of what is given
    only the document counts, and what people said of it as a whole. FileError where one cannot be read again.
    """
    again = yield from read_again((old, new), settings, copies)
    for outcome in again:
        if isinstance(outcome, Failure):
            raise FileError(outcome.reason)
    errand_of = partial(_diff_parts, settings.lexicon_folder, overrides, (old.facts.policy, new.facts.policy))
    parts = yield from errand.run(errand_of, again, settings, "Comparing the versions")
    diffs = [part for part in parts if not isinstance(part, tuple)]
    changes = tuple(change for diff in diffs for change in diff.changes)
    return replace(diffs[-1], changes=changes), next(part for part in parts if isinstance(part, tuple))


def read_again(
    readings: Sequence[Reading], settings: Settings, copies: Copies
) -> Generator[Progress, None, list[Reading | Failure]]:
    """Documents that were read for the matrix, now read from their copies with the units by which versions differ."""
    paths = [copies.find(reading.document.sha256) for reading in readings]
    files = {place: (path, readings[place].file) for place, path in enumerate(paths) if path is not None}
    outcomes: dict[int, Reading | Failure] = {}
    finish = partial(facts_of, lexicon_folder=settings.lexicon_folder, with_units=True)
    yield Progress(0, len(files), "Reading the versions again")
    if files:
        once = replace(settings, second_reading=False)  # what the two libraries tell is known
        with closing(Crew([*files.values()], once, copies, finish, read_with_facts)) as crew:
            for step in _watch(crew, [file for _, file in files.values()], outcomes):
                yield replace(step, reading=None, failure=None)
    found = dict(zip(files, (outcomes[number] for number in range(len(files))), strict=True))
    gone = {place: Failure(each.file, f"The copy of {each.file} is gone. Open the document again.")
            for place, each in enumerate(readings)}  # fmt: skip
    return [found.get(place, gone[place]) for place in range(len(readings))]


def _diff_parts(
    lexicon_folder: Path | None, overrides: Overrides, said: Policies, readings: Sequence[Reading]
) -> Iterator[Diff | tuple[Alongside, ...]]:
    """The changes, some at a time, then the rest of the comparison; runs in the worker."""
    from policyview import versions

    old, new = readings
    diff = changes(old, new, lexicon_folder, overrides, said)
    for start in range(0, len(diff.changes), _CHANGES_A_PART):
        yield versions.Diff(diff.changes[start:start + _CHANGES_A_PART], (), ())
    yield replace(diff, changes=())
    yield versions.alongside(old.facts.units, new.facts.units)


def run(act: Generator[Progress, None, _T]) -> _T:
    """Drives an act to its end and gives what it returns; for the command line and the tests."""
    with closing(act):
        while True:
            try:
                next(act)
            except StopIteration as end:
                result: _T = end.value
                return result
