"""A workbook under way: how a sheet is begun, how a value is written, and in which colours.

Every text is written as a string, so that none can be a formula or a link.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import xlsxwriter

from policyview import __version__
from policyview.errors import BrokenInvariantError, UseError
from policyview.export import vocabulary
from policyview.export.legible import on_one_line, printable
from policyview.export.versions import Piece
from policyview.model import Determination

CELL_CHARS = 32_767
"""What a cell of Excel holds, counted in UTF-16 as Excel does."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
SHEET_NAME_CHARS = 31
_CUT_MARK = " […] (cut: a cell of Excel holds {:,} characters, and this text has {:,})"
_MARK_ROOM = 100  # characters that any such mark has at most


@dataclass(frozen=True)
class Redline:
    """A text some of whose pieces only one of two versions has."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


Value: TypeAlias = str | int | float | Redline | None

_WIDTHS = {"Indication": 40, "Quote": 60, "Criteria": 60, "Why": 40, "Statement": 40, "Title": 30, "Description": 45,
           "Criterion": 60, "Document": 30, "Determined by": 40, "Reason": 60, "Versions": 50, "SHA-256": 68,
           "Losses": 50, "Notes": 40, "Exceptions": 40, "Limits": 30, "Condition": 40, "Topic": 22, "Payer": 24,
           "Limit": 50, "Section": 26, "Determination": 22, "Summary": 60, "Before": 50, "After": 50,
           "Revision history": 40, "Older document": 30, "Older quote": 60, "Weight": 22, "When": 24, "Said of": 40,
           "Note": 50, "Version": 22, "About": 26, "Told": 110, "Row": 6, "Page": 7, "Older page": 8, "Depth": 7,
           "Number": 9, "Pages": 7, "Label": 8}  # fmt: skip
_ORDINARY_WIDTH = 16
_SHARES = {"Match", "Confidence"}


def cell_text(text: str) -> str:
    """``text`` as a cell can hold it; what is too long is cut, and its end says so and how long it was."""
    shown = printable(text)
    length = _utf16(shown)
    if length <= CELL_CHARS:
        return shown
    kept = shown.encode("utf-16-le")[: 2 * (CELL_CHARS - _MARK_ROOM)].decode("utf-16-le", "ignore")
    return kept + _CUT_MARK.format(CELL_CHARS, length)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Book:
    """The workbook, its formats and the names that its sheets have."""

    def __init__(self, target: io.BytesIO, day: datetime.date, author: str) -> None:
        """``day`` is when it was made, as the workbook tells; the clock is not asked, for the same input gives the
        same bytes."""
        self.book = xlsxwriter.Workbook(target, {"in_memory": True})
        made = datetime.datetime.combine(day, datetime.time())
        self.book.set_properties({"title": "Comparison of medical policies", "comments": f"policyview {__version__}",
                                  "created": made, "author": printable(author)})  # fmt: skip
        self._base = {"valign": "top", "text_wrap": True, "font_name": "Calibri", "font_size": 10}
        colours = vocabulary.theme()["light"]
        self.plain = self._format()
        self.percent = self._format(num_format="0 %")
        self.head = self._format(bold=True, bg_color=colours["sunken"], bottom=1)
        self.bold = self._format(bold=True)
        self.silent = self._format(font_color=colours["soft"], italic=True)
        self.warning = self._format(font_color=colours["warning"], bold=True)
        self.positions = {
            (each, derived): self._format(
                font_color=vocabulary.display(each).light, bold=not derived, italic=derived)
            for each in Determination
            for derived in (False, True)
        }
        self._pieces = {
            "same": self.plain,
            "old": self._format(font_color=colours["removed_edge"], font_strikeout=True),
            "new": self._format(font_color=colours["added_edge"], bold=True, underline=1),
        }
        self._told = self._styles_of_words()
        self._names: set[str] = set()

    def _format(self, **more: Any) -> Any:
        return self.book.add_format({**self._base, **more})

    def _styles_of_words(self) -> dict[tuple[str, str], Any]:
        """The style of a word under a head; the word is there too, so that the colour never speaks alone."""
        styles = {("Determination", vocabulary.determination_word(each)): self.positions[each, False]
                  for each in Determination}  # fmt: skip
        weights = (("coverage", self.warning), ("evidence", self.bold), ("administration", self.bold),
                   ("editorial", self.silent), ("suppressed", self.silent))  # fmt: skip
        styles |= {("Weight", vocabulary.word("change_groups", name)): style for name, style in weights}
        return styles | {("Outcome", "could not be read"): self.warning, ("Outcome", "skipped"): self.silent,
                         ("In force", "no"): self.silent, ("Withdrawn", "withdrawn"): self.silent}  # fmt: skip

    # ------------------------------------------------------------ sheets

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[float], frozen: int) -> Any:
        """A new sheet with its head row, which stays in sight with the first ``frozen`` columns.

        UseError where there are more columns than a sheet holds.
        """
        if len(heads) > MOST_COLUMNS:
            raise UseError(f"A sheet of Excel holds {MOST_COLUMNS:,} columns, and “{on_one_line(name)}” would have "
                           f"{len(heads):,}. Compare fewer documents, or write .html or .csv.")
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

    def table(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[Value]], frozen: int = 1) -> None:
        """A sheet of a head row and rows, with a filter; what is more than a sheet holds stands in further ones."""
        left = iter(rows)
        is_full = True
        while is_full:
            sheet = self.sheet(name, heads, [_WIDTHS.get(head, _ORDINARY_WIDTH) for head in heads], frozen)
            line = 0
            for values in left:
                line += 1
                for column, value in enumerate(values):
                    self.write(sheet, line, column, value, self._style(heads[column], value))
                if line == MOST_ROWS - 1:
                    break
            sheet.autofilter(0, 0, line, len(heads) - 1)
            is_full = line == MOST_ROWS - 1

    def _style(self, head: str, value: Value) -> Any:
        if head in _SHARES:
            return self.percent
        return self._told.get((head, value)) if isinstance(value, str) else None

    # ------------------------------------------------------------ values

    def write(self, sheet: Any, row: int, column: int, value: Value, style: Any = None) -> None:
        """A number as a number, any text as a string and nothing else; where there is none the cell stays empty."""
        if value is None or value == "":
            return
        if isinstance(value, Redline):
            done = self._write_redline(sheet, row, column, value) if value.pieces else 0
        elif isinstance(value, str):
            done = sheet.write_string(row, column, cell_text(value), style or self.plain)
        else:
            done = sheet.write_number(row, column, value, style or self.plain)
        if done != 0:
            raise BrokenInvariantError(f"A text did not get into the workbook ({done}).")

    def _write_redline(self, sheet: Any, row: int, column: int, value: Redline) -> int:
        pieces = [(piece.sort, printable(piece.text)) for piece in value.pieces if piece.text]
        if len(pieces) < 2 or _utf16("".join(text for _, text in pieces)) > CELL_CHARS:  # fewer are no rich string
            style = self._pieces[pieces[0][0]] if len(pieces) == 1 else self.plain
            return int(sheet.write_string(row, column, cell_text(value.text), style))
        parts = [part for sort, text in pieces for part in (self._pieces[sort], text)]
        return int(sheet.write_rich_string(row, column, *parts, self.plain))
