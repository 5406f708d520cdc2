"""Clinical numbers that stand beside the indications: in lines that no indication took up as a criterion."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from policyview.extract.groups import groups_of
from policyview.extract.taken import Taken
from policyview.extract.thresholds import thresholds_in
from policyview.lexicon import Lexicon
from policyview.model import POLICY_ROLES, Block, Document, Indication, Part, Passage, Role, Structure, Threshold
from policyview.wording.sentences import split_sentences

_EVIDENCE = frozenset({Role.BACKGROUND, Role.DESCRIPTION, Role.REFERENCES, Role.DISCLAIMER, Role.HISTORY})
_UNREAD_WORDS = 45  # a longer paragraph among rules is prose
_LABEL_CHARS = 12  # of blanks, bullet or number between a line that leads in and what it leads in
_FEWEST = 2  # points of a list
_LEADS_IN = re.compile(r"(?::|\b(?:with|for|who|have|has|of|including))\W*\Z", re.IGNORECASE)


def thresholds_beside(
    document: Document,
    structure: Structure,
    indications: Sequence[Indication],
    read: Sequence[Passage],
    lexicon: Lexicon,
) -> tuple[Threshold, ...]:
    """The thresholds of a clinical reference that stand beside its indications: doses, monitoring, pitfalls.

    ``read`` are the passages already read. Each is of the indication that stands before it, else of the first.
    Not for policies: the numbers beside their rules are those of trials.
    """
    if not indications:
        return ()
    taken = Taken(len(document.text), ((passage.start, passage.end) for passage in read if passage))
    ordered = sorted(indications, key=lambda indication: indication.anchor.start)
    starts = [indication.anchor.start for indication in ordered]
    found = list[Threshold]()
    for part in structure.parts:
        if part.role in _EVIDENCE or part.section is None:
            continue
        for block in part.iter_blocks():
            passage = block.passage
            if passage and not taken.holds_any(passage.start, passage.end):
                of = ordered[max(0, bisect_right(starts, passage.start) - 1)].id
                found += thresholds_in(document, passage, of, lexicon)
    return tuple(found)


def thresholds_unread(
    document: Document,
    structure: Structure,
    indications: Sequence[Indication],
    read: Sequence[Passage],
    lexicon: Lexicon,
) -> tuple[Threshold, ...]:
    """The thresholds of conditions that no indication took up, of the one that stands before them in their section.

    A line that leads in is of the use that follows it; an exception, note or limit of the first whose it is; a whole
    list of which nothing was read of none. Only of short lines and of sentences that oblige: other text among rules
    tells of trials.
    """
    taken = Taken(len(document.text), ((passage.start, passage.end) for passage in read if passage))
    said = list(_said_beside(indications))
    starts = sorted((indication.anchor.start, indication.id) for indication in indications)
    known = Taken(len(document.text), ((passage.start, passage.end) for passage in read if passage))
    known.add((start, start + 1) for start, _ in starts)
    ends = _section_ends(structure)
    found = list[Threshold]()
    for part in structure.parts:
        if part.role not in POLICY_ROLES or part.section is None:
            continue
        begin = part.section.anchor.start
        own = [(start, of) for start, of in starts if begin <= start < ends[begin]]
        if not own and _heads_criteria(part.section.heading, lexicon):  # of what stands before
            own = starts[:bisect_right(starts, (begin, ""))][-1:]
        unread = _unread_points(part, known, lexicon) if own else set()
        for block in part.iter_blocks() if own else ():
            for passage in _rules_of(block, lexicon):
                whose = next((of for a, b, of in said if a < passage.end and passage.start < b), None)
                of = whose or (None if block.passage.start in unread else _belongs_to(block, passage, own))
                if of and not taken.holds_any(passage.start, passage.end):
                    read_here = thresholds_in(document, passage, of, lexicon)
                    found += (each for each in read_here if _may_stand_alone(each, passage, lexicon))
    return tuple(found)


def _said_beside(indications: Sequence[Indication]) -> Iterator[tuple[int, int, str]]:
    """Where the exceptions, notes and limits of indications stand, and whose they are, wherever they are printed."""
    for indication in indications:
        notes = (*indication.exceptions, *indication.notes)
        for anchor in (*(note.anchor for note in notes), *(limit.anchor for limit in indication.limits)):
            yield from ((place.start, place.end, indication.id) for place in (anchor, *anchor.continues))


def _belongs_to(block: Block, passage: Passage, own: Sequence[tuple[int, str]]) -> str | None:
    """The indication of a section, (start, id), that a line speaks of: the one before it, or that it leads in."""
    nth = bisect_right(own, (passage.start, ""))
    if block.children or _LEADS_IN.search(passage.text):
        follows = nth < len(own) and own[nth][0] - passage.end <= _LABEL_CHARS
        return own[nth][1] if follows else None
    return own[max(0, nth - 1)][1]


def _unread_points(part: Part, known: Taken, lexicon: Lexicon) -> set[int]:
    """Where the points stand of lists of which nothing was read: to which use they belong is not known."""
    found = set[int]()
    for group in groups_of(part.blocks, lexicon):
        points = [list(_with_children(item)) for item in group.items if item.passage]
        missed = [each for each in points if not any(known.holds_any(b.passage.start, b.passage.end) for b in each)]
        if len(missed) >= _FEWEST and 2 * len(missed) >= len(points):
            found.update(block.passage.start for each in missed for block in each)
    return found


def _with_children(block: Block) -> Iterator[Block]:
    if block.passage:
        yield block
    for child in block.children:
        yield from _with_children(child)


def _heads_criteria(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading says no more than that criteria follow; one that names a drug or use begins something new."""
    plain = heading.strip(" :").casefold()
    return "criteria" in plain and any(e.regex.fullmatch(plain) for e in lexicon.entries("roles"))


def _rules_of(block: Block, lexicon: Lexicon) -> list[Passage]:
    """A short line whole; of longer text the sentences that oblige."""
    if block.kind == "row" or not block.passage:
        return []
    if len(block.passage.text.split()) <= _UNREAD_WORDS:
        return [block.passage]
    obliges = lexicon["thresholds"]["obliges"].regex
    return [sentence for sentence in split_sentences(block.passage) if obliges.search(sentence.text)]


def _section_ends(structure: Structure) -> dict[int, int]:
    """Where each section ends with all its subsections, by where it begins."""
    ends = dict[int, int]()
    for part in structure.parts:
        last = max((block.passage.end for block in part.iter_blocks() if block.passage), default=0)
        for section in part.path:
            ends[section.anchor.start] = max(ends.get(section.anchor.start, 0), last)
    return ends


def _may_stand_alone(threshold: Threshold, passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a number of a line that no indication took up is a rule: no finding, no dose, no approval's length."""
    report, dosing, tried = (lexicon["thresholds"][name].regex for name in ("report", "given", "trial"))
    if report.search(passage.text) or (dosing.search(passage.text) and threshold.quantity != "body weight"):
        return False
    return threshold.comparator != "=" or bool(tried.search(passage.text))
