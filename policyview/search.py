"""Finds words and codes in documents: however they are wrapped, hyphenated or capitalised; a code in ranges too."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from policyview.anchor import anchor_at
from policyview.codes import holds, is_code
from policyview.model import Anchor, Reading

CONTEXT_CHARS = 70  # shown before and after the words that were found
_TORN = r"(?:[-\u00ad\ufffe]\s*\n\s*)?"  # a word that goes on in the next line
_TEARABLE = 6  # letters from which a word may be torn
_LIKE = {"-": r"[-‐‑‒–—−]", "'": "['‘’]", '"': '["“”]'}
_LIKE |= dict.fromkeys("‐‑‒–—−", _LIKE["-"]) | dict.fromkeys("‘’", _LIKE["'"]) | dict.fromkeys("“”", _LIKE['"'])


@dataclass(frozen=True)
class Hit:
    """A place where the words stand, with what is around it. ``note`` tells how, where it is not word for word."""

    anchor: Anchor
    section: str
    before: str
    after: str
    note: str = ""

    @property
    def words(self) -> str:
        return self.anchor.quote


@dataclass(frozen=True)
class Query:
    """What is looked for: all its words, in their order, one after the other."""

    text: str

    @property
    def is_empty(self) -> bool:
        return not any(character.isalnum() for character in self.text)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Blind to white space, capitals, line-end hyphens and the forms of dashes and quotes; a letter that comes
        first begins a word."""
        whole = r"(?<![^\W\d_])" if self.text.strip()[:1].isalpha() else ""
        return re.compile(whole + r"\s+".join(map(_word, self.text.split())), re.IGNORECASE)

    def hits(self, reading: Reading) -> Iterator[Hit]:
        """Where a document has it, in reading order; then the ranges of codes that hold it."""
        if self.is_empty:
            return
        document, sections = reading.document, reading.facts.sections
        starts = [section.anchor.start for section in sections]
        for found in self.pattern.finditer(document.text):
            number = bisect_right(starts, found.start())
            yield _hit(reading, anchor_at(document, *found.span()), sections[number - 1].heading if number else "")
        for code in reading.facts.codes if is_code(self.text.strip()) else ():
            if code.end and self._is_within(code.code, code.end):
                number = bisect_right(starts, code.anchor.start)
                section = sections[number - 1].heading if number else ""
                yield _hit(reading, code.anchor, section, f"in the range {code.code}–{code.end}")

    def _is_within(self, first: str, last: str) -> bool:
        """Whether it is a code of the range that is not printed there itself."""
        return holds(first, last, self.text.strip()) and not self.pattern.search(f"{first} {last}")


def _word(word: str) -> str:
    letters = [_LIKE.get(letter) or re.escape(letter) for letter in word]
    if len(word) < _TEARABLE or not word.isalpha():
        return "".join(letters)
    return "".join(letters[:2]) + _TORN + _TORN.join(letters[2:-1]) + letters[-1]


def _hit(reading: Reading, anchor: Anchor, section: str, note: str = "") -> Hit:
    text = reading.document.text
    before = text[max(0, anchor.start - CONTEXT_CHARS):anchor.start]
    after = text[anchor.end:anchor.end + CONTEXT_CHARS]
    return Hit(anchor, section, before.partition(" ")[2] if anchor.start > CONTEXT_CHARS else before,
               after.rpartition(" ")[0] if anchor.end + CONTEXT_CHARS < len(text) else after, note)  # fmt: skip
