"""Tells which lists and tables of a policy's own sections became part of no fact: none is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from policyview.extract.cues import find_cues
from policyview.extract.groups import Group, groups_of
from policyview.extract.taken import Taken
from policyview.lexicon import Lexicon
from policyview.model import (
    POLICY_ROLES,
    Anchor,
    Block,
    Document,
    Facts,
    Indication,
    Loss,
    Part,
    Passage,
    Role,
    Structure,
)

_BESIDE = frozenset({Role.PRIOR_AUTHORIZATION, Role.OTHER})
_FEWEST, _MANY = 2, 3  # points of a list; of one behind a statement outside the sections of rules
_SHARE = 0.5  # of its points; a list of which more was read is among the facts
RUN_ON = 900  # characters; a longer paragraph lost its line ends, or is told at length
_FIRST_WORDS = 6  # of a list, by which a reader finds it


def unread_lists(document: Document, structure: Structure, facts: Facts, lexicon: Lexicon) -> tuple[Loss, ...]:
    """A sentence for each list under a policy or criteria heading that no fact quotes, in the order of the document."""
    quoted = _taken(document, _anchors(facts))
    stated = _taken(document, _of_statements(facts))
    found = list[Loss]()
    for part in structure.parts:
        is_policy = part.role in POLICY_ROLES
        is_behind = False  # a statement of the same part
        for group in groups_of(part.blocks, lexicon) if is_policy or part.role in _BESIDE else ():
            is_long = is_behind and len(group.items) >= _MANY
            is_behind = is_behind or any(_is_in(stated, block) for block in (group.lead, *group.items) if block)
            if not (is_policy or is_long or _asks(group, lexicon)):
                continue
            found += (_loss(document, part, points) for points in _unread_points(quoted, group.items))
            found += (_table_loss(document, *table) for table in _unread_tables(quoted, group.items))
        if is_policy or part.role in _BESIDE:
            found += (_table_loss(document, *table, "words") for table in _tables_led_in(quoted, part.blocks, lexicon))
        if not document.pages and (is_policy or part.role in _BESIDE):
            found += (_run_on_loss(document, p) for p in _unread_passages(stated, part.blocks, lexicon))
    return tuple(found)


def _taken(document: Document, anchors: Iterator[Anchor]) -> Taken:
    places = ((place.start, place.end) for anchor in anchors for place in (anchor, *anchor.continues))
    return Taken(len(document.text), places)


def _unread_passages(stated: Taken, blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[Passage]:
    """The long paragraphs without line ends of which no statement was read, though they say what must hold."""
    asks = lexicon["statements"]["asks-all"].regex
    for block in blocks:
        if block.kind == "row" or not block.passage or len(block.passage) < RUN_ON or _is_in(stated, block):
            continue
        if asks.search(block.passage.text) or find_cues(block.passage, lexicon):
            yield block.passage


def _asks(group: Group, lexicon: Lexicon) -> bool:
    """Whether a list outside the sections of rules counts what must hold ("All of the following:")."""
    leads = [group.lead.passage.text] if group.lead and group.items else []
    leads += [item.passage.text for item in _with_inner(group.items) if item.children]
    asks = [lexicon["statements"][name].regex for name in ("awaits-list", "asks-list")]
    heads = lexicon["statements"]["heading-coverage"].regex
    return any(words.search(text.rstrip()) for text in leads for words in asks) or any(map(heads.fullmatch, leads))


def _with_inner(items: Sequence[Block]) -> Iterator[Block]:
    for item in items:
        yield from (item, *_with_inner(item.children)) if item.passage else ()


def _unread_points(quoted: Taken, items: Sequence[Block]) -> Iterator[list[Block]]:
    """The points of a list that are in no fact where these are most of it; else those of the lists in its points."""
    points = [item for item in items if item.passage and item.kind == "item"]
    missed = [item for item in points if not _is_in(quoted, item)]
    if len(missed) >= _FEWEST and len(missed) >= _SHARE * len(points):
        yield missed
        return
    for item in points:
        yield from _unread_points(quoted, item.children)


def _unread_tables(quoted: Taken, items: Sequence[Block]) -> Iterator[tuple[Block, list[Block]]]:
    """The tables that stand in a point, of which nothing is quoted, with the point."""
    for item in items:
        rows = [child for child in item.children if child.kind == "row" and child.passage]
        if len(rows) >= _FEWEST and not any(_is_in(quoted, row) for row in rows):
            yield item, rows
        yield from _unread_tables(quoted, [child for child in item.children if child.kind == "item"])


def _tables_led_in(quoted: Taken, blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[tuple[Block, list[Block]]]:
    """The tables behind words that state and announce what follows, of which nothing is quoted, with these words."""
    for lead, first in pairwise(blocks):
        if first.kind != "row" or lead.kind != "paragraph" or not lead.passage.text.rstrip().endswith(":"):
            continue
        rows = [block for block in blocks if block.kind == "row" and block.table == first.table and block.passage]
        if len(rows) >= _FEWEST and find_cues(lead.passage, lexicon) and not any(_is_in(quoted, row) for row in rows):
            yield lead, rows


def _is_in(quoted: Taken, item: Block) -> bool:
    """Whether anything of a point, or of what stands below it, is quoted."""
    here = item.passage and quoted.holds_any(item.passage.start, item.passage.end)
    return bool(here) or any(_is_in(quoted, child) for child in item.children)


def _loss(document: Document, part: Part, missed: Sequence[Block]) -> Loss:
    first = missed[0].passage
    page = document.page_at(first.start)
    words = first.text.split()
    begins = " ".join(words[:_FIRST_WORDS]) + (" …" if len(words) > _FIRST_WORDS else "")
    where = f"Page {page}" if page else "The document"
    heading = f" under “{' '.join(part.section.heading.split())}”" if part.section else ""
    return Loss(page, f"{where} has a list of {len(missed)} points{heading} that could not be told to belong to any "
                      f"indication; it begins “{begins}”: read it there.")


def _run_on_loss(document: Document, passage: Passage) -> Loss:
    page = document.page_at(passage.start)
    where = f"Page {page}" if page else "The document"
    words = " ".join(passage.text.split()[:_FIRST_WORDS])
    return Loss(page, f"{where} has a long passage without line ends that speaks of coverage and is in no indication; "
                      f"it begins “{words} …”: read it there.")


def _table_loss(document: Document, item: Block, rows: Sequence[Block], what: str = "point") -> Loss:
    page = document.page_at(rows[0].passage.start)
    where = f"Page {page}" if page else "The document"
    words = " ".join(item.passage.text.split()[:_FIRST_WORDS])
    return Loss(page, f"{where} has a table of {len(rows)} rows under the {what} “{words} …” that is in "
                      f"no indication: read it there.")


def _anchors(facts: Facts) -> Iterator[Anchor]:
    """The anchors of all that was read of a policy's content."""
    yield from _of_statements(facts)
    yield from (code.anchor for code in facts.codes)
    yield from (rule.anchor for rule in facts.code_rules)
    yield from (rule.anchor for rule in facts.prior_authorization)
    yield from (entry.anchor for entry in facts.history)
    yield from (change.anchor for change in facts.version_changes)
    yield from (definition.anchor for definition in facts.definitions)
    yield from (reference.anchor for reference in facts.references)


def _of_statements(facts: Facts) -> Iterator[Anchor]:
    for indication in facts.indications:
        yield from _of_indication(indication)
    yield from (clause.anchor for clause in facts.catch_all)


def _of_indication(indication: Indication) -> Iterator[Anchor]:
    yield indication.anchor
    if indication.basis:
        yield indication.basis
    for criterion in (*indication.criteria, *indication.inherited):
        yield from (each.anchor for each in criterion.leaves())
    yield from (note.anchor for note in (*indication.exceptions, *indication.notes))
    yield from (limit.anchor for limit in indication.limits)
