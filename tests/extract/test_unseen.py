"""What only stands in unseen words is kept, and is to be checked."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from policyview import pipeline, read
from policyview.collection import Collection
from policyview.export import jsonfile
from policyview.export.comparison import Comparison
from policyview.model import Facts, Reading, State
from tests.read.made import FONT, make_raw_pdf, stream

WHY = "its words are not visible on the page"


def make(path: Path, *lines: str) -> Path:
    """A page of ``lines``; those that begin with ``-`` are printed invisibly."""
    shown = "".join(f"{3 * line.startswith('-')} Tr ({line.lstrip('-')}) Tj 0 -30 Td " for line in lines)
    return make_raw_pdf(path, [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(f"BT /F 11 Tf 50 722 Td {shown} ET".encode()), FONT,
    ])


def facts_of(tmp_path: Path, *lines: str) -> Facts:
    return pipeline.facts_of(read.document(make(tmp_path / "a.pdf", *lines)))


def test_a_statement_that_the_page_does_not_show_is_doubted(tmp_path: Path) -> None:
    shown, unseen = facts_of(tmp_path, "Wing trimming is considered investigational.",
                             "-Tail trimming is considered medically necessary.").indications
    assert "Wing" in shown.text
    assert "Tail" in unseen.text
    assert (shown.doubt, unseen.doubt) == (None, WHY)
    assert unseen.confidence < 0.6


def test_a_condition_that_the_page_does_not_show_makes_its_statement_doubtful(tmp_path: Path) -> None:
    (said,) = facts_of(tmp_path, "Wing trimming is medically necessary when all of the following are met:",
                       "1. Age of 18 years or older", "-2. Two moltings were seen").indications
    assert said.doubt == "a condition or exception of it is not visible on the page"
    assert said.confidence < 0.6


def test_a_code_that_the_page_does_not_show_is_doubted(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "Coding", "CPT codes", "64553 Placing of an electrode", "-64555 Placing of another one")
    assert {code.code: code.doubt for code in facts.codes} == {"64553": None, "64555": WHY}


@pytest.mark.parametrize(("mark", "doubt"), [("", None), ("-", WHY)])
def test_a_residual_clause_that_the_page_does_not_show_is_doubted_in_every_cell_it_fills(
    tmp_path: Path, mark: str, doubt: str | None
) -> None:
    stated = make(tmp_path / "a.pdf", "Wing trimming", "Wing trimming for gout is considered medically necessary.")
    clause = f"{mark}All other uses of wing trimming are considered investigational."
    residual = make(tmp_path / "b.pdf", "Wing trimming", "Wing trimming for frostbite is medically necessary.", clause)
    readings = [Reading(document, pipeline.facts_of(document)) for document in map(read.document, (stated, residual))]
    collection, day = Collection(tuple(readings)), datetime.date(2026, 1, 1)
    matrices = pipeline.aligned(None, day, None, readings)
    comparison = Comparison(collection, matrices, day)
    (cell,) = (standing for matrix in matrices for row in matrix.rows for standing in comparison.standings(matrix, row)
               if standing.state is State.CATCH_ALL)
    assert cell.doubts == ((doubt,) if doubt else ())
    assert (WHY in jsonfile.matrix_json(matrices, collection, day)) is bool(doubt)
