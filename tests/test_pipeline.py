"""The long acts: which files they take, how they report, and that they end when they are closed."""

from __future__ import annotations

import os
import queue
import shutil
import threading
import time
from collections.abc import Generator
from contextlib import closing
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from policyview import pipeline
from policyview.collection import Collection
from policyview.errors import UseError
from policyview.export.jsonfile import extract_json, matrix_json
from policyview.model import Failure, Matrix, Progress
from policyview.read.copies import Copies
from policyview.read.supervisor import Ended, PageRead
from policyview.settings import Settings
from tests.read.made import make_pdf, prose

SETTINGS = Settings(workers=2)
POLICY = """Gull Health Plan
Medical Policy: Wing Trimming

Coverage Criteria

Wing trimming is considered medically necessary for bent wings when all of the following are met:
1. The wing is bent by 20 degrees or more.
2. Rest has been tried for 6 weeks.

Wing trimming is considered investigational for straight wings.
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of two policies, a failure, and files that are none of ours."""
    folder = tmp_path / "shelf"
    (folder / "inner").mkdir(parents=True)
    (folder / "b.txt").write_text(POLICY)
    (folder / "inner" / "a.md").write_text("# Wings\n\nWings are covered.\n")
    (folder / "c.pdf").write_bytes(b"%PDF-1.7\nbroken")
    (folder / "notes.log").write_text("not ours")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")
    return folder


# --------------------------------------------------------------------------- which files


def test_folders_are_searched_and_the_rest_is_named(shelf: Path) -> None:
    files, skipped = pipeline.expand([shelf])
    assert [path.name for path in files] == ["b.txt", "c.pdf", "a.md"]
    assert [path.name for path in skipped] == ["notes.log", "picture.png"]


def test_a_comparison_written_into_a_folder_is_no_document_of_it(tmp_path: Path) -> None:
    (tmp_path / "policy.md").write_text("# Policy\n")
    report = tmp_path / "policyview-comparison.html"
    report.write_text('<!DOCTYPE html><html><head><meta name="generator" content="policyview 1"></head></html>')
    files, skipped = pipeline.expand([tmp_path])
    assert [path.name for path in files] == ["policy.md"]
    assert [path.name for path in skipped] == [report.name]
    assert [path.name for path in pipeline.expand([report])[0]] == [report.name]  # unless it is named


def test_a_file_named_by_itself_is_read_whatever_it_is(shelf: Path) -> None:
    files, skipped = pipeline.expand([shelf / "picture.png", shelf / "notes.log"])
    assert [path.name for path in files] == ["picture.png", "notes.log"]
    assert skipped == ()


def test_each_file_once_in_the_order_given(shelf: Path) -> None:
    files, skipped = pipeline.expand([shelf / "inner" / "a.md", shelf, shelf / "notes.log", shelf / "inner"])
    assert [path.name for path in files] == ["a.md", "b.txt", "c.pdf", "notes.log"]
    assert [path.name for path in skipped] == ["picture.png"]


def test_bytes_tell_a_type_that_the_name_does_not(shelf: Path) -> None:
    make_pdf(shelf / "noending", [prose(1)])
    assert shelf / "noending" in pipeline.expand([shelf])[0]


def test_a_circle_of_links_ends(shelf: Path) -> None:
    (shelf / "inner" / "up").symlink_to(shelf, target_is_directory=True)
    (shelf / "nowhere.pdf").symlink_to(shelf / "gone")
    files, _ = pipeline.expand([shelf])
    assert len(files) == 4


