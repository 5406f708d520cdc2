"""Items among the uses of a list that name none: what must be true of all of them, limits, and doses."""

from __future__ import annotations

from collections.abc import Sequence

from policyview.extract.conditions import without_brackets
from policyview.extract.cues import Cue
from policyview.lexicon import Lexicon
from policyview.model import Block

LABEL_SHARE = 4  # of its blocks at most as many for each sentence of a label: the names of products and of uses


def uses_and_rules(items: Sequence[Block], lexicon: Lexicon) -> tuple[list[Block], tuple[Block, ...]]:
    """The uses of a list, and the requirements for all of them; doses are neither.

    Where requirements outnumber the uses all are kept as they are.
    """
    required, doses = (lexicon["statements"][name].regex for name in ("requirement-item", "dose-item"))
    kept = [block for block in items if not doses.match(block.passage.text)]
    rules = tuple(block for block in kept if required.match(without_brackets(block.passage.text)))
    if 2 * len(rules) >= len(kept):
        return kept, ()
    return [block for block in kept if block not in rules], rules


def beside_statements(
    items: Sequence[Block], stating: Sequence[Block], lexicon: Lexicon
) -> tuple[list[Block], tuple[Block, ...]]:
    """What a list names beside items that state by themselves, and what it says of all patients; limits are neither."""
    of_patients, limits = (lexicon["statements"][name].regex for name in ("patient-clause", "limiting-item"))
    others = [block for block in items if block not in stating]
    shared = tuple(block for block in others if of_patients.match(block.passage.text))
    named = [block for block in others if block not in shared and not limits.match(block.passage.text)]
    return named, shared


def quotes_label(blocks: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether uses are listed as the label of a product words them ("Indicated for gout in adults"), which grants none.
    """
    texts = [block.passage.text for block in blocks if block.passage and block.kind != "row"]
    quoted = sum(bool(lexicon["statements"]["of-label"].regex.match(text)) for text in texts)
    return quoted > 0 and LABEL_SHARE * quoted >= len(texts)


def is_description(cue: Cue | None, lexicon: Lexicon) -> bool:
    """Whether determination words only describe what an item names ("Counseling that is not medically necessary")."""
    return bool(cue and lexicon["statements"]["described-as"].regex.search(cue.passage.text[: cue.start]))
