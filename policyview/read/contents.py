"""Asks pypdf whether a page on which PDFium finds nothing has content all the same: then it is damaged, not blank."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf

from policyview.read.pdf_front import warnings_kept

_MOST_ASKED = 50  # empty pages of a document that are looked into; each is parsed anew
_SHOWING = re.compile(rb"\b(?:Tj|TJ|Do|BI|sh)\b|['\"]\s")
_FEWEST_BYTES = 16  # of a packed stream that is more than nothing


class Contents:
    """The content streams of a PDF, opened when first asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader: pypdf.PdfReader | None = None
        self._asked = 0

    def is_damaged(self, number: int) -> bool:
        """Whether page ``number`` has content that ought to show something, or cannot be unpacked."""
        self._asked += 1
        if self._asked > _MOST_ASKED:
            return False
        with warnings_kept():  # the verdict says it all
            return self._is_damaged(number)

    def _is_damaged(self, number: int) -> bool:
        try:
            if self._reader is None:
                self._reader = pypdf.PdfReader(io.BytesIO(self._path.read_bytes()))
            page = self._reader.pages[number - 1]
            packed = _packed_bytes(page)
        except Exception:  # pypdf cannot tell: the page counts as blank
            return False
        if packed < _FEWEST_BYTES:
            return False
        try:
            content = page.get_contents()
            return content is None or not content.get_data().strip() or bool(_SHOWING.search(content.get_data()))
        except Exception:  # whatever it is: it cannot be unpacked
            return True


def _packed_bytes(page: pypdf.PageObject) -> int:
    entry = page.get("/Contents")
    streams = entry.get_object() if entry is not None else []
    parts = streams if isinstance(streams, list) else [streams]
    return sum(len(getattr(part.get_object(), "_data", b"")) for part in parts)
