"""Checks what a pack says: words against texts, cells against statements, reviews against their chain.

Runs in a worker with a limit on memory, for the files are hostile and are read as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from policyview.export.jsonfile import EXTRACT_SCHEMA, MATRIX_SCHEMA
from policyview.export.pack import form
from policyview.export.pack.audit import Note, audit_faults
from policyview.export.pack.container import shown
from policyview.export.pack.words import Text, words_faults
from policyview.model import Determination, Failure
from policyview.review import Review

MOST_NAMED = 20
"""Of one kind; how many more there are is said in a last sentence."""

_SHAPE = (KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError)
_FACTS = ("sections", "indications", "catch_all", "codes", "code_rules", "prior_authorization", "history",
          "version_changes", "thresholds", "definitions", "references")  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What must come out when the sources are read again: (name in the pack, name as given) of each document."""

    documents: tuple[tuple[str, str], ...]
    failures: tuple[Failure, ...]
    skipped: tuple[str, ...]
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True)
class _Known:
    """What a document says, as far as cells refer to it: its indications and its residual clauses."""

    sha256: str
    indications: dict[str, str]
    clauses: frozenset[tuple[str, str]]


Found: TypeAlias = str | Note | Plan


def judge(things: Sequence[tuple[str, frozenset[str], str]]) -> Iterator[Found]:
    """A sentence for each thing that does not hold, notes, and a Plan where the extract can be understood.

    ``things`` holds one triple: the folder, the names of the files in it, and the day of the comparison.
    """
    ((place, names, as_of),) = things
    folder = Path(place)
    known: dict[str, _Known] = {}
    extract = yield from loaded(folder, names, form.EXTRACT, EXTRACT_SCHEMA)
    if extract is not None:
        yield from few(_extract_faults(extract, folder, names, known), form.EXTRACT)
    matrix = yield from loaded(folder, names, form.MATRIX, MATRIX_SCHEMA)
    reviews: tuple[Review, ...] = ()
    if form.AUDIT in names:
        reviews = yield from audit_faults((folder / form.AUDIT).read_bytes(), folder, names)
    if matrix is not None and extract is not None:
        sums = frozenset(review.sha256 for review in reviews)
        yield from few(_matrix_faults(matrix, extract, known, sums, as_of), form.MATRIX)
    if extract is not None:
        yield from plan_of(extract, names, reviews)


def few(sentences: Iterable[str], of: str) -> Iterator[str]:
    """The first sentences, and how many more there are."""
    rest = iter(sentences)
    yield from islice(rest, MOST_NAMED)
    if more := sum(1 for _ in rest):
        yield f"{of}: {more:,} more like these."


def loaded(folder: Path, names: frozenset[str], name: str, schema: str) -> Generator[Found, None, Any]:
    """The JSON of a file; None where it is missing (which is said elsewhere) or none."""
    if name not in names:
        return None
    try:
        told = json.loads((folder / name).read_bytes())
        if told["schema"] == schema:
            return told
    except _SHAPE:
        pass
    yield f"{name}: It is not {schema}."
    return None


def plan_of(extract: Any, names: frozenset[str], reviews: tuple[Review, ...]) -> Iterator[Plan]:
    """The plan, where the extract can be understood and every document that it names is there."""
    try:
        documents = tuple((form.source_name(each["sha256"], each["media_type"]), str(each["file"]))
                          for each in extract["documents"])  # fmt: skip
        failures = tuple(Failure(str(each["file"]), str(each["reason"])) for each in extract["failures"])
        skipped = tuple(str(name) for name in extract["skipped"])
    except _SHAPE:
        return  # the faults of the extract name it
    if all(name in names for name, _ in documents):
        yield Plan(documents, failures, skipped, reviews)


# --------------------------------------------------------------------------- the extract


def _extract_faults(extract: Any, folder: Path, names: frozenset[str], known: dict[str, _Known]) -> Iterator[str]:
    """Fills ``known``."""
    expected = set[str]()
    try:
        for document in extract["documents"]:
            expected.update((form.source_name(document["sha256"], document["media_type"]),
                             form.text_name(document["sha256"])))  # fmt: skip
            yield from _document_faults(document, folder, names, known)
        for failure in extract["failures"]:
            if not (failure["file"] and failure["reason"]):
                yield "extract.json: A failure in it has no file or no reason."
    except _SHAPE:
        yield "extract.json: A document in it is not told as policyview/extract/1 tells one."
        return
    yield from (f"{name}: It is missing." for name in sorted(expected - names))
    strays = (name for name in names - expected if "/" in name)
    yield from (f"{name}: It belongs to no document of extract.json." for name in sorted(strays))


