"""Joins printed lines to paragraphs and list items, across page breaks and page furniture too."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policyview.model import Passage
from policyview.segment.labels import INDENT, Label, Reading, plain_label, split_label
from policyview.segment.strips import Strip

PARAGRAPH_GAP = 1.32  # normal line distances; more white space starts a paragraph
SAME_INDENT = 5.0  # points
HUNG = 12.0  # points between a lost bullet and the words behind it, at least
INDENTED = 8.0  # points that an item stands in from its lead-in
SAME_LINE = 1.0        # type sizes between two parts of one line
TOUCHING = 0.15        # type sizes; closer parts have no blank between them
LEAD_LINES = 4  # lines of a lead-in between "the following" and its colon
ITEM_LINES = 2  # of an item of a list without marks, at most
FEWEST_ITEMS = 2  # lines above that show a list without marks
LONGEST_WORD = 40      # characters
_WORD_BEFORE_HYPHEN = re.compile(r"(\w+)-$")
_WORD_START = re.compile(r"\w*")
_CONNECTOR = re.compile(r"[-–—\s(]*(and|or|and/or|plus)[-–—\s:;,)]*", re.IGNORECASE)
_NUMBER_WITHIN = re.compile(r"\s\d{1,2}(?:\.\d{1,2})+ [A-Z]")
_FIELD = re.compile(r"[A-Z][\w/()-]*(?: [\w/()-]+){0,6}: ?\S")  # "Approval Length: 6 months"
_SEMICOLON = re.compile(r";(?:\s*(?:and|or))?$", re.IGNORECASE)
_TIED = re.compile(r";\s*(?:and|or)$", re.IGNORECASE)
_RAISED = re.compile(r"\d{1,2}")  # an exponent that a web page printed on a line of its own
_PUNCTUATION = re.compile(r"[.,;:]")  # a mark behind bold words, on a line of its own
_CARRIES_ON = re.compile(r"[.,;)\]]")
_UNFINISHED = re.compile(
    r"(?:[,(/–—-]|\b(?:and|or|of|the|a|an|in|to|for|with|by|is|are|be|as|at|on|from|than|that|which|not|no|all|any|one|two|least))$"
)
_DANGLING = re.compile(  # words with which no paragraph ends, though a web page broke the line behind them
    r"\b(?:of|the|an?|with|by|is|are|be|than|when|if|where|who|whose|meets|has|have)$"
)
_DANGLES = re.compile(  # words behind which a number goes on with the sentence
    r"\b(?:of|the|an?|with|by|is|are|be|than|to|from|at|under|over|about|approximately|least|most|versus|Dr\.|Mr\.|Mrs\.|vs\.|approx\.)$"
)
_SPELLED = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$", re.IGNORECASE)
_HOW_MANY = re.compile(r"(?:all|any|both|either|each|one|two|three)(?: or (?:more|both))?", re.IGNORECASE)
_ANNOUNCES = re.compile(r"(?:\bfollowing|:|\b(?:is|are|been) met)$", re.IGNORECASE)
_LEADS_IN = re.compile(
    r"\b(?:following|these|below|criteria|indications|conditions|requirements)\b[^.]{0,200}$", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?]$|\b(?:is|are|may|must|will|should|shall)\b")
_FINISHED = re.compile(r"[;,]\s*(?:and|or)$|[.;:!?][\"'”’)\]\d*†]*$")


def _mark_indented(pieces: Sequence[Piece]) -> None:
    """Paragraphs set in under a lead-in that ends with a colon are its items, though no bullet is left."""
    base: float | None = None
    marked: list[float] = []  # where the items stand that were marked under the last lead-in
    for before, piece in itertools.pairwise(pieces):
        if piece.label or piece.is_connector:
            base = None if piece.label else base
            continue
        if marked and base is None and before.label and any(abs(piece.x - x) <= SAME_INDENT / 2 for x in marked):
            piece.label = Label("", (Reading(INDENT, 0),))  # the list goes on behind the bullets of an inner one
            continue
        opens = not before.is_connector and before.last.text.endswith(":")
        if base is None and opens and piece.x > (before.x if before.label is None else before.text_x) + INDENTED:
            base = before.x if before.label is None else before.text_x
        if base is not None and piece.x > base + INDENTED and not piece.strips[0].line.bold:
            piece.label = Label("", (Reading(INDENT, 0),))
            marked.append(piece.strips[0].x)
        elif base is not None and not piece.is_connector:
            base = None


def _mark_between_bullets(pieces: Sequence[Piece]) -> None:
    """A paragraph that ends as its neighbours do, bullets of one kind, is an item of their list that lost its mark."""
    for before, piece, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if before.label and before.label.is_bullet and after.label and after.label.printed == before.label.printed \
                and _ends_item(piece) and _SEMICOLON.search(before.last.tail):
            piece.label = before.label


def _mark_lone_bullets(pieces: Sequence[Piece]) -> None:
    """Items whose bullet stands alone on its line are a list of their own, which those with words beside it stand in,
    where each change to the latter is led in: a web page lost the indentation and kept this."""
    alone = [piece for piece in pieces if piece.label and piece.label.is_bullet and not piece.parts[0]]
    inner = [after for before, after in itertools.pairwise(p for p in pieces if not p.is_connector)
             if before in alone and after.label and after not in alone and not before.announces_list]
    if inner:
        return
    for piece in alone:
        assert piece.label is not None
        style = piece.label.readings[0].style
        piece.label = Label(piece.label.printed, (Reading(f"{style} alone", 0),))


@dataclass(eq=False)
class Piece:
    """A paragraph, list item or connector ("-AND-") before lists are nested."""

    strips: list[Strip]
    label: Label | None
    parts: list[Passage] = field(default_factory=list)
    is_connector: bool = False

    @property
    def x(self) -> float:
        """Where its label stands; where the print lost the label, a little to the left of the words."""
        is_lost = self.label is not None and self.label.readings[0].style == INDENT
        return self.strips[0].x - (HUNG if is_lost else 0.0)

    @property
    def text_x(self) -> float:
        """Where the lines after the first begin, as far as the piece shows it."""
        return self.strips[1].x if len(self.strips) > 1 else self.x

    @property
    def end(self) -> str:
        """Its last words, those of a long lead-in."""
        return " ".join(strip.text for strip in self.strips[-LEAD_LINES:])

    @property
    def announces(self) -> bool:
        """Whether it leads in a list ("… for any of the following")."""
        return self.label is None and self.announces_list

    @property
    def announces_list(self) -> bool:
        """The same of an item."""
        end = self.end
        return bool(_ANNOUNCES.search(end)) and bool(_LEADS_IN.search(end))

    @property
    def may_end_before_number(self) -> bool:
        """Whether a number without bracket or stop ("2.1 …") on the next line may begin an item."""
        is_run_on = self.ends_in_colon and _NUMBER_WITHIN.search(self.end) is not None
        return self.is_connector or (not is_run_on and (self.label is not None or self.ends_in_colon))

    @property
    def ends_in_colon(self) -> bool:
        return self.last.text.rstrip().endswith(":")

    @property
    def last(self) -> Strip:
        return self.strips[-1]


class Joiner:
    """Knows a document's margins and words, so that it can tell where a paragraph goes on."""

    def __init__(self, strips: Sequence[Strip], is_paged: bool, is_line_per_paragraph: bool) -> None:
        self.is_paged = is_paged
        self.is_line_per_paragraph = is_line_per_paragraph
        self.words = {w for s in strips for w in re.findall(r"[a-z]{4,}", s.text.casefold())}
        rights = sorted(s.line.right if is_paged else len(s.text) for s in strips)
        self.margin = rights[int(len(rights) * 0.95)] if rights else 0.0

    def pieces(self, strips: Sequence[Strip]) -> list[Piece]:
        """The pieces of a run of lines that holds no heading and no table."""
        out: list[Piece] = []
        expected: dict[str, int] = {}
        for k, strip in enumerate(strips):
            current = out[-1] if out else None
            label, rest = split_label(strip.passage, self._awaits_item(current))
            if label is None and (current is None or current.may_end_before_number):
                label, rest = plain_label(strip.passage)
            if label and self._is_label(label, strip, rest, current, expected, strips[k + 1 :]):
                out.append(Piece([strip], label, [rest]))
                for reading in label.readings:
                    expected[reading.style] = reading.ordinal + 1
            elif _CONNECTOR.fullmatch(strip.text):
                out.append(Piece([strip], None, [strip.passage], is_connector=True))
            elif (
                current
                and not current.is_connector
                and self._goes_on(current, strip)
                and not self._is_unmarked_item(out, strip)
            ):
                current.strips.append(strip)
                current.parts.append(strip.passage)
            else:
                out.append(Piece([strip], None, [strip.passage]))
        if self.is_paged:
            _mark_indented(out)
        else:
            _mark_between_bullets(out)
            _mark_lone_bullets(out)
        return out

    # ----------------------------------------------------------------- does a label begin an item here?

    def _is_label(
        self, label: Label, strip: Strip, rest: Passage, current: Piece | None, expected: dict[str, int],
        after: Sequence[Strip],
    ) -> bool:
        if label.is_bullet:
            if label.printed == "*" and (self.is_paged or strip.text[1:2] != " "):
                return False  # a footnote mark
            return not (label.printed in "-–—" and strip.text[1:2].isdigit())
        if not rest or current is None:
            return True
        if _closes_bracket(label, current) or (label.printed[0] == "(" and _SPELLED.search(current.last.tail)):
            return False  # "(p less than ⏎ 0.01) …", "at least two ⏎ (2) of these"
        is_mid, dangles = self._is_mid_sentence(current, strip), bool(_DANGLES.search(current.last.tail))
        if any(expected.get(r.style) == r.ordinal for r in label.readings):
            runs_on = (is_mid and label.readings[0].ordinal > 20) or dangles
            return not (runs_on and not rest.text[0].isupper())
        first = next((r for r in label.readings if r.ordinal == 1), None)
        if first is None:
            return not (is_mid or dangles)
        is_deeper = self.is_paged and strip.x > current.text_x + (SAME_INDENT if len(current.strips) > 1 else 2 * HUNG)
        return not (is_mid or dangles) or is_deeper or current.announces_list or _has_second(first, after)

    def _is_mid_sentence(self, current: Piece, strip: Strip) -> bool:
        return (
            not _FINISHED.search(current.last.tail)
            and strip.gap <= PARAGRAPH_GAP
            and self._is_full(current.last, strip)
        )

    def _awaits_item(self, current: Piece | None) -> bool:
        """Whether a bullet alone on its line would begin an item: below a lead-in, another item or an "and"."""
        if self.is_paged or current is None:
            return False
        return current.is_connector or bool(current.label) or current.announces

    def _is_unmarked_item(self, before: Sequence[Piece], strip: Strip) -> bool:
        """Whether a line in a list without marks is an item, though the one before is so long that it may run on."""
        first = strip.text[:1]
        if self.is_paged:
            return False
        if _is_led_in(before):
            return True
        if not (first.isupper() or first.isdigit()) or _UNFINISHED.search(before[-1].last.tail):
            return False
        if before[-1].announces_list or first.isdigit():
            return before[-1].announces_list
        items = list(itertools.takewhile(_is_short_item, reversed(before)))
        return FEWEST_ITEMS < len(items) < len(before) and before[-1 - len(items)].announces

    # ----------------------------------------------------------------- does a line carry the piece on?

    def _goes_on(self, current: Piece, strip: Strip) -> bool:
        last = current.last
        if (current.label and not any(current.parts)) or _is_same_line(last, strip):
            return True  # a label alone on its line, or the rest of one
        if strip.is_after_furniture or (strip.is_page_start and self.is_paged) or strip.is_jump:
            return self._goes_on_over_break(current, strip)
        if self.is_line_per_paragraph and (_RAISED.fullmatch(strip.text) or _CARRIES_ON.match(strip.text)):
            return not last.text.endswith((".", ":")) and strip.gap <= 1
        if not self.is_paged and _PUNCTUATION.fullmatch(strip.text):
            return True
        if not self.is_paged and (_DANGLING.search(last.tail) or _HOW_MANY.fullmatch(strip.text)) and strip.gap <= 1:
            return not _FINISHED.search(last.tail)
        if self._begins_field(current, strip):
            return False
        if self.is_line_per_paragraph:
            return strip.text[:1].islower() and not _FINISHED.search(last.tail) and strip.gap <= 2
        if strip.gap > PARAGRAPH_GAP:
            return bool(_UNFINISHED.search(last.tail)) and strip.gap < 2.5 and strip.text[:1].islower()
        if _TIED.search(last.tail) and strip.text[:1].isupper():
            return False  # "…; and" ends one criterion, a capital begins the next
        if self.is_paged:
            if strip.x < current.x - SAME_INDENT and _FINISHED.search(last.tail):
                return False
            if len(current.strips) > 1 and abs(strip.x - last.x) > 3 * SAME_INDENT and _FINISHED.search(last.tail):
                return False
            if last.line.bold and not strip.line.bold and last.text.endswith(":") and len(current.strips) == 1:
                return False
        if self._is_full(last, strip) or strip.text[:1].islower():
            return True
        return bool(_UNFINISHED.search(last.tail)) and not last.text.endswith(",")

    def _begins_field(self, current: Piece, strip: Strip) -> bool:
        """Whether a line of plain text ("Approval length: 6 months") follows one of its kind, or a list's last item."""
        if self.is_paged or not _FIELD.match(strip.text):
            return False
        return bool(_FIELD.match(current.last.text)) or self._ends_early(current, strip)

    def _ends_early(self, item: Piece, strip: Strip) -> bool:
        """Whether an item's last line had room for more, and is no sentence cut short: nothing was wrapped there."""
        return bool(item.label) and not self._is_full(item.last, strip) and not _UNFINISHED.search(item.last.tail)

    def _is_full(self, last: Strip, strip: Strip) -> bool:
        """Whether the first word of the next line had no room left on the last one."""
        first_word = len(strip.text.split(" ", 1)[0]) + 1
        if self.is_paged:
            per_char = (last.line.right - last.x) / max(1, len(last.text))
            return last.line.right + first_word * per_char > self.margin - 3 * per_char - 0.04 * self.margin
        return len(last.text) + first_word > 0.72 * self.margin

    def _goes_on_over_break(self, current: Piece, strip: Strip) -> bool:
        last = current.last
        if _FINISHED.search(last.tail) and not strip.text[:1].islower():
            return False
        if self.is_paged and current.label and strip.x < current.x - SAME_INDENT:
            return False
        return (
            strip.text[:1].islower()
            or (bool(_UNFINISHED.search(last.tail)) and not _FINISHED.search(last.tail))
            or (not _FINISHED.search(last.tail) and self._is_full(last, strip))
        )

    # ----------------------------------------------------------------- the words of a piece

    def passage(self, piece: Piece, with_labels: bool = False) -> Passage:
        """The piece's words; a word divided at a line end is healed where the document prints it whole elsewhere."""
        out = _Growing()
        before: Strip | None = None
        parts = [strip.passage for strip in piece.strips] if with_labels else piece.parts
        for part, strip in zip(parts, piece.strips, strict=True):
            if not part:
                continue
            if before is not None:
                out.separate(self._separator(out, part, before, strip), strip.is_after_furniture)
            out.append(part)
            before = strip
        return out.passage()

    def _separator(self, left: _Growing, right: Passage, before: Strip, strip: Strip) -> str:
        if _is_same_line(before, strip):
            return "" if strip.x - before.line.right < TOUCHING * strip.line.size else " "
        if not left.ends_with("-") or not right.text[0].isalnum():
            return " "
        stem = _WORD_BEFORE_HYPHEN.search(left.tail(LONGEST_WORD))
        if stem is None:
            return " "
        rest = _WORD_START.match(right.text)
        whole = (stem.group(1) + (rest.group() if rest else "")).casefold()
        if whole in self.words and whole.isalpha() and right.text[0].islower():
            left.drop_last()
        return ""


