"""Reads numbers with what compares them and their unit: "at least 10 %", "4-6 hours", "6 years of age or older"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from policyview.lexicon import Entry, Lexicon

Comparator = Literal[">=", "<=", "<", ">", "=", "range"]
Number = int | float

# A number is not the tail of a name (CD4, IL-17, COVID-19, I27.20) nor of a longer number.
_DIGITS = r"(?<![\w.,/:])(?<!\w[-‐‑–])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?![\d:]|\.\d)|(?<![\w.])\.\d+"
_FILLER = r"(?:\s+(?:an?|the|approximately|about|last|past|prior|previous|preceding|first|initial|age(?:\s+of)?))*"
_TAIL = r"(?:\s+(?:of\s+age|old|(?:of\s+)?gestation(?:al\s+age)?|in\s+(?:size|diameter|duration|length)))?"
# words that end what a number counts
_NO_QUALIFIER = "of|to|in|or|and|more|less|per|the|an?|with|for|from|on|at|by|if|that|which|than|as|after|before|during"
# a sign, where words or signs of comparison stand before it ("≤ -2.5"); elsewhere it is a dash
_MINUS = re.compile(r"(?:[≤≥<>=]|\b(?:of|than|to|below|above|at|is|was|least|most|scores?))\s*[-−–]\Z")
_NAMED_TAIL = r"(?:\s+\([^()]{1,20}\))?(?:\s+(?!(?:of|to|in|or|and|per|with|for)\b)[a-z]+){1,2}(?=\s+or\s)"
_WINDOW = 60  # characters before a number in which its comparator stands; the longest pattern has about 45
_SIGN_REACH = 16
_TAIL_WORDS, _NAMED_WORDS = re.compile(_TAIL, re.IGNORECASE), re.compile(_NAMED_TAIL)
_MEASURED = frozenset({"measure", "share", "ratio", "concentration"})


@dataclass(frozen=True)
class Quantity:
    """A number in a text: ``start`` and ``end`` span it with its comparator and unit, ``number`` the digits alone.

    ``comparator`` is None where none is printed; ``value`` is (low, high) for a range. ``unit`` is singular, as
    printed up to spelling, None where none is printed. ``kind`` is the unit's group in the lexicon ("time", "mass" …).
    """

    start: int
    end: int
    number: tuple[int, int]
    comparator: Comparator | None
    value: Number | tuple[Number, Number]
    unit: str | None = None
    kind: str = ""
    is_word: bool = False
    is_ordinal: bool = False
    noun: str = ""  # what is counted, where words of their own stand before the unit ("headache days per month")


@dataclass(frozen=True)
class _Grammar:
    """The lexicon's number words, comparators and units as compiled expressions."""

    number: re.Pattern[str]
    words: tuple[tuple[re.Pattern[str], Number], ...]
    before: tuple[tuple[re.Pattern[str], Comparator], ...]
    after: tuple[tuple[re.Pattern[str], Comparator], ...]
    period: re.Pattern[str]
    earliest: re.Pattern[str]
    event: re.Pattern[str]
    unit: re.Pattern[str]
    qualified: re.Pattern[str]
    counted: re.Pattern[str]
    units: dict[str, Entry]


def _longest_first(entry: Entry) -> str:
    return "|".join(_loose(pattern) for pattern in sorted(entry.patterns, key=len, reverse=True))


def _loose(pattern: str) -> str:
    return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")


