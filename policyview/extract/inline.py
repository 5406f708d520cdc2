"""The condition inside a sentence that has no list ("… is covered when steroids failed AND the toe is cold")."""

from __future__ import annotations

import re

from policyview.anchor import anchor_of
from policyview.extract.criteria import CriteriaBuilder
from policyview.model import Criterion, Logic, Passage
from policyview.wording.sentences import outside

SHORTEST = 3  # words of a condition
_AND, _OR = re.compile(r"[,;]?\s+AND\s+"), re.compile(r"[,;]?\s+OR\s+")  # in capitals they join conditions, not words


def inline_criteria(
    sentence: Passage, name: str, builder: CriteriaBuilder
) -> tuple[tuple[Criterion, ...], Logic | None]:
    """The conditions behind "when" or "if", with ids ``name.1`` …, and whether all or any of several must hold."""
    statements = builder.lexicon["statements"]
    match = statements["inline-condition"].regex.search(sentence.text)
    clause = sentence.part(match.end()) if match else None
    if not clause or statements["unmet"].regex.search(sentence.text):
        return (), None
    end = statements["clause-end"].regex.search(clause.text)
    clause = clause.part(0, end.start()) if end else clause
    if len(clause.text.split()) < SHORTEST:
        return (), None
    cuts, logic = _joints(clause.text)
    if not cuts:
        cuts, logic = [found.span() for found in statements["alternative"].regex.finditer(clause.text)], "any"
    edges = [0, *(edge for cut in cuts for edge in cut), len(clause)]
    parts = [part for a, b in zip(edges[::2], edges[1::2], strict=True) if (part := clause.part(a, b))]
    found = tuple(
        Criterion(f"{name}.{k}", part.text, anchor_of(builder.document, part), kind=builder.kind(part.text))
        for k, part in enumerate(parts, 1)
    )
    return found, logic if len(found) > 1 else None


def _joints(clause: str) -> tuple[list[tuple[int, int]], Logic]:
    """Where capitals join conditions, and how; nothing where they join in both ways, or all is in capitals."""
    both, either = ([joint.span() for joint in outside(clause, pattern)] for pattern in (_AND, _OR))
    if clause.isupper() or (both and either):
        return [], "any"
    return (both, "all") if both else (either, "any")
