"""Tables of criteria: a row names a use or a drug, a cell of it lists the criteria under which it is covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from policyview.extract.conditions import is_condition_title
from policyview.lexicon import Lexicon
from policyview.model import Block, Part, Passage, join

_HEAD_WORDS = 10


@dataclass(frozen=True)
class GridRow:
    """A use with the blocks of its criteria; ``criteria_head`` is what the table calls them, None where it has none.

    ``products`` are the drugs that the row is of, under what heads their column; ``remarks`` is what else it says.
    """

    subject: Passage
    blocks: tuple[Block, ...]
    criteria_head: Passage | None
    products: tuple[Block, ...] = ()
    remarks: Passage | None = None


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
        return list(_without_head(rows)) if named > len(rows) / 2 else []
    drug = next((n for n, text in enumerate(columns) if n not in (use, criteria) and _is_drug(text, lexicon)), None)
    if use is None:
        use, drug = drug, None
        if criteria is None:
            return []
    return _under_head(rows, use, criteria, drug) if use is not None else []


def _under_head(rows: Sequence[Block], use: int, criteria: int | None, drug: int | None) -> list[GridRow]:
    """The rows below a head that names the columns of the uses, of their criteria and of the drugs."""
    head = rows[0]
    found: list[GridRow] = []
    for row in rows[1:]:
        if row.is_head or len(row.cells) <= max(use, criteria or 0, drug or 0):
            continue
        blocks = _blocks(row, criteria) if criteria is not None else ()
        products = _products(row, drug, head.cells[drug]) if drug is not None else ()
        if row.cells[use] or (products and found):  # a use may stand once for the rows of several drugs
            subject = row.cells[use] or found[-1].subject
            criteria_head = head.cells[criteria] if criteria is not None else None
            found.append(GridRow(subject, blocks, criteria_head, products))
        elif found:  # its use stands in a row above
            found[-1] = replace(found[-1], blocks=(*found[-1].blocks, *blocks))
    return found


def _without_head(rows: Sequence[Block]) -> Iterator[GridRow]:
    """The rows of a table that nothing heads: the first cell is a use, the others say something of it."""
    for row in rows:
        if row.cells and row.cells[0]:
            yield GridRow(row.cells[0], (), None, remarks=join([cell for cell in row.cells[1:] if cell]))


def _products(row: Block, column: int, head: Passage) -> tuple[Block, ...]:
    """The cell of the drugs as one condition, under the words that head it."""
    cell = row.cells[column]
    listed = tuple(block for block in _blocks(row, column) if block.kind == "item" and block.passage)
    drugs = listed or ((Block("item", cell, page=row.page, x=row.x),) if cell else ())
    return (Block("item", head, children=drugs, page=row.page, x=row.x),) if drugs else ()


def _is_drug(text: str, lexicon: Lexicon) -> bool:
    return bool(lexicon["statements"]["column-drug"].regex.fullmatch(text))


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
