"""Headings in plain text that only the count of those beside them tells: "A. General" by "B. Covered uses"."""

from __future__ import annotations

from collections.abc import Sequence

from policyview.segment.heading_words import is_title_case
from policyview.segment.labels import Reading, split_label
from policyview.segment.list_lines import Found
from policyview.segment.strips import Strip

SHORT_TITLE = 8  # words
NUMERALS = "I."  # how roman numerals in capitals count, which lists seldom have


def with_counted(found: list[Found], strips: Sequence[Strip]) -> list[Found]:
    """In plain text "A. General" may be told for a heading only by the "B. Covered uses" that comes later."""
    taken = {start for start, _, _ in found}
    more: list[Found] = []
    for start, _, passage in found:
        label, _ = split_label(passage)
        if label is None or label.is_bullet or label.readings[0].ordinal < 2:
            continue
        wanted = Reading(label.readings[0].style, label.readings[0].ordinal - 1)
        for i in range(start - 1, -1, -1):
            strip = strips[i]
            own, rest = split_label(strip.passage)
            if own and wanted in own.readings:
                is_short = 0 < len(rest.text.split()) <= SHORT_TITLE and not rest.text.endswith((".", ";", ","))
                if i not in taken and is_short and is_title_case(rest.text) and _stands_apart(strips, i):
                    strip.heading = 1
                    more.append((i, i + 1, strip.passage))
                break
    return _with_later_numerals(sorted([*found, *more], key=lambda heading: heading[0]), strips)


def _with_later_numerals(found: list[Found], strips: Sequence[Strip]) -> list[Found]:
    """In plain text "IV. Renewal" counts on from "II. Limits" and "III. Criteria", which are headings for sure."""
    taken = {start for start, _, _ in found}
    labels = [(start, split_label(passage)[0]) for start, _, passage in found]
    counted = {reading.ordinal: start for start, label in labels if label for reading in label.readings
               if reading.style == NUMERALS and not label.is_bullet}
    if len(counted) < 2 or max(counted) < 2:
        return found
    last = max(counted)
    for i in range(counted[last] + 1, len(strips)):
        strip = strips[i]
        own, rest = split_label(strip.passage)
        if own is None or Reading(NUMERALS, last + 1) not in own.readings or i in taken:
            continue
        is_short = 0 < len(rest.text.split()) <= SHORT_TITLE and not rest.text.endswith((".", ";", ",", ":"))
        if not (is_short and is_title_case(rest.text) and strip.gap >= 2):
            break
        strip.heading, last = 1, last + 1
        found = [*found, (i, i + 1, strip.passage)]
    return sorted(found, key=lambda heading: heading[0])


def _stands_apart(strips: Sequence[Strip], i: int) -> bool:
    return strips[i].gap > 1 or i == 0 or bool(strips[i - 1].heading)
