"""Hands a comparison out from a window: all that takes long is done in a process of its own."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from policyview import pipeline, succession
from policyview.collection import Collection
from policyview.export import delivery
from policyview.export.comparison import Comparison
from policyview.export.pack import form, make
from policyview.export.whole import check_writable, write_whole
from policyview.model import Matrix, Progress, Reading, Row
from policyview.read import errand
from policyview.read.copies import Copies
from policyview.settings import Settings
from policyview.succession import Step

_CHUNK = 1 << 20


@dataclass(frozen=True)
class _Rest:
    """What of a comparison is sent after its documents, matrices and steps."""

    collection: Collection
    comparison: Comparison


def export(
    comparison: Comparison, target: Path, settings: Settings, copies: Copies, make: errand.Errand | None = None
) -> Generator[Progress, None, None]:
    """Writes the comparison in the format that the file's ending names, or as ``make`` makes it, whole or not at all.

    Its collection is as read: what people said is applied here. UseError where it cannot be written.
    """
    if make is None:
        delivery.check_ending(target)
    check_writable(target)
    if make is not None or delivery.tells_changes(target):
        comparison = yield from with_steps(comparison, settings, copies)
    made = make or partial(_written, target.suffix.lower())
    chunks = yield from errand.run(made, things(comparison), settings, f"Writing {target.name}")
    write_whole(target, b"".join(chunks))


def with_steps(comparison: Comparison, settings: Settings, copies: Copies) -> Generator[Progress, None, Comparison]:
    """The comparison with what changed between the versions of its policies."""
    topic = comparison.narrowing.topic if comparison.narrowing else None
    matrices = [matrix for matrix in comparison.matrices if topic in (None, matrix.topic)]
    steps = yield from succession.steps(pipeline.amended(comparison.collection), matrices, settings, copies)
    return replace(comparison, steps=steps)


def pack(
    comparison: Comparison, target: Path, settings: Settings, copies: Copies
) -> Generator[Progress, None, str]:
    """Writes the audit pack of the comparison's documents and reviews; its digest.

    The documents are read once more, with both libraries, as ``verify`` will. UseError where it cannot be written.
    """
    check_writable(target)
    given, settings = comparison.collection, form.patient(settings)
    called = [(path, each.file) for each in given.readings if (path := copies.find(each.document.sha256))]
    again = yield from pipeline.read((), settings, copies, called=called)
    collection = replace(given, readings=again.readings, failures=(*given.failures, *again.failures))
    matrices = yield from pipeline.compare(pipeline.amended(collection), settings, comparison.as_of, in_worker=True)
    bare = Comparison(collection, matrices, comparison.as_of)
    parts = yield from errand.run(_parts, things(bare), settings, f"Writing {target.name}")
    written: dict[str, bytearray] = {}
    for name, chunk in parts:
        written.setdefault(name, bytearray()).extend(chunk)
    amended = replace(bare, collection=pipeline.amended(collection))
    return make.write(amended, copies, settings, target, parts={name: bytes(part) for name, part in written.items()})


# --------------------------------------------------------------------------- sent in small parts


def things(comparison: Comparison) -> list[Any]:
    """Documents as read, matrices some rows at a time, steps, and the rest: each is pickled in a moment."""
    collection = comparison.collection
    things: list[Any] = [*collection.readings, *pipeline.taken_apart(comparison.matrices), *comparison.steps]
    bare = replace(comparison, collection=Collection(), matrices=(), steps=())
    return [*things, _Rest(replace(collection, readings=()), bare)]


def whole(things: Sequence[Any]) -> Comparison:
    """The comparison that ``things`` took apart, with what people said applied, narrowed to what is wanted of it."""
    rest: _Rest = things[-1]
    readings = tuple(each for each in things if isinstance(each, Reading))
    matrices = pipeline.put_together([each for each in things if isinstance(each, Matrix) or _is_rows(each)])
    steps = tuple(each for each in things if isinstance(each, Step))
    collection = pipeline.amended(replace(rest.collection, readings=readings))
    return replace(rest.comparison, collection=collection, matrices=matrices, steps=steps).narrowed()


def _is_rows(thing: object) -> bool:
    return isinstance(thing, tuple) and all(isinstance(each, Row) for each in thing)


def _written(ending: str, things: Sequence[Any]) -> Iterator[bytes]:
    content = delivery.FORMATS[ending](whole(things))
    yield from (content[start:start + _CHUNK] for start in range(0, len(content), _CHUNK))


def _parts(things: Sequence[Any]) -> Iterator[tuple[str, bytes]]:
    for name, content in make.written_parts(whole(things)):
        yield from ((name, content[start:start + _CHUNK]) for start in range(0, max(1, len(content)), _CHUNK))
