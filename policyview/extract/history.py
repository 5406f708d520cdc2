"""The revision history: one entry a dated action, from tables, dated lists or lines that end in their date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, takewhile
from typing import Literal

from policyview.anchor import anchor_of
from policyview.extract.dated import Dated, of_kind, sole_date
from policyview.extract.history_labels import label_pieces, letterhead_pieces
from policyview.extract.history_lines import line_pieces
from policyview.extract.history_rows import row_pieces, rows_apart
from policyview.extract.printed import printed_lines, without_label
from policyview.lexicon import Lexicon
from policyview.model import Block, Document, HistoryEntry, Passage, Role, Structure, VersionChange, join

EntryType = Literal["new", "revised", "reviewed"] | None

_HEAD_WORDS, _HEAD_CHARS = 14, 200  # of a line that opens a history
_LETTERHEAD_CHARS = 2_500
_NEVER = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.DEFINITIONS})


def history(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[HistoryEntry, ...]:
    """The entries of all history sections, in printed order; where there are none, those of the letterhead."""
    regions = history_blocks(structure, lexicon)
    found = tuple(entry for blocks in regions for entry in _entries(document, blocks, lexicon))
    return found or tuple(_of_letterhead(document, structure, lexicon))


def _of_letterhead(document: Document, structure: Structure, lexicon: Lexicon) -> Iterator[HistoryEntry]:
    blocks = (block.passage for part in structure.parts for block in part.iter_blocks() if block.passage)
    letterhead = join(list(takewhile(lambda passage: passage.start < _LETTERHEAD_CHARS, blocks)))
    for piece in letterhead_pieces(document, letterhead, lexicon):
        yield _entry(document, piece, lexicon)


def history_blocks(structure: Structure, lexicon: Lexicon) -> list[list[Block]]:
    """The blocks of each revision history: of sections with that role, and behind a line that opens one.

    A history runs on over headings below its own and over column heads ("Approval Date").
    """
    file = lexicon["history"]
    regions, is_open, level = list[list[Block]](), False, 0
    for part in structure.parts:
        heading = without_label(part.section.heading).strip(" :") if part.section else ""
        is_list = bool(file["version_list"].regex.search(heading))
        is_below = bool(part.section and part.section.level > level > 0 and part.role is not Role.REFERENCES)
        is_below = is_below and not file["closing"].regex.match(heading)
        goes_on = is_open and not is_list and (is_below or bool(file["date_column"].regex.fullmatch(heading)))
        if not goes_on:
            opens = part.role is Role.HISTORY or bool(file["start"].regex.fullmatch(heading))
            is_open, level = opens and not is_list, part.section.level if part.section else 0
            if is_open:
                regions.append([])
        for block in part.iter_blocks():
            if not is_open and _opens(block, lexicon):
                is_open, level = part.role not in _NEVER, 0
                if is_open:
                    regions.append([])
            elif is_open and block.kind == "paragraph" and file["version_list"].regex.match(block.passage.text):
                is_open = False
            elif is_open:
                regions[-1].append(block)
    return regions


def _opens(block: Block, lexicon: Lexicon) -> bool:
    if block.kind == "item" and not block.label[:1].isalnum():  # a bullet of the table of contents
        return False
    words = block.passage.text[:_HEAD_CHARS + 1].split()
    if len(words) > _HEAD_WORDS or len(block.passage) > _HEAD_CHARS:
        return False
    return bool(lexicon["history"]["start"].regex.fullmatch(" ".join(words)))


def _entries(document: Document, blocks: Sequence[Block], lexicon: Lexicon) -> list[HistoryEntry]:
    blocks = [b for b in blocks if not _opens(b, lexicon)]
    rows = [b for b in blocks if b.kind == "row" and any(sole_date(c) for c in b.cells)]
    labelled = {id(b): label_pieces(document, b.passage, lexicon) for b in blocks if b.kind != "row"}
    pieces = list[Dated]()
    for layout, run in groupby(blocks, key=lambda b: _layout(b, has_labels=labelled.get(id(b)) is not None)):
        group = list(run)
        if layout == "table":
            apart = [row for block in group for row in rows_apart(document, block)]
            pieces += row_pieces(apart, lexicon, pieces)
        elif layout == "labels":
            pieces += [piece for block in group for piece in labelled[id(block)] or ()]
        else:
            pieces += line_pieces(_lines(document, group, lexicon), lexicon, pieces, is_beside_table=bool(rows))
    return [_entry(document, piece, lexicon) for piece in pieces if piece.text]


def _lines(document: Document, blocks: Sequence[Block], lexicon: Lexicon) -> list[Passage]:
    """The printed lines; one that begins with a date its sentence waits for ("effective") goes on the line before."""
    waits = lexicon["history"]["waits_for_date"].regex
    found = list[Passage]()
    for block in blocks:
        for nth, line in enumerate(printed_lines(document, block.passage)):
            if found and waits.search(found[-1].text) and (nth or not found[-1].text.endswith(",")):
                found[-1] = join([found[-1], line])
            else:
                found.append(line)
    return found


def _layout(block: Block, *, has_labels: bool) -> Literal["table", "labels", "lines"]:
    if block.kind == "row" and len(block.cells) > 1:
        return "table"
    return "labels" if has_labels else "lines"


def _entry(document: Document, piece: Dated, lexicon: Lexicon) -> HistoryEntry:
    text = " ".join(piece.text.text.split())
    return HistoryEntry(piece.date, entry_type(text, piece.status, lexicon), text, anchor_of(document, piece.whole))


def entry_type(text: str, status: str, lexicon: Lexicon) -> EntryType:
    """What an entry says happened: its printed status, else its words; None for mere editing.

    A yearly review that tells of a change was a revision.
    """
    printed = (status or text).strip(" :.")
    said = next((name for name, pattern in of_kind(lexicon, "status") if pattern.fullmatch(printed)), None)
    told = next((name for name, pattern in _actions(lexicon) if pattern.search(text)), "")
    is_occasion = said == "reviewed" and " " in printed
    kind = told if said is None or (is_occasion and told == "revised") else said
    return kind or None  # type: ignore[return-value]


@lru_cache(maxsize=4)
def _actions(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = of_kind(lexicon, "action")
    return tuple((name, re.compile(rf"\b(?:{p.pattern})", re.IGNORECASE)) for name, p in found)


# --------------------------------------------------------------------------- BEFORE | AFTER


def version_columns(texts: Sequence[str], lexicon: Lexicon) -> tuple[int, int] | None:
    """The columns of the former and the present wording, where these cells head such a table."""
    before, after = lexicon["history"]["before"].regex, lexicon["history"]["after"].regex
    named = [text.strip(" :*") for text in texts]
    left = next((n for n, text in enumerate(named) if before.fullmatch(text)), None)
    right = next((n for n, text in enumerate(named) if n != left and after.fullmatch(text)), None)
    return (left, right) if left is not None and right is not None else None


def version_changes(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[VersionChange, ...]:
    """The rows of printed tables that set the former wording beside the present one."""
    found = list[VersionChange]()
    for part in structure.parts:
        columns: tuple[int, int] | None = None
        width = 0
        for block in part.iter_blocks():
            if block.kind != "row":
                columns = None
                continue
            texts = [" ".join(cell.text.split()) if cell else "" for cell in block.cells]
            if heads := version_columns(texts, lexicon):
                columns, width = heads, len(texts)
            elif columns and len(texts) == width and texts[columns[0]] and texts[columns[1]]:
                anchor = anchor_of(document, block.passage)
                found.append(VersionChange(texts[columns[0]], texts[columns[1]], anchor))
    return tuple(found)
