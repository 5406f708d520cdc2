"""The comparison as an Excel workbook: matrix, cells, criteria, codes, prior authorization, sources.

Every text is written as a string, so that none can be a formula or a link; one that is longer than a cell
holds is cut with a mark.
"""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter

from policyview import __version__
from policyview.export import doubts, editions, vocabulary
from policyview.export.comparison import Comparison, Standing, Statement
from policyview.export.legible import on_one_line, printable, shown_name
from policyview.export.records import NO_ROW, Record, leaf_count, quote, records, state_word
from policyview.export.scope import applies_to
from policyview.model import Code, Column, Criterion, Determination, Indication, Matrix, Reading, State

CELL_CHARS = 32_767
"""What a cell of Excel holds."""
CUT_MARK = " […]"
SHEET_NAME_CHARS = 31

Value = str | int | float | None

_RECORD_HEADS = {
    "row": "Row", "version_is": "Date is", "in_force": "In force", "not_in_force": "Not in force",
    "applies_to": "For", "policy": "Policy number",
    "stated": "Payer's word", "criteria_count": "Criteria count", "to_check": "To check", "match": "Match",
    "determined_by": "Determined by",
}  # fmt: skip
_WIDE = {"Indication": 40, "Quote": 60, "Criteria": 60, "Why": 40, "Statement": 40, "Title": 30, "Description": 45,
         "Criterion": 60, "Document": 30, "Determined by": 40, "Reason": 60, "Versions": 50, "SHA-256": 68,
         "Losses": 50, "Notes": 40, "Exceptions": 40, "Limits": 30, "Condition": 40, "Topic": 22,
         "Payer": 24}  # fmt: skip
_SHARES = {"Match", "Confidence"}
_ORDINARY_WIDTH = 16
_MATRIX_WIDTH = 30


def cell_text(text: str) -> str:
    """``text`` as a cell can hold it."""
    shown = printable(text)
    return shown if len(shown) <= CELL_CHARS else shown[: CELL_CHARS - len(CUT_MARK)] + CUT_MARK


class _Book:
    """A workbook under way: the formats, and how a sheet is begun and a value written."""

    def __init__(self, target: io.BytesIO, as_of: datetime.date) -> None:
        self.book = xlsxwriter.Workbook(target, {"in_memory": True})
        made = datetime.datetime.combine(as_of, datetime.time())  # not now: the same input gives the same bytes
        self.book.set_properties({"title": "Comparison of medical policies", "comments": f"policyview {__version__}",
                                  "created": made})  # fmt: skip
        base = {"valign": "top", "text_wrap": True, "font_name": "Calibri", "font_size": 10}
        self.plain = self.book.add_format(base)
        self.percent = self.book.add_format({**base, "num_format": "0 %"})
        self.head = self.book.add_format({**base, "bold": True, "bg_color": "#eceef0", "bottom": 1})
        self.bold = self.book.add_format({**base, "bold": True})
        soft = vocabulary.theme()["light"]["soft"]
        self.silent = self.book.add_format({**base, "font_color": soft, "italic": True})
        self.positions = {
            (each, derived): self.book.add_format(
                {**base, "font_color": vocabulary.display(each).light, "bold": not derived, "italic": derived}
            )
            for each in Determination
            for derived in (False, True)
        }
        self._names: set[str] = set()

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[float], frozen: int) -> Any:
        """A new sheet with its head row, which stays in sight with the first ``frozen`` columns."""
        sheet = self.book.add_worksheet(self._free(name))
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            self.write(sheet, 0, column, head, self.head)
        sheet.freeze_panes(1, frozen)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _free(self, name: str) -> str:
        """A name that Excel takes and no sheet has yet."""
        clean = re.sub(r"[\[\]:*?/\\]", " ", on_one_line(name)).strip("' ")[:SHEET_NAME_CHARS].strip("' ") or "Sheet"
        number, free = 1, clean
        while free.casefold() in self._names or free.casefold() == "history":  # a name that Excel keeps for itself
            number += 1
            free = f"{clean[: SHEET_NAME_CHARS - 4]} {number}"
        self._names.add(free.casefold())
        return free

    def write(self, sheet: Any, row: int, column: int, value: Value, style: Any = None) -> None:
        """A number as a number, any text as a string and nothing else."""
        if isinstance(value, str):
            sheet.write_string(row, column, cell_text(value), style or self.plain)
        elif value is not None:
            sheet.write_number(row, column, value, style or self.plain)

    def table(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[Value]], frozen: int = 1) -> None:
        """A sheet of a head row and rows, with a filter."""
        sheet = self.sheet(name, heads, [_WIDE.get(head, _ORDINARY_WIDTH) for head in heads], frozen)
        last = 0
        for last, values in enumerate(rows, 1):
            for column, value in enumerate(values):
                self.write(sheet, last, column, value, self.percent if heads[column] in _SHARES else None)
        sheet.autofilter(0, 0, last, len(heads) - 1)


