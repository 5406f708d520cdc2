"""Words and codes found in documents, however they are wrapped and printed."""

from __future__ import annotations

import pytest

from policyview.anchor import anchor_at
from policyview.model import Code, Document, Facts, Reading, Role, Section
from policyview.search import Query

TEXT = """Vest therapy
Reed lung and brittle  airway
syndrome are covered. Brittle air-
way syndrome of “unknown” dosage – see K90.1 to K90.9.
Appendix
age 12"""


@pytest.fixture
def reading() -> Reading:
    document = Document("vest.txt", "0", "text/plain", TEXT)
    sections = tuple(
        Section(heading, 1, Role.OTHER, anchor_at(document, TEXT.index(heading), TEXT.index(heading) + len(heading)))
        for heading in ("Vest therapy", "Appendix")
    )
    start = TEXT.index("K90.1")
    code = Code("ICD-10-CM", "K90.1", anchor_at(document, start, start + 14), "K90.9")
    return Reading(document, Facts(sections=sections, codes=(code,)))


@pytest.mark.parametrize(("words", "found"), [
    ("BRITTLE airway syndrome", ["brittle  airway\nsyndrome", "Brittle air-\nway syndrome"]),
    ('"unknown" dosage - see', ["“unknown” dosage – see"]),
    ("age", ["age"]), ("12", ["12"]), ("90.1", ["90.1"]), ("brit", ["brit", "Brit"]),
    ("lung reed", []), ("   ", []), ("…", []), ("(", []), ("reed.lung", []),
])  # fmt: skip
def test_words(reading: Reading, words: str, found: list[str]) -> None:
    hits = list(Query(words).hits(reading))
    assert [hit.words for hit in hits] == found
    assert all(TEXT[hit.anchor.start:hit.anchor.end] == hit.words for hit in hits)


def test_a_code_in_a_range(reading: Reading) -> None:
    (hit,) = Query("k90.25").hits(reading)
    assert (hit.words, hit.note) == ("K90.1 to K90.9", "in the range K90.1–K90.9")
    assert [hit.note for hit in Query("K90.1").hits(reading)] == [""]
    assert not list(Query("K91").hits(reading))


def test_where_it_stands(reading: Reading) -> None:
    (hit,) = Query("reed lung").hits(reading)
    assert (hit.section, hit.before, hit.after.split()[0]) == ("Vest therapy", "Vest therapy\n", "and")
    (hit,) = Query("age").hits(reading)
    assert hit.section == "Appendix"
