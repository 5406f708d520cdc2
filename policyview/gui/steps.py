"""Where in a table the next difference stands, and the next cell to check, and what is said on the way there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from policyview.export import vocabulary
from policyview.gui.board import DIFFERENT
from policyview.gui.divided import dissenter, divided
from policyview.gui.matrix_model import MatrixModel
from policyview.model import Agreement

OPPOSED = frozenset({Agreement.OPPOSED})


@dataclass(frozen=True)
class Step:
    """A cell's line and column; ``told`` says why the way stops there, and how far it is."""

    line: int
    told: str
    column: int


def next_difference(
    model: MatrixModel, at: tuple[int, int], by: int, kinds: Collection[Agreement] = DIFFERENT
) -> Step | None:
    """The next (1) or previous (-1) line on which payers differ in one of these ways; None where there is none. The
    column stays; where opposed payers are looked for, it is that of one who stands against the others."""
    line, column = at
    lines = [at for at, agreement in model.disputes().items() if agreement in kinds]
    further = [at for at in lines if (at > line if by > 0 else at < line)]
    if not further:
        return None
    found = further[0] if by > 0 else further[-1]
    agreement = model.disputes()[found]
    name = vocabulary.agreement_word(agreement)
    what = "opposed" if kinds is OPPOSED else "on which payers differ"
    told = f"{name[:1].upper()}{name[1:]}: {divided(model, found)}"
    place = f"row {lines.index(found) + 1} of {len(lines)} {what}"
    return Step(found, f"{told} · {place}", dissenter(model, found, column) if kinds is OPPOSED else column)


def no_difference(model: MatrixModel, by: int, kinds: Collection[Agreement] = DIFFERENT) -> str:
    """That there is no further row, and how many there are at all."""
    what = "on which payers are opposed" if kinds is OPPOSED else "on which payers differ"
    count = sum(agreement in kinds for agreement in model.disputes().values())
    there = f"; this is the {'last' if by > 0 else 'first'} of {count}" if count > 1 else ""
    return f"There is no {'further' if by > 0 else 'earlier'} row {what}{there}"


def next_look(model: MatrixModel, at: tuple[int, int], by: int) -> Step | None:
    """The next (1) or previous (-1) cell to check, line by line, from the other end where there is no further one; None
    where there is none at all."""
    places = model.looks()
    further = [place for place in places if (place > at if by > 0 else place < at)]
    if not places:
        return None
    found = (further or places)[0 if by > 0 else -1]
    face = model.face(model.index(*found))
    around = "" if further else f", from the {'top' if by > 0 else 'end'} again"
    why = f": {face.look}" if face else ""
    return Step(found[0], f"To check, {places.index(found) + 1} of {len(places)}{around}{why}", found[1])
