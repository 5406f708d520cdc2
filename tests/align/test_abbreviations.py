"""Abbreviations are written out by the document itself first, then by the lexicon."""

from __future__ import annotations

import pytest

from policyview.align.abbreviations import abbreviations_of
from tests.align.made import LEXICON, reading, share_a_row


def expand(text: str, own: tuple[tuple[str, str], ...] = (), title: str = "Any title") -> str:
    return abbreviations_of(reading("Alder", title, [text], abbreviations=own), LEXICON).expand(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Adults with COPD", "Adults with chronic obstructive pulmonary disease"),
        ("copd in lower case stays", "copd in lower case stays"),
        ("ALL of the following", "ALL of the following"),
        ("ICD-10 codes", "ICD-10 codes"),
        ("RA without its long form stays", "RA without its long form stays"),
        ("rheumatoid arthritis (RA), or RA alone", "rheumatoid arthritis (), or rheumatoid arthritis alone"),
    ],
)
def test_the_lexicon(text: str, expected: str) -> None:
    assert expand(text) == expected


def test_the_documents_own_words_come_first() -> None:
    assert expand("Severe CD", own=(("CD", "celiac disease"),)) == "Severe celiac disease"


def test_of_several_meanings_the_one_that_the_document_holds() -> None:
    assert "biliopancreatic" in expand("BPD after failed banding", title="Biliopancreatic Diversion")
    assert "bronchopulmonary" in expand("BPD of the newborn", title="Bronchopulmonary dysplasia")


def test_an_own_long_form_cut_short_is_mended_from_the_lexicon() -> None:
    assert expand("PPHN", own=(("PPHN", "pulmonary hypertension of the newborn"),)).startswith("persistent")


def test_an_abbreviation_and_its_long_form_share_a_row() -> None:
    one = reading("Alder", "Adalimumab", ["Severe XQD"], abbreviations=[("XQD", "hidradenitis suppurativa")])
    other = reading("Birch", "Adalimumab", ["Hidradenitis suppurativa (HS)"])
    assert share_a_row(one, other)
    assert not share_a_row(reading("Alder", "Adalimumab", ["Severe XQD"]), other)
