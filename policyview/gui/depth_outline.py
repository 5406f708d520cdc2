"""One row's documents as trees side by side, each criterion with what the others ask on the same thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policyview import pipeline
from policyview.align.against import Answer
from policyview.align.beside import Counterpart, LimitPlace, Place
from policyview.export import vocabulary
from policyview.gui.board import Board, Head, flat
from policyview.gui.cell_outline import Node, outline
from policyview.gui.standing import Standing, Target, parts
from policyview.gui.verdicts import is_of, our_answer, verdict
from policyview.model import Criterion, Indication, Limit, Note, State
from policyview.settings import Settings

_NOBODY, _ELSE = "asked only here", "≠ {}: {} (here {})"
_NOT_WEIGHED = "not weighed"
_SPAN = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?) (?:hour|day|week|month|year)\b")
Told = Callable[[Criterion], str]
"""What others ask on the same thing as a criterion."""


@dataclass(frozen=True, eq=False)
class Stem:
    """A document's part of the row: who it is, what it says, and the tree. ``against`` is the verdict on it where one
    payer was named as ours."""

    file: str
    name: str
    standing: Standing
    nodes: tuple[Node, ...]
    against: str = ""


@dataclass(frozen=True, eq=False)
class Depth:
    """A row in depth. ``kin`` leads from a criterion's place in the source to those of its counterparts, by file."""

    label: str
    told: str
    stems: tuple[Stem, ...]
    kin: Mapping[tuple[str, int], Mapping[str, int]]


def depth_of(
    board: Board, row: int, columns: Sequence[int], settings: Settings, ours: str = ""
) -> Generator[None, None, Depth]:
    """The row, its documents in these columns in the matrix's order: our own first, those silent on it last."""
    standings = sorted((board.standing(row, column) for column in columns),
                       key=lambda each: (each.column.policy.payer != ours, each.state is State.SILENT))  # fmt: skip
    own = our_answer(standings, ours)
    heads = {column.file: head for column, head in zip(board.matrix.columns, board.heads, strict=True)}
    statements = {each.column.file: each.indications for each in standings if each.indications}
    found = yield from pipeline.beside(statements, settings)
    names, limits = _names(heads), pipeline.limits_beside(statements, settings)
    several = len(statements) > 1
    stems = []
    for each in standings:
        file = each.column.file
        nodes = tuple(_stated(each, found, limits, names, several)) if each.indications else outline(each)
        head = heads[file]
        told, otherwise = _against(own, each, ours, settings) if own is not None else ("", ())
        stems.append(Stem(file, " · ".join(filter(None, (head.payer, head.number))), each, (*otherwise, *nodes), told))
        yield None
    matrix_row = board.matrix.rows[row]
    return Depth(flat(matrix_row.label), board.told[row], tuple(stems), _kin(statements, found))


def _against(own: Answer, other: Standing, ours: str, settings: Settings) -> tuple[str, tuple[Node, ...]]:
    """How a document stands against ours, in words, and each difference, where there are several."""
    if is_of(other, ours):
        return "ours", ()
    found = verdict(own, other, settings)
    if found is None:
        return "", ()
    listed = tuple(_differences(found.differences)) if len(found.differences) > 1 else ()
    return f"against ours: {found.word}" + ("" if listed else f" ({found.why})"), listed


def _differences(told: Iterable[str]) -> Iterator[Node]:
    """What is otherwise than in ours, under how it is: stricter, looser, not weighed."""
    ways: dict[str, list[Node]] = {}
    for way, _, what in (line.partition(": ") for line in told):
        ways.setdefault(way, []).append(Node(what))
    for way, lines in ways.items():
        title = f"{way.capitalize()} than ours in {len(lines)}" if way != _NOT_WEIGHED else f"Not weighed: {len(lines)}"
        yield Node(title, "heading", children=tuple(lines))


def _names(heads: Mapping[str, Head]) -> dict[str, str]:
    """What each document is called; where one payer has several, by their numbers too."""
    payers = Counter(head.payer for head in heads.values())
    return {
        file: f"{head.payer} {head.number}".strip() if payers[head.payer] > 1 else head.payer
        for file, head in heads.items()
    }


