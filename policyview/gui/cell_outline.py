"""What stands behind a cell, as a tree to read: the payer's words, criteria with their logic, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from policyview.export import doubts, elsewhere, vocabulary
from policyview.export.doubts import percent
from policyview.gui.board import flat
from policyview.gui.cell_remarks import NOTHING_TOLD, Told
from policyview.gui.standing import Standing, Target, parts
from policyview.model import Criterion, Indication, Limit, Note, State

_SHARE = re.compile(r"\(\d\.\d+\)$")
Kind = Literal["statement", "position", "heading", "criterion", "plain", "warning", "said"]


@dataclass(frozen=True)
class Node:
    """A line of the tree. ``logic`` says how many of the children must hold, ``target`` where it stands."""

    text: str
    kind: Kind = "plain"
    label: str = ""
    logic: str = ""
    tag: str = ""
    target: Target | None = None
    children: tuple[Node, ...] = ()

    @property
    def spoken(self) -> str:
        return " ".join(filter(None, (self.label, self.text, f"({self.tag})" if self.tag else "", self.logic)))


def outline(standing: Standing, told: Told = NOTHING_TOLD) -> tuple[Node, ...]:
    """The tree of a cell, what matters most first; with what people said of it."""
    whole = tuple(Node(line, "said") for line in told.whole)
    if standing.state is State.SILENT:
        return *whole, *_silence(standing)
    if standing.state is State.CATCH_ALL:
        return *whole, *_clause(standing, _said(told, 0))
    numbers = range(len(standing.indications))
    return *whole, *(node for n in numbers for node in _statement(standing, n, _said(told, n)))


def _said(told: Told, number: int) -> tuple[Node, ...]:
    return tuple(Node(line, "said") for lines in told.statements[number:number + 1] for line in lines)


def _statement(standing: Standing, number: int, said: tuple[Node, ...]) -> Iterator[Node]:
    indication, target = standing.indications[number], standing.target(number)
    population = flat(indication.population)
    named = population.casefold() in indication.text.casefold()
    tag = " · ".join(filter(None, ("" if named else population, vocabulary.word("stages", indication.stage))))
    yield Node(f"“{flat(indication.text)}”", "statement", _label(indication.label), tag=tag, target=target)
    yield _position(standing, indication, target)
    yield from said
    yield from _criteria(indication, target)
    yield from _notes("Exceptions", indication.exceptions, target)
    yield from _limits(indication.limits, target)
    yield from _notes("Notes", indication.notes, target)
    if reasons := standing.doubts(number):
        yield Node(f"To check: {flat('; '.join(reasons))}", "warning")
    yield _reasons(standing, number)


def _position(standing: Standing, indication: Indication, target: Target) -> Node:
    word = vocabulary.determination_word(indication.determination)
    if indication.basis is None:
        return Node(f"{word}: the place where the payer says it was not found", "position")
    ground = "" if indication.ground == "necessity" else vocabulary.word("grounds", indication.ground)
    sure = f"confidence {percent(indication.confidence)}"
    tag = " · ".join(filter(None, (f"on the ground of: {ground}" if ground else "", sure)))
    text = f"{word}, in the payer's words: “{flat(indication.stated or indication.basis.quote)}”"
    return Node(text, "position", tag=tag, target=replace(target, words=parts(indication.basis), basis=()))


def _criteria(indication: Indication, target: Target) -> Iterator[Node]:
    if indication.criteria:
        logic = vocabulary.logic_words(indication.logic, indication.n)
        children = tuple(_criterion(criterion, target) for criterion in indication.criteria)
        yield Node("Criteria", "heading", logic=logic, children=children)
    if indication.inherited:
        children = tuple(_criterion(criterion, target) for criterion in indication.inherited)
        yield Node("Also required, stated once for several indications", "heading", children=children)
    if not indication.criteria and not indication.inherited:
        yield Node("No criteria are listed under it", "plain")


def _criterion(criterion: Criterion, target: Target) -> Node:
    logic = vocabulary.logic_words(criterion.logic, criterion.n) if criterion.children else ""
    tag = vocabulary.criterion_word(criterion)
    children = tuple(_criterion(child, target) for child in criterion.children)
    place = replace(target, words=parts(criterion.anchor), called="criterion")
    return Node(flat(criterion.text), "criterion", _label(criterion.label) or "•", logic, tag, place, children)


def _label(printed: str) -> str:
    """A printed label that names something; bullets of all shapes are left out."""
    label = flat(printed)
    return label if any(letter.isalnum() for letter in label) else ""


def _notes(title: str, notes: Iterable[Note], target: Target) -> Iterator[Node]:
    children = tuple(Node(flat(note.text), target=replace(target, words=parts(note.anchor))) for note in notes)
    if children:
        yield Node(title, "heading", children=children)


def _limits(limits: Iterable[Limit], target: Target) -> Iterator[Node]:
    children = tuple(Node(flat(limit.text), tag=vocabulary.word("limits", limit.kind),
                          target=replace(target, words=parts(limit.anchor))) for limit in limits)  # fmt: skip
    if children:
        yield Node("Limits", "heading", children=children)


def _reasons(standing: Standing, number: int) -> Node:
    if standing.state is State.BROADER:
        wider = standing.broader[number]
        why, row = wider.why, elsewhere.row_named(wider)
        reaching = "A broader statement of this payer reaches the row" if wider.is_wider else "It is on this very use"
        title = f"{reaching}; it stands in row {row}" if row else reaching
    else:
        cell = standing.cells[number]
        why, title = cell.why, f"Why it stands in this row: match {percent(cell.score)}"
    tag = "how alike each part is, from 0 to 1" if any(_SHARE.search(reason) for reason in why) else ""
    return Node(title, "heading", tag=tag, children=tuple(Node(flat(reason)) for reason in why))


def _clause(standing: Standing, said: tuple[Node, ...]) -> Iterator[Node]:
    cell, clause = standing.catch_all, standing.clause
    assert cell is not None
    word = vocabulary.determination_word(cell.determination)
    yield Node(f"{word}, by the payer's residual clause: the row is not named in this document", "position")
    text = clause.text if clause else cell.anchor.quote
    yield Node(flat(text), "statement", target=standing.target())
    yield from said
    if clause and clause.scope:
        yield Node("The clause speaks of", "heading", children=(Node(flat(clause.scope)),))
    if clause and clause.exceptions:
        yield Node("Except", "heading", children=tuple(Node(flat(text)) for text in clause.exceptions))
    if reasons := doubts.of_clause(clause, cell):
        yield Node(f"To check: {flat('; '.join(reasons))}", "warning")
    if cell.why:
        yield Node("Why it applies", "heading", children=tuple(Node(flat(reason)) for reason in cell.why))


def _silence(standing: Standing) -> Iterator[Node]:
    silence = standing.silent
    if doubt := doubts.of_document(standing.reading):
        yield Node(doubt, "warning")
        yield Node("Whether the payer covers the row or not is to be read in the document itself")
        return
    row = elsewhere.row_named(silence)
    if row:
        yield Node(f"Not addressed as such: what it says of nearly this use stands in row {row}", "position")
    elif standing.column.policy.is_second_hand:
        yield Node("Not addressed: this document says nothing of the row, and does not speak for a payer", "position")
    else:
        yield Node("Not addressed: this document neither names the row nor holds a clause that reaches it", "position")
    if silence is None:
        return
    if silence.doubt:
        yield Node(f"To check: {flat(silence.doubt)}", "warning")
    elif silence.why:
        yield Node(flat(silence.why))
    if silence.nearest:
        yield _nearest(standing, *silence.nearest, "What it says there" if silence.see else "Nearest miss")
    searched = tuple(Node(flat(heading)) for heading in silence.searched)
    if searched:
        yield Node("Sections searched", "heading", children=searched)


def _nearest(standing: Standing, name: str, score: float, title: str) -> Node:
    found = next((i for i in standing.reading.facts.indications if i.id == name), None)
    if found is None:
        return Node(f"{title}: match {percent(score)}", "heading")
    target = Target(standing.reading, parts(found.anchor), parts(found.basis), found.section)
    word = vocabulary.determination_word(found.determination)
    line = Node(flat(found.text), tag=word, target=target)
    return Node(f"{title}: match {percent(score)}", "heading", children=(line,))
