"""Structures of small invented documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policyview import lexicon, read
from policyview.model import Block, Document, Structure
from policyview.segment import segment

LEXICON = lexicon.load()


def structure_of(tmp_path: Path, text: str, suffix: str = ".txt") -> Structure:
    path = tmp_path / f"invented{suffix}"
    path.write_text(text, encoding="utf-8")
    return segment(read.document(path), LEXICON)


def outline(blocks: tuple[Block, ...]) -> list[object]:
    """Labels and first words, children nested: what a list test compares."""
    out: list[object] = []
    for block in blocks:
        name = f"{block.label} {block.passage.text}".strip()
        out.append([name, outline(block.children)] if block.children else name)
    return out


def all_blocks(structure: Structure) -> Iterator[Block]:
    for part in structure.parts:
        yield from part.iter_blocks()


def words_of(document: Document, block: Block) -> str:
    """The block's words read back from the canonical text through its offsets."""
    return "".join(document.text[o] for o in block.passage.offsets)
