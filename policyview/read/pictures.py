"""Tells pictures on a page that has text beside them: a table or a score may stand there that nobody reads."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2

from policyview.model import Line, Loss
from policyview.read.mapping import page_mapping
from policyview.read.strokes import Stroke

_SHARE = 0.2  # of the page, from which on a picture may hold a page's matter
_EDGE_PT = 2.0  # a picture from one edge of the page to the other is its letterhead or ground


def losses(page: pypdfium2.PdfPage, number: int, pictures: Sequence[Stroke], lines: Sequence[Line]) -> tuple[Loss, ...]:
    """That pictures without text hold a good part of a page that has text elsewhere."""
    if not pictures or not lines:
        return ()
    width, height = page.get_size()
    mapping = page_mapping(page)
    unread = 0.0
    for picture in pictures:
        ends = mapping.apply(picture.left, picture.bottom), mapping.apply(picture.right, picture.top)
        (left, right), (top, bottom) = (sorted(end[axis] for end in ends) for axis in (0, 1))
        is_ground = left <= _EDGE_PT and right >= width - _EDGE_PT
        if not is_ground and not any(left <= line.x <= right and top <= line.y <= bottom for line in lines):
            unread += (right - left) * (bottom - top) / (width * height)
    if unread < _SHARE:
        return ()
    return (Loss(number, f"Page {number} holds a picture over {min(unread, 1):.0%} of it whose words, if any, could "
                         "not be read: look at the page itself."),)
