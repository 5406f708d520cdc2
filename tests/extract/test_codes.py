"""Codes: every way of printing them, what they stand for, and numbers that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Code, Facts
from tests.extract.reading import facts_of

HEAD = "# Medical Policy: Garden Boots\n\n## Policy\n\nGarden boots are medically necessary for wet feet.\n\n"


def codes_of(tmp_path: Path, text: str, suffix: str = ".md") -> list[Code]:
    return list(facts_of(tmp_path, HEAD + text, suffix)[1].codes)


def keys(codes: list[Code]) -> list[tuple[str, str, str | None]]:
    return [(code.system, code.code, code.end) for code in codes]


def test_table_with_groups_and_ranges(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n### Codes that support coverage\n\n| CPT | Description |\n|---|---|\n"
        "| 99001 | Fitting of a boot |\n| 99002-99004 | Lining of a boot [when specified as waterproof] |\n\n"
        "### Codes that are not covered\n\n| ICD-10 | Description |\n|---|---|\n| Q10.0 – Q10.3 | Dry feet |\n"
    ))
    assert keys(codes) == [("CPT", "99001", None), ("CPT", "99002", "99004"), ("ICD-10-CM", "Q10.0", "Q10.3")]
    assert [code.group for code in codes] == ["supports_coverage", "supports_coverage", "not_covered"]
    assert codes[0].description == "Fitting of a boot"
    assert codes[1].condition == "when specified as waterproof"
    assert codes[0].anchor.quote == "99001"


def test_lines_of_a_text_file_with_wrapped_ranges(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "Coding Information\n\nDiagnosis codes that support coverage\n\nICD-10-CM\nCode\nDescription\n"
        "Q10.20 -\nQ10.29\nOther wet feet\nQ80 Cold feet\nR06.83 Feet that squelch, not otherwise\nspecified\n"
    ), ".txt")
    assert keys(codes) == [("ICD-10-CM", "Q10.20", "Q10.29"), ("ICD-10-CM", "Q80", None), ("ICD-10-CM", "R06.83", None)]
    assert {code.group for code in codes} == {"supports_coverage"}
    assert [code.description for code in codes][:2] == ["Other wet feet", "Cold feet"]


def test_procedure_codes_of_inpatients(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n| ICD-10 Procedure | Description |\n|---|---|\n"
        "| 0XH60VZ- 0XH63VZ | Insertion of a sole |\n| 3E0F3SD | Warming of a boot |\n"
    ))
    assert keys(codes) == [("ICD-10-PCS", "0XH60VZ", "0XH63VZ"), ("ICD-10-PCS", "3E0F3SD", None)]


def test_lists_in_running_text(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Billing\n\nBill the fitting with CPT codes 99001, 99002, and 99003 (HCPCS L0001 for the lace).\n"
    ))
    assert [code.code for code in codes] == ["99001", "99002", "99003", "L0001"]


def test_verdict_in_the_row(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## At a glance\n\n| Use | Status | Codes |\n|---|---|---|\n| Wet feet | Covered | CPT 99001; ICD-10 Q10.0 |\n"
    ))
    assert {code.code: code.group for code in codes} == {"99001": "supports_coverage", "Q10.0": "supports_coverage"}


def test_descriptor_that_denies(tmp_path: Path) -> None:
    text = "## Coding\n\nCPT Coding\n\n- 99001 Fitting of a boot (Investigational)\n- 99002 Lacing\n"
    codes = codes_of(tmp_path, text)
    assert [(code.code, code.group) for code in codes] == [("99001", "not_covered"), ("99002", "informational")]


def test_heading_that_names_codes_groups_them(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n### CPT Coding\n\n- 99001 Fitting\n\n"
        "### ICD-10 diagnoses that support coverage of CPT codes 99001:\n\n- Q10.0 Wet feet\n"
    ))
    assert {code.code: code.group for code in codes} == {"99001": "supports_coverage", "Q10.0": "supports_coverage"}


def test_residual_rule(tmp_path: Path) -> None:
    facts: Facts = facts_of(tmp_path, HEAD + (
        "## Coding\n\nWhen boots are not medically necessary:\n\nICD-10 Diagnosis\n\n"
        "All other diagnoses not listed above.\n"
    ))[1]
    (rule,) = facts.code_rules
    assert (rule.system, rule.group) == ("ICD-10-CM", "not_covered")
    assert rule.anchor.quote.startswith("All other diagnoses")


@pytest.mark.parametrize(
    "text",
    [
        "## Coding\n\nCall 1-800-555-0199 or write to PO Box 99321. Copyright 2024.\n",
        "## Coding\n\nNDC\n\n- 57000-0060-01 a boot\n",
        "## Policy History\n\n| Date | Action |\n|---|---|\n| 1/2024 | Added HCPCS code L0001, removed CPT 99001. |\n",
        "## References\n\n1. Wet Feet Group. Boots and CPT code 99001. J Feet. 2019;12:99001-99009. PMID 12345678\n",
        "## Background\n\nAnother plan pays for CPT code 99001 in wet summers.\n",
        "## Related\n\nSee policy L38999 and article A57999, contract number 02101.\n",
    ],
)
def test_numbers_that_are_no_codes_of_the_policy(tmp_path: Path, text: str) -> None:
    assert codes_of(tmp_path, text) == []


def test_table_of_codes_under_a_heading_that_does_not_say_so(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\nCodes covered if criteria are met:\n\n## Muddy Paths\n\n| Code | Boot |\n|---|---|\n"
        "| L0001 | Green |\n| L0002 | Blue |\n"
    ))
    assert {code.code: code.group for code in codes} == {"L0001": "supports_coverage", "L0002": "supports_coverage"}


def test_list_with_names_in_between(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, "## Boots by brand\n\nHCPCS: L0001 (Green), L0002 and L0003 (Blue), L0004 (Red)\n")
    assert [code.code for code in codes] == ["L0001", "L0002", "L0003", "L0004"]


def test_letter_after_the_point(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, "## Coding\n\n| ICD-10-CM | Description |\n|---|---|\n| Q84.A0 | Wet heels |\n")
    assert keys(codes) == [("ICD-10-CM", "Q84.A0", None)]


def test_table_with_a_system_and_a_use(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Codes\n\n| System | Code | Description | Use |\n|---|---|---|---|\n"
        "| CPT | 99001 | Fitting of a boot | Covered when criteria are met |\n"
        "| ICD-10-CM | Q84.10 to Q84.19 | Wet heels | Supports coverage |\n"
        "| ICD-10-CM | Q34.0 | Dry heels | Not covered |\n"
    ))
    assert keys(codes) == [("CPT", "99001", None), ("ICD-10-CM", "Q84.10", "Q84.19"), ("ICD-10-CM", "Q34.0", None)]
    assert [code.group for code in codes] == ["supports_coverage", "supports_coverage", "not_covered"]
    assert [code.description for code in codes] == ["Fitting of a boot", "Wet heels", "Dry heels"]


def test_system_beside_the_code(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Codes\n\n| Code | Description |\n|---|---|\n| CPT 99001 | Fitting |\n| ICD-10-CM Q86.21 | Wet toes |\n"
    ))
    assert keys(codes) == [("CPT", "99001", None), ("ICD-10-CM", "Q86.21", None)]
    assert codes[1].description == "Wet toes"


def test_next_heading_ends_what_the_last_said_of_codes(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n### Covered when criteria are met\n\n| CPT | Description |\n|---|---|\n| 99001 | Fitting |\n\n"
        "### Tests\n\n| CPT | Description |\n|---|---|\n| 99002 | Wading |\n"
    ))
    assert [code.group for code in codes] == ["supports_coverage", "informational"]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("S83.31X(A,D,S)", ["S83.31XA", "S83.31XD", "S83.31XS"]),
        ("S83.32X [A, D]", ["S83.32XA", "S83.32XD"]),
        ("S83.33XA, D, S", ["S83.33XA", "S83.33XD", "S83.33XS"]),
        ("Q10.x", ["Q10"]),
        ("Q10,1 - Q10.8", ["Q10.1-Q10.8"]),
        ("M05.70 – M05.79", ["M05.70-M05.79"]),
        ("M06.00 thru M06.09", ["M06.00-M06.09"]),
        ("99001-5", ["99001-99005"]),
        ("99002-25", ["99002"]),
        ("+99003", ["99003"]),
    ],
)
def test_shortened_print_is_spelled_out(tmp_path: Path, printed: str, read: list[str]) -> None:
    codes = codes_of(tmp_path, f"## Coding\n\n| Code | Description |\n|---|---|\n| {printed} | A boot |\n")
    assert [f"{code.code}-{code.end}" if code.end else code.code for code in codes] == read
    assert {code.description for code in codes} == {"A boot"}


def test_dash_behind_a_described_code_opens_no_range(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n| ICD-10-CM | Description |\n|---|---|\n| K10.0- | Wet feet |\n| M10.7 | Cold feet |\n"
    ))
    assert keys(codes) == [("ICD-10-CM", "K10.0", None), ("ICD-10-CM", "M10.7", None)]


def test_ranges_of_revenue_codes(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n| Revenue Code | Description |\n|---|---|\n| 0360-0369 | Boot room |\n| 636 | Laces |\n"
    ))
    assert keys(codes) == [("REV", "0360", "0369"), ("REV", "636", None)]


def test_grid_of_codes(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n| Codes considered medically necessary | | |\n|---|---|---|\n"
        "| 99001 | 99002 | 99003 |\n| Q10.1 | Q10.2 | Q10.3 |\n"
    ))
    assert [code.code for code in codes] == ["99001", "99002", "99003", "Q10.1", "Q10.2", "Q10.3"]
    assert {(code.group, code.description) for code in codes} == {("supports_coverage", None)}


def test_two_systems_side_by_side(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n| CPT | Description | ICD-10 | Description |\n|---|---|---|---|\n"
        "| 99001 | Fitting | Q10.1 | Wet |\n"
    ))
    assert [(code.code, code.description) for code in codes] == [("99001", "Fitting"), ("Q10.1", "Wet")]


def test_older_revision_beside_the_code_is_no_description(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n| ICD-9 | | ICD-10 Diagnosis | |\n|---|---|---|---|\n| 696.1 | Old feet | Q40.0 | Wet feet |\n"
    ))
    assert [(code.code, code.description) for code in codes] == [("Q40.0", "Wet feet")]


def test_column_that_answers_whether_a_code_is_covered(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\n| Code | Description | Covered? |\n|---|---|---|\n| 99001 | Fitting | Yes |\n"
        "| 99002 | Wading | No |\n"
    ))
    assert [(code.group, code.description) for code in codes] == [
        ("supports_coverage", "Fitting"), ("not_covered", "Wading"),
    ]


def test_table_of_excluded_codes(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Covered codes\n\n| HCPCS Code | Boot |\n|---|---|\n| L0001 | Green |\n\n"
        "## Excluded codes and boots\n\n| HCPCS Code | Boot | Reason |\n|---|---|---|\n"
        "| L0001 | Green, small | Covered under the shoe benefit |\n| L0002 | Blue | Second choice |\n"
    ))
    assert [(code.code, code.group) for code in codes] == [
        ("L0001", "supports_coverage"), ("L0001", "not_covered"), ("L0002", "not_covered"),
    ]


def test_sentence_that_lists_codes_behind_a_colon(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\nThese CPT codes are considered investigational: 99001, 99002.\n\n"
        "The following are covered when criteria are met: 99003.\n"
    ))
    assert [(code.code, code.group) for code in codes] == [
        ("99001", "not_covered"), ("99002", "not_covered"), ("99003", "supports_coverage"),
    ]
    assert codes[2].condition == "when criteria are met"


def test_row_does_not_describe_the_codes_of_the_row_above(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Boots with criteria\n\n| Boot | Associated code and criteria |\n|---|---|\n"
        "| GREEN | (L0001) Client must have wet feet. |\n| BLUE | (L0002) Client must have cold feet. |\n"
    ))
    assert [(code.code, code.description) for code in codes] == [("L0001", None), ("L0002", None)]


def test_note_on_codes_in_a_sentence_is_no_description(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Requests\n\nApproval is required for HCPCS codes L0001 and L0002*.\n\n"
        "* When the boot (L0002) is found to be green.\n"
    ))
    assert [(code.code, code.description) for code in codes] == [("L0001", None), ("L0002", None)]


def test_definition_that_cites_a_code_lists_none(tmp_path: Path) -> None:
    assert codes_of(tmp_path, "## Definitions\n\n“Lace keepers (A9001)” hold the laces of a boot.\n") == []


def test_residual_clause_of_a_policy_is_no_rule_on_codes(tmp_path: Path) -> None:
    text = HEAD + "All other indications for garden boots are considered investigational.\n"
    assert facts_of(tmp_path, text)[1].code_rules == ()


def test_rule_over_several_lines_is_one_sentence_and_names_the_codes_above(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + (
        "Coding\n\nWaders\n\nWhen services may be medically necessary:\n\nCPT\n99001 Fitting of a wader\n\n"
        "When services are not medically necessary:\n\n"
        "Any codes not listed here, and the procedures listed above for dry feet, unless the code is that of a\n"
        "wader that keeps the feet warm.\n"
    ), ".txt")[1]
    (rule,) = facts.code_rules
    assert rule.text.endswith("feet warm.")
    assert (rule.group, rule.applies_to_codes) == ("not_covered", ("99001",))


def test_all_diagnoses(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + (
        "## Coding\n\nInvestigational:\n\n| CPT | Description |\n|---|---|\n| 99001 | Wading |\n\n"
        "ICD-10 Diagnosis\n\nAll diagnoses\n"
    ))[1]
    assert [(rule.system, rule.group) for rule in facts.code_rules] == [("ICD-10-CM", "not_covered")]


def test_description_in_brackets_behind_a_code_of_a_sentence(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Coding\n\nNo more than two services of code 99001-(Fitting of a boot; left [excludes lace]) are billed. "
        "Codes 99002 and 99003 (Lining) as well.\n"
    ))
    assert [(c.code, c.description) for c in codes] == [
        ("99001", "Fitting of a boot; left [excludes lace]"), ("99002", None), ("99003", None),
    ]


def test_a_sentence_on_a_use_says_nothing_of_the_codes_below_it(tmp_path: Path) -> None:
    codes = codes_of(tmp_path, (
        "## Billing Codes\n\nWellingtons not meeting these criteria are considered not medically necessary.\n\n"
        "| 99001 | Fitting |\n|---|---|\n| 99002 | Lining |\n"
    ))
    assert {c.group for c in codes} == {"informational"}
