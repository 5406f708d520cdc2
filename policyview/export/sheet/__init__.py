"""The comparison as an Excel workbook: matrix, cells, facts, changes, reviews, sources.

Every text is written as a string, so that none can be a formula or a link; one that is longer than a cell
holds is cut with a mark that says so.
"""

from __future__ import annotations

import dataclasses
import io

from policyview.export.comparison import Comparison
from policyview.export.legible import shown_name
from policyview.export.records import Record, records
from policyview.export.sheet.book import CELL_CHARS, Book, cell_text
from policyview.export.sheet.changes import change_sheet
from policyview.export.sheet.facts import fact_sheets
from policyview.export.sheet.grid import matrix_sheet
from policyview.export.sheet.reviews import review_sheet
from policyview.export.sheet.sources import source_sheets

__all__ = ["CELL_CHARS", "cell_text", "comparison_xlsx"]

_RECORD_HEADS = {
    "row": "Row", "version_is": "Date is", "in_force": "In force", "not_in_force": "Not in force",
    "applies_to": "For", "policy": "Policy number",
    "stated": "Payer's word", "criteria_count": "Criteria count", "to_check": "To check", "match": "Match",
    "determined_by": "Determined by", "document_corrected": "Of the document",
}  # fmt: skip


def comparison_xlsx(comparison: Comparison) -> bytes:
    """The workbook; the same comparison gives the same bytes."""
    target = io.BytesIO()
    maker = comparison.maker
    book = Book(target, maker.day if maker else comparison.as_of, maker.who if maker else "")
    for matrix in comparison.matrices:
        matrix_sheet(book, comparison, matrix)
    _cells(book, comparison)
    fact_sheets(book, comparison)
    change_sheet(book, comparison)
    review_sheet(book, comparison)
    source_sheets(book, comparison)
    book.book.close()
    return target.getvalue()


def _cells(book: Book, comparison: Comparison) -> None:
    """A row for each statement of each column that is shown."""
    names = [field.name for field in dataclasses.fields(Record)]
    heads = [_RECORD_HEADS.get(name, name.replace("_", " ").capitalize()) for name in names]
    files = {shown_name(column.file) for matrix in comparison.matrices for column in comparison.shown_columns(matrix)}
    shown = (record for record in records(comparison) if record.document in files)
    book.table("Cells", heads, ([getattr(record, name) for name in names] for record in shown), frozen=2)
