"""The JSON that other programs rely on: ``policyview/extract/1``, ``policyview/matrix/1`` and ``policyview/diff/1``.

The same input gives the same bytes, in whatever order the files were given: keys stand in the order of the contract,
files in that of their names, one fact a line.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import math
from collections.abc import Sequence
from typing import Any

from policyview.collection import Collection
from policyview.export import doubts
from policyview.export.comparison import Comparison
from policyview.export.legible import encodable, file_name
from policyview.export.versions import VersionReport, version_of
from policyview.model import Column, Facts, Matrix, Policy, PolicyVersions, Reading

EXTRACT_SCHEMA = "policyview/extract/1"
MATRIX_SCHEMA = "policyview/matrix/1"
DIFF_SCHEMA = "policyview/diff/1"

_names: dict[type, tuple[str, ...]] = {}


def _plain(value: Any) -> Any:
    """A dataclass as a dict of its fields, tuples as lists; a number that JSON does not know becomes null."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    kind = type(value)
    if kind not in _names:
        _names[kind] = tuple(field.name for field in dataclasses.fields(kind))
    return {
        name: file_name(part) if name == "file" else _plain(part)
        for name in _names[kind]
        for part in (getattr(value, name),)
    }


def _laid_out(value: Any, depth: int) -> str:
    """JSON with the outer ``depth`` levels spread over lines and the inner ones on one line each."""
    if depth == 0 or not value or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    if isinstance(value, dict):
        parts = (f"{json.dumps(key, ensure_ascii=False)}: {_laid_out(part, depth - 1)}" for key, part in value.items())
        return "{\n" + ",\n".join(parts) + "\n}"
    return "[\n" + ",\n".join(_laid_out(part, depth - 1) for part in value) + "\n]"


def _text(value: dict[str, Any], depth: int) -> str:
    return encodable(_laid_out(value, depth)) + "\n"


def _policy(policy: Policy) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(policy)
    plain["anchors"] = {name: _plain(anchor) for name, anchor in policy.anchors}
    return plain


def _document(reading: Reading) -> dict[str, Any]:
    document, facts = reading.document, reading.facts
    plain: dict[str, Any] = {
        "file": file_name(document.file),
        "sha256": document.sha256,
        "media_type": document.media_type,
        "pages": len(document.pages) or None,
        "info": dict(document.info),
        "policy": _policy(facts.policy),
        "doubt": doubts.of_document(reading) or None,
    }
    for field in dataclasses.fields(Facts):
        if field.name not in {"policy", "unread", "units"}:
            plain[field.name] = _plain(getattr(facts, field.name))
    plain["boilerplate"] = [{"text": text, "occurrences": count} for text, count in facts.boilerplate]
    plain["abbreviations"] = [{"short": short, "long": long} for short, long in facts.abbreviations]
    plain["losses"] = _plain(reading.losses)
    return plain


def _ends(collection: Collection) -> dict[str, Any]:
    """What could not be read and what was left out, the same in both schemas."""
    ends = collection.by_name()
    return {"failures": _plain(ends.failures), "skipped": [file_name(name) for name in ends.skipped]}


def extract_json(collection: Collection) -> str:
    """``policyview/extract/1`` of all that was read."""
    documents = [_document(reading) for reading in collection.by_name().readings]
    return _text({"schema": EXTRACT_SCHEMA, "documents": documents, **_ends(collection)}, depth=4)


def _column(column: Column, reading: Reading | None) -> dict[str, Any]:
    policy = column.policy
    return {
        "file": file_name(column.file),
        "sha256": column.sha256,
        "payer": policy.payer,
        "title": policy.title,
        "number": policy.number,
        "kind": policy.kind,
        "authority": policy.authority,
        "applies_to": _plain(policy.applies_to),
        "status": policy.status,
        "dates": _plain(policy.dates),
        "corrected": list(policy.corrected),
        "version": _plain(column.version),
        "in_force": column.in_force,
        "not_in_force": column.not_in_force,
        "doubt": doubts.of_document(reading) or None,
    }


def _matrix(matrix: Matrix, comparison: Comparison) -> dict[str, Any]:
    rows = _plain(matrix.rows)
    for plain, row in zip(rows, matrix.rows, strict=True):
        for cell, shown in zip(row.cells, plain["cells"], strict=True):
            said = comparison.indications.get((cell.file, cell.indication))
            shown["doubt"] = "; ".join(doubts.of_statement(said, cell)) or None
        for residual, shown in zip(row.catch_all, plain["catch_all"], strict=True):
            shown["doubt"] = "; ".join(doubts.of_clause(comparison.clause_of(residual), residual)) or None
    for row in rows:
        for silent in row["silent"]:
            if silent["nearest"] is not None:
                silent["nearest"] = dict(zip(("indication", "score"), silent["nearest"], strict=True))
    columns = [_column(column, comparison.readings.get(column.file)) for column in matrix.columns]
    return {"topic": matrix.topic, "columns": columns, "rows": rows, "versions": [*map(_versions, matrix.versions)]}


def _versions(policy: PolicyVersions) -> dict[str, Any]:
    """The documents of one policy, the oldest first."""
    return {
        "files": [file_name(file) for file in policy.files], "why": list(policy.why), "doubts": list(policy.doubts),
        "lookalikes": [{"file": file_name(file), "why": why} for file, why in policy.lookalikes],
    }  # fmt: skip


def matrix_json(matrices: Sequence[Matrix], collection: Collection, as_of: datetime.date) -> str:
    """``policyview/matrix/1``: all documents, also those that are not in force on ``as_of``."""
    comparison = Comparison(collection, tuple(matrices), as_of)
    plain = {
        "schema": MATRIX_SCHEMA,
        "as_of": as_of.isoformat(),
        "matrices": [_matrix(matrix, comparison) for matrix in matrices],
        **_ends(collection),
    }
    return _text(plain, depth=6)


def diff_json(report: VersionReport) -> str:
    """``policyview/diff/1``: two versions of one policy."""
    diff = report.diff
    plain = {
        "schema": DIFF_SCHEMA,
        "old": _version(report.old),
        "new": _version(report.new),
        "cautions": list(report.cautions),
        "changes": _plain(diff.changes),
        "history": _plain(diff.history),
        "suppressed": _plain(diff.suppressed),
    }
    return _text(plain, depth=2)


def _version(reading: Reading) -> dict[str, Any]:
    return {
        "file": file_name(reading.file), "sha256": reading.document.sha256, "version": version_of(reading),
        "losses": _plain(reading.losses),
    }  # fmt: skip
