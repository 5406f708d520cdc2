"""What a unit is part of, where the section it stands in does not say so: a book, or a list of what must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyview.lexicon import Lexicon
from policyview.model import Role, Unit
from policyview.versions.units import leads

_KEPT = frozenset({Role.REFERENCES, Role.HISTORY, Role.DISCLAIMER})


def with_roles(units: Sequence[Unit], lexicon: Lexicon) -> tuple[Unit, ...]:
    """The units, those with another role that are a book's title or that a lead-in asks for."""
    books, asks, binds = (lexicon["versions"][name].regex for name in ("bibliography", "asking", "binding"))
    is_asked = [False] * len(units)
    found = []
    for at, unit in enumerate(units):
        is_asked[at] = (leads(unit) and bool(asks.search(unit.text))) or (unit.parent >= 0 and is_asked[unit.parent])
        if unit.role not in _KEPT and any(map(str.isdigit, unit.label)) and books.match(unit.text):
            unit = replace(unit, role=Role.REFERENCES, fact=None)
        elif unit.role is Role.OTHER and unit.headings and (is_asked[at] or binds.search(unit.text)):
            unit = replace(unit, role=Role.CRITERIA)
        found.append(unit)
    return tuple(found)
