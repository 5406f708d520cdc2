"""The condition that a lead-in makes for all the uses listed below it ("… for the following, in the absence of …:")."""

from __future__ import annotations

from policyview.extract.cues import Cue
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
