"""Lists of which a text kept neither bullets nor indentation: each line an item, nested by how the lines begin.

What tells where an inner list ends: another lead-in, a line that begins as the lead-in did, the number of items that
the outer lead-in counts ("either", "both"), or the item with which the lists beside it end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile

from policyview.extract.logic import joint
from policyview.extract.named_uses import label_style
from policyview.model import Block

_ASIDE = re.compile(r"\s*\[[^\]]*\]\s*$")  # "[Note: …]" behind a lead-in
_CITATIONS = re.compile(r"\d{1,3}(?:[-–,]\s?\d{1,3})*")
_LEADS_IN = re.compile(
    r":\s*$|\b(?:criteria|requirements|conditions) (?:is|are|must be) met\.?\s*$"
    r"|\bof the following(?: \w+){0,2}$|\bof the following (?:is|are) (?:met|present|true)\.?$",
    re.IGNORECASE,
)
_OF_TWO = re.compile(
    r"\b(?:either|both)(?: of)?(?: the)? (?:following|these|criteria|conditions)\b[^.]*$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?:following|these|all) (two|three|four|five|six|[2-6])(?: of the following)?(?: \w+)?\W*$", re.IGNORECASE
)
_NUMBERS = {word: k for k, word in enumerate(("two", "three", "four", "five", "six"), 2)}
_NUMBERS |= {str(k): k for k in _NUMBERS.values()}
_CONNECTOR = re.compile(r"(?:and|or|and/or)[:;,]?", re.IGNORECASE)
_FIRST_LABELS = frozenset({"a", "i", "1"})


def leads_in(text: str) -> bool:
    """Whether a line announces the lines below it."""
    return bool(_LEADS_IN.search(_ASIDE.sub("", text)))


def with_flat_lists(blocks: Sequence[Block], states: Callable[[Block], bool]) -> list[Block]:
    """The blocks, the paragraphs below a lead-in made its items.

    ``states`` tells a paragraph that says a determination: it leads a list in, and ends the one before.
    """
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        block = blocks[k]
        if block.children:
            block = replace(block, children=tuple(with_flat_lists(block.children, states)))
        k += 1
        end = k
        while end < len(blocks) and blocks[end].kind == "paragraph" and not states(blocks[end]):
            end += 1
        last = _last_item(block)
        if block.kind == "paragraph" and states(block) and leads_in(block.passage.text):
            end -= _titles(blocks[k:end]) if end < len(blocks) else 0
            out += [block, *_flat(blocks[k:end], block)]
        elif end > k and block.kind == "item" and last.passage and leads_in(last.passage.text):
            items = _flat(blocks[k:end], last)
            end, items = _with_list_behind(blocks, end, items, last)
            out.append(_grafted(block, items))
        else:
            is_lead = not (out and out[-1].kind == "item") and _leads_its_like(block, blocks[k:], states)
            out.append(replace(block, kind="paragraph", label="") if is_lead else block)
            end = k
        k = end
    return out


def _leads_its_like(block: Block, after: Sequence[Block], states: Callable[[Block], bool]) -> bool:
    """Whether a bullet states a determination and leads in the bullets like it behind it, which state nothing."""
    is_bullet = block.kind == "item" and block.label and not any(map(str.isalnum, block.label))
    if not (is_bullet and block.passage) or block.children:
        return False
    own = list(takewhile(lambda each: each.kind == "item" and each.label == block.label, after))
    is_lead = len(own) > 1 and leads_in(block.passage.text) and states(block)
    return is_lead and not any(each.passage and states(each) for each in own)


def _last_item(block: Block) -> Block:
    """The last of the items that stand in one another, which the lines below it may carry on."""
    return _last_item(block.children[-1]) if block.children else block


def _grafted(block: Block, items: Sequence[Block]) -> Block:
    if not block.children:
        return replace(block, children=tuple(items))
    return replace(block, children=(*block.children[:-1], _grafted(block.children[-1], items)))


def _with_list_behind(blocks: Sequence[Block], end: int, items: list[Block], above: Block) -> tuple[int, list[Block]]:
    """The lines of a list, the last of which leads in labelled items ("AND one of the following: i. … ii. …").

    What stands behind these and begins with the same word as that line ("Criterion B: …") is an item beside it.
    """
    while items and not items[-1].children and leads_in(items[-1].passage.text):
        own = end
        while own < len(blocks) and blocks[own].kind == "item" and (
            label_style(blocks[own]) == label_style(blocks[end]) if own > end else _begins_list(blocks[own], above)
        ):
            own += 1
        if own == end:
            break
        items = [*items[:-1], replace(items[-1], children=tuple(blocks[end:own]))]
        end = own
        while end < len(blocks) and blocks[end].kind == "paragraph" and _first(blocks[end]) == _first(items[-1]):
            items = [*items, _item(blocks[end], ())]
            end += 1
    return end, items


def _begins_list(block: Block, above: Block) -> bool:
    """Whether an item begins a list inside the one of the item above."""
    label = block.label.strip("().").lower()
    return label in _FIRST_LABELS or not (label.isalnum() or above.label == block.label)


def _titles(lines: Sequence[Block]) -> int:
    """How many lines at the end are the name of the next use, and the citations printed behind it."""
    texts = [line.passage.text for line in lines]
    cited = int(bool(texts) and bool(_CITATIONS.fullmatch(texts[-1])))
    names = [_is_name(text) for text in texts[: len(texts) - cited]]
    if not names or not names[-1] or (all(names) and not cited and len(names) > 1):
        return cited  # items without a full stop look like names
    return cited + 1


def _is_name(text: str) -> bool:
    return text[:1].isupper() and not text.rstrip().endswith((".", ":", ";", "]"))


def _flat(lines: Sequence[Block], lead: Block) -> list[Block]:
    """The lines as items of a lead-in; where it counts two and one holds all the others, the last stands beside it."""
    lines = [line for line in lines if not _CITATIONS.fullmatch(line.passage.text)]  # of a page, too
    lines = [line for line in lines if any(map(str.isalnum, line.passage.text))]  # a bullet left alone on its line
    items, _ = _items(lines, 0, None)
    if _OF_TWO.search(lead.passage.text) and len(items) == 1 and len(items[0].children) > 2:
        *own, last = items[0].children
        if _first(last) == _first(items[0]):
            return [replace(items[0], children=tuple(own)), last]
    return items


def _items(lines: Sequence[Block], k: int, limit: int | None) -> tuple[list[Block], int]:
    """The items that begin at line k, as many as the limit says, and the line behind them."""
    out: list[Block] = []
    while k < len(lines) and (limit is None or len(out) < limit):
        line, children, beside = lines[k], list[Block](), list[Block]()
        k += 1
        if leads_in(line.passage.text) and k < len(lines):
            if leads_in(lines[k].passage.text):
                children, k = _items(lines, k, 2 if _OF_TWO.search(line.passage.text) else None)
                children, beside = _closed_alike(children)
            else:
                end = _end_of_list(lines, k, line)
                children, k = _items(lines[k:end], 0, None)[0], end
        out.append(_item(line, children))
        out += beside
    return out, k


def _item(line: Block, children: Sequence[Block]) -> Block:
    label = "" if _CONNECTOR.fullmatch(line.passage.text) else "•"
    return replace(line, kind="item", label=label, children=tuple(children))


def _end_of_list(lines: Sequence[Block], k: int, lead: Block) -> int:
    """Where the list below a lead-in ends: before the next that begins with the same word as it does.

    What follows an "and" without another joint is the last of a list, where an "or" joins those behind it.
    """
    end = _joined_end(lines, k, lead)
    if end is not None:
        return end
    end = k
    is_alike = _first(lines[end]) == _first(lead)  # then only another lead-in ends it
    while end < len(lines) and (
        not leads_in(lines[end].passage.text) if is_alike else _first(lines[end]) != _first(lead)
    ):
        end += 1
    return end


def _joined_end(lines: Sequence[Block], k: int, lead: Block) -> int | None:
    """The line behind "a, and" and "b", where "c; or" stands there, or where the lead-in counts as many.

    None where joints tell no end.
    """
    joints = [joint(line.passage.text) for line in lines[k:]]
    if (number := _counted(lead.passage.text)) and joints[number - 2 : number] == ["all", None]:
        return k + number
    last = next((nth + 1 for nth, said in enumerate(joints) if said == "all" and joints[nth + 1:][:1] == [None]), None)
    if last is None or "any" in joints[:last] or "any" not in joints[last + 1:]:
        return None
    return k + last + 1


def _counted(lead: str) -> int | None:
    """How many items a lead-in says that it leads in ("who meet the following 3 criteria:")."""
    match = _COUNTED.search(lead)
    return _NUMBERS.get(match.group(1).lower()) if match else None


def _closed_alike(items: list[Block]) -> tuple[list[Block], list[Block]]:
    """Lists side by side that end with the same item: what stands behind it in the last one stands beside them all."""
    *before, last = items
    closing = {item.children[-1].passage.text for item in before if item.children}
    texts = [child.passage.text for child in last.children]
    if len(closing) != 1 or not closing.issubset(texts):
        return items, []
    cut = texts.index(closing.pop()) + 1
    return [*before, replace(last, children=last.children[:cut])], list(last.children[cut:])


def _first(block: Block) -> str:
    return block.passage.text.split(" ", 1)[0].casefold()
