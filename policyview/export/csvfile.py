"""The comparison as CSV: a record a line, UTF-8 with a byte-order mark, so that spreadsheets read it right.

A spreadsheet takes a cell that begins with ``= + - @`` for a formula, so such a text gets an apostrophe in
front (``'=…``); all fields are quoted. White space within a text is folded to one blank.
"""

from __future__ import annotations

import csv
import dataclasses
import io

from policyview.export.comparison import Comparison
from policyview.export.legible import on_one_line
from policyview.export.records import Record, records

_FORMULA = tuple("=+-@＝＋－＠")
"""What begins a formula in a spreadsheet, also in its full-width form."""


def neutral(text: str) -> str:
    """``text`` on one line, such that no spreadsheet takes it for a formula."""
    line = on_one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line


def comparison_csv(comparison: Comparison) -> str:
    """A head line, then a line for each record; also of versions not in force, which the column ``in_force`` tells."""
    names = [field.name for field in dataclasses.fields(Record)]
    target = io.StringIO(newline="")
    target.write("\ufeff")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(names)
    for record in records(comparison):
        writer.writerow([_shown(getattr(record, name)) for name in names])
    return target.getvalue()


def _shown(value: str | int | float | None) -> str:
    if value is None:
        return ""
    return neutral(value) if isinstance(value, str) else f"{value:g}"
