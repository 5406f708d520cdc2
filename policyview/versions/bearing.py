"""What a unit is about, and what sort of change a difference of it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyview.model import POLICY_ROLES, Role, Unit
from policyview.versions.meaning import Difference
from policyview.versions.model import Bearing, ChangeKind
from policyview.versions.units import RULES

_EVIDENCE = frozenset({Role.BACKGROUND, Role.DESCRIPTION, Role.TREATMENT, Role.DEFINITIONS})
_DOTS = re.compile(r"\.{5,}|(?:\. ){4}")  # of a form or a table of contents
_CODE = re.compile(r"\b[A-Z]?\d[\dA-Z]{2,}\b")
TAIL = re.compile(r"[\s;,.]*(?:\b(?P<joint>and/or|and|or)\b)?[\s;,.]*\Z", re.IGNORECASE)


def is_rule(unit: Unit) -> bool:
    """Whether a unit is part of what decides coverage: by its section, or because a fact was read from it."""
    if unit.fact not in (None, "metadata"):
        return True
    is_codeless = unit.role is Role.CODING and unit.kind == "row" and not _CODE.search(unit.text)  # the head of a table
    return unit.role in RULES and not is_codeless and not _DOTS.search(unit.text)


def bearing(units: Sequence[Unit]) -> Bearing:
    """What units are about; coverage before evidence, evidence before administration."""
    if any(map(is_rule, units)):
        return "coverage"
    return "evidence" if any(unit.role in _EVIDENCE for unit in units) else "administration"


def says_more(units: Sequence[Unit], changed: Difference) -> bool:
    """Whether a difference of words says something, and of more than administration."""
    return bearing(units) != "administration" and bool(changed.why or changed.words)


def joint_of(text: str) -> str:
    """The word at the end of an item that joins it to the next, "" where there is none."""
    match = TAIL.search(text)
    return (match.group("joint") or "").lower() if match else ""


def is_letterhead(unit: Unit) -> bool:
    """Whether it stands before the first heading and states nothing."""
    return not unit.headings and unit.kind != "heading" and unit.role is Role.OTHER and not is_rule(unit)


def is_history(*units: Unit) -> bool:
    return any(unit.role is Role.HISTORY and unit.kind == "row" for unit in units)


def kind(units: Sequence[Unit], why: Sequence[str]) -> ChangeKind:
    """The sort of fact that any of the units is; a change of numbers alone is one of a threshold."""
    facts = {unit.fact for unit in units}
    if any(each.startswith("determination") for each in why):
        return "determination"
    if "metadata" in facts or is_history(*units):
        return "metadata"
    if "code" in facts or "authorization" in facts:
        return "code" if "code" in facts else "authorization"
    if not (facts - {None} or any(unit.role in POLICY_ROLES for unit in units)):
        return "text"
    if why and all(each.startswith("number") for each in why):
        return "threshold"
    return "indication" if "indication" in facts else "criterion"