def comparison_xlsx(comparison: Comparison) -> bytes:
    """The workbook; the same comparison gives the same bytes."""
    target = io.BytesIO()
    book = _Book(target, comparison.as_of)
    for matrix in comparison.matrices:
        _matrix(book, comparison, matrix)
    names = [field.name for field in dataclasses.fields(Record)]
    heads = [_RECORD_HEADS.get(name, name.replace("_", " ").capitalize()) for name in names]
    files = {shown_name(column.file) for matrix in comparison.matrices for column in editions.shown(matrix)}
    shown = (record for record in records(comparison) if record.document in files)
    book.table("Cells", heads, ([getattr(record, name) for name in names] for record in shown), frozen=2)
    book.table("Criteria", _CRITERIA_HEADS, _criteria(comparison))
    book.table("Codes", _CODE_HEADS, _codes(comparison))
    book.table("Prior authorization", _AUTHORIZATION_HEADS, _authorizations(comparison))
    book.table("Sources", _SOURCE_HEADS, _sources(comparison))
    book.book.close()
    return target.getvalue()


# --------------------------------------------------------------------------- the matrix


def _matrix(book: _Book, comparison: Comparison, matrix: Matrix) -> None:
    """One topic: a row for each indication, a column for each document in force."""
    columns = editions.shown(matrix)
    files = {column.file for column in columns}
    heads = ["Row", "Group", "Indication", "Agreement", *map(_column_head, columns)]
    name = "Matrix" if len(comparison.matrices) == 1 else f"Matrix {matrix.topic}"
    sheet = book.sheet(name, heads, [6, 18, 40, 16, *[_MATRIX_WIDTH] * len(columns)], frozen=4)
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


def _force(column: Column | None) -> str:
    return "" if column is None else "yes" if column.in_force else f"no: {editions.badge(column)}"


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
    else:
        return state
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
    ]
    stated = f"“{on_one_line(said.stated)}”" if said and said.stated.casefold() not in {"", first.casefold()} else ""
    return "\n".join(filter(None, (first, stated, f"({', '.join(filter(None, details))})" if any(details) else "")))


# --------------------------------------------------------------------------- the other sheets

_WHERE = ["Document", "Page", "Section", "Quote"]
_WHO = ["Payer", "Policy number"]
_CRITERIA_HEADS = [*_WHO, "Indication", "Determination", "Depth", "Label", "Criterion", "Below it", "Kind", "Inherited",
                   *_WHERE]  # fmt: skip
_CODE_HEADS = [*_WHO, "System", "Code", "To", "Description", "Group", "Condition", "Indications", "To check",
               *_WHERE]  # fmt: skip
_AUTHORIZATION_HEADS = [*_WHO, "Product", "Setting", "Kind", "Required", *_WHERE]
_SOURCE_HEADS = ["Document", "Outcome", "Reason", "Payer", "Policy number", "Title", "Kind", "Authority", "For",
                 "Effective", "Last review", "Published", "Last updated", "Original effective", "Next review",
                 "Retired", "In force", "Version", "Versions", "Pages", "Losses", "SHA-256"]  # fmt: skip


