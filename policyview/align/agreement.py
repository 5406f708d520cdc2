"""Whether the payers of a row agree: over what they state, what reaches the row, and their residual clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from policyview.align.use import Direction, direction_of
from policyview.lexicon import Lexicon
from policyview.model import Agreement, Determination, Indication
from policyview.wording import fold, read_numbers

_SAME_CRITERION = 85  # token_sort_ratio of two wordings of one condition; numbers are compared exactly besides


@dataclass(frozen=True)
class Voice:
    """What one payer's column says of a row. ``payer`` tells columns of one payer together."""

    payer: str
    determinations: frozenset[Determination]
    indications: tuple[Indication, ...] = field(default=(), compare=False)

    @property
    def directions(self) -> frozenset[Direction]:
        return frozenset(direction_of(d) for d in self.determinations)


def agreement_of(voices: Sequence[Voice], lexicon: Lexicon) -> Agreement:
    """The agreement of a row. References and second-hand columns must not be among the voices."""
    clear = [v for v in voices if v.directions - {"unclear"}]
    if not clear:
        return Agreement.UNCLEAR
    if len({v.payer for v in clear}) < 2:
        return Agreement.ONE_PAYER if len(clear) == len(voices) else Agreement.UNCLEAR
    directions = frozenset().union(*(v.directions for v in clear)) - {"unclear"}
    if "against" in directions and len(directions) > 1:
        return Agreement.OPPOSED
    if len(clear) < len(voices):
        return Agreement.UNCLEAR
    if len(frozenset().union(*(v.determinations for v in clear))) > 1:
        return Agreement.WORDS_DIFFER
    return Agreement.SAME if _same_criteria(clear, lexicon) else Agreement.CRITERIA_DIFFER


def _same_criteria(voices: Sequence[Voice], lexicon: Lexicon) -> bool:
    """Whether all ask for the same; a residual clause, which asks for nothing, equals a bare refusal."""
    def demands(voice: Voice) -> list[tuple[str, ...]]:
        return sorted(_demand(i) for i in voice.indications)

    first = voices[0]
    return all(_alike(demands(first), demands(v), lexicon) and _same_limits(first, v, lexicon) for v in voices[1:])


def _demand(indication: Indication) -> tuple[str, ...]:
    criteria = list(indication.iter_criteria())
    logic = (indication.logic or "all",) if len(criteria) > 1 else ()
    return (*logic, *sorted(fold(c.text).text for c in criteria))


def _alike(one: list[tuple[str, ...]], other: list[tuple[str, ...]], lexicon: Lexicon) -> bool:
    if not any(one) and not any(other):
        return True
    first, second = [t for d in one for t in d], [t for d in other for t in d]
    if len(first) != len(second):
        return False
    return _each_has_one(first, second, lambda a, b: _same_text(a, b, lexicon))


def _each_has_one(first: list[str], second: list[str], is_same: Callable[[str, str], bool]) -> bool:
    left = list(second)
    for text in first:
        match = next((t for t in left if is_same(text, t)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _same_text(one: str, other: str, lexicon: Lexicon) -> bool:
    return fuzz.token_sort_ratio(one, other) >= _SAME_CRITERION and _numbers(one, lexicon) == _numbers(other, lexicon)


def _numbers(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    if not any(c.isdigit() for c in text):
        return []
    return sorted((str(q.comparator), str(q.value)) for q in read_numbers(text, lexicon) if not q.is_word)


def _same_limits(one: Voice, other: Voice, lexicon: Lexicon) -> bool:
    """The numbers in the statements' own words, where both state one."""
    first, second = (
        sorted({n for i in v.indications for n in _numbers(fold(i.text).text, lexicon)}) for v in (one, other)
    )
    return first == second or not one.indications or not other.indications
