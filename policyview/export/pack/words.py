"""Whether the words of a pack stand where it says they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Text:
    """The canonical text of a document as a pack holds it, and how many pages it has (None for unpaged media)."""

    def __init__(self, content: bytes, pages: object) -> None:
        self.text = content.decode("utf-8")
        self.pages = pages if isinstance(pages, int) else None


def words_faults(told: Any, text: Text) -> Iterator[str]:
    """What is wrong with the anchors anywhere in a document's facts; each sentence begins with the anchor's path."""
    pages: list[tuple[int, int, str]] = []
    for path, anchor in _anchors(told):
        fault = _fault(anchor, text)
        if fault:
            yield f"{path}: {fault}"
        elif anchor["page"] is not None:
            pages.append((anchor["start"], anchor["page"], path))
    last = 1
    for _, page, path in sorted(pages):
        if page < last:
            yield f"{path}: It is said to stand on page {page}, yet words before it stand on page {last}."
        last = max(last, page)


def _anchors(told: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every anchor with its path, outermost first."""
    stack: list[tuple[str, Any]] = [("", told)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            if "quote" in value:
                yield path, value
            stack.extend((f"{path}.{key}" if path else key, part) for key, part in reversed(value.items())
                         if isinstance(part, dict | list))  # fmt: skip
        else:
            stack.extend((f"{path}[{at}]", part) for at, part in reversed([*enumerate(value)])
                         if isinstance(part, dict | list))  # fmt: skip


def _fault(anchor: dict[str, Any], text: Text) -> str:
    start, end, page = anchor["start"], anchor["end"], anchor["page"]
    quote, prefix, suffix = anchor["quote"], anchor["prefix"], anchor["suffix"]
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(text.text):
        return "It stands outside of the text."
    if end - start != len(quote) or not text.text.startswith(quote, start):
        return f"Its quote is not what stands at {start} to {end} of the text."
    before = start - len(prefix)
    if before < 0 or not text.text.startswith(prefix, before) or not text.text.startswith(suffix, end):
        return "What it says stands before and behind its quote does not."
    if text.pages is None:
        return "" if page is None else "It names a page of a document without pages."
    return "" if type(page) is int and 1 <= page <= text.pages else "It names a page that the document does not have."
