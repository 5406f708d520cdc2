"""The JSON of the contract: keys and types, anchors that count, the same bytes again."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from policyview.collection import Collection
from policyview.export.comparison import Comparison
from policyview.export.jsonfile import extract_json, matrix_json
from policyview.model import Facts, Reading, Threshold
from tests.export import made


def extract(poison: str = "") -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(extract_json(made.comparison(poison).collection))
    return loaded


def larkspur(poison: str = "") -> dict[str, Any]:
    """The document that a payer of that name wrote; they stand in the order of their names."""
    (found,) = (each for each in extract(poison)["documents"] if each["pages"] == 2)
    told: dict[str, Any] = found
    return told


def matrix(comparison: Comparison) -> dict[str, Any]:
    text = matrix_json(comparison.matrices, comparison.collection, comparison.as_of)
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_extract_has_the_keys_of_the_contract() -> None:
    whole = extract()
    assert list(whole) == ["schema", "documents", "failures", "skipped"]
    assert whole["schema"] == "policyview/extract/1"
    files = [document["file"] for document in whole["documents"]]
    assert files == sorted(files)
    assert len(files) == 4
    document = larkspur()
    keys = ("file sha256 media_type policy sections boilerplate indications catch_all codes code_rules history losses "
            "prior_authorization version_changes thresholds definitions references")  # fmt: skip
    assert set(keys.split()) <= set(document)
    assert document["boilerplate"] == [{"text": "Larkspur page", "occurrences": 2}]
    assert document["policy"]["dates"]["effective"] == "2025-03-01"
    assert document["policy"]["dates"]["retired"] is None
    assert document["policy"]["applies_to"][0]["states"] == ["OR"]
    assert document["losses"] == [{"page": 3, "reason": "Scan"}]
    assert whole["failures"][0]["file"] == "plans/locked.pdf"
    assert whole["skipped"] == ["plans/notes.bin"]


def test_indication_keeps_words_logic_and_nesting() -> None:
    stiff, desk = larkspur()["indications"]
    assert (stiff["determination"], stiff["stated"], stiff["logic"]) == (
        "medically_necessary", "medically necessary", "all",
    )  # fmt: skip
    assert [each["label"] for each in stiff["criteria"][1]["children"]] == ["a.", "b."]
    assert stiff["basis"]["quote"].startswith("A heated sleeve is medically necessary")
    assert (desk["label"], desk["stage"], desk["criteria"]) == ("", None, [])
    assert desk["doubt"] == "Read in prose"


def test_offsets_give_the_quote_also_after_half_a_surrogate_pair() -> None:
    comparison = made.comparison("\ud800")
    document = larkspur("\ud800")
    text = comparison.collection.readings[0].document.text.replace("\ud800", "\ufffd")
    for each in [*document["indications"], *document["catch_all"], *document["codes"]]:
        anchor = each["anchor"]
        assert text[anchor["start"] : anchor["end"]] == anchor["quote"]


def test_matrix_holds_every_column_once_in_every_row() -> None:
    whole = matrix(made.comparison())
    assert (whole["schema"], whole["as_of"]) == ("policyview/matrix/1", "2026-03-01")
    (one,) = whole["matrices"]
    files = sorted(column["file"] for column in one["columns"])
    for row in one["rows"]:
        states = ("cells", "broader", "catch_all", "silent")
        assert sorted(cell["file"] for state in states for cell in row[state]) == files
    assert [column["in_force"] for column in one["columns"]] == [True, True, False, True]
    assert one["columns"][0]["version"] == {"date": "2025-03-01", "which": "effective", "origin": "extracted"}
    assert one["columns"][3]["version"] is None
    assert one["rows"][1]["silent"][0]["nearest"] == {"indication": "h1", "score": 0.31}
    assert one["rows"][1]["catch_all"][0]["anchor"]["page"] == 2


def test_same_input_gives_same_bytes_in_whatever_order() -> None:
    one, other = made.comparison(), made.comparison()
    given = other.collection
    turned = replace(given, readings=given.readings[::-1], failures=given.failures[::-1], skipped=given.skipped[::-1])
    other = replace(other, collection=turned)
    assert extract_json(one.collection) == extract_json(other.collection)
    assert matrix_json(one.matrices, one.collection, one.as_of) == matrix_json(
        other.matrices, other.collection, other.as_of
    )


@pytest.mark.parametrize(("value", "written"), [(34, 34), (2.5, 2.5), ((10, 15), [10, 15]), (math.inf, None)])
def test_threshold_values_stay_as_printed(value: Any, written: Any) -> None:
    reading = made.comparison().collection.readings[0]
    threshold = Threshold("age", ">=", value, "week", "i1", "x", reading.facts.indications[0].anchor)
    told = Collection((Reading(reading.document, Facts(thresholds=(threshold,))),))
    assert json.loads(extract_json(told))["documents"][0]["thresholds"][0]["value"] == written


def test_file_name_that_is_no_utf8_is_spelled_out() -> None:
    reading = made.comparison().collection.readings[0]
    odd = Reading(replace(reading.document, file="caf\udce9.pdf"), reading.facts)
    text = extract_json(Collection((odd,), (), ("b\udcff",)))
    text.encode("utf-8")
    assert json.loads(text)["documents"][0]["file"] == "caf\\xe9.pdf"
    assert json.loads(text)["skipped"] == ["b\\xff"]
