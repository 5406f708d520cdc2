"""Clinical references: what they recommend, sentence by sentence, with their own set of determinations."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policyview.anchor import anchor_of
from policyview.extract.cues import Cue, find_cues
from policyview.extract.sentences import split_sentences
from policyview.model import Criterion, Determination, Part, Passage, Role

if TYPE_CHECKING:
    from policyview.extract.indications import Found, Indications

_SKIPPED = frozenset({Role.BACKGROUND, Role.HISTORY, Role.REFERENCES, Role.DISCLAIMER, Role.DEFINITIONS, Role.CODING})
_CITATION = re.compile(r"\s+\d{1,2}(?:,\s*\d{1,2})*[.]?$")
_GOES_ON = re.compile(r"^(?:its use|it|they|these|this|however, it|(?:\w+\s+){1,3}should only)\b|\bshould be (?:completed|performed|done|obtained) (?:before|prior)", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:in|for|of)\b", re.IGNORECASE)


def read_reference(reader: Indications) -> Found:
    """The recommendations of a clinical reference; a sentence that narrows the one before it is its criterion."""
    for part in reader.structure.parts:
        if part.role in _SKIPPED:
            continue
        reader.part = part
        _read_part(reader, part)
    return reader.found


def _read_part(reader: Indications, part: Part) -> None:
    first = len(reader.found.indications)
    for block in part.iter_blocks():
        for sentence in split_sentences(block.passage):
            tail = _CITATION.search(sentence.text)
            _read_sentence(reader, sentence.part(0, tail.start()) if tail else sentence, first, part)


def _read_sentence(reader: Indications, sentence: Passage, first: int, part: Part) -> None:
    cues = find_cues(sentence, reader.lexicon, is_reference=True)
    cue = _main(cues)
    here = reader.found.indications[first:]
    if here and here[-1].determination == Determination.CONDITIONAL and _GOES_ON.search(sentence.text):
        _add_criterion(reader, sentence)
    elif cue and _is_allowed(cue, part) and _SUBJECT.search(sentence.text[:cue.start] + sentence.text[cue.end:]):
        reader._add(sentence, cue, confidence=0.85)


def _main(cues: list[Cue]) -> Cue | None:
    """A sentence that both restricts and reserves is conditional; else its first determination."""
    conditional = [cue for cue in cues if cue.determination == Determination.CONDITIONAL]
    if len(cues) > 1 and conditional and any(c.determination == Determination.NOT_RECOMMENDED for c in cues):
        return conditional[0]
    return cues[0] if cues else None


def _is_allowed(cue: Cue, part: Part) -> bool:
    """Sections on how to treat speak of other therapies and of monitoring; only a contraindication counts there."""
    return part.role != Role.TREATMENT or cue.determination == Determination.CONTRAINDICATED


def _add_criterion(reader: Indications, sentence: Passage) -> None:
    last = reader.found.indications[-1]
    name = f"{last.id}.c.{len(last.criteria) + 1}"
    criterion = Criterion(name, sentence.text, anchor_of(reader.document, sentence), kind=reader.builder.kind(sentence.text))
    reader.found.indications[-1] = replace(last, criteria=(*last.criteria, criterion), logic="all" if last.criteria else last.logic)
    reader.found.passages.append((name, sentence))
