"""What the formats make of two versions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from policyview import lexicon, pipeline, versions
from policyview.export.jsonfile import diff_json
from policyview.export.versions import VersionReport, redline
from policyview.export.versions_html import diff_html
from policyview.export.versions_text import diff_text
from policyview.model import Loss
from policyview.settings import Settings
from tests.versions.made import POLICY, reading_of


def report_of(folder: Path, new: str, old: str = POLICY) -> VersionReport:
    one, other = reading_of(folder, old, "old.md"), reading_of(folder, new, "new.md")
    return VersionReport(one, other, versions.compare(one, other, lexicon.load()))


def test_nothing_on_coverage_is_said_in_words(tmp_path: Path) -> None:
    report = report_of(tmp_path, POLICY.replace("January 1, 2024", "July 1, 2025"))
    assert "Nothing that bears on coverage changed." in diff_text(report)
    assert "0 on coverage, 0 on evidence or administration, 1 editorial, 1 suppressed" in diff_text(report)
    assert "Nothing that bears on coverage changed." in diff_html(report)


def test_redline_keeps_what_both_versions_have(tmp_path: Path) -> None:
    (change,) = report_of(tmp_path, POLICY.replace("18 years", "21 years")).coverage
    pieces = redline(change)
    assert [(piece.text, piece.sort) for piece in pieces] == [
        ("1. The logger is ", "same"), ("18", "old"), ("21", "new"), (" years old or older; and", "same"),
    ]  # fmt: skip
    assert "".join(piece.text for piece in pieces if piece.sort != "new") == change.before.text  # type: ignore[union-attr]


def test_json_holds_the_contracts_keys(tmp_path: Path) -> None:
    plain = json.loads(diff_json(report_of(tmp_path, POLICY.replace("18 years", "21 years"))))
    assert (plain["schema"], plain["old"]["version"]) == ("policyview/diff/1", "2024-01-01")
    (change,) = plain["changes"]
    wanted = "kind action significance bears_on before after summary why documented"
    assert change.keys() >= set(wanted.split())
    assert change["before"]["anchor"]["quote"] == "The logger is 18 years old or older; and"


def test_words_of_documents_are_text_in_the_page(tmp_path: Path) -> None:
    new = POLICY.replace("Swelling of the toes", "Swelling of <script>alert(1)</script> toes")
    page = diff_html(report_of(tmp_path, new))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_page_names_both_documents_and_every_suppressed_difference(tmp_path: Path) -> None:
    report = report_of(tmp_path, POLICY.replace("podiatrist; and", "podiatrist, and"))
    page = diff_html(report)
    assert all(reading.document.sha256 in page for reading in (report.old, report.new))
    assert "<td>punctuation</td>" in page


def test_a_version_that_states_nothing_never_looks_unchanged(tmp_path: Path) -> None:
    report = report_of(tmp_path, "A leaflet on snow.\n", "A leaflet on ice.\n")
    for shown in (diff_text(report), diff_html(report)):
        assert "Whether coverage changed cannot be told." in shown
        assert "In the older version no statement of coverage was found." in shown


def test_what_was_not_read_is_said_before_the_changes(tmp_path: Path) -> None:
    report = report_of(tmp_path, POLICY.replace("January 1, 2024", "July 1, 2025"))
    lost = replace(report.new.document, losses=(Loss(2, "Page 2 was given up."),))
    shown = diff_text(VersionReport(report.old, replace(report.new, document=lost), report.diff))
    assert "Caution: Of the newer version: Page 2 was given up." in shown
    assert "Nothing that bears on coverage changed in what could be read." in shown


def test_every_format_says_where_the_two_are_no_older_and_newer_version(tmp_path: Path) -> None:
    new = POLICY.replace("FH-12", "FH-13").replace("January 1, 2024", "January 1, 2023")
    one, other = reading_of(tmp_path, POLICY, "old.md"), reading_of(tmp_path, new, "new.md")
    report = VersionReport(one, other, pipeline.run(pipeline.compare_versions(one, other, Settings())))
    assert report.coverage == ()  # still compared
    told = (
        "These do not look like versions of one policy: the numbers differ (FH-12; FH-13).",
        ("The two seem to be given in the wrong order: the one called older is old.md (effective 2024-01-01), "
         "the one called newer new.md (effective 2023-01-01)."),
    )
    assert tuple(json.loads(diff_json(report))["cautions"]) == told
    for said in told:
        assert f"Caution: {said}" in diff_text(report)
        assert f"<li>{said}</li>" in diff_html(report)
