"""Invented policies for the tests of align: a payer, a title, and statements in a line each."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from typing import Literal

from policyview import lexicon
from policyview.align import align
from policyview.model import (
    Anchor,
    Applicability,
    CatchAll,
    Criterion,
    Dates,
    Determination,
    Document,
    Facts,
    HistoryEntry,
    Indication,
    Matrix,
    Policy,
    Reading,
    Role,
    Row,
    Section,
    Stage,
    State,
)

TODAY = datetime.date(2026, 11, 21)
LEXICON = lexicon.load()
FOR, AGAINST, UNPROVEN = (
    Determination.MEDICALLY_NECESSARY,
    Determination.NOT_MEDICALLY_NECESSARY,
    Determination.INVESTIGATIONAL,
)


def anchor(text: str, start: int = 0) -> Anchor:
    return Anchor(start, start + len(text), None, text)


def indication(
    number: int,
    text: str,
    determination: Determination = FOR,
    *,
    population: str = "",
    stage: Stage | None = None,
    context: Sequence[str] = (),
    criteria: Sequence[str] = (),
) -> Indication:
    """A statement; its id is ``i`` and its number."""
    return Indication(
        f"i{number}",
        text,
        anchor(text, 100 * number),
        determination,
        population=population,
        stage=stage,
        context=tuple(context),
        logic="all" if criteria else None,
        criteria=tuple(Criterion(f"i{number}.{at}", t, anchor(t), label=str(at)) for at, t in enumerate(criteria, 1)),
    )


def reading(
    payer: str,
    title: str,
    statements: Sequence[Indication | str | tuple[str, Determination]],
    *,
    residual: str | None = None,
    residual_determination: Determination = UNPROVEN,
    scope: str = "",
    authority: Literal["payer", "medicare_national", "medicare_local", "third_party", "reference"] = "payer",
    abbreviations: Sequence[tuple[str, str]] = (),
    number: str | None = None,
    effective: str | None = None,
    last_review: str | None = None,
    published: str | None = None,
    last_updated: str | None = None,
    original_effective: str | None = None,
    retired: str | None = None,
    history: Sequence[tuple[str, str]] = (),
    kind: Literal["medical_policy", "coverage_bulletin"] = "medical_policy",
    file: str | None = None,
    status: Literal["active", "future", "retired", "draft"] | None = None,
    applies_to: Sequence[Applicability] = (),
) -> Reading:
    """A document of one payer; a statement that is a string is medically necessary."""
    indications = tuple(_statement(at, statement) for at, statement in enumerate(statements, 1))
    clauses = () if residual is None else (CatchAll(residual_determination, residual, scope, anchor(residual)),)
    policy = Policy(
        kind=kind,
        authority=authority,
        payer=payer,
        title=title,
        number=number,
        status=status,
        applies_to=tuple(applies_to),
        dates=Dates(effective, last_review, published, last_updated, original_effective, retired=retired),
    )
    name = file or f"{payer}.txt"
    text = "\n".join([title, *(i.text for i in indications), residual or ""])
    sections = (
        Section("Coverage", 1, Role.CRITERIA, anchor("Coverage")),
        Section("Bibliography", 1, Role.REFERENCES, anchor("Bibliography")),
    )
    document = Document(name, hashlib.sha256((name + text).encode()).hexdigest(), "text/plain", text)
    return Reading(
        document,
        Facts(
            policy=policy,
            sections=sections,
            indications=indications,
            catch_all=clauses,
            abbreviations=tuple(abbreviations),
            history=tuple(HistoryEntry(date, "revised", words, anchor(words)) for date, words in history),
        ),
    )


def _statement(number: int, statement: Indication | str | tuple[str, Determination]) -> Indication:
    if isinstance(statement, Indication):
        return statement
    text, determination = (statement, FOR) if isinstance(statement, str) else statement
    return indication(number, text, determination)


def matrix(*readings: Reading) -> Matrix:
    """The one matrix of documents on one topic."""
    (only,) = align(readings, LEXICON, TODAY)
    return only


def row_of(matrix: Matrix, payer: str, number: int) -> Row:
    """The home row of a payer's statement."""
    (row,) = [r for r in matrix.rows if any((c.file, c.indication) == (f"{payer}.txt", f"i{number}") for c in r.cells)]
    return row


def share_a_row(one: Reading, other: Reading) -> bool:
    """Whether the first statements of two documents are in one row."""
    found = matrix(one, other)
    payers = [r.facts.policy.payer or "" for r in (one, other)]
    return row_of(found, payers[0], 1).id == row_of(found, payers[1], 1).id


def state(row: Row, payer: str) -> State:
    """The state of a payer's column in a row; fails unless it is in exactly one."""
    file = f"{payer}.txt"
    files = {
        State.STATED: {c.file for c in row.cells},
        State.BROADER: {c.file for c in row.broader},
        State.CATCH_ALL: {c.file for c in row.catch_all},
        State.SILENT: {c.file for c in row.silent},
    }
    (only,) = [name for name, found in files.items() if file in found]
    return only
