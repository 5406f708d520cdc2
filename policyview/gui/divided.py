"""Who holds which position in a row on which payers differ, and under how many criteria: half a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyview.align.use import Direction, direction_of
from policyview.export import vocabulary
from policyview.gui.board import criteria_count
from policyview.gui.matrix_model import MatrixModel
from policyview.model import Agreement, State

_MOST_NAMED = 3  # payers of a position; the line at the foot is one line
_DERIVED = frozenset({State.BROADER, State.CATCH_ALL})


@dataclass(frozen=True)
class _Voice:
    """What a column that counts says in a row; ``criteria`` is None where it states nothing of its own."""

    column: int
    name: str
    word: str
    state: State
    direction: Direction
    criteria: int | None

    @property
    def told(self) -> str:
        derived = f" ({vocabulary.state_word(self.state)})" if self.state in _DERIVED else ""
        return f"{self.name}{derived}"


def divided(model: MatrixModel, line: int) -> str:
    """The positions, the rarest first and its payers by name; where all hold one, who asks for how many criteria."""
    voices = [*_voices(model, line)]
    parties = _parties(voices)
    if len(parties) < 2:
        agreement = model.agreement(line)
        return _criteria(voices) or (vocabulary.agreement_told(agreement) if agreement else "")
    *few, most = parties
    last = f"{most[0].word} {len(most)}" if len(most) > len(few[-1]) else _named(most)
    return "; ".join((*map(_named, few), last))


def dissenter(model: MatrixModel, line: int, column: int) -> int:
    """The column of one of the fewer of those for and against in an opposed row; ``column`` where it is such a one, or
    where the row is not opposed."""
    if model.agreement(line) is not Agreement.OPPOSED:
        return column
    voices = [voice for voice in _voices(model, line) if voice.direction != "unclear"]
    sides = [[voice.column for voice in voices if (voice.direction == "against") is way] for way in (True, False)]
    fewest = min(map(len, sides))
    rare = [each for side in sides if len(side) == fewest for each in side]
    return column if column in rare else next(iter(rare), column)


def _voices(model: MatrixModel, line: int) -> Iterator[_Voice]:
    heads = {column: head for column in range(1, model.columnCount()) if (head := model.head(column)) and head.counts}
    payers, row = Counter(head.payer for head in heads.values()), model.matrix_row(line)
    for column, head in heads.items():
        face, number = model.face(model.index(line, column)), model.matrix_column(column)
        if face is None or face.state is State.SILENT or model.board is None or row is None or number is None:
            continue
        said = model.board.standing(row, number).indications if face.state is State.STATED else ()
        name = f"{head.payer} {head.number}".strip() if payers[head.payer] > 1 else head.payer
        way = direction_of(face.determination) if face.determination else "unclear"
        yield _Voice(column, name, face.word, face.state, way, sum(map(criteria_count, said)) if said else None)


def _parties(voices: Sequence[_Voice]) -> list[list[_Voice]]:
    """Those who hold one position together, the rarest first."""
    words = dict.fromkeys(voice.word for voice in voices)
    return sorted(([each for each in voices if each.word == word] for word in words), key=len)


def _named(party: Sequence[_Voice]) -> str:
    more = f" and {len(party) - _MOST_NAMED} more" if len(party) > _MOST_NAMED else ""
    return f"{party[0].word}: {', '.join(voice.told for voice in party[:_MOST_NAMED])}{more}"


def _criteria(voices: Sequence[_Voice]) -> str:
    """Who asks for fewest and who for most; empty where there are not two that can be counted."""
    asking = sorted(((voice.criteria, voice.name) for voice in voices if voice.criteria is not None), key=_first)
    if len(asking) < 2:
        return ""
    (fewest, lenient), (most, strict) = asking[0], asking[-1]
    if fewest == most:
        return f"{_counted(most)} each, in other words or with other numbers" if most else ""
    others = len(asking) - 2
    between = f", {others} between" if others else ""
    return f"{_counted(fewest)} in {lenient}, {most} in {strict}{between}"


def _first(pair: tuple[int, str]) -> int:
    return pair[0]


def _counted(count: int) -> str:
    return f"{count} {'criterion' if count == 1 else 'criteria'}" if count else "no criteria listed"
