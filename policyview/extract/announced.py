"""Lists printed flat in which an item announces others ("ONE of the following:"): those behind it stand below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyview.extract.logic import is_connector, joint, printed_logic
from policyview.lexicon import Lexicon
from policyview.model import Block

_BOTH = re.compile(r"\bboth\b", re.IGNORECASE)
FIRST = frozenset({"1", "A", "a", "I", "i"})
"""Labels that begin a list."""


def with_announced(items: Sequence[Block], lexicon: Lexicon) -> tuple[tuple[Block, ...], bool]:
    """The items, those behind an announcing bullet made its children; whether the tree stands on such a guess.

    An item in which nothing changes stays the same object.

    Where numbers say that all are siblings they stay so, and an announcement without a list leaves the tree unsure.
    """
    out: list[Block] = []
    is_unsure = False
    k = 0
    while k < len(items):
        block = items[k]
        k += 1
        if block.children:
            children, inner = with_announced(block.children, lexicon)
            is_unsure = is_unsure or inner
            block = replace(block, children=children) if children != block.children else block
        elif block.passage and block.label and _follows(block, items[k:]) and _announces(block, lexicon):
            is_unsure = is_unsure or items[k].label == block.label or not _is_bullet(block)
            end = k + _reach(block, items[k:], lexicon)
            children, _ = with_announced(items[k:end], lexicon)
            block, k = replace(block, children=children), end
        out.append(block)
    return tuple(out), is_unsure


def with_restarted(items: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The items, those whose numbers begin anew behind an announcement made its children."""
    out: list[Block] = []
    k = 0
    while k < len(items):
        block = items[k]
        k += 1
        if not block.children and block.passage and not _is_bullet(block) and _announces(block, lexicon):
            end = k + _restarted(block, items[k:])
            block, k = replace(block, children=tuple(items[k:end])), end
        out.append(block)
    return tuple(out)


def _restarted(lead: Block, after: Sequence[Block]) -> int:
    """How many blocks stand behind a numbered item until its own numbers go on; 0 where they go on at once."""
    own, before = _plain(lead), ""
    if not after or _plain(after[0]) not in FIRST or _plain(after[0]) == _next(own):
        return 0
    for k, block in enumerate(after):
        plain = _plain(block)
        if plain and plain == _next(own) and plain != _next(before):
            return k
        before = plain or before
    return len(after)


def _plain(block: Block) -> str:
    return block.label.strip("().")


def _next(label: str) -> str:
    """The number or letter that follows, "" for others."""
    if label.isdecimal():
        return str(int(label) + 1)
    return chr(ord(label) + 1) if len(label) == 1 else ""


def _announces(block: Block, lexicon: Lexicon) -> bool:
    return bool(lexicon["statements"]["announcing-item"].regex.search(block.passage.text.rstrip()))


def _follows(block: Block, after: Sequence[Block]) -> bool:
    """Whether a sibling stands next that an announcement may mean; numbered ones are told apart by their numbers."""
    rest = [each for each in after if each.passage and each.label]
    return bool(rest) and (_is_bullet(rest[0]) or not _is_bullet(block))


def _is_bullet(block: Block) -> bool:
    return not any(char.isalnum() for char in block.label)


def _reach(lead: Block, after: Sequence[Block], lexicon: Lexicon) -> int:
    """How many of the blocks behind an announcement it announces."""
    if not _is_bullet(lead):
        return 0
    if after[0].label != lead.label:  # another sort of bullet
        return next((k for k, block in enumerate(after) if block.label == lead.label), len(after))
    if _BOTH.search(lead.passage.text):
        return 2 if all(each.passage and each.label == lead.label for each in after[:2]) else 0
    opening, refusal = (lexicon["statements"][name].regex for name in ("condition-opening", "exclusion"))
    logic = printed_logic(lead.passage.text, lexicon)[0]
    first = after[0].passage.text
    is_like_lead, is_clause = _first_word(first) == _first_word(lead.passage.text), bool(opening.match(first))
    is_other = False  # behind an "or"
    for k, block in enumerate(after):
        if is_connector(block, lexicon):
            if logic != "all" and "or" not in block.passage.text.lower():
                return k
            continue
        text = block.passage.text
        was_other, is_other = is_other, joint(text) == "any"
        if was_other and logic == "any" and block.label == lead.label:
            is_nested = _announces(block, lexicon)
            if is_nested and _is_parallel(block, lead, lexicon):
                return k
            if joint(text) == "all":
                return k + 1
            is_other = is_other or is_nested
            continue
        if block.label != lead.label or (k and _announces(block, lexicon)):
            return k
        if k and not is_like_lead and _first_word(text) == _first_word(lead.passage.text):
            return k
        if k and not is_clause and opening.match(text):
            return k
        if k and logic == "any" and refusal.match(text) and not refusal.match(first):
            return k  # what must not be is no alternative
        if logic != "all" and joint(text) == "all":
            return k + 1
    return len(after)


def _is_parallel(block: Block, lead: Block, lexicon: Lexicon) -> bool:
    """Whether two announcements speak of the like ("Slow gout AND one of the following:", "Fast gout AND …")."""
    how_many = lexicon["statements"]["how-many"].regex
    one, other = (set(how_many.sub("", each.passage.text).casefold().split()) for each in (block, lead))
    return bool(one) and 2 * len(one & other) >= min(len(one), len(other))


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0].casefold()
