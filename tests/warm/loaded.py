"""What the server does before its first worker: loads the libraries, and reads and compares some samples, so that the
lexicon's expressions are compiled."""

from __future__ import annotations

import datetime
import gc
import importlib
import pkgutil
from pathlib import Path

from policyview import align, extract, pipeline, read, segment, versions
from policyview.model import Document, Overrides, Reading
from policyview.read import assembly, formats
from policyview.resources import sample_docs

_SAMPLES = ("harborline-photopheresis-2025.pdf", "harborline-photopheresis-2026.pdf", "alder-pine-photopheresis.md")


def _document(path: Path) -> Document:
    under_way = assembly.Assembly(path.name, "0" * 64)
    for part in formats.read_parts(path, path.name, frozenset()):
        under_way.add(part)
    return under_way.document()


def _warm_up() -> None:
    documents = [_document(sample_docs() / name) for name in _SAMPLES]
    readings = [Reading(each, pipeline.facts_of(each, with_units=True)) for each in documents]
    pipeline.aligned(None, datetime.date(2026, 11, 22), None, readings)
    pipeline.changes(readings[0], readings[1], None, Overrides())


for package in (read, segment, extract, align, versions):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
_warm_up()
gc.collect()
gc.freeze()  # no worker's collector goes through it again
