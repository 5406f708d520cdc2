"""Page furniture: what repeats on the pages of a document and belongs to none of them.

Running headers and footers, print stamps, page numbers and the same legal paragraph on every page are
recognised by repetition, not by their words. They are left out of the reading text, even in the middle of
a list, and listed as boilerplate.
"""

from __future__ import annotations

import itertools
import re
import statistics
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from policyview.lexicon import Lexicon
from policyview.model import Boilerplate, join
from policyview.segment.labels import split_label
from policyview.segment.site import mark_site
from policyview.segment.strips import Strip

HEAD_LINES, FOOT_LINES = 10, 14  # a running head or foot with a legal paragraph is no deeper
FEW_PAGES = 3  # of a document in which two pages that repeat a line prove little
SHARE_OF_PAGES = 0.5  # on at least half the pages …
SHARE_IN_PLACE = 0.28  # … or on this share, at the very same height (odd and even pages differ)
SAME_HEIGHT = 4.0  # points
IN_PLACE_SHARE = 0.34  # of the others of its words must stand at a line's height for it to be in place
LONG_PARAGRAPH = 60  # characters; an unpaged document repeats a shorter one for good reason
PAGE_LENGTH = 1000  # characters from one running foot to the next, at least
FEWEST_REGULAR = 4  # occurrences that show a regular distance
MANY, MOST = 7, 0.6  # occurrences, of which most are enough
BESIDE = 3  # lines from a running head or foot to the page's number, at most
MOST_REGULAR = 1.5  # times the middle distance that the longest may have, and the other way round
_NUMBER = re.compile(r"\d+")


def _key(strip: Strip) -> str:
    return _NUMBER.sub("#", strip.text.casefold())


def _by_page(strips: Iterable[Strip]) -> dict[int, list[Strip]]:
    pages: dict[int, list[Strip]] = defaultdict(list)
    for strip in strips:
        if strip.page is not None:
            pages[strip.page].append(strip)
    return pages


def _mark_paged(strips: list[Strip]) -> None:
    pages = _by_page(strips)
    total = len(pages)
    if total < 2:
        return
    places: dict[str, list[tuple[int, float, Strip]]] = defaultdict(list)
    for number, lines in pages.items():
        ordered = sorted(lines, key=lambda s: s.line.y)
        for rank, strip in enumerate(ordered):
            is_at_edge = rank < HEAD_LINES or rank >= len(ordered) - FOOT_LINES
            if is_at_edge and not (total <= FEW_PAGES and _is_in_list(strip)):
                places[_key(strip)].append((number, strip.line.y, strip))
    for seen in places.values():
        on = {page for page, _, _ in seen}
        if len(on) < 2 or (len(on) < 3 and total > 3):
            continue
        in_place = _in_place(seen)
        pages_in_place = {page for page, _, _ in in_place}
        is_wide = len(on) >= SHARE_OF_PAGES * total and len(pages_in_place) >= 0.5 * len(on)
        if is_wide or (len(pages_in_place) >= max(3, SHARE_IN_PLACE * total)):
            for _, _, strip in in_place:
                strip.is_furniture = True
    known = {_key(strip) for strip in strips if strip.is_furniture}
    for strip in strips:  # the first page prints the same paragraph at another height
        if len(strip.text) >= LONG_PARAGRAPH // 2 and _key(strip) in known:
            strip.is_furniture = True
    _fill_bands(pages)


def _in_place(seen: list[tuple[int, float, Strip]]) -> list[tuple[int, float, Strip]]:
    """Those that stand at the height at which many of the others stand too."""
    heights = sorted(y for _, y, _ in seen)
    least = max(1, IN_PLACE_SHARE * (len(seen) - 1))
    found = []
    for one in seen:
        low, high = one[1] - SAME_HEIGHT, one[1] + SAME_HEIGHT
        if bisect_right(heights, high) - bisect_left(heights, low) - 1 >= least:
            found.append(one)
    return found


