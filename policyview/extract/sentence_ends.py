"""Cuts a passage into sentences."""

from __future__ import annotations

import re
from itertools import pairwise

from policyview.model import Passage

# An end mark, white space, and something that begins a sentence; not after an abbreviation or a single letter.
_END = re.compile(r"(?<=[.!?])[\"”’)\]*]*\s+(?=[\"“‘(\[*•]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|etc|vs|cf|al|Dr|Mr|Ms|No|Nos|Inc|Fig|approx|St|Jr|U\.S|U\.\s?S|[A-Z])\.)\Z", re.IGNORECASE
)


def sentences(passage: Passage) -> tuple[Passage, ...]:
    """The sentences of a passage, in order."""
    cuts = [0]
    for match in _END.finditer(passage.text):
        if not _ABBREVIATION.search(passage.text[max(0, match.start() - 8):match.start()]):
            cuts.append(match.end())
    return tuple(part for a, b in pairwise((*cuts, len(passage))) if (part := passage.part(a, b)))
