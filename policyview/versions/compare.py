"""Compares two versions: units, pairs, judgements, history."""

from __future__ import annotations

from dataclasses import replace

from policyview.lexicon import Lexicon
from policyview.model import Reading
from policyview.versions.changes import Judge
from policyview.versions.history import reconciled
from policyview.versions.matching import Matching
from policyview.versions.meaning import Words
from policyview.versions.metadata import metadata_changes
from policyview.versions.model import Change, Diff
from policyview.versions.roles import with_roles

_WEIGHT = {"coverage": 0, "evidence": 1, "administration": 2}


def compare(old: Reading, new: Reading, lexicon: Lexicon) -> Diff:
    """All that differs between two versions, what bears on coverage first; both were read with their units."""
    words = Words(lexicon)
    old, new = (_with_roles(reading, lexicon) for reading in (old, new))
    judge = Judge(old, new, Matching(old.facts.units, new.facts.units, words))
    in_order = [change for _, change in sorted(judge.changes, key=lambda placed: placed[0])]
    changes, entries = reconciled([*metadata_changes(old, new), *in_order], old, new, words)
    return Diff(tuple(sorted(changes, key=_weight)), entries, tuple(judge.suppressed))


def _with_roles(reading: Reading, lexicon: Lexicon) -> Reading:
    return replace(reading, facts=replace(reading.facts, units=with_roles(reading.facts.units, lexicon)))


def _weight(change: Change) -> tuple[bool, int]:
    return change.significance == "editorial", _WEIGHT[change.bears_on]
