"""A small pack of invented documents with reviews, made and verified in this process, and ways to tamper with it."""

from __future__ import annotations

import datetime
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from policyview import pipeline, read
from policyview.collection import Collection
from policyview.export.comparison import Comparison
from policyview.export.pack import form, make, verify
from policyview.export.pack.verify import Verdict
from policyview.model import Failure, Overrides, Progress, Reading
from policyview.read import errand
from policyview.read.copies import Copies
from policyview.review import FIRST, CellSubject, DocumentSubject, Review, ReviewAction, Subject, read_line
from policyview.settings import Settings
from tests.store.made import POLICIES

Parts: TypeAlias = dict[str, bytes]
AS_OF = datetime.date(2026, 3, 1)
SETTINGS = Settings(second_reading=True)
TORN = Failure("torn.pdf", "torn.pdf is torn. Mend it.")


def reading_of(path: Path, name: str) -> Reading:
    """A document as a worker would deliver it."""
    return _reading_of(path.read_bytes(), name)


@cache
def _reading_of(content: bytes, name: str) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "source")
        path.write_bytes(content)
        document = read.document(path, name)
    return Reading(replace(document, lines=(), signs=(), rules=()), pipeline.facts_of(document))


def reviews_of(readings: Sequence[Reading]) -> tuple[Review, ...]:
    """Three reviews of first statements, chained."""
    made: list[Review] = []
    for number, reading in enumerate((*readings, readings[0])):
        said = reading.facts.indications[0]
        subject = CellSubject(reading.document.sha256, said.anchor, said.text, "tidal vest therapy")
        time = f"2026-02-0{number + 1}T09:00:00+00:00"
        previous = made[-1].sha256 if made else FIRST
        made.append(Review("note", subject, "Ada", time, f"as printed {number}", previous=previous))
    return tuple(made)


CRITERIA = """[any of these]
Oxygen saturation at rest is 90 percent or lower [all of these]
    seasonal cough
My own words"""


def corrected(said: Sequence[Review]) -> tuple[Review, ...]:
    """What people corrected then: two documents and their topic, the criteria of the first statement of each, and last
    that the first one is not covered."""
    first, second = (DocumentSubject(each.subject.sha256) for each in said[:2] if isinstance(each.subject, CellSubject))
    made = list(said)
    acts: tuple[tuple[Subject, ReviewAction, tuple[tuple[str, str], ...]], ...] = (
        (first, "correct", (("lines", "commercial medicaid"),)), (second, "correct", (("effective", "2024-12"),)),
        (second, "move", (("topic", ""),)), (second, "correct", (("topic", "Vests"),)),
        (said[0].subject, "correct", (("criteria", CRITERIA),)),
        (said[0].subject, "correct", (("determination", "not_covered"),)),
    )  # fmt: skip
    for subject, action, sets in acts:
        made.append(replace(said[0], action=action, subject=subject, text="", sets=sets, previous=made[-1].sha256))
    return tuple(made)


def comparison_of(folder: Path, copies: Copies, is_corrected: bool = False) -> Comparison:
    """The policies, written into ``folder``, and what people said of them."""
    readings = []
    for name, text in POLICIES.items():
        (folder / name).write_text(text, encoding="utf-8")
        copies.add(folder / name, name, SETTINGS.max_file_bytes)
        readings.append(reading_of(folder / name, f"shelf/{name}"))
    overrides = Overrides().dating(readings[0].document.sha256, "2025-02")
    said = reviews_of(readings)
    said = corrected(said) if is_corrected else said
    collection = pipeline.amended(Collection(tuple(readings), (TORN,), ("notes.bin",), overrides, said))
    return Comparison(collection, pipeline.run(pipeline.compare(collection, SETTINGS, AS_OF)), AS_OF)


def make_pack(folder: Path, target: Path) -> str:
    """Writes the pack; its digest."""
    with Copies() as copies:
        return make.write(comparison_of(folder, copies), copies, SETTINGS, target)


def parts_of(pack: Path) -> Parts:
    with zipfile.ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def summed(parts: Parts) -> Parts:
    """With a manifest that fits the rest."""
    told = form.read_manifest(parts[form.MANIFEST])
    files = {name: form.Sum(hashlib.sha256(content).hexdigest(), len(content))
             for name, content in parts.items() if name != form.MANIFEST}  # fmt: skip
    return {**parts, form.MANIFEST: replace(told, files=files).content()}


def chained(lines: Sequence[bytes]) -> bytes:
    """The reviews of these lines, each with the sum of the one that is now before it."""
    made, previous = [], FIRST
    for line in lines:
        review = replace(read_line(line), previous=previous)
        previous = review.sha256
        made.append(review.line + b"\n")
    return b"".join(made)


# --------------------------------------------------------------------------- verifying in this process


def run_here(
    act: Callable[..., Iterator[Any]], things: Sequence[Any], *_: object
) -> Generator[Progress, None, list[Any]]:
    yield Progress(0, 1)
    return list(act(things))


def read_here(
    _: Sequence[Path], settings: Settings, copies: Copies, with_units: bool = False,
    called: Sequence[tuple[Path, str]] = (), recall: object = None,
) -> Generator[Progress, None, Collection]:
    yield Progress(0, 1)
    return Collection(tuple(reading_of(path, name) for path, name in called))


def work_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No workers: what they do is done here, in a tenth of the time."""
    monkeypatch.setattr(errand, "run", run_here)
    monkeypatch.setattr(pipeline, "read", read_here)


def verdict(pack: Path, digest: str | None = None) -> Verdict:
    return pipeline.run(verify.verify(pack, SETTINGS, digest))


# --------------------------------------------------------------------------- tampering


def source_in(parts: Parts) -> str:
    return min(name for name in parts if name.startswith("sources/"))


def text_in(parts: Parts) -> str:
    return min(name for name in parts if name.startswith("text/"))


def changed(parts: Parts, name: str, old: bytes, new: bytes) -> Parts:
    """With the first ``old`` in a file replaced."""
    assert old in parts[name]
    return {**parts, name: parts[name].replace(old, new, 1)}


def retold(parts: Parts, name: str, change: Callable[[Any], object]) -> Parts:
    """With the JSON of a file changed."""
    told = json.loads(parts[name])
    change(told)
    return {**parts, name: json.dumps(told, ensure_ascii=False).encode()}