@dataclass(eq=False)
class _Growing:
    """A passage under construction; a paragraph of a thousand lines grows without being copied a thousand times."""

    texts: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)

    def append(self, part: Passage) -> None:
        self.breaks |= {len(self.offsets) + b for b in part.breaks}
        self.texts.append(part.text)
        self.offsets.extend(part.offsets)

    def separate(self, by: str, is_break: bool) -> None:
        if by:
            self.texts.append(by)
            self.offsets.append(self.offsets[-1] + 1)
        if is_break:
            self.breaks.add(len(self.offsets))

    def ends_with(self, char: str) -> bool:
        return bool(self.texts) and self.texts[-1].endswith(char)

    def tail(self, length: int) -> str:
        return self.texts[-1][-length:] if self.texts else ""

    def drop_last(self) -> None:
        self.texts[-1] = self.texts[-1][:-1]
        self.offsets.pop()

    def passage(self) -> Passage:
        return Passage("".join(self.texts), self.offsets, frozenset(self.breaks))


def _closes_bracket(label: Label, current: Piece) -> bool:
    """Whether a label without its opening bracket closes one that is open above."""
    if "(" in label.printed or not label.printed.endswith(")"):
        return False
    text = " ".join(part.text for part in current.parts)
    return text.count("(") > text.count(")")


