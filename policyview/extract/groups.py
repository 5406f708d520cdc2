"""Paragraphs with the lists they lead in, lists joined by "AND one of the following:" as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from policyview.extract.announced import FIRST, with_restarted
from policyview.extract.cues import find_cues
from policyview.extract.grids import GridRow
from policyview.extract.logic import is_connector, is_joined, printed_logic
from policyview.extract.named_uses import label_style
from policyview.lexicon import Lexicon
from policyview.model import Block, join


@dataclass(frozen=True)
class Group:
    """A paragraph with the list that follows it; either may be missing. Or a table of uses by itself.

    ``closing`` is a line behind the list that says what must hold of all of it.
    """

    lead: Block | None
    items: tuple[Block, ...]
    rows: tuple[GridRow, ...] = ()
    closing: Block | None = None


def list_start(group: Group) -> int:
    """Where the list of a group begins in the document."""
    return next((block.passage.offsets[0] for block in group.items if block.passage), -1)


def groups_of(
    blocks: Sequence[Block], lexicon: Lexicon, grids: Mapping[int, Sequence[GridRow]] | None = None
) -> list[Group]:
    """The paragraphs of a part with their lists, and the tables of uses ``grids`` by number, in reading order."""
    out: list[Group] = []
    items: list[Block] = []
    lead: Block | None = None
    joins = lexicon["statements"]["joins-list"].regex

    def finish() -> None:
        nonlocal lead, items
        if all(is_connector(item, lexicon) for item in items):
            items = []  # a lone "AND" whose lists were lost
        if lead is not None or items:
            out.append(Group(lead, with_restarted(items, lexicon)))
        lead, items = None, []

    blocks = _with_lists_resumed(blocks, lexicon)
    for block, after in zip_longest(blocks, blocks[1:]):
        if block.kind == "row":
            if grids and block.table in grids and not (out and out[-1].rows == tuple(grids[block.table])):
                finish()
                out.append(Group(None, (), tuple(grids[block.table])))
        elif block.kind == "item" or is_connector(block, lexicon):
            if items and not (lead and joins.fullmatch(lead.passage.text)) and _begins_anew(block, items, lexicon):
                finish()
            items.append(block)
            if apart := _statements_below(block, lexicon):
                items[-1] = replace(block, children=())
                finish()
                items += apart
        elif items and _runs_on(block, items, after):
            items[-1] = replace(items[-1], passage=join([items[-1].passage, block.passage]))
        elif items and _is_amid(block, items, after, lexicon):
            items[-1] = _with_note(items[-1], block)
        elif items and _is_alternative(block, items, lexicon):
            items.append(replace(block, kind="item", label="•"))
        else:
            finish()
            lead = block
    finish()
    return _joined(out, lexicon)


def _begins_anew(block: Block, items: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether an item carries on a list further out, or is a statement of its own behind bullets ("A. Warming of toes
    is covered when: …")."""
    own = label_style(block)
    if own.isalnum() and block.label.strip("().") not in FIRST and all(label_style(item) != own for item in items):
        return True
    if own == "1" and bool(block.children) and block.passage.text.rstrip().endswith(":"):
        before = [int(item.label.strip("().")) for item in items if label_style(item) == own and _is_count(item)]
        if before and _is_count(block) and 1 < int(block.label.strip("().")) <= before[-1]:
            return True  # "2. Renewal must include:" behind "4. …" goes on with a list that was printed before
    is_first = block.label.strip("().") in FIRST and bool(block.children)
    behind_bullets = all(not any(map(str.isalnum, item.label)) for item in items if item.kind == "item")
    return is_first and behind_bullets and bool(find_cues(block.passage, lexicon))


def _is_count(block: Block) -> bool:
    return block.label.strip("().").isdecimal()


def _statements_below(block: Block, lexicon: Lexicon) -> list[Block]:
    """The bullets behind the last number of a list that each state something of their own: no criteria of it."""
    below = [child for child in block.children if child.passage]
    is_numbered = any(map(str.isalnum, block.label)) and not block.passage.text.rstrip().endswith(":")
    if not is_numbered or find_cues(block.passage, lexicon) or len(below) < len(block.children):
        return []
    cues = [find_cues(child.passage, lexicon) for child in below]
    states = [bool(found and found[0].start) for found in cues]
    return below if len(below) > 1 and states[0] and 2 * sum(states) > len(states) else []


def _is_amid(block: Block, items: Sequence[Block], after: Block | None, lexicon: Lexicon) -> bool:
    """Whether a paragraph is a note behind which the list before it goes on."""
    if after is None or after.kind != "item" or not after.label or after.label.strip("().") in FIRST:
        return False
    is_note = lexicon["statements"]["note"].regex.match(block.passage.text)
    if not is_note or block.passage.text.rstrip().endswith(":") or find_cues(block.passage, lexicon):
        return False
    return label_style(after) == label_style(items[0])


