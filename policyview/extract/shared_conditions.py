"""The condition that a lead-in makes for all the uses listed below it ("… for the following, in the absence of …:")."""

from __future__ import annotations

from collections.abc import Sequence

from policyview.extract.cues import Cue
from policyview.extract.logic import is_joined
from policyview.lexicon import Lexicon
from policyview.model import Block, Passage


def shared_conditions(sentence: Passage, cue: Cue, lexicon: Lexicon) -> tuple[Block, ...]:
    """What stands before or behind the determination words as a condition; nothing where it only leads in the list."""
    if cue.passage.text != sentence.text:
        return ()
    statements = lexicon["statements"]
    before = statements["condition-before"].regex.match(sentence.text[: cue.start])
    behind = statements["condition-behind"].regex.search(sentence.text, cue.end)
    found = [sentence.part(*match.span("condition")) for match in (before, behind) if match]
    return tuple(Block("item", passage, label="•") for passage in found)


def uses_and_joined(items: Sequence[Block]) -> tuple[Sequence[Block], tuple[Block, ...]]:
    """The uses of a list, and what "AND all of the following:" behind them asks of each of them."""
    joined = tuple(block for block in items if block.children and is_joined([block]) == "all")
    if not joined or is_joined(items) != "all" or joined[0] is items[0]:
        return items, ()
    return [block for block in items if block not in joined], joined


def joined_before(lead: Passage | None, lexicon: Lexicon) -> tuple[Block, ...]:
    """What a lead-in asks beside the list that it leads in ("The lamp must be new, and all of these must hold:")."""
    found = lexicon["statements"]["condition-joined"].regex.match(lead.text) if lead else None
    return (Block("item", lead.part(*found.span("condition")), label="•"),) if lead and found else ()
