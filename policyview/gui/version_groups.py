"""Which of the documents that were read are versions of one policy. All that the window knows of it comes from here."""

from __future__ import annotations

from collections.abc import Iterable

from policyview.align.columns import policies_of, version_of
from policyview.model import Reading

Versions = tuple[Reading, ...]
"""Two or more versions of one policy, the oldest first."""


def version_groups(readings: Iterable[Reading]) -> tuple[Versions, ...]:
    """The policies of which more than one version is there, by payer and title."""
    own = [each for each in readings if each.facts.policy.authority not in ("third_party", "reference")]
    groups = (tuple(sorted(_each_once(found), key=_age)) for found in policies_of(own))
    return tuple(sorted((group for group in groups if len(group) > 1), key=_name))


def _each_once(readings: Iterable[Reading]) -> list[Reading]:
    """One of each content: a copy of a file is no other version."""
    return list({reading.document.sha256: reading for reading in readings}.values())


def _age(reading: Reading) -> tuple[str, str, str]:
    version = version_of(reading.facts.policy)
    return (version.date if version else "", reading.facts.policy.dates.last_review or "", reading.file)


def _name(versions: Versions) -> tuple[str, str, str]:
    policy = versions[-1].facts.policy
    return policy.payer or "~", policy.title or "", versions[-1].file
