"""What people said, as the workbook and the report tell it: who, when, what, on which words, and whether it holds."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policyview import pipeline
from policyview.carry import CARRIED
from policyview.collection import Collection
from policyview.export import reviews
from policyview.export.comparison import Comparison
from policyview.export.csvfile import comparison_csv
from policyview.export.html import comparison_html
from policyview.export.paper.compose import composed
from policyview.export.paper.form import Line, Table
from policyview.export.sheet import comparison_xlsx
from policyview.model import Reading
from policyview.review import FIRST, CellSubject, ChangeSubject, DocumentSubject, Review, ReviewAction, Subject
from policyview.settings import Settings
from tests.export.packs import reading_of
from tests.store.made import POLICIES

DAY = datetime.date(2026, 3, 1)


class Chain:
    """Reviews by Ada and Bert, an hour apart, each naming the one before."""

    def __init__(self) -> None:
        self.reviews: list[Review] = []

    def add(
        self, action: ReviewAction, subject: Subject, text: str = "", *sets: tuple[str, str], back: str = ""
    ) -> str:
        number = len(self.reviews)
        previous = self.reviews[-1].sha256 if self.reviews else FIRST
        time = f"2026-02-01T{9 + number:02}:00:00+01:00"
        self.reviews.append(Review(action, subject, ("Ada", "=Bert()")[number % 2], time, text, sets, back, previous))
        return self.reviews[-1].sha256


@pytest.fixture
def comparison(tmp_path: Path) -> Comparison:
    readings = []
    for name, text in POLICIES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        readings.append(reading_of(tmp_path / name, f"shelf/{name}"))
    chain = Chain()
    airway, cough = (statement(readings[0], number) for number in (0, 1))
    chain.add("confirm", airway, "", ("determination", "medically_necessary"), ("facts", "another sum"))
    note = chain.add("note", cough, "=HYPERLINK(\"http://evil.example\")")
    chain.add("withdraw", cough, back=note)
    chain.add("correct", cough, "as the medical director reads it", ("determination", "not_covered"))
    chain.add("confirm", ChangeSubject("0" * 64, "1" * 64, "criterion", None, airway.anchor))
    chain.add("correct", DocumentSubject(readings[1].document.sha256), "", ("payer", "Quarry & Sons"))
    collection = pipeline.amended(Collection(tuple(readings), reviews=tuple(chain.reviews)))
    return Comparison(collection, pipeline.run(pipeline.compare(collection, Settings(), DAY)), DAY)


def statement(reading: Reading, number: int) -> CellSubject:
    said = reading.facts.indications[number]
    return CellSubject(reading.document.sha256, said.anchor, said.text, "tidal vest therapy")


def test_each_review_is_a_row_with_its_words_and_whether_it_holds(comparison: Comparison) -> None:
    sheets = openpyxl.load_workbook(io.BytesIO(comparison_xlsx(comparison)))
    heads, *values = sheets["Reviews"].iter_rows(values_only=True)
    found = [dict(zip(map(str, heads), row, strict=True)) for row in values]
    told = [(each["Number"], each["Who"], each["What"], each["Withdrawn"], each["Takes back"]) for each in found]
    assert told == [
        (1, "Ada", "confirmed", None, None), (2, "=Bert()", "noted", "withdrawn", None),
        (3, "Ada", "taken back", None, 2), (4, "=Bert()", "corrected", None, None), (5, "Ada", "confirmed", None, None),
        (6, "=Bert()", "corrected", None, None),
    ]  # fmt: skip
    first, note, _, corrected, change, document = found
    assert first["When"] == "2026-02-01 08:00:00 UTC"
    assert str(first["Quote"]).startswith("Tidal vest therapy is medically necessary for adults")
    assert (first["Document"], first["Of"], first["Section"]) == ("shelf/larkspur.txt", "statement", "Policy")
    assert (first["Sets"], first["To check"]) == (
        "Determination: Medically necessary", "it was confirmed when it was read otherwise")
    assert note["Note"] == '=HYPERLINK("http://evil.example")'
    assert (corrected["Sets"], corrected["Note"]) == ("Determination: Not covered", "as the medical director reads it")
    assert (change["Of"], change["Said of"], change["Document"]) == ("change", "Criterion", "1" * 64)
    assert change["To check"] == "its document is not among these"
    assert (document["Of"], document["Sets"]) == ("document", "Payer: Quarry & Sons")
    assert [row[18] for row in sheets["Sources"].iter_rows(values_only=True)] == ["Corrected", None, "Payer"]
    assert not [cell for sheet in sheets for row in sheet.iter_rows() for cell in row
                if cell.data_type == "f" or cell.hyperlink]  # fmt: skip


def test_cells_say_what_people_made_of_them(comparison: Comparison) -> None:
    sheets = openpyxl.load_workbook(io.BytesIO(comparison_xlsx(comparison)))
    cells = [str(cell) for row in sheets["Matrix"].iter_rows(min_row=2, min_col=5, values_only=True) for cell in row]
    assert any("confirmed, look again" in cell for cell in cells)
    assert any(cell.startswith("Not covered") and "corrected by a reviewer" in cell for cell in cells)
    told = "confirmed by Ada, 2026-02-01 08:00:00 UTC; look again: it was confirmed when it was read otherwise"
    assert told in comparison_csv(comparison)
    assert "payer corrected by a reviewer" in comparison_csv(comparison)
    page = HTMLParser(comparison_html(comparison))
    heads = [head.text() for head in page.css("th") if "Quarry & Sons" in head.text()]
    assert "payer corrected by a reviewer" in heads[0]
    assert [flag.text() for flag in page.css(".grid summary .flag") if "again" in flag.text()] == ["look again"]
    assert any(told in each.text() for each in page.css(".evidence .why"))
    tables = [block for part in composed(comparison) for block in part.blocks if isinstance(block, Table)]
    squares = [[line.text for line in square.lines] for table in tables for row in (table.heads, *table.rows)
               if not isinstance(row, Line) for square in row]  # fmt: skip
    assert sum(square[0] == "Quarry & Sons" and "payer corrected by a reviewer" in square for square in squares) >= 2
    assert any(square[0] == "Not covered" and "corrected by a reviewer" in square for square in squares)
    cover = {line.css_first("dt").text(): line.css_first("dd").text() for line in page.css(".about div")}  # type: ignore[union-attr]
    assert cover["Reviews"] == "4 that hold, 1 taken back, by =Bert(), Ada"


def test_without_reviews_there_is_no_sheet_of_them(comparison: Comparison) -> None:
    bare = replace(comparison, collection=replace(comparison.collection, reviews=()))
    assert "Reviews" not in openpyxl.load_workbook(io.BytesIO(comparison_xlsx(bare))).sheetnames


def test_that_a_review_is_not_carried_over_is_no_judgement_of_the_document(comparison: Comparison) -> None:
    about = DocumentSubject(comparison.collection.readings[0].document.sha256)
    over = Review("dismiss", about, "Ada", "2026-02-01T09:00:00+01:00", sets=((CARRIED, "0" * 64),))
    known = replace(comparison.collection, reviews=(over,))
    (told,) = reviews.told(Comparison(known, comparison.matrices, DAY))
    assert (told.what, told.of) == ("not carried over", "document")
