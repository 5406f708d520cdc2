"""The anchors as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), for programs that show such.

Each statement, criterion, catch-all and code that has a place is an annotation: its body says what it is, its target
selects the words by position and by quote in the canonical text of a document that its SHA-256 names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from policyview.collection import Collection
from policyview.export.legible import encodable, file_name
from policyview.model import Anchor, Criterion, Indication, Reading

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PAGES = "http://tools.ietf.org/rfc/rfc3778"  # fragments of a PDF
_LABEL = "policyview/annotations/1"


def annotations_json(collection: Collection) -> str:
    """An ``AnnotationCollection`` with one page that holds all annotations, one a line."""
    once = {reading.document.sha256: reading for reading in reversed(collection.readings)}  # of equal files the first
    found = [annotation for reading in reversed(once.values()) for annotation in _of(reading)]
    lines = ",\n".join(json.dumps(annotation, ensure_ascii=False) for annotation in found)
    page = {"type": "AnnotationPage", "startIndex": 0, "items": []}
    head = json.dumps({"@context": _CONTEXT, "type": "AnnotationCollection", "label": _LABEL, "total": len(found),
                       "first": page})  # fmt: skip
    return encodable(f"{head.removesuffix(']}}')}\n{lines}\n]}}}}\n" if found else f"{head}\n")


def _of(reading: Reading) -> Iterator[dict[str, Any]]:
    facts = reading.facts
    for indication in facts.indications:
        yield from _indication(reading, indication)
    for number, clause in enumerate(facts.catch_all, 1):
        yield _annotation(reading, f"catch_all/{number}", "catch_all", clause.determination, clause.text, clause.anchor)
    for number, code in enumerate(facts.codes, 1):
        yield _annotation(reading, f"code/{number}", "code", code.group, f"{code.system} {code.code}", code.anchor)


def _indication(reading: Reading, indication: Indication) -> Iterator[dict[str, Any]]:
    name = f"indication/{indication.id}"
    yield _annotation(reading, name, "indication", indication.determination, indication.text, indication.anchor)
    if indication.basis is not None:
        yield _annotation(reading, f"{name}/basis", "determination", indication.determination, indication.stated,
                          indication.basis)  # fmt: skip
    for criterion in indication.criteria:
        yield from _criterion(reading, name, criterion)


def _criterion(reading: Reading, name: str, criterion: Criterion) -> Iterator[dict[str, Any]]:
    for each in criterion.leaves():
        yield _annotation(reading, f"{name}/criterion/{each.id}", "criterion", each.kind, each.text, each.anchor)


def _annotation(reading: Reading, name: str, kind: str, tag: str | None, text: str, anchor: Anchor) -> dict[str, Any]:
    source = f"urn:sha256:{reading.document.sha256}"
    tags = [{"type": "TextualBody", "purpose": "tagging", "value": value} for value in (kind, tag) if value]
    targets = [_target(source, reading, part) for part in (anchor, *anchor.continues)]
    return {
        "id": f"{source}#{quote(encodable(name))}", "type": "Annotation", "motivation": "describing",
        "body": [*tags, {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": text}],
        "target": targets[0] if len(targets) == 1 else targets,
    }  # fmt: skip


def _target(source: str, reading: Reading, anchor: Anchor) -> dict[str, Any]:
    selectors: list[dict[str, Any]] = [
        {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
        {"type": "TextQuoteSelector", "exact": anchor.quote, "prefix": anchor.prefix, "suffix": anchor.suffix},
    ]
    if anchor.page is not None:
        selectors.append({"type": "FragmentSelector", "conformsTo": _PAGES, "value": f"page={anchor.page}"})
    named = {"id": source, "format": reading.document.media_type, "name": file_name(reading.file)}
    return {"source": named, "selector": selectors}
