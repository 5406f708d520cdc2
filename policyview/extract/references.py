"""The reference list, one entry a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from policyview.anchor import anchor_of
from policyview.extract.printed import line_starts, without_label
from policyview.lexicon import Lexicon
from policyview.model import Block, Document, Part, Passage, Reference, Role, Structure, join

_NUMBERED = re.compile(r"\[?\(?\d{1,3}[.)\]](?!\d)|\d{1,3}(?=\s+[A-Z])")
_CITATION = re.compile(r"\b(?:19|20)\d\d\b|https?:|www\.|\bet al\b|\bdoi\b", re.IGNORECASE)
_NUMBER = re.compile(r"\[?(\d{1,3})[.)\]](?:\s|(?=[A-Z][a-z]))")
_DIGITS = re.compile(r"\D")
_LEAST_SHARE = 0.6  # of the entries cite something, where only the wording of a heading promises a list


@dataclass
class _List:
    """The blocks of one reference list; ``is_sure`` where its section says that it is one."""

    is_sure: bool
    level: int
    blocks: list[Block] = field(default_factory=list)


def references(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[Reference, ...]:
    """All entries of the reference lists, in printed order; lists under an entry belong to it."""
    found = list[Reference]()
    for listed in _lists(structure, lexicon):
        entries = _entries(document, listed.blocks, lexicon)
        cited = sum(bool(_CITATION.search(entry.text)) for entry in entries)
        if listed.is_sure or cited >= _LEAST_SHARE * len(entries):
            found += [Reference(" ".join(entry.text.split()), anchor_of(document, entry)) for entry in entries]
    return tuple(found)


def _lists(structure: Structure, lexicon: Lexicon) -> list[_List]:
    """The lists of sections that are for references, and those that a line opens ("... these sources:").

    A list that a line opens runs on over headings below its own: an access date that stands alone looks like one.
    """
    found, led = list[_List](), None
    for part in structure.parts:
        level = part.section.level if part.section else 0
        headed = _headed(part, lexicon)
        if headed or not (led and level > led.level):
            led = None
        if headed:
            found.append(headed)
            continue
        for block in part.blocks:
            if led and lexicon["references"]["closing"].regex.match(block.passage.text):
                led = None
            elif led:
                led.blocks.append(block)
            elif block.kind == "paragraph" and lexicon["references"]["lead"].regex.fullmatch(block.passage.text):
                led = _List(is_sure=False, level=level)
                found.append(led)
    return found


def _headed(part: Part, lexicon: Lexicon) -> _List | None:
    """The list that a section is, by its role or its heading."""
    if part.section is None or lexicon["references"]["aside"].regex.match(part.section.heading):
        return None
    if part.role is Role.REFERENCES:
        closing = lexicon["references"]["closing"].regex
        blocks = takewhile(lambda block: not closing.match(block.passage.text), part.blocks)
        return _List(is_sure=True, level=part.section.level, blocks=list(blocks))
    words = without_label(part.section.heading).strip(" :")
    if not lexicon["references"]["heading"].regex.fullmatch(words):
        return None
    return _List(is_sure=False, level=part.section.level, blocks=list(part.blocks))


def _entries(document: Document, blocks: Sequence[Block], lexicon: Lexicon) -> list[Passage]:
    """The numbered entries; where none are numbered the items; else the paragraphs that cite something."""
    if numbered := _numbered(document, blocks):
        return numbered
    items = [b.passage for b in blocks if b.kind == "item" and b.passage]
    return items or [passage for passage in _whole(blocks, lexicon) if _CITATION.search(passage.text)]


def _numbered(document: Document, blocks: Sequence[Block]) -> list[Passage]:
    """The numbered entries; of what stands under an entry only what goes on counting."""
    found, last = list[Passage](), 0
    for block, depth in _walk(blocks):
        if block.kind == "item" and (match := _NUMBERED.match(block.label)):
            entries = [(int(_DIGITS.sub("", match.group())), block.passage)]
        else:
            entries = list(_run_together(document, block)) if block.kind == "paragraph" else []
        for number, passage in entries:
            if passage and (depth == 0 or number == last + 1):
                found.append(passage)
                last = number
    return found


def _walk(blocks: Sequence[Block], depth: int = 0) -> Iterator[tuple[Block, int]]:
    for block in blocks:
        yield block, depth
        yield from _walk(block.children, depth + 1)


def _whole(blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[Passage]:
    """The paragraphs, one that begins with an address or an access date joined to the source above it."""
    continuing = lexicon["references"]["continuing"].regex
    waiting = list[Passage]()
    for block in blocks:
        if waiting and not continuing.match(block.passage.text):
            yield join(waiting)
            waiting = []
        waiting.append(block.passage)
    yield join(waiting)


def _run_together(document: Document, block: Block) -> Iterator[tuple[int, Passage]]:
    """(number, words) of the numbered entries that a paragraph runs together."""
    passage, cuts = block.passage, list[tuple[int, int]]()
    for start in line_starts(document, passage):
        match = _NUMBER.match(passage.text, start)
        if match and (not cuts or int(match.group(1)) in (cuts[-1][0] + 1, 1)):
            cuts.append((int(match.group(1)), start))
    for (number, start), (_, end) in pairwise((*cuts, (0, len(passage)))):
        yield number, passage.part(start, end)
