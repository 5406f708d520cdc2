"""Holds the changes against what the newer version's own revision history tells of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policyview.model import HistoryEntry, Reading, Role
from policyview.versions.meaning import Words
from policyview.versions.model import Action, Change, Entry, Found, Side
from policyview.wording import read_numbers

_ENOUGH = 0.5  # of a change's own words that an entry has
_FEWEST = 2  # of them
_SAME = 0.9  # likeness of two entries of one date that are one
_ABOUT = 0.6  # of the words of a clause that the changed unit, or what it stands under, has
_PARTS = re.compile(r",(?:\s+and)?\s|\s(?:and|&)\s(?!/)")
_LONG = 4  # letters of a word that only one of the versions has, and that therefore tells by itself
_ENDING = re.compile(r"(?<=\w{3})(?:ies|es|s|ed|ing|ly|al|y|e)+\Z")
_RARE = 8  # units at most that have a name which tells by itself: what the policy is about does not
_STRONG = re.compile(r"(?=.*\d)(?=.*[a-z]).{3,}|\d{4,}")  # "pik3ca", a code: a name that tells by itself


@dataclass(frozen=True)
class _Said:
    """What a clause of an entry or a change speaks of: words, the numbers among them, names that tell by themselves,
    whether something is denied; and of a clause what it did and for what (``scope``)."""

    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    is_denial: bool
    adds: bool = False
    removes: bool = False
    scope: frozenset[str] = frozenset()


def reconciled(
    changes: Sequence[Change], old: Reading, new: Reading, words: Words
) -> tuple[list[Change], tuple[Entry, ...]]:
    """The changes with the entry that tells of each, and the entries that the older version has not."""
    before = old.facts.history
    entries = [each for each in new.facts.history if not any(_is_same(each, known, words) for known in before)]
    teller = _Teller(entries, old, new, words)
    told = [teller.with_entry(change) for change in changes]
    used = {change.documented.anchor.start for change in told if change.documented}
    is_changed = any(change.significance == "substantive" and change.bears_on == "coverage" for change in told)
    unchanged = words.lexicon["versions"]["says-unchanged"].regex
    return told, tuple(
        Entry(e.date, e.text, e.anchor, teller.found(e, used), is_changed and bool(unchanged.search(e.text)))
        for e in entries
    )


def _is_same(one: HistoryEntry, other: HistoryEntry, words: Words) -> bool:
    """Whether two versions print one entry, be it that one of them was read on into the next."""
    if one.date != other.date:
        return False
    short, long = sorted((words.key(one.text), words.key(other.text)), key=len)
    return long.startswith(short) or words.likeness(short, long) >= _SAME


@dataclass(frozen=True)
class _Asked:
    """What a change asks of the history: whether it tells of these words (``own``), which came or went in a ``unit``;
    ``around`` are its words with those of what it stands under."""

    own: _Said
    unit: frozenset[str]
    around: frozenset[str]
    action: Action


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
        self._denies = file["denial"].regex
        self._scope = file["history-scope"].regex
        self._adds, self._removes = file["history-added"].regex, file["history-removed"].regex
        self._entries = [(entry, tuple(self._clauses(entry.text))) for entry in entries]
        one, other = (self._vocabulary(reading) for reading in (old, new))
        self._novel = one ^ other
        self._spread = Counter(
            word for unit in new.facts.units for word in {_stem(token) for token in words.tokens(unit.text)}
        )

    def _vocabulary(self, reading: Reading) -> set[str]:
        """All words of a version but those of its history and its references."""
        passed = (Role.HISTORY, Role.REFERENCES)
        units = (unit for unit in reading.facts.units if unit.role not in passed)
        return {_stem(word) for unit in units for word in self._words.tokens(unit.text)}

    def _clauses(self, text: str) -> Iterator[_Said]:
        """What each clause of an entry speaks of: "for gout, added A and B" tells of A and of B, each for gout."""
        for clause in filter(None, self._clause.split(text)):
            first, *more = parts = [part for part in _PARTS.split(clause) if part.strip()] or [""]
            scope, verb = frozenset[str](), ""
            if more and self._scope.match(first):
                scope, parts = self._said(first).words, more
            for part in parts:
                found = self._adds.search(part) or self._removes.search(part)
                verb = found.group() if found else verb
                said = self._said(part if found else f"{verb} {part}")
                if said.words:
                    yield replace(said, scope=scope)

    def _said(self, text: str) -> _Said:
        """What a text speaks of, its numbers in digits, its dates left out."""
        lexicon = self._words.lexicon
        found = [w for w in self._words.tokens(self._words.without_dates(text)) if not self._frame.fullmatch(w)]
        numbers = {str(quantity.value) for quantity in read_numbers(text, lexicon)}
        words = frozenset((*(_stem(word) for word in found if word[0].isalnum()), *numbers))
        return _Said(
            words, frozenset(word for word in words if word[0].isdigit() and not _STRONG.fullmatch(word)),
            frozenset(word for word in words if _STRONG.fullmatch(word) or word in self._long_forms),
            bool(self._denies.search(text)),
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
        asked = self._asked(change)
        for entry, clauses in self._entries:
            if any(self._is_of(change, clause) and self._tells(clause, asked) for clause in clauses):
                return replace(change, documented=Side(entry.text, entry.anchor))
        return change

    def _asked(self, change: Change) -> _Asked:
        sides = [side for side in (change.before, change.after) if side]
        unit, over = (
            frozenset(_stem(word) for text in texts for word in self._words.tokens(text))
            for texts in ([side.text for side in sides], [text for side in sides for text in side.under])
        )
        return _Asked(self._said(self._own_words(change)), unit, unit | over, change.action)

    def _is_of(self, change: Change, clause: _Said) -> bool:
        """Whether a clause that only adds, or only removes, can tell of a change."""
        if clause.adds == clause.removes:
            return True
        words = [Counter(self._words.tokens(side.text) if side else ()) for side in (change.before, change.after)]
        return bool(words[1] - words[0] if clause.adds else words[0] - words[1])

    def _own_words(self, change: Change) -> str:
        """What came or went, the words around it left out."""
        if change.before is None or change.after is None:
            side = change.after or change.before
            return side.text if side else ""
        before, after = (Counter(self._words.tokens(side.text)) for side in (change.before, change.after))
        return " ".join(((after - before) + (before - after)).elements())

    def _is_in(self, word: str, words: frozenset[str]) -> bool:
        """Whether a word, or what it is short for, is among words."""
        return word in words or self._long_forms.get(word, {""}) <= words

    def _tells(self, clause: _Said, asked: _Asked) -> bool:
        """Whether a clause tells of a change: by a name, by a word that only one version has, or by enough words."""
        if asked.own.is_denial and not clause.is_denial and asked.action in ("added", "moved"):
            return False
        if sum(self._is_in(word, asked.around) for word in clause.scope) < _ABOUT * len(clause.scope):
            return False
        if clause.names and not any(self._is_in(name, asked.around) for name in clause.names):
            return False
        if any(self._is_in(name, asked.own.words) and self._spread[name] <= _RARE for name in clause.names):
            return True
        common = clause.words & asked.own.words
        if any(len(word) >= _LONG and word in self._novel for word in common):
            return True
        is_most = len(common) >= _FEWEST and len(common) >= _ENOUGH * len(asked.own.words)
        return is_most or self._is_about(clause, asked)

    def _is_about(self, clause: _Said, asked: _Asked) -> bool:
        """Whether a clause speaks of the changed unit, and of what was changed in it."""
        if clause.numbers and not clause.numbers & asked.own.words:
            return False
        own, there = clause.words & asked.unit, [word for word in clause.words if self._is_in(word, asked.around)]
        if asked.action == "modified" and len(own) >= _ABOUT * len(clause.words):
            return len(there) >= _FEWEST or len(there) == len(clause.words)
        is_of_numbers = not any(len(word) >= _LONG and word.isalpha() for word in asked.own.words)
        is_own = bool(own and clause.words & asked.own.words) or (is_of_numbers and len(own) >= _FEWEST)
        return is_own and len(there) >= max(_FEWEST, _ABOUT * len(clause.words))


def _stem(word: str) -> str:
    """A word without the endings that most often differ."""
    return _ENDING.sub("", word) if word.isalpha() and len(word) > 4 else word
