"""Clinical references: what they recommend, sentence by sentence, with their own set of determinations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyview.extract.collector import Collector
from policyview.extract.cues import Cue, find_cues
from policyview.extract.doubts import FROM_LEAD
from policyview.model import Determination, Part, Passage, Role
from policyview.wording.sentences import split_sentences

_SKIPPED = frozenset({Role.BACKGROUND, Role.HISTORY, Role.REFERENCES, Role.DISCLAIMER, Role.DEFINITIONS, Role.CODING})
_CITATION = re.compile(r"\s+\d{1,2}(?:,\s*\d{1,2})*[.]?$")
_SUBJECT = re.compile(r"\b(?:in|for|of)\b", re.IGNORECASE)


def read_reference(parts: Sequence[Part], collector: Collector) -> None:
    """The recommendations of a clinical reference; a sentence that narrows the one before it is its criterion."""
    for part in parts:
        if part.role in _SKIPPED:
            continue
        collector.part = part
        first = len(collector.found.indications)
        for block in part.iter_blocks():
            for sentence in split_sentences(block.passage):
                tail = _CITATION.search(sentence.text)  # citation numbers behind the sentence are not its words
                _read_sentence(collector, sentence.part(0, tail.start()) if tail else sentence, first)


def _read_sentence(collector: Collector, sentence: Passage, first: int) -> None:
    cue = _main(find_cues(sentence, collector.lexicon, is_reference=True))
    here = collector.found.indications[first:]
    goes_on = collector.lexicon["statements"]["reference-goes-on"].regex.search(sentence.text)
    if here and here[-1].determination == Determination.CONDITIONAL and goes_on:
        collector.add_criterion(sentence)
    elif cue and _is_allowed(cue, collector.part) and _names_something(sentence, cue):
        collector.add(sentence, cue, confidence=FROM_LEAD)


def _names_something(sentence: Passage, cue: Cue) -> bool:
    return bool(_SUBJECT.search(sentence.text[: cue.start] + sentence.text[cue.end :]))


def _main(cues: list[Cue]) -> Cue | None:
    """A sentence that both restricts and reserves is conditional; else its first determination."""
    conditional = [cue for cue in cues if cue.determination == Determination.CONDITIONAL]
    if conditional and any(cue.determination == Determination.NOT_RECOMMENDED for cue in cues):
        return conditional[0]
    return cues[0] if cues else None


def _is_allowed(cue: Cue, part: Part) -> bool:
    """Sections on how to treat speak of other therapies and of monitoring; only a contraindication counts there."""
    return part.role != Role.TREATMENT or cue.determination == Determination.CONTRAINDICATED
