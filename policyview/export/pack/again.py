"""Reads the sources of a pack again and names what the program, today, writes otherwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from policyview import pipeline
from policyview.collection import Collection
from policyview.export.comparison import Comparison
from policyview.export.pack import form
from policyview.export.pack.container import shown
from policyview.export.pack.form import Manifest, Sum
from policyview.export.pack.judge import Plan, few
from policyview.export.pack.make import written_parts
from policyview.model import Progress, Reading
from policyview.read import errand
from policyview.read.copies import Copies
from policyview.settings import Settings

_AGAIN = "again"
_WRITING = "Making the files of the pack anew"


def read_again(
    folder: Path, sums: Mapping[str, Sum], plan: Plan, manifest: Manifest, settings: Settings
) -> Generator[Progress, None, list[str]]:
    """A sentence for each difference between the pack in ``folder`` and what its sources say now."""
    called = [(folder / name, file) for name, file in plan.documents]
    with Copies() as copies:
        collection = yield from pipeline.read((), settings, copies, called=called)
    if collection.failures:
        return [f"A document that was read when the pack was made cannot be read: {each.reason}"
                for each in collection.failures]  # fmt: skip
    whole = pipeline.amended(
        Collection(collection.readings, plan.failures, plan.skipped, manifest.overrides, plan.reviews)
    )
    matrices = yield from pipeline.compare(whole, settings, manifest.as_of, in_worker=True)  # it may never end
    different = yield from _different(folder, sums, Comparison(whole, matrices, manifest.as_of))
    if not different:
        return []
    named: list[str] = yield from errand.run(_named, [(str(folder), different)], settings, "Naming what differs")
    return [*(_cut(each) for each in collection.readings if each.is_cut), *named]


def _cut(reading: Reading) -> str:
    reasons = "; ".join(shown(loss.reason) for loss in reading.losses)
    return f"{shown(reading.file)}: This time it could not be read as a whole, so it may differ for that: {reasons}"


def _different(
    folder: Path, sums: Mapping[str, Sum], comparison: Comparison
) -> Generator[Progress, None, tuple[str, ...]]:
    """The names of the files that the program writes otherwise; what it writes stands below ``again``.

    A step before each file: where time is up, no more is written.
    """
    different = []
    yield Progress(0, len(sums), _WRITING)
    for done, (name, content) in enumerate(written_parts(comparison), 1):
        yield Progress(done, len(sums), _WRITING)
        if name in sums and sums[name].sha256 != hashlib.sha256(content).hexdigest():
            different.append(name)
            again = folder / _AGAIN / name
            again.parent.mkdir(parents=True, exist_ok=True)
            again.write_bytes(content)
    return tuple(different)


# --------------------------------------------------------------------------- in a worker


def _named(things: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    ((place, names),) = things
    for name in names:
        packed, again = Path(place, name), Path(place, _AGAIN, name)
        if name.endswith(".json"):
            yield from few(_places(name, packed, again), name)
        elif name == form.REPORT:
            yield f"{name}: It is not the report that the sources give."
        elif name == form.ANNOTATIONS:
            yield f"{name}: These are not the annotations that the sources give."
        else:
            yield f"{name}: It is not the text that its source gives."


def _places(name: str, packed: Path, again: Path) -> Iterator[str]:
    try:
        one, other = json.loads(packed.read_bytes()), json.loads(again.read_bytes())
    except (ValueError, RecursionError):
        yield f"{name}: It is not what the sources give."
        return
    found = False
    for path, left, right in _differences(one, other):
        found = True
        yield f"{name}, {path or 'as a whole'}: The pack says {_told(left)} where the sources give {_told(right)}."
    if not found:
        yield f"{name}: It says what the sources give, but is not written as the program writes it."


_NOTHING = object()


def _differences(one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    """(path, here, there) of each place in which two values differ, as deep as they are alike."""
    stack: list[tuple[str, Any, Any]] = [("", one, other)]
    while stack:
        path, left, right = stack.pop()
        if isinstance(left, dict) and isinstance(right, dict):
            stack.extend((f"{path}.{shown(key)}" if path else key, left.get(key, _NOTHING), right.get(key, _NOTHING))
                         for key in reversed([*right, *(key for key in left if key not in right)]))  # fmt: skip
        elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
            stack.extend((f"{path}[{at}]", left[at], right[at]) for at in reversed(range(len(left))))
        elif type(left) is not type(right) or left != right:
            yield path, left, right


def _told(value: Any) -> str:
    if value is _NOTHING:
        return "nothing"
    if isinstance(value, list):
        return f"{len(value):,} of them"
    return shown(json.dumps(value, ensure_ascii=False))