def test_links_out_of_a_folder_are_not_followed_and_told_of(shelf: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.txt").write_text("Wings are secret.")
    (elsewhere / "notes.log").write_text("Wings are secret.")
    (shelf / "link.txt").symlink_to(elsewhere / "secret.txt")
    (shelf / "link.log").symlink_to(elsewhere / "notes.log")
    (shelf / "folder").symlink_to(elsewhere, target_is_directory=True)
    (shelf / "within.txt").symlink_to(shelf / "b.txt")
    collection = pipeline.run(pipeline.read([shelf], SETTINGS))
    assert "within.txt" in {Path(reading.file).name for reading in collection.readings}
    refused = {Path(failure.file).name: failure.reason for failure in collection.failures}
    assert set(refused) == {"link.txt", "folder", "c.pdf"}
    assert f"is a link out of the folder, to {elsewhere / 'secret.txt'}, and was not followed" in refused["link.txt"]
    assert str(shelf / "link.log") in collection.skipped
    both = pipeline.run(pipeline.read([shelf, elsewhere], SETTINGS))  # now they lead to what was given
    assert {Path(failure.file).name for failure in both.failures} == {"c.pdf"}
    named = pipeline.run(pipeline.read([shelf / "link.txt"], SETTINGS))
    assert [reading.document.text for reading in named.readings] == ["Wings are secret."]


def test_a_folder_that_cannot_be_searched_is_told_of(tmp_path: Path) -> None:
    """Its path is longer than the system bears, which stops even root; the folders above it can be searched."""
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("f" * 250, dir_fd=here)
        below = os.open("f" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    (tmp_path / "b.txt").write_text(POLICY)
    try:
        collection = pipeline.run(pipeline.read([tmp_path], SETTINGS))
    finally:
        shutil.rmtree(tmp_path / ("f" * 250))
    assert [Path(reading.file).name for reading in collection.readings] == ["b.txt"]
    (failure,) = collection.failures
    assert "File name too long" in failure.reason


def test_a_web_page_in_place_of_a_pdf_is_read_where_it_states_coverage(tmp_path: Path) -> None:
    page = "<html><body><h1>Wing Trimming</h1><p>{}</p></body></html>"
    (tmp_path / "policy.pdf").write_text(page.format("Wing trimming is considered medically necessary for bent wings."))
    (tmp_path / "sign-in.pdf").write_text(page.format("Your session has expired. Sign in to go on."))
    collection = pipeline.run(pipeline.read([tmp_path], SETTINGS))
    (reading,) = collection.readings
    assert reading.file.endswith("policy.pdf")
    assert "the bytes are a web page (HTML)" in reading.losses[0].reason
    (failure,) = collection.failures
    assert "sign-in.pdf is a web page (HTML) and states no coverage" in failure.reason


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UseError, match=r"There is no .*gone\.pdf"):
        pipeline.expand([tmp_path / "gone.pdf"])


def test_a_name_that_is_no_utf8_can_be_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/wing\xff.txt"))
    path.write_text("Wings are covered.")
    collection = pipeline.run(pipeline.read([path], SETTINGS))
    assert collection.readings[0].file.endswith("wing\\xff.txt")


# --------------------------------------------------------------------------- reading


def test_every_file_ends_as_one_of_three(shelf: Path) -> None:
    collection = pipeline.run(pipeline.read([shelf], SETTINGS))
    assert [Path(reading.file).name for reading in collection.readings] == ["b.txt", "a.md"]
    assert [Path(failure.file).name for failure in collection.failures] == ["c.pdf"]
    assert "c.pdf is damaged" in collection.failures[0].reason
    assert [Path(name).name for name in collection.skipped] == ["notes.log", "picture.png"]


def test_facts_come_with_the_text(shelf: Path) -> None:
    (reading,) = pipeline.run(pipeline.read([shelf / "b.txt"], SETTINGS)).readings
    assert reading.document.losses == ()
    assert {indication.determination.value for indication in reading.facts.indications} == {
        "medically_necessary", "investigational"}
    for indication in reading.facts.indications:
        anchor = indication.anchor
        assert reading.document.text[anchor.start:anchor.end] == anchor.quote


def test_each_end_is_delivered_once(shelf: Path) -> None:
    with closing(pipeline.read([shelf], SETTINGS)) as act:
        steps = list(act)
    ended = [step for step in steps if step.reading or step.failure]
    assert sorted(Path((step.reading or step.failure).file).name for step in ended) == ["a.md", "b.txt", "c.pdf"]  # type: ignore[union-attr]
    assert [step.done for step in ended] == [1, 2, 3]
    assert {step.total for step in steps} == {3}


def test_progress_comes_often_also_while_it_waits(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1)])
    settings = Settings(workers=1)
    longest, last = 0.0, time.monotonic()
    with closing(pipeline.read([path], settings)) as act:
        for _ in act:
            now = time.monotonic()
            longest, last = max(longest, now - last), now
    assert longest < 0.5  # 0.1 on an idle machine