def _who(reading: Reading) -> list[Value]:
    return [reading.facts.policy.payer or "", reading.facts.policy.number or ""]


def _criteria(comparison: Comparison) -> Iterator[list[Value]]:
    for reading in comparison.collection.readings:
        for said in reading.facts.indications:
            for criteria, inherited in ((said.criteria, ""), (said.inherited, "yes")):
                yield from _tree(reading, said, criteria, inherited, 1)


def _tree(reading: Reading, said: Indication, criteria: Sequence[Criterion], inherited: str, depth: int,
          ) -> Iterator[list[Value]]:  # fmt: skip
    position = vocabulary.determination_word(said.determination)
    for each in criteria:
        words = vocabulary.logic_words(each.logic, each.n) if each.children else ""
        kind = vocabulary.word("criteria", each.kind)
        yield [*_who(reading), said.text, position, depth, each.label, each.text, words, kind, inherited,
               shown_name(reading.file), each.anchor.page, said.section, quote(each.anchor)]  # fmt: skip
        yield from _tree(reading, said, each.children, inherited, depth + 1)


def _codes(comparison: Comparison) -> Iterator[list[Value]]:
    for reading in comparison.collection.readings:
        names = {said.id: said.text for said in reading.facts.indications}
        for code in reading.facts.codes:
            yield [*_who(reading), code.system, code.code, code.end or "", code.description or "",
                   vocabulary.word("code_groups", code.group), code.condition or "", _named(code, names),
                   code.doubt or "", shown_name(reading.file), code.anchor.page, "", quote(code.anchor)]  # fmt: skip
        for rule in reading.facts.code_rules:
            yield [*_who(reading), rule.system, "", "", rule.text, vocabulary.word("code_groups", rule.group),
                   "", "; ".join(rule.applies_to_codes), "", shown_name(reading.file), rule.anchor.page, "",
                   quote(rule.anchor)]  # fmt: skip


def _named(code: Code, names: dict[str, str]) -> str:
    return "; ".join(names.get(each, each) for each in code.indications)


def _authorizations(comparison: Comparison) -> Iterator[list[Value]]:
    for reading in comparison.collection.readings:
        for rule in reading.facts.prior_authorization:
            yield [*_who(reading), rule.product, vocabulary.word("settings", rule.setting),
                   vocabulary.word("authorizations", rule.kind), vocabulary.word("requirements", rule.required),
                   shown_name(reading.file), rule.anchor.page, "", quote(rule.anchor)]  # fmt: skip


def _sources(comparison: Comparison) -> Iterator[list[Value]]:
    columns = {column.file: column for matrix in comparison.matrices for column in matrix.columns}
    matrices = [(matrix, editions.Told(matrix)) for matrix in comparison.matrices]
    told = {column.file: versions.of(column.file) for matrix, versions in matrices for column in matrix.columns}
    for reading in comparison.collection.readings:
        document, policy, dates = reading.document, reading.facts.policy, reading.facts.policy.dates
        column = columns.get(reading.file)
        losses = "\n".join(each.reason for each in reading.losses)
        yield [shown_name(reading.file), "read", doubts.of_document(reading),
               policy.payer or "", policy.number or "", policy.title or "",
               vocabulary.word("kinds", policy.kind), vocabulary.authority_word(policy.authority),
               applies_to(column) if column else "",
               *(getattr(dates, field.name) or "" for field in dataclasses.fields(dates)),
               _force(column), editions.column_version(column) if column else "",
               "\n".join(told.get(reading.file, ())), len(document.pages) or None, losses,
               document.sha256]  # fmt: skip
    for failure in comparison.collection.failures:
        yield [shown_name(failure.file), "could not be read", failure.reason]
    for skipped in comparison.collection.skipped:
        yield [shown_name(skipped), "skipped", "Not of a type that policyview reads"]
