"""The workbook: what the cells say, and that none of them can do anything."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from policyview.export.comparison import Comparison
from policyview.export.sheet import CELL_CHARS, CUT_MARK, cell_text, comparison_xlsx
from tests.export import made


def book(comparison: Comparison) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(comparison_xlsx(comparison)))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    heads, *values = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in values]


def test_sheets_and_their_frozen_heads() -> None:
    made_book = book(made.comparison())
    assert made_book.sheetnames == ["Matrix", "Cells", "Criteria", "Codes", "Prior authorization", "Sources"]
    for sheet in made_book:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.cell(1, 1).alignment.wrap_text


def test_matrix_says_state_and_position_in_words() -> None:
    sheet = book(made.comparison())["Matrix"]
    assert isinstance(sheet, Worksheet)
    assert sheet.max_column == 4 + 3  # the version not yet in force has no column
    assert sheet["E1"].value == "Larkspur Health Plan\nMP-100\neffective 2025-03-01\ncommercial, OR"
    assert sheet["E2"].value == "Medically necessary\n(3 criteria, page 1)"
    assert sheet["F2"].value == "Medically necessary\n“We cover”\n(broader statement)"
    assert sheet["E3"].value == "Investigational\n(catch-all, page 2)"
    assert sheet["G3"].value == "not addressed"
    assert sheet["D3"].value == "opposed"
    assert sheet["E2"].font.color.rgb != sheet["E3"].font.color.rgb


def test_every_record_carries_its_place() -> None:
    made_book = book(made.comparison())
    (first, *_) = rows(made_book["Cells"])
    assert (first["Document"], first["Page"], first["Section"]) == ("plans/larkspur mp-100.pdf", 1, "Position")
    assert str(first["Quote"]).startswith("A heated sleeve")
    assert first["Match"] == 0.93
    criteria = rows(made_book["Criteria"])
    assert [(each["Depth"], each["Label"]) for each in criteria] == [(1, "1."), (1, "2."), (2, "a."), (2, "b.")]
    assert criteria[1]["Below it"] == "any of these"
    codes = rows(made_book["Codes"])
    assert (codes[1]["Code"], codes[1]["To"], codes[1]["Indications"]) == (
        "M25.60", "M25.69", "Winter limb stiffness in adults",
    )  # fmt: skip
    (asked,) = rows(made_book["Prior authorization"])
    assert (asked["Product"], asked["Setting"], asked["Required"]) == ("HMO", "outpatient", "required")


def test_sources_name_every_file_and_its_outcome() -> None:
    sources = rows(book(made.comparison())["Sources"])
    assert [each["Outcome"] for each in sources] == ["read"] * 4 + ["could not be read", "skipped"]
    assert sources[0]["SHA-256"] == made.comparison().collection.readings[0].document.sha256
    assert sources[0]["Losses"] == "Scan"
    assert sources[2]["In force"] == "no: older version"
    assert "password" in str(sources[4]["Reason"])


@pytest.mark.parametrize(
    "poison", ['=HYPERLINK("http://evil.example")', "{=1+1}", "http://evil.example", "mailto:a@b.c"]
)
def test_no_text_becomes_a_formula_or_a_link(poison: str) -> None:
    comparison = made.comparison()
    (matrix,) = comparison.matrices
    hostile = tuple(replace(row, label=poison, group=poison) for row in matrix.rows)
    content = comparison_xlsx(replace(comparison, matrices=(replace(matrix, topic=poison, rows=hostile),)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    assert not [name for name, part in parts.items() if "<f>" in part or ("hyperlink" in part and "sheet" in name)]
    assert not [name for name in parts if "externalLink" in name]
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Matrix"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == (poison, "s")


def test_text_that_xml_cannot_hold_and_text_too_long() -> None:
    sheet = book(made.comparison("\x00\x0b\ud800\ufffe_x0041_"))["Matrix"]
    assert sheet["C2"].value == "Winter limb stiffness␀\n\ufffd-_x0041_"
    long = cell_text("a" * (CELL_CHARS + 1))
    assert len(long) == CELL_CHARS
    assert long.endswith(CUT_MARK)
    assert cell_text("a" * CELL_CHARS) == "a" * CELL_CHARS


def test_topics_make_sheet_names_that_excel_takes() -> None:
    comparison = made.comparison()
    (matrix,) = comparison.matrices
    topics = ["a/b:c*d?[e]\\", "a/b:c*d?[e]\\", "long " * 12, "long " * 12, "'", ""]
    told = replace(comparison, matrices=tuple(replace(matrix, topic=topic) for topic in topics))
    names = book(told).sheetnames
    assert len({name.casefold() for name in names}) == len(topics) + 5
    assert all(len(name) <= 31 for name in names)


def test_same_comparison_gives_the_same_bytes() -> None:
    assert comparison_xlsx(made.comparison()) == comparison_xlsx(made.comparison())
