"""What a document says of itself, field by field as text: what a person may set, and what she then set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from policyview.model import Anchor, Applicability, Authority, Business, Policy

DATES = ("effective", "last_review", "last_updated", "published", "retired")
"""The dates that a person may set; the first of the first four that is there names the version."""
FIELDS = ("payer", "title", "number", *DATES, "lines", "authority")
"""What of a document a person may set."""
SAME, APART = "same policy", "another policy"
"""Names the sum of a document that is a version of the same policy, or of another one."""
OF_ONE_VERSION = frozenset((*DATES, "topic", SAME, APART))
"""What is said of one version only, or of all versions anyway: nothing of it is to be carried to a newer one."""
LINES: tuple[Business, ...] = get_args(Business)
AUTHORITIES: tuple[Authority, ...] = get_args(Authority)


def value_of(policy: Policy, name: str) -> str:
    """A field as text, empty where the document does not say it; lines of business in one order, blanks between."""
    if name == "lines":
        return " ".join(line for line in LINES if any(each.line == line for each in policy.applies_to))
    return getattr(policy.dates if name in DATES else policy, name, None) or ""


def anchors_of(policy: Policy, name: str) -> tuple[Anchor, ...]:
    """Where a field is printed."""
    if name == "lines":
        return tuple(each.anchor for each in policy.applies_to if each.anchor is not None)
    return tuple(anchor for known, anchor in policy.anchors if known in (name, f"dates.{name}"))


def with_said(policy: Policy, sets: Mapping[str, str]) -> Policy:
    """The policy as a person set it, an empty value for what it does not say. What she set is printed nowhere."""
    told = {name: value for name, value in sets.items() if name in FIELDS and _is_known(name, value)}
    if not told:
        return policy
    dates = {name: told[name] or None for name in DATES if name in told}
    gone = {*told, *(f"dates.{name}" for name in dates)}
    return replace(
        policy, dates=replace(policy.dates, **dates),
        payer=told["payer"] or None if "payer" in told else policy.payer,
        title=told["title"] or None if "title" in told else policy.title,
        number=told["number"] or None if "number" in told else policy.number,
        applies_to=_lines(policy, told["lines"]) if "lines" in told else policy.applies_to,
        authority=next((each for each in AUTHORITIES if each == told.get("authority")), policy.authority),
        anchors=tuple(each for each in policy.anchors if each[0] not in gone),
        corrected=tuple(dict.fromkeys((*policy.corrected, *told))),
    )  # fmt: skip


def _lines(policy: Policy, told: str) -> tuple[Applicability, ...]:
    """What is printed of a line stays beside it; a line that a person names stands nowhere."""
    printed = {each.line: each for each in policy.applies_to}
    return tuple(printed.get(line) or Applicability(line, (), (), None) for line in LINES
                 if line in told.split())  # fmt: skip


def _is_known(name: str, value: str) -> bool:
    """A newer program may know more."""
    if name == "authority":
        return value in AUTHORITIES
    return name != "lines" or set(value.split()) <= {*LINES}
