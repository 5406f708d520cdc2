"""Headings that a text without line ends runs together with what stands around them ("… wool. II. Criteria A. Toe …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from policyview.lexicon import Lexicon
from policyview.segment.heading_words import named_role
from policyview.segment.strips import Strip

LONGEST_LINE = 400  # characters; a longer line of a text may hold sections
MOST_WORDS = 4  # of such a heading
APART = 2.0  # normal line distances around it, as if it had been printed on a line of its own
_LABEL = re.compile(r"(?:^|(?<=\s))[IVX]{1,5}\.\s+(?=[A-Z])")
_WORD = re.compile(r"[A-Z][\w/&,'-]*:?(?: (?:and|of|for|or|/|&))?(?=\s+(?:[A-Z]|\d))")


def with_heads_apart(strips: Sequence[Strip], lexicon: Lexicon) -> list[Strip]:
    """The lines of a text; numbered headings inside a long one are lines of their own."""
    out: list[Strip] = []
    for strip in strips:
        is_long = strip.page is None and len(strip.text) > LONGEST_LINE and not strip.cells
        out += _parted(strip, lexicon) if is_long else [strip]
    return out


def _parted(strip: Strip, lexicon: Lexicon) -> list[Strip]:
    edges = sorted({0, len(strip.passage), *(edge for head in _heads(strip.text, lexicon) for edge in head)})
    parts = [part for a, b in pairwise(edges) if (part := strip.passage.part(a, b))]
    if len(parts) < 2:
        return [strip]
    return [replace(strip, passage=part, gap=APART if k else strip.gap) for k, part in enumerate(parts)]


def _heads(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where numbered headings stand: the fewest words that name what a section is for, before a sentence or label."""
    for label in _LABEL.finditer(text):
        end = label.end()
        for _ in range(MOST_WORDS):
            word = _WORD.match(text, end)
            if word is None:
                break
            if named_role(text[label.end() : word.end()], lexicon):
                yield label.start(), word.end()
                break
            end = word.end() + 1
