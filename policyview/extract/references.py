"""The reference list, one entry a source."""

from __future__ import annotations

import re
from itertools import pairwise

from policyview.anchor import anchor_of
from policyview.extract.printed import line_starts
from policyview.lexicon import Lexicon
from policyview.model import Block, Document, Part, Passage, Reference, Role, Structure

_NUMBERED = re.compile(r"\[?\(?\d{1,3}[.)\]](?!\d)|\d{1,3}(?=\s+[A-Z])")
_CITATION = re.compile(r"\b(?:19|20)\d\d\b|https?:|www\.|\bet al\b|\bdoi\b", re.IGNORECASE)


def references(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[Reference, ...]:
    """All entries of the reference sections, in printed order; lists under an entry belong to it."""
    found = list[Reference]()
    aside = lexicon["definitions"]["websites"].regex
    for part in structure.parts:
        if part.role is Role.REFERENCES and not (part.section and aside.match(part.section.heading)):
            found += [_reference(document, passage) for passage in _entries(document, part)]
    return tuple(found)


def _reference(document: Document, passage: Passage) -> Reference:
    return Reference(" ".join(passage.text.split()), anchor_of(document, passage))


def _entries(document: Document, part: Part) -> list[Passage]:
    """The numbered entries; where none are numbered the items; else the paragraphs that cite something."""
    numbered = list[Passage]()
    for block in part.blocks:
        if block.kind == "item" and _NUMBERED.match(block.label):
            numbered.append(block.passage)
        elif block.kind == "paragraph":
            numbered += _pieces(document, block)
    if numbered:
        return [passage for passage in numbered if passage]
    items = [b.passage for b in part.blocks if b.kind == "item" and b.passage]
    return items or [b.passage for b in part.blocks if _CITATION.search(b.passage.text)]


def _pieces(document: Document, block: Block) -> list[Passage]:
    """The numbered entries that a paragraph runs together."""
    if block.kind != "paragraph":
        return []
    passage, cuts = block.passage, list[int]()
    expected = None
    for start in line_starts(document, passage):
        match = re.match(r"\[?(\d{1,3})[.)\]]\s", passage.text[start:start + 8])
        if match and (expected is None or int(match.group(1)) in (expected, 1)):
            cuts.append(start)
            expected = int(match.group(1)) + 1
    return [piece for a, b in pairwise((*cuts, len(passage))) if (piece := passage.part(a, b))]
