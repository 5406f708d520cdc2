"""Which of the documents that were read are versions of one policy, as the comparison recognised them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from policyview.align.recognise import recognise
from policyview.gui.board import Board
from policyview.lexicon import Lexicon
from policyview.model import Overrides, Reading

Versions = tuple[Reading, ...]
"""Two or more versions of one policy, the oldest first."""


def version_groups(boards: Iterable[Board], readings: Mapping[str, Reading]) -> tuple[Versions, ...]:
    """The policies of which more than one version is there, by payer and title."""
    policies = (policy for board in boards for policy in board.matrix.versions)
    groups = (tuple(_each_once(policy.files, readings)) for policy in policies)
    return tuple(sorted((group for group in groups if len(group) > 1), key=_name))


def parted_groups(
    groups: Iterable[Versions], readings: Sequence[Reading], anew: Collection[str], words: Lexicon, overrides: Overrides
) -> tuple[Versions, ...]:
    """Pairs of versions that are one policy's as they were read, and two policies' since one of them was corrected.

    ``groups`` are those that count now, ``anew`` the sums of what was corrected. A person who means them to be two says
    that of the versions too.
    """
    now = [{each.document.sha256 for each in group} for group in groups]
    by_file = {reading.file: reading for reading in readings}
    as_read = (tuple(_each_once(policy.files, by_file)) for policy in recognise(readings, words, overrides))
    return tuple(pair for group in as_read for pair in pairwise(group) if _are_parted(pair, anew, now))


def _are_parted(pair: Versions, anew: Collection[str], now: Iterable[set[str]]) -> bool:
    sums = {each.document.sha256 for each in pair}
    return any(each in anew for each in sums) and not any(sums <= group for group in now)


def _each_once(files: Iterable[str], readings: Mapping[str, Reading]) -> Iterable[Reading]:
    """One of each content: a copy of a file is no other version."""
    return {each.document.sha256: each for file in files if (each := readings.get(file))}.values()


def _name(versions: Versions) -> tuple[str, str, str]:
    policy = versions[-1].facts.policy
    return policy.payer or "~", policy.title or "", versions[-1].file
