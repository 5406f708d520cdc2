"""Cuts a document into units: headings, sentences, list items, table rows, each with what it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Literal

from policyview.anchor import unbroken
from policyview.model import POLICY_ROLES, Anchor, Block, Document, Facts, Part, Passage, Role, Structure, Unit
from policyview.wording.sentences import split_sentences

_LEADS = re.compile(r"(?::|\b(?:following|below|of these))\W*\Z", re.IGNORECASE)
_FACTS: tuple[Literal["indication", "criterion", "authorization", "code", "metadata"] | None, ...] = (
    None, "metadata", None, None, "code", "authorization", "criterion", "indication",
)  # fmt: skip
_ROLES = {2: Role.REFERENCES, 3: Role.HISTORY}  # of what stands in a section that is called otherwise
_LABEL = re.compile(r"(?P<label>\(?(?:\d{1,2}|[A-Za-z]|[IVXivx]{1,5})[.)]+)\s+(?=\S)")
_MAY_RULE = frozenset({Role.OTHER, Role.DEFINITIONS, Role.DESCRIPTION, Role.BACKGROUND, Role.TREATMENT})
RULES = POLICY_ROLES | {Role.PRIOR_AUTHORIZATION, Role.CODING}
"""The sections that decide coverage."""
_LONG_ROW = 300  # characters; the cells of such a row say several things
_LONG_ITEM = 600  # characters; so does such an item, and a reader looks for what changed in it


_REFERRED = re.compile(r"\b(?P<name>(?:appendix|attachment|exhibit|table|addendum) [A-Z\d]{1,3})\b", re.IGNORECASE)


def leads(unit: Unit) -> bool:
    """Whether a unit leads in a list."""
    return bool(_LEADS.search(unit.text))


def units_of(document: Document, structure: Structure, facts: Facts) -> tuple[Unit, ...]:
    """All units in reading order; page furniture once each, at the end."""
    cutter = _Cutter(len(document.text), facts)
    for part in structure.parts:
        cutter.add(part)
    _follow_references(cutter.found)
    furniture = [(each.text, each.passage) for each in structure.boilerplate if each.passage]
    return (*cutter.found, *(
        Unit("furniture", "", text, Role.OTHER, (), -1, -1, None, _spans(passage)) for text, passage in furniture
    ))


def _follow_references(units: list[Unit]) -> None:
    """What stands in an appendix or table to which a rule sends the reader ("see Appendix A") is a rule as well."""
    rules = (unit.text for unit in units if unit.role in RULES or unit.fact in ("criterion", "indication"))
    named = {match["name"].casefold() for text in rules for match in _REFERRED.finditer(text)}
    for at, unit in enumerate(units):
        heads = (_REFERRED.match(heading) for heading in (*unit.headings, unit.text if unit.kind == "heading" else ""))
        if unit.role in _MAY_RULE and any(match and match["name"].casefold() in named for match in heads):
            units[at] = replace(unit, role=Role.CRITERIA)


class _Cutter:
    """Walks the parts of a document."""

    def __init__(self, length: int, facts: Facts) -> None:
        self.found: list[Unit] = []
        self._facts = _marked(length, facts)
        self._part = Part(None, ())
        self._headings: tuple[str, ...] = ()
        self._section = -1

    def add(self, part: Part) -> None:
        """The units of a part: its heading, then its blocks."""
        self._part, self._headings = part, tuple(section.heading for section in part.path)
        if part.section:
            self._head(part.section.heading, part.section.anchor)
        self._section = len(self.found) - 1 if part.section else -1
        lead = -1
        for block in part.blocks:
            if block.kind == "paragraph":
                lead = self._sentences(block.passage, -1)
            else:
                self._block(block, lead)

    def _head(self, heading: str, anchor: Anchor) -> None:
        spans = tuple((place.start, place.end) for place in (anchor, *anchor.continues))
        labelled = _LABEL.match(heading)
        label, text = (labelled["label"], heading[labelled.end():]) if labelled else ("", heading)
        self.found.append(
            Unit("heading", label, text, self._part.role, self._headings[:-1], -1, -1, None, spans)
        )

    def _sentences(self, passage: Passage, parent: int) -> int:
        """Adds the sentences of a paragraph; the place of the last one where it leads in a list, else -1."""
        is_whole = self._part.role is Role.REFERENCES  # a book's place and year are no statements
        for sentence in ([passage] if is_whole else split_sentences(passage)) if passage else ():
            self._add("sentence", "", sentence, parent)
        return len(self.found) - 1 if passage and leads(self.found[-1]) else -1

    def _block(self, block: Block, parent: int) -> None:
        lead = here = parent
        if block.passage:
            lead = here = len(self.found)
            self._whole(block, parent)
        for child in block.children:
            if child.kind == "paragraph":
                found = self._sentences(child.passage, here)
                lead = found if found >= 0 else lead
            else:
                self._block(child, lead)

    def _whole(self, block: Block, parent: int) -> None:
        """A list item, or a row: what the long cells of a row or a long item say stands under the first of it."""
        kind: Literal["row", "item"] = "row" if block.kind == "row" else "item"
        is_long = len(block.passage) >= (_LONG_ROW if kind == "row" else _LONG_ITEM)
        if not is_long or (kind == "row" and self._sort(_spans(block.passage))):
            self._add(kind, block.label, block.passage, parent)
            return
        first, *more = split_sentences(block.passage)
        self._add(kind, block.label, first, parent)
        here = len(self.found) - 1
        for sentence in more:
            self._add("row" if kind == "row" else "sentence", "", sentence, here)

    def _sort(self, spans: Sequence[tuple[int, int]]) -> int:
        return max(max(self._facts[start:end], default=0) for start, end in spans)

    def _add(self, kind: Literal["sentence", "item", "row"], label: str, passage: Passage, parent: int) -> None:
        spans = _spans(passage)
        sort = self._sort(spans)
        role = _ROLES.get(sort, self._part.role)
        self.found.append(Unit(
            kind, label, passage.text, role, self._headings, parent, self._section, _FACTS[sort], spans
        ))


def _spans(passage: Passage) -> tuple[tuple[int, int], ...]:
    """The places of a passage, the longest first, as its anchor has them."""
    return tuple(sorted(unbroken(passage), key=lambda span: span[0] - span[1]))


def _marked(length: int, facts: Facts) -> bytearray:
    """For each character which sort of fact it is part of, by its place in ``_FACTS`` (2 and 3 are references and
    history entries); the later sort wins."""
    marks = bytearray(length)
    anchors: Iterator[tuple[int, Anchor]] = chain(
        ((1, anchor) for _, anchor in facts.policy.anchors),
        ((2, each.anchor) for each in facts.references),
        ((3, each.anchor) for each in facts.history),
        ((4, code.anchor) for code in facts.codes),
        ((4, rule.anchor) for rule in facts.code_rules),
        ((5, rule.anchor) for rule in facts.prior_authorization),
        ((6, anchor) for each in facts.indications for anchor in (
            *(limit.anchor for limit in each.limits), *(note.anchor for note in (*each.exceptions, *each.notes)),
            *(leaf.anchor for criterion in (*each.criteria, *each.inherited) for leaf in criterion.leaves()),
        )),
        ((7, clause.anchor) for clause in facts.catch_all),
        ((7, each.anchor) for each in facts.indications),
    )
    for sort, anchor in anchors:
        for place in (anchor, *anchor.continues):
            marks[place.start:place.end] = bytes([sort]) * (place.end - place.start)
    return marks
