"""What two wordings of one passage do not share, and whether a reader may pass over it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from policyview.lexicon import Lexicon
from policyview.versions.model import Noise
from policyview.wording import fold, read_marks, read_numbers

_TOKEN = re.compile(r"\d+(?:[.,/:]\d+)*(?![^\W_])|[^\W_]+(?:'[a-z]+)?|[≥≤<>=%+±]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_SIGNS = {
    re.compile(r"(?<=\s)\+(?=\s)"): "plus", re.compile(r"\s*&\s*"): " and ",
    re.compile(r"(?<![^\W_])(\d+)(?=[a-z])"): r"\1 ",  # "20mg"
}  # fmt: skip
_BRACKETED = re.compile(r"\s*[(\[]\s*\d{1,3}(?:\s*[-,;]\s*\d{1,3})*\s*[)\]]")
_RAISED = re.compile(  # "…carcinoma.2 The", "Psoriasis1-14,19": small raised numbers that print set on the line
    r"(?:(?<=[a-z]{4}[.;])|(?<=[a-z]\)[.;:]))\d{1,2}(?:[-–,]\d{1,2})*(?=\Z|\s+[A-Z])|(?<=[a-z]{4}|[a-z]{3}\))\d{1,2}(?:[-–,]\d{1,2})+\Z"
)
_NUMBERS = re.compile(r"[(\[]?\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*[)\]]?[.,;]?")
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_SHOWN = 12  # words of a reason
_ALIKE = 0.8  # likeness of two words that are one word, misspelt or inflected
_MARK_NAMES = {"and": "“and” word", "or": "“or” word", "permission": "“may” word", "obligation": "“must” word"}


@dataclass(frozen=True)
class Difference:
    """What changed between two wordings: the words on which the sense hangs, in sentences (``why``); the words that
    came and went; and which of these say something (``words``)."""

    why: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    words: tuple[str, ...]


def _shown(words: Sequence[str]) -> str:
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "") if words else "nothing"


class Words:
    """Reads the words of units; keeps what it read, because each text is compared with many."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        entries = lexicon["versions"]
        self._scaffold, self._small = entries["scaffold"].regex, entries["small"].regex
        self._counts, self._date = entries["counts"].regex, entries["date"].regex
        self._same = [entry.regex for name, entry in entries.items() if name.startswith("same-")]
        numbers = lexicon.entries("numbers")
        self._digits = {p: str(e.get("value")) for e in numbers for p in e.patterns if p.isalpha() and p != "single"}
        self._plain: dict[str, str] = {}
        self._tokens: dict[str, tuple[str, ...]] = {}

    # ------------------------------------------------------------------ one text

    def plain(self, text: str) -> str:
        """Folded text without citations; a blank before a mark of punctuation is none."""
        if text not in self._plain:
            folded = _THOUSANDS.sub("", fold(_RAISED.sub("", text)).text)
            for sign, words in _SIGNS.items():
                folded = sign.sub(words, folded)
            self._plain[text] = re.sub(r" (?=[.,;:])", "", _BRACKETED.sub(self._uncited, folded))
        return self._plain[text]

    def _uncited(self, match: re.Match[str]) -> str:
        """Nothing in place of a citation or of a number said twice, "two (2)"; "criteria (1-3)" cites none."""
        before = _LAST_WORD.search(match.string, 0, match.start())
        if before is None or not self._counts.fullmatch(before.group()):
            return ""
        is_said_twice = self._digits.get(before.group()) == match.group().strip(" ()[]")
        return "" if is_said_twice else match.group()

    def tokens(self, text: str) -> tuple[str, ...]:
        """The words, numbers (in digits) and comparators; "first-line" is two words, as "first line" is."""
        if text not in self._tokens:
            found = _TOKEN.findall(self.plain(text))
            self._tokens[text] = tuple(self._digits.get(word, word) for word in found)
        return self._tokens[text]

    def key(self, text: str) -> str:
        """Equal for texts that say the same in the same words."""
        return " ".join(self.tokens(text))

    def without_dates(self, text: str) -> str:
        """Folded text without its dates."""
        return self._date.sub(" ", self.plain(text))

    def undated(self, text: str) -> str:
        """The key of a text without its dates."""
        return " ".join(_TOKEN.findall(self.without_dates(text)))

    def content(self, words: Iterable[str]) -> set[str]:
        """The words that do more than lead in a list."""
        return {word for word in words if not self._scaffold.fullmatch(word)}

    def telling(self, words: Iterable[str]) -> set[str]:
        """The words that carry a meaning, or join what must hold."""
        return {word for word in words if word in ("and", "or") or not self._small.fullmatch(word)}

    # ------------------------------------------------------------------ two texts

    def is_citation(self, text: str) -> bool:
        """Whether a text is nothing but the numbers of what it cites, printed as a line of its own."""
        return bool(_NUMBERS.fullmatch(text.strip()))

    def noise(self, before: str, after: str) -> Noise | None:
        """Why a difference of print changes nothing; None where it may change something, or there is none."""
        if before == after:
            return None
        if self.key(before) != self.key(after):
            return "white space" if self._is_reset(before, after) else None
        one, other = fold(before).text, fold(after).text
        if one == other:
            return "reflow" if before.split() == after.split() else "punctuation"  # capitals, dashes
        if one.replace(" ", "") == other.replace(" ", ""):
            return "white space"
        is_cited = len(_BRACKETED.findall(one)) != len(_BRACKETED.findall(other)) or (
            _BRACKETED.findall(one) != _BRACKETED.findall(other)
        )
        return "citation" if is_cited else "punctuation"

    def _is_reset(self, before: str, after: str) -> bool:
        """Whether only blanks came or went ("frost foot", "frostfoot"), and with them no word on which sense hangs."""
        if self.key(before).replace(" ", "") != self.key(after).replace(" ", ""):
            return False
        return not any(self._marks(self.plain(before), self.plain(after)))

    def difference(self, before: str, after: str) -> Difference:
        """What one wording has and the other has not."""
        old, new = Counter(self.tokens(before)), Counter(self.tokens(after))
        gained, lost = tuple((new - old).elements()), tuple((old - new).elements())
        one, other = self.plain(before), self.plain(after)
        why = dict.fromkeys((*self._marks(one, other), *self._numbers(one, other)))
        words = tuple(self._telling(lost, gained))
        if words and not all(word[0].isdigit() for word in words):  # numbers are told of by themselves
            why[f"words changed: {_shown(lost)} -> {_shown(gained)}"] = None
        return Difference(tuple(why), gained, lost, words)

    def _telling(self, lost: Sequence[str], gained: Sequence[str]) -> Iterator[str]:
        """The words that came or went, without those that carry no meaning and those only spelt otherwise."""
        for words, others in ((lost, gained), (gained, lost)):
            for word in words:
                if not self._small.fullmatch(word) and not any(self._is_same(word, other) for other in others):
                    yield word

    def _is_same(self, one: str, other: str) -> bool:
        """Whether two words say the same: the one misspelt or inflected, or used for the other by custom."""
        return _is_one_word(one, other) or any(same.fullmatch(one) and same.fullmatch(other) for same in self._same)

    def _marks(self, before: str, after: str) -> Iterator[str]:
        old, new = (Counter((m.kind, m.text) for m in read_marks(text, self.lexicon)) for text in (before, after))
        for change, marks in (("lost", old - new), ("gained", new - old)):
            for kind, text in marks:
                yield f"{_MARK_NAMES.get(kind, kind)} {change}: {text}"

    def _numbers(self, before: str, after: str) -> Iterator[str]:
        old, new = self._quantities(before), self._quantities(after)
        lost, gained = list((old - new).elements()), list((new - old).elements())
        for was, now in zip(lost, gained, strict=False):
            yield f"number changed: {was} -> {now}"
        yield from (f"number lost: {was}" for was in lost[len(gained):])
        yield from (f"number gained: {now}" for now in gained[len(lost):])

    def _quantities(self, text: str) -> Counter[str]:
        found = read_numbers(text, self.lexicon)
        return Counter(" ".join(str(part) for part in (q.comparator, q.value, q.unit) if part) for q in found)

    def likeness(self, one: str, other: str) -> float:
        """How alike two texts are, 0 to 1, by their words in order."""
        return 1.0 if one == other else fuzz.ratio(self.key(one), self.key(other)) / 100

    def share(self, text: str, other: str) -> float:
        """Which part of the words of a text stands in another."""
        words = self.tokens(text)
        return sum((Counter(words) & Counter(self.tokens(other))).values()) / len(words) if words else 0.0


def _is_one_word(one: str, other: str) -> bool:
    is_word = one.isalpha() and other.isalpha() and min(len(one), len(other)) > 3
    return is_word and Indel.normalized_similarity(one, other) >= _ALIKE
