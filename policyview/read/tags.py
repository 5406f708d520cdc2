"""Heading tags of a tagged PDF, by the marked content that a line's first character belongs to."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import pypdfium2
from pypdfium2 import raw

Levels: TypeAlias = Mapping[int, int]
"""The heading level by marked content id."""

_LEVELS = {"Title": 1, "H": 1, **{f"H{level}": level for level in range(1, 7)}}
_HOLDS_HEADINGS = frozenset({"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "NonStruct", "Aside", ""})
"""Element types worth descending into: a heading never stands in a paragraph, a list or a table."""
_MOST_ELEMENTS = 20_000  # of one page; a tree that goes round ends here


def heading_levels(page: pypdfium2.PdfPage) -> Levels:
    """The heading level of each marked content of the page that is tagged as a heading; empty where none is."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        return dict(_iter_headings(tree))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _iter_headings(tree: object) -> Iterator[tuple[int, int]]:
    name = ctypes.create_string_buffer(64)
    stack = [raw.FPDF_StructTree_GetChildAtIndex(tree, k) for k in range(raw.FPDF_StructTree_CountChildren(tree))]
    for _ in range(_MOST_ELEMENTS):
        if not stack:
            return
        element = stack.pop()
        if not element:
            continue
        length = raw.FPDF_StructElement_GetType(element, name, len(name))
        kind = name.raw[: max(0, min(length, len(name)) - 2)].decode("utf-16-le", "replace")
        if kind in _LEVELS:
            for content in _iter_contents(element):
                yield content, _LEVELS[kind]
        elif kind in _HOLDS_HEADINGS:
            children = raw.FPDF_StructElement_CountChildren(element)
            stack.extend(raw.FPDF_StructElement_GetChildAtIndex(element, k) for k in range(children))


def _iter_contents(heading: object) -> Iterator[int]:
    """The marked contents of a heading, those of spans in it too."""
    stack = [heading]
    for _ in range(_MOST_ELEMENTS):
        if not stack:
            return
        element = stack.pop()
        if not element:
            continue
        for k in range(max(0, raw.FPDF_StructElement_GetMarkedContentIdCount(element))):
            content = raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, k)
            if content >= 0:  # -1 is a child that is an element, not content
                yield content
        children = max(0, raw.FPDF_StructElement_CountChildren(element))
        stack.extend(raw.FPDF_StructElement_GetChildAtIndex(element, k) for k in range(children))


def level_of(text_page: object, index: int, headings: Levels) -> int:
    """The heading level of the character at ``index``, 0 where it is not in a heading."""
    drawn = raw.FPDFText_GetTextObject(text_page, index)
    return headings.get(raw.FPDFPageObj_GetMarkedContentID(drawn), 0) if drawn else 0
