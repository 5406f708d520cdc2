"""Residual clauses ("all other uses are investigational"): what they speak of, and what they except."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyview.anchor import anchor_of
from policyview.extract.cues import Cue, find_cues
from policyview.lexicon import Lexicon
from policyview.model import CatchAll, Document, Passage

_COPULA = re.compile(r"\s*,?\s*\b(?:is|are|is ?\(are\)|be|may be|will be)\s*$")
SHORT_SCOPE = 6  # words; a shorter scope names no service


def is_residual(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a sentence with a determination speaks of all that is not named."""
    return bool(lexicon["statements"]["residual"].regex.search(passage.text))


def is_unmet(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether it speaks of a named use whose criteria are not met."""
    return bool(lexicon["statements"]["unmet"].regex.search(passage.text))


def catch_all(document: Document, passage: Passage, cue: Cue, topic: str, lexicon: Lexicon) -> CatchAll:
    """The clause; ``scope`` is its own words before the determination, with the topic where they name no service.

    ``cue`` may stand in a lead-in above, when the clause is an item of its list; an item's own words go first.
    """
    statements = lexicon["statements"]
    if cue.passage is not passage:
        cue = next((own for own in find_cues(passage, lexicon) if not own.is_positive), cue)
    exceptions = tuple(dict.fromkeys(m.group().strip() for m in statements["except"].regex.finditer(passage.text)))
    opening = statements["preamble"].regex.match(passage.text)
    begin = opening.end() if opening else 0
    is_inside = cue.passage is passage
    named = statements["examples"].regex.search(passage.text)
    if named and is_inside and named.start() >= cue.end:  # what it names as examples are uses of their own
        passage = passage.part(0, len(passage.text[: named.start()].rstrip(" ([")))
    clause = passage.part(begin)
    before = clause.text
    if is_inside:
        before = passage.part(begin, cue.start).text
        if not is_residual(passage.part(begin, cue.start), lexicon):
            after = passage.part(cue.end).text
            if beside := statements["beside-all-others"].regex.search(after):  # a use of its own
                after = f"{after[: beside.start()]}for {after[beside.end() :]}"
            before = f"{_COPULA.sub('', before)} {after}"
    scope = _scope(before, exceptions, lexicon)
    if topic and not _names_service(scope, lexicon) and topic.casefold() not in scope.casefold():
        scope = f"{scope} ({topic})"
    return CatchAll(cue.determination, clause.text, scope, anchor_of(document, clause), exceptions)


def _names_service(scope: str, lexicon: Lexicon) -> bool:
    """Whether a scope says more than "any other use"; a short one hardly does."""
    statements = lexicon["statements"]
    rest = re.findall(r"\w+", statements["residual"].regex.sub(" ", scope))
    is_empty = all(statements["empty-words"].regex.fullmatch(word) for word in rest)
    return not is_empty and len(scope.split()) >= SHORT_SCOPE


def _scope(text: str, exceptions: Sequence[str], lexicon: Lexicon) -> str:
    """A clause's words without examples, verb and reason, an exception at its head and the payer who considers."""
    statements = lexicon["statements"]
    for exception in exceptions:
        text = text.strip().removeprefix(exception).lstrip(" ,")
    if considers := statements["who-considers"].regex.match(text):
        text = text[considers.end() :]
    first = text.partition("; ")[0]
    text = first if statements["residual"].regex.search(first) else text
    examples = statements["examples"].regex.search(text)
    scope = _COPULA.sub("", (text[: examples.start()] if examples else text).rstrip(" ,;:."))
    reason = statements["reason"].regex.search(scope)
    return (scope[: reason.start()] if reason else scope).strip(" ,;:.")
