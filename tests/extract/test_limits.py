"""Approval periods, amounts and frequencies that stand beside the statements go to the uses that they limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.limit_words import kind_of_heading, kind_of_line
from tests.extract.reading import LEXICON, indications_of

HEAD = "# Medical Policy: Warmol\n\n## Policy\n\n"
TOES = "Warmol is covered for toeitis when all of the following are met:\n\n- Toes are white\n- Snow lies\n\n"
EARS = "Warmol is covered for nightcap syndrome when all are met:\n\n- Ears are red\n- Frost is near\n\n"
STAGES = f"{HEAD}### Initial authorization\n\n{TOES}### Reauthorization\n\n{EARS}"


def limits(tmp_path: Path, text: str, suffix: str = ".md") -> list[list[str]]:
    return [[limit.text for limit in use.limits] for use in indications_of(tmp_path, text, suffix)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Approval duration: 6 months", "approval_period"),
        ("Length of authorization - one year", "approval_period"),
        ("Initial DOA: 4 months", "approval_period"),
        ("Re-approval: one year [must meet both]", "approval_period"),
        ("Toeitis: approve for 1 year", "approval_period"),
        ("Authorization will be issued for 12 months.", "approval_period"),
        ("Prior authorization validity will be provided initially for six (6) months", "approval_period"),
        ("Coverage may be renewed annually", "approval_period"),
        ("Authorization will be for one induction dose", "approval_period"),
        ("Treatment will be limited to a 14-day course", "duration"),
        ("Quantity level limit: see the formulary", "quantity"),
        ("We expect no more than two visits to be billed per 365 days", "quantity"),
        ("Trials are limited to three wires with a spool", "quantity"),
        ("Covered once per lifetime", "quantity"),
        ("The benefit is limited to one nightcap every three years", "quantity"),
        ("It is best not to exceed 80 mg of Warmol per session", "dose"),
        ("Approved for children ≤ 5 years of age", None),
        ("Authorization is required for members aged 6 years", None),
        ("The member was approved within the past 6 months", None),
        ("Member has had cold toes for 6 months", None),
        ("Initial dose: 3 tubes", None),
    ],
)
def test_what_is_a_limit(text: str, kind: str | None) -> None:
    assert kind_of_line(text, LEXICON) == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Approval Duration", "approval_period"),
        ("II. Length of Authorization 1-9", "approval_period"),
        ("Prior – Approval Renewal Limits", "approval_period"),
        ("Quantity limits and duration:", "quantity"),
        ("Coverage criteria", None),
        ("Duration of illness", None),
    ],
)
def test_headings_of_limits(heading: str, kind: str | None) -> None:
    assert kind_of_heading(heading, LEXICON) == kind


@pytest.mark.parametrize("line", ["Approval duration: 6 months", "Authorization will be issued for 12 months."])
def test_a_line_below_a_list_limits_the_use_above(tmp_path: Path, line: str) -> None:
    assert limits(tmp_path, f"{HEAD}{TOES}{EARS}{line}\n") == [[], [line.rstrip(".")]]
    assert limits(tmp_path, f"{HEAD}{TOES}{line}\n\n{EARS}{line}\n") == [[line.rstrip(".")]] * 2


def test_a_line_before_the_next_sibling_limits_the_one_before(tmp_path: Path) -> None:
    text = (
        "Limb Warming\n\nPolicy\n\n"
        "a. Warmol 45 mg will be approved when all of these criteria are met:\n"
        "   (1) Toes are white\n   (2) Snow lies\n\nAuthorization will be issued for 12 months.\n\n"
        "b. Warmol 90 mg will be approved when all of these criteria are met:\n"
        "   (1) Ears are red\n   (2) Frost is near\n\nAuthorization will be issued for 6 months.\n"
    )
    assert limits(tmp_path, text, ".txt") == [
        ["Authorization will be issued for 12 months"], ["Authorization will be issued for 6 months"],
    ]


def test_one_line_after_the_uses_of_one_statement_limits_them_all(tmp_path: Path) -> None:
    text = f"{HEAD}Warmol is covered for the following indications:\n\n- Toeitis\n- Gout\n\nApprove for 1 year.\n"
    assert limits(tmp_path, text) == [["Approve for 1 year"]] * 2


AMOUNTS = ["Quantity 4 tubes\n\nDuration 3 months", "| Quantity | 4 tubes |\n|---|---|\n| Duration | 3 months |"]


@pytest.mark.parametrize("values", AMOUNTS)
def test_sections_of_limits_are_of_the_stage_in_their_heading(tmp_path: Path, values: str) -> None:
    more = values.replace("3 months", "12 months").replace("4 tubes", "9 tubes")
    sections = f"## Prior-Approval Limits\n\n{values}\n\n## Prior-Approval Renewal Limits\n\n{more}\n"
    found = limits(tmp_path, STAGES + sections)
    assert [sorted(" ".join(text.split()) for text in texts) for texts in found] == [
        ["Duration 3 months", "Quantity 4 tubes"], ["Duration 12 months", "Quantity 9 tubes"],
    ]


def test_the_same_as_above(tmp_path: Path) -> None:
    sections = "## Prior-Approval Limits\n\nDuration 3 months\n\n## Prior-Approval Renewal Limits\n\nSame as above\n"
    assert limits(tmp_path, STAGES + sections) == [["Duration 3 months"]] * 2


def test_the_lines_of_a_section_of_limits_name_stage_and_condition(tmp_path: Path) -> None:
    text = (
        f"{HEAD}{TOES}Warmol is covered for gout.\n\n### Reauthorization\n\n{EARS}"
        "## Length of authorization\n\n- Initial: 6 months\n    - Gout: 8 weeks\n- Renewal: 12 months\n"
    )
    first, second = "Initial: 6 months", "Renewal: 12 months"
    assert limits(tmp_path, text) == [[first], [first, "Gout: 8 weeks"], [second]]


def test_a_section_of_limits_printed_again_is_of_the_uses_before_it(tmp_path: Path) -> None:
    text = (
        f"{HEAD}{TOES}### Approval duration\n\nAll members: 12 months\n\n"
        f"### Ears\n\n{EARS}### Approval duration\n\n6 months\n"
    )
    assert limits(tmp_path, text) == [["All members: 12 months"], ["6 months"]]


GOUT = "### Gout\n\nWarmol is covered for gout.\n\n"


@pytest.mark.parametrize(
    ("named", "of_gout"),
    [
        ("Snow blindness: 8 weeks", None),  # no use carries the name
        ("Gouty toes: 8 weeks", None),
        ("Repeat kits for gout and toeitis: 8 weeks", None),  # narrower than the use
        ("Gout and snow blindness: 8 weeks", "Gout and snow blindness: 8 weeks"),
    ],
)
def test_a_named_line_is_of_the_uses_of_that_name_alone(tmp_path: Path, named: str, of_gout: str | None) -> None:
    general = "Initial: 6 months, unless otherwise specified"
    text = f"{HEAD}{TOES}{GOUT}## Length of authorization\n\n- {general}\n    - {named}\n"
    assert limits(tmp_path, text) == [[general], [of_gout or general]]


@pytest.mark.parametrize("said", ["All lines of business (except Northcare)", "Commercial members", "Initial requests"])
def test_words_for_all_before_a_colon_are_no_name(tmp_path: Path, said: str) -> None:
    text = f"{HEAD}{TOES}{GOUT}## Length of authorization\n\n{said}: 6 months\n"
    assert limits(tmp_path, text) == [[f"{said}: 6 months"]] * 2


def test_a_limit_of_a_narrower_thing_is_of_the_uses_that_speak_of_it(tmp_path: Path) -> None:
    text = f"{HEAD}{TOES}Warmol trials are covered for gout.\n\n## Utilization guidelines\n\n{{}}\n"
    one, other = "Trials will be limited to three tubes of paste.", "Services will be limited to three tubes of paste."
    assert limits(tmp_path, text.format(one)) == [[], [one[:-1]]]
    assert limits(tmp_path, text.format(other)) == [[other[:-1]]] * 2


@pytest.mark.parametrize("heading", ["Quantity limits", "Quantity limits apply", "Dispensing limits"])
def test_a_heading_without_amounts_is_no_limit(tmp_path: Path, heading: str) -> None:
    assert limits(tmp_path, f"{HEAD}{TOES}## {heading}\n\nThe list is kept by the nurse.\n") == [[]]


def test_a_bare_label_below_a_list_is_no_limit(tmp_path: Path) -> None:
    text = (
        "Limb Warming\n\nPolicy\n\nWarmol is covered for toeitis when all are met:\n\n1. Toes are white\n"
        "2. Snow lies\n3. Approval duration\n\nApproval duration: 9 months\n"
    )
    assert limits(tmp_path, text, ".txt") == [["Approval duration: 9 months"]]


def test_a_line_in_an_item_of_another_is_nobodys(tmp_path: Path) -> None:
    text = (
        "Limb Warming\n\nPolicy\n\nWarmol is covered for toeitis when all are met:\n\n"
        "1. Toes are white\n2. Snow lies\n\nThe nurse hands out:\n\n1. Nightcaps (refer to their list)\n"
        "   a. Red ones\n   b. Authorization will be issued for 3 months\n"
    )
    assert limits(tmp_path, text, ".txt") == [[]]


def test_periods_that_rival_each_other_are_not_spread(tmp_path: Path) -> None:
    text = "# Warmol\n\n## Notes to all\n\n{0}\n\n## Policy\n\n" + TOES + EARS
    one, other = "Authorization will be issued for 12 months.", "Authorization will be issued for 3 months."
    assert limits(tmp_path, text.format(one)) == [[one[:-1]]] * 2
    assert limits(tmp_path, text.format(f"{one}\n\n{other}")) == [[], []]


def test_a_period_of_the_first_stage_printed_behind_the_second_is_of_the_first(tmp_path: Path) -> None:
    text = f"{STAGES}\nInitial approval: 6 months\n\nRenewal: 12 months\n"
    assert limits(tmp_path, text) == [["Initial approval: 6 months"], ["Renewal: 12 months"]]


def test_an_amount_in_the_words_of_one_use_is_of_no_other(tmp_path: Path) -> None:
    dose = "For gout patients, give Warmol 1 mg no more than 10 weeks before the snow, and every 8-10 weeks after that"
    text = f"Warmol will be covered as follows:\n\n- For frost patients, one tube must be given at once\n- {dose}\n"
    assert limits(tmp_path, HEAD + text) == [[], [dose]]