def _fill_bands(pages: dict[int, list[Strip]]) -> None:
    """A line between two furniture lines at a page's edge is furniture too (a title that wraps, a changing stamp)."""
    for lines in pages.values():
        ordered = sorted(lines, key=lambda s: s.line.y)
        marked = [i for i, strip in enumerate(ordered) if strip.is_furniture]
        for a, b in itertools.pairwise(marked):
            at_edge = b < HEAD_LINES or a >= len(ordered) - FOOT_LINES
            if at_edge and 1 < b - a <= 3 and len(ordered) - (b - a) > 4:
                between = ordered[a + 1 : b]
                if all(len(s.text) < 60 and not s.cells for s in between) and a == 0:
                    for strip in between:
                        strip.is_furniture = True


def _mark_unpaged(strips: list[Strip], lexicon: Lexicon) -> None:
    """Long paragraphs that repeat word for word as a page's edge does, and short lines that keep them company.

    Rules are repeated too, under each use that they hold for: what states coverage or a condition is no furniture,
    and what is repeated here and there may be a rule in words that no lexicon knows.
    """
    seen: dict[str, list[int]] = defaultdict(list)
    for i, strip in enumerate(strips):
        seen[strip.text].append(i)
    for text, places in seen.items():
        is_long = len(places) >= 3 and len(text) >= LONG_PARAGRAPH and not strips[places[0]].cells
        if is_long and not _is_in_list(strips[places[0]]) and _is_edge(places, strips, lexicon):
            for i in places:
                strips[i].is_furniture = True
    for text, places in seen.items():
        if len(places) < 3 or _is_in_list(strips[places[0]]):
            continue
        touches = _touches_furniture if len(text) < LONG_PARAGRAPH else _is_amid_furniture
        beside = [i for i in places if touches(strips, i)]
        if len(beside) >= 3 and len(beside) >= 0.6 * len(places):
            for i in beside:
                strips[i].is_furniture = True


def _is_in_list(strip: Strip) -> bool:
    """Whether a line is an item or leads items in: lists repeat under each use, a page's edge has none."""
    return split_label(strip.passage)[0] is not None or strip.text.endswith((":", ";"))


def _is_edge(places: list[int], strips: list[Strip], lexicon: Lexicon) -> bool:
    """Whether a repeated paragraph is one that pages print at their edges: by what it says, or by its distances."""
    text, statements = strips[places[0]].text, lexicon["statements"]
    if statements["legal-notice"].regex.search(text):
        return True
    if _is_led_in(places, strips):
        return False
    is_business = bool(statements["administrative"].regex.search(text))
    if is_business or _is_paged_off(places, strips, lexicon):
        return True
    return _is_regular(places, strips) and not _is_rule(text, lexicon)


def _is_led_in(places: list[int], strips: list[Strip]) -> bool:
    """Whether most of some lines stand right below a lead-in: first items of lists without marks."""
    return 2 * sum(i > 0 and strips[i - 1].text.endswith(":") for i in places) > len(places)


def _is_regular(places: list[int], strips: list[Strip]) -> bool:
    """Whether lines follow each other about a page apart, as running feet do and rules seldom: most of many lines,
    all of few."""
    if len(places) < FEWEST_REGULAR:
        return False
    distances = [strips[b].line.start - strips[a].line.start for a, b in itertools.pairwise(places)]
    middle = statistics.median(distances)
    near = sum(middle <= MOST_REGULAR * d <= MOST_REGULAR**2 * middle for d in distances)
    return middle >= PAGE_LENGTH and near >= (MOST if len(places) >= MANY else 1.0) * len(distances)


def _is_paged_off(places: list[int], strips: list[Strip], lexicon: Lexicon) -> bool:
    """Whether a printed page number stands beside most of some lines."""
    numbers = lexicon.entries("furniture")
    beside = 0
    for i in places:
        near = (strip.text for strip in strips[max(0, i - BESIDE) : i + BESIDE + 1] if len(strip.text) < LONG_PARAGRAPH)
        beside += any(entry.regex.fullmatch(text) for text in near for entry in numbers)
    return beside > MOST * len(places)


