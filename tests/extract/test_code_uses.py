"""Codes are linked to the indications that their heading, lead-in, row or description names, and to no other."""

from __future__ import annotations

from pathlib import Path

from policyview.model import Facts
from tests.extract.reading import facts_of

POLICY = (
    "# Medical Policy: Lamp therapy\n\n## Policy\n\n"
    "Lamp therapy is considered medically necessary for the following:\n\n"
    "- Rheumatoid arthritis\n- Ulcerative colitis\n\n"
    "Lamp therapy is considered investigational for the following:\n\n- Asthma\n- Moonlight bathing\n\n"
)


def linked(tmp_path: Path, text: str) -> dict[str, list[str]]:
    facts: Facts = facts_of(tmp_path, POLICY + text)[1]
    texts = {indication.id: indication.text for indication in facts.indications}
    assert len(texts) == 4
    return {code.code: [texts[of] for of in code.indications] for code in facts.codes}


def test_description_that_names_the_condition(tmp_path: Path) -> None:
    assert linked(tmp_path, (
        "## Coding\n\n### Codes that support coverage\n\n| ICD-10 | Description |\n|---|---|\n"
        "| M05.9 | Rheumatoid arthritis with rheumatoid factor, unspecified |\n"
        "| M08.00 | Unspecified juvenile rheumatoid arthritis |\n| J80 | Distress without ulcerative colitis |\n"
    )) == {"M05.9": ["Rheumatoid arthritis"], "M08.00": [], "J80": []}


def test_line_over_a_table(tmp_path: Path) -> None:
    assert linked(tmp_path, (
        "## Coding\n\nUlcerative colitis\n\nCovered when criteria are met:\n\n| CPT | Description |\n|---|---|\n"
        "| 99001 | Lamp |\n\nOther\n\nCovered when criteria are met:\n\n| CPT | Description |\n|---|---|\n"
        "| 99002 | Oil |\n"
    )) == {"99001": ["Ulcerative colitis"], "99002": []}


def test_heading_of_a_use_that_the_lexicon_does_not_know(tmp_path: Path) -> None:
    assert linked(tmp_path, (
        "## Coding\n\n### Moonlight bathing (MB)\n\nConsidered investigational:\n\n| CPT | Description |\n|---|---|\n"
        "| 99001 | Lamp |\n"
    )) == {"99001": ["Moonlight bathing"]}


def test_lead_in_that_names_the_condition(tmp_path: Path) -> None:
    assert linked(tmp_path, (
        "## Coding\n\nDiagnosis codes covered for rheumatoid arthritis:\n\n| Code | Description |\n"
        "|---|---|\n| Q10.1 | Foot |\n"
    )) == {"Q10.1": ["Rheumatoid arthritis"]}


def test_covered_code_is_not_printed_for_what_is_denied(tmp_path: Path) -> None:
    assert linked(tmp_path, (
        "## Coding\n\n### Codes that support coverage\n\n| ICD-10 | Description |\n|---|---|\n"
        "| J45.20 | Asthma, mild |\n"
    )) == {"J45.20": []}


def test_topic_of_the_whole_policy_tells_no_use_from_another(tmp_path: Path) -> None:
    assert linked(tmp_path, (
        "## Coding\n\n### Lamp therapy\n\nCovered when criteria are met:\n\n| CPT | Description |\n"
        "|---|---|\n| 99001 | Lamp |\n"
    )) == {"99001": []}


def test_row_that_states_the_use_beside_its_codes(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, (
        "# Medical Policy: Lamp therapy\n\n## At a glance\n\n| Use | Status | Codes |\n|---|---|---|\n"
        "| Rheumatoid arthritis | Covered | CPT 99001; ICD-10 Q10.0 |\n| Asthma | Not covered | CPT 99002 |\n"
    ))[1]
    texts = {indication.id: indication.anchor.quote for indication in facts.indications}
    assert {code.code: [texts[of] for of in code.indications] for code in facts.codes} == {
        "99001": ["Rheumatoid arthritis"], "Q10.0": ["Rheumatoid arthritis"], "99002": ["Asthma"],
    }


def test_name_of_a_family_of_conditions_names_none_of_them(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, (
        "# Medical Policy: Lamp oil\n\n## Policy\n\nLamp oil is considered medically necessary for:\n\n"
        "- Cancer of the toe\n- Mesothelioma\n\n## Coding\n\n### Codes that support coverage\n\n"
        "| ICD-10 | Description |\n|---|---|\n| C30.0 | Cancer of the ear |\n| C45.0 | Mesothelioma of pleura |\n"
    ))[1]
    texts = {indication.id: indication.text for indication in facts.indications}
    assert {code.code: [texts[of] for of in code.indications] for code in facts.codes} == {
        "C30.0": [], "C45.0": ["Mesothelioma"],
    }


def test_heading_of_a_kind_of_section_names_no_use(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, (
        "# Medical Policy: Lamp oil\n\n## Coverage criteria\n\n"
        "Lamp oil is considered medically necessary for asthma.\n\n"
        "HCPCS: L0001\n\n## Bottles of oil\n\nBottles are considered medically necessary for asthma.\n\nHCPCS: L0002\n"
    ))[1]
    texts = {indication.id: indication.section for indication in facts.indications}
    assert {code.code: [texts[of] for of in code.indications] for code in facts.codes} == {
        "L0001": [], "L0002": ["Bottles of oil"],
    }
