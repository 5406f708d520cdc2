"""Doubts what a document states in words that its page does not show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyview.model import Anchor, Document, Facts, Indication

_CONFIDENCE = 0.2  # at most: someone may have wanted such words to be read by machines alone
_WHY = "its words are not visible on the page"


def doubted(facts: Facts, document: Document) -> Facts:
    """The facts; a statement of which a line is unseen, or its determination's words, is to be checked."""
    spans = [(line.start, line.end) for line in document.lines if line.is_unseen]
    if not spans:
        return facts
    return replace(facts, indications=tuple(_doubted(each, spans) for each in facts.indications))


def _doubted(said: Indication, spans: Sequence[tuple[int, int]]) -> Indication:
    places = [part for anchor in (said.anchor, said.basis) if anchor for part in (anchor, *anchor.continues)]
    if not any(_touches(place, spans) for place in places):
        return said
    doubt = f"{said.doubt}; {_WHY}" if said.doubt else _WHY
    return replace(said, doubt=doubt, confidence=min(said.confidence, _CONFIDENCE))


def _touches(place: Anchor, spans: Sequence[tuple[int, int]]) -> bool:
    return any(place.start < end and start < place.end for start, end in spans)
