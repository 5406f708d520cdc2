"""Places of words in media that have none of their own: text, Markdown, HTML, Word."""

from __future__ import annotations

COLUMN_PT = 5.0  # a column of indentation, as model.Line says
LEADING_PT = 12.0  # from line to line
CELL_PT = 100.0  # from column to column of a declared table
TAB = 4  # columns


def table_x(x: float, number: int) -> float:
    """The place of a declared table's cell: equal for all cells of a column, whatever their words."""
    return x + CELL_PT * number


def indentation(line: str) -> int:
    """The column at which a line's first word stands, counted from 0."""
    column = 0
    for char in line:
        if char == "\t":
            column += TAB - column % TAB
        elif char.isspace():
            column += 1
        else:
            break
    return column


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; an empty span where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
