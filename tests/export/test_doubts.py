"""Honest doubt: what is to be checked says so and why, and what was not found is never a payer's silence."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import openpyxl
from selectolax.lexbor import LexborHTMLParser

from policyview.collection import Collection
from policyview.export.comparison import Comparison
from policyview.export.csvfile import comparison_csv
from policyview.export.doubts import LOW_CONFIDENCE, NOTHING_FOUND, of_answers, of_document, of_statement
from policyview.export.html import comparison_html
from policyview.export.jsonfile import extract_json, matrix_json
from policyview.export.sheet import comparison_xlsx
from policyview.model import Agreement, Cell, Determination, Facts, Matrix, Reading, Row, Silent
from tests.export.made import comparison

WHOLE = comparison()
LARKSPUR, BROOKFIELD, HARROW, ATLAS = WHOLE.collection.readings
STIFF, DESK = LARKSPUR.facts.indications


def doubtful() -> Comparison:
    """A weak match at Larkspur's desk fatigue, and a Brookfield in which nothing was found."""
    mute = replace(BROOKFIELD, facts=Facts(BROOKFIELD.facts.policy, BROOKFIELD.facts.sections))
    matrix = WHOLE.matrices[0]
    desk = Row("r1", "Desk fatigue", Agreement.ONE_PAYER,
               (Cell(LARKSPUR.file, "i1", Determination.MEDICALLY_NECESSARY, 0.41, ("few words alike",)),), (), (),
               (Silent(mute.file, (), None, "this document states no indication"),))  # fmt: skip
    columns = tuple(column for column in matrix.columns if column.file in (LARKSPUR.file, mute.file))
    alone = Matrix("foot mufflers", columns[1:])
    return Comparison(Collection((LARKSPUR, mute)), (Matrix("warmers", columns, (desk,)), alone), WHOLE.as_of)


def lines(shown: Comparison) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(comparison_csv(shown).removeprefix("\ufeff"))))


# --------------------------------------------------------------------------- reasons


def placed(score: float, doubt: str | None = None) -> Cell:
    return Cell("a.txt", "i1", Determination.MEDICALLY_NECESSARY, score, doubt=doubt)


def test_each_doubt_has_a_reason_and_no_doubt_has_none() -> None:
    assert of_statement(STIFF, placed(0.93)) == ()
    assert of_statement(DESK, None) == ("Read in prose (confidence 55\u00a0%)",)
    unsure = replace(STIFF, confidence=LOW_CONFIDENCE - 0.1)
    reasons = of_statement(unsure, placed(0.59))
    assert reasons == ("read with 50\u00a0% confidence", "the match with this row is weak (59\u00a0%)")
    lost = replace(STIFF, basis=None)
    assert of_statement(lost, placed(1.0)) == ("the words in which the payer decides were not found",)
    assert of_statement(None, placed(0.9)) == ()
    assert of_statement(STIFF, placed(0.9, "its own words\ndo not say “Gout”")) == ("its own words do not say “Gout”",)


def test_several_answers_of_one_payer_are_a_doubt() -> None:
    assert of_answers([Determination.NOT_COVERED, Determination.NOT_COVERED]) == ()
    (said,) = of_answers([Determination.MEDICALLY_NECESSARY, Determination.NOT_COVERED])
    assert said == "its statements differ: Medically necessary, Not covered"


def test_a_document_with_a_statement_or_a_clause_has_something_found_in_it() -> None:
    clause_only = replace(LARKSPUR, facts=replace(LARKSPUR.facts, indications=()))
    nothing = replace(LARKSPUR, facts=replace(LARKSPUR.facts, indications=(), catch_all=()))
    assert of_document(LARKSPUR) == of_document(clause_only) == of_document(None) == ""
    assert of_document(nothing).startswith("No determination was found")


# --------------------------------------------------------------------------- every file says them


def test_csv_says_what_to_check_and_what_was_not_found() -> None:
    stated, mute, alone = lines(doubtful())
    assert (stated["confidence"], stated["match"]) == ("0.95", "0.41")
    assert "match with this row is weak" in stated["to_check"]
    assert (mute["state"], mute["determination"]) == (NOTHING_FOUND, "")
    assert (alone["topic"], alone["row"], alone["state"]) == ("foot mufflers", "", NOTHING_FOUND)
    for line in (mute, alone):
        assert line["payer"] == "Brookfield Mutual"
        assert line["to_check"].startswith("No determination was found")


def test_csv_says_that_answers_differ() -> None:
    row = replace(WHOLE.matrices[0].rows[0], cells=(
        Cell(LARKSPUR.file, "i1", Determination.MEDICALLY_NECESSARY), Cell(LARKSPUR.file, "i2", DESK.determination)
    ))  # fmt: skip
    shown = Comparison(WHOLE.collection, (replace(WHOLE.matrices[0], rows=(row,)),), WHOLE.as_of)
    assert all("its statements differ" in line["to_check"] for line in lines(shown)[:2])


def test_sheet_says_what_to_check_and_what_was_not_found() -> None:
    book = openpyxl.load_workbook(io.BytesIO(comparison_xlsx(doubtful())))
    warmers, mufflers = (list(book[name].values) for name in ("Matrix warmers", "Matrix foot mufflers"))
    assert "to check" in str(warmers[1][4])
    assert warmers[1][5] == NOTHING_FOUND
    assert mufflers[1][2] == "No indication was found in these documents"
    assert mufflers[1][4] == NOTHING_FOUND
    heads, first, *_ = book["Cells"].values
    said: dict[Any, Any] = dict(zip(heads, first, strict=True))
    assert (said["Confidence"], said["Match"]) == (0.95, 0.41)
    assert "match with this row is weak" in str(said["To check"])
    reasons = [row[2] for row in book["Sources"].values]
    assert sum(str(reason).startswith("No determination was found") for reason in reasons) == 1


def test_html_says_what_to_check_and_what_was_not_found() -> None:
    page = LexborHTMLParser(comparison_html(doubtful()))
    stated, mute = page.css("tr.row td")
    assert [node.text() for node in stated.css("summary .doubt")] == ["to check"]
    assert "match with this row is weak" in stated.text()
    assert "95\u00a0% confidence" in stated.text()
    assert NOTHING_FOUND in mute.text()
    assert "not addressed" not in mute.text()
    assert [NOTHING_FOUND in head.text() for head in page.css("table.grid thead th")] == [False, False, True]
    assert sum("No determination was found" in row.text() for row in page.css("table.sources tbody tr")) == 2


def test_json_says_what_to_check_and_what_was_not_found() -> None:
    shown = doubtful()
    matrix = json.loads(matrix_json(shown.matrices, shown.collection, shown.as_of))["matrices"][0]
    assert "match with this row is weak" in matrix["rows"][0]["cells"][0]["doubt"]
    assert [bool(column["doubt"]) for column in matrix["columns"]] == [False, True]
    documents = json.loads(extract_json(shown.collection))["documents"]
    doubted = {column["file"]: bool(column["doubt"]) for column in matrix["columns"]}
    assert {document["file"]: bool(document["doubt"]) for document in documents} == doubted


def test_what_is_not_doubted_is_not_flagged() -> None:
    sure: Reading = HARROW
    assert of_statement(sure.facts.indications[0], placed(0.7)) == ()
    assert "to_check" in lines(WHOLE)[0]
    assert [line["to_check"] for line in lines(WHOLE) if line["payer"] == "Harrow Community Care"] == ["", "", "", ""]
