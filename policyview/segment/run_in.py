"""Lists that a text runs together in one paragraph: "… any of these: I. frostbite with: A. pain B. ulcers II. …".

Labels that run in order, the first behind a colon, are a list; what carries on an outer list closes those inside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from policyview.lexicon import Lexicon
from policyview.model import Passage
from policyview.segment.labels import Label, Reading, split_label

LONGEST_LABEL = 20  # characters, with the first ones of the words behind it
REACH = 110  # characters before the first label that lead its list in
FEWEST = 2  # labels in order that make a list
_CANDIDATE = re.compile(
    r"(?:(?<=\s)|(?<=[:;]))(?=\(?(?:[ivxlIVXL]{1,6}|[A-Za-z]|\d{1,2}(?:\.\d{1,2}){0,4})(?:[.)]|\s))"
)
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}(?=\s+[A-Z])")
_LED_IN = re.compile(r":\s*(?:\[[^\]]*\]\s*)?$|\bof the following\s*$|\bof the following\b[^.;:]{0,90}\.\s*$")
_PARTED = re.compile(r"(?:[;,.:)\]]|\b(?:and|or|and/or|plus))\s*$", re.IGNORECASE)
_LED_BULLET = re.compile(r":\s+(?P<sign>[•●○◦▪■➢►✓]|[o–-](?=\s+[A-Z≥≤]))\s+(?=\S)")
_LED_MEMBERS = re.compile(r"\b(?:following|these)\b[^.;:]{0,60}:\s+(?=\w)")
_SEMICOLON = re.compile(r";\s+(?:and/or\s+|and\s+|or\s+)?(?=\w)")
_CLOSED = re.compile(r"(?:[.;)]|;\s*(?:and|or))\s*$", re.IGNORECASE)  # what stands before the next item's label
_LABEL_BEFORE = re.compile(r"(?<=[.;)])\s+\(?(?:[A-Za-z]|[IVX]{1,5}|\d{1,2})[.)]\s*$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_NAME = re.compile(r"\b[A-Z]\.\s+[A-Z][\w'-]+,\s*(?:and\s+)?$")  # "by: A. Frost, B. Snow"


@dataclass(frozen=True)
class Cut:
    """A label inside a paragraph: where it begins and the text behind it, and the list it belongs to."""

    start: int
    after: int
    label: Label
    list_id: int


@dataclass
class _Open:
    style: str
    last: int
    list_id: int


def parts_of(passage: Passage, lexicon: Lexicon | None) -> list[tuple[Label | None, Passage]]:
    """A paragraph's words up to its first inner label, and the items behind; one part where it holds no list.

    With a lexicon, a sentence behind the last item that states coverage is a part of its own.
    """
    if ":" not in passage.text and "following" not in passage.text:
        return [(None, passage)]
    cuts = _cuts(passage) or _bullets(passage) or _semicolons(passage, lexicon)
    if not cuts:
        return [(None, passage)]
    ends = [*(cut.start for cut in cuts[1:]), len(passage)]
    out: list[tuple[Label | None, Passage]] = [(None, passage.part(0, cuts[0].start))]
    out += [(cut.label, passage.part(cut.after, end)) for cut, end in zip(cuts, ends, strict=True)]
    if lexicon is None:
        return out
    label, last = out.pop()
    at = _statement_behind(last.text, lexicon)
    if not at:
        return [*out, (label, last)]
    end = _LABEL_BEFORE.search(last.text, 0, at)  # "… toes. B. Socks are not covered."
    return [*out, (label, last.part(0, end.start() if end else at)), (None, last.part(at))]


def siblings_of(label: Label, words: Passage) -> list[tuple[Label, Passage]]:
    """An item up to the next label of its own list that its words hold, and the items behind ("… test; or 2. …")."""
    out: list[tuple[Label, Passage]] = []
    for reading in label.readings if not label.is_bullet else ():
        last, since, ordinal = label, 0, reading.ordinal
        for start, after, found in _candidates(words):
            carries = any(r.style == reading.style and r.ordinal == ordinal + 1 for r in found.readings)
            if carries and _CLOSED.search(words.text[:start]) and words.text[after : after + 1].isupper():
                out.append((last, words.part(since, start)))
                last, since, ordinal = found, after, ordinal + 1
        if out:
            return [*out, (last, words.part(since))]
    return [(label, words)]


def _cuts(passage: Passage) -> list[Cut]:
    found: list[Cut] = []
    stack: list[_Open] = []
    lists = 0
    for start, after, label in _candidates(passage):
        before = passage.text[:start]
        if (carried := _carried(stack, label)) is not None:
            k, reading = carried
            if _NAME.search(before[-40:]) or not (
                _PARTED.search(before[-8:]) or not passage.text[after : after + 1].islower()
            ):
                continue
            del stack[k + 1 :]
            stack[k].last = reading.ordinal
        elif _LED_IN.search(before[-REACH:]) and (first := _first_of(label)):
            lists += 1
            stack.append(_Open(first.style, 1, lists))
        else:
            continue
        found.append(Cut(start, after, label, stack[-1].list_id))
    return _without_single(found)


def _bullets(passage: Passage) -> list[Cut]:
    """The bullets of one kind that a colon leads in, with those of another kind that one of their own items does."""
    text = passage.text
    first = _LED_BULLET.search(text)
    if first is None:
        return []
    sign = first["sign"]
    found = _each_bullet(text, sign, first.start("sign"), len(text))
    ends = [*(cut.start for cut in found[1:]), len(text)]
    inner = [_LED_BULLET.search(text, cut.after, end) for cut, end in zip(found, ends, strict=True)]
    for match, end in zip(inner, ends, strict=True):
        if match and match["sign"] != sign:
            below = _each_bullet(text, match["sign"], match.start("sign"), end)
            found += below if len(below) >= FEWEST else []
    return sorted(found, key=lambda cut: cut.start) if len(ends) >= FEWEST else []


def _semicolons(passage: Passage, lexicon: Lexicon | None) -> list[Cut]:
    """The members of "… is covered for the following conditions: gout; frostbite; and chilblains."."""
    led = _LED_MEMBERS.search(passage.text)
    if led is None or lexicon is None or not _states(passage.text[: led.end()], lexicon):
        return []
    stop = _SENTENCE.search(passage.text, led.end())
    end = stop.start() if stop else len(passage.text)
    places = [led.end(), *(m.end() for m in _SEMICOLON.finditer(passage.text, led.end(), end))]
    is_list = len(places) > FEWEST or (len(places) == FEWEST and passage.text[: places[-1]].endswith(("and ", "or ")))
    label = Label("•", (Reading("member", 0),))
    return [Cut(place, place, label, 0) for place in places] if is_list and places[-1] < end else []


def _each_bullet(text: str, sign: str, start: int, end: int) -> list[Cut]:
    label = Label(sign, (Reading(f"bullet {sign}", 0),))
    follows = r"(?=[A-Z≥≤])" if sign in "o-–" else r"(?=\S)"  # a dash may part words, too
    places = re.compile(rf"(?<=\s){re.escape(sign)}\s+{follows}").finditer(text, start, end)
    return [Cut(match.start(), match.end(), label, 0) for match in places]


def _first_of(label: Label) -> Reading | None:
    """The way in which a label begins a list."""
    return next((reading for reading in label.readings if reading.ordinal == 1), None)


def _candidates(passage: Passage) -> Iterator[tuple[int, int, Label]]:
    """Where a label may stand, where the words behind it begin, and the label."""
    text = passage.text
    for match in _CANDIDATE.finditer(text):
        start = match.start()
        if decimal := _DECIMAL.match(text, start):
            parts = decimal.group().split(".")
            if int(parts[-1]):
                label = Label(decimal.group(), (Reading(f"1decimal{len(parts)}", int(parts[-1])),))
                yield start, decimal.end() + 1, label
            continue
        label_here, rest = split_label(passage.part(start, start + LONGEST_LABEL))
        if label_here and rest and not label_here.is_bullet:
            yield start, start + text[start:].index(rest.text), label_here


def _carried(stack: list[_Open], label: Label) -> tuple[int, Reading] | None:
    """The open list that a label carries on, the inmost first."""
    for k in range(len(stack) - 1, -1, -1):
        for reading in label.readings:
            if reading.style == stack[k].style and reading.ordinal == stack[k].last + 1:
                return k, reading
    return None


def _without_single(cuts: list[Cut]) -> list[Cut]:
    """Without the labels of lists that hold one only."""
    counts = Counter(cut.list_id for cut in cuts)
    return [cut for cut in cuts if counts[cut.list_id] >= FEWEST]


def _statement_behind(text: str, lexicon: Lexicon) -> int:
    """Where a sentence behind the first states coverage, 0 where none does."""
    for match in _SENTENCE.finditer(text):
        sentence = text[match.end() :].split(". ", 1)[0]
        if _states(sentence, lexicon):
            return match.end()
    return 0


def _states(text: str, lexicon: Lexicon) -> bool:
    return any(e.regex.search(text) for e in lexicon.entries("determinations") if e.get("kind") != "reference")
