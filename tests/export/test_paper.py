"""What stands on paper: the cover, a table for each part of a wide matrix, the words behind the cells."""

from __future__ import annotations

from dataclasses import replace

from policyview.export.comparison import Comparison
from policyview.export.narrowing import Narrowing
from policyview.export.paper.compose import composed
from policyview.export.paper.form import Line, Part, Passage, Table
from policyview.export.shown import PRINT_COLUMNS
from tests.export import made


def _texts(part: Part) -> list[str]:
    found: list[Line] = []
    for block in part.blocks:
        if isinstance(block, Passage):
            found += block.lines
            continue
        for row in (block.heads, *block.rows):
            found += [row] if isinstance(row, Line) else [line for square in row for line in square.lines]
    return [line.text for line in found]


def _tables(part: Part) -> list[Table]:
    return [block for block in part.blocks if isinstance(block, Table)]


def test_paper_says_what_was_compared_and_each_cell_with_its_words() -> None:
    comparison = made.comparison()
    cover, matrix, words = composed(comparison)
    said = "\n".join(_texts(cover))
    assert all(reading.document.sha256 in said for reading in comparison.collection.readings)
    assert all(failure.reason in said for failure in comparison.collection.failures)
    (table,) = _tables(matrix)
    squares = [square for row in table.rows if not isinstance(row, Line) for square in row]
    assert {square.edge for square in squares} == {"", "plain", "dashed"}
    assert {line.text for square in squares for line in square.lines} >= {"not addressed", "Medically necessary"}
    assert any("Two stretching programs of 6 weeks" in text for text in _texts(words))
    assert words.columns > 1


def test_a_wide_matrix_comes_in_parts_that_repeat_the_labels() -> None:
    (matrix,) = made.comparison().matrices
    more = tuple(replace(matrix.columns[1], file=f"plan{number}.txt") for number in range(2 * PRINT_COLUMNS))
    wide = replace(made.comparison(), matrices=(replace(matrix, columns=(*matrix.columns, *more)),))
    parts = [part for part in composed(wide) if "columns" in part.called]
    assert len(parts) >= 3
    labels = [[row[0] for row in _tables(part)[0].rows if not isinstance(row, Line)] for part in parts]
    assert all(each == labels[0] for each in labels)


def test_only_what_is_shown_is_handed_out_and_the_cover_says_so() -> None:
    comparison = made.comparison()
    (matrix,) = comparison.matrices
    row, column = matrix.rows[0], matrix.columns[0]
    told = "1 of 9 rows"
    only = replace(comparison, narrowing=Narrowing(matrix.topic, (row.id,), (column.file,), told)).narrowed()
    assert [each.file for each in only.shown_readings] == [column.file]
    assert only.whole == comparison.matrices  # what people said of the others stays known
    cover, grid, _ = composed(only)
    assert told in _texts(cover)
    text = "\n".join(_texts(grid))
    assert row.label in text
    assert matrix.rows[1].label not in text
    other = Comparison.narrowed(replace(comparison, narrowing=Narrowing("another topic", (), (), "")))
    assert other.matrices == ()
