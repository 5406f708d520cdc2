"""Criteria as an outline to be written on: a line a criterion, indented below what it belongs to, logic in brackets.

What a person writes is kept as text. Each line is held against the criteria that were read, then against the words of
the document; what stands in neither are the person's own words, and said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from policyview.anchor import anchor_at
from policyview.model import Anchor, Criterion, Document, Indication, Logic

INDENT = 4
"""Blanks by which a line stands below the one it belongs to; any further ones do, too."""
_TAG = re.compile(
    r"\s*\[\s*(?:(?P<logic>all|any|none)|(?:at\s+least\s+)?(?P<n>\d{1,2}))(?:\s+of(?:\s+these)?)?\s*\]\s*$",
    re.IGNORECASE,
)
_DEEPEST = 20  # levels; what stands deeper stands on this one
_BULLET = re.compile(r"^[-•*·]\s+")
_LOGIC: dict[str, Logic] = {"all": "all", "any": "any", "none": "none"}


@dataclass(frozen=True)
class Item:
    """A line, counted from 1, and those below it."""

    line: int = field(compare=False)
    text: str
    logic: Logic | None = None
    n: int | None = None
    children: tuple[Item, ...] = ()

    def leaves(self) -> Iterator[Item]:
        """This line and all below it."""
        yield self
        for child in self.children:
            yield from child.leaves()


def logic_words(logic: Logic | None, n: int | None = None) -> str:
    """How many of the criteria below must hold, in words; empty where the source does not say."""
    if logic == "at_least":
        return f"at least {n or 1} of these"
    return {"all": "all of these", "any": "any of these", "none": "none of these"}.get(logic or "", "")


def text_of(indication: Indication) -> str:
    """The criteria of a use, without those that it shares with others."""
    words = logic_words(indication.logic, indication.n)
    top = [f"[{words}]"] if words and indication.criteria else []
    return "\n".join((*top, *_lines(indication.criteria, 0)))


def _lines(criteria: Iterable[Criterion], depth: int) -> Iterator[str]:
    for each in criteria:
        words = logic_words(each.logic, each.n) if each.children else ""
        yield " " * INDENT * depth + _flat(each.text) + (f" [{words}]" if words else "")
        yield from _lines(each.children, depth + 1)


def bare(line: str) -> str:
    """A line without what its end says of how many must hold."""
    return _TAG.sub("", line)


def parse(text: str) -> Item:
    """What an outline says, below an item that stands for the use itself."""
    read = [_read(number, line) for number, line in enumerate(text.expandtabs(INDENT).splitlines(), 1) if line.strip()]
    top = Item(0, "")
    if read and not read[0][1].text:
        top = replace(read[0][1], line=0)
        read = read[1:]
    return replace(top, children=_nested(read))


def _read(number: int, line: str) -> tuple[int, Item]:
    depth, words = len(line) - len(line.lstrip()), _BULLET.sub("", line.strip())
    tag = _TAG.search(words)
    if tag is None:
        return depth, Item(number, _flat(words))
    logic = _LOGIC.get((tag["logic"] or "").lower(), "at_least")
    return depth, Item(number, _flat(words[:tag.start()]), logic, int(tag["n"]) if tag["n"] else None)


def _nested(lines: Sequence[tuple[int, Item]], level: int = 0) -> tuple[Item, ...]:
    found, at = [], 0
    while at < len(lines):
        depth, item = lines[at]
        below = (n for n in range(at + 1, len(lines)) if lines[n][0] <= depth or level == _DEEPEST)
        end = next(below, len(lines))
        children = _nested(lines[at + 1:end], level + 1)
        logic, n = (item.logic, item.n) if children else (None, None)
        found.append(replace(item, logic=logic, n=n, children=children))
        at = end
    return tuple(found)


def with_outline(now: Indication, read: Indication, text: str, document: Document, name: str) -> Indication:
    """The use with the criteria that a person wrote; ``read`` is it as it was read, ``name`` begins new ids."""
    top = parse(text)
    build = _Builder(read, document, name)
    criteria = tuple(build.criterion(item) for item in top.children)
    return replace(now, logic=top.logic, n=top.n, criteria=criteria)


def place_of(words: str, start: int, document: Document) -> Anchor | None:
    """Where words stand in a document, however its lines break: at or after ``start`` if they do, else before it."""
    parts = words.split()
    if not parts:
        return None
    pattern, text = re.compile(r"\s+".join(map(re.escape, parts))), document.text
    for at in (start, 0):
        for found in pattern.finditer(text, at):
            if _is_whole(text, *found.span()):
                return anchor_at(document, *found.span())
    return None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word or number is cut."""
    edges = (text[max(0, start - 1):start + 1], text[end - 1:end + 1])
    return not any(len(edge) == 2 and edge.isalnum() for edge in edges)


class _Builder:
    """Makes criteria of lines; each criterion that was read serves once."""

    def __init__(self, read: Indication, document: Document, name: str) -> None:
        self._read, self._document, self._name = read, document, name
        self._known: dict[str, list[Criterion]] = {}
        for top in read.criteria:
            for each in top.leaves():
                self._known.setdefault(_folded(each.text), []).append(each)

    def criterion(self, item: Item) -> Criterion:
        known = self._known.get(_folded(item.text))
        each = known.pop(0) if known else None
        children = tuple(self.criterion(child) for child in item.children)
        if each is None:
            return self._new(item, children)
        is_same = not (each.children or children) or (each.logic, each.n) == (item.logic, item.n)
        logic, n = (each.logic, each.n) if is_same else (item.logic, item.n)
        return replace(each, logic=logic, n=n, children=children, origin="extracted" if is_same else "corrected")

    def _new(self, item: Item, children: tuple[Criterion, ...]) -> Criterion:
        place = place_of(item.text, self._read.anchor.start, self._document)
        return Criterion(
            f"{self._name}.{item.line}", item.text, place or self._read.anchor, logic=item.logic, n=item.n,
            children=children, origin="corrected" if place else "added",
        )  # fmt: skip


def _flat(text: str) -> str:
    return " ".join(text.split())


def _folded(text: str) -> str:
    return _flat(text).casefold().rstrip(" .;,:")
