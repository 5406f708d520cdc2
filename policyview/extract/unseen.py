"""Doubts what a document states in words that its page does not show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from policyview.model import Anchor, Document, Facts, Indication

_CONFIDENCE = 0.2  # at most: someone may have wanted such words to be read by machines alone
_WHY = "its words are not visible on the page"
_WHY_CONDITION = "a condition or exception of it is not visible on the page"


def doubted(facts: Facts, document: Document) -> Facts:
    """The facts; what stands, in part or whole, in unseen words is to be checked."""
    spans = [(line.start, line.end) for line in document.lines if line.is_unseen]
    if not spans:
        return facts

    def is_unseen(anchors: Iterable[Anchor | None]) -> bool:
        places = [part for anchor in anchors if anchor for part in (anchor, *anchor.continues)]
        return any(place.start < end and start < place.end for place in places for start, end in spans)

    return replace(
        facts,
        indications=tuple(_doubted(said, is_unseen) for said in facts.indications),
        catch_all=tuple(replace(c, doubt=_WHY) if is_unseen([c.anchor]) else c for c in facts.catch_all),
        codes=tuple(replace(c, doubt=_WHY) if is_unseen([c.anchor]) else c for c in facts.codes),
    )


def _doubted(said: Indication, is_unseen: Callable[[Iterable[Anchor | None]], bool]) -> Indication:
    if is_unseen([said.anchor, said.basis]):
        why = _WHY
    elif is_unseen(_conditions(said)):
        why = _WHY_CONDITION
    else:
        return said
    doubt = f"{said.doubt}; {why}" if said.doubt else why
    return replace(said, doubt=doubt, confidence=min(said.confidence, _CONFIDENCE))


def _conditions(said: Indication) -> Iterable[Anchor]:
    for criterion in (*said.criteria, *said.inherited):
        yield from (each.anchor for each in criterion.leaves())
    yield from (note.anchor for note in (*said.exceptions, *said.notes))
    yield from (limit.anchor for limit in said.limits)
