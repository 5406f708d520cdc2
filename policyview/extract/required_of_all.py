"""What must hold for all the uses below, read as a use because a payer states it under the words that cover them.

"Coverage is provided in the following conditions: / Patient must use a listed clinic / • … / Gout / • … / Asthma …":
the first names no use; the uses below inherit it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from policyview.extract.collector import Collector
from policyview.extract.conditions import names_condition
from policyview.extract.groups import groups_of
from policyview.model import Block, Determination, Indication, Part

FEWEST = 2  # uses below whose headings name conditions
_SIGN = "•"


def share_requirements(parts: Sequence[Part], collector: Collector) -> None:
    """Takes such uses back and gives their criteria to those below them, where headings there name conditions."""
    for one in tuple(collector.found.indications):
        depth = _depth(one, collector)
        part = next((part for part in parts if _holds(part, one)), None)
        if depth is None or part is None or part.section is None:
            continue
        uses = [use for use in collector.found.indications if _is_below(use, one, depth, collector)]
        if sum(names_condition(use.section, collector.lexicon) for use in uses) < FEWEST:
            continue
        below = frozenset(use.id for use in uses)
        for block in _required(one, part, depth, collector):
            collector.share(block, partial(_is_one_of, ids=below))
        collector.remove(one.id)


def _depth(one: Indication, collector: Collector) -> int | None:
    """How many of its headings the uses must share that inherit it; None where it is a use of its own."""
    statements = collector.lexicon["statements"]
    if one.determination is not Determination.MEDICALLY_NECESSARY or not one.criteria:
        return None
    if names_condition(one.text, collector.lexicon):
        return None
    if statements["patient-clause"].regex.match(one.anchor.quote):
        return len(one.context)
    return len(one.context) - 1 if statements["members-heading"].regex.fullmatch(one.section.strip(" :")) else None


def _is_below(use: Indication, one: Indication, depth: int, collector: Collector) -> bool:
    is_deeper = len(use.context) > depth and use.context[:depth] == one.context[:depth] and use.section != one.section
    is_apart = collector.lexicon["statements"]["members-heading"].regex.fullmatch(use.section.strip(" :"))
    return is_deeper and use.anchor.start > one.anchor.start and not is_apart


def _is_one_of(use: Indication, ids: frozenset[str]) -> bool:
    return use.id in ids


def _holds(part: Part, one: Indication) -> bool:
    at = one.criteria[0].anchor.start if one.criteria else -1
    return any(block.passage and block.passage.start == at for block in part.iter_blocks())


def _required(one: Indication, part: Part, depth: int, collector: Collector) -> list[Block]:
    """What is asked, block by block; under a heading that says of whose members it is asked, all as one."""
    groups = groups_of(part.blocks, collector.lexicon)
    items = [block for group in groups for block in group.items]
    leads = [group.lead for group in groups if group.lead and group.lead.passage.start == one.anchor.start]
    if depth == len(one.context) or part.section is None:
        return [*(Block("item", lead.passage, label=_SIGN, page=lead.page) for lead in leads), *items]
    heading = collector.naming.heading(collector.document, part.section)
    return [Block("item", heading, label=_SIGN, children=tuple(items))]
