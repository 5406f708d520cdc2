"""How one tree of needs stands against another: where it is stricter, where looser, and what is not to be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from policyview.align.beside import Counterpart
from policyview.align.needs import Demand, Need
from policyview.align.population import Population
from policyview.lexicon import Lexicon

_ON_ONE_THING = 0.6  # likeness from which two criteria are on one thing; a fainter one is a doubt
_SAME_IN_WORDS = 0.75  # from which other words, the numbers being the same, are taken to ask for the same
_SUBJECT_KINDS = frozenset(("step", "prescriber"))
_AGE, _EXTENT = "age", "extent"  # subjects that are told beside the criteria too
_ELSEWHERE, _NO_SUBJECT, _EXCUSE = "elsewhere", "none", "excuse"
_TOLD_IN_TEXT = frozenset(("response", "step", "earlier", "combination"))  # what a statement's own sentence asks for
_LONGEST = 90  # characters of a criterion in a reason


@dataclass
class Differences:
    """What of theirs is stricter than ours, what looser, and what cannot be weighed, each in half a sentence."""

    stricter: list[str] = field(default_factory=list)
    looser: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class General:
    """What either payer says elsewhere: of no disease, which may hold here too; and whether of other patients."""

    ours: str = ""
    theirs: str = ""
    are_people_drawn_apart: bool = False


class Weighing:
    """Weighs their needs against ours, whose counterparts are told by their ids."""

    def __init__(
        self, ours: Mapping[str, Counterpart], theirs: Mapping[str, Counterpart], general: General, lexicon: Lexicon
    ) -> None:
        self._of, self._general = (ours, theirs), general
        self._subjects = tuple(lexicon.files.get("subjects", {}).values())
        self.found = Differences()
        self._told_beside: frozenset[str] = frozenset()
        self._said: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    def demands(self, ours: Demand, theirs: Demand) -> Differences:
        """Theirs against ours, as a whole."""
        mine, its = ([need for need in each.needs if not self._points_on(need)] for each in (ours, theirs))
        points = [need for each in (ours, theirs) for need in each.needs if self._points_on(need)]
        self.found.unsure += [f"further criteria are pointed to: {_short(need.text)}" for need in points]
        self._said = self._covered(theirs, self._general.theirs), self._covered(ours, self._general.ours)
        if not self._general.are_people_drawn_apart:
            self._people(ours, theirs)
        self._severities(ours, theirs)
        self._together(mine, its)
        return self.found

    def _points_on(self, need: Need) -> bool:
        """Whether it asks that other criteria are met, which are not known here."""
        return not need.parts and _ELSEWHERE in self._on(need)

    def _covered(self, other: Demand, general: str) -> frozenset[str]:
        """Subjects of which it cannot be told that the other does not ask: all, where it points to further criteria."""
        if any(map(self._points_on, other.needs)):
            return frozenset(entry.name for entry in self._subjects) | {_NO_SUBJECT}
        return (self._subjects_in(other.text) & _TOLD_IN_TEXT) | self._subjects_in(general)

    def _on(self, need: Need) -> frozenset[str]:
        """The subjects of a need: what it speaks of, whatever its words."""
        kinds = {criterion.kind for criterion in need.criteria()} & _SUBJECT_KINDS
        told = self._subjects_in(" ; ".join(criterion.text for criterion in need.criteria())) | kinds
        return told | (self._subjects_in(need.about) & _TOLD_IN_TEXT if need.parts else frozenset())

    def _subjects_in(self, text: str) -> frozenset[str]:
        return frozenset(entry.name for entry in self._subjects if entry.regex.search(text.casefold()))

    # ------------------------------------------------------------ for whom

    def _people(self, ours: Demand, theirs: Demand) -> None:
        mine, its = ours.people, theirs.people
        if mine.contradicts(its):
            self.found.unsure.append(f"for other patients: {its.label}, ours {mine.label}")
        elif mine.ages and its.ages:
            told = f"{its.ages.text} where ours has {mine.ages.text}"
            self._narrower(mine.ages.holds(its.ages), its.ages.holds(mine.ages), told, told)
        elif not (mine and its) and (
            any(_AGE in self._on(need) for need in (theirs if mine else ours).needs)
            or ((mine or its) and _AGE in self._said[0 if mine else 1])
        ):
            self.found.unsure.append("an age that is not weighed against the other's")
            self._told_beside |= {_AGE}
        elif mine.bands != its.bands or (mine.ages or its.ages):
            only = f"only here: {_people(its)}" if not mine else f"{_people(its)} where ours has {_people(mine)}"
            gone = f"not here: {_people(mine)}" if not its else only
            is_narrower = not mine or (bool(its) and its.bands <= mine.bands)
            self._narrower(is_narrower, not its or (bool(mine) and mine.bands <= its.bands), only, gone)

    def _narrower(self, is_narrower: bool, is_wider: bool, if_narrower: str, if_wider: str) -> None:
        if is_narrower and not is_wider:
            self.found.stricter.append(if_narrower)
        elif is_wider and not is_narrower:
            self.found.looser.append(if_wider)
        elif not is_narrower:
            self.found.unsure.append(if_narrower)

    def _severities(self, ours: Demand, theirs: Demand) -> None:
        mine, its = (" to ".join(sorted(each.severities)) for each in (ours, theirs))
        if mine == its:
            return
        without = () if mine and its else ours.needs if its else theirs.needs
        is_covered = _EXTENT in self._said[0 if mine else 1]
        if (mine and its) or is_covered or any(_EXTENT in self._on(need) for need in without):
            self.found.unsure.append(f"{its or 'no word on how severe a'} disease where ours has {mine or 'none'}")
            self._told_beside |= {_EXTENT}
        elif its:
            self.found.stricter.append(f"only here: {its} disease")
        else:
            self.found.looser.append(f"not here: {mine} disease")

    # ------------------------------------------------------------ what must hold

    def _together(self, ours: Sequence[Need], theirs: Sequence[Need]) -> None:
        """All of each must hold."""
        alone, beyond = self._apart(*self._matched(ours, theirs))
        self._unmatched(alone, 0, self.found.looser, "not asked for here")
        self._unmatched(beyond, 1, self.found.stricter, "only here")

    def _alternatives(self, ours: Need, theirs: Need) -> None:
        """Some of each list must hold: what more suffices is looser, how many are needed weighs too."""
        alone, beyond = self._apart(*self._matched(ours.parts, theirs.parts))
        if -1 in (ours.least, theirs.least):
            if alone or beyond or ours.least != theirs.least:
                self.found.unsure.append(f"how many are needed is not printed: {_short(theirs.text)}")
            return
        if theirs.least != ours.least:
            told = f"{theirs.least} of a list where ours asks for {ours.least}: {_short(theirs.text)}"
            (self.found.stricter if theirs.least > ours.least else self.found.looser).append(told)
        if ours.least == 0:
            self._unmatched(alone, 0, self.found.looser, "not ruled out here")
            self._unmatched(beyond, 1, self.found.stricter, "ruled out only here")
            return
        self._unmatched(self._unexcused(alone, theirs), 0, self.found.stricter, "does not suffice here")
        self._unmatched(self._unexcused(beyond, ours), 1, self.found.looser, "suffices only here")

    def _unexcused(self, alone: Sequence[Need], other: Need) -> list[Need]:
        """Alternatives without those for who cannot take a drug, where the other list excuses them in its own words."""
        if _EXCUSE not in self._on(other):
            return [*alone]
        excused = [need for need in alone if _EXCUSE in self._on(need)]
        self.found.unsure += [f"on one matter in other words: {_short(need.text)}" for need in excused]
        return [need for need in alone if need not in excused]

    def _need(self, ours: Need, theirs: Need) -> None:
        if self._surest(ours, theirs) < _ON_ONE_THING:
            self.found.unsure.append(f"asked for in other words: {_short(theirs.text)}")
            return
        self._lead(ours, theirs)
        if not ours.parts and not theirs.parts:
            return
        if (ours.least == 0) != (theirs.least == 0) and ours.parts and theirs.parts:
            self.found.unsure.append(f"asked for another way: {_short(theirs.text)}")
        elif ours.is_all and theirs.is_all:
            self._together(ours.parts, theirs.parts)
        elif ours.parts and theirs.parts:
            self._alternatives(ours, theirs)
        elif ours.parts:
            self._one_against_list(ours, theirs, theirs, self.found.looser, self.found.stricter)
        else:
            self._one_against_list(theirs, ours, theirs, self.found.stricter, self.found.looser)

    def _one_against_list(
        self, group: Need, one: Need, theirs: Need, if_all: list[str], if_any: list[str]
    ) -> None:
        """One criterion against a list that holds it: it is less than all of these, and more than any of these."""
        if group.least in (0, -1) or one.criterion is None:
            self.found.unsure.append(f"asked for another way: {_short(theirs.text)}")
            return
        other = next((part for part in group.parts if self._shared(part, one) or self._shared(one, part)), None)
        if other is None:
            self.found.unsure.append(f"asked for another way: {_short(theirs.text)}")
            return
        self._need(*((one, other) if group is theirs else (other, one)))
        way = if_all if group.is_all else if_any
        word = ("with more besides" if group.is_all else "or something else") if group is theirs else (
            "alone" if group.is_all else "only this of a list of ours")
        way.append(f"{word}: {_short(theirs.text)}")

    def _lead(self, ours: Need, theirs: Need) -> None:
        """Two criteria, or what two lists ask for in their lead-in."""
        if ours.criterion is None or theirs.criterion is None:
            return
        other = self._of[0].get(ours.criterion.id)
        if other is None or other.criterion.id != theirs.criterion.id:
            if not (ours.parts and theirs.parts):
                return  # matched by a part of the list
            self.found.unsure.append(f"asked for in other words: {_short(theirs.criterion.text)}")
        elif other.differs:
            for here, there in other.differs:
                told = f"{there or 'no number'} where ours has {here or 'none'}: {_short(theirs.criterion.text)}"
                sure = 0 if other.likeness < _ON_ONE_THING else way(here, there)
                found = self.found
                (found.stricter if sure > 0 else found.looser if sure < 0 else found.unsure).append(told)
        elif other.is_reworded and other.likeness < _SAME_IN_WORDS:
            self.found.unsure.append(f"asked for in other words: {_short(theirs.criterion.text)}")

    # ------------------------------------------------------------ what belongs together

    def _matched(self, ours: Sequence[Need], theirs: Sequence[Need]) -> tuple[list[Need], list[Need]]:
        """Weighs the pairs, and tells what of ours and of theirs has none."""
        ranked = sorted(
            ((-self._shared(one, other), a, b) for a, one in enumerate(ours) for b, other in enumerate(theirs)),
        )
        left, right = dict(enumerate(ours)), dict(enumerate(theirs))
        for score, a, b in ranked:
            if score < 0 and a in left and b in right:
                self._need(left.pop(a), right.pop(b))
        return list(left.values()), list(right.values())

    def _apart(self, alone: list[Need], beyond: list[Need]) -> tuple[list[Need], list[Need]]:
        """What has no counterpart, without those on a subject that both have there: they may be one in other words."""
        here, there = ({id(need): self._on(need) for need in needs} for needs in (alone, beyond))
        both = frozenset[str]().union(*here.values()) & frozenset[str]().union(*there.values())
        self.found.unsure += [
            f"on one matter in other words: {_short(need.text)}" for need in beyond if there[id(need)] & both
        ]
        return ([need for need in alone if not here[id(need)] & both],
                [need for need in beyond if not there[id(need)] & both])  # fmt: skip

    def _surest(self, ours: Need, theirs: Need) -> float:
        ids = {criterion.id for criterion in theirs.criteria()}
        both = (self._of[0].get(criterion.id) for criterion in ours.criteria())
        return max((each.likeness for each in both if each and each.criterion.id in ids), default=0.0)

    def _shared(self, ours: Need, theirs: Need) -> float:
        """How surely two needs are on one thing: the likenesses of the criteria that they have in common."""
        ids = {criterion.id for criterion in theirs.criteria()}
        both = (self._of[0].get(criterion.id) for criterion in ours.criteria())
        return sum(each.likeness for each in both if each and each.criterion.id in ids)

    def _unmatched(self, needs: Iterable[Need], side: int, to: list[str], word: str) -> None:
        """What one side asks for alone; what the other asks for elsewhere, or faintly alike, is not to be told."""
        for need in needs:
            subjects = self._on(need) or {_NO_SUBJECT}
            if any(criterion.id in self._of[side] for criterion in need.criteria()):
                self.found.unsure.append(f"asked for another way: {_short(need.text)}")
            elif subjects & self._said[side]:
                self.found.unsure.append(f"the other may ask for it elsewhere: {_short(need.text)}")
            elif not subjects & self._told_beside:
                to.append(f"{word}: {_short(need.text)}")


def _people(people: Population) -> str:
    return people.ages.text if people.ages and people.ages.text else people.label


def way(ours: str, theirs: str) -> int:
    """1 where their number is harder to meet than ours, -1 where it is easier, 0 where that cannot be told.

    Only a limit of one kind in one unit can be weighed: "≥ 10 percent" against "≥ 3 percent".
    """
    mine, its = ours.split(" ", 2), theirs.split(" ", 2)
    if len(mine) < 2 or len(its) < 2 or _singular(mine[2:]) != _singular(its[2:]):
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


def _singular(units: Sequence[str]) -> list[str]:
    return [unit.removesuffix("s") for unit in units]


def _signed(difference: float, is_sharper: bool, is_blunter: bool) -> int:
    if difference:
        return 1 if difference > 0 else -1
    return 1 if is_sharper else -1 if is_blunter else 0


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST].rsplit(" ", 1)[0] + " …"
