"""What must hold whatever the layout: anchors read their quotes, and neither furniture nor reflow changes a fact."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policyview import align, read, resources
from policyview.extract import extract
from policyview.model import Anchor, Document, Facts, Reading, Structure
from policyview.segment import segment
from tests.extract.policies import Made, as_pdf, as_text, looks_like_furniture, paged, policies, running
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
LEGAL = "Whoever wrote this handbook for its members keeps every right to it, also in translation, for ever and a day."
once_a_folder = settings(
    max_examples=25, derandomize=True, database=None, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


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
    codes = [(c.system, c.code, c.description, c.group) for c in facts.codes]
    about = facts.policy
    named = [about.payer, about.title, about.number, about.kind, about.status, about.dates]
    sides = [
        (i.population, i.stage, i.context, i.section, i.ground, [n.text for n in i.notes], [x.text for x in i.limits],
         [x.text for x in i.exceptions], [c.text for top in i.inherited for c in top.leaves()])
        for i in facts.indications
    ]  # fmt: skip
    sections = [(s.heading, s.level, s.role) for s in facts.sections]
    rest = [[r.text for r in facts.references], [(d.term, d.text) for d in facts.definitions], len(facts.history)]
    return [stated, criteria, clauses, thresholds, sections, codes, named, sides, rest]


@pytest.mark.parametrize("path", sorted(resources.sample_docs().iterdir()), ids=lambda path: path.name)
def test_every_anchor_reads_exactly_its_quote(path: Path) -> None:
    document = read.document(path)
    anchors = list(_anchors(extract(document, segment(document, LEXICON), LEXICON)))
    assert len(anchors) > 3
    assert [a for a in anchors if document.text[a.start : a.end] != a.quote or not a.quote.strip()] == []
    assert [a for a in anchors if a.page != document.page_at(a.start)] == []


made_at_random = settings(
    max_examples=30, derandomize=True, database=None, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)  # fmt: skip
WIDTHS, HEIGHTS = st.integers(58, 110), st.integers(22, 42)  # characters of a line of text, lines of a page


def _read(path: Path) -> tuple[Document, Structure, Facts]:
    document = read.document(path)
    structure = segment(document, LEXICON)
    return document, structure, extract(document, structure, LEXICON)


def _text(folder: Path, made: Made, width: int = 1000) -> tuple[Document, Structure, Facts]:
    path = folder / "made.txt"
    path.write_text(as_text(made, width), encoding="utf-8")
    return _read(path)


def _pdf(
    folder: Path, made: Made, width: float = 468, lines_a_page: int = 42, furnished: bool = False
) -> tuple[Document, Structure, Facts]:
    printed = paged(made, width, lines_a_page)
    assume(not looks_like_furniture(printed))
    return _read(as_pdf(folder / "made.pdf", printed, running(made) if furnished else None))


def _left_out(document: Document, structure: Structure) -> list[str]:
    """The words of a document that stand in no heading and no block, nor are a label; once too often is a failure."""
    seen: Counter[int] = Counter()
    for part in structure.parts:
        for anchor in _anchors(part.section):
            seen.update(range(anchor.start, anchor.end))
        for block in part.iter_blocks():
            letters = zip(block.passage.text, block.passage.offsets, strict=True)
            seen.update(offset for letter, offset in letters if not letter.isspace())
    printed = [n for n, letter in enumerate(document.text) if not letter.isspace()]
    assert [document.text[n - 20 : n + 20] for n in printed if seen[n] > 1] == []
    rest = "".join(" " if seen[n] else letter for n, letter in enumerate(document.text)).split()
    labels = Counter(block.label.strip(".") for part in structure.parts for block in part.iter_blocks())
    return sorted((Counter(word.strip(".") for word in rest) - labels).elements())


@made_at_random
@given(made=policies(), width=WIDTHS)
def test_sections_partition_a_text(tmp_path: Path, made: Made, width: int) -> None:
    document, structure, _ = _text(tmp_path, made, width)
    assert _left_out(document, structure) == []


@made_at_random
@given(made=policies(), lines_a_page=HEIGHTS)
def test_sections_and_furniture_partition_a_pdf(tmp_path: Path, made: Made, lines_a_page: int) -> None:
    document, structure, _ = _pdf(tmp_path, made, 430, lines_a_page, furnished=True)
    pages = len(document.pages)
    furniture = Counter(dict.fromkeys(" ".join((*running(made), "Page")).split(), pages))
    assume(pages > 1)  # what stands on one page only is no furniture
    furniture.update(str(page) for page in range(1, pages + 1))
    assert _left_out(document, structure) == sorted(furniture.elements())


@made_at_random
@given(made=policies(), width=WIDTHS, lines_a_page=HEIGHTS)
def test_every_anchor_of_a_made_policy_reads_its_quote(
    tmp_path: Path, made: Made, width: int, lines_a_page: int
) -> None:
    for document, _, facts in (_text(tmp_path, made, width), _pdf(tmp_path, made, width * 4, lines_a_page, True)):
        anchors = list(_anchors(facts))
        assert len(anchors) > len(made.rules)
        assert [a for a in anchors if document.text[a.start : a.end] != a.quote or not a.quote.strip()] == []
        assert [a for a in anchors if a.page != document.page_at(a.start)] == []
        assert all(facts.indications)
        assert len(facts.indications) == sum(len(rule.conditions) for rule in made.rules)


@made_at_random
@given(made=policies(), lines_a_page=HEIGHTS)
def test_furniture_on_every_page_changes_no_fact(tmp_path: Path, made: Made, lines_a_page: int) -> None:
    document, _, expected = _pdf(tmp_path, made, 430, lines_a_page)
    assume(len(document.pages) > 1)
    _, _, found = _pdf(tmp_path, made, 430, lines_a_page, furnished=True)
    assert _told(found) == _told(expected)
    assert {text for text, _ in found.boilerplate} >= {running(made)[0]}


@made_at_random
@given(made=policies(), width=WIDTHS)
def test_reflowing_a_made_text_changes_no_fact(tmp_path: Path, made: Made, width: int) -> None:
    assert _told(_text(tmp_path, made, width)[2]) == _told(_text(tmp_path, made)[2])


@made_at_random
@given(made=policies(), width=st.integers(330, 468), lines_a_page=HEIGHTS)
def test_reflowing_pages_changes_no_fact(tmp_path: Path, made: Made, width: int, lines_a_page: int) -> None:
    assert _told(_pdf(tmp_path, made, width, lines_a_page)[2]) == _told(_pdf(tmp_path, made)[2])


@made_at_random
@given(made=policies())
def test_a_text_and_a_pdf_of_one_policy_say_the_same(tmp_path: Path, made: Made) -> None:
    text, pdf = _told(_text(tmp_path, made)[2]), _told(_pdf(tmp_path, made)[2])
    stated, criteria, clauses, thresholds, *_ = text
    assert pdf[:4] == [stated, criteria, clauses, thresholds]


def _rows(readings: Sequence[Reading]) -> list[object]:
    """Each topic with its rows, whatever the order of its columns."""
    told = []
    for matrix in align.align(readings, LEXICON, date(2026, 1, 1), None):
        rows = [
            (row.id, row.label, row.agreement, row.group,
             *(sorted(cells, key=repr) for cells in (row.cells, row.broader, row.catch_all, row.silent)))
            for row in matrix.rows
        ]  # fmt: skip
        told.append((matrix.topic, sorted(column.file for column in matrix.columns), rows))
    return sorted(told, key=repr)


@settings(made_at_random, max_examples=12)
@given(data=st.data(), mades=st.lists(policies(), min_size=2, max_size=4))
def test_the_order_of_documents_changes_no_row(tmp_path: Path, data: st.DataObject, mades: list[Made]) -> None:
    readings = []
    for number, made in enumerate(mades):
        document, _, facts = _text(tmp_path, made)
        readings.append(Reading(replace(document, file=f"{number}.txt", lines=()), facts))
    assert _rows(data.draw(st.permutations(readings))) == _rows(readings)


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
