"""What must hold whatever the layout: anchors read their quotes, and neither furniture nor reflow changes a fact."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyview import read, resources
from policyview.extract import extract
from policyview.model import Anchor, Facts
from policyview.segment import segment
from tests.extract.reading import LEXICON, facts_of

BLOCKS = (
    "Limb Warming",
    "Coverage Criteria",
    "Limb warming is considered medically necessary for frozen toes when all of the following are met:",
    "1. The toes have been white for more than 3 hours in spite of woollen socks and a warm room with a stove.",
    "2. One of the following:",
    "a. The pulse at the ankle is absent on two examinations by a nurse or by a physician; or",
    "b. The skin temperature is 20 degrees or less.",
    "3. The member is not a smoker.",
    "Limb warming is not covered for chilblains.",
    "All other uses of limb warming are considered investigational.",
    "References",
    "1. Snow A. Toes in winter. Cold Med. 2011;3:1-9.",
)
LEGAL = "Larkspur Mutual wrote this handbook for its members and keeps every right to it, also translated, for ever."
once_a_folder = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _anchors(value: object) -> Iterator[Anchor]:
    """Every anchor inside a fact."""
    if isinstance(value, Anchor):
        yield value
        yield from value.continues
    elif isinstance(value, tuple):
        for each in value:
            yield from _anchors(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _anchors(getattr(value, field.name))


def _told(facts: Facts) -> list[object]:
    """What a document says, without the places where it says it."""
    criteria = [[(c.label, c.text, c.logic) for c in i.iter_criteria()] for i in facts.indications]
    stated = [(i.text, i.determination, i.stated, i.logic) for i in facts.indications]
    clauses = [(c.text, c.determination, c.scope) for c in facts.catch_all]
    thresholds = [(t.comparator, t.value, t.unit) for t in facts.thresholds]
    return [stated, criteria, clauses, thresholds, [(s.heading, s.role) for s in facts.sections], len(facts.references)]


@pytest.mark.parametrize("path", sorted(resources.sample_docs().iterdir()), ids=lambda path: path.name)
def test_every_anchor_reads_exactly_its_quote(path: Path) -> None:
    document = read.document(path)
    anchors = list(_anchors(extract(document, segment(document, LEXICON), LEXICON)))
    assert len(anchors) > 3
    assert [a for a in anchors if document.text[a.start : a.end] != a.quote or not a.quote.strip()] == []
    assert [a for a in anchors if a.page != document.page_at(a.start)] == []


@once_a_folder
@given(after=st.sets(st.integers(2, len(BLOCKS) - 3), min_size=3))
def test_furniture_between_blocks_changes_no_fact(tmp_path: Path, after: set[int]) -> None:
    plain = "\n\n".join(BLOCKS)
    furnished = "\n\n".join(f"{block}\n\n{LEGAL}" if k in after else block for k, block in enumerate(BLOCKS))
    _, expected = facts_of(tmp_path, plain, ".txt")
    _, found = facts_of(tmp_path, furnished, ".txt")
    assert _told(found) == _told(expected)
    assert found.boilerplate == ((LEGAL, len(after)),)


@once_a_folder
@given(width=st.integers(58, 110))
def test_reflowing_lines_changes_no_fact(tmp_path: Path, width: int) -> None:
    _, expected = facts_of(tmp_path, "\n\n".join(BLOCKS), ".txt")
    _, found = facts_of(tmp_path, "\n\n".join(textwrap.fill(block, width) for block in BLOCKS), ".txt")
    assert _told(found) == _told(expected)
