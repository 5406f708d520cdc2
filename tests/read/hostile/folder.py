"""Makes the hostile folder, and tells how each of its files ended."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policyview import pipeline
from policyview.collection import Collection
from policyview.model import Reading
from policyview.settings import Settings
from tests.read.hostile import kit, pdfs, places, texts

ORDINARY = (*pdfs.PDFS, *texts.TEXTS, *texts.WORDS, *places.NAMED)
INPUTS = (*ORDINARY, *places.TWICE, *places.KINDS, *places.WORKSPACES)
BIG_INPUTS = (*pdfs.BIG_PDFS, *texts.BIG_TEXTS)


def make(root: Path, inputs: Iterable[kit.Hostile]) -> Path:
    """Puts the inputs into the folder ``root``."""
    for each in inputs:
        path = root / os.fsdecode(each.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        each.put(path)
    return root


def files_in(root: Path) -> list[str]:
    """Every file of the folder by the name under which it is told of; links to folders are none."""
    found = [Path(here, name) for here, _, names in os.walk(root) for name in names]
    return [pipeline.shown_name(path.relative_to(root)) for path in found]


def expected(inputs: Iterable[kit.Hostile]) -> dict[str, kit.Ends]:
    """How each file must end, by the name under which it is told of."""
    ends = {each.name: each.ends for each in inputs} | (places.COME_WITH if inputs is INPUTS else {})
    return {pipeline.shown_name(Path(os.fsdecode(name))): end for name, end in ends.items() if end != kit.NOTHING}


@dataclass(frozen=True)
class Outcome:
    """How a file ended, with its reasons and its text."""

    how: str
    reasons: tuple[str, ...] = ()
    text: str = ""

    def meets(self, ends: kit.Ends) -> bool:
        says_all = all(any(part in reason for reason in self.reasons or ("",)) for part in ends.says)
        return self.how == ends.how and says_all and ends.text in self.text


def read(paths: Sequence[Path], settings: Settings) -> Collection:
    return pipeline.run(pipeline.read(paths, settings))


def outcomes(collection: Collection, root: Path) -> dict[str, Outcome]:
    """The end of each file. A file that has two ends is an error."""
    found = [(reading.file, _of(reading)) for reading in collection.readings]
    found += [(failure.file, Outcome("refused", (failure.reason,))) for failure in collection.failures]
    found += [(name, Outcome("skipped")) for name in collection.skipped]
    names = Counter(name for name, _ in found)
    assert max(names.values()) == 1, names.most_common(1)
    return {name.removeprefix(f"{root}/"): outcome for name, outcome in found}


def _of(reading: Reading) -> Outcome:
    reasons = tuple(loss.reason for loss in reading.document.losses)
    return Outcome("read with loss" if reasons else "read", reasons, reading.document.text)