def _is_rule(text: str, lexicon: Lexicon) -> bool:
    states = any(entry.regex.search(text) for entry in lexicon.entries("determinations"))
    return states or bool(lexicon["statements"]["condition-opening"].regex.match(text))


def _touches_furniture(strips: list[Strip], i: int) -> bool:
    return any(0 <= j < len(strips) and strips[j].is_furniture for j in (i - 1, i + 1))


def _is_amid_furniture(strips: list[Strip], i: int) -> bool:
    return 0 < i < len(strips) - 1 and strips[i - 1].is_furniture and strips[i + 1].is_furniture


def _mark_by_wording(strips: list[Strip], lexicon: Lexicon) -> None:
    """Page numbers that text files kept from a print ("Page 7 of 10"), whole line only."""
    for entry in lexicon.entries("furniture"):
        for strip in strips:
            if len(strip.text) < 60 and entry.regex.fullmatch(strip.text):
                strip.is_furniture = True
    if all(strip.page is None for strip in strips):
        _mark_company(strips)


def _mark_company(strips: list[Strip]) -> None:
    """The short lines between a page's end and its printed page number: the running head that a text file kept."""
    for i, strip in enumerate(strips):
        if not strip.is_furniture or len(strip.text) >= LONG_PARAGRAPH:
            continue
        start = i
        while start > 0 and i - start < 3 and strips[start].gap <= 1.5 and len(strips[start - 1].text) < LONG_PARAGRAPH:
            start -= 1
        if start and strips[start].gap > 1.5 and not any(s.text.endswith((".", ":", ";")) for s in strips[start:i]):
            for company in strips[start:i]:
                company.is_furniture = True


def take_out(strips: list[Strip], lexicon: Lexicon) -> tuple[list[Strip], tuple[Boilerplate, ...]]:
    """The lines that remain, and the furniture, each text once with its number of occurrences."""
    if any(strip.page is not None for strip in strips):
        _mark_paged(strips)
    _mark_unpaged_if_needed(strips, lexicon)
    _mark_by_wording(strips, lexicon)
    mark_site(strips, lexicon)
    kept: list[Strip] = []
    runs: list[list[Strip]] = []
    after = False
    for strip in strips:
        if strip.is_furniture:
            if not after:
                runs.append([])
            runs[-1].append(strip)
            after = True
            continue
        strip.is_page_start = not kept or kept[-1].page != strip.page
        strip.is_after_furniture = after or (bool(kept) and strip.is_page_start)
        strip.gap = 1.0 if after else strip.gap
        kept.append(strip)
        after = False
    return kept, _boilerplate(runs)


def _mark_unpaged_if_needed(strips: list[Strip], lexicon: Lexicon) -> None:
    if all(strip.page is None for strip in strips):
        _mark_unpaged(strips, lexicon)


def _boilerplate(runs: list[list[Strip]]) -> tuple[Boilerplate, ...]:
    """Neighbouring furniture lines of one text block as one boilerplate, in order of first appearance."""
    found: dict[str, list[list[Strip]]] = {}
    for run in runs:
        for block in _paragraphs(run):
            key = " ".join(_key(strip) for strip in block)
            found.setdefault(key, []).append(block)
    out = []
    for blocks in found.values():
        passage = join([strip.passage for strip in blocks[0]])
        out.append(Boilerplate(passage.text, len(blocks), passage))
    return tuple(out)


def _paragraphs(run: list[Strip]) -> list[list[Strip]]:
    blocks: list[list[Strip]] = []
    for strip in run:
        starts = not blocks or strip.gap > 1.4 or strip.is_page_start or strip.page is None
        if starts:
            blocks.append([])
        blocks[-1].append(strip)
    return blocks
