"""The second reading: where two libraries disagree about a page, that is said; it never costs the first reading."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policyview import pipeline
from policyview.read.copies import Copies
from policyview.read.second import difference
from policyview.settings import Settings
from tests.read import made
from tests.read.test_supervisor import SETTINGS, read_one


def disagreeing(path: Path, content: bytes = b"", broken: bytes = b"") -> Path:
    """A page that shows one thing and declares that it reads another: PDFium believes it, pypdf does not."""
    said = b"/Span<</ActualText(Wings are covered for everyone)>> BDC "
    shown = b"BT /F 11 Tf 50 722 Td (Wings are never covered) Tj ET EMC"
    return made.make_raw_pdf(path, [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % broken, b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        made.stream(said + shown + content), made.FONT,
    ])


HIDDEN = b" BT 3 Tr /F 11 Tf 50 600 Td (unseen) Tj ET"
BROKEN = b"/Outlines<</First 9 0 R/Last 9 0 R>>/PageLabels 3"


def differing(path: Path, **settings: object) -> list[int | None]:
    losses = read_one(path, settings=replace(SETTINGS, **settings)).document.losses  # type: ignore[arg-type]
    return [loss.page for loss in losses if "read differently by two PDF libraries" in loss.reason]


def test_every_page_is_compared_where_that_is_asked_for(tmp_path: Path) -> None:
    path = disagreeing(tmp_path / "a.pdf")
    assert differing(path) == []
    assert differing(path, second_reading=True) == [1]


@pytest.mark.parametrize(("content", "broken"), [(HIDDEN, b""), (b"", BROKEN)])
def test_a_doubtful_page_is_compared_unasked(tmp_path: Path, content: bytes, broken: bytes) -> None:
    assert differing(disagreeing(tmp_path / "a.pdf", content, broken)) == [1]


def test_what_was_read_can_be_read_twice_later(tmp_path: Path) -> None:
    paths = [disagreeing(tmp_path / "a.pdf"), made.make_pdf(tmp_path / "b.pdf", [made.prose(1)])]
    settings = Settings(workers=1)
    with Copies() as copies:
        readings = pipeline.run(pipeline.read(paths, settings, copies)).readings
        steps = list(pipeline.read_twice(readings, settings, copies))
    (told,) = [step.reading for step in steps if step.reading]
    assert told.facts == readings[0].facts
    assert [loss.page for loss in told.document.losses] == [1]
    assert not any(step.failure for step in steps)


def test_pages_that_agree_are_not_named(tmp_path: Path) -> None:
    path = made.make_pdf(tmp_path / "a.pdf", [made.prose(1), made.prose(2)])
    assert read_one(path, settings=replace(SETTINGS, second_reading=True)).document.losses == ()


def test_a_page_that_hangs_the_second_library_costs_the_comparison_alone(tmp_path: Path) -> None:
    path = made.make_pdf(tmp_path / "a.pdf", [made.prose(number) for number in (1, 2, 3)])
    settings = replace(SETTINGS, second_reading=True)
    reading = read_one(path, settings=settings, target=made.hang_second_on_2, finish=made.few_facts)
    assert "Page 3 says" in reading.document.text
    assert reading.facts.policy.title == "9 lines"
    (loss,) = reading.document.losses
    assert loss.reason.startswith("The second reading, by another PDF library, was given up behind page 1: it took")


def test_a_page_that_the_second_library_cannot_read_is_named(tmp_path: Path) -> None:
    path = made.make_pdf(tmp_path / "a.pdf", [made.prose(1), made.prose(2)])
    settings = replace(SETTINGS, second_reading=True)
    (loss,) = read_one(path, settings=settings, target=made.raise_second_on_2).document.losses
    assert loss.reason.startswith("Page 2 could be read by one of two PDF libraries only (ArithmeticError")


def test_order_white_space_and_a_letter_or_two_make_no_difference() -> None:
    assert difference("Wings are covered.\n1. bent", "1.bent Wings arecovered") == 0
    assert difference("Wings are covered" * 9, "Wings are covered" * 9 + "abc") == 0
    assert difference("Wings are not covered", "Wings are covered by all") > 0.2
    assert difference("", "Wings are covered") == 1
