"""What a web page prints around its text: links, menus, questions to the reader.

Recognised by its words where a line can be nothing else, and beside such lines; in a print also by its place, a narrow
column of links beside the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from policyview.lexicon import Entry, Lexicon
from policyview.segment.labels import split_label
from policyview.segment.strips import Strip

_MARKS = "•·*-○▪ "  # of items
LONGEST_LINK = 8  # words of a link in a menu
SAME_EDGE = 14.0  # points
NARROW = 0.36  # of the printed width, at most, is a column of links
FEWEST_LINKS = 3  # lines with addresses in a column of links


def mark_site(strips: Sequence[Strip], lexicon: Lexicon) -> None:
    """Marks the lines around the text of a web page as furniture."""
    plain = [strip.text.lstrip(_MARKS) for strip in strips]
    is_mark, is_head = _opening(lexicon["site"]["mark"]), _opening(lexicon["site"]["head"])
    link = lexicon["site"]["link"].regex
    arrows = {i for i, text in enumerate(plain) if ("»" in text or text[:1] == "«") and link.fullmatch(text)}
    marked = arrows | {i for i, text in enumerate(plain) if is_mark(text)}
    for i, text in enumerate(plain):
        if is_head(text):
            marked |= _links_below(i, strips)
    for i in (*marked, *_beside(marked, plain, lexicon["site"]["word"])):
        strips[i].is_furniture = True
    if any(strip.page is not None for strip in strips):
        _mark_side_menus(strips, lexicon)


def _opening(entry: Entry) -> Callable[[str], bool]:
    """Whether a line is what an entry says; most are not by their first word."""
    first, regex = frozenset(entry.get("needs") or ()), entry.regex

    def is_one(text: str) -> bool:
        may_be = not first or text.split(" ", 1)[0].casefold() in first
        return may_be and regex.fullmatch(text) is not None

    return is_one


def _links_below(head: int, strips: Sequence[Strip]) -> set[int]:
    """A head over links with these: items that are only names, up to the first line that is more."""
    end = head + 1
    while end < len(strips) and _is_link(strips[end]):
        end += 1
    return set(range(head, end)) if end - head > 1 else set()


def _is_link(strip: Strip) -> bool:
    label, rest = split_label(strip.passage)
    is_item = label is not None and label.is_bullet
    return is_item and len(rest.text.split()) <= LONGEST_LINK and not rest.text.endswith((".", ":", ";", ","))


def _beside(marked: Iterable[int], plain: Sequence[str], word: Entry) -> set[int]:
    """The lines of a site's words that stand in one run with a line that is marked; a name may stand among them."""

    def is_word(i: int) -> bool:
        return 0 <= i < len(plain) and word.regex.fullmatch(plain[i]) is not None

    found: set[int] = set()
    for start in marked:
        for step in (-1, 1):
            i = start + step
            while i not in found and (is_word(i) or (is_word(i + step) and is_word(i + 2 * step))):
                found |= {i} if is_word(i) else set()
                i += step
    return found


# --------------------------------------------------------------------------- columns of links


def _mark_side_menus(strips: Sequence[Strip], lexicon: Lexicon) -> None:
    """A narrow column beside the text, many lines of which hold an address, with all that stands in it."""
    address = lexicon["site"]["address"].regex
    pages: dict[int, list[Strip]] = defaultdict(list)
    for strip in strips:
        if strip.page is not None:
            pages[strip.page].append(strip)
    linked = {n: [s for s in page if _may_link(s) and address.fullmatch(s.text)] for n, page in pages.items()}
    left, right = min(s.x for s in strips), max(s.line.right for s in strips)
    for number, links in linked.items():
        edge = min((link.x for link in links), default=left)
        if len(links) < FEWEST_LINKS or right - edge >= NARROW * (right - left):
            continue
        if sum(link in _column(pages[number], edge) for link in links) < FEWEST_LINKS:
            continue
        for other, page in pages.items():
            column = _column(page, edge)
            if any(link in column for link in linked[other]):
                for strip in column:
                    strip.is_furniture = True


def _may_link(strip: Strip) -> bool:
    return "/" in strip.text or "»" in strip.text or strip.text.endswith(")")


def _column(page: Sequence[Strip], edge: float) -> list[Strip]:
    """The lines right of an edge, where none from the left of it runs across it at their heights."""
    inside = [strip for strip in page if strip.x >= edge - SAME_EDGE]
    across = [strip.line.y for strip in page if strip.x < edge - SAME_EDGE and strip.line.right > edge]
    lowest = max((y for y in across), default=float("-inf"))
    return [strip for strip in inside if strip.line.y > lowest]
