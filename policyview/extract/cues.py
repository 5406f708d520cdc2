"""Finds the words in which a payer states a determination."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from policyview.extract.near import holds
from policyview.lexicon import Entry, Lexicon
from policyview.model import Block, Determination, Ground, Part, Passage

KEPT = 4096  # texts, more than a document has sentences


@dataclass(frozen=True)
class Cue:
    """Determination words in a passage, ``passage.text[start:end]``."""

    passage: Passage
    start: int
    end: int
    entry: Entry

    @property
    def determination(self) -> Determination:
        return Determination(self.entry.get("determination"))

    @property
    def ground(self) -> Ground:
        ground: Ground = self.entry.get("ground", "not_stated")
        return ground

    @property
    def words(self) -> Passage:
        return self.passage.part(self.start, self.end)

    @property
    def is_positive(self) -> bool:
        return self.determination in {Determination.MEDICALLY_NECESSARY, Determination.RECOMMENDED}


@dataclass(frozen=True)
class Lead:
    """A determination that waits for its list: an open lead-in ("… when the following are met:") or a heading."""

    cue: Cue
    sentence: Passage
    is_heading: bool = False
    shared: tuple[Block, ...] = ()  # criteria printed before the uses, for all of them
    part: Part | None = None  # where an open lead-in stands

    @property
    def is_of_all(self) -> bool:
        """Whether it waits for uses that share its criteria, until another such lead-in stands in its place."""
        return bool(self.shared) and not self.is_heading


def find_cues(passage: Passage, lexicon: Lexicon, is_reference: bool = False) -> list[Cue]:
    """All determination words of a passage in order; of overlapping ones the longest."""
    return [Cue(passage, start, end, entry) for start, end, entry in _spans(passage.text, lexicon, is_reference)]


@lru_cache(maxsize=KEPT)
def _spans(text: str, lexicon: Lexicon, is_reference: bool) -> tuple[tuple[int, int, Entry], ...]:
    """Where the words stand; kept, because a sentence is asked for its cues from several sides."""
    found: list[tuple[int, int, Entry]] = []
    folded = text.casefold()
    for entry in lexicon.entries("determinations"):
        if (entry.get("kind") == "reference") != is_reference:
            continue
        if not holds(folded, entry.get("needs")):
            continue
        found.extend((m.start(), m.end(), entry) for m in entry.regex.finditer(text) if m.group())
    found.sort(key=lambda span: (span[0] - span[1], span[0]))
    kept: list[tuple[int, int, Entry]] = []
    for span in found:
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span[0]))
