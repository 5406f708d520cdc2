"""Clinical numbers that stand beside the indications: in lines that no indication took up as a criterion."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from policyview.extract.sentences import split_sentences
from policyview.extract.thresholds import thresholds_in
from policyview.lexicon import Lexicon
from policyview.model import POLICY_ROLES, Block, Document, Indication, Passage, Role, Structure, Threshold

_EVIDENCE = frozenset({Role.BACKGROUND, Role.DESCRIPTION, Role.REFERENCES, Role.DISCLAIMER, Role.HISTORY})
_UNREAD_WORDS = 45  # a longer paragraph among rules is prose


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
    taken = sorted((passage.start, passage.end) for passage in read if passage)
    ordered = sorted(indications, key=lambda indication: indication.anchor.start)
    starts = [indication.anchor.start for indication in ordered]
    found = list[Threshold]()
    for part in structure.parts:
        if part.role in _EVIDENCE or part.section is None:
            continue
        for block in part.iter_blocks():
            passage = block.passage
            if passage and not any(a < passage.end and passage.start < b for a, b in taken):
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

    Only of short lines and of sentences that oblige: other text among rules tells of trials.
    """
    taken = sorted((passage.start, passage.end) for passage in read if passage)
    starts = sorted((indication.anchor.start, indication.id) for indication in indications)
    ends = _section_ends(structure)
    found = list[Threshold]()
    for part in structure.parts:
        if part.role not in POLICY_ROLES or part.section is None:
            continue
        begin = part.section.anchor.start
        own = [(start, of) for start, of in starts if begin <= start < ends[begin]]
        if not own and _heads_criteria(part.section.heading, lexicon):  # of what stands before
            own = starts[:bisect_right(starts, (begin, ""))][-1:]
        for block in part.iter_blocks() if own else ():
            for passage in _rules_of(block, lexicon):
                if not any(a < passage.end and passage.start < b for a, b in taken):
                    of = own[max(0, bisect_right(own, (passage.start, "")) - 1)][1]
                    read_here = thresholds_in(document, passage, of, lexicon)
                    found += (each for each in read_here if _may_stand_alone(each, passage, lexicon))
    return tuple(found)


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
