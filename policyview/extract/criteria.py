"""Criteria trees: items as conditions, each of its kind, with those below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyview.anchor import anchor_of
from policyview.extract.footnotes import is_footnote
from policyview.extract.logic import JOINT, is_connector, list_logic
from policyview.lexicon import Lexicon
from policyview.model import Block, Criterion, CriterionKind, Document, Passage

_TAIL = re.compile(r"[;,.\s]+$")
_FOOTNOTE = re.compile(r"(?<=[\w)])[*†‡]+(?=[\s,;:.]|$)")
_KINDS: tuple[tuple[str, CriterionKind], ...] = (
    ("prescriber", "prescriber"), ("documentation", "documentation"),
    ("not-had", "exclusion"), ("step", "step"), ("exclusion", "exclusion"),
)
"""The entries that tell a kind, the first that is found decides: "has not tried it" is no step."""


def without_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that have words of their own, without the rows of tables that stand among them."""
    return [block for block in blocks if block.passage and block.kind != "row"]


def without_joint(passage: Passage) -> Passage:
    """An item's words without the "; and" that ties it to the next."""
    text = passage.text
    if match := JOINT.search(text):
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
        return next((kind for name, kind in _KINDS if statements[name].regex.search(text[:160])), "other")

    def build(self, items: Sequence[Block], prefix: str) -> tuple[Criterion, ...]:
        """The criteria of a list, its connectors left out; ids are ``prefix.1``, ``prefix.1.2`` …"""
        out: list[Criterion] = []
        if self._only_informs(items):
            return ()
        blocks = [b for b in without_rows(items) if not is_connector(b, self.lexicon) and self._is_condition(b)]
        if any(b.label for b in blocks):  # what has no label among labelled items goes on or comments on one
            blocks = [b for b in blocks if b.label]
        for number, block in enumerate(blocks, 1):
            own, _ = without_asides(block.passage, self.lexicon)
            passage = without_joint(own)
            if not passage:
                continue
            name = f"{prefix}.{number}"
            is_of_products = self.lexicon["statements"]["product-list"].regex.match(passage.text)
            children = () if is_of_products else self.build(block.children, name)
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

    def _only_informs(self, items: Sequence[Block]) -> bool:
        """Whether the words over a list say that it explains ("Differential diagnoses are:"), not what must hold."""
        first = next(iter(without_rows(items)), None)
        if first is None or first.label:
            return False
        return bool(self.lexicon["statements"]["informing-lead"].regex.search(first.passage.text.rstrip()))

    def _is_condition(self, block: Block) -> bool:
        """Exceptions to the others, notes and approval periods between items are no conditions."""
        text = block.passage.text
        statements = self.lexicon["statements"]
        if statements["exception-item"].regex.match(text):
            return False
        if block.label:
            return not is_footnote(block)
        if text.startswith(("*", "†", "‡", "Note", "NOTE")):
            return False
        return not statements["approval-period"].regex.match(text)
