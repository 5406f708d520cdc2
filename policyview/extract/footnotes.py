"""Footnotes: lines that begin with a mark, and the uses whose words carry it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile, zip_longest

from policyview.anchor import anchor_of
from policyview.lexicon import Lexicon
from policyview.model import Block, Criterion, Document, Indication, Note, Part, Passage, Role, join

MARKS = re.compile(r"\*+|[†‡§¹²³]+")
_MARKED = re.compile(r"\s*(?P<mark>\*+|[†‡§¹²³]+)|(?P<letter>[a-e])\s+(?=[A-Z])")
_CARRIED = re.compile(r"(?<=[\w).,;%®™\]])(?:\*+|[†‡§¹²³]+)(?!\w)")
_HEADED = re.compile(r"(?:criteria|indications|requirements|policy|statements?)(?P<letter>[a-e])\W*$", re.IGNORECASE)
_FIRST = frozenset({"1", "a", "A", "i", "I"})
_MARKDOWN = "text/markdown"  # there a star is emphasis
_READ = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.PRIOR_AUTHORIZATION, Role.OTHER})


def with_stars_apart(blocks: Sequence[Block], lexicon: Lexicon) -> list[Block]:
    """The blocks, a lone starred line as a paragraph where it is no list but a footnote: below a finished sentence,
    or below an item where words of the text carry its mark; a list that explains a mark is one with its footnote."""
    statements = lexicon["statements"]
    whole = _with_their_lists(blocks, statements["footnote-lists"].regex)
    return _apart(whole, statements["points-on"].regex, None, frozenset(_marks(blocks)))


def _with_their_lists(blocks: Sequence[Block], lists: re.Pattern[str]) -> list[Block]:
    """The blocks, what a footnote lists ("*Signs of frost include: …") among its words, as no criterion is there."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block, at = blocks[at], at + 1
        is_lead = block.kind == "paragraph" and is_footnote(block) and lists.search(block.passage.text)
        listed = _list_from(blocks[at:]) if is_lead else []
        at += len(listed)
        if listed:
            block = replace(block, passage=_one_passage(block, listed))
        elif block.children:
            block = replace(block, children=tuple(_with_their_lists(block.children, lists)))
        out.append(block)
    return out


def _list_from(blocks: Sequence[Block]) -> list[Block]:
    """The list that begins the blocks, if one does: not one that goes on, and no further than its kind of labels."""
    first = blocks[0] if blocks else None
    if first is None or first.kind != "item" or (_is_counted(first) and first.label.strip("().") not in _FIRST):
        return []
    alike = takewhile(lambda block: block.kind == "item" and _is_counted(block) == _is_counted(first), blocks)
    return list(alike)


def _is_counted(block: Block) -> bool:
    return any(map(str.isalnum, block.label)) and block.label != "o"


def _one_passage(lead: Block, listed: Sequence[Block]) -> Passage:
    """A footnote's words with those of its list; where a new page begins, furniture may stand between."""
    whole, page = lead.passage, lead.page
    for number, block in enumerate(b for b in _within(listed) if b.passage):
        joined = join([whole, block.passage], "; " if number else " ")
        turns = frozenset({len(whole)}) if block.page != page else frozenset[int]()
        whole, page = replace(joined, breaks=joined.breaks | turns), block.page
    return whole


def _apart(
    blocks: Sequence[Block], points_on: re.Pattern[str], parent: Block | None, used: frozenset[str]
) -> list[Block]:
    out: list[Block] = []
    for block, after in zip_longest(blocks, blocks[1:]):
        before = out[-1] if out else parent
        goes_on = after is not None and after.kind == "item" and after.label == block.label
        if block.kind == "item" and MARKS.fullmatch(block.label) and not block.children and before and not goes_on:
            block = replace(block, kind="paragraph") if _is_apart(before, block, points_on, used) else block
        elif block.children:
            block = replace(block, children=tuple(_apart(block.children, points_on, block, used)))
        out.append(block)
    return out


def _is_apart(before: Block, starred: Block, points_on: re.Pattern[str], used: frozenset[str]) -> bool:
    """Whether what stands before a starred line leads in no list, and is not one of its items."""
    if before.kind == "row" or (before.kind == "item" and before.label == starred.label):
        return False
    text = before.passage.text.rstrip()
    if points_on.search(text):
        return False
    return starred.label in used or (before.kind == "paragraph" and text.endswith((".", "!", '"', "”")))


