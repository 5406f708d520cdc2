"""What Markdown's own marks say of a line: headings, table rows, bold. The marks stay in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from policyview.model import Line
from policyview.read.layout import table_x, trimmed

_ATX = re.compile(r" {0,3}(#{1,6})(?:\s|$)")
_SETEXT = re.compile(r" {0,3}(=+|-+)\s*$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BOLD = re.compile(r"\s*(?:\*\*[^*]+\*\*|__[^_]+__)[\s.:]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_NOT_UNDERLINED = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s)")
"""A list item, quote or table row above dashes is none that they underline."""


def marked(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with ``heading``, ``cells`` and ``bold`` set by Markdown's marks."""
    found = tabled(text, lines)
    in_fence = False
    for index, line in enumerate(lines):
        printed = text[line.start:line.end]
        if _FENCE.match(printed):
            in_fence = not in_fence
        elif not in_fence:
            found[index] = found[index] if found[index].cells else _marked_line(text, line, printed)
            if _underlines(text, lines, index, printed):
                level = 1 if "=" in printed else 2
                found[index - 1] = replace(found[index - 1], heading=found[index - 1].heading or level)
    return tuple(found)


def tabled(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with the ``cells`` of tables that bars draw around a line of dashes; plain text may hold such too."""
    found = list(lines)
    printed = [text[line.start:line.end] for line in lines]
    has_bar = [bool(_PIPE.search(words)) for words in printed]
    for rule, words in enumerate(printed):
        if not has_bar[rule] or not _RULE.match(words) or rule == 0 or not has_bar[rule - 1]:
            continue
        end = next((k for k in range(rule + 1, len(lines)) if not has_bar[k]), len(lines))
        is_bare = not words.lstrip().startswith("|")  # its rows begin without a bar too
        for k in (rule - 1, *range(rule + 1, end)):
            found[k] = _row(text, lines[k], printed[k], is_bare)
    return found


def _marked_line(text: str, line: Line, printed: str) -> Line:
    heading = _ATX.match(printed)
    if heading:
        return replace(line, heading=len(heading.group(1)))
    if _PIPE.search(printed):
        return line if _RULE.match(printed) else _row(text, line, printed)
    return replace(line, bold=True) if _BOLD.match(printed) else line


def _row(text: str, line: Line, printed: str, is_bare: bool = False) -> Line:
    """A pipe table's row; a line with a single inner bar and none at its start is prose, unless the table has none."""
    bars = [line.start + match.start() for match in _PIPE.finditer(printed)]
    opens = printed.lstrip().startswith("|")
    if not opens and len(bars) < 2 and not is_bare:
        return line
    closes = bars[-1] == line.end - 1
    bounds = [*([] if opens else [line.start - 1]), *bars, *([] if closes else [line.end])]
    spans = [trimmed(text, a + 1, b) for a, b in pairwise(bounds)]
    return replace(line, cells=tuple((*span, table_x(line.x, number)) for number, span in enumerate(spans)))


def _underlines(text: str, lines: Sequence[Line], index: int, printed: str) -> bool:
    """Whether a line of dashes or equals signs underlines the line right above it."""
    if index == 0 or not _SETEXT.match(printed):
        return False
    above = lines[index - 1]
    between = text[above.end:lines[index].start]
    return between.strip(" \t") in ("\n", "\r\n", "\r") and not _NOT_UNDERLINED.match(text[above.start:above.end])
