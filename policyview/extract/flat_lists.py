"""Lists of which a text kept neither bullets nor indentation: each line an item, nested by how the lines begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from policyview.model import Block

_ASIDE = re.compile(r"\s*\[[^\]]*\]\s*$")  # "[Note: …]" behind a lead-in
_CITATIONS = re.compile(r"\d{1,3}(?:[-–,]\s?\d{1,3})*")
_LEADS_IN = re.compile(r":\s*$|\b(?:criteria|requirements|conditions) (?:is|are|must be) met\.?\s*$", re.IGNORECASE)


def leads_in(text: str) -> bool:
    """Whether a line announces the lines below it."""
    return bool(_LEADS_IN.search(_ASIDE.sub("", text)))


def with_flat_lists(blocks: Sequence[Block], states: Callable[[Block], bool]) -> list[Block]:
    """The blocks, the paragraphs below a lead-in made its items.

    ``states`` tells a paragraph that says a determination: it leads a list in, and ends the one before.
    """
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        block = blocks[k]
        out.append(block)
        k += 1
        if block.kind != "paragraph" or not states(block) or not leads_in(block.passage.text):
            continue
        end = k
        while end < len(blocks) and blocks[end].kind == "paragraph" and not states(blocks[end]):
            end += 1
        if end < len(blocks):
            end = _before_title(blocks, k, end)
        out += _nested(blocks[k:end])
        k = end
    return out


def _before_title(blocks: Sequence[Block], start: int, end: int) -> int:
    """Where a list ends before the name of the next use, and the citations printed behind that."""
    while end > start and _CITATIONS.fullmatch(blocks[end - 1].passage.text):
        end -= 1
    return end - 1 if end > start and _is_title(blocks[end - 1].passage.text) else end


def _is_title(text: str) -> bool:
    return text[:1].isupper() and not text.rstrip().endswith((".", ":", ";", "]"))


def _nested(lines: Sequence[Block]) -> list[Block]:
    """A lead-in among the lines holds those below it, up to the next that begins with the same word as it does."""
    out: list[Block] = []
    k = 0
    while k < len(lines):
        line = lines[k]
        k += 1
        children: list[Block] = []
        if leads_in(line.passage.text):
            end = k
            same = end < len(lines) and _first(lines[end]) == _first(line)  # then only another lead-in ends it
            while end < len(lines) and (not leads_in(lines[end].passage.text) if same
                                        else _first(lines[end]) != _first(line)):
                end += 1
            children, k = _nested(lines[k:end]), end
        out.append(replace(line, kind="item", label="•", children=tuple(children)))
    return out


def _first(block: Block) -> str:
    return block.passage.text.split(" ", 1)[0].casefold()
