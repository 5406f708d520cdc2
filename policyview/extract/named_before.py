"""Statements said of the list before them: "Any of these lamps: • … • … May be covered when all of these hold: • …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyview.extract.cues import Cue
from policyview.extract.logic import is_mixed, printed_logic
from policyview.lexicon import Lexicon
from policyview.model import Block, Passage

_VERB = re.compile(r"(?:may|is|are|will|can|shall|should)\b", re.IGNORECASE)


def lacks_subject(cue: Cue) -> bool:
    """Whether a sentence that covers begins with its verb, so that what it speaks of stands before it."""
    text = cue.passage.text
    return cue.is_positive and bool(_VERB.match(text, cue.start)) and not any(map(str.isalnum, text[: cue.start]))


def criteria_of_all(sentence: Passage, items: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The criteria of each use of the list: as they are where all must hold, else below the words that say how many."""
    if printed_logic(sentence.text, lexicon)[0] == "all" and not is_mixed(items, lexicon):
        return tuple(items)
    return (Block("item", sentence, label="•", children=tuple(items)),)


def asked_for(before: Passage | None, lexicon: Lexicon) -> Passage | None:
    """The service that the sentence before a statement asks authorization for ("Authorization is required for X.")."""
    found = lexicon["statements"]["asked-for"].regex.match(before.text) if before else None
    return before.part(*found.span("service")) if before and found else None
