"""What people did, as every list of it calls it: the window's audit, the workbook and the report say the same words."""

from __future__ import annotations

from collections.abc import Mapping

from policyview.about import APART, SAME
from policyview.amend import TOPIC, companion_in
from policyview.carry import is_over
from policyview.export import vocabulary
from policyview.model import Determination, Policy
from policyview.review import DocumentSubject, Review

_FAMILIES = {"state": "states", "stage": "stages", "authority": "authorities", "as": "review_kinds"}
"""Fields whose values have words of their own."""


def action_word(review: Review) -> str:
    """What was done."""
    return vocabulary.word("review_actions", "over" if is_over(review) else review.action)


CALLED = "called"
"""Names in ``Review.sets`` what another one holds as a sum."""


def said_of(sets: Mapping[str, str]) -> Mapping[str, str]:
    """What a review sets, as it is told: a document by what it is called, not by its sum."""
    told = {name: value for name, value in sets.items() if name != CALLED}
    for name in (SAME, APART):
        if name in told:
            told[name] = sets.get(CALLED) or told[name][:12]
    return told


def field_word(name: str) -> str:
    """What was set, as it begins a line."""
    return vocabulary.word("review_fields", name)


def value_word(name: str, value: str) -> str:
    """What it was set to; what a newer program sets speaks for itself."""
    if name == "determination" and value in set(Determination):
        return vocabulary.determination_word(Determination(value))
    if name == "lines":
        return ", ".join(vocabulary.word("lines", line) for line in value.split())
    family = _FAMILIES.get(name)
    return vocabulary.word(family, value) if family else value


def corrected_words(policy: Policy) -> str:
    """What of a document a person set; empty where nobody did."""
    fields = ", ".join(field_word(name).lower() for name in policy.corrected)
    return f"{fields} {vocabulary.word('origins', 'corrected')}" if fields else ""


def destination(review: Review) -> str:
    """Where a statement or a document was moved to."""
    sets = dict(review.sets)
    if isinstance(review.subject, DocumentSubject):
        return f"to the topic “{sets[TOPIC]}”" if sets.get(TOPIC) else "to a topic of its own"
    other = companion_in(review.sets)
    return f"to the row “{sets.get('row') or other.text}”" if other else "to a row of its own"