def _kin(
    statements: Mapping[str, Sequence[Indication]], found: Mapping[Place, Sequence[Counterpart]]
) -> dict[tuple[str, int], Mapping[str, int]]:
    starts = {(file, leaf.id): leaf.anchor.start for file, said in statements.items() for each in said
              for top in (*each.criteria, *each.inherited) for leaf in top.leaves()}  # fmt: skip
    return {
        (place[0], starts[place]): {each.file: each.criterion.anchor.start for each in those}
        for place, those in found.items()
    }


def _stated(
    standing: Standing, found: Mapping[Place, Sequence[Counterpart]],
    others: Mapping[LimitPlace, Sequence[tuple[str, str, str]]], names: Mapping[str, str], several: bool,
) -> Iterator[Node]:
    for number, said in enumerate(standing.indications):
        target = standing.target(number)
        stage = vocabulary.word("stages", said.stage)
        yield Node(f"“{flat(said.text)}”", "statement", tag=stage, target=target)
        word = vocabulary.determination_word(said.determination)
        derived = f" ({standing.state_word})" if standing.state is not State.STATED else ""
        stated = f": “{flat(said.stated)}”" if said.stated else ""
        yield Node(f"{word}{derived}{stated}", "position", target=replace(target, words=parts(said.basis), basis=()))

        def told(criterion: Criterion) -> str:
            return _asked(found.get((standing.column.file, criterion.id), ()), names) or (_NOBODY if several else "")

        yield from _criteria(said, target, told)
        limits = ["; ".join(_ELSE.format(names[file], _plural(there), _plural(here)) for file, there, here in
                            others.get((standing.column.file, said.id, number), ()))
                  for number in range(len(said.limits))]  # fmt: skip
        told_of: Sequence[tuple[str, Sequence[Note | Limit], Sequence[str]]] = (
            ("Exceptions", said.exceptions, ()), ("Limits", said.limits, limits), ("Notes", said.notes, ()))
        for title, notes, tags in told_of:
            lines = tuple(_noted(note, target, tags[n] if tags else "") for n, note in enumerate(notes))
            if lines:
                yield Node(title, "heading", children=lines)


def _noted(note: Note | Limit, target: Target, tag: str) -> Node:
    return Node(flat(note.text), tag=tag, target=replace(target, words=parts(note.anchor)))


def _criteria(said: Indication, target: Target, told: Told) -> Iterator[Node]:
    logic = vocabulary.logic_words(said.logic, said.n)
    if said.criteria:
        yield Node("Criteria", "heading", logic=logic, children=tuple(_nodes(said.criteria, target, told)))
    if said.inherited:
        children = tuple(_nodes(said.inherited, target, told))
        yield Node("Also required, stated once for several", "heading", children=children)
    if not said.criteria and not said.inherited:
        yield Node("No criteria are listed under it")


def _nodes(criteria: Iterable[Criterion], target: Target, told: Told) -> Iterator[Node]:
    for each in criteria:
        children = tuple(_nodes(each.children, target, told))
        logic = vocabulary.logic_words(each.logic, each.n) if children else ""
        asked = told(each)
        asked = "" if children and asked == _NOBODY else asked
        tag = " · ".join(filter(None, (vocabulary.criterion_word(each), asked)))
        place = replace(target, words=parts(each.anchor), called="criterion")
        yield Node(flat(each.text), "criterion", "•", logic, tag, place, children)


def _asked(counterparts: Sequence[Counterpart], names: Mapping[str, str]) -> str:
    """What the others ask on the same thing: where the numbers are others, then who asks for the same."""
    said = []
    for each in counterparts:
        for here, there in each.differs:
            ours = f" (here {here})" if here else " (no such number here)"
            said.append(_plural(f"≠ {names[each.file]}: {there or 'no such number'}{ours if here or there else ''}"))
    for sign, reworded in (("=", False), ("≈", True)):
        same = [names[each.file] for each in counterparts if not each.differs and each.is_reworded is reworded]
        if same:
            said.append(f"{sign} {', '.join(dict.fromkeys(same))}")
    return "; ".join(dict.fromkeys(said))


def _plural(told: str) -> str:
    """Spans of time as they are said: "6 months", where numbers are compared by "6 month"."""
    return _SPAN.sub(lambda found: found[0] if found[1] == "1" else f"{found[0]}s", told)
