"""Invented policies, made at random: however a version is printed, only what it says counts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policyview import extract, lexicon, read, segment, versions
from policyview.model import Reading
from policyview.versions import Diff
from tests.extract.policies import (
    LABELS,
    Criterion,
    Made,
    as_pdf,
    as_text,
    looks_like_furniture,
    paged,
    policies,
    running,
)

WORDS = lexicon.load()
made_at_random = settings(
    max_examples=15, derandomize=True, database=None, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)  # fmt: skip


def read_as(path: Path) -> Reading:
    document = read.document(path)
    structure = segment.segment(document, WORDS)
    facts = extract.extract(document, structure, WORDS)
    return Reading(document, replace(facts, units=versions.units_of(document, structure, facts)))


def printed(folder: Path, made: Made, width: float = 468, lines_a_page: int = 42, furnished: bool = False) -> Reading:
    pages = paged(made, width, lines_a_page)
    assume(not looks_like_furniture(pages))
    return read_as(as_pdf(folder / "made.pdf", pages, running(made) if furnished else None))


def typed(folder: Path, made: Made, width: int = 1000) -> Reading:
    path = folder / "made.txt"
    path.write_text(as_text(made, width), encoding="utf-8")
    return read_as(path)


def compared(old: Reading, new: Reading) -> Diff:
    return versions.compare(old, new, WORDS)


def substantive(diff: Diff) -> list[str]:
    return [change.summary for change in diff.changes if change.significance == "substantive"]


@made_at_random
@given(made=policies(), width=st.integers(330, 468), lines_a_page=st.integers(22, 42), furnished=st.booleans())
def test_other_lines_other_pages_and_furniture_are_no_change(
    tmp_path: Path, made: Made, width: int, lines_a_page: int, furnished: bool
) -> None:
    new = printed(tmp_path, made, width, lines_a_page, furnished)
    assume(not furnished or len(new.document.pages) > 2)  # what is printed once or twice is not known for furniture
    assert substantive(compared(printed(tmp_path, made), new)) == []


@made_at_random
@given(made=policies(), labels=st.sampled_from(LABELS))
def test_other_labels_are_no_change(tmp_path: Path, made: Made, labels: tuple[str, str, str]) -> None:
    assert substantive(compared(printed(tmp_path, made), printed(tmp_path, replace(made, labels=labels)))) == []


@made_at_random
@given(made=policies(), width=st.integers(58, 110))
def test_a_text_and_a_pdf_of_one_version_are_no_change(tmp_path: Path, made: Made, width: int) -> None:
    assert substantive(compared(typed(tmp_path, made, width), printed(tmp_path, made))) == []


@made_at_random
@given(made=policies(), data=st.data())
def test_another_number_in_a_criterion_is_always_a_change_however_it_is_printed(
    tmp_path: Path, made: Made, data: st.DataObject
) -> None:
    numbers = [(leaf, match) for rule in made.rules for leaf in leaves(rule.criteria)
               for match in re.finditer(r"\d+", leaf)]  # fmt: skip
    assume(numbers)
    leaf, match = data.draw(st.sampled_from(numbers))
    number = data.draw(st.integers(2, 99).filter(lambda n: str(n) != match[0]))
    changed = f"{leaf[: match.start()]}{number}{leaf[match.end() :]}"
    rules = tuple(replace(rule, criteria=exchanged(rule.criteria, leaf, changed)) for rule in made.rules)
    width, furnished = data.draw(st.integers(330, 468)), data.draw(st.booleans())
    new = printed(tmp_path, replace(made, rules=rules), width, 30, furnished)
    assume(not furnished or len(new.document.pages) > 2)
    assert len(substantive(compared(printed(tmp_path, made), new))) == 1


def leaves(criteria: tuple[Criterion, ...]) -> list[str]:
    return [text for each in criteria for text in (leaves(each.below) if each.below else [each.text])]


def exchanged(criteria: tuple[Criterion, ...], old: str, new: str) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(new if each.text == old else each.text, exchanged(each.below, old, new)) for each in criteria
    )
