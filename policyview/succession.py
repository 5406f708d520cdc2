"""What changed in each policy of a comparison from one version to the next."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from policyview import pipeline
from policyview.collection import Collection
from policyview.errors import BrokenInvariantError
from policyview.model import Failure, Matrix, Overrides, Progress, Reading
from policyview.read import errand
from policyview.read.copies import Copies
from policyview.settings import Settings

if TYPE_CHECKING:
    from policyview.versions import Diff


@dataclass(frozen=True)
class Step:
    """Two versions of a policy that follow each other; ``reason`` says why they could not be compared, if so."""

    old: Reading
    new: Reading
    diff: Diff | None
    reason: str = ""


_Pair = tuple[Reading, Reading]
_Said = Mapping[tuple[str, str], pipeline.Policies]
"""What the versions are called, by the names of both files."""


def pairs_of(collection: Collection, matrices: Sequence[Matrix]) -> tuple[_Pair, ...]:
    """Each version of a policy with the next, in the order of the matrices; documents of the same bytes are one."""
    readings = {reading.file: reading for reading in collection.readings}
    found: dict[tuple[str, str], _Pair] = {}
    for matrix in matrices:
        for policy in matrix.versions:
            versions = {readings[file].document.sha256: readings[file] for file in policy.files}
            for old, new in pairwise(versions.values()):
                found.setdefault((old.file, new.file), (old, new))
    return tuple(found.values())


def steps(
    collection: Collection, matrices: Sequence[Matrix], settings: Settings, copies: Copies
) -> Generator[Progress, None, tuple[Step, ...]]:
    """Reads the documents of which there are several versions once more, with their units, and compares them.

    Without any it does nothing. What cannot be read again, or not be compared, is a step with its reason.
    """
    pairs = pairs_of(collection, matrices)
    if not pairs:
        return ()
    versions = {reading.file: reading for pair in pairs for reading in pair}
    outcomes = yield from pipeline.read_again([*versions.values()], settings, copies)
    again = dict(zip(versions, outcomes, strict=True))
    whole = [(one, other) for old, new in pairs
             if isinstance(one := again[old.file], Reading) and isinstance(other := again[new.file], Reading)]
    said = {(old.file, new.file): (old.facts.policy, new.facts.policy) for old, new in pairs}
    diffs, reason = yield from _compared(whole, settings, collection.overrides, said)
    return tuple(_step(pair, again, diffs, reason) for pair in pairs)


def _compared(
    pairs: Sequence[_Pair], settings: Settings, overrides: Overrides, said: _Said
) -> Generator[Progress, None, tuple[dict[tuple[str, str], Diff], str]]:
    """The differences by the names of both files, and why some are missing."""
    if not pairs:
        return {}, ""
    errand_of = partial(_diffs, settings.lexicon_folder, overrides, said)
    try:
        found = yield from errand.run(errand_of, pairs, settings, "Comparing the versions")
    except BrokenInvariantError as error:  # the comparison of the payers stands without it
        return {}, str(error)
    return {(old.file, new.file): diff for (old, new), diff in zip(pairs, found, strict=True)}, ""


def _diffs(
    lexicon_folder: Path | None, overrides: Overrides, said: _Said, pairs: Sequence[_Pair]
) -> Iterator[Diff]:
    """Runs in the worker."""
    for old, new in pairs:
        yield pipeline.changes(old, new, lexicon_folder, overrides, said.get((old.file, new.file)))


def _step(
    pair: _Pair, again: dict[str, Reading | Failure], diffs: dict[tuple[str, str], Diff], reason: str
) -> Step:
    old, new = pair
    failed = [outcome.reason for each in pair if isinstance(outcome := again[each.file], Failure)]
    return Step(old, new, diffs.get((old.file, new.file)), " ".join(failed) or reason)
