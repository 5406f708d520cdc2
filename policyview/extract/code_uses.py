"""Which indications a code is printed for: those that its table, lead-in, row or statement names.

Names are compared as the lexicon knows conditions and services; where these are unknown, a heading must stand in
the indication word for word. A code that supports coverage is not printed for what the policy denies, nor the reverse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policyview.extract.naming import Naming
from policyview.lexicon import Lexicon
from policyview.model import CodeGroup, Determination, Indication

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’‘]s?\b")
_DENIED = re.compile(r"\b(?:without|excluding|except|other than|not)\b.*", re.IGNORECASE | re.DOTALL)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_OF_CODES = re.compile(r"\bcodes\b\W*(?:that|which|are|considered|not|covered)\b", re.IGNORECASE)  # a lead-in, no use
_LONG = 30  # words; a longer statement holds the criteria too, and these name other conditions
_TELLING = 8  # letters of a name that is compared as it is printed
_NAME_WORDS = 6
_FAMILY = 5  # kinds that a condition has from which its name ("cancer") tells no use from another
_AGAINST = frozenset({
    Determination.NOT_MEDICALLY_NECESSARY, Determination.INVESTIGATIONAL, Determination.NOT_COVERED,
    Determination.NOT_RECOMMENDED, Determination.CONTRAINDICATED,
})


@dataclass(frozen=True)
class Names:
    """The conditions and services that a text names."""

    conditions: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.conditions or self.services)

    def meets(self, other: Names) -> bool:
        """Whether another text names the same condition, or service where this one names no condition."""
        if self.conditions:
            return bool(self.conditions & other.conditions)
        return bool(self.services & other.services)


@dataclass(frozen=True)
class _Use:
    indication: Indication
    names: Names
    text: str  # the letters of its words, those of a heading before them left out
    own: str  # the same where they are but a name
    is_word: bool  # whether that name is a single word
    over: frozenset[str]  # the letters of each heading it stands under

    def suits(self, group: CodeGroup) -> bool:
        is_against = self.indication.determination in _AGAINST
        return group == "informational" or is_against == (group == "not_covered")


class NamedUses:
    """The indications of a policy, found by the words around a code."""

    def __init__(self, indications: Sequence[Indication], title: str, lexicon: Lexicon) -> None:
        self.lexicon, self._naming = lexicon, Naming(lexicon, title)
        self._title, self._topic = _letters(title), names_in(title, lexicon)
        self._all = [_use(i, self._of(i)) for i in indications]
        self._named = [use for use in self._all if not _OF_CODES.search(use.indication.text)]

    def at(self, start: int, end: int, group: CodeGroup) -> tuple[str, ...]:
        """The indications that stand in a passage of the source together with a code."""
        inside = (use for use in self._all if start <= use.indication.anchor.start < end)
        return tuple(use.indication.id for use in inside if use.suits(group))

    def named(self, heading: str, lead: str, beside: str, system: str, group: CodeGroup) -> tuple[str, ...]:
        """The indications that a code's heading, its lead-in and the words beside it name, each narrowing the last."""
        uses = [use for use in self._named if use.suits(group)]
        found: list[_Use] = []
        for said in (self._headed(heading, uses), self._led(lead, uses), self._described(beside, system, uses)):
            found = [use for use in said if use in found] or found or said
        if found and beside and not system.startswith("ICD"):  # of several services, the one that its description names
            services = names_in(beside, self.lexicon).services
            found = [use for use in found if use.names.services & services] or found
        return tuple(use.indication.id for use in found)

    def _headed(self, heading: str, uses: Sequence[_Use]) -> list[_Use]:
        letters = _spelled(heading)
        if len(letters) < _TELLING or letters in self._title or self._naming.names_role(heading):
            return []
        return [use for use in uses if letters in use.text or letters in use.over] or self._led(heading, uses)

    def _led(self, text: str, uses: Sequence[_Use]) -> list[_Use]:
        """Those that a text names apart from what all of the policy is on."""
        names = names_in(text, self.lexicon)
        names = Names(names.conditions - self._topic.conditions, names.services - self._topic.services)
        return [use for use in uses if names.meets(use.names)] if names else []

    def _described(self, text: str, system: str, uses: Sequence[_Use]) -> list[_Use]:
        """Those that a code's description names: a diagnosis by its condition, a procedure word for word."""
        if system == "ICD-10-CM":
            names = names_in(text, self.lexicon)
            return [use for use in uses if names.conditions & use.names.conditions]
        letters = _spelled(text)
        return [use for use in uses if use.own and _begins_or_holds(letters, use)]

    def _of(self, indication: Indication) -> Names:
        """What an indication is on: by its own words, else by the nearest heading that names a condition."""
        head, colon, _ = indication.text.partition(":")
        own = names_in(head if colon else indication.text, self.lexicon)
        if not own.conditions and colon and len(indication.text.split()) <= _LONG:
            own = names_in(indication.text, self.lexicon)
        if own.conditions:
            return own
        around = (names_in(text, self.lexicon) for text in (*reversed(indication.context), indication.section))
        conditions = next((names.conditions for names in around if names.conditions), frozenset[str]())
        return Names(conditions, own.services)


def _begins_or_holds(letters: str, use: _Use) -> bool:
    """Whether a description has a use's name: a single word first, since "pneumonia" is also what tests are for."""
    return letters.startswith(use.own) if use.is_word else use.own in letters


def _use(indication: Indication, names: Names) -> _Use:
    over = frozenset(_spelled(heading) for heading in (*indication.context, indication.section))
    head, colon, tail = indication.text.partition(":")
    words = tail if colon and _spelled(head) in over else indication.text
    count, text = len(_BRACKETED.sub(" ", words).split()), _spelled(words)
    is_name = count <= _NAME_WORDS and len(text) >= _TELLING
    return _Use(indication, names, text, text if is_name else "", count == 1, over)


@lru_cache(maxsize=5_000)
def names_in(text: str, lexicon: Lexicon) -> Names:
    """The conditions and services that a text names and does not deny, the longest names first."""
    known = _known(lexicon)
    words = _words(_DENIED.sub("", text))
    found: dict[str, set[str]] = {"conditions": set(), "procedures": set()}
    at = 0
    while at < len(words):
        name = next((n for n in known.get(words[at], ()) if tuple(words[at:at + len(n.words)]) == n.words), None)
        if name and name.concept:
            found[name.file].add(name.concept)
        at += len(name.words) if name else 1
    return Names(frozenset(found["conditions"]), frozenset(found["procedures"]))


@dataclass(frozen=True)
class _Name:
    words: tuple[str, ...]
    file: str
    concept: str  # empty where the name tells no use from another


@lru_cache(maxsize=4)
def _known(lexicon: Lexicon) -> Mapping[str, Sequence[_Name]]:
    known: dict[str, list[_Name]] = {}
    kinds = Counter(wider for entry in lexicon.entries("conditions") for wider in entry.get("wider", ()))
    for file in ("conditions", "procedures"):
        for entry in lexicon.entries(file):
            for pattern in entry.patterns:
                words, is_family = tuple(_words(pattern)), entry.get("broad") or kinds[entry.name] >= _FAMILY
                known.setdefault(words[0], []).append(_Name(words, file, "" if is_family else entry.name))
    return {first: sorted(names, key=lambda n: -len(n.words)) for first, names in known.items()}


def _words(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(_POSSESSIVE.sub("", text.casefold()))]


def _stem(word: str) -> str:
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word


def _spelled(text: str) -> str:
    """The letters of a name, without the abbreviations in brackets."""
    return _letters(_BRACKETED.sub(" ", text))


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))
