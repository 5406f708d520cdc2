"""Sets the criteria of one row's documents beside each other: who asks for the same, and with which other numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz import fuzz

from policyview.align.telling import telling_of
from policyview.lexicon import Lexicon
from policyview.model import Criterion, Indication, Limit
from policyview.wording import fold, read_numbers
from policyview.wording.marks import read_marks
from policyview.wording.numbers import Quantity

_ALIKE = 0.6  # likeness from which two criteria are on one thing; read beside 40 rows of real policies
_WITHIN = 0.72  # how much it tells that one says all that the other says
_MUCH_LONGER = 3.0  # a list of many things that names one is not on that one
_SAME_WORDS = 0.9  # from which their words are as good as the same
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "", "range": "", None: ""}
_ANNOUNCING = 9  # words; a shorter lead-in of a list ("all of the following are met") asks for nothing itself
_ENGLISH = frozenset(("and", "are", "for", "has", "have", "that", "the", "this", "was", "with"))
_PERIODS = frozenset(("approval_period", "duration", "review_after"))  # kinds of limits that are a time
_BRACKET = re.compile(r"\([^()]*\)")
_DIGITS = str.maketrans("", "", "0123456789")

Place = tuple[str, str]
"""A criterion: the file of its document, and its id there."""
LimitPlace = tuple[str, str, int]
"""A limit: the file of its document, the id of its indication, and which of its limits it is."""


@dataclass(frozen=True)
class Counterpart:
    """What another document asks on the same thing. ``differs`` are what is said otherwise, each as (here, there);
    ``is_reworded`` where the words are others too."""

    file: str
    criterion: Criterion
    likeness: float
    differs: tuple[tuple[str, str], ...] = ()
    is_reworded: bool = False


@dataclass(frozen=True, eq=False)
class _Asked:
    """A criterion as it is compared."""

    file: str
    criterion: Criterion
    words: frozenset[str]
    text: str
    numbers: tuple[str, ...]
    is_negated: bool

    @property
    def place(self) -> Place:
        return self.file, self.criterion.id


def beside(
    statements: Mapping[str, Sequence[Indication]], lexicon: Lexicon, least: float = _ALIKE
) -> Mapping[Place, tuple[Counterpart, ...]]:
    """For each criterion of each document its counterparts in the others, in the order of the documents.

    ``statements`` are those of a row, by file. One criterion has at most one counterpart in a document and is that of
    no other; what has none is asked here only. ``least`` is the likeness that makes a counterpart.
    """
    asked = {file: [*_asked(file, said, lexicon)] for file, said in statements.items()}
    weights = _weights([each for those in asked.values() for each in those])
    found: dict[Place, list[Counterpart]] = defaultdict(list)
    files = list(asked)
    for at, one in enumerate(files):
        for other in files[at + 1:]:
            for first, second, likeness in _pairs(asked[one], asked[other], weights, least):
                found[first.place].append(_counterpart(first, second, likeness))
                found[second.place].append(_counterpart(second, first, likeness))
    order = {file: number for number, file in enumerate(files)}
    return {place: tuple(sorted(those, key=lambda each: order[each.file])) for place, those in found.items()}


def comparable(indication: Indication) -> Iterator[Criterion]:
    """The criteria of a statement, inherited ones too, but those that only announce a list."""
    for top in (*indication.criteria, *indication.inherited):
        for criterion in top.leaves():
            if not criterion.children or len(criterion.text.split()) >= _ANNOUNCING:
                yield criterion


def _asked(file: str, statements: Sequence[Indication], lexicon: Lexicon) -> Iterator[_Asked]:
    seen = set[str]()
    for statement in statements:
        for criterion in comparable(statement):
            if criterion.id not in seen:
                seen.add(criterion.id)
                text = fold(criterion.text).text
                quantities = [each for each in read_numbers(text, lexicon) if _is_demand(each)]
                numbers = tuple(sorted(map(_told, quantities)))
                negated = any(mark.kind == "negation" for mark in read_marks(text, lexicon))
                words = _who(criterion, text, lexicon) or frozenset(filter(_tells, telling_of(lexicon).words(text)))
                yield _Asked(file, criterion, words, _bare(text, quantities), numbers, negated)


def _who(criterion: Criterion, text: str, lexicon: Lexicon) -> frozenset[str]:
    """The specialists whom a criterion on the prescriber names: they are all that it asks for."""
    if criterion.kind != "prescriber":
        return frozenset()
    named = lexicon["statements"]["specialist"].regex.finditer(text)
    return frozenset(match.group().casefold().removesuffix("s") for match in named)


def _bare(text: str, quantities: Sequence[Quantity]) -> str:
    """The words without the numbers, what compares them, and their units."""
    for each in sorted(quantities, key=lambda quantity: -quantity.start):
        text = f"{text[:each.start]} {text[each.end:]}"
    return text.translate(_DIGITS).casefold()


def _tells(word: str) -> bool:
    return len(word) > 2 and not word.isdigit() and word not in _ENGLISH


def _is_demand(quantity: Quantity) -> bool:
    """Whether a number asks for something: not that of a name, of a rank, nor the "one" of "one of these"."""
    if quantity.is_ordinal or (quantity.value == 1 and quantity.is_word and quantity.unit is None):
        return False
    return quantity.is_word or quantity.unit is not None or quantity.comparator is not None


def _told(quantity: Quantity) -> str:
    value = quantity.value
    number = f"{value[0]:g}–{value[1]:g}" if isinstance(value, tuple) else f"{value:g}"
    unit = f"{quantity.unit}s" if quantity.unit and quantity.kind == "time" and value != 1 else quantity.unit
    return " ".join(filter(None, (_SIGNS[quantity.comparator], number, unit)))


def _weights(asked: Sequence[_Asked]) -> Mapping[str, float]:
    """How much a word tells: the rarer among the row's criteria, the more."""
    counted = Counter(word for each in asked for word in each.words)
    return {word: log(1 + len(asked) / count) for word, count in counted.items()}


