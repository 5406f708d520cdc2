"""What several commands do: to run long work with a progress line, to read, to compare."""

from __future__ import annotations

import datetime
import os
import threading
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from policyview import inputs, pipeline, store, succession
from policyview.collection import Collection
from policyview.command.codes import DONE, SOME_UNREADABLE
from policyview.command.ctrl_c import ctrl_c
from policyview.errors import UseError
from policyview.export import delivery
from policyview.export.comparison import Comparison, Maker, ours_first
from policyview.export.editions import not_shown
from policyview.export.legible import one_line
from policyview.export.pack import form, opening
from policyview.export.terminal import ProgressLine, say_each, say_what_became
from policyview.model import Progress
from policyview.read.copies import Copies
from policyview.settings import Settings
from policyview.succession import Step

T = TypeVar("T")


def drained(steps: Generator[Progress, None, T]) -> T:
    """Runs long work to its end with a progress line; the work is closed whatever happens."""
    with closing(steps), ProgressLine() as line:
        while True:
            ctrl_c.heed()
            try:
                line.show(next(steps))
            except StopIteration as end:
                result: T = end.value
                return result


def read(
    paths: Sequence[Path], settings: Settings, with_units: bool = False, copies: Copies | None = None
) -> Collection:
    """Reads the paths and says what could not be read."""
    collection = drained(opening.read(paths, settings, copies, with_units))
    say_what_became(collection)
    return pipeline.amended(collection)


def _prepare(target: Path, settings: Settings) -> None:
    """While the workers read, loads what comes after: half a second that would else be waited for."""
    from policyview import align, lexicon  # noqa: F401 -- not at the top: that is what is loaded meanwhile

    delivery.prepare(target)
    _maker(settings)  # the sum of the program is taken once
    with suppress(UseError):  # the reading says it
        lexicon.load(settings.lexicon_folder)


def compared(
    paths: Sequence[Path], settings: Settings, target: Path, as_of: datetime.date | None = None, ours: str | None = None
) -> Comparison:
    """The documents below the paths, read and compared, for what stands in ``target``."""
    day = as_of or datetime.date.today()
    threading.Thread(target=_prepare, args=(target, settings), daemon=True).start()
    with Copies() as copies:
        copies.supply = inputs.supply(paths)
        collection = read(paths, settings, copies=copies)
        ours = _payer(collection, ours)
        matrices = drained(pipeline.compare(collection, settings, day, ours))
        say_each(not_shown(matrices, day))
        steps: tuple[Step, ...] = ()
        if delivery.tells_changes(target):
            steps = drained(succession.steps(collection, matrices, settings, copies))
            say_each(step.reason for step in steps if step.reason)
    return Comparison(collection, ours_first(matrices, ours), day, ours, steps, _maker(settings))


def _maker(settings: Settings) -> Maker:
    """Whoever runs the program, today."""
    return Maker(store.user() or "unknown", datetime.date.today(), form.program(settings)["edition"])


def _payer(collection: Collection, ours: str | None) -> str | None:
    """The payer that ``ours`` names, in the documents' own spelling; UseError where there is none."""
    if ours is None:
        return None
    payers = sorted({reading.facts.policy.payer or "" for reading in collection.readings} - {""})
    named = [payer for payer in payers if payer.casefold() == ours.strip().casefold()]
    if not named:
        raise UseError(f"No document is of the payer “{ours}”; the payers are: {', '.join(payers) or 'none'}.")
    return named[0]


def exit_code(collection: Collection) -> int:
    """Done, or that some could not be read."""
    return DONE if collection.readings and not collection.failures else SOME_UNREADABLE


def check_not_a_source(output: Path, paths: Sequence[Path]) -> None:
    """A document that is to be read is never written over, whether it is named or found in a folder."""
    if output.is_file() and any(os.path.samefile(output, path) for path in pipeline.expand(paths)[0] if path.exists()):
        raise UseError(f"{one_line(str(output))} is one of the documents; choose another file for the output.")
