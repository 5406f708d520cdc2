"""Forms of a disease or of a use that exclude each other: acute and chronic, prevention and treatment of attacks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from policyview.lexicon import Lexicon

Forms = Mapping[str, frozenset[str]]


@lru_cache(maxsize=20_000)
def read_forms(text: str, lexicon: Lexicon) -> Forms:
    """The forms that a folded text names, by axis."""
    found: dict[str, frozenset[str]] = {}
    for entry in lexicon.files.get("forms", {}).values():
        if entry.regex.search(text):
            axis = str(entry.get("axis"))
            found[axis] = found.get(axis, frozenset()) | {entry.name}
    return found


def parting(one: Forms, other: Forms) -> str | None:
    """Why two statements mean different forms, None where they may mean one."""
    for axis in sorted(one.keys() & other.keys()):
        if not one[axis] & other[axis]:
            return f"{', '.join(sorted(one[axis]))} against {', '.join(sorted(other[axis]))}"
    return None


def holds(wide: Forms, narrow: Forms) -> bool:
    """Whether a statement on the first forms reaches the second: what names no form means all of them."""
    return all(axis in narrow and narrow[axis] <= forms for axis, forms in wide.items())