def _marks(blocks: Sequence[Block]) -> Iterator[str]:
    """The marks that words of the blocks carry."""
    for block in _within(blocks):
        if block.passage:
            yield from (match.group() for match in _CARRIED.finditer(block.passage.text))


def is_footnote(block: Block) -> bool:
    """Whether a paragraph begins with a mark other than a word ("Note")."""
    return block.kind == "paragraph" and bool(MARKS.fullmatch(block.label) or MARKS.match(block.passage.text.lstrip()))


@dataclass(frozen=True)
class _Footnote:
    mark: str
    passage: Passage

    @property
    def start(self) -> int:
        return self.passage.offsets[0]


def with_footnotes(
    found: Sequence[Indication], document: Document, parts: Sequence[Part], lexicon: Lexicon
) -> list[Indication]:
    """The indications with each footnote at those that carry its mark, as a note or, where it exempts, an exception.

    A mark that is used again and again is that of the next footnote that explains it.
    """
    out = {use.id: use for use in found}
    if document.media_type == _MARKDOWN:
        return list(found)
    exempts = lexicon["statements"]["footnote-exempts"].regex
    explained: dict[str, int] = {}  # where the footnote before, of the same mark, stands
    read = ((part, note) for part in parts if part.role in _READ for note in _footnotes(part, lexicon))
    for part, footnote in read:
        since = explained.get(footnote.mark, 0)
        explained[footnote.mark] = footnote.start
        top = part.path[0].heading if part.path else ""
        bearers = [u.id for u in found if top in (u.context[:1] or ("",)) and _bears(u, footnote, since)]
        if not bearers:
            continue
        note = Note(footnote.passage.text, anchor_of(document, footnote.passage))
        for name, use in out.items():
            kept = tuple(n for n in use.notes if n.anchor.start != note.anchor.start)
            if name not in bearers:
                out[name] = replace(use, notes=kept)
            elif exempts.search(note.text):
                out[name] = replace(use, notes=kept, exceptions=(*use.exceptions, note))
            elif len(kept) == len(use.notes):
                out[name] = replace(use, notes=(*kept, note))
        if footnote.mark.isalpha():
            out.update({name: _without_mark(out[name], footnote.mark) for name in bearers})
    return list(out.values())


def _footnotes(part: Part, lexicon: Lexicon) -> list[_Footnote]:
    """The footnotes of a part, those in its lists only where they were taken out of one."""
    found = []
    outer = with_stars_apart(part.blocks, lexicon)
    for block in _within(outer):
        if is_footnote(block) and MARKS.fullmatch(block.label):
            found.append(_Footnote(block.label, block.passage))
    for block in outer:
        if block.kind != "row" and block.passage and not block.label and (begun := _MARKED.match(block.passage.text)):
            found.append(_Footnote(begun["mark"] or begun["letter"], block.passage))
    return sorted(found, key=lambda footnote: footnote.start)


def _within(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _within(block.children)


def _glued(mark: str) -> re.Pattern[str]:
    """A mark behind a word; a letter only behind a bracket or a stop, where it is no part of a word."""
    if mark.isalpha():
        return re.compile(rf"(?<=[).,;%\]]){mark}(?=[\s;,.:]|$)")
    return re.compile(rf"(?<=[\w).,;%®™\]]){re.escape(mark)}(?![*†‡§¹²³\w])")


def _bears(use: Indication, footnote: _Footnote, since: int) -> bool:
    """Whether the words of a use, between two footnotes of one mark, carry it."""
    heading = next((m for text in reversed(use.context) if (m := _HEADED.search(text))), None)
    if footnote.mark.isalpha() and heading and heading["letter"].lower() == footnote.mark:
        return True
    glued = _glued(footnote.mark)
    criteria = _all((*use.criteria, *use.inherited))
    anchors = [a for a in (use.anchor, use.basis, *(criterion.anchor for criterion in criteria)) if a]
    return any(since <= a.start < footnote.start and glued.search(a.quote) for a in anchors)


def _all(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        yield from _all(criterion.children)


def _without_mark(use: Indication, mark: str) -> Indication:
    glued = _glued(mark)

    def plain(criterion: Criterion) -> Criterion:
        return replace(criterion, text=glued.sub("", criterion.text), children=tuple(map(plain, criterion.children)))

    return replace(use, criteria=tuple(map(plain, use.criteria)), inherited=tuple(map(plain, use.inherited)))
