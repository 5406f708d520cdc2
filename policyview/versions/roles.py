"""What a unit is part of, where its section does not say so: a book, a list of what must hold, a rule among others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyview.lexicon import Lexicon
from policyview.model import Role, Unit
from policyview.versions.units import leads

_KEPT = frozenset({Role.REFERENCES, Role.HISTORY, Role.DISCLAIMER})


def with_roles(units: Sequence[Unit], lexicon: Lexicon) -> tuple[Unit, ...]:
    """The units; with another role those that are a book's title, that a lead-in asks for, or that bind."""
    books, asks, binds = (lexicon["versions"][name].regex for name in ("bibliography", "asking", "binding"))
    rules = {unit.section for unit in units if unit.fact in ("criterion", "indication")} - {-1}
    first = next((at for at, unit in enumerate(units) if unit.fact in ("criterion", "indication")), len(units))
    is_asked = [False] * len(units)
    found = []
    for at, unit in enumerate(units):
        is_asked[at] = (leads(unit) and bool(asks.search(unit.text))) or (unit.parent >= 0 and is_asked[unit.parent])
        if unit.role not in _KEPT and any(map(str.isdigit, unit.label)) and books.match(unit.text):
            unit = replace(unit, role=Role.REFERENCES, fact=None)
        elif (unit.role is Role.DEFINITIONS and is_asked[at]) or (unit.role is Role.OTHER and unit.fact != "metadata" and unit.kind != "furniture" and (
            unit.section in rules or is_asked[at] or binds.search(unit.text)
            if unit.headings else at > first  # a document may have no headings; its letterhead ends where rules begin
        )):
            unit = replace(unit, role=Role.CRITERIA)
        found.append(unit)
    return tuple(found)
