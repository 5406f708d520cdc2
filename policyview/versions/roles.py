"""What a unit is part of, where its section does not say so: a book, a list of what must hold, a rule among others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from policyview.lexicon import Lexicon
from policyview.model import Role, Unit
from policyview.versions.units import leads

_KEPT = frozenset({Role.REFERENCES, Role.HISTORY, Role.DISCLAIMER})
_TOLD = frozenset({Role.DESCRIPTION, Role.BACKGROUND, Role.TREATMENT})
_FEWEST = 5  # items of a section from which rules were read
_SHARE = 0.3  # of its items
_RULES = ("criterion", "indication")


def with_roles(units: Sequence[Unit], lexicon: Lexicon) -> tuple[Unit, ...]:
    """The units; with another role those that are a book's title, that a lead-in asks for, or that bind."""
    books, binds, grants = (lexicon["versions"][name].regex for name in ("bibliography", "binding", "granting"))
    asked = _asked(units, lexicon)
    granted = _with_all_below(units, [bool(grants.search(unit.text)) for unit in units])
    listing = _listing(units)
    rules = {unit.section for unit in units if unit.fact in _RULES} - {-1}
    first = next((at for at, unit in enumerate(units) if unit.fact in _RULES), len(units))
    found = []
    for at, unit in enumerate(units):
        if unit.headings:
            is_rule = unit.section in rules or asked[at] or bool(binds.search(unit.text))
        else:
            is_rule = at > first  # a document may have no headings; its letterhead ends where rules begin
        if unit.role not in _KEPT and any(map(str.isdigit, unit.label)) and books.match(unit.text):
            unit = replace(unit, role=Role.REFERENCES, fact=None)
        elif (
            (unit.role is Role.DEFINITIONS and asked[at])
            or (unit.role in _TOLD and (granted[at] or _is_listed(unit, listing)))
            or (unit.role is Role.OTHER and is_rule and _may_rule(unit))
        ):
            unit = replace(unit, role=Role.CRITERIA)
        found.append(unit)
    return tuple(found)


def _is_listed(unit: Unit, listing: frozenset[int]) -> bool:
    return unit.kind == "item" and unit.parent >= 0 and unit.section in listing


def _listing(units: Sequence[Unit]) -> frozenset[int]:
    """The sections, whatever they are called, whose lists say what is covered: rules were read from many items."""
    items = [unit for unit in units if unit.kind == "item" and unit.parent >= 0 and unit.section >= 0]
    every, ruling = Counter(unit.section for unit in items), Counter(
        unit.section for unit in items if unit.fact in _RULES
    )
    return frozenset(at for at, count in ruling.items() if count >= _FEWEST and count >= _SHARE * every[at])


def _may_rule(unit: Unit) -> bool:
    return unit.fact != "metadata" and unit.kind != "furniture"


def _asked(units: Sequence[Unit], lexicon: Lexicon) -> list[bool]:
    """For each unit whether it is, or stands under, a lead-in that says what must hold."""
    asks = lexicon["versions"]["asking"].regex
    return _with_all_below(units, [leads(unit) and bool(asks.search(unit.text)) for unit in units])


def _with_all_below(units: Sequence[Unit], chosen: Sequence[bool]) -> list[bool]:
    """For each unit whether it is chosen, or stands under one that is."""
    found: list[bool] = []
    for unit, is_chosen in zip(units, chosen, strict=True):
        found.append(is_chosen or (unit.parent >= 0 and found[unit.parent]))
    return found
