"""The CSV: a record a line, each with its place, none of them a formula."""

from __future__ import annotations

import csv
import io

import pytest

from policyview.export.csvfile import comparison_csv, neutral
from tests.export import made


def lines(poison: str = "") -> list[dict[str, str]]:
    text = comparison_csv(made.comparison(poison))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_one_line_for_each_column_of_each_row() -> None:
    found = lines()
    assert len(found) == 16
    first = found[0]
    assert (first["payer"], first["state"], first["determination"]) == (
        "Larkspur Health Plan", "stated", "Medically necessary",
    )  # fmt: skip
    assert (first["document"], first["page"], first["section"]) == ("plans/larkspur mp-100.pdf", "1", "Position")
    assert first["quote"].startswith("A heated sleeve is medically necessary")
    assert (first["criteria_count"], first["match"]) == ("3", "0.93")
    assert [each["state"] for each in found[4:8]] == ["catch-all", "stated", "not addressed", "not addressed"]
    assert found[4]["quote"] == "Any other use of a limb warming sleeve is investigational."
    assert found[6]["determination"] == ""
    assert "searched: Coverage; " not in found[6]["why"]
    assert "searched: Coverage" in found[6]["why"]
    assert {each["in_force"] for each in found if each["payer"] == "Harrow Community Care"} == {"no"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "  =1", "＝1"])
def test_no_field_begins_a_formula(text: str) -> None:
    assert neutral(text).startswith("'")


def test_a_control_character_before_a_formula_is_shown_and_disarms_it() -> None:
    assert neutral("\x00=1") == "␀=1"


def test_ordinary_text_stays() -> None:
    assert neutral("\x00=1") == "␀=1"
    assert neutral("a = b, ≥ 34 weeks") == "a = b, ≥ 34 weeks"


def test_hostile_payer_name_stays_text() -> None:
    for record in lines("\n=HYPERLINK(\"http://evil.example\")"):
        assert not [value for value in record.values() if value.startswith(("=", "+", "-", "@"))]
