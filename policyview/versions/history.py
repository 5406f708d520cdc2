"""Holds the changes against what the newer version's own revision history tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyview.model import HistoryEntry, Reading
from policyview.versions.meaning import Words
from policyview.versions.model import Change, Entry, Found, Side
from policyview.wording import read_marks, read_numbers

_ENOUGH = 0.5  # of a change's own words that an entry has
_FEWEST = 2  # of them
_STRONG = re.compile(r"(?=.*\d)(?=.*[a-z]).{3,}")  # "pik3ca": a name that tells by itself


@dataclass(frozen=True)
class _Said:
    """What an entry or a change speaks of: words, names that tell by themselves, and whether something is denied."""

    words: frozenset[str]
    names: frozenset[str]
    is_denial: bool


def reconciled(
    changes: Sequence[Change], old: Reading, new: Reading, words: Words
) -> tuple[list[Change], tuple[Entry, ...]]:
    """The changes with the entry that tells of each, and the entries that the older version has not."""
    known = {(entry.date, words.key(entry.text)) for entry in old.facts.history}
    entries = [each for each in new.facts.history if (each.date, words.key(each.text)) not in known]
    teller = _Teller(entries, dict((*old.facts.abbreviations, *new.facts.abbreviations)), words)
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

    def __init__(self, entries: Sequence[HistoryEntry], long_forms: dict[str, str], words: Words) -> None:
        self._words = words
        self._long_forms = {short.casefold(): frozenset(words.tokens(long)) for short, long in long_forms.items()}
        file = words.lexicon["versions"]
        self._frame = file["history-frame"].regex
        self._adds, self._removes = file["history-added"].regex, file["history-removed"].regex
        self._entries = [(entry, self._said(entry.text)) for entry in entries]

    def _said(self, text: str) -> _Said:
        """What a text speaks of, its numbers in digits."""
        lexicon = self._words.lexicon
        words = {word for word in self._words.tokens(text) if not self._frame.fullmatch(word)}
        words |= {str(quantity.value) for quantity in read_numbers(text, lexicon)}
        names = {word for word in words if _STRONG.fullmatch(word) or word in self._long_forms}
        denies = any(mark.kind == "negation" for mark in read_marks(text, lexicon))
        return _Said(frozenset(words), frozenset(names), denies)

    def found(self, entry: HistoryEntry, used: set[int]) -> Found:
        """Whether the text shows what an entry tells of; an entry of frame words alone tells of nothing."""
        if entry.anchor.start in used:
            return "yes"
        return "no" if self._said(entry.text).words else "no text difference"

    def with_entry(self, change: Change) -> Change:
        """The change with the first entry that tells of it; bookkeeping is told by its own row."""
        if change.significance != "substantive":
            return change
        own = self._said(self._own_words(change))
        for entry, said in self._entries:
            if self._is_of(change, entry) and self._tells(said, own):
                return replace(change, documented=Side(entry.text, entry.anchor))
        return change

    def _is_of(self, change: Change, entry: HistoryEntry) -> bool:
        """Whether an entry that only adds, or only removes, can tell of a change."""
        adds, removes = bool(self._adds.search(entry.text)), bool(self._removes.search(entry.text))
        return not (change.action == "removed" and adds and not removes) and not (
            change.action == "added" and removes and not adds
        )

    def _own_words(self, change: Change) -> str:
        """What came or went, the words around it left out."""
        if change.before is None or change.after is None:
            side = change.after or change.before
            return side.text if side else ""
        before, after = self._words.tokens(change.before.text), self._words.tokens(change.after.text)
        return " ".join((*(w for w in after if w not in before), *(w for w in before if w not in after)))

    def _tells(self, entry: _Said, own: _Said) -> bool:
        if own.is_denial and not entry.is_denial:
            return False
        if any(name in own.words or self._long_forms.get(name, {""}) <= own.words for name in entry.names):
            return True
        common = entry.words & own.words
        return len(common) >= _FEWEST and len(common) >= _ENOUGH * len(own.words)
