"""Worker processes: facts and text come back, bad pages are lost alone, a stop ends everything."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import pytest

from policyview.model import Failure, Reading
from policyview.read import worker
from policyview.read.copies import Copies
from policyview.read.supervisor import Crew, Ended
from policyview.settings import Settings
from tests.read import made

pytestmark = pytest.mark.cold
SETTINGS = Settings(workers=1, page_deadline_s=1.5, facts_deadline_s=1.5)


def read_all(files: list[Path], finish: worker.Finish | None = None, settings: Settings = SETTINGS,
             target: Callable[..., Any] = worker.main) -> list[Reading | Failure]:
    outcomes: dict[int, Reading | Failure] = {}
    with Copies() as copies, closing(Crew([(f, f.name) for f in files], settings, copies, finish, target)) as crew:
        while len(outcomes) < len(files):
            event = crew.events.get(timeout=60)
            if isinstance(event, Ended):
                outcomes[event.index] = event.outcome
    return [outcomes[index] for index in range(len(files))]


def read_one(path: Path, **more: Any) -> Reading:
    (outcome,) = read_all([path], **more)
    assert isinstance(outcome, Reading), outcome
    return outcome


@pytest.fixture
def six_pages(tmp_path: Path) -> Path:
    return made.make_pdf(tmp_path / "six.pdf", [made.prose(number) for number in range(1, 7)])


def test_text_and_facts_come_back_without_lines(six_pages: Path) -> None:
    reading = read_one(six_pages, finish=made.few_facts)
    assert reading.file == "six.pdf"
    assert len(reading.document.pages) == 6
    assert reading.document.lines == ()
    assert reading.facts.policy.title == "18 lines"
    assert reading.facts.boilerplate == tuple((str(k), k) for k in range(40))


def test_same_text_as_in_process(six_pages: Path) -> None:
    from policyview import read

    here, there = read.document(six_pages), read_one(six_pages).document
    assert replace(here, lines=()) == there


def test_a_hanging_page_is_lost_alone(six_pages: Path) -> None:
    reading = read_one(six_pages, target=made.hang_on_2, finish=made.few_facts)
    (loss,) = reading.document.losses
    assert loss.page == 2
    assert "took longer than 1.5 seconds" in loss.reason
    assert "Page 2 says" not in reading.document.text
    assert "Page 6 says" in reading.document.text
    assert reading.document.page_at(reading.document.text.index("Page 3 says")) == 3
    assert reading.facts.policy.title == "15 lines"


def test_a_file_that_hangs_between_two_good_ones_delays_them_by_its_deadline(tmp_path: Path) -> None:
    good = [made.make_pdf(tmp_path / name, [made.prose(1)]) for name in ("a.pdf", "c.pdf")]
    hanging = made.make_pdf(tmp_path / "b.pdf", [made.prose(1), made.prose(2)])
    files, ended = [(path, path.name) for path in (good[0], hanging, good[1])], dict[int, float]()
    with Copies() as copies, closing(Crew(files, SETTINGS, copies, None, made.hang_on_2)) as crew:
        while len(ended) < 3:
            event = crew.events.get(timeout=60)
            if isinstance(event, Ended):
                assert isinstance(event.outcome, Reading)
                ended[event.index] = time.monotonic()
    assert list(ended) == [0, 1, 2]
    assert SETTINGS.page_deadline_s <= ended[2] - ended[0] < SETTINGS.page_deadline_s + 4  # and a new worker's start


def test_a_raising_page_is_lost_alone(six_pages: Path) -> None:
    reading = read_one(six_pages, target=made.raise_on_3)
    assert [loss.page for loss in reading.document.losses] == [3]
    assert "ArithmeticError" in reading.document.losses[0].reason


def test_after_three_deaths_what_was_read_is_kept_and_the_gap_stated(tmp_path: Path) -> None:
    path = made.make_pdf(tmp_path / "ten.pdf", [made.prose(number) for number in range(1, 11)])
    reading = read_one(path, target=made.crash_on_even, finish=made.few_facts)
    assert "Page 5 says" in reading.document.text
    assert "Page 7 says" not in reading.document.text
    assert [loss.page for loss in reading.document.losses] == [2, 4, 6, 7]
    assert "Pages 7 to 10 were not read" in reading.document.losses[-1].reason
    assert "crashed" in reading.document.losses[0].reason
    assert len(reading.document.pages) == 6
    assert reading.facts.policy.title == "9 lines"


def test_a_single_page_that_hangs_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = made.make_pdf(tmp_path / "two.pdf", [[], made.prose(2)])
    (outcome,) = read_all([path], target=made.hang_on_2, finish=made.few_facts)
    assert isinstance(outcome, Failure)
    assert "two.pdf has no text that could be read (Page 2 was given up: reading it took longer" in outcome.reason


@pytest.mark.parametrize(("finish", "reason"), [
    (made.hanging_facts, "took longer than 1.5 seconds"), (made.broken_facts, "ZeroDivisionError"),
])
def test_facts_that_fail_cost_no_text(six_pages: Path, finish: worker.Finish, reason: str) -> None:
    reading = read_one(six_pages, finish=finish)
    assert "Page 6 says" in reading.document.text
    assert [(loss.page, reason in loss.reason) for loss in reading.document.losses] == [(None, True)]


def test_one_bad_file_never_ends_the_run(six_pages: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing")
    text = tmp_path / "wing.txt"
    text.write_text("Wings are covered.\n")
    missing = tmp_path / "gone.pdf"
    outcomes = read_all([bad, missing, six_pages, text])
    assert [type(outcome) for outcome in outcomes] == [Failure, Failure, Reading, Reading]
    assert isinstance(outcomes[1], Failure)
    assert outcomes[1].reason.startswith("gone.pdf cannot be opened")


def test_too_large_a_file_is_refused(six_pages: Path) -> None:
    (outcome,) = read_all([six_pages], settings=replace(SETTINGS, max_file_bytes=100))
    assert isinstance(outcome, Failure)
    assert "six.pdf is larger than" in outcome.reason


def test_a_device_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    (outcome,) = read_all([pipe])
    assert isinstance(outcome, Failure)
    assert "is not a regular file" in outcome.reason


def test_closing_ends_workers_at_once(six_pages: Path) -> None:
    with Copies() as copies:
        crew = Crew([(six_pages, "six.pdf")], SETTINGS, copies, None, made.slow)
        crew.events.get(timeout=60)
        started = time.monotonic()
        crew.close()
        assert time.monotonic() - started < 1
    assert not _children()


def test_a_worker_writes_nothing_and_starts_nothing(six_pages: Path, seen: Callable[[], list[str]]) -> None:
    assert read_one(six_pages, target=made.write_a_file).document.losses == ()
    assert not Path("/tmp/policyview-must-not-be").exists()
    assert {line.split(": ")[1].split()[0] for line in seen()} == {"os.system", "os.fork"}  # tried, and refused


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits, as --help says")
def test_a_worker_opens_few_files(six_pages: Path) -> None:
    assert read_one(six_pages, target=made.use_up_files).document.losses == ()


def test_memory_beyond_the_limit_costs_a_page_or_the_facts(six_pages: Path) -> None:
    reading = read_one(six_pages, target=made.hungry_on_5, finish=made.hungry_facts)
    assert [(loss.page, "memory" in loss.reason) for loss in reading.document.losses] == [(None, True), (5, True)]
    assert "Page 6 says" in reading.document.text


def test_a_worker_that_cannot_start_is_a_failure_with_its_reason(
    six_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(SpawnProcess, "start", refuse)
    (failure,) = read_all([six_pages])
    assert isinstance(failure, Failure)
    assert "Resource temporarily unavailable" in failure.reason


def _children() -> list[int]:
    """Processes of which this one is the parent, but for multiprocessing's tracker and the server of tests/warm."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
            command = (entry.parent / "cmdline").read_bytes()
        except OSError:
            continue
        is_ours = b"resource_tracker" in command or b"forkserver" in command
        if int(fields[1]) == os.getpid() and fields[0] != "Z" and not is_ours:
            found.append(int(entry.parent.name))
    return found


