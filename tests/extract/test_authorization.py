"""Prior-authorization rules by product and setting; silence is no rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import facts_of

HEAD = "# Medical Policy: Oak Barrels\n\n## Policy\n\nOak barrels are considered medically necessary for cider.\n\n"


def rules_of(tmp_path: Path, text: str) -> list[tuple[str, str, str, str]]:
    facts = facts_of(tmp_path, HEAD + text)[1]
    return [(rule.product, rule.setting, rule.kind, rule.required) for rule in facts.prior_authorization]


def test_settings_and_a_table_of_products(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Prior Authorization\n\n### Inpatient\n\n- Precertification is required for all products when barrels are "
        "rolled inpatient.\n\n### Outpatient\n\n"
        "- See below for the cellars whose barrels might need prior "
        "authorization, which might be required there.\n\n"
        "|  | Outpatient |\n|---|---|\n| Cellar HMO | Prior authorization is **not required**. |\n"
        "| Cellar PPO | Prior authorization is **required**. |\n"
    )) == [
        ("all products", "inpatient", "prior", "yes"),
        ("Cellar HMO", "outpatient", "prior", "no"),
        ("Cellar PPO", "outpatient", "prior", "yes"),
    ]


def test_perhaps(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Billing\n\nThe form does not mandate PA, but individual cellar contracts may. Do not assume that silence "
        "means no prior authorization is required.\n"
    )) == [("individual cellar contracts", "any", "prior", "maybe")]


def test_second_review_is_not_prior_authorization(tmp_path: Path) -> None:
    assert rules_of(tmp_path, "## Notes\n\nStorage beyond 48 hours requires secondary review by a cooper.\n") == [
        ("Oak Barrels: Storage beyond 48 hours", "any", "secondary_review", "yes"),
    ]


def test_former_version_is_no_rule(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Changes\n\n| Previous Version | Current Version |\n|---|---|\n"
        "| Prior authorization is not needed | Of new barrels prior authorization is required |\n"
    )) == [("Oak Barrels", "any", "prior", "yes")]


@pytest.mark.parametrize(
    "text",
    [
        "## Notes\n\nTo determine if prior authorization is required, call the cellar.\n",
        "## History\n\n| Date | Action |\n|---|---|\n| 1/2020 | Prior authorization is required from now on. |\n",
        "## Notes\n\nRequests for prior authorization go to the cellar.\n",
        "## Notes\n\nOpen the lookup page to learn of barrels, or if prior authorization is needed for one.\n",
        "## Notes\n\n\\* Requires Prior Authorization\n",
        "## Required information for prior authorization review\n\nThe age of the barrel.\n",
        "## Notes\n\nRequired information for the prior authorization review\n",
    ],
)
def test_no_rule(tmp_path: Path, text: str) -> None:
    assert rules_of(tmp_path, text) == []


def test_two_products_and_what_it_takes_up(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Prior Authorization\n\nPrior authorization is required for outpatient barrels under HMO plans and under "
        "PPO plans. It is not required while the cider is inpatient; tell us of the casking within 2 business days.\n"
    )) == [
        ("HMO", "outpatient", "prior", "yes"),
        ("PPO", "outpatient", "prior", "yes"),
        ("Oak Barrels", "inpatient", "prior", "no"),
        ("Oak Barrels", "inpatient", "notification", "yes"),
    ]


def test_a_line_that_points_to_a_table_is_no_rule(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Prior Authorization\n\n### Outpatient\n\n"
        "- The table shows for which cellars prior authorization is required.\n"
    )) == []


@pytest.mark.parametrize(
    ("sentence", "product", "required"),
    [
        ("Prior approval is recommended for pharmacy benefit coverage of Oakstat.", "Oakstat", "yes"),
        ("Preferred products OAKSTAT AND ELMSTAT do not require prior authorization.", "OAKSTAT AND ELMSTAT", "no"),
        ("Precertification is required for Oakstat, Elmstat and Ashstat.", "Oakstat, Elmstat and Ashstat", "yes"),
        ("Prior approval of Oakstat is necessary before the cellar opens.", "Oakstat", "yes"),
        ("Oakstat must be pre-authorized.", "Oakstat", "yes"),
        ("Elmstat is exempt from prior authorization.", "Elmstat", "no"),
        ("Oakstat IV is covered under the medical benefit with prior approval.", "Oakstat IV", "yes"),
        ("Prior authorization is (or may be) required for these barrels.", "Oak Barrels", "maybe"),
        ("Prior approval may be needed for these agents.", "these agents", "maybe"),
        ("The drugs listed below may not be here and may require prior approval.", "The drugs listed below", "maybe"),
        ("Prior approval is required.", "Oak Barrels", "yes"),
        ("Some barrels, such as those of oak, may require prior authorization.", "Oak Barrels", "maybe"),
        ("Members under 20 years of age need prior approval.", "Oak Barrels: Members under 20 years of age", "yes"),
        ("Prior authorization is needed for use beyond 12 days.", "Oak Barrels: use beyond 12 days", "yes"),
        ("Elmstat no longer requires a PA.", "Elmstat", "no"),
    ],
)
def test_the_drug_a_sentence_speaks_of(tmp_path: Path, sentence: str, product: str, required: str) -> None:
    assert rules_of(tmp_path, f"## Notes\n\n{sentence}\n") == [(product, "any", "prior", required)]


def test_a_column_of_answers(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Coding\n\n| HCPCS Code | Brand Name | Prior Approval |\n|---|---|---|\n"
        "| J0001 | Oakstat | Y |\n| J0002 | Elmstat | N |\n| J0003 | Ashstat | Y Gone next May |\n"
    )) == [("Oakstat", "any", "prior", "yes"), ("Elmstat", "any", "prior", "no"), ("Ashstat", "any", "prior", "yes")]


def test_a_row_is_about_the_drug_it_names(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Limits\n\n| Drug | What holds |\n|---|---|\n"
        "| OAKSTAT | Coopers of ten years and younger will require prior authorization before the cellar is opened. |\n"
        "| Notes | Prior authorization is required wherever two or more barrels are rolled on one day in a cellar. |\n"
    )) == [("OAKSTAT", "any", "prior", "yes"), ("Oak Barrels", "any", "prior", "yes")]


def test_a_label_and_its_answer(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Summary\n\n| Cellar | North |\n|---|---|\n| Prior authorization required? | No |\n"
    )) == [("Oak Barrels", "any", "prior", "no")]


def test_a_list_of_drugs_below_the_rule(tmp_path: Path) -> None:
    assert rules_of(tmp_path, "## Notes\n\nThe following drugs require prior approval:\n\n- Oakstat\n- Elmstat\n") == [
        ("Oakstat", "any", "prior", "yes"), ("Elmstat", "any", "prior", "yes"),
    ]


def test_background_states_a_rule_only_where_it_begins_with_it(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Background\n\nIn a survey of coopers most cellars said that prior authorization is required.\n\n"
        "Prior approval is required to ensure the safe use of Oakstat while it ripens.\n"
    )) == [("Oakstat", "any", "prior", "yes")]


def test_notification_within_a_time(tmp_path: Path) -> None:
    assert rules_of(tmp_path, "## Notes\n\nThe rolling of barrels requires timely notification of the cellar.\n") == [
        ("The rolling of barrels", "any", "notification", "yes"),
    ]


def test_background_states_a_rule_for_the_people_it_begins_with(tmp_path: Path) -> None:
    assert rules_of(tmp_path, (
        "## Background\n\nFor members under the age of 9 years, the barrel rolls without a coverage review.\n"
    )) == [("Oak Barrels: members under the age of 9 years", "any", "prior", "no")]


def test_a_title_block_names_its_program(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, (
        "| Program Number | 7 |\n|---|---|\n| Program | Prior Authorization/Notification |\n"
        "| Medication | Oakstat |\n\n"
        "## Coverage Criteria\n\nOakstat is medically necessary for cider.\n"
    ))[1]
    assert [(r.product, r.required) for r in facts.prior_authorization] == [("Oakstat", "yes")]
