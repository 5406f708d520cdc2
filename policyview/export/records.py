"""A comparison as flat records: one for each statement of each column in each row, every one with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyview.export import acts, doubts, editions, elsewhere, vocabulary
from policyview.export.comparison import Comparison, Standing, Statement
from policyview.export.legible import on_one_line, shown_name
from policyview.export.reviews import mark_words
from policyview.export.scope import applies_to
from policyview.model import Agreement, Anchor, Cell, Criterion, Indication, Limit, Matrix, Note, Row

NO_ROW = Row("", "", Agreement.UNCLEAR)
"""Stands for the rows of a topic that has none."""


@dataclass(frozen=True)
class Record:
    """One statement of one column in one row. Fields stand in the order of the columns; None where there is none.

    ``determination`` is empty where the payer is silent. ``confidence`` and ``match`` are 0-1. ``criteria`` is the
    tree, one criterion a line, indented. ``page`` counts from 1.
    """

    topic: str
    row: int | None
    group: str
    indication: str
    agreement: str
    payer: str
    policy: str
    title: str
    version: str
    version_is: str
    in_force: str
    not_in_force: str
    authority: str
    applies_to: str
    state: str
    determination: str
    stated: str
    statement: str
    population: str
    stage: str
    ground: str
    criteria_count: int | None
    criteria: str
    exceptions: str
    limits: str
    notes: str
    confidence: float | None
    match: float | None
    why: str
    to_check: str
    origin: str
    review: str
    document_corrected: str
    document: str
    page: int | None
    section: str
    quote: str
    determined_by: str


def quote(anchor: Anchor) -> str:
    """The whole passage, the parts beyond page furniture joined with a mark."""
    return " […] ".join(on_one_line(part.quote) for part in (anchor, *anchor.continues))


def outline(criteria: Sequence[Criterion], depth: int = 0) -> Iterator[str]:
    """One line a criterion, indented by its depth, with the logic that governs what is below it."""
    for criterion in criteria:
        words = vocabulary.logic_words(criterion.logic, criterion.n) if criterion.children else ""
        marks = words, vocabulary.word("criterion_origins", criterion.origin)
        told = " ".join(f"[{mark}]" for mark in marks if mark)
        text = " ".join(filter(None, (criterion.label, on_one_line(criterion.text), told)))
        yield "   " * depth + text
        yield from outline(criterion.children, depth + 1)


def records(comparison: Comparison) -> Iterator[Record]:
    """All records, also those of versions that are not in force; matrix by matrix, row by row.

    A topic in whose documents no indication was found has a record without a row for each of them.
    """
    for matrix in comparison.matrices:
        if not matrix.rows:
            for standing in comparison.standings(matrix, NO_ROW):
                yield _record(comparison, matrix, None, standing, None)
        for number, row in enumerate(matrix.rows, 1):
            for standing in comparison.standings(matrix, row):
                for statement in standing.statements or (None,):
                    yield _record(comparison, matrix, number, standing, statement)


def _record(
    comparison: Comparison, matrix: Matrix, number: int | None, standing: Standing, statement: Statement | None
) -> Record:
    column, policy, row = standing.column, standing.column.policy, standing.row
    said = statement.indication if statement else None
    cell = statement.cell if statement else None
    anchor = said.anchor if said else standing.catch_all.anchor if standing.catch_all else None
    position, clause = statement or standing.catch_all, standing.clause
    criteria = [*said.criteria, *said.inherited] if said else []
    return Record(
        topic=matrix.topic,
        row=number,
        group=row.group,
        indication=row.label,
        agreement="" if number is None else vocabulary.agreement_word(row.agreement_shown),
        payer=policy.payer or "",
        policy=policy.number or "",
        title=policy.title or "",
        version=column.version.date if column.version else "",
        version_is=editions.version_is(column),
        in_force="yes" if column.in_force else "no",
        not_in_force=editions.badge(column),
        authority=vocabulary.authority_word(policy.authority),
        applies_to=applies_to(column),
        state=state_word(standing),
        determination=vocabulary.determination_word(position.determination) if position else "",
        stated=said.stated if said else "",
        statement=said.text if said else clause.text if clause else "",
        population=said.population if said else "",
        stage=vocabulary.word("stages", said.stage) if said else "",
        ground=vocabulary.word("grounds", said.ground) if said else "",
        criteria_count=leaf_count(criteria) if said else None,
        criteria="\n".join(_criteria(statement)),
        exceptions=_joined(said.exceptions) if said else "; ".join(clause.exceptions if clause else ()),
        limits=_joined(said.limits) if said else "",
        notes=_joined(said.notes) if said else "",
        confidence=said.confidence if said else None,
        match=cell.score if isinstance(cell, Cell) else None,
        why=_why(standing, statement),
        to_check="; ".join((*(statement.doubts if statement else ()), *standing.doubts)),
        origin=vocabulary.word("origins", cell.origin) if isinstance(cell, Cell) else "",
        review=_review(standing, statement),
        document_corrected=acts.corrected_words(policy),
        document=shown_name(column.file),
        page=anchor.page if anchor else None,
        section=section_of(comparison, column.file, said, anchor),
        quote=quote(anchor) if anchor else "",
        determined_by=quote(said.basis) if said and said.basis else "",
    )


def _review(standing: Standing, statement: Statement | None) -> str:
    """What people said of the statement, and of the column where it does not name the row."""
    said = mark_words(statement.mark) if statement else ""
    return "; ".join(filter(None, (said, mark_words(standing.mark))))


def section_of(comparison: Comparison, file: str, said: Indication | None, anchor: Anchor | None) -> str:
    """The section that words stand in: as it was read with the statement, else the last heading before them."""
    if said and said.section:
        return said.section
    return comparison.section_at(file, anchor) if anchor else ""


def _criteria(statement: Statement | None) -> Iterator[str]:
    said = statement.indication if statement else None
    if said and said.criteria:
        if words := vocabulary.logic_words(said.logic, said.n):
            yield f"[{words}]"
        yield from outline(said.criteria)
    if said and said.inherited:
        yield "[also, from what it stands under]"
        yield from outline(said.inherited)


def leaf_count(criteria: Sequence[Criterion]) -> int:
    """How many conditions a person would have to check: those that have none below them."""
    return sum(not leaf.children for criterion in criteria for leaf in criterion.leaves())


def state_word(standing: Standing) -> str:
    """What a column is in a row; of a document in which nothing was found it is not known."""
    return doubts.NOTHING_FOUND if standing.unread else elsewhere.state_word(standing.state, standing.elsewhere)


def _joined(notes: Sequence[Note] | Sequence[Limit]) -> str:
    return "; ".join(on_one_line(note.text) for note in notes)


def _why(standing: Standing, statement: Statement | None) -> str:
    """Why the column is what it is in this row; for a silent one, what was searched and the nearest miss."""
    if statement is not None:
        return "; ".join(filter(None, (*statement.cell.why, _stands_in(standing))))
    if standing.catch_all is not None:
        return "; ".join(standing.catch_all.why)
    silent = standing.silent
    if standing.unread:
        return standing.unread
    if silent is None:
        return ""
    searched = f"searched: {'; '.join(silent.searched)}" if silent.searched else ""
    nearest = ""
    if silent.nearest is not None:
        name = standing.nearest.text if standing.nearest else silent.nearest[0]
        nearest = f"nearest: {name} ({round(silent.nearest[1] * 100)} %)"
    return ". ".join(filter(None, (_stands_in(standing), silent.why.rstrip("."), searched, nearest)))


def _stands_in(standing: Standing) -> str:
    row = elsewhere.row_named(standing.elsewhere)
    return f"{'see' if standing.silent else 'stands in'} row {row}" if row else ""
