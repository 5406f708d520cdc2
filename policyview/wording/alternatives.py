"""One expression for many literal words, that looks at each character once instead of trying word after word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_END = ""


def any_of(words: Iterable[str]) -> str:
    """An expression that matches the longest of the words; a blank in them is one or more blanks or hyphens."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for character in word:
            branch = branch.setdefault(character, {})
        branch[_END] = {}
    return _expression(tree)


def _expression(tree: dict[str, Any]) -> str:
    ways = [_written(character) + _expression(below) for character, below in tree.items() if character != _END]
    if not ways:
        return ""
    joined = ways[0] if len(ways) == 1 and _END not in tree else f"(?:{'|'.join(ways)})"
    return joined + "?" if _END in tree else joined


def _written(character: str) -> str:
    return r"[\s-]+" if character == " " else re.escape(character)
