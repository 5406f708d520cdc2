"""Documents as columns: which version each is, and which are in force on a date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from policyview.edition import is_later, not_in_force, version_of
from policyview.model import Column, NotInForce, Overrides, PolicyVersions, Reading

_NO_OVERRIDES = Overrides()


def columns_of(
    readings: Sequence[Reading], policies: Sequence[PolicyVersions], as_of: datetime.date,
    overrides: Overrides = _NO_OVERRIDES,
) -> tuple[Column, ...]:
    """A column a document: payers first, then by payer, title and file name."""
    by_file = {reading.file: reading for reading in readings}
    reasons: dict[str, NotInForce | None] = {}
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
    eligible = [reading for reading in versions if reasons[reading.file] is None]
    for older in (reading for reading in eligible[:-1] if reading.file != eligible[-1].file):
        is_copy = version_of(older, overrides) == version_of(eligible[-1], overrides)
        reasons[older.file] = "copy" if is_copy else "superseded"
    return reasons


def _order(column: Column) -> tuple[bool, str, str, str, str]:
    policy = column.policy
    is_second_hand = policy.authority in ("third_party", "reference")
    payer, name = (policy.payer or "~").lower(), column.file.rsplit("/", 1)[-1]
    return (is_second_hand, payer, policy.title or "", name, column.sha256)
