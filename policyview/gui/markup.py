"""Finds the marks of Markdown in a line: the view greys them, so that the words stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKS = re.compile(
    r"""
      ^\ {0,3}\#{1,6}(?=\s|$)             # a heading
    | ^\ {0,3}(?:```|~~~).*               # a fence
    | ^[\s|:-]*\|[\s|:-]*$                # the rule of a table
    | ^(?:\s*>)+(?=\s|$)                  # a quotation
    | (?<![\\*])\*{1,3}(?=[^\s*])         # emphasis begins …
    | (?<=[^\s*\\])\*{1,3}                # … and ends
    | (?<![\w_\\])_{1,3}(?=[^\s_])
    | (?<=[^\s_\\])_{1,3}(?![\w_])
    | </?[A-Za-z][A-Za-z0-9]{0,9}\s*/?>   # <sup>, </sub>, <br/>
    | <!--.*?-->
    | (?<!\\)\|                           # between the cells of a table
    | \\(?=[\\`*_{}\[\]()\#+.!|<>~-])     # before a character that is meant literally
    | (?<=\])\([^()\s]*\)                 # where a link leads
    | `+
    """,
    re.VERBOSE,
)


def marks(line: str) -> Iterator[tuple[int, int]]:
    """Start and end of each mark in a line, in order."""
    return (match.span() for match in _MARKS.finditer(line))