@lru_cache(maxsize=4)
def _grammar(lexicon: Lexicon) -> _Grammar:
    words = tuple((entry.regex, entry.get("value")) for entry in lexicon.entries("numbers"))
    longest = sorted((p for entry in lexicon.entries("numbers") for p in entry.patterns), key=len, reverse=True)
    named = "|".join(f"(?:{p})" for p in longest)
    number = rf"(?P<digits>{_DIGITS})|(?<![\w-])(?P<word>{_loose(named)})\b(?!-)(?:\s*\(\s*\d+\s*\))?"
    before, after = list[tuple[re.Pattern[str], Comparator]](), list[tuple[re.Pattern[str], Comparator]]()
    for entry in lexicon.entries("comparators"):
        wording = "|".join(rf"(?:{_loose(p)})" for p in entry.patterns)
        if entry.get("place") not in ("before", "after"):
            continue
        if entry.get("place") == "before":
            expression = re.compile(rf"(?<!\w)(?:{wording}){_FILLER}[\s(]*\Z", re.IGNORECASE)
            before.append((expression, entry.get("comparator")))
        else:
            after.append((re.compile(rf"[,\s(]*(?:{wording})(?![\w])", re.IGNORECASE), entry.get("comparator")))
    units = {entry.name: entry for entry in lexicon.entries("units") if entry.name != "per"}
    per = "|".join(_loose(p) for p in lexicon["units"]["per"].patterns)
    parts = "|".join(rf"(?P<{name}>{_longest_first(entry)})" for name, entry in units.items())
    unit = re.compile(
        rf"[\s‐‑–-]*(?:consecutive\s+|full\s+)?(?:{parts})(?![A-Za-z0-9])(?P<per>(?:{per})(?!\w))?", re.IGNORECASE
    )
    qualified = re.compile(
        rf"\s+(?!(?:of|to|in|or|and|more|per|consecutive|full)\b)(?P<noun>[^\W\d_]+)\s+"
        rf"(?:{parts})(?![A-Za-z0-9])(?P<per>(?:{per})(?!\w))?", re.IGNORECASE
    )
    happenings = "|".join(rf"(?P<{name}>{_longest_first(e)})" for name, e in units.items() if e.get("is_qualified"))
    counted = re.compile(
        rf"(?P<noun>(?:\s+(?!(?:{_NO_QUALIFIER})\b)[^\W\d_][\w-]*){{1,3}}?)\s+"
        rf"(?:{happenings})(?![A-Za-z0-9])(?P<per>(?:{per})(?!\w))?", re.IGNORECASE
    )
    period, earliest, event = (
        "|".join(f"(?:{_loose(p)})" for p in lexicon["comparators"][name].patterns)
        for name in ("period", "earliest", "event")
    )
    return _Grammar(
        re.compile(number, re.IGNORECASE), words, tuple(before), tuple(after),
        re.compile(rf"(?<!\w)(?:{period})\s*\Z", re.IGNORECASE),
        re.compile(earliest, re.IGNORECASE), re.compile(rf"\s+(?:{event})\b", re.IGNORECASE),
        unit, qualified, counted, units,
    )


