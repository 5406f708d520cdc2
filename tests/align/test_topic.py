"""Topics: what titles are about, whatever else they say."""

from __future__ import annotations

import pytest

from policyview.align import align
from policyview.align.topic import group
from tests.align.made import LEXICON, TODAY, reading


def topics(*titles: str) -> int:
    return len(group([reading(f"Payer {at}", title, []) for at, title in enumerate(titles)], LEXICON))


@pytest.mark.parametrize(
    "titles",
    [
        ("Insulin Pumps", "Medical Policy: Insulin Pump", "MP-12.4 External Insulin Infusion Pumps"),
        (
            "Humira",
            "Adalimumab Products Prior Authorization Policy",
            "Clinical Policy: Adalimumab (Humira), Biosimilars",
        ),
        (
            "CPAP for Obstructive Sleep Apnea",
            "Surgery for Obstructive Sleep Apnea (OSA)",
            "Hypoglossal Nerve Stimulation for Obstructive Sleep Apnea",
        ),
        ("Bariatric Surgery", "Surgical Treatment of Obesity"),
        ("Custom Knee Braces", "Knee Braces, Custom: Coverage Criteria"),
        ("Home Use of Oxygen", "Oxygen Therapy (CG-5, Ver. 10)"),
    ],
)
def test_one_topic(titles: tuple[str, ...]) -> None:
    assert topics(*titles) == 1


@pytest.mark.parametrize(
    "titles",
    [
        ("Implantable Infusion Pumps", "Inhaled Nitric Oxide"),
        ("Infliximab", "Adalimumab"),
        ("Infliximab for Crohn's Disease", "Vedolizumab for Crohn's Disease"),
        ("Vagus Nerve Stimulation", "Sacral Nerve Stimulation"),
        ("Epidural Injections for Pain", "Electrical Stimulation for Pain"),
        ("Home Oxygen", "Hyperbaric Oxygen Therapy"),
        ("Custom Knee Braces", "Custom Foot Orthotics"),
        ("Medical Policy", "Clinical Policy"),
    ],
)
def test_two_topics(titles: tuple[str, ...]) -> None:
    assert topics(*titles) == 2


def test_a_title_without_its_payers_name() -> None:
    (topic,) = group([reading("Insulin Mutual", "Insulin Mutual: Gastric Band", [])], LEXICON)
    assert topic.services == {"gastric_band"}


def test_a_document_without_a_title_is_about_what_most_of_its_statements_name() -> None:
    untitled = reading("Alder", "", ["Adalimumab for gout", "Adalimumab for uveitis"], file="scan-0001.pdf")
    assert len(group([untitled, reading("Birch", "Humira", [])], LEXICON)) == 1


def test_a_pump_and_a_gas_make_two_matrices_with_their_own_rows() -> None:
    gas = reading("Alder", "Inhaled Nitric Oxide", ["Pulmonary hypertension"])
    pump = reading("Birch", "Implantable Infusion Pumps", ["Pulmonary hypertension"])
    found = align([gas, pump], LEXICON, TODAY)
    assert [m.topic for m in found] == ["implantable infusion pump", "inhaled nitric oxide"]
    assert [[c.file for c in m.columns] for m in found] == [["Birch.txt"], ["Alder.txt"]]
    assert all(len(m.rows) == 1 for m in found)


@pytest.mark.parametrize(
    "text",
    [
        "The plan eased policy MR-7741 this spring. See MR-7741 for details.",
        "Bills for marrow rinsing are up. Marrow rinsing is now paid at once.",
    ],
)
def test_an_article_belongs_to_the_policy_it_speaks_of(text: str) -> None:
    policy = reading("Alder", "Marrow Rinsing", ["Gout"], number="MR-7741")
    other = reading("Birch", "Knee Braces, Custom", ["Sprain"], number="KB-1000")
    article = reading("", "What Changed in Spring", [text], authority="third_party", file="article")
    found = group([policy, other, article], LEXICON)
    (topic,) = [t for t in found if len(t.subjects) > 1]
    assert sorted(r.file for r in topic.readings) == ["Alder.txt", "article"]


def test_an_article_on_nothing_known_stays_alone() -> None:
    article = reading("", "Notes", ["Parking is free"], authority="third_party", file="article")
    assert len(group([reading("Alder", "Marrow Rinsing", ["Gout"]), article], LEXICON)) == 2


def test_a_policy_that_mentions_another_keeps_its_own_topic() -> None:
    policy = reading("Alder", "Marrow Rinsing", ["Gout"], number="MR-7741")
    kindred = reading("Birch", "Knee Braces, Custom", ["Not with marrow rinsing: marrow rinsing has policy MR-7741"])
    assert len(group([policy, kindred], LEXICON)) == 2
