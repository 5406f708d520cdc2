"""How another payer's answer stands against ours: the same, stricter, looser, or not to be told. Never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from policyview.align.beside import Counterpart, Place, beside, comparable
from policyview.align.use import direction_of
from policyview.lexicon import Lexicon
from policyview.model import Criterion, Determination, Indication

Verdict = Literal["same", "stricter", "looser", "cannot tell"]
_OURS, _THEIRS = "ours", "theirs"
_ALL = (None, "all")


@dataclass(frozen=True)
class Against:
    """The verdict on their answer, and why, as half a sentence."""

    verdict: Verdict
    why: str


@dataclass(frozen=True)
class Answer:
    """What a payer says of a row: its determinations, and the statements where it states it itself or more widely."""

    determinations: tuple[Determination, ...]
    indications: tuple[Indication, ...] = ()


def against(ours: Answer, theirs: Answer, lexicon: Lexicon) -> Against:
    """Their answer against ours. Stricter is what fewer patients would be covered under."""
    if not ours.determinations:
        return Against("cannot tell", "ours says nothing of this row")
    if not theirs.determinations:
        return Against("cannot tell", "not addressed here")
    one, other = (frozenset(map(direction_of, each.determinations)) for each in (ours, theirs))
    if len(one) != 1 or len(other) != 1 or {"unclear", "between"} & (one | other):
        return Against("cannot tell", "not a plain yes or no on both sides")
    if one != other:
        return Against("stricter", "not covered here") if "against" in other else Against("looser", "covered here")
    if "against" in one:
        return Against("same", "not covered by either")
    return _by_criteria(ours.indications, theirs.indications, lexicon)


def _by_criteria(ours: Sequence[Indication], theirs: Sequence[Indication], lexicon: Lexicon) -> Against:
    """Both cover it: the same conditions, more, fewer, or higher and lower numbers in them."""
    if len(ours) != 1 or len(theirs) != 1:
        return Against("cannot tell", "several statements answer the row")
    mine, its = ours[0], theirs[0]
    if (mine.stage == "continuation") != (its.stage == "continuation"):
        return Against("cannot tell", "one is on continued treatment")
    if mine.population.casefold() != its.population.casefold():
        who = " against ".join(f"“{each.population or 'not stated'}”" for each in (its, mine))
        return Against("cannot tell", f"the patients it is for: {who}")
    if not [*comparable(mine)] or not [*comparable(its)]:
        return _without_criteria(mine, its)
    if not (_is_flat(mine) and _is_flat(its)):
        return Against("cannot tell", "the criteria are alternatives, or lists in lists")
    found = beside({_OURS: ours, _THEIRS: theirs}, lexicon)
    return _weighed(mine, its, found)


def _without_criteria(mine: Indication, its: Indication) -> Against:
    if [*comparable(mine)]:
        return Against("looser", "no criteria are listed here")
    return Against("stricter", "criteria are asked for here") if [*comparable(its)] else Against("same", "no criteria")


def _is_flat(indication: Indication) -> bool:
    """Whether all its conditions must hold, with none below them."""
    tops = (*indication.criteria, *indication.inherited)
    is_all = len(indication.criteria) < 2 or indication.logic in _ALL
    return is_all and not indication.exceptions and not any(top.children for top in tops)


def _weighed(mine: Indication, its: Indication, found: Mapping[Place, Sequence[Counterpart]]) -> Against:
    stricter, looser, unsure = list[str](), list[str](), list[str]()
    for criterion in comparable(mine):
        counterparts = found.get((_OURS, criterion.id), ())
        if not counterparts:
            looser.append(f"not asked for here: {criterion.text}")
        for each in counterparts:
            _weigh(criterion, each, stricter, looser, unsure)
    stricter += [f"asked for here only: {each.text}" for each in comparable(its)
                 if not found.get((_THEIRS, each.id))]  # fmt: skip
    if unsure or (stricter and looser):
        return Against("cannot tell", "; ".join((unsure or [*stricter[:1], *looser[:1]])[:2]))
    if stricter or looser:
        return Against("stricter" if stricter else "looser", "; ".join((stricter or looser)[:2]))
    return Against("same", "the same criteria")


def _weigh(
    criterion: Criterion, other: Counterpart, stricter: list[str], looser: list[str], unsure: list[str]
) -> None:
    """One criterion of ours against what they ask on the same thing."""
    if not other.differs:
        if other.is_reworded:
            unsure.append(f"asked for in other words: {other.criterion.text}")
        return
    for here, there in other.differs:
        told = f"{there or 'no number'} where ours has {here or 'none'}"
        way = 0 if other.is_reworded else _way(here, there)
        (stricter if way > 0 else looser if way < 0 else unsure).append(told)


def _way(ours: str, theirs: str) -> int:
    """1 where their number is harder to meet than ours, -1 where it is easier, 0 where that cannot be told.

    Only a limit of one kind in one unit can be weighed: "≥ 10 percent" against "≥ 3 percent".
    """
    mine, its = ours.split(" ", 2), theirs.split(" ", 2)
    if len(mine) < 2 or len(its) < 2 or mine[2:] != its[2:]:
        return 0
    signs, (low, high) = {mine[0], its[0]}, (mine[1], its[1])
    try:
        difference = float(high) - float(low)
    except ValueError:
        return 0
    if signs <= {"≥", ">"}:
        return _signed(difference, its[0] == ">" and mine[0] == "≥", its[0] == "≥" and mine[0] == ">")
    if signs <= {"≤", "<"}:
        return _signed(-difference, its[0] == "<" and mine[0] == "≤", its[0] == "≤" and mine[0] == "<")
    return 0


def _signed(difference: float, is_sharper: bool, is_blunter: bool) -> int:
    if difference:
        return 1 if difference > 0 else -1
    return 1 if is_sharper else -1 if is_blunter else 0