def read_numbers(text: str, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Every number of a text, in order. Number words are read too ("two" also in "two of the following")."""
    grammar, found, at = _grammar(lexicon), list[Quantity](), 0
    while match := grammar.number.search(text, at):
        quantity = _quantity(text, match, grammar)
        found.append(quantity)
        at = max(quantity.end, match.end())
    return tuple(found)


def _quantity(text: str, match: re.Match[str], grammar: _Grammar) -> Quantity:
    value, end = _value(match, grammar), match.end()
    number_start = match.start()
    if match.group("digits") and _MINUS.search(text, max(0, number_start - _SIGN_REACH), number_start):
        value, number_start = -value, number_start - 1
    is_ordinal = bool(ordinal := re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE).match(text, end))
    if ordinal:
        end = ordinal.end()
    before, start = _before(text, number_start, grammar)
    unit, kind, end = _unit(text, end, grammar)
    if before and unit is None and text[match.start() - 1:match.start()] == "(" and text[end:end + 1] == ")":
        unit, kind, end = _unit(text, end + 1, grammar)  # "a minimum (3) month trial"
    noun, rate = _rate(text, match.end(), grammar)
    if rate:
        unit, kind, end = rate
    if kind == "time" and grammar.period.search(text[max(0, match.start() - _WINDOW):match.start()]):
        before, start = None, match.start()  # "fell by 10 % over 3 months" compares the share alone
    low = value
    ranged = _range(text, match.start(), end, before, grammar)
    number_end = match.end()
    result: Number | tuple[Number, Number] = low
    comparator = before
    if ranged is not None and not is_ordinal:
        high, after_high = ranged
        high_unit, high_kind, end = _unit(text, after_high, grammar)
        if not isinstance(high, tuple) and high > low:
            result, comparator, number_end = (low, high), "range", after_high
            unit, kind = (high_unit, high_kind) if high_unit else (unit, kind)
            start = _between_start(text, start)
        else:
            ranged, end = None, match.end()
            unit, kind, end = _unit(text, end, grammar)
    if comparator is None:
        comparator, end = _after(text, end, grammar, is_measured=kind in _MEASURED)
        if comparator and unit is None:  # "34 or more weeks"
            unit, kind, end = _unit(text, end, grammar)
    if grammar.earliest.match(text, start) and grammar.event.match(text, end):
        comparator = "<="
    if comparator not in (None, "range") and unit is None:
        noun, unit, kind, end = _counted(text, end, grammar)
    return Quantity(
        start, end, (match.start(), number_end), comparator, result, unit, kind,
        is_word=match.group("digits") is None, is_ordinal=is_ordinal, noun=noun,
    )


def _value(match: re.Match[str], grammar: _Grammar) -> Number:
    digits = match.group("digits")
    if digits is not None:
        return _number(digits)
    word = match.group("word")
    return next(value for pattern, value in grammar.words if pattern.fullmatch(word))


def _number(digits: str) -> Number:
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _before(text: str, at: int, grammar: _Grammar) -> tuple[Comparator | None, int]:
    window_start = max(0, at - _WINDOW)
    window = text[window_start:at]
    found = [(m.start(), comparator) for pattern, comparator in grammar.before if (m := pattern.search(window))]
    if not found:
        return None, at
    start, comparator = min(found)  # the longest phrase: "no more than", not "more than"
    return comparator, window_start + start


def _unit(text: str, at: int, grammar: _Grammar) -> tuple[str | None, str, int]:
    match = grammar.unit.match(text, at)
    return _named_unit(match, grammar) if match else (None, "", at)


def _counted(text: str, at: int, grammar: _Grammar) -> tuple[str, str | None, str, int]:
    """(noun, unit, kind, end) of what a compared number counts: "two or more severe attacks per year"."""
    match = grammar.counted.match(text, at)
    if match is None:
        return "", None, "", at
    unit, kind, end = _named_unit(match, grammar)
    printed = text[match.start("noun"):match.start("per") if match.group("per") else end]
    return " ".join(printed.split()), unit, kind, end


def _rate(text: str, at: int, grammar: _Grammar) -> tuple[str, tuple[str, str, int] | None]:
    """(noun, unit) of "headache days per month": a unit of rate behind the word for what is counted."""
    match = grammar.qualified.match(text, at)
    if match is None:
        return "", None
    unit, kind, end = _named_unit(match, grammar)
    if " per " not in unit and "/" not in unit:
        return "", None
    return f"{match.group('noun')} {text[match.end('noun'):end].split()[0]}", (unit, kind, end)


def _named_unit(match: re.Match[str], grammar: _Grammar) -> tuple[str, str, int]:
    name = next(name for name, printed in match.groupdict().items() if name in grammar.units and printed is not None)
    entry, printed = grammar.units[name], match.group(name)
    unit = entry.get("unit") or _singular_of_rate(re.sub(r"\s+", " ", printed).strip())
    if match.group("per"):
        unit = f"{unit} per {re.sub(r'^ ?(?:/|per|an?) ?', '', re.sub(chr(92) + 's+', ' ', match.group('per')))}"
    return unit, str(entry.get("kind", "")), match.end()


def _singular_of_rate(unit: str) -> str:
    """"cells per microliter": the first word alone is counted."""
    head, per, rest = unit.partition(" per ")
    return f"{_singular(head)}{per}{rest}"


def _singular(word: str) -> str:
    if word == "studies":
        return "study"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


_BETWEEN = re.compile(r"\b(?:between|from)(?:\s+(?:the\s+)?ages?(?:\s+of)?)?\s*\Z", re.IGNORECASE)


_DASH = re.compile(r"\s*(?:-|‐|‑|–|—|to|through)\s*(?:≤\s*|<\s*)?(?=[\d.]|(?<=\s)[a-z])", re.IGNORECASE)


def _between_start(text: str, start: int) -> int:
    match = _BETWEEN.search(text[max(0, start - 30):start])
    return max(0, start - 30) + match.start() if match else start


def _range(text: str, start: int, end: int, before: Comparator | None, grammar: _Grammar) -> tuple[Number, int] | None:
    """The upper number of a range that begins before ``end``, and where its digits end."""
    dash = _DASH.match(text, end)
    if dash is None and _BETWEEN.search(text[max(0, start - 30):start]):
        dash = re.compile(r"\s*and\s+(?=[\d.a-z])", re.IGNORECASE).match(text, end)
    if dash is None or before == "<":
        return None
    number = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d:])").match(text, dash.end())
    if number:
        return _number(number.group()), number.end()
    word = grammar.number.match(text, dash.end())
    return (_value(word, grammar), word.end()) if word and word.group("word") else None


def _after(text: str, at: int, grammar: _Grammar, *, is_measured: bool) -> tuple[Comparator | None, int]:
    """What compares a number from behind, also over words for what is measured ("70 dB hearing loss or more")."""
    tails = [tail for tail in (_TAIL_WORDS.match(text, at), is_measured and _NAMED_WORDS.match(text, at)) if tail]
    for place in dict.fromkeys((*(tail.end() for tail in tails), at)):
        for pattern, comparator in grammar.after:
            if match := pattern.match(text, place):
                return comparator, match.end()
    return None, at
