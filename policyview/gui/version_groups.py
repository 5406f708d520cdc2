"""Which of the documents that were read are versions of one policy, as the comparison recognised them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policyview.gui.board import Board
from policyview.model import Reading

Versions = tuple[Reading, ...]
"""Two or more versions of one policy, the oldest first."""


def version_groups(boards: Iterable[Board], readings: Mapping[str, Reading]) -> tuple[Versions, ...]:
    """The policies of which more than one version is there, by payer and title."""
    policies = (policy for board in boards for policy in board.matrix.versions)
    groups = (tuple(_each_once(policy.files, readings)) for policy in policies)
    return tuple(sorted((group for group in groups if len(group) > 1), key=_name))


def _each_once(files: Iterable[str], readings: Mapping[str, Reading]) -> Iterable[Reading]:
    """One of each content: a copy of a file is no other version."""
    return {each.document.sha256: each for file in files if (each := readings.get(file))}.values()


def _name(versions: Versions) -> tuple[str, str, str]:
    policy = versions[-1].facts.policy
    return policy.payer or "~", policy.title or "", versions[-1].file
