"""A heading as it is meant: without the marks of Markdown, and without the numbers of references behind it.

Only for what is shown as a heading; quotes and anchors keep every sign that the document has.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise

from policyview.gui.markup import marks

_RAISED = re.compile(r"(?<=[^\W\d_]{4})\d{1,3}(?:\s?[,–-]\s?\d{1,3})+(?=\s*$)")
"""Two numbers and more right behind a word: printed small and raised. One alone may belong to the name."""
_MARKUP = re.compile(r"^\s*#{1,6}\s|\*\*|__|</?[a-z]+>")


def heading(text: str) -> str:
    """A heading of one line as it is meant."""
    shown = text
    if _MARKUP.search(text):  # else a lone star or bar is the payer's own
        edges = [0, *chain.from_iterable(marks(text)), len(text)]
        shown = " ".join("".join(text[start:end] for start, end in list(pairwise(edges))[::2]).split())
    return _RAISED.sub("", shown) or text
