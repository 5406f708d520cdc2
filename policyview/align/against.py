"""How another payer's answer stands against ours: the same, stricter, looser, both, or not to be told. No guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from policyview.align.beside import Counterpart, Place, beside
from policyview.align.needs import demand_of
from policyview.align.population import read_population
from policyview.align.telling import telling_of
from policyview.align.use import direction_of, is_label
from policyview.align.vocabulary import vocabulary_of
from policyview.align.weighing import Differences, General, Weighing
from policyview.lexicon import Lexicon
from policyview.model import Criterion, Determination, Indication

Verdict = Literal["same", "stricter", "looser", "differs both ways", "cannot tell"]
BOTH: Verdict = "differs both ways"
_OURS, _THEIRS = "ours", "theirs"
_FAINT = 0.4  # likeness from which a criterion that seems to be asked for by one may be the other's in other words


@dataclass(frozen=True)
class Against:
    """The verdict on their answer, and why, as half a sentence; ``differences`` name each thing, a line each."""

    verdict: Verdict
    why: str
    differences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a payer says of a row: its determinations, and the statements where it states it itself or more widely.

    ``others`` are the statements of the same documents: what those ask for that name no disease may hold here too.
    """

    determinations: tuple[Determination, ...]
    indications: tuple[Indication, ...] = ()
    others: tuple[Indication, ...] = ()


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
    general = General(_general(ours, lexicon), _general(theirs, lexicon), _draws_apart(ours, theirs, lexicon))
    return _by_criteria(ours.indications, theirs.indications, general, lexicon)


def _draws_apart(ours: Answer, theirs: Answer, lexicon: Lexicon) -> bool:
    """Whether either payer has a statement of its own for other patients with the disease: then an age draws a row,
    and leaves nobody out."""
    vocabulary = vocabulary_of(lexicon)

    def drawn(one: Indication) -> tuple[bool, frozenset[str], frozenset[str]]:
        named = vocabulary.read(f"{one.text} ; {one.population}")
        conditions = frozenset(concept.name for concept in named.concepts("condition"))
        return one.stage == "continuation", conditions, read_population(named.rest, lexicon).bands

    for answer in (ours, theirs):
        here = [drawn(each) for each in answer.indications]
        for each in answer.others:
            stage, conditions, whom = drawn(each)
            if whom and conditions and any((stage, conditions) == use[:2] and whom != use[2] for use in here):
                return True
    return False


def _general(answer: Answer, lexicon: Lexicon) -> str:
    """What the documents say of no disease, such as criteria that stand once above all: in one text."""
    vocabulary = vocabulary_of(lexicon)
    found = [
        each for each in answer.others if each not in answer.indications
        and not vocabulary.read(" ; ".join((each.text, *each.context))).concepts("condition")
    ]
    return " ; ".join(text for each in found for text in (each.text, *(c.text for c in each.iter_criteria())))


def _by_criteria(
    ours: Sequence[Indication], theirs: Sequence[Indication], general: General, lexicon: Lexicon
) -> Against:
    """Both cover it. Where a payer has several statements, each is a way to be covered, and the ways are compared."""
    for said, whose in ((ours, "ours"), (theirs, "theirs")):
        if said and all(is_label(each, lexicon) for each in said):
            return Against("cannot tell", f"{whose} only repeats here what the product is approved for")
    mine, its = (_ways(each) for each in (ours, theirs))
    if {each.stage == "continuation" for each in mine} != {each.stage == "continuation" for each in its}:
        return Against("cannot tell", "one is on continued treatment")
    pairs = [[_told(_weighed(one, other, general, lexicon)) for other in its] for one in mine]
    if len(mine) == len(its) == 1:
        return pairs[0][0]
    return _of_ways(pairs)


def _ways(statements: Sequence[Indication]) -> tuple[Indication, ...]:
    """The statements that ask for something; all of them where none does."""
    return tuple(each for each in statements if each.criteria or each.inherited) or tuple(statements)


def _of_ways(pairs: Sequence[Sequence[Against]]) -> Against:
    """Ours is as wide where each way of theirs is reached by one of ours, and the other way about."""
    theirs = list(zip(*pairs, strict=True))
    unreached = [way for way in theirs if not any(each.verdict in ("same", "stricter") for each in way)]
    unreaching = [way for way in pairs if not any(each.verdict in ("same", "looser") for each in way)]
    is_known = not any(each.verdict == "cannot tell" for way in (*unreached, *unreaching) for each in way)
    if not unreached and not unreaching:
        return Against("same", "the same ways to be covered")
    best = [min(way, key=lambda each: _ORDER.index(each.verdict)) for way in theirs]
    lines = tuple(dict.fromkeys(line for each in best for line in each.differences))
    if is_known and not (unreached and unreaching):
        verdict: Verdict = "looser" if unreached else "stricter"
        decisive = next((each for each in best if each.verdict == verdict), best[0])
        return Against(verdict, f"of several ways to be covered: {decisive.why}", lines)
    if all(each.verdict == BOTH for way in pairs for each in way):
        return Against(BOTH, f"in every way to be covered: {best[0].why}", lines)
    return Against("cannot tell", f"of several ways to be covered: {best[0].why}", lines)


_ORDER: tuple[Verdict, ...] = ("same", "stricter", "looser", BOTH, "cannot tell")


def _weighed(mine: Indication, its: Indication, general: General, lexicon: Lexicon) -> Differences:
    mine, its = _with_who(mine, lexicon), _with_who(its, lexicon)
    found = beside({_OURS: (mine,), _THEIRS: (its,)}, lexicon, _FAINT)
    weighing = Weighing(_of(found, _OURS), _of(found, _THEIRS), general, lexicon)
    if mine.exceptions or its.exceptions:
        weighing.found.unsure.append("exceptions are named")
    return weighing.demands(demand_of(mine, lexicon), demand_of(its, lexicon))


def _of(found: Mapping[Place, Sequence[Counterpart]], file: str) -> dict[str, Counterpart]:
    return {id_: counterparts[0] for (of, id_), counterparts in found.items() if of == file}


def _with_who(indication: Indication, lexicon: Lexicon) -> Indication:
    """The statement, what it says of the patients beyond their age and disease standing among its criteria."""
    named = vocabulary_of(lexicon).read(indication.population)
    said = {word for word, place in telling_of(lexicon).bag(named).items() if place >= _FAINT}
    conditions = {c.name for c in named.concepts("condition")}
    if not named.said or not said or (conditions and len(said) <= len(conditions)):
        return indication
    who = Criterion(f"{indication.id}.who", indication.population, indication.anchor)
    return replace(indication, inherited=(*indication.inherited, who))


def _told(found: Differences) -> Against:
    stricter, looser, unsure = (tuple(dict.fromkeys(each)) for each in (found.stricter, found.looser, found.unsure))
    lines = (*(f"stricter: {each}" for each in stricter), *(f"looser: {each}" for each in looser),
             *(f"not weighed: {each}" for each in unsure))  # fmt: skip
    if stricter and looser:
        return Against(BOTH, f"stricter in {len(stricter)}, looser in {len(looser)}: {stricter[0]}; {looser[0]}", lines)
    if unsure:
        sure = f"stricter: {stricter[0]}; " if stricter else f"looser: {looser[0]}; " if looser else ""
        return Against("cannot tell", f"{sure}not weighed: {'; '.join(unsure[:2])}", lines)
    if stricter or looser:
        return Against("stricter" if stricter else "looser", "; ".join((stricter or looser)[:3]), lines)
    return Against("same", "the same criteria")
