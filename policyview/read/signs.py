"""Finds comparators that are drawn, not written: a ">" with a short line under it is "≥" on the page.

The text layer holds only ">", and the difference decides who is covered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

import pypdfium2

from policyview.model import Loss
from policyview.read.bullets import Bullet
from policyview.read.strokes import Stroke

Signs: TypeAlias = tuple[tuple[int, str], ...]
"""(index of PDFium's text, what the page shows there) where it differs from the text."""

_OR_EQUAL = {"<": "≤", ">": "≥"}
_COMPARATOR = re.compile("[<>]")
_FLAT = 0.3  # in glyph heights: a thicker bar underlines nothing
_REACH = 0.45  # in glyph widths: how far the line may end from the glyph's own ends
_NEAR, _FAR = 0.05, 0.85  # in glyph heights below the glyph's foot
_REACH_PT = 1.5  # blanks before and after may be underlined too


def drawn(
    strokes: Sequence[Stroke], text_page: pypdfium2.PdfTextPage, printed: str
) -> Signs:
    """The comparators that the page shows otherwise than its text has them."""
    places = [match.start() for match in _COMPARATOR.finditer(printed)]
    if not places:
        return ()
    lines = [stroke for stroke in strokes if stroke.is_level]
    boxes = ((index, _glyph(text_page, index)) for index in places) if lines else ()
    return tuple((k, _OR_EQUAL[printed[k]]) for k, box in boxes if any(_underlines(line, box) for line in lines))


def with_bullets(signs: Signs, bullets: Sequence[Bullet], printed: str) -> Signs:
    """The signs with each drawn bullet before its word; a word that is struck out has none."""
    if not bullets:
        return signs
    shown = dict(signs)
    for bullet in bullets:
        first = shown.get(bullet.at, printed[bullet.at])
        shown[bullet.at] = bullet.sign + first if first else ""
    return tuple(shown.items())


def losses(number: int, signs: Signs) -> tuple[Loss, ...]:
    """What the page shows otherwise than its text layer, as a sentence."""
    if not signs:
        return ()
    shown = " and ".join(sorted({sign for _, sign in signs}))
    places = "place" if len(signs) == 1 else "places"
    return (Loss(number, f"Page {number} draws {shown} by underlining in {len(signs)} {places} where its text has only "
                         "< or >: it is read as drawn; compare the page."),)


def _glyph(text_page: pypdfium2.PdfTextPage, index: int) -> Stroke:
    return Stroke(*text_page.get_charbox(index))


def _underlines(line: Stroke, glyph: Stroke) -> bool:
    """Whether a line stands under this glyph alone; one under its neighbours too underlines words, or rules a table."""
    width, height = glyph.right - glyph.left, glyph.top - glyph.bottom
    if line.top - line.bottom > _FLAT * height:
        return False
    slack = max(_REACH * width, _REACH_PT)
    is_under = _NEAR * height < glyph.bottom - (line.top + line.bottom) / 2 < _FAR * height
    return is_under and abs(line.left - glyph.left) <= slack and abs(line.right - glyph.right) <= slack + width
