"""The words by which a statement names its use, whether or not the lexicon knows the condition.

Words are compared by their root ("transplantation", "transplanted"), with the lexicon's synonyms ("renal", "kidney") as
one word. A word before the first qualifying clause ("when it recurs …") names the use, a later one only qualifies it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from policyview.align.vocabulary import Named, stems
from policyview.lexicon import Lexicon

_QUALIFYING = 0.35  # what a word in a qualifying clause tells beside one that names the use
_UNPLACED = 0.6  # the same where no place names it
_NAMES = 0.5  # how much a word tells by itself from which it can name a use
_REMEMBERED = 5_000  # texts whose roots are kept
_SHORTEST_ROOT = 4  # letters that an ending leaves at least
_ENDINGS = ("ations", "ation", "ators", "ator", "ion", "ing", "ed", "ment", "ive", "ical", "al", "ic", "ous", "ity")


Spans = tuple[tuple[int, int], ...]


@lru_cache(maxsize=20_000)
def root(stem: str) -> str:
    """A stem without the endings that make noun, verb and adjective of one word."""
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= _SHORTEST_ROOT:
            stem = stem[: -len(ending)]
            break
    return stem.rstrip("aeiouy") if len(stem.rstrip("aeiouy")) >= _SHORTEST_ROOT else stem


@dataclass(eq=False)
class Telling:
    """How single words tell, from the lexicon."""

    same: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    none: frozenset[str] = frozenset()
    qualifier: re.Pattern[str] | None = None
    aim: re.Pattern[str] | None = None
    _known: dict[str, frozenset[str]] = field(default_factory=dict)
    _spans: dict[tuple[str, frozenset[str], frozenset[str]], Spans] = field(default_factory=dict)

    def word(self, stem: str) -> str:
        """The root by which a word is compared; synonyms have one."""
        found = root(stem)
        return self.same.get(found, found)

    def words(self, text: str) -> frozenset[str]:
        """The roots of a text, fillers too."""
        if text not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[text] = frozenset(self.word(stem) for stem in stems(text))
        return self._known[text]

    def wholes(self, words: Iterable[str]) -> frozenset[str]:
        """The words with what each is a kind of: "kidney" with "organ"."""
        return frozenset(w for word in words for w in (word, self.parts.get(word, word)))

    def bag(
        self, named: Named, without: frozenset[str] = frozenset(), granted: frozenset[str] = frozenset()
    ) -> Mapping[str, float]:
        """Each word that tells, with how much (0-1) by its place and kind.

        ``without`` are services by name that are left out, ``granted`` words that the topic takes for granted.
        """
        spoken = self._spoken(named, without)
        naming = self.naming(named, without, granted)
        beyond = _QUALIFYING if naming else _UNPLACED
        found: dict[str, float] = {}
        for word, start in spoken:
            names_it = any(first <= start < last for first, last in naming)
            weight = (1.0 if names_it else beyond) * self.weights.get(word, 1.0)
            found[word] = max(found.get(word, 0.0), weight)
        return found

    def places(self, named: Named, without: frozenset[str], granted: frozenset[str]) -> Mapping[str, float]:
        """How much each stem of a text tells by its place alone, 0-1."""
        naming = self.naming(named, without, granted)
        beyond = _QUALIFYING if naming else 1.0
        found: dict[str, float] = {}
        for said in named.said:
            names_it = any(first <= said.start < last for first, last in naming)
            found[said.stem] = max(found.get(said.stem, 0.0), 1.0 if names_it else beyond)
        return found

    def _spoken(self, named: Named, without: frozenset[str]) -> list[tuple[str, int]]:
        spoken = (
            (self.word(said.stem), said.start) for said in named.said
            if said.concept is None or said.concept.kind == "condition"
            or (said.concept.kind == "service" and said.concept.name not in without)
        )
        return [(word, start) for word, start in spoken if word not in self.none]

    def naming(
        self, named: Named, without: frozenset[str] = frozenset(), granted: frozenset[str] = frozenset()
    ) -> Spans:
        """The stretches of a text that name its use: up to the first qualifying clause, else behind "for", "of".

        None where the text names it in a clause only.
        """
        key = (named.plain, without, granted)
        if key not in self._spans:
            if len(self._spans) > _REMEMBERED:
                self._spans.clear()
            self._spans[key] = self._find_naming(named, without, granted)
        return self._spans[key]

    def _find_naming(self, named: Named, without: frozenset[str], granted: frozenset[str]) -> Spans:
        end = len(named.plain)
        clauses = [m.start() for m in self.qualifier.finditer(named.plain)] if self.qualifier else []
        if not clauses or self.aim is None:
            return ((0, end),)
        places = [start for word, start in self._spoken(named, without)
                  if self.weights.get(word, 1.0) >= _NAMES and word not in granted]
        if any(start < clauses[0] for start in places):
            return ((0, clauses[0]),)
        aims = [m.start() for m in self.aim.finditer(named.plain)]
        behind = [(at, next((c for c in clauses if c > at), end)) for at in aims]
        return tuple((a, b) for a, b in behind if any(a <= start < b for start in places))


@lru_cache(maxsize=4)
def telling_of(lexicon: Lexicon) -> Telling:
    kinds: dict[str, dict[str, str]] = {"same": {}, "part": {}, "weak": {}, "none": {}}
    weights: dict[str, float] = {}
    for entry in lexicon.files.get("words", {}).values():
        roots = [root(word) for pattern in entry.patterns for word in stems(pattern)]
        kinds[str(entry.get("kind", "same"))].update((word, roots[0]) for word in roots)
        if "weight" in entry.attributes:
            weights |= {word: float(entry.get("weight")) for word in roots}
    same = kinds["same"]
    clauses = lexicon.files.get("clauses", {})
    parts = {same.get(word, word): same.get(whole, whole) for word, whole in kinds["part"].items()}
    return Telling(
        same, parts, weights, frozenset(kinds["none"]),
        clauses["qualifier"].regex if "qualifier" in clauses else None,
        clauses["aim"].regex if "aim" in clauses else None,
    )
