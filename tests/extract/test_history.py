"""History entries from tables, dated lists and lines that end in their date; printed version tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.history import entry_type
from policyview.model import HistoryEntry
from tests.extract.reading import LEXICON, facts_of

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
        ("2023-01-02", None, "Codes updated."),
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


def test_a_date_inside_a_wrapped_entry_opens_none_where_a_sign_sets_the_others_off(tmp_path: Path) -> None:
    text = (
        "## Revision History\n\n10/2008 - Lids are covered from now on too, with effect as of\n"
        "04/01/2009 (Letter 12) for those who asked\n06/1999 - Wool was added.\n06/1987 - First written.\n"
    )
    assert [(date, words) for date, _, words in entries_of(tmp_path, text)] == [
        ("2008-10", "Lids are covered from now on too, with effect as of 04/01/2009 (Letter 12) for those who asked"),
        ("1999-06", "Wool was added."), ("1987-06", "First written."),
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


def test_labelled_lists_of_dates(tmp_path: Path) -> None:
    _, facts = facts_of(tmp_path, HEAD + (
        "## 8.0 Cosy Guideline Revision / History Information\n\nOriginal Date: 1/26/2017\n\n"
        "Reviewed/Revised: 4/11/2018, March 5, 2019,\n06/2020\n"
    ))
    assert [(e.date, e.type, e.text) for e in facts.history] == [
        ("2017-01-26", "new", "Original Date"),
        ("2018-04-11", None, "Reviewed/Revised"),
        ("2019-03-05", None, "Reviewed/Revised"),
        ("2020-06", None, "Reviewed/Revised"),
    ]
    anchor = facts.history[2].anchor
    assert (anchor.quote, [a.quote for a in anchor.continues]) == ("Reviewed/Revised:", ["March 5, 2019"])
    assert (facts.policy.dates.last_review, facts.policy.dates.last_updated) == ("2020-06", None)
    assert facts.policy.dates.original_effective == "2017-01-26"


def test_labels_that_tell_no_past_are_no_entries(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, "## Policy History\n\nReview dates: 5/2019, 6/2020; Next Review: 6/2021\n")
    assert entries == [("2019-05", "reviewed", "Review dates"), ("2020-06", "reviewed", "Review dates")]


def test_dates_of_a_letterhead_where_no_history_is_printed(tmp_path: Path) -> None:
    letterhead = "Document Number: TC-12\nDate of Origin: 07/20/2010\nDates Reviewed: 09/2011, 12/2012,\n01/2013\n\n"
    rule = "Policy\n\nTea cosies are considered medically necessary for cold tea.\n"
    history = facts_of(tmp_path, letterhead + rule, ".txt")[1].history
    assert [(e.date, e.type) for e in history] == [
        ("2010-07-20", "new"), ("2011-09", "reviewed"), ("2012-12", "reviewed"), ("2013-01", "reviewed"),
    ]
    told = letterhead + rule + "\nRevision History\n\n01/2013 - Lids are covered too.\n"
    assert [e.text for e in facts_of(tmp_path, told, ".txt")[1].history] == ["Lids are covered too."]


def test_single_dates_of_a_letterhead_are_no_history(tmp_path: Path) -> None:
    text = "Last Review Date: 05/2022\nRevised: 06/2022\n\nPolicy\n\nTea cosies are considered medically necessary.\n"
    assert facts_of(tmp_path, text, ".txt")[1].history == ()


def test_who_approved_is_no_action(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "## Policy History\n\n| Review Date | Summary of Revisions | Effective | Approved by |\n|---|---|---|---|\n"
        "| 8/12/2021 | Felt lids were added. | 9/1/2021 | Cosy Board |\n"
    )) == [("2021-08-12", "revised", "Felt lids were added.")]


def test_row_of_dates_says_what_heads_the_first(tmp_path: Path) -> None:
    assert entries_of(tmp_path, (
        "## Policy History\n\n| Original Approval Date | Original Effective Date | Policy Owner |\n|---|---|---|\n"
        "| 12/1/2020 | 1/1/2021 | Kitchen Services |\n"
    )) == [("2020-12-01", "new", "Original Approval Date")]


def test_table_of_review_dates_tells_the_last_review(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + (
        "## Policy History\n\n| Review Date | Summary |\n|---|---|\n| 8/2021 | Criteria expanded. |\n"
    ))[1]
    assert (facts.history[0].type, facts.policy.dates.last_review) == ("revised", "2021-08")


def test_date_that_ends_a_sentence_opens_no_entry(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, (
        "POLICY HISTORY\n\n11/05/2024: Codes of felt removed, effective\n01/01/2025. Lids reworded too.\n\n"
        "02/03/2025: Handles added.\n"
    ), ".txt")
    assert [date for date, _, _ in entries] == ["2024-11-05", "2025-02-03"]


def test_appendix_below_the_history_is_no_part_of_it(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, (
        "## Revision History\n\n| Date | Reason |\n|---|---|\n| 4/2019 | Lids added. |\n\n"
        "### Appendix II: Sizes of pots\n\n| Pot | Size |\n|---|---|\n| Small | 2 cups |\n"
    ))
    assert entries == [("2019-04", "revised", "Lids added.")]


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        ("", "Coding section updated to add a new code for lids.", None),
        ("", "Coding section updated; criteria for lids revised.", "revised"),
        ("", "Cosy description updated to include felt. References updated.", "revised"),
        ("", "This change request is the spring maintenance of codes newly created.", None),
        ("Annual Review", "Added a statement on lids.", "revised"),
        ("Annual Review", "References brought up to date.", "reviewed"),
        ("Reviewed", "Added a sentence to the background.", "reviewed"),
        ("", "Addition to PA", "new"),
        ("", "Updated criteria for lids without change to the clinical intent.", "revised"),
        ("", "Review of the cosy drawings, no change to coverage intent.", "reviewed"),
        ("", "Update; no changes to the criteria.", "reviewed"),
    ],
)
def test_what_an_entry_says_happened(status: str, text: str, kind: str | None) -> None:
    assert entry_type(text, status, LEXICON) == kind


@pytest.mark.parametrize(
    "table",
    [
        "| Date Created | Dates Reviewed | Owner |\n|---|---|---|\n| 5/2/2010 | 06/2011, 07/2012 | |\n",
        "| Policy dates | |\n|---|---|\n| Date Created | 5/2/2010 |\n| Dates Reviewed | 06/2011, 07/2012 |\n",
    ],
)
def test_lists_of_dates_in_a_table(tmp_path: Path, table: str) -> None:
    assert entries_of(tmp_path, "## Review History\n\n" + table) == [
        ("2010-05-02", "new", "Date Created"),
        ("2011-06", "reviewed", "Dates Reviewed"),
        ("2012-07", "reviewed", "Dates Reviewed"),
    ]


def test_sentence_of_two_paragraphs_that_goes_on_with_a_date(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, (
        "## Policy History\n\n11/05/2024: Felt lids are the only lids covered, effective\n\n"
        "01/01/2025. Handles may be of wool.\n\n02/03/2025: Handles added.\n"
    ))
    assert [date for date, _, _ in entries] == ["2024-11-05", "2025-02-03"]


def test_label_of_another_date_is_no_entry(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, (
        "## Policy History\n\nLast Review 07/24/2025\n\nEffective: 03/12/1997\n\nNext Review: 05/22/2026\n"
    ))
    assert entries == [("2025-07-24", "reviewed", "Last Review")]
