"""Criteria trees: items as conditions, and how many of them must hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyview.anchor import anchor_of
from policyview.lexicon import Lexicon
from policyview.model import Block, Criterion, CriterionKind, Document, Logic, Passage

_JOINT = re.compile(r"[;,.]?\s*[-–—(]*\b(and|or)\b[-–—)]*[:;,.\s]*$", re.IGNORECASE)
_TAIL = re.compile(r"[;,.\s]+$")
_FOOTNOTE = re.compile(r"(?<=[\w)])[*†‡]+(?=[\s,;:.]|$)")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_AT_LEAST = re.compile(
    r"\b(?:at least |any |minimum of )?(two|three|four|five|six|[2-6])(?: \(\d\))?(?: or more)? of (?:the|these)",
    re.IGNORECASE,
)
_LEAD_TAIL = 170  # characters: the words that say how many of a list's items count stand close to the list


def without_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that have words of their own, without the rows of tables that stand among them."""
    return [block for block in blocks if block.passage and block.kind != "row"]


def is_connector(block: Block, lexicon: Lexicon) -> bool:
    """Whether a block is only an "AND" or "OR" between two items."""
    return not block.label and bool(lexicon["statements"]["connector"].regex.fullmatch(block.passage.text))


_JOINED = re.compile(r"[-–—*\s(]*(and|or|plus)\b(?=.*\bfollowing\b)", re.IGNORECASE)


def is_joined(items: Sequence[Block]) -> Logic | None:
    """The logic of a list to which a line such as "AND one of the following:" joined another; None for others."""
    joints = [match for block in items if block.children and (match := _JOINED.match(block.passage.text))]
    if not joints:
        return None
    return "any" if all(match.group(1).lower() == "or" for match in joints) else "all"


def printed_logic(text: str, lexicon: Lexicon) -> tuple[Logic | None, int | None]:
    """How many of the following must hold, by the words at the end of a lead-in ("any of the following:")."""
    tail = text[-_LEAD_TAIL:]
    statements = lexicon["statements"]
    if match := _AT_LEAST.search(tail):
        word = match.group(1).lower()
        return "at_least", _NUMBERS.get(word) or int(word)
    found: list[tuple[bool, int, Logic]] = []
    names: tuple[tuple[str, Logic], ...] = (("logic-none", "none"), ("logic-any", "any"), ("logic-all", "all"))
    for name, logic in names:
        for match in statements[name].regex.finditer(tail):
            found.append((match.group().lower().endswith(("following", "these", "below")), match.end(), logic))
    if found:
        return max(found)[2], None
    return ("all", None) if statements["logic-plain"].regex.search(tail) else (None, None)


def joint(text: str) -> Logic | None:
    """The logic that a trailing "; or" or "; and" of an item gives its list."""
    match = _JOINT.search(text)
    if not match or match.start() == 0:
        return None
    return "any" if match.group(1).lower() == "or" else "all"


def list_logic(lead: str, items: Sequence[Block], lexicon: Lexicon) -> tuple[Logic | None, int | None]:
    """The logic of a list: by its lead-in, else by the words between and after its items."""
    if joined := is_joined(items):
        return joined, None
    logic, n = printed_logic(lead, lexicon)
    if logic:
        return logic, n
    joints: list[Logic | None] = []
    for block in items:
        if is_connector(block, lexicon):
            joints.append("any" if re.search(r"\bor\b", block.passage.text, re.IGNORECASE) else "all")
        elif block is not items[-1]:
            joints.append(joint(block.passage.text))
    said = [j for j in joints if j]
    if said:
        return ("any" if said.count("any") > said.count("all") else "all"), None
    return None, None


def without_joint(passage: Passage) -> Passage:
    """An item's words without the "; and" that ties it to the next."""
    text = passage.text
    if match := _JOINT.search(text):
        passage = passage.part(0, match.start())
    tail = _TAIL.search(passage.text)
    return passage.part(0, tail.start()) if tail and tail.start() else passage


def without_asides(passage: Passage, lexicon: Lexicon) -> tuple[Passage, list[Passage]]:
    """A criterion's words, and the notes in brackets behind them ("[NOTE: …]"), in printed order."""
    asides: list[Passage] = []
    while (match := lexicon["statements"]["aside"].regex.search(passage.text)) and match.start():
        asides.insert(0, passage.part(match.start()))
        passage = passage.part(0, match.start())
    return passage, asides


class CriteriaBuilder:
    """Makes criteria of list items; ids count through an indication."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon

    def kind(self, text: str) -> CriterionKind:
        statements = self.lexicon["statements"]
        kinds: tuple[CriterionKind, ...] = ("prescriber", "documentation", "step", "exclusion")
        for kind in kinds:
            if statements[kind].regex.search(text[:160]):
                return kind
        return "other"

    def build(self, items: Sequence[Block], prefix: str) -> tuple[Criterion, ...]:
        """The criteria of a list, its connectors left out; ids are ``prefix.1``, ``prefix.1.2`` …"""
        out: list[Criterion] = []
        blocks = [b for b in without_rows(items) if not is_connector(b, self.lexicon) and self._is_condition(b)]
        if any(b.label for b in blocks):  # what has no label among labelled items goes on or comments on one
            blocks = [b for b in blocks if b.label]
        for number, block in enumerate(blocks, 1):
            own, _ = without_asides(block.passage, self.lexicon)
            passage = without_joint(own)
            if not passage:
                continue
            name = f"{prefix}.{number}"
            children = self.build(block.children, name)
            logic, n = list_logic(own.text, block.children, self.lexicon) if children else (None, None)
            out.append(
                Criterion(
                    name,
                    _FOOTNOTE.sub("", passage.text),
                    anchor_of(self.document, passage),
                    block.label.strip("().") if block.label[:1].isalnum() or block.label[:1] == "(" else "",
                    logic,
                    n,
                    self.kind(passage.text),
                    children,
                )
            )
        return tuple(out)

    def _is_condition(self, block: Block) -> bool:
        """Notes and approval periods between items are no conditions."""
        if block.label:
            return True
        text = block.passage.text
        statements = self.lexicon["statements"]
        if text.startswith(("*", "†", "‡", "Note", "NOTE")):
            return False
        return not statements["approval-period"].regex.match(text)
