"""The sheet of a topic: a row for each indication, a column for each document."""

from __future__ import annotations

from policyview.export import editions, elsewhere, vocabulary
from policyview.export.comparison import Comparison, Standing, Statement
from policyview.export.legible import on_one_line, shown_name
from policyview.export.records import NO_ROW, leaf_count, state_word
from policyview.export.scope import applies_to
from policyview.export.sheet.book import Book
from policyview.model import Cell, Column, Determination, Matrix, State

_WIDTH = 30
_PAGE_COLUMNS = 6  # documents beside the labels on a printed page that can still be read


def matrix_sheet(book: Book, comparison: Comparison, matrix: Matrix) -> None:
    """One topic: a row for each indication, a column for each document in force."""
    columns = comparison.shown_columns(matrix)
    files = {column.file for column in columns}
    heads = ["Row", "Group", "Indication", "Agreement", *map(_column_head, columns)]
    name = "Matrix" if len(comparison.matrices) == 1 else f"Matrix {matrix.topic}"
    sheet = book.sheet(name, heads, [6, 18, 40, 16, *[_WIDTH] * len(columns)], frozen=4)
    sheet.repeat_columns(0, 3)
    sheet.fit_to_pages(max(1, -(-len(columns) // _PAGE_COLUMNS)), 0)
    line = 0
    for number, row in enumerate(matrix.rows, 1):
        standings = [each for each in comparison.standings(matrix, row) if each.column.file in files]
        if all(standing.state is State.SILENT for standing in standings):
            continue  # only a version that is not in force speaks of it
        line += 1
        book.write(sheet, line, 0, number)
        book.write(sheet, line, 1, row.group)
        book.write(sheet, line, 2, row.label, book.bold)
        book.write(sheet, line, 3, vocabulary.agreement_word(row.agreement_shown))
        for column, standing in enumerate(standings, 4):
            determination = _first(standing)
            style = book.positions[determination, standing.is_derived] if determination else book.silent
            book.write(sheet, line, column, _standing_text(standing), style)
    if not matrix.rows:
        line = 1
        book.write(sheet, line, 2, "No indication was found in these documents", book.silent)
        standings = [each for each in comparison.standings(matrix, NO_ROW) if each.column.file in files]
        for place, standing in enumerate(standings, 4):
            book.write(sheet, line, place, _standing_text(standing), book.silent)
    sheet.autofilter(0, 0, line, len(heads) - 1)


def _column_head(column: Column) -> str:
    policy = column.policy
    version = editions.column_version(column)
    authority = vocabulary.authority_word(policy.authority) if policy.authority != "payer" else ""
    name = policy.payer or policy.title or shown_name(column.file)
    said = name, policy.number, version, editions.badge(column), applies_to(column), authority
    return "\n".join(filter(None, said))


def _first(standing: Standing) -> Determination | None:
    if standing.statements:
        return standing.statements[0].determination
    return standing.catch_all.determination if standing.catch_all else None


def _standing_text(standing: Standing) -> str:
    state = state_word(standing)
    if standing.statements:
        said = [_statement_text(each, state if standing.is_derived else "") for each in standing.statements]
    elif standing.catch_all:
        place = f", page {standing.catch_all.anchor.page}" if standing.catch_all.anchor.page else ""
        said = [f"{vocabulary.determination_word(standing.catch_all.determination)}\n({state}{place})"]
    elif standing.unread:
        return state
    else:
        said = list(filter(None, (state, elsewhere.row_named(standing.silent))))
    return "\n".join([*said, *(f"(to check: {reason})" for reason in standing.doubts)])


def _statement_text(statement: Statement, derived: str) -> str:
    said = statement.indication
    first = vocabulary.determination_word(statement.determination)
    count = leaf_count([*said.criteria, *said.inherited]) if said else 0
    details = [
        derived,
        f"{count} {'criterion' if count == 1 else 'criteria'}" if count else "",
        f"page {said.anchor.page}" if said and said.anchor.page else "",
        "to check" if statement.doubts else "",
        *_reviewed(statement),
    ]
    stated = f"“{on_one_line(said.stated)}”" if said and said.stated.casefold() not in {"", first.casefold()} else ""
    return "\n".join(filter(None, (first, stated, f"({', '.join(filter(None, details))})" if any(details) else "")))


def _reviewed(statement: Statement) -> list[str]:
    """What people made of a statement."""
    cell, mark = statement.cell, statement.mark
    origin = vocabulary.word("origins", cell.origin) if isinstance(cell, Cell) and cell.origin != "extracted" else ""
    return [origin, vocabulary.word("marks", mark.judgement or None), "look again" if mark.look else ""]
