"""The command line as a user meets it: small files, exit codes, one sentence for each fault.

``run`` is a process of its own, for what is the process's: its streams, its imports, the signals it gets. ``here``
calls the same in this one, for what the words do.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest

from policyview import edition
from policyview.__main__ import main
from policyview.collection import Collection
from policyview.export.pack import form
from policyview.model import Progress
from policyview.settings import Settings
from policyview.store import Kept, Workspace
from tests.export import packs
from tests.read.made import make_pdf, prose
from tests.store.made import about, fill

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(ROOT))))

POLICY = """Larkspur Health Plan
Medical Policy
Policy Number: MP-100
Subject: Limb warming sleeves
Effective Date: March 1, 2025

Policy
A limb warming sleeve is considered medically necessary for winter limb stiffness.
A limb warming sleeve is considered investigational for desk fatigue.
"""
OTHER = """Brookfield Mutual
Medical Policy
Policy Number: UM-7
Subject: Limb warming sleeves
Effective Date: June 2, 2024

Policy
A limb warming sleeve is considered medically necessary for desk fatigue.
"""
NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with two policies and a file of no type that is read."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "larkspur.txt").write_text(POLICY)
    (folder / "brookfield.txt").write_text(OTHER)
    (folder / "picture.bin").write_bytes(bytes(range(256)))
    return folder


def run(*words: str | bytes | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """policyview in a process of its own; whatever it does, it never shows a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "policyview", *words], cwd=cwd, env={**os.environ, **environment},
        capture_output=True, encoding="utf-8", errors="surrogateescape", timeout=120, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def here(*words: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """policyview called from this process, which needs a tenth of the time; its exit code and what it printed."""
    with (
        contextlib.chdir(cwd), mock.patch.dict(os.environ, environment),
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as out,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as said,
        contextlib.redirect_stdout(out), contextlib.redirect_stderr(said),
    ):  # fmt: skip
        code = main([os.fspath(word) for word in words])
        out.seek(0)
        said.seek(0)
        done = subprocess.CompletedProcess(words, code, out.read(), said.read())
    assert "Traceback" not in done.stderr, done.stderr
    return done


# --------------------------------------------------------------------------- extract


def test_a_failure_is_told_once_by_whatever_paths_it_comes_and_no_more_when_the_cause_is_gone(
    shelf: Path, tmp_path: Path
) -> None:
    (shelf / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    words = ("extract", "shelf/broken.pdf", shelf, "./shelf", "-o", tmp_path / "x.json")
    done = here(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("broken.pdf") == 1
    assert len(json.loads((tmp_path / "x.json").read_text())["failures"]) == 1
    make_pdf(shelf / "broken.pdf", [prose(1)])
    done = here(*words, cwd=tmp_path)
    assert (done.returncode, "broken.pdf" in done.stderr) == (0, False)


def test_extract_to_a_file_with_texts(shelf: Path, tmp_path: Path) -> None:
    done = run("extract", shelf, "-o", tmp_path / "x.json", "--text", tmp_path / "deep" / "texts", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "picture.bin" in done.stderr
    whole = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert whole["schema"] == "policyview/extract/1"
    assert len(whole["documents"]) == 2
    assert len(whole["skipped"]) == 1
    for document in whole["documents"]:
        text = (tmp_path / "deep" / "texts" / f"{document['sha256']}.txt").read_bytes().decode()
        assert document["indications"]
        for indication in document["indications"]:
            anchor = indication["anchor"]
            assert text[anchor["start"] : anchor["end"]] == anchor["quote"]


def test_extract_to_standard_output_is_the_same(shelf: Path, tmp_path: Path) -> None:
    one = run("extract", shelf, cwd=tmp_path, PYTHONIOENCODING="cp1252")
    other = here("extract", shelf, "-o", tmp_path / "x.json", cwd=tmp_path)
    assert (one.returncode, other.returncode) == (0, 0)
    assert one.stdout == (tmp_path / "x.json").read_text("utf-8")


def test_failures_are_named_and_the_rest_delivered(shelf: Path, tmp_path: Path) -> None:
    (shelf / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    done = here("extract", shelf, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("broken.pdf") == 1
    whole = json.loads(done.stdout)
    assert len(whole["documents"]) == 2
    assert whole["failures"][0]["file"].endswith("broken.pdf")
    assert len(whole["failures"][0]["reason"]) > 10


def test_folder_without_documents(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = here("extract", tmp_path / "empty", cwd=tmp_path)
    assert done.returncode == 1
    assert "no document" in done.stderr
    assert json.loads(done.stdout)["documents"] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems take no such file names")
def test_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9 \x1b[31m.txt"
    with open(name, "w") as file:
        file.write(POLICY)
    done = run("extract", name, cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["documents"][0]["file"].endswith("caf\\xe9 \x1b[31m.txt")
    missing = run("extract", name + b"x", cwd=tmp_path)
    assert missing.returncode == 2
    assert "\x1b" not in missing.stderr


def test_path_called_like_a_command(tmp_path: Path) -> None:
    (tmp_path / "extract").write_text(POLICY)
    for words in (("extract", "extract"), ("extract", "--", "extract"), ("extract", "./extract")):
        done = here(*words, cwd=tmp_path)
        assert len(json.loads(done.stdout)["documents"]) == 1
    done = here("--", "extract", cwd=tmp_path, **NO_DISPLAY)
    assert done.returncode == 0
    assert (tmp_path / "policyview-comparison.html").exists()


def test_path_that_begins_with_a_dash_and_options_between_paths(tmp_path: Path) -> None:
    (tmp_path / "-o").write_text(POLICY)
    (tmp_path / "b.txt").write_text(OTHER)
    (tmp_path / "c.txt").write_text(OTHER + "More.\n")
    done = here("extract", "b.txt", "-o", "x.json", "c.txt", "--", "-o", cwd=tmp_path)
    assert done.returncode == 0
    documents = json.loads((tmp_path / "x.json").read_text())["documents"]
    assert [each["file"] for each in documents] == ["-o", "b.txt", "c.txt"]


def test_reader_of_the_output_goes_away(shelf: Path, tmp_path: Path) -> None:
    (shelf / "long.txt").write_text(POLICY + "Any word.\n" * 20_000)
    with subprocess.Popen([sys.executable, "-m", "policyview", "extract", str(shelf), "--text", "t"], cwd=tmp_path,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 141
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_full_disk_is_a_sentence(shelf: Path, tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "policyview", "extract", str(shelf)], cwd=tmp_path, stdout=full,
                              stderr=subprocess.PIPE, encoding="utf-8", check=False)  # fmt: skip
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def wait_for_a_worker(process: int) -> None:
    """Returns when ``process`` has a worker beside multiprocessing's own tracker, its guards standing or not."""
    for _ in range(600):
        lists = [path.read_text().split() for path in Path(f"/proc/{process}/task").glob("*/children")]
        children = [child for each in lists for child in each]
        if len(children) > 1:
            return
        time.sleep(0.05)
    pytest.fail("no worker was started")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C as at a terminal: a shell starts what it puts in the background with the signal ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked up in /proc")
@pytest.mark.usefixtures("interruptible")
def test_interrupt_ends_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(POLICY * 20_000)
    words = [sys.executable, "-m", "policyview", "extract", "long.txt", "-o", "x.json"]
    with subprocess.Popen(
        words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        wait_for_a_worker(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert (process.returncode, said) == (130, "policyview: Stopped before the end.\n")
    assert os.listdir(tmp_path) == ["long.txt"]


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="Ctrl-C is not sent so")
@pytest.mark.parametrize("words", [["extract", "{}", "-o", "out.json"], ["compare", "{}", "-o", "out.html"]])
@pytest.mark.parametrize("at", ["reading", "writing"])
@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_that_was_swallowed_still_counts(
    words: list[str], at: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A finalizer or a compiled module's import may lose the KeyboardInterrupt; nothing is written all the same."""
    from policyview import pipeline
    from policyview.export import delivery, jsonfile

    def lose_an_interrupt() -> None:
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    read, extract_json, html = pipeline.read, jsonfile.extract_json, delivery.FORMATS[".html"]

    def reading(*arguments: Any, **named: Any) -> Generator[Progress, None, Collection]:
        lose_an_interrupt()
        return (yield from read(*arguments, **named))

    def writing(*arguments: Any) -> Any:
        lose_an_interrupt()
        return html(*arguments) if words[0] == "compare" else extract_json(*arguments)

    if at == "reading":
        monkeypatch.setattr(pipeline, "read", reading)
    else:
        monkeypatch.setattr(jsonfile, "extract_json", writing)
        monkeypatch.setitem(delivery.FORMATS, ".html", writing)
    (tmp_path / "policy.txt").write_text(POLICY)
    monkeypatch.chdir(tmp_path)
    before = signal.getsignal(signal.SIGINT)
    try:
        assert main([word.format("policy.txt") for word in words]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr().err == "policyview: Stopped before the end.\n"
    assert os.listdir() == ["policy.txt"]


def test_an_ignored_interrupt_stays_ignored(tmp_path: Path) -> None:
    """A shell starts a job in the background with Ctrl-C ignored."""
    (tmp_path / "policy.txt").write_text(POLICY)
    code = ("import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nfrom policyview.__main__ import main\n"
            "from policyview.export import terminal\n"
            "tell = terminal.say_what_became\n"
            "terminal.say_what_became = lambda c: (signal.raise_signal(signal.SIGINT), tell(c))\n"
            "if __name__ == '__main__':\n"
            "    raise SystemExit(main(['extract', 'policy.txt', '-o', 'x.json']))")  # fmt: skip
    (tmp_path / "start.py").write_text(code)
    done = subprocess.run([sys.executable, "start.py"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": PACKAGES},
                          capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


# --------------------------------------------------------------------------- the user's lexicon

MINE = '[covered]\npatterns = ["is a granted service"]\nexamples = ["This is a granted service."]\n'
GRANTING = POLICY.replace("is considered medically necessary", "is a granted service")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A lexicon in the settings folder of an invented user."""
    folder = tmp_path / "config" / "policyview" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "determinations.toml").write_text(MINE)
    (tmp_path / "granting.txt").write_text(GRANTING)
    return folder


def stated(done: subprocess.CompletedProcess[str]) -> set[str]:
    assert done.returncode == 0, done.stderr
    return {indication["stated"] for indication in json.loads(done.stdout)["documents"][0]["indications"]}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the settings folder is moved as on Linux")
def test_lexicon_in_the_settings_folder(mine: Path, tmp_path: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert "is a granted service" not in stated(here("extract", "granting.txt", cwd=tmp_path))
    assert "is a granted service" in stated(run("extract", "granting.txt", cwd=tmp_path, **home))
    for words in (["compare", "granting.txt", "-o", "m.json"], ["granting.txt"]):
        assert here(*words, cwd=tmp_path, **home, **NO_DISPLAY).returncode == 0
    matrix = json.loads((tmp_path / "m.json").read_text())["matrices"][0]
    assert sum("winter limb stiffness" in row["label"] for row in matrix["rows"]) == 1
    assert str(mine) in here("--help", cwd=tmp_path, COLUMNS="300", **home).stdout


def test_lexicon_named_on_the_command_line(mine: Path, tmp_path: Path) -> None:
    named = mine.relative_to(tmp_path)
    assert "is a granted service" in stated(here("extract", "granting.txt", "--lexicon", named, cwd=tmp_path))


@pytest.mark.parametrize("words", [["extract", "granting.txt"], ["compare", "granting.txt", "-o", "m.html"],
                                   ["granting.txt"], ["granting.txt", "--screenshot", "w.png"]])  # fmt: skip
def test_mistake_in_the_lexicon_is_a_sentence_and_two(words: list[str], mine: Path, tmp_path: Path) -> None:
    (mine / "determinations.toml").write_text(MINE + "\n[covered-too]\npatterns = ['(']\n")
    before = sorted(tmp_path.rglob("*"))
    act = run if "--screenshot" in words else here
    done = act(*words, "--lexicon", mine, cwd=tmp_path, **NO_DISPLAY)
    assert (done.returncode, done.stdout) == (2, "")
    sentences = [line for line in done.stderr.splitlines() if "no display" not in line]
    assert len(sentences) == 1
    assert f"{mine / 'determinations.toml'}, line 5, " in sentences[0]
    assert sorted(tmp_path.rglob("*")) == before


def test_lexicon_folder_that_is_not_there(shelf: Path, tmp_path: Path) -> None:
    done = here("extract", shelf, "--lexicon", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere" in done.stderr


# --------------------------------------------------------------------------- compare


@pytest.mark.parametrize("ending", ["html", "xlsx", "csv", "json", "HTML"])
def test_compare_writes_what_the_ending_names(ending: str, shelf: Path, tmp_path: Path) -> None:
    target = tmp_path / f"out.{ending}"
    done = here("compare", shelf, "-o", target, "--as-of", "2026-01-01", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    begins = {"html": b"<!DOCTYPE html>", "xlsx": b"PK", "csv": b"\xef\xbb\xbf\"topic\"", "json": b"{\n\"schema\""}
    assert target.read_bytes().startswith(begins[ending.lower()])


def test_compare_as_of_a_day_and_from_a_payers_view(shelf: Path, tmp_path: Path) -> None:
    def columns(*words: str) -> dict[str, bool]:
        done = here("compare", shelf, "-o", "m.json", *words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        (matrix,) = json.loads((tmp_path / "m.json").read_text())["matrices"]
        return {column["payer"]: column["in_force"] for column in matrix["columns"]}

    early = columns("--as-of", "2025-01-01")
    assert early == {"Brookfield Mutual": True, "Larkspur Health Plan": False}
    for ours in ("Brookfield Mutual", "larkspur health plan"):
        assert next(iter(columns("--as-of", "2026-01-01", "--ours", ours))).casefold() == ours.casefold()


def test_unknown_payer_is_wrong_use(shelf: Path, tmp_path: Path) -> None:
    done = here("compare", shelf, "-o", "m.json", "--ours", "Nobody", cwd=tmp_path)
    assert done.returncode == 2
    assert "Larkspur Health Plan" in done.stderr
    assert not (tmp_path / "m.json").exists()


# --------------------------------------------------------------------------- workspaces


def kept(path: Path, folder: Path, texts: dict[str, str]) -> Path:
    """A workspace that holds these documents as this program reads them."""
    with Workspace.make(path) as workspace:
        files = []
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
            reading = packs.reading_of(folder / name, name)
            workspace.keep(reading, folder / name, edition.edition(Settings()))
            files.append(Kept(name, folder / name, reading.document.sha256))
            workspace.add_review("confirm", about(reading), "Ada")
        workspace.set_files(files)
        for name in texts:
            (folder / name).unlink()
    return path


def written(workspace: Path, who: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, dict[str, str]]:
    """The report of a workspace as ``who`` writes it at home, and all texts of the workbook by their cells."""
    home = workspace.parent / who
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LOGNAME", who)
    monkeypatch.chdir(home)
    for name in ("m.html", "m.xlsx"):
        assert main(["compare", str(workspace), "-o", name, "--as-of", "2026-01-01"]) == 0
    sheets = openpyxl.load_workbook("m.xlsx")
    cells = {f"{sheet.title} {cell.coordinate}": str(cell.value)
             for sheet in sheets for row in sheet.iter_rows() for cell in row}  # fmt: skip
    return Path("m.html").read_text("utf-8"), {**cells, "author": str(sheets.properties.creator)}


def test_another_user_elsewhere_writes_the_same_but_for_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = kept(tmp_path / "kept.policyview", tmp_path, {"larkspur.txt": POLICY, "brookfield.txt": OTHER})
    page, cells = written(workspace, "ada", monkeypatch)
    (tmp_path / "elsewhere").mkdir()
    moved = workspace.rename(tmp_path / "elsewhere" / "of bert.policyview")
    other_page, other_cells = written(moved, "bert", monkeypatch)
    differing = [(cells.get(place), other_cells.get(place)) for place in {**cells, **other_cells}
                 if cells.get(place) != other_cells.get(place)]  # fmt: skip
    day = datetime.date.today()
    assert sorted(map(str, differing)) == [
        str(("ada", "bert")), str((f"by ada, {day}", f"by bert, {day}"))]  # fmt: skip
    assert "by ada" in page
    assert page.replace(f"by ada, {day}", f"by bert, {day}") == other_page
    assert "confirmed by Ada" in page


def test_changes_are_told_of_the_versions_that_a_workspace_holds(tmp_path: Path) -> None:
    """With real workers: the documents are nowhere but in the workspace."""
    newer = POLICY.replace("March 1, 2025", "March 1, 2026").replace("investigational", "medically necessary")
    workspace = kept(tmp_path / "kept.policyview", tmp_path, {"old.txt": POLICY, "new.txt": newer})
    done = here("compare", workspace, "-o", "m.xlsx", "--as-of", "2026-06-01", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    changes = [row[6:10] for row in openpyxl.load_workbook(tmp_path / "m.xlsx")["Changes"].iter_rows(values_only=True)]
    assert ("On coverage", "Determination", "modified") in [row[:3] for row in changes]


# --------------------------------------------------------------------------- pack and verify


def test_a_workspace_is_packed_and_its_pack_verified(
    shelf: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """With real workers: the pack of a workspace, a broken file beside it, holds; a forged one does not."""
    with Workspace.make(tmp_path / "kept.policyview") as workspace:
        kept = fill(workspace, tmp_path)
        reviews = workspace.reviews
    make_pdf(shelf / "scan.pdf", [prose(1)])
    (shelf / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    done = here("pack", "kept.policyview", "shelf", "-o", "a.zip", "--as-of", "2026-01-01", cwd=tmp_path)
    digest = done.stdout.strip()
    assert (done.returncode, len(digest), done.stderr.count("broken.pdf")) == (1, 64, 1)
    parts = packs.parts_of(tmp_path / "a.zip")
    assert parts[form.AUDIT] == b"".join(review.line + b"\n" for review in reviews)
    told = json.loads(parts[form.EXTRACT])
    assert [each["file"] for each in told["documents"]][:2] == [reading.file for reading in kept]
    assert len(told["documents"]) == len(kept) + 3
    assert len(told["failures"]) == 2

    assert main(["verify", str(tmp_path / "a.zip"), "--digest", digest.upper()]) == 0
    said = capsys.readouterr().out
    for words in ("all that could be checked holds", "byte for byte", "broken.pdf", "torn.pdf"):
        assert words in said

    forged = packs.changed(parts, form.text_name(kept[1].document.sha256), b"seasonal", b"seasoned")
    packs.zipped(packs.summed(forged), tmp_path / "b.zip")
    assert main(["verify", str(tmp_path / "b.zip")]) == 1
    assert "It is not the text that its source gives" in capsys.readouterr().out


# --------------------------------------------------------------------------- without a window


def test_without_a_display_the_comparison_is_a_file(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "policyview-comparison.html").write_text("mine")
    first = here(shelf, cwd=tmp_path, **NO_DISPLAY)
    second = run(shelf, cwd=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "no display" in first.stderr
    assert (tmp_path / "policyview-comparison.html").read_text() == "mine"
    for done, name in ((first, "policyview-comparison-2.html"), (second, "policyview-comparison-3.html")):
        assert Path(done.stdout.strip()) == tmp_path / name
        assert "Larkspur Health Plan" in (tmp_path / name).read_text("utf-8")


def test_without_a_display_failures_count(shelf: Path, tmp_path: Path) -> None:
    (shelf / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    assert here(shelf, cwd=tmp_path, **NO_DISPLAY).returncode == 1


def test_without_a_display_and_without_paths(tmp_path: Path) -> None:
    done = run(cwd=tmp_path, **NO_DISPLAY)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert os.listdir(tmp_path) == []


@pytest.mark.qt
def test_screenshot(shelf: Path, tmp_path: Path) -> None:
    done = run(shelf, "--screenshot", "w.png", cwd=tmp_path, **NO_DISPLAY)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "w.png").read_bytes().startswith(b"\x89PNG")


# --------------------------------------------------------------------------- wrong use


@pytest.mark.parametrize(
    "words",
    [
        ["extract"],
        ["extract", "--"],
        ["extract", "nowhere.pdf"],
        ["extract", "shelf", "-o", "no/such/folder/x.json"],
        ["extract", "shelf", "-o", "shelf"],
        ["extract", "shelf/larkspur.txt", "-o", "shelf/larkspur.txt"],
        ["extract", "shelf", "-o", "shelf/brookfield.txt"],
        ["extract", "shelf", "--text", "shelf/larkspur.txt"],
        ["extract", "shelf", "--tex", "t"],
        ["extract", ""],
        ["compare", "shelf"],
        ["compare", "-o", "x.html"],
        ["compare", "shelf", "-o", "x.doc"],
        ["compare", "shelf", "-o", "x"],
        ["compare", "shelf", "-o"],
        ["compare", "shelf", "-o", "x.html", "--as-of", "yesterday"],
        ["compare", "shelf", "-o", "x.html", "--as-of", "2026-02-30"],
        ["pack", "shelf"],
        ["pack", "shelf", "-o", "x.tar"],
        ["pack", "shelf", "-o", "no/such/folder/x.zip"],
        ["verify", "nowhere.zip"],
        ["verify", "shelf"],
        ["verify", "shelf/larkspur.txt", "--digest", "12"],
        ["diff", "shelf/larkspur.txt"],
        ["diff", "shelf", "shelf/larkspur.txt"],
        ["diff", "shelf/larkspur.txt", "nowhere.pdf"],
        ["diff", "shelf/larkspur.txt", "shelf/brookfield.txt", "-o", "x.xlsx"],
        ["diff", "shelf/larkspur.txt", "shelf/brookfield.txt", "-o", "shelf/brookfield.txt"],
        ["--no-such-option"],
        ["nowhere.pdf"],
        ["shelf", "--screenshot", "x.jpg"],
        ["--screenshot", "x.png"],
        ["-o", "x.html", "shelf"],
    ],
)
def test_wrong_use_is_a_sentence_and_two(words: list[str], shelf: Path, tmp_path: Path) -> None:
    before = sorted(path for path in tmp_path.rglob("*"))
    done = here(*words, cwd=tmp_path, **NO_DISPLAY)
    assert done.returncode == 2, done.stderr
    assert done.stderr.strip()
    assert done.stdout == ""
    assert sorted(path for path in tmp_path.rglob("*")) == before
    assert (shelf / "larkspur.txt").read_text() == POLICY


def test_nul_in_a_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "a\0b"]) == 2
    assert "NUL" in capsys.readouterr().err


def test_error_of_our_own_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from policyview import pipeline

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the wheel came off")

    monkeypatch.setattr(pipeline, "read", broken)
    assert main(["extract", str(tmp_path)]) == 3
    said = capsys.readouterr().err
    assert "RuntimeError: the wheel came off" in said
    assert said.count("\n") == 1


# --------------------------------------------------------------------------- help, version, imports


def test_help_lists_the_commands_that_exist(tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path)
    assert done.returncode == 0
    for word in ("extract", "compare", "diff", "pack", "verify", "--screenshot", "--version", "exit codes"):
        assert word in done.stdout
    for word in ("findings",):
        assert word not in done.stdout
    assert "--as-of" in here("compare", "--help", cwd=tmp_path).stdout


@pytest.mark.parametrize("words", [["--max-file-mb", "0"], ["--max-file-mb", "many"], ["--max-file-mb", "1e9"]])
def test_a_size_that_is_none(words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["extract", str(tmp_path), *words]) == 2
    assert "is not a number of megabytes" in capsys.readouterr().err


def test_the_size_limit_can_be_raised(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    make_pdf(path, [prose(1)])
    with path.open("ab") as file:
        file.truncate(3 << 20)
    out = str(tmp_path / "out.json")
    assert main(["extract", str(path), "-o", out, "--max-file-mb", "2"]) == 1
    assert "is larger than 2 MB, the limit for a document. Split it, or raise the limit with --max-file-mb." in (
        capsys.readouterr().err)
    assert main(["extract", str(path), "-o", out, "--max-file-mb", "3"]) == 0


def test_version(tmp_path: Path) -> None:
    from policyview import __version__

    assert run("--version", cwd=tmp_path).stdout == f"policyview {__version__}\n"


def modules_after(code: str, cwd: Path) -> set[str]:
    """The modules that are loaded after ``code`` has run in a fresh process."""
    ending = "\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code + ending], cwd=cwd, capture_output=True, text=True, check=True,
                          env={**os.environ, **NO_DISPLAY})  # fmt: skip
    return {name.split(".")[0] for name in done.stdout.split()}


def test_importing_the_command_line_is_light(tmp_path: Path) -> None:
    loaded = modules_after("import policyview.__main__", tmp_path)
    assert not loaded & {"PySide6", "pypdf", "pypdfium2", "argparse", "jinja2", "xlsxwriter", "rapidfuzz", "docx"}


@pytest.mark.parametrize(
    "words", [["extract", "x.txt", "-o", "x.json"], ["compare", "x.txt", "-o", "x.html"], ["x.txt"]]
)
def test_commands_import_no_qt_and_no_pdf_engine(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(POLICY)
    code = f"from policyview.__main__ import main\nassert main({words!r}) == 0"
    loaded = modules_after(f"if __name__ == '__main__':\n    {code.replace(chr(10), chr(10) + '    ')}", tmp_path)
    assert not loaded & {"PySide6", "pypdf", "pypdfium2"}


# --------------------------------------------------------------------------- two versions


SAMPLES = Path(__file__).resolve().parent.parent / "sample_docs"
VERSIONS = [SAMPLES / f"harborline-photopheresis-{year}.pdf" for year in (2025, 2026)]


def test_diff_prints_what_bears_on_coverage_first(tmp_path: Path) -> None:
    done = here("diff", *VERSIONS, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "2 changes bear on coverage, 1 not told in the newer version’s revision history." in lines
    assert "2 on coverage, 0 on evidence or administration, 5 editorial, 5 suppressed" in lines
    assert any("number changed: >= 8 week -> >= 4 week" in line for line in lines)


@pytest.mark.parametrize("name", ["changes.html", "changes.json"])
def test_diff_writes_the_same_bytes_each_time(name: str, tmp_path: Path) -> None:
    """Once in a process with workers of its own, which hash words differently."""
    first = run("diff", *VERSIONS, "-o", f"1-{name}", cwd=tmp_path)
    second = here("diff", *VERSIONS, "-o", f"2-{name}", cwd=tmp_path)
    assert first.returncode == second.returncode == 0
    assert first.stdout == ""
    assert (tmp_path / f"1-{name}").read_bytes() == (tmp_path / f"2-{name}").read_bytes()


def test_diff_of_a_file_with_itself(tmp_path: Path) -> None:
    done = here("diff", VERSIONS[0], VERSIONS[0], cwd=tmp_path)
    assert done.returncode == 0
    assert "Nothing that bears on coverage changed." in done.stdout


def test_diff_with_an_unreadable_version_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    done = here("diff", VERSIONS[0], "broken.pdf", "-o", "x.json", cwd=tmp_path)
    assert done.returncode == 1
    assert "broken.pdf is damaged" in done.stderr
    assert not (tmp_path / "x.json").exists()
