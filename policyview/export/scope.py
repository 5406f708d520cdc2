"""Whom a policy is for, in words."""

from __future__ import annotations

from policyview.export import vocabulary
from policyview.model import Column


def applies_to(column: Column) -> str:
    """Whom a policy is for: line of business, products, states."""
    parts = (
        ", ".join([vocabulary.word("lines", each.line), *each.products, *each.states])
        for each in column.policy.applies_to
    )
    return "; ".join(parts)