def _runs_on(block: Block, items: Sequence[Block], after: Block | None) -> bool:
    """Whether a paragraph is the rest of the item before it, which a line end cut off: behind it the list counts on."""
    text, last = block.passage.text, items[-1]
    if after is None or after.kind != "item" or not after.label or after.label.strip("().") in FIRST or last.children:
        return False
    is_cut = not (last.passage.text.rstrip().endswith((".", ":", ";")) or text.endswith(":") or text[:1].isupper())
    return is_cut and any(map(str.isalnum, after.label)) and label_style(after) == label_style(last)


def _is_alternative(block: Block, items: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether a paragraph is what a line "OR" or "AND" joins to the items before it, its own mark lost in print."""
    is_joined = len(items) > 1 and is_connector(items[-1], lexicon) and bool(items[-2].label)
    return is_joined and not block.passage.text.rstrip().endswith(":") and not find_cues(block.passage, lexicon)


def _with_lists_resumed(blocks: Sequence[Block], lexicon: Lexicon) -> list[Block]:
    """The blocks; where a remark stands between an item that awaits its list and the list, it stands behind them."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        end = _end_of_resumed(blocks, k, lexicon)
        out += [_with_below(blocks[k], blocks[k + 2 : end]), blocks[k + 1]] if end else [blocks[k]]
        k = end or k + 1
    return out


def _end_of_resumed(blocks: Sequence[Block], k: int, lexicon: Lexicon) -> int:
    """Behind the list that item k awaits and that a remark parts from it; 0 where there is none."""
    before, *after = blocks[k : k + 3]
    if before.kind != "item" or [block.kind for block in after] != ["paragraph", "item"]:
        return 0
    if not _awaits(before) or not _is_remark(after[0], lexicon):
        return 0
    style, end = label_style(after[1]), k + 2
    while end < len(blocks) and blocks[end].kind == "item" and label_style(blocks[end]) == style:
        end += 1
    return end if style != label_style(before) else 0


def _awaits(item: Block) -> bool:
    """Whether the last of the items that stand in one another leads in a list that is not there."""
    return _awaits(item.children[-1]) if item.children else item.kind == "item" and item.passage.text.endswith(":")


def _is_remark(block: Block, lexicon: Lexicon) -> bool:
    """Whether a paragraph states something complete, and leads nothing in."""
    return bool(find_cues(block.passage, lexicon)) and not lexicon["statements"]["points-on"].regex.search(
        block.passage.text.rstrip()
    )


def _with_below(item: Block, below: Sequence[Block]) -> Block:
    if not item.children:
        return replace(item, children=tuple(below))
    return replace(item, children=(*item.children[:-1], _with_below(item.children[-1], below)))


def _with_note(item: Block, note: Block) -> Block:
    """An item with a note below the last of those it holds."""
    if not item.children or item.children[-1].kind != "item":
        return replace(item, children=(*item.children, note))
    return replace(item, children=(*item.children[:-1], _with_note(item.children[-1], note)))


def _joined(groups: Sequence[Group], lexicon: Lexicon) -> list[Group]:
    """Lists that a line such as "AND one of the following:" joins to the one before, as one list."""
    joins = lexicon["statements"]["joins-list"].regex
    out: list[Group] = []
    for group in groups:
        before = out[-1] if out else None
        if not (before and before.items and group.lead and group.items and joins.fullmatch(group.lead.passage.text)):
            out.append(group)
            continue
        outer = label_style(before.items[0])
        like_outer = (k for k, block in enumerate(group.items) if k and block.label and label_style(block) == outer)
        goes_on = next(like_outer, None) if label_style(group.items[0]) != outer else None  # the outer list goes on
        node = replace(group.lead, kind="item", label=before.items[0].label or "•", children=group.items[:goes_on])
        more = group.items[goes_on:] if goes_on else ()
        out[-1] = replace(before, items=(*_as_one(before, lexicon), node, *more))
    return out


def _as_one(group: Group, lexicon: Lexicon) -> tuple[Block, ...]:
    """A list of alternatives as one item, before another is joined to it; other lists as they are."""
    if group.lead is None or is_joined(group.items) or printed_logic(group.lead.passage.text, lexicon)[0] != "any":
        return group.items
    how_many = lexicon["statements"]["how-many"].regex.search(group.lead.passage.text)
    words = group.lead.passage.part(how_many.start()) if how_many else None
    if not words:
        return group.items
    return (Block("item", words, label=group.items[0].label or "•", children=group.items, page=group.lead.page),)
