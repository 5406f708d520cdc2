"""Headings in text without styles, where only words and place tell them: names of uses over their statements.

A condition's name stands on a line of its own, perhaps with the numbers of its citations below it, over a sentence
that states coverage. The last item of a list without marks looks alike; it names nothing of that sentence.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from policyview.lexicon import Lexicon
from policyview.model import POLICY_ROLES, Role
from policyview.segment.heading_words import is_title_case, named_role
from policyview.segment.labels import split_label
from policyview.segment.strips import Strip

LONGEST_NAME = 130  # characters
SHORTEST_STATEMENT = 60  # characters
SHORTEST_ITEM = 12  # characters of a line that ends a sentence
MENU_LINE = 60  # characters
MENU_LINES = 5  # short lines in a row that are a menu or a list, no headings
SECTION_WORDS = 8  # of the heading of a section, in small letters
OPENING_WORDS = 3  # that tell the sentences below headings of the same kind
OPENING = 120  # characters of a sentence in which it says what it states
_SECTIONS = POLICY_ROLES | {
    Role.REFERENCES, Role.CODING, Role.HISTORY, Role.BACKGROUND, Role.DESCRIPTION, Role.DEFINITIONS
}
_CITATIONS = re.compile(r"\d{1,3}(?:\s?[-–,]\s?\d{1,3})*")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_OPEN = re.compile(r"(?:[.,;:\-–—]|\b(?:and|or|of|for|with|the|a|an|in|to|by|is|are|be|following))$", re.IGNORECASE)
_FINITE = re.compile(r"\b(?:is|are|must|will|shall|should|may|can|has|have|meets?)\b")
_FINISHED = re.compile(r"[.?!\]\"”][)\"”]*[\d,*†-]*$")


def cited_names(strips: Sequence[Strip], lexicon: Lexicon) -> frozenset[str]:
    """The names of uses that are printed over their citations: where one is printed again, it may have none below."""
    lines = pairwise(enumerate(strips))
    cited = [i for (i, strip), (_, below) in lines if " " in strip.text and _CITATIONS.fullmatch(below.text)]
    return frozenset(strips[i].text for i in cited if heads_statement(strips, i, lexicon))


def heads_statement(
    strips: Sequence[Strip], i: int, lexicon: Lexicon, known: frozenset[str] = frozenset()
) -> bool:
    """Whether line i names the use of which the sentence below it states coverage.

    ``known`` are names that are surely headings elsewhere in the document.
    """
    text = strips[i].text
    if len(text) > LONGEST_NAME or not text[:1].isupper() or _OPEN.search(text) or split_label(strips[i].passage)[0]:
        return False
    below = i + 1
    is_cited = below < len(strips) and bool(_CITATIONS.fullmatch(strips[below].text))
    below += is_cited
    if below >= len(strips):
        return False
    sentence = strips[below].text
    if len(sentence) < SHORTEST_STATEMENT or not sentence[:1].isupper() or sentence.startswith(text):
        return False
    if lexicon["statements"]["other-uses"].regex.search(sentence[:OPENING]):
        return is_cited and bool(lexicon["statements"]["other-uses"].regex.search(text))
    if is_cited:
        return sentence.endswith((".", ":"))
    return _states(sentence, lexicon) and (
        text in known or _is_named_in(text, sentence) or _is_apart(strips, i)
    )


def _states(sentence: str, lexicon: Lexicon) -> bool:
    opening = sentence[:OPENING]
    return any(e.regex.search(opening) for e in lexicon.entries("determinations") if e.get("kind") != "reference")


def _is_named_in(title: str, sentence: str) -> bool:
    """Whether a sentence speaks of what a title names: most of its long words."""
    words = {word.casefold() for word in _LONG_WORD.findall(title)}
    return bool(words) and 2 * sum(word in sentence.casefold() for word in words) > len(words)


def _is_apart(strips: Sequence[Strip], i: int) -> bool:
    """Whether a title in capitals follows on a finished sentence or a heading: items without marks end as it does."""
    before = strips[i - 1] if i else None
    is_free = before is None or bool(before.heading) or (
        len(before.text) >= SHORTEST_ITEM and bool(_FINISHED.search(before.tail))
    )
    return is_free and len(strips[i].text.split()) > 1 and is_title_case(strips[i].text)


def stands_alone(strips: Sequence[Strip], i: int, end: int, is_line_per_paragraph: bool) -> bool:
    """Whether blank lines, or whole paragraphs, stand around the title in capitals that lines i to end print."""
    text = strips[end - 1].text
    before = strips[i - 1] if i else None
    after = strips[end] if end < len(strips) else None
    if len(text.split()) < 2 and not text.endswith(":"):
        return after is not None and strips[i].gap >= 2 and bool(after.cells)
    if after is None or text.endswith(",") or is_in_menu(strips, i):
        return False
    if is_line_per_paragraph:
        follows_whole = before is not None and (before.text.endswith((".", "?", "!")) or bool(before.cells))
        apart = strips[i].gap >= 2 or strips[i].is_after_furniture or follows_whole
        return apart and (len(after.text) > len(text) or bool(after.cells) or after.gap >= 2)
    return ((i == 0 or strips[i].gap >= 2) and after.gap >= 2) or (strips[i].gap >= 2 and text.endswith(":"))


def names_list(strips: Sequence[Strip], i: int, lexicon: Lexicon) -> bool:
    """Whether a line between blank lines names what is covered below it, or what is not."""
    text = strips[i].text.rstrip(" :")
    is_free = strips[i].gap >= 2 and i + 1 < len(strips) and strips[i + 1].gap >= 2
    names = (lexicon["statements"][name].regex for name in ("line-covers", "line-refuses"))
    return is_free and len(text) <= MENU_LINE and any(name.fullmatch(text) for name in names)


def names_section(strips: Sequence[Strip], i: int, lexicon: Lexicon) -> bool:
    """Whether a line after a blank one has the words of a kind of section, over a list, a sentence or a blank line.

    "Exclusions" over bullets, "What is covered" over a list. A wrapped line that happens to end a paragraph stands
    after no blank line; the head of a column stands over other short lines.
    """
    text = strips[i].text
    is_free = strips[i].gap >= 2 and text[:1].isupper() and not _OPEN.search(text.rstrip(":"))
    if _FINITE.search(text) and (text.endswith(":") or not text.startswith(("What ", "When "))):
        return False  # a sentence
    if not is_free or len(text.split()) > SECTION_WORDS or text.endswith((".", "!")) or i + 1 >= len(strips):
        return False
    is_of_patients = lexicon["statements"]["selection-line"].regex.fullmatch(text.rstrip(":"))
    if named_role(text, lexicon) not in _SECTIONS or is_of_patients or is_in_menu(strips, i):
        return False
    below = strips[i + 1]
    if below.text[:1].islower():
        return False  # a wrapped line
    is_sentence = len(below.text) >= SHORTEST_STATEMENT or below.text.endswith((".", ":"))
    labels = [split_label(strip.passage)[0] for strip in strips[i + 1 : i + 3]]  # a name may stand over the list
    return below.gap >= 2 or is_sentence or any(labels)


def continues_list(strips: Sequence[Strip], i: int) -> bool:
    """Whether line i counts on from the line before it: the next item of a list ("4. Gout." below "3. Frostbite,")."""
    label, before = (split_label(strip.passage)[0] for strip in (strips[i], strips[i - 1]))
    if i == 0 or label is None or before is None or strips[i - 1].heading or label.is_bullet:
        return False
    last = {(reading.style, reading.ordinal) for reading in before.readings}
    return any((reading.style, reading.ordinal - 1) in last for reading in label.readings if reading.ordinal > 1)


def opening_below(strips: Sequence[Strip], end: int) -> str:
    """The first words of the line below a heading, "" where they are too few to tell it from others."""
    words = strips[end].text.split()[:OPENING_WORDS] if end < len(strips) else []
    return " ".join(words) if len(words) == OPENING_WORDS else ""


def heads_like(strips: Sequence[Strip], i: int, openings: Container[str]) -> bool:
    """Whether a name after a blank line stands over words that begin as those below a heading before it do."""
    text = strips[i].text
    is_name = text[:1].isupper() and not _OPEN.search(text) and not split_label(strips[i].passage)[0]
    is_free = strips[i].gap >= 2 and len(text) <= MENU_LINE and not _FINISHED.search(text)
    return is_name and is_free and opening_below(strips, i + 1) in openings


def is_in_menu(strips: Sequence[Strip], i: int) -> bool:
    """Whether a line stands amid short lines without punctuation: a site's menu, an address, the cells of a table."""
    if not _is_bare(strips[i]) or all(len(strip.text) < SHORTEST_STATEMENT for strip in strips[:i]):
        return False  # the document's own title stands among such lines
    first, last = i, i
    while first > 0 and i - first < MENU_LINES and _is_bare(strips[first - 1]):
        first -= 1
    while last + 1 < len(strips) and last - i < MENU_LINES and _is_bare(strips[last + 1]):
        last += 1
    return last > i and last - first + 1 >= MENU_LINES


def _is_bare(strip: Strip) -> bool:
    text = strip.text
    return len(text) < MENU_LINE and not strip.cells and text[-1:].isalnum() and not split_label(strip.passage)[0]
