"""Documents as columns: which version each is, and which are in force on a date."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from policyview.model import Column, Dates, Policy, Reading, Version

_LATER = ("draft", "retired")


def columns_of(readings: Sequence[Reading], as_of: datetime.date) -> tuple[Column, ...]:
    """A column a document: payers first, then by payer, title and file name."""
    current = _current(readings, lambda reading: _is_effective(reading.facts.policy, as_of))
    columns = [
        Column(r.file, r.document.sha256, r.facts.policy, version_of(r.facts.policy), r.file in current)
        for r in readings
    ]
    return tuple(sorted(columns, key=_order))


def newest_files(readings: Sequence[Reading]) -> frozenset[str]:
    """The newest version of each policy, whatever the date: the one that counts in agreement."""
    return _current(readings, lambda reading: reading.facts.policy.status not in _LATER)


def version_of(policy: Policy) -> Version | None:
    """The date that names the version: effective, else last review, else published."""
    dates = policy.dates
    if dates.effective:
        return Version(dates.effective, "effective")
    if dates.last_review:
        return Version(dates.last_review, "last_review")
    return Version(dates.published, "published") if dates.published else None


def policies_of(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The versions of each policy together.

    Payer and number make a policy, or payer, title and line of business. A document whose payer could not be read
    belongs to the policy with its number and title, if that is one payer's only.
    """
    policies: dict[Hashable, list[Reading]] = defaultdict(list)
    nameless: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in sorted(readings, key=lambda r: (r.document.sha256, r.file)):
        policy = reading.facts.policy
        if not policy.payer and policy.number and policy.title:
            nameless[_plain(policy.number), _plain(policy.title)].append(reading)
        else:
            policies[_policy_key(reading)].append(reading)
    for known, versions in nameless.items():
        named = [key for key, found in policies.items() if any(_number_and_title(r) == known for r in found)]
        policies[named[0] if len(named) == 1 else ("nameless", *known)].extend(versions)
    return list(policies.values())


def _number_and_title(reading: Reading) -> tuple[str, str]:
    return _plain(reading.facts.policy.number), _plain(reading.facts.policy.title)


def _policy_key(reading: Reading) -> Hashable:
    policy = reading.facts.policy
    payer = _plain(policy.payer)
    lines = tuple(sorted({(a.line, a.states) for a in policy.applies_to}))
    if payer and policy.number:
        return (payer, "number", _plain(policy.number))
    if payer and policy.title:
        return (payer, "title", _plain(policy.title), lines)
    return ("file", reading.file)


def first_day(date: str | None) -> datetime.date | None:
    """The first day that an ISO date of any exactness names, None where it is no date."""
    if not date or not (match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)):
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _is_effective(policy: Policy, as_of: datetime.date) -> bool:
    effective, retired = first_day(policy.dates.effective), first_day(policy.dates.retired)
    if policy.status in _LATER and (retired is None or retired <= as_of):
        return False
    if retired is not None and retired <= as_of:
        return False
    if effective is None:
        return policy.status != "future"
    return effective <= as_of


def _current(readings: Sequence[Reading], is_eligible: Callable[[Reading], bool]) -> frozenset[str]:
    eligible = ([r for r in versions if is_eligible(r)] for versions in policies_of(readings))
    return frozenset(max(versions, key=_recency).file for versions in eligible if versions)


def _recency(reading: Reading) -> tuple[str, str, str, str]:
    dates: Dates = reading.facts.policy.dates
    version = version_of(reading.facts.policy)
    return (version.date if version else "", dates.last_review or "", dates.last_updated or "", reading.document.sha256)


def _order(column: Column) -> tuple[bool, str, str, str, str]:
    policy = column.policy
    is_second_hand = policy.authority in ("third_party", "reference")
    payer, name = (policy.payer or "~").lower(), column.file.rsplit("/", 1)[-1]
    return (is_second_hand, payer, policy.title or "", name, column.sha256)


def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", " ", text or "").strip().lower()
