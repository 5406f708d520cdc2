"""The dates by which versions are known, in force and in order; documents as columns."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import get_args

from policyview.model import Column, NotInForce, Overrides, Policy, PolicyVersions, Reading, Version, Which

WHICH: tuple[Which, ...] = get_args(Which)
"""The dates that may name a version, the telling one first."""
_LATER: tuple[NotInForce, ...] = ("draft", "retired")
_NO_OVERRIDES = Overrides()


def version_of(reading: Reading, overrides: Overrides = _NO_OVERRIDES) -> Version | None:
    """The date that names the version: a person's, else effective, last review, last updated, published."""
    named = overrides.effective_date(reading.document.sha256)
    if named:
        return Version(named, "effective", "corrected")
    policy = reading.facts.policy
    for which in WHICH:
        if date := getattr(policy.dates, which):
            return Version(date, which, "corrected" if which in policy.corrected else "extracted")
    return None


def first_day(date: str | None) -> datetime.date | None:
    """The first day that an ISO date of any exactness names, None where it is no date."""
    if not date or not (match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)):
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def not_in_force(reading: Reading, as_of: datetime.date, overrides: Overrides = _NO_OVERRIDES) -> NotInForce | None:
    """Why a document by itself is not in force on a date.

    Without a printed effective date its words hold at the earliest from the date that names it.
    """
    policy, version = reading.facts.policy, version_of(reading, overrides)
    retired, begins = first_day(policy.dates.retired), first_day(version.date if version else None)
    if retired is not None and retired <= as_of:
        return "retired"
    if retired is None and (status := is_later(policy)):
        return status
    is_dated = version is not None and version.which == "effective"
    if policy.status == "future" and not is_dated:
        return "future"
    if begins is None or begins <= as_of:
        return None
    return "future" if is_dated else "later"


def is_later(policy: Policy) -> NotInForce | None:
    """What a document says of itself that keeps it from counting, whatever the date."""
    return next((each for each in _LATER if each == policy.status), None)


def shared_date(readings: Sequence[Reading], overrides: Overrides = _NO_OVERRIDES) -> str | None:
    """The first of the dates that every one of these documents prints, None where there is none."""
    return next((which for which in WHICH if all(_printed(r, which, overrides) for r in readings)), None)


def is_older(one: Reading, other: Reading, overrides: Overrides = _NO_OVERRIDES) -> bool | None:
    """Whether the first date of one kind that both print and that differs is earlier in one; False where none differs.

    None where they print no date of one kind. "2025" and "2025-03" do not differ.
    """
    is_told = False
    for which in WHICH:
        date, later = _printed(one, which, overrides), _printed(other, which, overrides)
        if date and later:
            is_told = True
            if not (date.startswith(later) or later.startswith(date)):
                return date < later
    return False if is_told else None


def recency(reading: Reading, overrides: Overrides = _NO_OVERRIDES, first: str | None = None) -> tuple[str, ...]:
    """What versions are ordered by, the newest highest: ``first`` of the dates, then the others, then the history."""
    version = version_of(reading, overrides)
    begins = _printed(reading, first, overrides) if first else version.date if version else ""
    others = [_printed(reading, which, overrides) for which in WHICH]
    told = max((entry.date or "" for entry in reading.facts.history), default="")
    number = reading.facts.policy.number or ""
    return (begins, *others, told, number, reading.document.sha256, reading.file)


def _printed(reading: Reading, which: str | None, overrides: Overrides) -> str:
    if which == "effective" and (named := overrides.effective_date(reading.document.sha256)):
        return named
    return getattr(reading.facts.policy.dates, which) or "" if which else ""


# --------------------------------------------------------------------------- columns


def columns_of(
    readings: Sequence[Reading], policies: Sequence[PolicyVersions], as_of: datetime.date,
    overrides: Overrides = _NO_OVERRIDES,
) -> tuple[Column, ...]:
    """A column a document: payers first, then by payer, title and file name."""
    by_file = {reading.file: reading for reading in readings}
    reasons = {reading.file: not_in_force(reading, as_of, overrides) for reading in readings}
    for policy in policies:
        reasons |= _reasons([by_file[file] for file in policy.files if file in by_file], as_of, overrides)
    columns = [
        Column(r.file, r.document.sha256, r.facts.policy, version_of(r, overrides), reasons[r.file] is None,
               reasons[r.file])
        for r in readings
    ]
    return tuple(sorted(columns, key=_order))


def newest_files(policies: Sequence[PolicyVersions], readings: Mapping[str, Reading]) -> frozenset[str]:
    """The newest version of each policy, whatever the date: the one that counts in agreement."""
    eligible = ([f for f in policy.files if not is_later(readings[f].facts.policy)] for policy in policies)
    return frozenset(files[-1] for files in eligible if files)


def _reasons(
    versions: Sequence[Reading], as_of: datetime.date, overrides: Overrides
) -> dict[str, NotInForce | None]:
    """Why each version of a policy, the oldest first, is not in force; None for the one that is."""
    reasons = {reading.file: not_in_force(reading, as_of, overrides) for reading in versions}
    for older, newer in pairwise(versions):
        if reasons[newer.file] is None and _reviewed_later(older, newer, as_of, overrides):
            reasons[newer.file] = "later"
    eligible = [reading for reading in versions if reasons[reading.file] is None]
    for older in (reading for reading in eligible[:-1] if reading.file != eligible[-1].file):
        is_copy = is_older(older, eligible[-1], overrides) is False
        reasons[older.file] = "copy" if is_copy else "superseded"
    return reasons


def _reviewed_later(older: Reading, newer: Reading, as_of: datetime.date, overrides: Overrides) -> bool:
    """Some payers print in every version when the policy first took effect: then the review tells when it changed."""
    effective = _printed(newer, "effective", overrides)
    if not effective or effective != _printed(older, "effective", overrides):
        return False
    was, now = (next(filter(None, (_printed(r, which, overrides) for which in WHICH[1:])), "") for r in (older, newer))
    return was < now and (first_day(now) or as_of) > as_of


def _order(column: Column) -> tuple[bool, str, str, str, str]:
    policy = column.policy
    is_second_hand = policy.is_second_hand
    payer, name = (policy.payer or "~").lower(), column.file.rsplit("/", 1)[-1]
    return (is_second_hand, payer, policy.title or "", name, column.sha256)
