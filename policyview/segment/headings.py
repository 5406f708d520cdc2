"""Which lines are headings.

A heading declares itself by the format (Markdown, HTML, Word, a PDF's outline or tags), by its print (bold,
larger, capitals, standing alone), or by its words (``resources/lexicon/roles.toml``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from policyview.lexicon import Lexicon
from policyview.model import WHITE, Passage, Role, join
from policyview.segment.counted_headings import with_counted
from policyview.segment.heading_levels import Heading, Style, arranged
from policyview.segment.heading_words import CAPTION_WORDS, is_caps, is_title_case, labelled_entry, named_role
from policyview.segment.labels import split_label
from policyview.segment.list_lines import without_list_lines
from policyview.segment.plain_headings import (
    cited_names,
    continues_list,
    heads_like,
    heads_statement,
    names_list,
    names_section,
    opening_below,
    stands_alone,
)
from policyview.segment.strips import Strip

MAX_WORDS = 24
CAPTION_LINES = 3  # between the name of a table and its first row
MAX_LINES = 3
LARGER = 1.1  # a heading's size over the body's
SHORT_LINE = 30  # characters
MAX_PLAIN_WORDS = 5  # of a heading in small letters that only its own paragraph shows
APART = 1.25  # white space before a heading, in normal line distances
_CONNECTOR = re.compile(r"[-–—\s]*(and|or|and/or|either|both|plus|not)[-–—\s:]*", re.IGNORECASE)
_JOINS = re.compile(r"(?:and|or|plus)\b.*\bof the following\b", re.IGNORECASE)  # "AND ONE OF THE FOLLOWING:"
_LABELLED = re.compile(
    r"[^:]{3,60}: ?(?:Yes|No|N/A|None|Not applicable)\W*|(?:[A-Z]\w+ ){1,3}N/A"
    r"|(?:[A-Z]\w+ )?(?:Number|No\.|Code|ID) [\w.-]*\d[\w.-]*"
)
_OPEN_END = re.compile(r"\b(?:for|of|with|in|to|by|are|is|the|or|and|following|when|if|who|that|include)\s*:?$")
_SENTENCE = re.compile(r"\b(?:is|are|must|will|shall|should|may|can|has|have|requires?)\b", re.IGNORECASE)
_VALUE = re.compile(r"[^:]{2,60}: ?\S")
_LABEL_BRACKET = re.compile(r"^\s*\(?[A-Za-z0-9]{1,4}\)")
_DATE_LINE = re.compile(
    r"(?:\w+ ){0,3}:?\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}\.?", re.IGNORECASE
)
_LINK = re.compile(r"https?:|www\.|\.(?:com|org|gov|pdf)\b|@|\(/|»")
_COLUMN_HEADS = re.compile(r"(?:\s+(?:Date|Approval|Revision|Effective|Description|Action|Comments?|P&T|Reason)){1,5}$")


class HeadingFinder:
    """Knows what is usual in one document, so that it can tell what stands out."""

    def __init__(self, strips: Sequence[Strip], lexicon: Lexicon) -> None:
        self.strips = list(strips)
        self.lexicon = lexicon
        weights: Counter[float] = Counter()
        for strip in strips:
            weights[round(strip.line.size, 1)] += len(strip.text)
        self.body_size = weights.most_common(1)[0][0] if weights else 10.0
        total = sum(weights.values()) or 1
        bold = sum(len(s.text) for s in strips if s.line.bold)
        self.bold_counts = bold < 0.4 * total
        italic = sum(len(s.text) for s in strips if s.line.italic)
        self.italic_counts = italic < 0.25 * total
        underlined = sum(len(s.text) for s in strips if s.line.underlined)
        self.underlined_counts = underlined < 0.15 * total
        declared = sum(s.line.heading > 0 for s in strips)
        self.is_paged = any(s.page is not None for s in strips)
        self.declares = declared >= 3 and not self.is_paged
        self.is_styled = self.is_paged and (bold > 0 or len(weights) > 1)
        long_lines = sum(len(s.text) > 160 for s in strips)
        self.is_line_per_paragraph = not self.is_paged and long_lines >= max(2, 0.08 * len(strips))
        self.openings: set[str] = set()  # of what stands below the names that are headings
        self.cited = cited_names(self.strips, lexicon) if not self.is_paged else frozenset()

    # ----------------------------------------------------------------- one candidate

    def _group(self, i: int) -> tuple[int, Passage]:
        """The lines that would form one heading with line i."""
        end = i + 1
        while end < len(self.strips) and end - i < MAX_LINES + 1 and self._goes_on(end, self.strips[i]):
            end += 1
        return end, join([s.passage for s in self.strips[i:end]])

    def _goes_on(self, k: int, first: Strip) -> bool:
        """Whether line k may be a further line of the heading that begins with ``first``."""
        strip, before = self.strips[k], self.strips[k - 1]
        same = strip.line.bold == first.line.bold and abs(strip.line.size - first.line.size) < 0.6
        same = same and strip.line.underlined == first.line.underlined and strip.line.colour == first.line.colour
        stands_out = first.line.bold or first.line.size >= self.body_size * LARGER
        is_near = strip.gap <= APART and strip.page == first.page
        if not self.is_paged or strip.cells or strip.table or not (same and stands_out and is_near):
            return False
        if split_label(strip.passage)[0] or before.text.endswith((":", ".", "?")):
            return False
        if is_caps(strip.text) != is_caps(first.text):
            return False
        return strip.text[:1].islower() or not named_role(strip.text, self.lexicon)

    def _ends_long_title(self, i: int) -> bool:
        """Whether line i stands in a run of lines set alike that is too long for a heading."""
        start = i
        while start > 0 and not self.strips[start - 1].heading and self._goes_on(start, self.strips[start - 1]):
            start -= 1
        return start < i and self._group(start)[0] - start > MAX_LINES

    def _is_alone(self, i: int, end: int) -> bool:
        before = self.strips[i - 1] if i else None
        after = self.strips[end] if end < len(self.strips) else None
        starts = (
            before is None
            or self.strips[i].gap > 1.15
            or self.strips[i].is_page_start
            or bool(before.heading)
            or before.text.endswith((".", ":", ";", "!", "?", ")"))
            or bool(before.cells)
            or self.is_line_per_paragraph
            or (not self.is_paged and not self._fills(i - 1, i))
        )
        ends = (
            after is None
            or after.gap > 1.15
            or after.line.bold != self.strips[i].line.bold
            or (self.strips[i].line.colour and after.line.colour != self.strips[i].line.colour)
            or bool(after.cells)
            or after.line.italic != self.strips[i].line.italic
            or (self.strips[i].line.underlined and not after.line.underlined)
            or split_label(after.passage)[0] is not None
            or self.is_line_per_paragraph
            or not self._fills(i, end)
            or len(after.text) < SHORT_LINE
        )
        return starts and ends

    def _follows_full(self, i: int) -> bool:
        """Whether the line before runs on, so that this one may be its end."""
        before = self.strips[i - 1] if i else None
        return before is not None and not (before.heading or before.text.endswith(".")) and self._fills(i - 1, i)

    def _is_in_caps_paragraph(self, i: int, end: int) -> bool:
        """Whether the line before or after goes on in capitals at the same distance: a notice, not a heading."""
        before = self.strips[i - 1] if i and self.strips[i].gap <= APART else None
        after = self.strips[end] if end < len(self.strips) and self.strips[end].gap <= APART else None
        near = [s for s in (before, after) if s is not None and is_caps(s.text)]
        return any(len(s.text) > 2 * SHORT_LINE for s in (*near, self.strips[i])) if near else False

    def _heads_columns(self, end: int) -> bool:
        """Whether short lines follow at once: the heads of a table's columns, one below the other."""
        after = self.strips[end] if end < len(self.strips) else None
        return after is not None and after.gap <= 1.1 and len(after.text) < SHORT_LINE

    def _is_short(self, i: int, end: int) -> bool:
        """One line that ends well before the margin; slanted prose runs on."""
        return end - i == 1 and not self._fills(i, end)

    def _fills(self, i: int, end: int) -> bool:
        """Whether the last line of the group runs to the right margin, so that the next one may carry it on."""
        window = self.strips[max(0, i - 8) : end + 8]
        margin = max((s.line.right if self.is_paged else len(s.text)) for s in window)
        last = self.strips[end - 1]
        return (last.line.right if self.is_paged else len(last.text)) > 0.75 * margin

    def is_heading(self, i: int) -> tuple[int, Passage] | None:
        """The end and words of the heading that begins at line i, if one does."""
        strip = self.strips[i]
        if strip.table or self._is_caption(i) or self._ends_long_title(i):
            return None
        if strip.line.heading and not self.is_paged:
            return i + 1, strip.passage
        if self.declares or len(strip.cells) >= 2:
            return None
        end, passage = self._group(i)
        text = passage.text
        if end - i > MAX_LINES:
            return None
        if (
            strip.line.heading
            and len(text.split()) <= MAX_WORDS
            and any(map(str.isalpha, text))
            and self._is_alone(i, end)
        ):
            return end, passage  # the document's own outline or tags name it
        if not self._could_be(text, strip):
            return None
        if not (self.is_paged or self.declares or self._fills_wrapped(i, end)) and heads_statement(
            self.strips, i, self.lexicon, self.cited
        ):
            return end, passage
        if not self.is_paged and continues_list(self.strips, i):
            return None
        if not self.is_paged and (
            names_list(self.strips, i, self.lexicon)
            or names_section(self.strips, i, self.lexicon)
            or heads_like(self.strips, i, self.openings)
        ):
            return end, passage
        alone = self._is_alone(i, end)
        role = named_role(text, self.lexicon)
        if self._is_opening_title(i, text):
            return end, passage
        if self._stands_out(strip, text, role, alone, i, end) and not (self.is_paged and self._is_beside_another(i)):
            return end, passage
        return None

    def _is_caption(self, i: int) -> bool:
        """Whether a line only names the table below it."""
        below = self.strips[i + 1 : i + 1 + CAPTION_LINES]
        return bool(CAPTION_WORDS.match(self.strips[i].text)) and any(s.table or len(s.cells) >= 2 for s in below)

    def _is_beside_another(self, i: int) -> bool:
        """Whether another line stands at the same height: cells of a table's head, printed one by one."""
        line = self.strips[i].line
        near = self.strips[max(0, i - 3) : i] + self.strips[i + 1 : i + 4]
        return any(
            s.page == line.page
            and not s.line.heading
            and abs(s.line.y - line.y) < 0.5 * line.size
            and abs(s.x - line.x) > 4 * line.size
            and any(c.isalnum() for c in s.text)
            for s in near
        )

    def _is_opening_title(self, i: int, text: str) -> bool:
        """The first line of a plain text names it, unless it names only who speaks."""
        is_lead = text.endswith(":") and _SENTENCE.search(text)
        if any(re.fullmatch(pattern, text) for pattern in self.lexicon["payers"]["plan_like"].patterns):
            return False
        return i == 0 and not self.is_paged and not is_lead and not text.endswith((".", ",", ";"))

    def _fills_wrapped(self, i: int, end: int) -> bool:
        """Whether a line of a text with wrapped paragraphs may run on."""
        return not self.is_line_per_paragraph and self._fills(i, end)

    def _could_be(self, text: str, strip: Strip) -> bool:
        words = text.split()
        if not words or len(words) > MAX_WORDS or not any(c.isalpha() for c in text):
            return False
        own = _LABEL_BRACKET.sub("", text)
        if own.count(")") > own.count("("):
            return False  # the end of a sentence
        if _OPEN_END.search(text) or _CONNECTOR.fullmatch(text) or text[0].islower() or text[0] in '(*†‡[©®"“':
            return False
        if self.lexicon["headings"]["letter-line"].regex.fullmatch(text):
            return False
        if self.lexicon["headings"]["column-heads"].regex.fullmatch(text) and named_role(text, self.lexicon) is None:
            return False
        if _JOINS.match(text) or (not self.is_paged and _LABELLED.fullmatch(text)):
            return False
        label, rest = split_label(strip.passage)
        if label and (label.is_bullet or not rest or rest.text[0].islower()):
            return False
        if text.endswith((".", ";", ",", "-", "®")) and not (
            text.endswith(".") and len(words) <= 14 and is_title_case(text)
        ):
            return False
        if text.startswith(("Note", "NOTE", "http", "www.")) or re.search(
            r"\d{1,2}/\d{1,2}/\d{2,4}|@|\d{3}-\d{4}", text
        ) or _DATE_LINE.fullmatch(text):
            return False
        return not re.fullmatch(r"[\W\d_]*[A-Za-z]?[\W\d_]*", text)

    def _stands_out(self, strip: Strip, text: str, role: Role | None, alone: bool, i: int, end: int) -> bool:
        is_lead_in = _SENTENCE.search(text) and text.endswith(":") and role is not Role.REFERENCES
        if is_lead_in and not text.startswith("When") and not is_caps(text):
            return False  # a lead-in, however it is set
        has_value = bool(_VALUE.match(text)) and not text.endswith(":") and role is None
        if has_value:
            return False
        if is_caps(text) and self._is_in_caps_paragraph(i, end):
            return False
        larger = self.is_paged and strip.line.size >= self.body_size * LARGER
        smaller = self.is_paged and strip.line.size < self.body_size * 0.9
        if smaller and not role:
            return False
        bold = strip.line.bold and self.bold_counts
        short = len(text.split()) <= 16
        if larger and (alone or bold) and short:
            return True
        if bold and alone:
            return True
        slanted = strip.line.italic and self.italic_counts and not text.endswith(("”", '"', ")"))
        if slanted and alone and len(text.split()) <= 12 and self._is_short(i, end):
            return True
        underlined = self.is_paged and strip.line.underlined and self.underlined_counts and not text.endswith(".")
        if underlined and alone and short and not _LINK.search(text):
            return True
        if is_caps(text) and alone and short and (strip.gap > APART or role or bold or strip.is_page_start):
            return self.is_paged or not self._heads_columns(end)
        is_plain = role == Role.NOT_COVERED and self._is_plain_name(text)
        is_set = is_title_case(text) or text.endswith(":") or is_plain or labelled_entry(text, self.lexicon)
        if role is not None and alone and len(text.split()) <= 12 and is_set:
            after = self.strips[end] if end < len(self.strips) else None
            apart = strip.gap > 1.1 or strip.is_page_start or text.endswith(":") or self.is_line_per_paragraph
            if self.is_paged:
                return apart and split_label(Passage(text, range(len(text))))[0] is None
            if self.is_line_per_paragraph or after is None:
                return apart
            words, leads = len(re.split(r"[\s/]+", text)), len(after.text) > 60
            if role == Role.HISTORY and _COLUMN_HEADS.search(text):
                return True
            return (
                after.gap > 1.1
                or (apart and (leads or words >= 4))
                or (words >= 2 and leads and not self._follows_full(i))
            )
        if self.is_paged or not alone or not short or not is_title_case(text):
            return False
        return stands_alone(self.strips, i, end, self.is_line_per_paragraph)

    def _is_plain_name(self, text: str) -> bool:
        """Whether a paragraph of a few words, its first letter large, may be a heading, as it states nothing."""
        is_short = len(text.split()) <= MAX_PLAIN_WORDS and text[:1].isupper()
        return is_short and self.is_line_per_paragraph and not _SENTENCE.search(text)

    def next_in_row(self, i: int, counted: Mapping[Style, int]) -> tuple[int, Passage] | None:
        """A bold line that is set and numbered as the next of the headings before it, whatever it says."""
        strip = self.strips[i]
        is_set_apart = (strip.line.bold and self.bold_counts) or (strip.line.underlined and self.underlined_counts)
        if not (is_set_apart and self.is_paged) or strip.table or len(strip.cells) >= 2:
            return None
        label, rest = split_label(strip.passage)
        if label is None or label.is_bullet or not rest:
            return None
        end, passage = self._group(i)
        known = counted.get(self.style(strip, passage))
        ordinals = {reading.ordinal for reading in label.readings}
        if known is None or known + 1 not in ordinals or end - i > MAX_LINES or len(passage.text.split()) > MAX_WORDS:
            return None
        return end, passage

    # ----------------------------------------------------------------- all of them

    def style(self, strip: Strip, passage: Passage, counted: Mapping[str, int] = MappingProxyType({})) -> Style:
        """How a heading is set, its label ("I.": a letter or a roman numeral) read as it follows on those counted."""
        label, _ = split_label(passage)
        printed = label.following(counted).style if label else ""
        indent = round(strip.x / 14) if printed and self.is_paged else 0
        return Style(
            round(strip.line.size * 2) / 2, is_caps(passage.text), strip.line.bold, strip.line.italic, printed, indent,
            strip.line.underlined and not printed,  # among numbered headings some are underlined, at will
            strip.line.colour if strip.line.colour != WHITE else 0,  # white on a dark bar heads a table as well
        )