def _pairs(
    ones: Sequence[_Asked], others: Sequence[_Asked], weights: Mapping[str, float], least: float
) -> Iterator[tuple[_Asked, _Asked, float]]:
    """The best pairs first, each criterion once."""
    ranked = sorted(
        ((-_likeness(one, other, weights), a, b) for a, one in enumerate(ones) for b, other in enumerate(others))
    )
    taken: tuple[set[int], set[int]] = set(), set()
    for score, a, b in ranked:
        if -score < least:
            return
        if a not in taken[0] and b not in taken[1]:
            taken[0].add(a)
            taken[1].add(b)
            yield ones[a], others[b], round(-score, 3)


def _likeness(one: _Asked, other: _Asked, weights: Mapping[str, float]) -> float:
    """How far two criteria are on one thing, 0-1, whatever their numbers; what is denied is not what is asked for."""
    if one.is_negated != other.is_negated or one.criterion.kind != other.criterion.kind:
        return 0.0
    both = sum(weights[word] for word in one.words & other.words)
    if not both:
        return 0.0
    alone = [sum(weights[word] for word in each.words) for each in (one, other)]
    as_text = fuzz.token_sort_ratio(one.text, other.text) / 100 if 3 * both > sum(alone) else 0.0
    within = both / min(alone) if max(alone) < _MUCH_LONGER * min(alone) else 0.0
    return max(2 * both / sum(alone), as_text, _WITHIN * within)


def limits_beside(
    statements: Mapping[str, Sequence[Indication]], lexicon: Lexicon
) -> dict[LimitPlace, tuple[tuple[str, str, str], ...]]:
    """Of each limit that says a number, which documents set another one on the same thing: (file, there, here).

    Only limits of one kind and treatment stage are held against each other, and only where both say numbers.
    """
    said: dict[tuple[str, str], dict[str, dict[LimitPlace, str]]] = {}
    for file, indications in statements.items():
        for indication in indications:
            for number, limit in enumerate(indication.limits):
                numbers = ", ".join(sorted(map(_told, _limiting(limit, lexicon))))
                if numbers:
                    alike = said.setdefault((limit.kind, indication.stage or ""), {})
                    alike.setdefault(file, {})[file, indication.id, number] = numbers
    found: dict[LimitPlace, tuple[tuple[str, str, str], ...]] = {}
    for files in said.values():
        for file, own in files.items():
            others = {other: sorted(set(limits.values())) for other, limits in files.items() if other != file}
            for place, here in own.items():
                found[place] = tuple((other, "; ".join(there), here) for other, there in others.items()
                                     if here not in there)  # fmt: skip
    return found


def _limiting(limit: Limit, lexicon: Lexicon) -> Sequence[Quantity]:
    """The numbers of a limit; of a period those of time, and no days of doses that a bracket behind it names."""
    text = fold(limit.text).text
    found = read_numbers(text, lexicon)
    if limit.kind not in _PERIODS:
        return found
    brackets = [match.span() for match in _BRACKET.finditer(text)]
    times = [each for each in found if each.kind == "time"]
    outside = [each for each in times if not any(start < each.start < end for start, end in brackets)]
    return outside or times


def _counterpart(here: _Asked, there: _Asked, likeness: float) -> Counterpart:
    differs: tuple[tuple[str, str], ...] = ()
    if here.numbers != there.numbers:
        ones, others = Counter(here.numbers), Counter(there.numbers)
        differs = ((", ".join((ones - others).elements()), ", ".join((others - ones).elements())),)
    reworded = fuzz.token_sort_ratio(here.text, there.text) < 100 * _SAME_WORDS
    return Counterpart(there.file, there.criterion, likeness, differs, reworded)
