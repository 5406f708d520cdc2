"""What fuzzing found (tests/benchmarks/fuzzing.py), each file as it was cut down, through a real worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policyview import pipeline
from policyview.errors import FileError
from policyview.model import Failure, Reading
from policyview.read import worker
from policyview.settings import Settings
from tests.read.test_supervisor import read_all

DATA = Path(__file__).resolve().parents[1] / "data"
REASONS = {
    "offset_before_the_file.docx": "is damaged or protected and cannot be unpacked",  # ended the worker by an OSError
}
ENDS = {
    "items_without_words.md": ["Pulsed mist: Dry cough"],  # cost the document all its facts
}


def test_every_file_that_was_found_has_its_test() -> None:
    assert {path.name for path in DATA.iterdir() if path.is_file()} == REASONS.keys() | ENDS.keys()


@pytest.mark.parametrize("name", REASONS)
def test_a_file_that_was_found_is_refused_with_its_reason(name: str) -> None:
    (outcome,) = read_all([DATA / name])
    assert isinstance(outcome, Failure)
    assert f"{name} {REASONS[name]}" in outcome.reason


@pytest.mark.parametrize("name", ENDS)
def test_a_file_that_was_found_is_read(name: str) -> None:
    (outcome,) = read_all([DATA / name], pipeline.facts_of, Settings(workers=1))
    assert isinstance(outcome, Reading)
    assert [said.text for said in outcome.facts.indications] == ENDS[name]


@pytest.mark.parametrize(("error", "told"), [
    (OSError(22, "Invalid argument"), ("broken", "OSError: [Errno 22] Invalid argument")),
    (FileError("a.pdf is damaged."), ("refused", "a.pdf is damaged.")),
])
def test_what_reading_raises_is_told_and_ends_no_worker(error: Exception, told: tuple[str, str]) -> None:
    def messages() -> Iterator[tuple[str, ...]]:
        yield ("piece",)
        raise error

    assert list(worker._told(messages())) == [("piece",), told]
