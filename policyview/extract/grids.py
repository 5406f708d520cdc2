"""Tables of criteria: a row names a use or a drug, a cell of it lists the criteria under which it is covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from policyview.extract.conditions import is_condition_title
from policyview.lexicon import Lexicon
from policyview.model import Block, Part, Passage

_HEAD_WORDS = 10


@dataclass(frozen=True)
class GridRow:
    """A use with the blocks of its criteria; ``criteria_head`` is what the table calls them, None where it has none."""

    subject: Passage
    blocks: tuple[Block, ...]
    criteria_head: Passage | None


def criteria_grids(part: Part, lexicon: Lexicon) -> dict[int, list[GridRow]]:
    """By number, the rows of each table of a part whose head names uses; their criteria where a column holds them."""
    rows = [block for block in part.blocks if block.kind == "row"]
    tables = ((number, list(table)) for number, table in groupby(rows, key=lambda block: block.table))
    return {number: found for number, table in tables if (found := _read(table, lexicon))}


def _read(rows: Sequence[Block], lexicon: Lexicon) -> list[GridRow]:
    head = rows[0]
    if len(rows) < 2:
        return []
    statements = lexicon["statements"]
    columns = [cell.text.strip(" :*†") if len(cell.text.split()) <= _HEAD_WORDS else "" for cell in head.cells]
    use = next((n for n, text in enumerate(columns) if statements["column-use"].regex.match(text)), None)
    criteria = next((n for n, text in enumerate(columns) if n != use and _is_criteria(text, lexicon)), None)
    if use is None and not head.is_head:
        firsts = [row.cells[0] for row in rows if row.cells and row.cells[0]]
        named = sum(is_condition_title(cell.text, lexicon) for cell in firsts)
        return [GridRow(cell, (), None) for cell in firsts] if named > len(rows) / 2 else []
    if use is None:
        use = next((n for n, text in enumerate(columns) if statements["column-drug"].regex.fullmatch(text)), None)
        if criteria is None:
            return []
    if use is None:
        return []
    found: list[GridRow] = []
    for row in rows[1:]:
        if row.is_head or len(row.cells) <= max(use, criteria or 0):
            continue
        blocks = _blocks(row, criteria) if criteria is not None else ()
        if row.cells[use]:
            found.append(GridRow(row.cells[use], blocks, head.cells[criteria] if criteria is not None else None))
        elif found:  # its use stands in a row above
            found[-1] = replace(found[-1], blocks=(*found[-1].blocks, *blocks))
    return found


def _is_criteria(text: str, lexicon: Lexicon) -> bool:
    return bool(lexicon["statements"]["column-criteria"].regex.fullmatch(text))


def _blocks(row: Block, column: int) -> tuple[Block, ...]:
    if row.inner:
        return row.inner[column]
    cell = row.cells[column]
    return (Block("item", cell, page=row.page, x=row.x),) if cell else ()


def said_and_items(blocks: Sequence[Block]) -> tuple[str, tuple[Block, ...]]:
    """The words that lead the criteria of a cell in, and the criteria; a cell without a list is one criterion."""
    items = tuple(block for block in blocks if block.kind == "item")
    leads = [block.passage.text for block in blocks if block.kind == "paragraph" and block.passage]
    if not any(block.label for block in items):
        return "", tuple(replace(block, kind="item") for block in _paragraphs(blocks))
    return (leads[0] if leads else ""), tuple(b for b in blocks if b.kind == "item" or len(b.passage.text.split()) <= 2)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Block]:
    yield from (block for block in blocks if block.passage)
