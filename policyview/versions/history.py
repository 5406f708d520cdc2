"""Holds the changes against what the newer version's own revision history tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyview.model import HistoryEntry, Reading, Role
from policyview.versions.meaning import Words
from policyview.versions.model import Change, Entry, Found, Side
from policyview.wording import read_marks, read_numbers

_ENOUGH = 0.5  # of a change's own words that an entry has
_FEWEST = 2  # of them
_ABOUT = 0.6  # of the words of a clause that the changed unit, or what it stands under, has
_LONG = 4  # letters of a word that only one of the versions has, and that therefore tells by itself
_ENDING = re.compile(r"(?<=\w{3})(?:ies|es|s|ed|ing|ly|al|y|e)+\Z")
_STRONG = re.compile(r"(?=.*\d)(?=.*[a-z]).{3,}")  # "pik3ca": a name that tells by itself


@dataclass(frozen=True)
class _Said:
    """What a clause of an entry or a change speaks of: words, the numbers among them, names that tell by themselves,
    and whether something is denied."""

    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    is_denial: bool
    adds: bool = False
    removes: bool = False


def reconciled(
    changes: Sequence[Change], old: Reading, new: Reading, words: Words
) -> tuple[list[Change], tuple[Entry, ...]]:
    """The changes with the entry that tells of each, and the entries that the older version has not."""
    known = {(entry.date, words.key(entry.text)) for entry in old.facts.history}
    entries = [each for each in new.facts.history if (each.date, words.key(each.text)) not in known]
    teller = _Teller(entries, old, new, words)
    told = [teller.with_entry(change) for change in changes]
    used = {change.documented.anchor.start for change in told if change.documented}
    is_changed = any(change.significance == "substantive" and change.bears_on == "coverage" for change in told)
    unchanged = words.lexicon["versions"]["says-unchanged"].regex
    return told, tuple(
        Entry(e.date, e.text, e.anchor, teller.found(e, used), is_changed and bool(unchanged.search(e.text)))
        for e in entries
    )


class _Teller:
    """Asks the entries of the newer version which changes they tell of."""

    def __init__(self, entries: Sequence[HistoryEntry], old: Reading, new: Reading, words: Words) -> None:
        self._words = words
        self._long_forms = {
            short.casefold(): frozenset(map(_stem, words.tokens(long)))
            for short, long in (*old.facts.abbreviations, *new.facts.abbreviations)
        }
        file = words.lexicon["versions"]
        self._frame, self._clause = file["history-frame"].regex, file["history-clause"].regex
        self._adds, self._removes = file["history-added"].regex, file["history-removed"].regex
        self._entries = [(entry, self._clauses(entry.text)) for entry in entries]
        one, other = (self._vocabulary(reading) for reading in (old, new))
        self._novel = one ^ other

    def _vocabulary(self, reading: Reading) -> set[str]:
        """All words of a version but those of its history and its references."""
        passed = (Role.HISTORY, Role.REFERENCES)
        units = (unit for unit in reading.facts.units if unit.role not in passed)
        return {_stem(word) for unit in units for word in self._words.tokens(unit.text)}

    def _clauses(self, text: str) -> tuple[_Said, ...]:
        """What each clause of an entry speaks of."""
        clauses = (self._said(part) for part in self._clause.split(text) if part)
        return tuple(clause for clause in clauses if clause.words)

    def _said(self, text: str) -> _Said:
        """What a text speaks of, its numbers in digits, its dates left out."""
        lexicon = self._words.lexicon
        found = [w for w in self._words.tokens(self._words.without_dates(text)) if not self._frame.fullmatch(w)]
        numbers = {str(quantity.value) for quantity in read_numbers(text, lexicon)}
        words = frozenset((*(_stem(word) for word in found if word[0].isalnum()), *numbers))
        return _Said(
            words, frozenset(word for word in words if word[0].isdigit() and not _STRONG.fullmatch(word)),
            frozenset(word for word in words if _STRONG.fullmatch(word) or word in self._long_forms),
            any(mark.kind == "negation" for mark in read_marks(text, lexicon)),
            bool(self._adds.search(text)), bool(self._removes.search(text)),
        )

    def found(self, entry: HistoryEntry, used: set[int]) -> Found:
        """Whether the text shows what an entry tells of; an entry of frame words alone tells of nothing."""
        if entry.anchor.start in used:
            return "yes"
        return "no" if self._said(entry.text).words else "no text difference"

    def with_entry(self, change: Change) -> Change:
        """The change with the first entry that tells of it; bookkeeping is told by its own row."""
        if change.significance != "substantive":
            return change
        own, around = self._said(self._own_words(change)), self._around(change)
        for entry, clauses in self._entries:
            if any(self._is_of(change, clause) and self._tells(clause, own, around, change) for clause in clauses):
                return replace(change, documented=Side(entry.text, entry.anchor))
        return change

    def _is_of(self, change: Change, clause: _Said) -> bool:
        """Whether a clause that only adds, or only removes, can tell of a change."""
        return not (change.action == "removed" and clause.adds and not clause.removes) and not (
            change.action == "added" and clause.removes and not clause.adds
        )

    def _own_words(self, change: Change) -> str:
        """What came or went, the words around it left out."""
        if change.before is None or change.after is None:
            side = change.after or change.before
            return side.text if side else ""
        before, after = self._words.tokens(change.before.text), self._words.tokens(change.after.text)
        return " ".join((*(w for w in after if w not in before), *(w for w in before if w not in after)))

    def _around(self, change: Change) -> frozenset[str]:
        """The words of the changed unit and of what it stands under."""
        sides = [side for side in (change.before, change.after) if side]
        texts = [text for side in sides for text in (side.text, *side.under)]
        return frozenset(_stem(word) for text in texts for word in self._words.tokens(text))

    def _tells(self, clause: _Said, own: _Said, around: frozenset[str], change: Change) -> bool:
        if own.is_denial and not clause.is_denial and change.action != "modified":
            return False
        if clause.names and not any(self._is_in(name, around) for name in clause.names):
            return False
        if any(self._is_in(name, own.words) for name in clause.names):
            return True
        common = clause.words & own.words
        if any(len(word) >= _LONG and word in self._novel for word in common):
            return True
        if len(common) >= _FEWEST and len(common) >= _ENOUGH * len(own.words):
            return True
        return self._is_about(clause, own, around, change)

    def _is_in(self, word: str, words: frozenset[str]) -> bool:
        """Whether a word, or what it is short for, is among words."""
        return word in words or self._long_forms.get(word, {""}) <= words

    def _is_about(self, clause: _Said, own: _Said, around: frozenset[str], change: Change) -> bool:
        """Whether a clause speaks of the changed unit, and of what was changed in it."""
        there = [word for word in clause.words if self._is_in(word, around)]
        if clause.numbers and not clause.numbers & own.words:
            return False
        if len(there) == len(clause.words) and change.action == "modified":
            return True
        return len(there) >= _ABOUT * len(clause.words) and bool(clause.words & own.words) and len(there) >= _FEWEST


def _stem(word: str) -> str:
    """A word without the endings that most often differ."""
    return _ENDING.sub("", word) if word.isalpha() and len(word) > 4 else word