def test_progress_comes_also_while_pages_trickle_in() -> None:
    """A page each 40 ms: the queue is never empty for as long as a tick."""
    crew = SimpleNamespace(events=queue.SimpleQueue())

    def trickle() -> None:
        for page in range(25):
            time.sleep(0.04)
            crew.events.put(PageRead(0, page))
        crew.events.put(Ended(0, Failure("a.pdf", "is over")))

    thread = threading.Thread(target=trickle)
    thread.start()
    longest, last = 0.0, time.monotonic()
    for _ in pipeline._watch(crew, ["a.pdf"], {}):  # type: ignore[arg-type]
        now = time.monotonic()
        longest, last = max(longest, now - last), now
    thread.join()
    assert longest < 0.3  # 0.1 on an idle machine, 1.0 if only an empty queue made it report


def test_nothing_is_a_collection_too(tmp_path: Path) -> None:
    assert pipeline.run(pipeline.read([tmp_path], SETTINGS)) == Collection()


def test_copies_live_as_long_as_their_owner(shelf: Path) -> None:
    with Copies() as copies:
        (reading,) = pipeline.run(pipeline.read([shelf / "b.txt"], SETTINGS, copies)).readings
        path = copies.find(reading.document.sha256)
        assert path is not None
        assert path.read_text() == POLICY


def test_closing_ends_threads_at_once(tmp_path: Path) -> None:
    paths = [make_pdf(tmp_path / f"{k}.pdf", [prose(page) for page in range(40)]) for k in range(6)]
    before = _threads()
    act = pipeline.read(paths, SETTINGS)
    next(act)
    next(act)
    started = time.monotonic()
    act.close()
    assert time.monotonic() - started < 1.5
    assert [thread.name for thread in _threads() - before] == []


def _threads() -> set[threading.Thread]:
    """Python's own threads: one that Qt started stands among them as a dummy, also when it has ended."""
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


# --------------------------------------------------------------------------- comparing


def test_a_worker_compares_as_we_do(shelf: Path) -> None:
    (shelf / "d.txt").write_text(POLICY.replace("Gull", "Puffin").replace("20 degrees", "30 degrees"))
    collection = pipeline.run(pipeline.read([shelf / "b.txt", shelf / "d.txt"], SETTINGS))
    day = date(2026, 11, 21)
    here = pipeline.run(pipeline.compare(collection, SETTINGS, day))
    there = pipeline.run(pipeline.compare(collection, SETTINGS, day, in_worker=True))
    assert here == there
    assert sum(len(matrix.rows) for matrix in here) >= 2


def test_a_comparison_can_be_closed(shelf: Path) -> None:
    collection = pipeline.run(pipeline.read([shelf / "b.txt"], SETTINGS))
    act: Generator[Progress, None, tuple[Matrix, ...]] = pipeline.compare(
        collection, SETTINGS, date(2026, 11, 21), in_worker=True)
    next(act)
    next(act)
    started = time.monotonic()
    act.close()
    assert time.monotonic() - started < 1


# --------------------------------------------------------------------------- same input, same result


@pytest.mark.cold
def test_neither_the_order_of_the_files_nor_the_number_of_workers_changes_a_byte(shelf: Path) -> None:
    (shelf / "d.txt").write_text(POLICY.replace("Gull", "Tern").replace("6 weeks", "8 weeks"))
    files = [shelf / name for name in ("b.txt", "inner/a.md", "d.txt", "picture.png")]
    told = set[tuple[str, str]]()
    for given, workers in ((files, 1), (files[::-1], 2)):
        settings, day = Settings(workers=workers), date(2026, 3, 1)
        collection = pipeline.amended(pipeline.run(pipeline.read(given, settings)))
        assert [reading.file for reading in collection.readings] == [str(file) for file in given if file.suffix in
                                                                     {".txt", ".md"}]  # fmt: skip
        matrices = pipeline.run(pipeline.compare(collection, settings, day))
        told.add((extract_json(collection), matrix_json(matrices, collection, day)))
    assert len(told) == 1