def _document_faults(document: Any, folder: Path, names: frozenset[str], known: dict[str, _Known]) -> Iterator[str]:
    file, where = str(document["file"]), f"extract.json, {shown(str(document['file']))}"
    if file in known:
        yield f"{where}: It is there twice."
    known[file] = _Known(
        document["sha256"],
        {each["id"]: each["determination"] for each in document["indications"]},
        frozenset((each["determination"], _exactly(each["anchor"])) for each in document["catch_all"]),
    )
    if len(known[file].indications) != len(document["indications"]):
        yield f"{where}: Two of its indications have the same id."
    yield from (f"{where}: {fault}" for fault in _fact_faults(document))
    if (name := form.text_name(document["sha256"])) in names:
        text = Text((folder / name).read_bytes(), document["pages"])
        told = {key: value for key, value in document.items() if key != "info"}  # the source's own, in its own words
        yield from (f"{where}, {fault}" for fault in words_faults(told, text))


def _fact_faults(document: Any) -> Iterator[str]:
    for kind in _FACTS:
        for number, fact in enumerate(document[kind], 1):
            if not isinstance(fact["anchor"], dict):
                yield f"{kind} {number} has no place in the source."
    for indication in document["indications"]:
        Determination(indication["determination"])
        if indication["basis"] is None and indication["determination"] != Determination.UNCLEAR:
            yield f"Indication {shown(indication['id'])} has a determination without the words that say it."


def _exactly(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


# --------------------------------------------------------------------------- the matrix


def _matrix_faults(
    told: Any, extract: Any, known: dict[str, _Known], reviews: frozenset[str], as_of: str
) -> Iterator[str]:
    homes: dict[tuple[str, str], int] = {}
    try:
        if told["as_of"] != as_of:
            yield "matrix.json: It is of another day than the pack."
        for key in ("failures", "skipped"):
            if told[key] != extract[key]:
                yield f"matrix.json: Its {key} are not those of extract.json."
        for matrix in told["matrices"]:
            yield from _column_faults(matrix, known)
            for row in matrix["rows"]:
                where = f"matrix.json, row {shown(str(row['id']))}"
                yield from (f"{where}: {fault}" for fault in _row_faults(row, matrix, known, reviews))
                for cell in row["cells"]:
                    home = cell["file"], cell["indication"]
                    homes[home] = homes.get(home, 0) + 1
    except _SHAPE:
        yield "matrix.json: A row in it is not told as policyview/matrix/1 tells one."
        return
    for file, document in known.items():
        for indication in document.indications:
            if (count := homes.get((file, indication), 0)) != 1:
                yield (f"matrix.json: The indication {shown(indication)} of {shown(file)} stands in {count} rows as a "
                       "cell, and each has exactly one.")  # fmt: skip


def _column_faults(matrix: Any, known: dict[str, _Known]) -> Iterator[str]:
    for column in matrix["columns"]:
        document = known.get(column["file"])
        if document is None or document.sha256 != column["sha256"]:
            yield f"matrix.json: The column {shown(str(column['file']))} is no document of extract.json."


def _row_faults(row: Any, matrix: Any, known: dict[str, _Known], reviews: frozenset[str]) -> Iterator[str]:
    states = [{each["file"] for each in row[state]} for state in ("cells", "broader", "catch_all", "silent")]
    for column in matrix["columns"]:
        if sum(column["file"] in state for state in states) != 1:
            yield f"{shown(column['file'])} is not in exactly one state."
    if set().union(*states) - {column["file"] for column in matrix["columns"]}:
        yield "It speaks of a document that is no column."
    for cell in (*row["cells"], *row["broader"]):
        yield from _cell_faults(cell, known.get(cell["file"]), reviews)
    for cell in row["catch_all"]:
        document = known.get(cell["file"])
        if document is None or (cell["determination"], _exactly(cell["anchor"])) not in document.clauses:
            yield f"{shown(cell['file'])} has no such catch-all clause with that determination."
    for silent in row["silent"]:
        nearest, document = silent["nearest"], known.get(silent["file"])
        if nearest is not None and (document is None or nearest["indication"] not in document.indications):
            yield f"The nearest miss of {shown(silent['file'])} is no indication of it."


def _cell_faults(cell: Any, document: _Known | None, reviews: frozenset[str]) -> Iterator[str]:
    origin, name = cell.get("origin", "extracted"), f"{shown(str(cell['indication']))} of {shown(cell['file'])}"
    if origin != "extracted" and cell["review"] not in reviews:
        yield f"The cell {name} is {shown(str(origin))}, and no review in audit.jsonl says so."
    if document is None or cell["indication"] not in document.indications:
        yield f"The cell refers to the indication {name}, which is not in extract.json."
    elif document.indications[cell["indication"]] != cell["determination"]:
        yield f"The cell says {shown(str(cell['determination']))} where the indication {name} says otherwise."