_PARENT = """
import sys
from pathlib import Path
from policyview import pipeline
from policyview.read.copies import Copies
from policyview.read.pages import PageWorker
from policyview.read.supervisor import Crew, Ended
from policyview.settings import Settings

if __name__ == "__main__":
    path = Path(sys.argv[1])
    with Copies() as copies, PageWorker(Settings()) as pages:
        crew = Crew([(path, "a.pdf")], Settings(), copies, None)
        while not isinstance(event := crew.events.get(), Ended):
            pass
        crew.close()
        pages.render(copies.find(event.outcome.document.sha256), 1, 100)
    print(sorted(m for m in sys.modules if m.split(".")[0] in {"pypdf", "pypdfium2", "PySide6", "docx", "selectolax"}))
"""


def test_the_parent_never_loads_an_engine(six_pages: Path, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    ended = subprocess.run([sys.executable, str(script), str(six_pages)], capture_output=True, text=True, timeout=60)
    assert (ended.stdout.strip(), ended.stderr) == ("[]", "")


_ORPHANING = """
import os, signal, sys, time
from pathlib import Path
from policyview.read.copies import Copies
from policyview.read.supervisor import Crew
from policyview.settings import Settings
from tests.read import made

if __name__ == "__main__":
    crew = Crew([(Path(sys.argv[1]), "a.pdf")], Settings(workers=1, page_deadline_s=60), Copies(), None, made.hang_on_2)
    crew.events.get()
    print(crew._processes[0]._process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the death signal is Linux's")
def test_workers_die_with_their_parent(six_pages: Path, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_ORPHANING)
    packages = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), os.getcwd())))
    environment = {**os.environ, "PYTHONPATH": packages}
    ended = subprocess.run([sys.executable, str(script), str(six_pages)], capture_output=True, text=True, timeout=60,
                           env=environment)
    worker_pid = int(ended.stdout)
    until = time.monotonic() + 5
    while _is_running(worker_pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_running(worker_pid)


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
