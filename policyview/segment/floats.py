"""Boxes that a PDF prints after the text they stand in: put back where the page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from policyview.segment.strips import Strip

JUMP_LINES = 3.0  # type sizes upward from one line to the next: no line goes on there
MOST = 0.5  # share of a page's lines; a longer run is text of its own


def settle(strips: Sequence[Strip]) -> list[Strip]:
    """The lines with boxes moved up to the lines they stand beside or above; columns of text keep their order."""
    out: list[Strip] = []
    for _, page in groupby(strips, key=lambda strip: strip.page):
        lines = list(page)
        out += _settled(lines) if lines[0].page is not None else lines
    return out


def _settled(page: list[Strip]) -> list[Strip]:
    runs: list[list[Strip]] = []
    for strip in page:
        same_table = bool(runs) and strip.table is not None and strip.table is runs[-1][-1].table
        if not runs or (_is_above(strip, runs[-1][-1]) and not same_table):
            runs.append([])
        runs[-1].append(strip)
    out = runs[0] if runs else []
    for run in runs[1:]:
        if len(run) < MOST * len(page) and _overlaps(run, out):
            top = min(strip.line.y for strip in run)
            place = next((k for k, strip in enumerate(out) if strip.line.y > top), len(out))
            while 0 < place < len(out) and out[place].table is not None and out[place].table is out[place - 1].table:
                place -= 1  # never into a table
            run[0].is_jump = False
            run[0].gap = max(run[0].gap, 1.5)
            if place < len(out):
                out[place].gap = max(out[place].gap, 1.5) if out[place].table is None else out[place].gap
                run[0].is_page_start, out[place].is_page_start = out[place].is_page_start, False
            out = [*out[:place], *run, *out[place:]]
        else:
            out = out + run
    return out


def _is_above(strip: Strip, before: Strip) -> bool:
    return strip.line.y < before.line.y - JUMP_LINES * max(strip.line.size, 1.0)


def _overlaps(run: Sequence[Strip], others: Sequence[Strip]) -> bool:
    """Whether lines of the page run through the width of the box, so that it is no column beside them."""
    left, right = min(strip.x for strip in run), max(strip.line.right for strip in run)
    return any(strip.x < left + 20 and strip.line.right > (left + right) / 2 for strip in others)
