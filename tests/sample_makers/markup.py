"""Reads the small markup in which the invented policies are written (policies/*.txt).

``@title``, ``#`` to ``###`` headings (``###~``: may be parted from what follows), ``- 1. text`` list items, two
blanks a level, ``| a | b |`` table rows after ``@table [plain] [head=0] shares of the line``, ``@gap points``,
``@layout single|double`` for a new page, ``**bold**``, ``*italic*``, ``~sub~``; the rest are paragraphs.
``[2025]words[2026]other words[]`` stands for what differs between editions.
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from pathlib import Path

from tests.sample_makers.layout import Flow, Look, gap, heading, item, next_page, paragraph, table, title

POLICIES = Path(__file__).parent / "policies"
_ITEM = re.compile(r"(?P<indent> *)- (?P<label>\S+) (?P<text>.*)")
_HEADING = re.compile(r"(?P<level>#+)(?P<loose>~?) (?P<text>.*)")
_CHOICE = re.compile(r"(?:\[\d{4}\][^\[]*)+\[\]")


def edition(text: str, year: str) -> str:
    """The text of one edition; a line that holds nothing but another edition's words goes."""

    def chosen(found: re.Match[str]) -> str:
        words: dict[str, str] = dict(re.findall(r"\[(\d{4})\]([^\[]*)", found[0]))
        return words.get(year, "\0")

    lines = (_CHOICE.sub(chosen, line) for line in text.splitlines())
    return "\n".join(line.replace("\0", "") for line in lines if line != "\0")


def _inline(text: str) -> str:
    """reportlab's own tags for the markup inside a line; a link is coloured words."""
    text = escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)
    text = re.sub(r"~(.+?)~", r"<sub>\1</sub>", text)
    return re.sub(r"\[(.+?)\]\(#\)", r'<font color="#1a4fa0"><u>\1</u></font>', text)


def _table(look: Look, directive: str, lines: list[str]) -> object:
    options = directive.split()[1:]
    rows = [[_inline(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in lines]
    widths = [float(option) for option in options if re.fullmatch(r"[\d.]+", option)]
    return table(look, rows, widths, head=0 if "head=0" in options else 1, grid="plain" not in options)


def _directive(look: Look, line: str) -> Flow:
    name, _, rest = line.partition(" ")
    if name == "@title":
        return [title(look, _inline(rest))]
    if name == "@gap":
        return [gap(float(rest))]
    if name == "@layout":
        return next_page(rest)
    raise ValueError(f"{name} is not a directive")


def _line(look: Look, line: str) -> object:
    if found := _HEADING.fullmatch(line):
        return heading(look, _inline(found["text"]), len(found["level"]), keep=not found["loose"])
    if found := _ITEM.fullmatch(line):
        return item(look, found["label"], _inline(found["text"]), depth=len(found["indent"]) // 2)
    return paragraph(look, _inline(line))


def story(look: Look, text: str) -> Flow:
    """The flowables of a policy written in the markup."""
    flow: Flow = []
    directive = ""
    for is_row, lines in groupby((line for line in text.splitlines() if line.strip()), lambda line: line[0] == "|"):
        if is_row:
            flow.append(_table(look, directive, list(lines)))
            continue
        for line in lines:
            if line.startswith("@table"):
                directive = line
                flow.append(gap(4))
            elif line.startswith("@"):
                flow += _directive(look, line)
            else:
                flow.append(_line(look, line))
    return flow
