"""Words printed behind a list that say how much of it must hold: "All of the above criteria must be met." """

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyview.extract.cues import find_cues
from policyview.extract.groups import Group
from policyview.extract.logic import printed_logic
from policyview.lexicon import Lexicon
from policyview.model import Block, Passage


def with_closings(groups: Sequence[Group], lexicon: Lexicon) -> list[Group]:
    """The groups; a line that only says what must hold of the list above it belongs to that list's group."""
    out: list[Group] = []
    for group in groups:
        before = out[-1] if out else None
        if before and before.items and not before.closing and _closes(group, lexicon):
            out[-1] = replace(before, closing=group.lead)
        else:
            out.append(group)
    return out


def counted_before(sentence: Passage, lexicon: Lexicon) -> bool:
    """Whether a sentence speaks of the list before it ("… is covered when any two of the above are met")."""
    text = sentence.text
    may_be = "above" in text or "preceding" in text
    return may_be and bool(lexicon["statements"]["list-before"].regex.search(text))


def said_of(lead: str, closing: Block | None, lexicon: Lexicon) -> str:
    """The words of a lead-in, with those behind its list where these say how much of it must hold."""
    if closing is None or not _counts(closing.passage, lexicon):
        return lead
    return f"{lead} {closing.passage.text}"


def condition_behind(closing: Block | None, lexicon: Lexicon) -> tuple[Block, ...]:
    """The condition that stands behind a list and holds for all of it, as an item."""
    if closing is None or _counts(closing.passage, lexicon):
        return ()
    return (replace(closing, kind="item", label="•"),)


def _closes(group: Group, lexicon: Lexicon) -> bool:
    if group.lead is None or group.items:
        return False
    return _counts(group.lead.passage, lexicon) or _is_condition(group.lead.passage, lexicon)


def _counts(passage: Passage, lexicon: Lexicon) -> bool:
    is_counted = counted_before(passage, lexicon) and not find_cues(passage, lexicon)
    return is_counted and printed_logic(passage.text, lexicon)[0] is not None


def _is_condition(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a line in small letters goes on from the items above it ("provided that the member is an adult.")."""
    goes_on = passage.text[:1].islower() and lexicon["statements"]["goes-on-behind"].regex.fullmatch(passage.text)
    return bool(goes_on) and not find_cues(passage, lexicon)