def find_headings(finder: HeadingFinder) -> list[Heading]:
    """The headings in reading order, with level and role; their strips are marked."""
    strips, lexicon = finder.strips, finder.lexicon
    found: list[tuple[int, int, Passage]] = []
    counted: dict[Style, int] = {}
    i = 0
    while i < len(strips):
        hit = finder.is_heading(i) or finder.next_in_row(i, counted)
        if hit is None:
            i += 1
            continue
        end, passage = hit
        label, _ = split_label(passage)
        if label and (strips[i].line.bold or strips[i].line.underlined):
            counted[finder.style(strips[i], passage)] = label.readings[0].ordinal
        if named_role(passage.text, lexicon) is None and (opening := opening_below(strips, end)):
            finder.openings.add(opening)
        for k in range(i, end):
            strips[k].heading, strips[k].heading_tail = 1, k > i
        found.append((i, end, passage if finder.is_paged else _without_columns(passage, lexicon)))
        i = end
    found = without_list_lines(found, finder) if finder.is_paged else with_counted(found, finder.strips)
    return arranged(found, finder)


def _without_columns(passage: Passage, lexicon: Lexicon) -> Passage:
    """The heading of a history table without the column heads that a plain text printed behind it."""
    match = _COLUMN_HEADS.search(passage.text)
    if match and match.start() and named_role(passage.text[: match.start()], lexicon) == Role.HISTORY:
        return passage.part(0, match.start())
    return passage
