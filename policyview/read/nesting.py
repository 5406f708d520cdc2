"""Finds what is nested so deep that no program wrote it: made to exhaust whoever reads it."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf

from policyview.errors import FileError
from policyview.read.pdf_front import warnings_kept

_DEEP = b"[" * 500  # real files nest arrays less than ten deep


def deep_pages(path: Path, name: str) -> frozenset[int]:
    """The pages whose content is nested absurdly deep; FileError where the document's structure is."""
    content = path.read_bytes()
    if _DEEP not in content:
        return frozenset()
    with warnings_kept():
        try:
            pages = pypdf.PdfReader(io.BytesIO(content)).pages
            found = frozenset(number for number, page in enumerate(pages, 1) if _DEEP in _content(page))
        except MemoryError:
            raise
        except Exception:  # whatever pypdf raises where the structure itself is nested so
            found = frozenset()
    if not found:
        raise FileError(f"{name} nests its parts hundreds deep, as no program writes them: it is damaged or made to do "
                        "harm, and was not read. Get it anew from the payer.")
    return found


def _content(page: pypdf.PageObject) -> bytes:
    content = page.get_contents()
    return content.get_data() if content is not None else b""
