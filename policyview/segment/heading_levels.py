"""How deep a heading stands and what its section is for: by how it is set, its words, and what it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyview.model import Passage, Role
from policyview.segment.heading_words import CAPTION_WORDS, role_entry
from policyview.segment.labels import split_label

if TYPE_CHECKING:
    from policyview.lexicon import Entry
    from policyview.segment.headings import HeadingFinder
    from policyview.segment.strips import Strip

MUCH_LARGER = 2.5  # points
LITTLE_LARGER = 1.5  # points; a heading in colour may be so much smaller than black ones below it
GRANT_LINES = 4  # below the heading of a list of uses, in which the first of them grants
_CLOSED = frozenset({Role.BACKGROUND, Role.REFERENCES, Role.HISTORY, Role.DEFINITIONS, Role.DISCLAIMER})
_STATING = frozenset({Role.POLICY, Role.CRITERIA})
_REACHES_ON = frozenset({Role.POLICY, Role.CRITERIA, Role.BACKGROUND})  # over headings beside that name no role
_OPEN_INSIDE = frozenset(
    {Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.CODING, Role.REFERENCES, Role.HISTORY, Role.DEFINITIONS}
)


@dataclass(frozen=True)
class Heading:
    """A recognised heading: the strips that print it and its place in the section tree."""

    start: int
    end: int
    passage: Passage
    level: int
    role: Role


@dataclass(frozen=True)
class Style:
    """How headings of one kind are set; equal styles stand on one level."""

    size: float
    caps: bool
    bold: bool
    italic: bool
    label: str
    indent: int
    underlined: bool = False
    colour: int = 0


CAPTION = Style(0.0, False, False, False, "caption", 0)
"""The style of all captions of tables: whatever comes next ends them."""


def arranged(found: Sequence[tuple[int, int, Passage]], finder: HeadingFinder) -> list[Heading]:
    """The headings (first line, line after the last, words) with their level and role."""
    out: list[Heading] = []
    stack: list[tuple[Style, int, Role]] = []
    styled = _styled(found, finder)
    evidence = 0  # the level on which the evidence is told
    for nth, (start, end, passage) in enumerate(found):
        strip = finder.strips[start]
        named = role_entry(passage.text, finder.lexicon)
        role = Role(named.get("role")) if named else None
        style, is_caption = styled[nth][0], False
        if finder.declares or (strip.line.heading and not finder.is_paged):
            depth = strip.line.heading
            stack = [entry for entry in stack if entry[1] < depth]
        elif not finder.is_styled:
            depth = 1 if role is not None and not style.label else 3 if style.label else 2
            stack = [entry for entry in stack if entry[1] < depth]
        else:
            is_caption = bool(stack) and bool(CAPTION_WORDS.match(passage.text))
            if is_caption:
                stack = _without_captions(stack)
            elif role is not None or not _is_inside_count(stack, styled, nth):
                stack = _open_above(stack, style)
            if role is not None and role is not Role.DISCLAIMER:  # no disclaimer holds the rest of a document
                stack = [entry for entry in stack if entry[2] is not Role.DISCLAIMER]
            depth = stack[-1][1] + 1 if stack else 1
        parent = stack[-1][2] if stack else Role.OTHER
        if named and named.get("apart"):
            stack = [entry for entry in stack if entry[2] not in _CLOSED]
            depth, parent = min(depth, len(stack) + 1), stack[-1][2] if stack else Role.OTHER
        if named and named.get("in_policy"):
            above = parent if parent in _STATING else _right_above(out, start, end, finder)
            role = above if above in _STATING else role
        if named and named.get("in_row") and style.label and parent in _STATING:
            role = parent  # one of several numbered rules, whatever its words
        if role is None and not stack and out and out[-1].role in _REACHES_ON:
            role = out[-1].role
        if role is None and evidence == len(stack) + 1:
            role = Role.BACKGROUND  # one subject of the evidence after the other, headed alike
        elif evidence >= len(stack) + 1 and role is not Role.BACKGROUND:
            evidence = 0
        if named and named.get("opens_evidence"):
            evidence = len(stack) + 1
        if parent is Role.REFERENCES and _is_reference(strip, style, named, role):
            for one in finder.strips[start:end]:
                one.heading, one.heading_tail = 0, False
            continue
        role = _settled(role, parent, bool(stack))
        stack.append((CAPTION if is_caption else style, depth, role))
        out.append(Heading(start, end, passage, len(stack), role))
    return out


def _right_above(out: Sequence[Heading], start: int, end: int, finder: HeadingFinder) -> Role:
    """The role of the heading on the line before, where what stands below grants ("1. Gout. Approve for a year if")."""
    if not out or out[-1].end != start:
        return Role.OTHER
    grants = finder.lexicon["determinations"]["covered"].regex
    below = finder.strips[end : end + GRANT_LINES]
    return out[-1].role if any(grants.search(strip.text) for strip in below) else Role.OTHER


def _is_reference(strip: Strip, style: Style, named: Entry | None, role: Role | None) -> bool:
    """Whether a line among references is one of them, or the journal or society that one names."""
    if role is None:
        return style.label.startswith("1")
    return bool(named and named.get("in_row")) and not (strip.line.bold or strip.line.underlined or strip.line.heading)


def _styled(found: Sequence[tuple[int, int, Passage]], finder: HeadingFinder) -> list[tuple[Style, int]]:
    """How each heading is set, and its number in its count, 0 for those without a label."""
    counted: dict[str, int] = {}
    out = []
    for start, _, passage in found:
        style = finder.style(finder.strips[start], passage, counted)
        label, _ = split_label(passage)
        ordinal = label.following(counted).ordinal if label else 0
        if label:
            counted[style.label] = ordinal
        out.append((style, ordinal))
    return out


def _is_inside_count(stack: Sequence[tuple[Style, int, Role]], styled: Sequence[tuple[Style, int]], nth: int) -> bool:
    """Whether the numbered heading above counts on behind this one, which has no number, is set in a way of its own
    and no larger: it stands under that heading."""
    style, ordinal = styled[nth]
    above = stack[-1][0] if stack else None
    if above is None or ordinal or not above.label or style.size > above.size:
        return False
    if any(other == style for other, _, _ in stack):
        return False
    last = next(number for other, number in styled[nth::-1] if other == above)
    following = next((number for other, number in styled[nth + 1:] if other == above), 0)
    return following == last + 1


def _without_captions(stack: list[tuple[Style, int, Role]]) -> list[tuple[Style, int, Role]]:
    """The headings that the caption of a table stands in."""
    return [entry for entry in stack if entry[0] != CAPTION]


def _open_above(stack: list[tuple[Style, int, Role]], style: Style) -> list[tuple[Style, int, Role]]:
    """The headings a new one of this style stands in."""
    for k, (other, _, _) in enumerate(stack):
        if other == style:
            return stack[:k]
    kept = list(stack)
    while kept and _outranks(style, kept[-1][0]):
        kept.pop()
    return kept


def _is_lettered(style: Style) -> bool:
    """Whether headings of a style carry labels of a lower order; capital roman numerals number main sections."""
    return bool(style.label) and not style.label.startswith("I")


def _outranks(one: Style, other: Style) -> bool:
    if _is_lettered(one) != _is_lettered(other):  # a lettered heading stands under a plain one, unless far larger
        return one.size > other.size - MUCH_LARGER if not _is_lettered(one) else one.size >= other.size + MUCH_LARGER
    if bool(one.colour) != bool(other.colour) and abs(one.size - other.size) < LITTLE_LARGER:
        return bool(one.colour)
    if abs(one.size - other.size) >= 1.0:
        return one.size > other.size
    if one.caps != other.caps:
        return one.caps
    if one.bold != other.bold:
        return one.bold
    if one.underlined != other.underlined:
        return one.underlined
    if one.italic != other.italic:
        return other.italic
    return False


def _settled(role: Role | None, parent: Role, has_parent: bool) -> Role:
    """A section without a name of its own, or inside evidence, codes or references, is for what its parent is for."""
    if role is None:
        return parent if has_parent else Role.OTHER
    if has_parent and parent in _CLOSED and role not in _OPEN_INSIDE:
        return parent
    return role
