"""Conditions that a document states once for all its uses, or by use in a list of its own: who may prescribe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from policyview.extract.collector import Collector
from policyview.extract.groups import Group, groups_of
from policyview.lexicon import Lexicon
from policyview.model import Block, Indication, Part, Role

_READ = frozenset({Role.POLICY, Role.CRITERIA, Role.OTHER, Role.PRIOR_AUTHORIZATION})
_BETWEEN = re.compile(r"\s*(?:,|;|/|\band\b|\bor\b)\s*", re.IGNORECASE)
_ASIDES = re.compile(r"\s*\([^()]*\)")
_SHORT_FORM = re.compile(r"\((\w{2,6})\)")
_WORD = re.compile(r"\w+")
_SHORTEST_NAME = 4  # letters
LEADING_WORDS = 2  # in which the name of a use and the words of a statement on it agree


def share_universal(parts: Sequence[Part], collector: Collector) -> None:
    """Gives what holds for all uses to each that is granted, what is said by use to the uses of that name."""
    statements = collector.lexicon["statements"]
    for part in parts:
        if part.role not in _READ:
            continue
        heading = part.section.heading.strip(" :") if part.section else ""
        is_of_prescribers = bool(statements["prescriber-heading"].regex.fullmatch(heading))
        for group in groups_of(part.blocks, collector.lexicon):
            if is_of_prescribers:
                _share_by_name(group, collector)
            for block in _universal(group, collector.lexicon):
                collector.share(block)


def _universal(group: Group, lexicon: Lexicon) -> Iterator[Block]:
    """The condition behind "For all indications:", with the list it leads in."""
    opening = lexicon["statements"]["universal-line"].regex
    lead = group.lead
    match = opening.match(lead.passage.text) if lead else None
    if lead and match:
        yield Block("item", lead.passage.part(match.end()), children=group.items, page=lead.page)
    for block in group.items:
        if block.passage and (match := opening.match(block.passage.text)):
            yield Block("item", block.passage.part(match.end()), children=block.children, page=block.page)


def _share_by_name(group: Group, collector: Collector) -> None:
    """ "Gout: rheumatologist": to the uses that are called so; a sentence that names none to all."""
    for block in (group.lead, *group.items) if group.lead else group.items:
        name, colon, who = block.passage.text.partition(":")
        if colon and who:
            pieces = _BETWEEN.split(_ASIDES.sub("", name).casefold())
            names = [piece for piece in pieces if len(piece) >= _SHORTEST_NAME]
            collector.share(block, partial(_is_called, names=names), "prescriber")
        elif not colon and block is group.lead and collector.builder.kind(name) == "prescriber":
            collector.share(replace(block, kind="item"))


def _is_called(use: Indication, names: Sequence[str]) -> bool:
    """Whether a use goes by one of the names: by its own words, or by its heading where they agree with that.

    They agree where they begin alike ("Toe wart flare": "for toe wart itching") or give the heading's short form.
    """
    text, heading = use.text.casefold(), use.section.casefold()
    if any(name in text for name in names):
        return True
    shorts = {short.casefold() for short in _SHORT_FORM.findall(use.section)}
    is_short = not shorts.isdisjoint(_WORD.findall(text))
    return any(name in heading and (is_short or _leading(name) in text) for name in names)


def _leading(name: str) -> str:
    return " ".join(name.split()[:LEADING_WORDS])
