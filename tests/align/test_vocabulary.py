"""What a text names, and that the lexicon's files of align are sound."""

from __future__ import annotations

import pytest

from policyview.align.vocabulary import stem, vocabulary_of
from tests.align.made import LEXICON

VOCABULARY = vocabulary_of(LEXICON)
FILES = (
    "conditions",
    "procedures",
    "drugs",
    "settings",
    "stages",
    "aspects",
    "purposes",
    "labels",
    "abbreviations",
    "populations",
    "quantities",
    "fillers",
    "titles",
    "residuals",
    "words",
    "clauses",
    "forms",
)


def names(text: str) -> list[str]:
    return [m.concept.name for m in VOCABULARY.read(text).mentions if not m.is_denied]


@pytest.mark.parametrize("file", FILES)
def test_every_entry_has_examples_that_match(file: str) -> None:
    entries = LEXICON.entries(file)
    assert entries
    assert [e.name for e in entries if not e.examples or not all(e.regex.search(x) for x in e.examples)] == []


def test_relations_name_entries() -> None:
    for concept in VOCABULARY.concepts.values():
        assert (concept.wider | concept.near | concept.treats) <= VOCABULARY.concepts.keys(), concept.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crohn’s Disease", ["crohn_disease"]),
        ("Non–small-cell lung cancers", ["non_small_cell_lung_cancer"]),
        ("metastatic breast cancer", ["metastatic_breast_cancer"]),
        ("post-operative use of oxygen therapy", ["postoperative", "oxygen_therapy"]),
        ("snoring without obstructive sleep apnea", ["snoring"]),
        ("severe hypoxaemia", ["hypoxemia"]),
        ("uveitis, not due to sarcoidosis", ["uveitis"]),
        ("no such thing", []),
        ("episodic or chronic migraine", ["episodic_migraine", "chronic_migraine"]),
        ("heart or kidney transplant", ["heart_transplant", "kidney_transplant"]),
    ],
)
def test_concepts(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_words_are_what_neither_concept_nor_filler_took() -> None:
    assert VOCABULARY.read("Patients with gout and a ruptured implant are covered").words == ("ruptured", "implant")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("stents", "stent"),
        ("therapies", "therapy"),
        ("moderately", "moderate"),
        ("diagnosis", "diagnosis"),
        ("crohn's", "crohn"),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected
