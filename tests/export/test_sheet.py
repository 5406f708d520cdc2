"""The workbook: what the cells say, and that none of them can do anything."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from policyview import lexicon, versions
from policyview.export.comparison import Comparison
from policyview.export.legible import printable, shown_name
from policyview.export.records import records
from policyview.export.sheet import CELL_CHARS, book, cell_text, comparison_xlsx
from policyview.model import Criterion
from policyview.succession import Step
from tests.export import made
from tests.versions.made import POLICY, reading_of


def workbook(comparison: Comparison) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(comparison_xlsx(comparison)))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    heads, *values = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in values]


def test_sheets_and_their_frozen_heads() -> None:
    made_book = workbook(made.comparison())
    assert made_book.sheetnames == [
        "Matrix", "Cells", "Criteria", "Limits", "Codes", "Prior authorization", "Sources", "About",
    ]  # fmt: skip
    for sheet in made_book:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.cell(1, 1).alignment.wrap_text


def test_matrix_says_state_and_position_in_words() -> None:
    sheet = workbook(made.comparison())["Matrix"]
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
    made_book = workbook(made.comparison())
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
    sources = rows(workbook(made.comparison())["Sources"])
    assert [each["Outcome"] for each in sources] == ["read"] * 4 + ["could not be read", "skipped"]
    assert sources[0]["SHA-256"] == made.comparison().collection.readings[0].document.sha256
    assert sources[0]["Losses"] == "Scan"
    assert sources[2]["In force"] == "no: older version"
    assert "password" in str(sources[4]["Reason"])


def test_limits_stand_with_their_indication_and_place() -> None:
    (limit,) = rows(workbook(made.comparison())["Limits"])
    told = ("Payer", "In force", "Indication", "Determination", "Stage", "Kind", "Limit", "Page", "Section")
    assert [limit[head] for head in told] == [
        "Larkspur Health Plan", "yes", "Winter limb stiffness in adults", "Medically necessary", "initial treatment",
        "quantity limit", "One pair a year may be dispensed.", 2, "Position",
    ]  # fmt: skip


def leaves(criteria: tuple[Criterion, ...]) -> list[str]:
    return [each.text for one in criteria for each in one.leaves()]


def test_every_text_of_matrix_and_facts_comes_back() -> None:
    comparison = made.comparison(" =1+1\n\tx  y ±‹\x01\u202e_x0041_")
    sheets = workbook(comparison)
    kept = [each for each in records(comparison) if each.in_force == "yes"]
    shown = [[(cell_text(value) or None) if isinstance(value, str) else value for value in vars(each).values()]
             for each in kept]  # fmt: skip
    cells = [list(row) for row in sheets["Cells"].iter_rows(min_row=2, values_only=True)]
    assert cells == shown
    facts = [reading.facts for reading in comparison.collection.readings]
    said = [each for one in facts for each in one.indications]
    told = {
        "Criterion": [text for each in said for text in leaves(each.criteria)],
        "Limit": [limit.text for each in said for limit in each.limits],
        "Description": [text for one in facts for text in (*(each.description or "" for each in one.codes),
                                                           *(rule.text for rule in one.code_rules))],
        "Product": [each.product for one in facts for each in one.prior_authorization],
    }  # fmt: skip
    names = {"Criterion": "Criteria", "Limit": "Limits", "Description": "Codes", "Product": "Prior authorization"}
    for head, texts in told.items():
        assert [row[head] or "" for row in rows(sheets[names[head]])] == [printable(text) for text in texts]
    labels = [row[2] for row in sheets["Matrix"].iter_rows(min_row=2, values_only=True)]
    assert labels == [printable(row.label) for row in comparison.matrices[0].rows]


def test_changes_tell_what_became_of_each_policy_and_where_it_stands(tmp_path: Path) -> None:
    new = POLICY.replace("18 years", "21 years").replace("January 1, 2024", "July 1, 2025")
    old, newer = reading_of(tmp_path, POLICY, "old.md"), reading_of(tmp_path, new, "new.md")
    steps = (Step(old, newer, versions.compare(old, newer, lexicon.load())), Step(newer, old, None, "old.md is gone."))
    sheet = workbook(replace(made.comparison(), steps=steps))["Changes"]
    found = rows(sheet)
    assert [(each["Weight"], each["Kind"]) for each in found] == [
        ("In all", None), ("On coverage", "Threshold"), ("Editorial", "Policy details"),
        ("Suppressed, for it changes nothing", None), ("In all", None),
    ]  # fmt: skip
    whole, change, *_, failed = found
    assert str(whole["Summary"]).startswith("1 change bears on coverage, none told")
    assert failed["Summary"] == "old.md is gone."
    assert (change["From"], change["To"]) == ("effective 2024-01-01", "effective 2025-07-01")
    assert (change["Before"], change["After"]) == (
        "1. The logger is 18 years old or older; and", "1. The logger is 21 years old or older; and")
    assert change["Revision history"] == "not told in the newer version’s revision history"
    places = [change[head] for head in ("Document", "Quote", "Older document", "Older quote")]
    assert places == [shown_name(newer.file), "The logger is 21 years old or older; and", shown_name(old.file),
                      "The logger is 18 years old or older; and"]  # fmt: skip
    assert change["Section"]


def test_more_rows_than_a_sheet_holds_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_ROWS", 3)
    sheets = workbook(made.comparison())
    names = [name for name in sheets.sheetnames if name.startswith("Criteria")]
    assert names == ["Criteria", "Criteria 2", "Criteria 3"]
    assert [each["Label"] for name in names for each in rows(sheets[name])] == ["1.", "2.", "a.", "b."]


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
    sheet = workbook(made.comparison("\x00\x0b\ud800\ufffe_x0041_"))["Matrix"]
    assert sheet["C2"].value == "Winter limb stiffness␀\n\ufffd-_x0041_"
    assert cell_text("a" * CELL_CHARS) == "a" * CELL_CHARS
    for long in ("a" * (CELL_CHARS + 1), "\U0001f600" * 20_000):  # Excel counts UTF-16
        cut = cell_text(long)
        assert len(cut.encode("utf-16-le")) // 2 <= CELL_CHARS
        assert cut.startswith(long[:16_000])
        assert cut.endswith(f"this text has {len(long.encode('utf-16-le')) // 2:,})")


def test_topics_make_sheet_names_that_excel_takes() -> None:
    comparison = made.comparison()
    (matrix,) = comparison.matrices
    topics = ["a/b:c*d?[e]\\", "a/b:c*d?[e]\\", "long " * 12, "long " * 12, "'", ""]
    told = replace(comparison, matrices=tuple(replace(matrix, topic=topic) for topic in topics))
    names = workbook(told).sheetnames
    assert len({name.casefold() for name in names}) == len(topics) + 7
    assert all(len(name) <= 31 for name in names)


def test_same_comparison_gives_the_same_bytes() -> None:
    assert comparison_xlsx(made.comparison()) == comparison_xlsx(made.comparison())
