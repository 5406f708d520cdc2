"""What each version says of itself: number, title, status, dates, lines of business."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from policyview.model import Dates, Policy, Reading
from policyview.versions.model import Action, Bearing, Change, Side, Significance

_NAMES = {
    "number": "Policy number", "title": "Title", "status": "Status", "payer": "Payer", "effective": "Effective date",
    "last_review": "Last review", "published": "Published", "last_updated": "Last updated",
    "original_effective": "Original effective date", "next_review": "Next review", "retired": "Retired",
}  # fmt: skip
_TELLING = frozenset({"status", "retired"})
"""What changes whether a policy holds at all."""
_LINE = "line of business "


def metadata_changes(old: Reading, new: Reading) -> Iterator[Change]:
    """A change for each value that both versions print and that differs, or that one of them prints."""
    before, after = _values(old.facts.policy), _values(new.facts.policy)
    both_name_lines = bool(old.facts.policy.applies_to and new.facts.policy.applies_to)
    for name in dict.fromkeys((*before, *after)):
        (was, one), (now, other) = before.get(name, (None, None)), after.get(name, (None, None))
        if was == now:
            continue
        action: Action = "modified" if one and other else "added" if other else "removed"
        is_telling = name in _TELLING or (name.startswith(_LINE) and both_name_lines)
        if {was, now} <= {None, "active"}:  # in force, whether it says so or not
            is_telling = False
        significance: Significance = "substantive" if is_telling else "editorial"
        told = f"{_NAMES.get(name, 'Line of business')}: {was or 'not printed'} → {now or 'not printed'}"
        bears: Bearing = "coverage" if significance == "substantive" else "administration"
        yield Change("metadata", action, significance, bears, one, other, told, ())


def _values(policy: Policy) -> dict[str, tuple[str, Side]]:
    """Each printed value by its name, with the place where it is printed."""
    anchors = dict(policy.anchors)
    plain = {name: getattr(policy, name) for name in ("number", "title", "status")}
    plain |= {field.name: getattr(policy.dates, field.name) for field in dataclasses.fields(Dates)}
    found = {}
    for name, value in plain.items():
        anchor = anchors.get(name) or anchors.get(f"dates.{name}")
        if value and anchor:
            found[name] = str(value), Side(anchor.quote, anchor)
    for each in policy.applies_to:
        words = ", ".join((each.line.replace("_", " "), *each.products, *each.states))
        if each.anchor is not None:
            found[_LINE + each.line.replace("_", " ")] = words, Side(each.anchor.quote, each.anchor)
    return found
