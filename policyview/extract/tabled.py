"""Tables in which each row is a use: a column names it, another says its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from policyview.extract.cues import Cue, find_cues
from policyview.lexicon import Entry, Lexicon
from policyview.model import Block, Part, Passage

_YES = Entry("table-covered", (), (), {"determination": "medically_necessary", "ground": "benefit"})


@dataclass(frozen=True)
class StatusRow:
    """A row's use, its determination, and the words of the status cell."""

    subject: Passage
    cue: Cue
    basis: Passage


def status_rows(part: Part, lexicon: Lexicon) -> list[StatusRow]:
    """The uses of every status table of a part."""
    out: list[StatusRow] = []
    rows = [block for block in part.blocks if block.kind == "row"]
    for _, table in groupby(rows, key=lambda block: block.table):
        out.extend(_read(list(table), lexicon))
    return out


MAX_HEAD_WORDS = 8


def _all_statuses(rows: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether a table without a head ends each row in words that are a status and nothing else."""
    yes = lexicon["statements"]["column-yes"].regex
    cells = [row.cells[-1] for row in rows if len(row.cells) >= 2]
    if len(cells) < len(rows):
        return False
    return all(yes.fullmatch(c.text) or sum(q.end - q.start for q in find_cues(c, lexicon)) > len(c) / 2 for c in cells)


def _read(rows: Sequence[Block], lexicon: Lexicon) -> list[StatusRow]:
    if len(rows) < 2:
        return []
    statements = lexicon["statements"]
    uses, statuses = statements["column-use"].regex, statements["column-status"].regex
    head = [cell.text for cell in rows[0].cells]
    subject = next((i for i, text in enumerate(head) if uses.search(text) and not statuses.search(text)), None)
    status = next((i for i, text in enumerate(head) if statuses.search(text) and i != subject), None)
    body = rows[1:]
    if subject is None and _all_statuses(rows, lexicon):
        subject, status, body = 0, len(head) - 1, rows
    if subject is None or status is None or any(len(text.split()) > MAX_HEAD_WORDS for text in head):
        return []
    out = []
    for row in body:
        if row.is_head or len(row.cells) <= max(subject, status):
            continue
        cell = row.cells[status]
        cues = find_cues(cell, lexicon)
        if not cues and statements["column-yes"].regex.fullmatch(cell.text):
            cues = [Cue(cell, 0, len(cell), _YES)]
        if cues and row.cells[subject]:
            out.append(StatusRow(row.cells[subject], cues[0], cell))
    return out
