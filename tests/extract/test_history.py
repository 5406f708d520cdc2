"""History entries from tables, dated lists and lines that end in their date; printed version tables."""

from __future__ import annotations

from pathlib import Path

from policyview.model import HistoryEntry
from tests.extract.reading import facts_of

HEAD = "# Medical Policy: Tea Cosies\n\n## Policy\n\nTea cosies are considered medically necessary for cold tea.\n\n"


def entries_of(tmp_path: Path, text: str, suffix: str = ".md") -> list[tuple[str | None, str | None, str]]:
    history: tuple[HistoryEntry, ...] = facts_of(tmp_path, HEAD + text, suffix)[1].history
    return [(entry.date, entry.type, entry.text) for entry in history]


def test_table_with_a_status(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "## History\n\n| Status | Date | Action |\n|---|---|---|\n| Revised | 08/10/2023 | Knitted wool was added. |\n"
        "|  | 1/2/2023 | Codes updated. |\n| New | 05/03/2018 | Committee review. |\n"
    )) == [
        ("2023-08-10", "revised", "Knitted wool was added."),
        ("2023-01-02", "reviewed", "Codes updated."),
        ("2018-05-03", "new", "Committee review."),
    ]


def test_span_of_time_and_type_by_words(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "## Policy History\n\n| Date | Action |\n|---|---|\n| 6/2022 | Yearly review, statements unchanged. |\n"
        "| 11/2011-4/2012 | Coding remediation. |\n| 4/2010 | Changes to the statement on lids. |\n"
    )) == [
        ("2022-06", "reviewed", "Yearly review, statements unchanged."),
        ("2011-11/2012-04", None, "Coding remediation."),
        ("2010-04", "revised", "Changes to the statement on lids."),
    ]


def test_dated_list(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, (
        "## Revision History\n\n10/2008 - Lids are covered too.\n\n06/1987 - First written for the winter of 1986.\n"
    ))
    assert [(date, text) for date, _, text in entries] == [
        ("2008-10", "Lids are covered too."), ("1987-06", "First written for the winter of 1986."),
    ]


def test_lines_that_end_in_two_dates(tmp_path: Path) -> None:
    text = (
        "Clinical Policy: Tea Cosies\n\nPolicy/Criteria\n\nTea cosies are medically necessary for cold tea.\n\n"
        "Reviews, Revisions, and Approvals Date Approval\nDate\nPolicy developed 08/13 08/13\n"
        "Split the criteria for pots and cups\nTwo knitters reviewed\n08/14 09/14\nTemplate updated 03/16\n"
        "Closing Words\nThis text has no date.\n"
    )
    history = facts_of(tmp_path, text, ".txt")[1].history
    assert [entry.date for entry in history] == ["2013-08", "2014-08", "2016-03"]
    assert history[1].text == "Split the criteria for pots and cups Two knitters reviewed"


def test_anchor_is_in_the_source(tmp_path: Path) -> None:
    document, facts = facts_of(tmp_path, HEAD + "## History\n\n| Date | Action |\n|---|---|\n| 6/2022 | Reviewed. |\n")
    (entry,) = facts.history
    assert document.text[entry.anchor.start:entry.anchor.end] == entry.anchor.quote
    assert "Reviewed." in entry.anchor.quote


def test_version_list_is_no_history(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "## Public Versions\n\n| Updated On | Effective Dates |\n|---|---|\n| 09/18/2025 | 12/01/2019 - N/A |\n"
    )) == []


def test_before_and_after(tmp_path: Path) -> None:
    _, facts = facts_of(tmp_path, HEAD + (
        "## What changed\n\n| Previous Version | Current Version |\n|---|---|\n| Wool only | Wool and felt |\n"
    ))
    assert [(change.before, change.after) for change in facts.version_changes] == [("Wool only", "Wool and felt")]


def test_second_date_column_and_approver_belong_to_their_entry(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "## History\n\n| Date | Action | Approved | By |\n|---|---|---|---|\n"
        "| 1/5/2023 | Revised: felt too. | 2/1/2023 | P&T Committee |\n"
    )) == [("2023-01-05", "revised", "Revised: felt too. P&T Committee")]


def test_history_without_a_heading_is_opened_by_its_head_line(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, (
        "## References\n\n1. Knit A. Tea. 2019.\n\nReview/Revision History Review Date\n\n"
        "01/05/2022: Lids were added.\n"
    ))
    assert [(date, text) for date, _, text in entries] == [("2022-01-05", "Lids were added.")]


def test_former_entries_name_no_codes(tmp_path: Path) -> None:
    text = "## History\n\n| Date | Action |\n|---|---|\n| 1/2020 | Added HCPCS L0001. |\n"
    assert facts_of(tmp_path, HEAD + text)[1].codes == ()


def test_status_of_a_line(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "## Change log\n\n- **2026-03-01**, revised: handle lowered by an inch.\n"
        "- **2025-02-01**, reviewed: no change.\n- **2023-06-15**, new.\n"
    )) == [
        ("2026-03-01", "revised", "handle lowered by an inch."),
        ("2025-02-01", "reviewed", "no change."),
        ("2023-06-15", "new", "new."),
    ]


def test_status_column_whose_edge_is_lost(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "HISTORY\n\n09/01/2026  Revised  Handle added to the small cosy.\n\n09/01/2025  New\n"
    ), ".txt") == [("2026-09-01", "revised", "Handle added to the small cosy."), ("2025-09-01", "new", "New")]


def test_sentence_that_begins_with_a_status_word(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "HISTORY\n\n09/01/2026 Revised handle of the cosy.\n\n09/01/2025 Knitted cosies added.\n"
    ), ".txt")[0] == ("2026-09-01", "revised", "Revised handle of the cosy.")


def test_label_and_date_alone(tmp_path: Path) -> None:
    found = entries_of(tmp_path, "## Policy history\n\nReviewed: April 2025\n\nRevised: May 2025\n")
    assert [(date, kind) for date, kind, _ in found] == [("2025-04", "reviewed"), ("2025-05", "revised")]


def test_history_told_by_the_head_of_its_table(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "## Coding\n\nCodes are given for reference.\n\n| Reviews, Revisions, and Approvals | Date | Approval Date |\n"
        "|---|---|---|\n| Handle lowered. | 08/24 | 09/24 |\n| First edition. | 06/21 | 07/21 |\n"
    )) == [("2024-08", "revised", "Handle lowered."), ("2021-06", "new", "First edition.")]


def test_table_of_contents_opens_no_history(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "## Contents\n\n- Policy History\n- References\n\nEffective: January 1, 2026\n\nLast review: October 2025\n"
    )) == []
