"""Writes abbreviations out, by the document's own "long form (ABBR)" first, then by the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from policyview.align.vocabulary import plain
from policyview.lexicon import Lexicon
from policyview.model import Reading

_SHORTEST_ALONE = 3  # "RA" or "AS" is written out only in a document that holds the long form
_SAME_LONG_FORM = 85  # token_set_ratio of two long forms of one abbreviation
_WORD = re.compile(r"[^\W_]+")
# "ICD-10" and "ALL of the following" are no abbreviations
_NOT_AFTER = r"(?!-?\d)(?! (?:of (?:the (?:following|above)|these|them)|other|must|criteria)\b)"


@dataclass(frozen=True, eq=False)
class Abbreviations:
    """The abbreviations of one document."""

    longs: dict[str, str]
    expression: re.Pattern[str] | None

    def expand(self, text: str) -> str:
        """The text with each abbreviation replaced by what it stands for."""
        if self.expression is None:
            return text
        return self.expression.sub(self._long, text)

    def _long(self, match: re.Match[str]) -> str:
        """The long form; nothing where it has just been said: "sleep apnea (OSA)"."""
        long = self.longs[match.group(1)]
        before = match.string[: match.start()]
        is_in_brackets = before.endswith("(") and match.string[match.end() : match.end() + 1] == ")"
        return "" if is_in_brackets and plain(before[:-1]).endswith(plain(long).split()[-1]) else long


def abbreviations_of(reading: Reading, lexicon: Lexicon) -> Abbreviations:
    """What the document introduces itself; beyond that, what the lexicon knows and the document does not gainsay."""
    own = {short: long for short, long in reading.facts.abbreviations if short.strip() and long.strip()}
    known = _from_lexicon(reading, lexicon)
    longs = {**known, **{short: _fuller(long, known.get(short)) for short, long in own.items()}}
    longs = {short: long for short, long in longs.items() if short.lower() not in long.lower().split()}
    if not longs:
        return Abbreviations({}, None)
    alternatives = "|".join(re.escape(short) for short in sorted(longs, key=lambda s: (-len(s), s)))
    return Abbreviations(longs, re.compile(rf"(?<![\w-])({alternatives})(?:'?s)?(?!\w){_NOT_AFTER}"))


def _fuller(own: str, known: str | None) -> str:
    """The lexicon's long form where the document's is the same but for missing or differing words at its ends."""
    if known is None:
        return own
    return known if fuzz.token_set_ratio(plain(own), known) >= _SAME_LONG_FORM else own


def _from_lexicon(reading: Reading, lexicon: Lexicon) -> dict[str, str]:
    spoken = _spoken(reading)
    words = set(_WORD.findall(spoken))
    used = [(short, longs) for short, parts, longs in _known(lexicon) if words.issuperset(parts)]
    text = plain_hyphenless(f"{reading.document.text}\n{spoken}") if used else ""
    found: dict[str, str] = {}
    for short, longs in used:
        held = [long for long in longs if long in text]
        if held:
            found[short] = held[0]
        elif len(longs) == 1 and len(short) >= _SHORTEST_ALONE:
            found[short] = longs[0]
    return found


def _spoken(reading: Reading) -> str:
    """The texts in which abbreviations are written out: those of the statements, not the whole document."""
    facts = reading.facts
    texts = [reading.facts.policy.title or "", *(c.text for c in facts.catch_all), *(c.scope for c in facts.catch_all)]
    for i in facts.indications:
        texts += [i.text, i.population, i.section, i.anchor.quote, *i.context, *(c.text for c in i.iter_criteria())]
    return "\n".join(dict.fromkeys(texts))


@lru_cache(maxsize=4)
def _known(lexicon: Lexicon) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Each abbreviation of the lexicon with its words and what it stands for."""
    return tuple(
        (short, tuple(_WORD.findall(short)), tuple(str(long) for long in entry.get("long", ())))
        for entry in lexicon.files.get("abbreviations", {}).values() for short in entry.patterns
    )


def plain_hyphenless(text: str) -> str:
    """A cheap folding of a whole document: lower case, one blank for white space and hyphens, no possessives."""
    return " ".join(text.lower().replace("’s", "").replace("'s", "").replace("-", " ").split())



def written_out(text: str, said: str, lexicon: Lexicon) -> str:
    """The text with those abbreviations of the lexicon written out whose long form stands in ``said``."""
    words, held = set(_WORD.findall(text)), plain_hyphenless(said)
    for short, parts, longs in _known(lexicon):
        long = next((each for each in longs if each in held), None) if words.issuperset(parts) else None
        if long is not None:
            text = re.sub(rf"(?<![\w-]){re.escape(short)}(?!\w)", long, text)
    return text
