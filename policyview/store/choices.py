"""What a person said of versions, as a workspace and a pack keep it."""

from __future__ import annotations

import json

from policyview.model import Overrides

NAME = "overrides"
"""Under this name a workspace keeps it."""


def told(overrides: Overrides) -> bytes:
    sets = {"same": overrides.same, "apart": overrides.apart, "effective": overrides.effective}
    return json.dumps({name: sorted(pairs) for name, pairs in sets.items()}).encode("ascii")


def understood(content: bytes | None) -> Overrides:
    """What was kept; nothing said where that cannot be understood."""
    try:
        sets = json.loads(content or b"{}").items()
        return Overrides(**{name: frozenset((str(a), str(b)) for a, b in pairs) for name, pairs in sets})
    except (ValueError, TypeError, AttributeError):
        return Overrides()
