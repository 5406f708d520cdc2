"""Who speaks in a document: the payer as printed, from letterhead, page furniture and text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from policyview.anchor import anchor_at
from policyview.extract.near import iter_near
from policyview.lexicon import Entry, Lexicon
from policyview.model import Anchor, Document, Role, Structure

_HEADED_WEIGHT = 2.0  # of a letterhead's name that only its shape tells: above a plan named in passing
_NAME_REACH = 140  # the longest name has about 100 characters
_BEFORE_CHARS, _AFTER_CHARS = 28, 13  # of the words around a name that make it somebody else's
LETTERHEAD_CHARS = 300  # the first few lines
FRONT_CHARS = 2500  # letterhead, title block and the paragraph below it
_FRONT_WEIGHT, _FURNITURE_WEIGHT, _MOST_COUNTED = 3.0, 3.0, 6  # a name on every page counts no more than six times


@dataclass(frozen=True)
class Payer:
    """A payer's name as printed, and where."""

    name: str
    anchor: Anchor


@lru_cache(maxsize=4)
def _names(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], Entry], ...]:
    """Known names may run over a line's end; a name that only its shape tells may not."""
    return tuple(
        (re.compile(rf"(?:{'|'.join(e.patterns)})(?!\w)".replace(" ", blank)), e)
        for e in lexicon.entries("payers") if not e.get("is_skip")
        for blank in [r"[ ®™]+" if e.get("is_shape") else r"[\s®™]+"]
    )


@dataclass
class _Tally:
    """What the mentions of each name, in lower case, weigh; where and how it is printed first."""

    weights: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    places: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    headed: set[str] = field(default_factory=set)  # names that stand in the letterhead or in page furniture
    weak: set[str] = field(default_factory=set)  # names that count only if they stand there

    def add(self, name: str, start: int, end: int, entry: Entry, furniture: str) -> None:
        key = name.lower()
        self.counts[key] += 1
        self.places.setdefault(key, (start, end, name))
        if start < LETTERHEAD_CHARS or key in furniture:
            self.headed.add(key)
        if entry.get("is_weak"):
            self.weak.add(key)
        elif not entry.get("is_shape"):
            self.known.add(key)
        if self.counts[key] <= _MOST_COUNTED:
            self.weights[key] += float(entry.get("weight", 1)) * (_FRONT_WEIGHT if start < FRONT_CHARS else 1)
            self.weights[key] += _FURNITURE_WEIGHT if key in furniture else 0

    def settle_weak(self) -> None:
        """A weak name counts in the letterhead or furniture only; there more than a stronger one in a sentence."""
        for key in self.weak - self.known:
            if key in self.headed:
                self.weights[key] += _HEADED_WEIGHT
            else:
                self.weights.pop(key, None)


def find_payer(document: Document, structure: Structure, lexicon: Lexicon) -> Payer | None:
    """The name that the document's letterhead, furniture and text carry most; None where there is none."""
    silent = _silent_spans(structure)
    repeated = [b for b in structure.boilerplate if b.occurrences > 1]  # once stands what a web page has around it
    furniture = " ".join(" ".join(b.text.lower().split()) for b in repeated)
    tally = _Tally()
    headed = document.text[:LETTERHEAD_CHARS] + "\n" + "\n".join(b.text for b in repeated)
    for pattern, entry in _names(lexicon):
        if entry.get("is_weak") and not pattern.search(headed):
            continue
        for match in iter_near(pattern, document.text, entry.get("needs"), _NAME_REACH):
            if document.text[max(0, match.start() - 1):match.start()].isalnum():
                continue
            start, end = match.span("name") if "name" in match.groupdict() else match.span()
            if any(a <= start < b for a, b in silent) or _is_other(document.text, start, end, entry, lexicon):
                continue
            name = " ".join(re.sub(r"[®™*]", "", document.text[start:end]).split())
            tally.add(name, start, end, entry, furniture)
    tally.settle_weak()
    if not tally.weights:
        return None
    weights, places = tally.weights, tally.places
    best = max(weights, key=lambda key: (round(weights[key], 1), -places[key][0]))  # at equal weight the first
    start, end, name = places[_fullest(best, weights, tally.known)]
    agency = lexicon["payers"]["national"]
    return Payer(agency.get("name") if agency.regex.fullmatch(name) else name, anchor_at(document, start, end))


def _is_other(text: str, start: int, end: int, entry: Entry, lexicon: Lexicon) -> bool:
    """Whether the words around a name, or its own, say that it is somebody else's."""
    skip = lexicon["payers"]["not_the_payer"].regex
    first, window = max(0, start - _BEFORE_CHARS), text[max(0, start - _BEFORE_CHARS):end + _AFTER_CHARS]
    if not (entry.get("is_weak") or entry.get("name")):  # a name of one agency says by itself whose it is
        return bool(skip.search(window))
    return any(first + m.start() < start or first + m.end() > end for m in skip.finditer(window))


def find_agency(document: Document, lexicon: Lexicon) -> Payer | None:
    """The agency by its abbreviation, for a national determination that does not print its name."""
    match = re.search(rf"\b(?:{'|'.join(lexicon['payers']['national_short'].patterns)})\b", document.text)
    return Payer(match.group(), anchor_at(document, match.start(), match.end())) if match else None


def _fullest(best: str, weights: dict[str, float], known: set[str]) -> str:
    """The longest printed form of a name that only its shape tells: "Harbor Health" in "Harbor Health Plan, Inc."."""
    longer = [
        key for key in weights
        if key.startswith((best + " ", best + ",")) and weights[key] >= weights[best] / 4
        and (key in known or best not in known)
    ]
    return max(longer, key=len, default=best)


def _silent_spans(structure: Structure) -> list[tuple[int, int]]:
    """Where names are cited, not speaking: reference lists."""
    return [
        (part.blocks[0].passage.start, part.blocks[-1].passage.end)
        for part in structure.parts
        if part.role is Role.REFERENCES and part.blocks and part.blocks[0].passage and part.blocks[-1].passage
    ]
