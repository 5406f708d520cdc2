"""Headings by a document's own outline: a line that reads as a bookmark's title on the bookmark's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from policyview.model import Line, OutlineEntry

Titles: TypeAlias = Mapping[int, tuple[OutlineEntry, ...]]
"""Bookmarks by the page that they lead to."""

_MOST_LINES = 4  # a title runs over at most so many printed lines
_FEWEST_LETTERS = 3  # a shorter title ("1", "A.") says nothing


def by_page(entries: Sequence[OutlineEntry]) -> Titles:
    """The entries that lead to a page, by that page."""
    found: dict[int, list[OutlineEntry]] = defaultdict(list)
    for entry in entries:
        if entry.page is not None:
            found[entry.page].append(entry)
    return {page: tuple(of_page) for page, of_page in found.items()}


def folded(text: str) -> str:
    """Letters and digits alone, without case: printed headings and bookmarks differ in blanks, dots and colons."""
    return "".join(char for char in text.casefold() if char.isalnum())


def with_headings(text: str, lines: tuple[Line, ...], titles: Sequence[OutlineEntry]) -> tuple[Line, ...]:
    """The lines, with the outline's level on those that make up one of the ``titles`` of their page."""
    if not titles:
        return lines
    marked = list(lines)
    folds = [folded(text[line.start:line.end]) for line in lines]
    for entry in titles:
        title = folded(entry.title)
        if len(title) < _FEWEST_LETTERS:
            continue
        for first in range(len(folds)):
            count = _lines_of(title, folds, first)
            if count:
                for index in range(first, first + count):
                    marked[index] = replace(marked[index], heading=marked[index].heading or entry.level)
                break
    return tuple(marked)


def _lines_of(title: str, folds: Sequence[str], first: int) -> int:
    """How many lines from ``first`` on make up exactly the title; 0 where they do not."""
    so_far = ""
    for count in range(1, _MOST_LINES + 1):
        if first + count > len(folds) or not folds[first + count - 1]:
            return 0
        so_far += folds[first + count - 1]
        if so_far == title:
            return count
        if not title.startswith(so_far):
            return 0
    return 0
