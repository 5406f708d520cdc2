"""Comma lists: which of their parts are uses by themselves, and what they share with one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.reading import facts_of, indications_of

POLICY = "# Medical Policy: Warm Chambers\n\n## Policy\n\n"


def texts_of(tmp_path: Path, sentence: str) -> list[str]:
    return [use.text for use in indications_of(tmp_path, POLICY + sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "A warm chamber is covered for selected individuals with stubborn, slowly disabling, end-stage frostbite.",
        "Warm chambers are covered for irreversible, progressively worsening, stage 4 frostbite.",
        "Swaps of an existing, working lamp, such as one with a small door or a wall-hung, outdoor lamp, are covered.",
        "Under the winter law above, lamps, (electric) or of single use (coal) battery powered, are covered.",
        "Warm chambers are covered for gout of neoplastic, purulent, or toxic origin.",
        "Warm chambers are covered for adults, adolescents, and children with gout.",
        "Warm chambers are covered for gout of the hip, knee, and toe.",
        "Lamps, without which snow cannot melt, and doors, unlike windows, are covered.",
    ],
)
def test_commas_that_part_no_uses(tmp_path: Path, sentence: str) -> None:
    (use,) = indications_of(tmp_path, POLICY + sentence)
    assert use.anchor.quote == sentence


def test_examples_in_brackets_part_no_item(tmp_path: Path) -> None:
    items = "- Camps (e.g., for warming, cooling, and so on)\n- Lamps\n"
    assert texts_of(tmp_path, f"The following are not covered:\n\n{items}")[0].startswith("Camps (e.g., for warming, c")


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        (
            "Warm chambers are investigational for the treatment of gout, snow eczema, and frostbite.",
            ["Warm chambers for the treatment of gout", "Warm chambers for the treatment of snow eczema",
             "Warm chambers for the treatment of frostbite"],
        ),
        (
            "Lamps to treat gout, snow eczema, and frostbite are considered investigational.",
            ["Lamps to treat gout", "Lamps to treat snow eczema", "Lamps to treat frostbite"],
        ),
        (
            "Hats, mittens, and socks for frostbite are considered investigational.",
            ["Hats for frostbite", "mittens for frostbite", "socks for frostbite"],
        ),
        (
            "Lamps are investigational for gout from lead or tin, snow eczema, and for frostbite.",
            ["Lamps for gout from lead or tin", "Lamps for snow eczema", "Lamps for frostbite"],
        ),
        (
            "Lamps are not medically necessary for the delivery of light for gout or warmth for warts.",
            ["Lamps for the delivery of light for gout", "Lamps for the delivery of warmth for warts"],
        ),
    ],
)
def test_members_share_what_is_said_once(tmp_path: Path, sentence: str, texts: list[str]) -> None:
    uses = indications_of(tmp_path, POLICY + sentence)
    assert [use.text.rstrip(".") for use in uses] == texts
    assert all(use.anchor.quote in sentence for use in uses)


def test_members_of_an_item_share_its_head(tmp_path: Path) -> None:
    items = "- Lamps of warm light for snow eczema, gout and cold sepsis\n- Stools\n"
    assert texts_of(tmp_path, f"The following are not covered:\n\n{items}")[:3] == [
        "Lamps of warm light for snow eczema", "Lamps of warm light for gout", "Lamps of warm light for cold sepsis",
    ]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("as a treatment for gout with or without warts", "Lamps as a treatment for gout with or without warts"),
        ("gout", "Lamps for gout"),
    ],
)
def test_examples_of_all_else_name_the_service(tmp_path: Path, words: str, text: str) -> None:
    sentence = f"Lamps for all other indications including {words} are considered investigational."
    facts = facts_of(tmp_path, POLICY + sentence)[1]
    assert [use.text for use in facts.indications] == [text]
    assert len(facts.catch_all) == 1


@pytest.mark.parametrize(
    ("lead", "service"),
    [
        ("Toe regraft may be considered medically necessary in individuals with:", "Toe regraft: "),
        ("The use of a snow bath for pain is covered for any of these indications:", "snow bath: "),
        ("Toe Health, Inc. considers toe regrafts medically necessary for these indications:", "toe regrafts: "),
        ("A warm chamber is covered for any of these indications:", ""),  # the title says it
        ("Warm chamber (WC) therapy is covered for any of these indications:", ""),
        ("These other services are covered for any of these indications:", ""),
        ("Payment of a snow bath is covered for any of these indications:", ""),
    ],
)
def test_items_below_a_lead_in_are_named_with_its_service(tmp_path: Path, lead: str, service: str) -> None:
    uses = indications_of(tmp_path, f"{POLICY}{lead}\n\n- Chronic frost sepsis\n- Late toe gout\n")
    assert [use.text for use in uses] == [f"{service}Chronic frost sepsis", f"{service}Late toe gout"]
    assert [use.anchor.quote for use in uses] == ["Chronic frost sepsis", "Late toe gout"]


def test_uses_with_criteria_are_named_with_the_service_too(tmp_path: Path) -> None:
    (first, second) = indications_of(tmp_path, POLICY + (
        "Toe regraft is considered medically necessary for the following indications:\n\n"
        "- Chronic frost sepsis, must meet all of the following:\n    - Toes are white\n    - Snow lies\n"
        "- Late toe gout, must meet all of the following:\n    - Toes are red\n    - Ice lies\n"
    ))
    assert [use.text for use in (first, second)] == [
        "Toe regraft: Chronic frost sepsis", "Toe regraft: Late toe gout",
    ]


def test_a_clause_on_people_is_no_use_by_itself(tmp_path: Path) -> None:
    sentence = (
        "Warm chambers are investigational for all other uses, including old walkers with gout or who walk without "
        "any symptoms and signs of gout."
    )
    assert not any(text.startswith(("who", "signs")) for text in texts_of(tmp_path, sentence))


def test_the_plans_whose_members_a_statement_is_for_are_no_uses(tmp_path: Path) -> None:
    plans = "Policy Commercial Members: PPO, Managed Care (EPO and HMO), Indemnity"
    assert texts_of(tmp_path, f"{plans} Warm chambers are covered for gout.") == ["Warm chambers are covered for gout"]


@pytest.mark.parametrize(
    "items", ["1. \n2. and\n3. Dry cough.\n", "- .\n- \n- Dry cough.\n", "1. .\n   a. Dry cough.\n"]
)
def test_an_item_without_words_is_no_use_and_costs_none(tmp_path: Path, items: str) -> None:
    text = f"## Coverage Position\n\nPulsed mist is investigational for the following:\n\n{items}"
    (found,) = indications_of(tmp_path, text)
    assert found.text.endswith("Dry cough")
