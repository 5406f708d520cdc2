"""What a document says of itself, wherever letterheads print it."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Policy
from tests.extract.reading import facts_of

RULE = "\n\nPolicy\n\nLawn chairs are considered medically necessary for tired gardeners.\n"


def policy_of(tmp_path: Path, text: str, suffix: str = ".txt") -> Policy:
    return facts_of(tmp_path, text + RULE, suffix)[1].policy


def test_labelled_title_block(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "Green Valley Health Plan\nClinical Policy: Lawn Chairs\nReference Number: LC.GV.12\n"
        "Effective Date: 06/13/2022\nLast Review Date: 05/22\nNext Review Date: June 2023\nLine of Business: Medicaid\n"
    ))
    assert (policy.kind, policy.authority, policy.payer) == ("medical_policy", "payer", "Green Valley Health Plan")
    assert (policy.title, policy.number) == ("Lawn Chairs", "LC.GV.12")
    dates = policy.dates
    assert (dates.effective, dates.last_review, dates.next_review) == ("2022-06-13", "2022-05", "2023-06")
    assert [line.line for line in policy.applies_to] == ["medicaid"]
    assert {name for name, _ in policy.anchors} >= {"payer", "title", "number", "dates.effective", "dates.last_review"}


def test_every_anchor_quotes_the_source(tmp_path: Path) -> None:
    text = "Subject: Lawn Chairs\nPolicy Number: 12\nPublish Date: 10/01/2024" + RULE
    document, facts = facts_of(tmp_path, text, ".txt")
    for _, anchor in facts.policy.anchors:
        assert document.text[anchor.start:anchor.end] == anchor.quote


def test_utilization_guideline(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "Clinical UM Guideline\n\nSubject: Lawn Chairs\n\nGuideline #: CG-LAWN-7\n\nStatus: Reviewed\n\n"
        "Publish Date: 10/01/2024\n\nLast Review Date: 08/08/2024\n"
    ))
    assert (policy.kind, policy.status) == ("um_guideline", "active")
    assert (policy.title, policy.number) == ("Lawn Chairs", "CG-LAWN-7")
    assert (policy.dates.published, policy.dates.last_review) == ("2024-10-01", "2024-08-08")
    assert policy.payer is None


def test_title_that_runs_over_two_lines(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "Subject: Folding and Rocking Chairs for the Lawn\n(Wood, Cane and Steel), and Hammocks\nPolicy Number: 3\n"
    ))
    assert policy.title == "Folding and Rocking Chairs for the Lawn (Wood, Cane and Steel), and Hammocks"


def test_quick_reference_table_of_an_article(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "Harbor Mutual updated its coverage policy for lawn chairs. Here's what billing teams need to know.\n\n"
        "| Field | Detail |\n|---|---|\n| Payer | Harbor Mutual |\n| Policy | Lawn Chairs |\n"
        "| Policy Code | LC 0453 |\n| Effective Date | September 26, 2025 |\n"
    ), ".md")
    assert (policy.kind, policy.authority) == ("coverage_bulletin", "third_party")
    assert (policy.title, policy.number, policy.dates.effective) == ("Lawn Chairs", "LC 0453", "2025-09-26")


def test_national_determination(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "NCD 999.4 Lawn Chairs in the Garden\nNational Coverage Determination (NCD) Lawn Chairs in the Garden 999.4\n"
        "Version 3; effective 03/13/2008; implementation 08/04/2008\n"
    ))
    assert (policy.authority, policy.number) == ("medicare_national", "999.4")
    assert policy.title == "Lawn Chairs in the Garden"
    assert policy.dates.effective == "2008-03-13"
    assert [line.line for line in policy.applies_to] == ["medicare"]


def test_clinical_reference(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "What are the uses of lawn chairs in tired gardeners?\n\nMedical Advisory Board\n"
        "For educational purposes only\n\nLast updated: October 7, 2025View policy\n"
    ))
    assert (policy.kind, policy.authority, policy.payer) == ("clinical_reference", "reference", None)
    assert policy.dates.last_updated == "2025-10-07"
    assert policy.title == "What are the uses of lawn chairs in tired gardeners?"


def test_list_of_review_dates_counts_by_its_last(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "Title: Lawn Chairs\nDates Reviewed: 09/2010, 12/2012, 2/2020, 03/2025\n")
    assert policy.dates.last_review == "2025-03"


def test_leader_dots(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "Title: Lawn Chairs\nEffective Date ....................3/15/2026\n")
    assert policy.dates.effective == "2026-03-15"


def test_original_date_alone_is_the_effective_one(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "Title: Lawn Chairs\nOriginal Effective Date: 07/15/2020\n")
    assert (policy.dates.effective, policy.dates.original_effective) == ("2020-07-15", "2020-07-15")


def test_original_date_of_a_revised_policy_is_not(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "Title: Lawn Chairs\nOriginal Effective Date: 07/15/08\nRevised: 03/15/2026\n")
    assert (policy.dates.effective, policy.dates.last_updated) == (None, "2026-03-15")


def test_a_review_in_the_history_dates_the_policy(tmp_path: Path) -> None:
    policy = facts_of(tmp_path, (
        "# Medical Policy Lawn Chairs\n\n## Policy\n\nLawn chairs are medically necessary.\n\n## Policy History\n\n"
        "| Date | Action |\n|---|---|\n| 6/2022 | Annual review. |\n| 7/2021 | New policy. |\n"
    ))[1].policy
    assert policy.dates.last_review == "2022-06"


@pytest.mark.parametrize(
    "text",
    [
        "Records from after the effective date of 3/2019 are needed.",
        "Boards reviewed 12 chairs in 2019.",
    ],
)
def test_dates_of_sentences_are_not_the_policys(tmp_path: Path, text: str) -> None:
    dates = policy_of(tmp_path, f"Title: Lawn Chairs\n\n{text}\n").dates
    assert (dates.effective, dates.last_review) == (None, None)


def test_ticked_boxes_and_states(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "Drug Management Policy\nLawn Chairs\nPolicy Number: 9.129\nImpacted Products\n☐ All Products\n☒ NH Medicaid\n"
        "☐ NH Medicare Advantage\n"
    ))
    assert [(line.line, line.states) for line in policy.applies_to] == [("medicaid", ("New Hampshire",))]


def test_a_local_determination_by_its_own_words(tmp_path: Path) -> None:
    text = "For the items addressed in this LCD rules hold.\n\nIt must meet the limitations in this LCD.\n"
    assert policy_of(tmp_path, text).authority == "medicare_local"
    assert policy_of(tmp_path, text.replace("this LCD", "this text")).authority == "payer"


def test_contractor_of_a_local_determination(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "Local Coverage Determination (LCD)\nLawn Chairs\nL99999\nContractor Information\n"
        "Lakeside Claims Solutions, LLC A and B MAC J-X Oregon\nLakeside Claims Solutions, LLC A and B MAC J-X Utah\n"
    ))
    assert (policy.authority, policy.number) == ("medicare_local", "L99999")
    assert policy.payer == "Lakeside Claims Solutions, LLC"
    assert policy.applies_to[0].states == ("Oregon", "Utah")


@pytest.mark.parametrize(
    ("text", "payer"),
    [
        ("Meadow Health Medical Coverage Policy\nSubject: Lawn Chairs\n", "Meadow Health"),
        ("BRIAR & STONE HEALTH\nSubject: Lawn Chairs\n", "BRIAR & STONE HEALTH"),
        ("Stonewall Medicare Advantage\nSubject: Lawn Chairs\n", "Stonewall Medicare Advantage"),
        ("Stonewall Community Plan\nSubject: Lawn Chairs\nA rule of the Kansas Medicaid program may be wider.\n",
         "Stonewall Community Plan"),
    ],
)
def test_payer_by_the_shape_of_the_letterheads_name(tmp_path: Path, text: str, payer: str) -> None:
    assert policy_of(tmp_path, text).payer == payer


@pytest.mark.parametrize("words", ["Mental Health", "National Institutes of Health", "Public Health"])
def test_names_of_other_things_are_no_payer(tmp_path: Path, words: str) -> None:
    assert policy_of(tmp_path, f"Subject: Lawn Chairs\n{words} and gardens\n").payer is None


def test_short_names_count_in_the_letterhead_only(tmp_path: Path) -> None:
    text = "Subject: Lawn Chairs\n" + "A chair is a seat. " * 30 + "\nRefer to Meadow Health for seats.\n"
    assert policy_of(tmp_path, text).payer is None


def test_headline_of_an_article(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "THE GARDEN GAZETTE\nNews for chairmakers\n\nMeadow widens its lawn chair rule in June\n\n"
        "Meadow Health has changed coverage policy MH-MED-0417, Lawn Chairs. Here is what your team needs.\n\n"
        "This newsletter is not published by Meadow Health.\n"
    ))
    assert (policy.kind, policy.authority) == ("coverage_bulletin", "third_party")
    assert policy.title == "Meadow widens its lawn chair rule in June"
    assert (policy.payer, policy.number) == ("Meadow Health", "MH-MED-0417")


def test_boxes_in_one_cell(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "# Lawn Chairs\n\n| | |\n|---|---|\n| Policy number | LC-1 |\n"
        "| Line of business | ☐ Commercial ☐ Medicare Advantage ☒ Medicaid |\n"
    ), ".md")
    assert [line.line for line in policy.applies_to] == ["medicaid"]


def test_a_field_that_denies(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, (
        "# Lawn Chairs\n\n| | |\n|---|---|\n| **Applies to** | Commercial plans |\n"
        "| **Does not apply to** | Medicare Advantage |\n\n## How this policy relates to Medicare\n\nIt does not.\n"
    ), ".md")
    assert [line.line for line in policy.applies_to] == ["commercial"]


def test_criteria_number_is_a_label(tmp_path: Path) -> None:
    assert policy_of(tmp_path, "Drug: Feltanib\nCriteria number:   LC-RX-310\n").number == "LC-RX-310"


def test_the_head_of_the_history_labels_no_date(tmp_path: Path) -> None:
    filler = "\n\n## Description\n\n" + "A lawn chair stands on grass. " * 60
    policy = policy_of(tmp_path, (
        f"# Lawn Chairs\n\nEffective Date: 10/01/2026{filler}\n\n## Revision Log\n\n"
        "| Date | Revision |\n|---|---|\n| 10/02/2026 | First edition. |\n"
    ), ".md")
    assert (policy.dates.effective, policy.dates.last_updated) == ("2026-10-01", None)


def test_number_that_leads_the_title(tmp_path: Path) -> None:
    assert policy_of(tmp_path, "Title: LCP-11 Lawn Chairs\nEffective Date: 6/25/25\n").number == "LCP-11"


def test_review_that_a_sentence_tells_anywhere(tmp_path: Path) -> None:
    before = "\nGuidelines\n\n" + "Chairs have legs. " * 90
    text = "Lawn Chairs\n" + RULE + before + "\n\nDescription\n\nOf wood.\n\n(This guideline last reviewed May 2019.)\n"
    assert facts_of(tmp_path, text, ".txt")[1].policy.dates.last_review == "2019-05"


@pytest.mark.parametrize(
    "line",
    [
        "Centers for Medicare & Medicaid Services (CMS) national rules",
        "For Medicare members, please refer to the bench rule",
        "rule for Medicare Advantage plans. Please refer to the bench rule",
    ],
)
def test_line_that_points_elsewhere_names_no_line_of_business(tmp_path: Path, line: str) -> None:
    assert policy_of(tmp_path, f"Lawn Chairs\n{line}\n").applies_to == ()


def test_masthead_of_the_same_size_is_no_part_of_the_title(tmp_path: Path) -> None:
    text = "# Cigna Medical Coverage Policy - Garden Services\n\n# Lawn Chairs for Tired Gardeners\n"
    assert policy_of(tmp_path, text, ".md").title == "Lawn Chairs for Tired Gardeners"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Skip to Content\n\nPrint Back\n\nlc-012\n\nLawn Chairs\n\nCategory: Garden\n", "Lawn Chairs"),
        ("Coverage Policy Manual\nCategory: Garden\nLast Review: May 2024\n  Lawn Chairs\n", "Lawn Chairs"),
        ("1.02.34 Lawn Chairs for Gardeners Effective Date: May 1, 2021 Page: 3\n", "Lawn Chairs for Gardeners"),
        ("Clinical Policy: Lawn ChairsReference Number: LC.MP.9\n", "Lawn Chairs"),
        ("Program: Prior Authorization/Notification\nMedication: Oakstat\n", "Oakstat"),
        ("Lawn chairs may be considered medically necessary when\nALL\nof these hold\n", None),
        ("Criteria\nPreferred Chair\n", None),
        ("MEDICALLY NECESSARY\nRocking of the member\n", None),
        ("Resting on the lawn for a minimal period of three months AND\n", None),
        ("Meadow Garden Policy Manual\nCovered Chair: Yes\n", None),
        ("National Medical Policy\nPolicy Number:\nApril 2006, April 2008, October 2009,\nNovember 2010\n", None),
    ],
)
def test_title_among_the_lines_of_a_page(tmp_path: Path, text: str, title: str | None) -> None:
    rule = "\nPolicy\n\nLawn chairs are considered medically necessary for tired gardeners.\n"
    assert facts_of(tmp_path, text + rule, ".txt")[1].policy.title == title


def test_title_of_brands_that_breaks_off(tmp_path: Path) -> None:
    text = "Medication: Feltanib: Oakstat (feltanib-abcd), Elmstat (feltanib-efgh), Ashstat (feltanib-ijkl),\n"
    assert policy_of(tmp_path, text).title == "Feltanib"


@pytest.mark.parametrize(
    ("text", "payer"),
    [
        ("Coverage Guidelines Meadow Health Plan may pay for lawn chairs.\n", "Meadow Health Plan"),
        ("Rules on chairs\nOakfield, Inc. considers lawn chairs medically necessary for all.\n", "Oakfield, Inc."),
        ("BlueCross BlueShield of Ohio Medical Policy Manual\n\nLawn Chairs\n", "BlueCross BlueShield of Ohio"),
        ("Lawn Chairs\nFederal Employee Program members (FEP) should ask their dealer.\n", None),
        ("Lawn Chairs\nThe Plan considers lawn chairs medically necessary for the tired.\n", None),
    ],
)
def test_payer_by_what_the_text_says_of_it(tmp_path: Path, text: str, payer: str | None) -> None:
    assert policy_of(tmp_path, text).payer == payer


@pytest.mark.parametrize(
    ("printed", "payer"),
    [("CMS", "CMS"), ("Centers for Medicare and Medicaid Services", "Centers for Medicare & Medicaid Services")],
)
def test_the_national_agency_has_one_name_in_the_words_that_are_printed(
    tmp_path: Path, printed: str, payer: str
) -> None:
    text = f"National Coverage Determination (NCD)\nLawn Chairs 12.3\n{printed} covers them.\n"
    assert policy_of(tmp_path, text).payer == payer


def test_a_copyright_holders_address_is_no_jurisdiction(tmp_path: Path) -> None:
    text = (
        "Local Coverage Determination (LCD)\nLawn Chairs L12345\nJurisdiction J - F Oregon\n"
        "Copyright © 2025, the Lawn Association, Chicago, Illinois.\nMeadow Street 1, Salem, OH 43210, Ohio\n"
    )
    assert [line.states for line in policy_of(tmp_path, text).applies_to] == [("Oregon",)]


def test_a_payers_name_tells_the_line_of_business(tmp_path: Path) -> None:
    text = "Subject: Lawn Chairs\n\n" + "Chairs stand on grass.\n" * 60 + "Federal Employee Program\nDry grass.\n"
    policy = policy_of(tmp_path, text)
    assert (policy.payer, [line.line for line in policy.applies_to]) == ("Federal Employee Program", ["fep"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Subject: Lawn Chairs\nPolicy #: LAWN.00037Current Effective Date: 01/14/2014\n", "LAWN.00037"),
        ("Lawn Chairs\nNumber 7.01.999\nReplaces N/A\n", "7.01.999"),
        ("Title: Lawn Chairs Original Date: 11/6/2016 Policy #: LC.999.D Version [D]\n", "LC.999.D"),
        ("Clinical Policy: Lawn ChairsReference Number: LC.MP.99 Revision Log\n", "LC.MP.99"),
        ("Policy Number: LAWN: 3.48\nSee another policy (policy number LAWN 3.14) for tables.\n", "LAWN: 3.48"),
        ("Lawn chairs (E1037, E1038, K0001) are covered when all are met.\n", None),
    ],
)
def test_number_beside_other_words(tmp_path: Path, text: str, number: str | None) -> None:
    assert policy_of(tmp_path, text).number == number


@pytest.mark.parametrize(
    ("text", "field", "iso"),
    [
        ("Effective Date of this Version: 5/1/2023\n", "effective", "2023-05-01"),
        ("Effective for dates of service May 1, 2023, and after:\n", "effective", "2023-05-01"),
        ("The policy will go into effect October 1, 2018.\n", "effective", "2018-10-01"),
        ("The new policy took effect on January 1, 2014.\n", "effective", "2014-01-01"),
        ("Approved: 3/07\nReviewed: 2/08, 3/10, 1/17\n", "last_review", "2017-01"),
        ("Approved: 3/07\n", "last_review", "2007-03"),
        ("Revised: 2/11; 10/12; 8/15, 1/16, 3/20\n", "last_updated", "2020-03"),
    ],
)
def test_date_labels(tmp_path: Path, text: str, field: str, iso: str) -> None:
    assert getattr(policy_of(tmp_path, f"Lawn Chairs\n{text}").dates, field) == iso


def test_a_date_alone_at_the_end_is_the_last_update(tmp_path: Path) -> None:
    end = "\nDisclaimer\n\nChairs may tip.\n\nMay 12, 2024\n\nAll rights reserved.\n"
    assert facts_of(tmp_path, "Lawn Chairs\n" + RULE + end, ".txt")[1].policy.dates.last_updated == "2024-05-12"
    dated = "Lawn Chairs\nEffective Date: 1/2/2020\n" + RULE + end
    assert facts_of(tmp_path, dated, ".txt")[1].policy.dates.last_updated is None


@pytest.mark.parametrize(
    ("head", "number", "title"),
    [
        ("Commercial\nAdvanced Search\n\nLawn Chairs\n05.00.25j\n", "05.00.25j", "Lawn Chairs"),
        ("Medicare Advantage\n\nLawn Chairs\nMA07.022e\n", "MA07.022e", "Lawn Chairs"),
        ("Close Window\nClinical Policy Bulletin:\nLawn Chairs\nNumber: 0262\n", "0262", "Lawn Chairs"),
        ("CG-LAWN-47 Lawn Chairs\n", "CG-LAWN-47", "CG-LAWN-47 Lawn Chairs"),
        ("Lawn Chairs - CAM 001\n", "CAM 001", "Lawn Chairs - CAM 001"),
        ("Lawn Chairs ABC – M2032\n", "ABC – M2032", "Lawn Chairs ABC – M2032"),
        ("Lawn Chairs\n\nNumber 7.01.132\n\nRelated Policies\n\n7.01.131\n", "7.01.132", "Lawn Chairs"),
        ("Lawn Chairs\nMEDICAL POLICY TITLE LAWN CHAIRS POLICY NUMBER MP 6.028 2002\n", "MP 6.028", "Lawn Chairs"),
        ("Lawn Chairs\nMEDICAL POLICY No. 91554-R2 LAWN CHAIRS Status: Current\n", "91554-R2", "Lawn Chairs"),
    ],
)
def test_numbers_and_titles_amid_the_frame_of_a_page(tmp_path: Path, head: str, number: str, title: str) -> None:
    policy = policy_of(tmp_path, head)
    assert (policy.number, policy.title) == (number, title)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Archived Policies - Medicine\n\nLawn Chairs\n", "retired"),
        ("FROM: The garden\nSUBJECT: Proposed National Coverage Determination for Lawn Chairs\n", "draft"),
        ("Lawn Chairs\nProposed LCD comments are on file.\n", None),
    ],
)
def test_standing_that_a_line_of_the_letterhead_tells(tmp_path: Path, head: str, status: str | None) -> None:
    assert policy_of(tmp_path, head).status == status


def test_dates_whose_labels_lost_the_blank_before_them_or_say_of_what(tmp_path: Path) -> None:
    glued = policy_of(tmp_path, "Subject: Lawn Chairs\nDocument #: LAWN.12Publish Date: 06/28/2024\n")
    assert glued.dates.published == "2024-06-28"
    current = policy_of(tmp_path, "Subject: Lawn Chairs\nEffective Date of current policy: 9/01/2018\n")
    assert current.dates.effective == "2018-09-01"
    service = policy_of(tmp_path, "Lawn Chairs\n\nEffective for dates of service on and after October 16, 2023:\n")
    assert service.dates.effective == "2023-10-16"


@pytest.mark.parametrize(("letterhead", "title", "number", "status"), [
    ("Oak Health Plan\nArchived Policy\nMP-123.45\nToe Warming\nStatus: Archived",
     "Toe Warming", "MP-123.45", "retired"),
    ("OAK HEALTH PLAN\nClinical Policy\nToe Warming                      CP.MP.77\nThis policy has been retired.",
     "Toe Warming", "CP.MP.77", "retired"),
    ("Oak Health Plan | Medical Guideline | 02-33000-12\nSubject: Toe Warming\nDRAFT",
     "Toe Warming", "02-33000-12", "draft"),
    ("Oak Health Plan\nToe Warming\nPolicy #: 412 Latest Review Date: March 2024\nINACTIVE POLICY",
     "Toe Warming", "412", "retired"),
    ("Proposed Local Coverage Determination (LCD): Toe Warming\nOak Health Plan", "Toe Warming", None, "draft"),
    ("Oak Health Plan\nToe Warming\nPolicy\n1. The toes are cold.", "Toe Warming", None, None),
])
def test_letterheads_without_labels(
    tmp_path: Path, letterhead: str, title: str, number: str | None, status: str | None
) -> None:
    text = f"{letterhead}\n\nCoverage\n\nToe warming is covered for gout.\n"
    _, facts = facts_of(tmp_path, text, ".txt")
    policy = facts.policy
    assert (policy.title, policy.number, policy.status) == (title, number, status)
    assert (policy.payer or "").casefold() == "oak health plan"
