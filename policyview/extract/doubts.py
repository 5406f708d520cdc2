"""How sure an indication is read, and what there is to doubt about it."""

from __future__ import annotations

from dataclasses import replace

from policyview.extract.cues import Cue
from policyview.lexicon import Lexicon
from policyview.model import Indication, Passage

FROM_GENERAL, FROM_HEADING, FROM_LEAD, OWN_WORDS = 0.65, 0.75, 0.85, 0.95
"""Confidence by where the determination stands."""
FROM_ELSEWHERE = 0.5  # confidence of what stands outside the policy's sections
UNSURE_TREE = 0.6  # where the print does not show which criteria stand below which, or where they are
FLAT = "the print does not show which of the criteria stand below which"
ELSEWHERE = "its criteria are printed in another document"
NO_LIST = "the list of criteria that its words announce could not be told to be its"


def how_sure(
    confidence: float, cue: Cue, sentence: Passage, lexicon: Lexicon, *, is_unsure: bool, has_list: bool
) -> tuple[float, str | None]:
    """The confidence in a statement and the reason to doubt it, ``is_unsure`` where its tree stands on a guess."""
    statements = lexicon["statements"]
    doubt = FLAT if is_unsure else _of_place(confidence)
    awaits_list = doubt is None and not has_list and statements["awaits-list"].regex.search(sentence.text.rstrip())
    if is_unsure or awaits_list:
        return min(confidence, UNSURE_TREE), doubt or NO_LIST
    if cue.is_positive and statements["criteria-elsewhere"].regex.search(sentence.text):
        return min(confidence, UNSURE_TREE), ELSEWHERE
    return confidence, doubt


def unsure(indication: Indication) -> Indication:
    """An indication whose tree of criteria stands on a guess."""
    return replace(indication, confidence=min(indication.confidence, UNSURE_TREE), doubt=FLAT)


def _of_place(confidence: float) -> str | None:
    if confidence <= FROM_GENERAL:
        return "the determination is said once for all uses of the document"
    return "the determination stands in a heading above" if confidence <= FROM_HEADING else None