def _has_second(first: Reading, after: Sequence[Strip]) -> bool:
    """Whether a list goes on behind what may be the label of its first item."""
    for strip in after:
        label, _ = split_label(strip.passage)
        if label and any(r.style == first.style and r.ordinal == 2 for r in label.readings):
            return True
    return False


def _is_led_in(before: Sequence[Piece]) -> bool:
    """Whether a lead-in or the semicolons of the items below it say that the next line begins an item."""
    items = list(itertools.takewhile(_ends_item, reversed(before)))
    return len(items) < len(before) and before[-1 - len(items)].announces and bool(items or before[-1].ends_in_colon)


def _ends_item(piece: Piece) -> bool:
    """Whether a paragraph ends as the item of a list does ("…; and")."""
    return piece.label is None and not piece.is_connector and bool(_SEMICOLON.search(piece.last.tail))


def _is_short_item(piece: Piece) -> bool:
    """Whether a paragraph may be an item of a list without marks: short, no sentence, no lead-in."""
    is_item = piece.label is None and not piece.is_connector and len(piece.strips) <= ITEM_LINES
    return is_item and not _SENTENCE.search(piece.last.text) and not piece.announces


def _is_same_line(before: Strip, strip: Strip) -> bool:
    """Whether a strip carries on the printed line before it, parted only by a raised or lowered character."""
    if strip.page is None or strip.page != before.page or abs(strip.line.y - before.line.y) > 0.4 * strip.line.size:
        return False
    return -0.3 * strip.line.size < strip.x - before.line.right < SAME_LINE * strip.line.size
