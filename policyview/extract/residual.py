"""Residual clauses ("all other uses are investigational"): what they speak of, and what they except."""

from __future__ import annotations

import re

from policyview.anchor import anchor_of
from policyview.extract.cues import Cue
from policyview.lexicon import Lexicon
from policyview.model import CatchAll, Document, Passage


def is_residual(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a sentence with a determination speaks of all that is not named."""
    return bool(lexicon["statements"]["residual"].regex.search(passage.text))


def is_unmet(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether it speaks of a named use whose criteria are not met."""
    return bool(lexicon["statements"]["unmet"].regex.search(passage.text))


def catch_all(document: Document, passage: Passage, cue: Cue, topic: str, lexicon: Lexicon) -> CatchAll:
    """The clause; ``scope`` is its own words before the determination, with the topic where they name no service."""
    statements = lexicon["statements"]
    exceptions = tuple(match.group().strip() for match in statements["except"].regex.finditer(passage.text))
    opening = statements["preamble"].regex.match(passage.text)
    begin = opening.end() if opening else 0
    named = statements["examples"].regex.search(passage.text)
    if named and named.start() >= cue.end:  # what it names as examples are uses of their own
        passage = passage.part(0, named.start())
    before = passage.part(begin, cue.start).text
    if not is_residual(passage.part(begin, cue.start), lexicon):
        before = re.sub(r"\s*,?\s*\b(?:is|are|be|may be|will be)\s*$", "", before) + " " + passage.part(cue.end).text
    examples = statements["examples"].regex.search(before)
    scope = before[: examples.start()] if examples else before
    scope = re.sub(r"\s*,?\s*\b(?:is|are|be|may be|will be)\s*$", "", scope.rstrip(" ,;:."))
    reason = statements["reason"].regex.search(scope)
    scope = (scope[: reason.start()] if reason else scope).strip(" ,;:.")
    if topic and len(scope.split()) < 6 and topic.casefold() not in scope.casefold():
        scope = f"{scope} ({topic})"
    clause = passage.part(begin)
    return CatchAll(cue.determination, clause.text, scope, anchor_of(document, clause), exceptions)
