"""Finds the words in which a payer states a determination."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from policyview.extract.near import holds
from policyview.extract.polarity import turned
from policyview.lexicon import Entry, Lexicon
from policyview.model import Block, Determination, Ground, Part, Passage

KEPT = 4096  # texts, more than a document has sentences


@dataclass(frozen=True)
class Cue:
    """Determination words in a passage, ``passage.text[start:end]``; ``since``, where a negation of them begins."""

    passage: Passage
    start: int
    end: int
    entry: Entry
    since: int | None = None

    @property
    def determination(self) -> Determination:
        return Determination(self.entry.get("determination"))

    @property
    def ground(self) -> Ground:
        ground: Ground = self.entry.get("ground", "not_stated")
        return ground

    @property
    def words(self) -> Passage:
        """What the payer says, with the negation that stands away from the determination words."""
        return self.passage.part(self.start if self.since is None else self.since, self.end)

    @property
    def own(self) -> str:
        """The determination words alone."""
        return self.passage.text[self.start : self.end]

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
    said: str = ""  # what says how many of ``shared`` must hold, where that is more than the sentence

    @property
    def is_of_all(self) -> bool:
        """Whether it waits for uses that share its criteria, until another such lead-in stands in its place."""
        return bool(self.shared) and not self.is_heading


def find_cues(passage: Passage, lexicon: Lexicon, is_reference: bool = False) -> list[Cue]:
    """All determination words of a passage in order; of overlapping ones the longest.

    Words that say something only ``beside`` words that cover ("… enrolled in a registry") are left out without these,
    and those that say it only of some ``subject`` (an entry of the statements) where none such stands before them.
    """
    found = (Cue(passage, *span) for span in _spans(passage.text, lexicon, is_reference))
    cues = [cue for cue in found if _has_subject(cue, lexicon)]
    covers = any(cue.is_positive for cue in cues)
    return [cue for cue in cues if covers or not cue.entry.get("beside")]


def _has_subject(cue: Cue, lexicon: Lexicon) -> bool:
    name: str | None = cue.entry.get("subject")
    return name is None or bool(lexicon["statements"][name].regex.search(cue.passage.text[: cue.start]))


@lru_cache(maxsize=KEPT)
def _spans(text: str, lexicon: Lexicon, is_reference: bool) -> tuple[tuple[int, int, Entry, int | None], ...]:
    """Where the words stand and what is said in them; kept, because a sentence is asked for from several sides."""
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
    kept.sort(key=lambda span: span[0])
    ends = [0, *(end for _, end, _ in kept)]
    said = [(span, turned(text, *span, since, lexicon)) for span, since in zip(kept, ends, strict=False)]
    return tuple((start, end, *meant) for (start, end, _), meant in said if meant)
