"""Workspaces among what is read: named, they give their documents; in a folder they are looked at."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest

from policyview import __main__ as command_line
from policyview import edition, pipeline
from policyview.collection import Collection
from policyview.model import Overrides
from policyview.settings import Settings
from policyview.store import Kept, Workspace
from tests.store import made

SETTINGS = Settings(workers=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workspace of two documents: the first was read by this edition, the second by another."""
    folder = tmp_path / "documents"
    folder.mkdir()
    first, second = made.readings(folder)
    path = tmp_path / "vests.policyview"
    with Workspace.make(path) as workspace:
        workspace.keep(first, Path(first.file), edition.edition(SETTINGS))
        workspace.keep(second, Path(second.file), made.EDITION)
        files = [Kept(Path(r.file).name, Path(r.file), r.document.sha256) for r in (first, second)]
        workspace.set_files([Kept("torn.pdf", Path("torn.pdf"), reason="torn.pdf is torn. Mend it."), *files])
    shutil.rmtree(folder)
    return path


def read(*paths: Path) -> Collection:
    return pipeline.run(pipeline.read(paths, SETTINGS))


def test_a_named_workspace_gives_its_documents_in_their_order(path: Path, tmp_path: Path) -> None:
    beside = tmp_path / "beside.txt"
    beside.write_text("Larkspur Health Plan\nTidal vest therapy is covered for brittle airway syndrome.\n")
    before = made.sha256(path)
    found = read(path, beside)
    assert [reading.file for reading in found.readings] == ["larkspur.txt", "quarry.md", str(beside)]
    assert "\0ffectiv\ud800" in found.readings[0].document.text, "it was read again, though this edition had read it"
    assert found.readings[1].facts.catch_all, "what another edition read is read again from the kept source"
    assert [failure.reason for failure in found.failures] == ["torn.pdf is torn. Mend it."]
    assert made.sha256(path) == before


def test_commands_take_a_workspace(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.json"
    assert command_line.main(["compare", str(path), "-o", str(target)]) == 1  # torn.pdf
    matrices = json.loads(target.read_text())["matrices"]
    assert {column["file"] for matrix in matrices for column in matrix["columns"]} == {"larkspur.txt", "quarry.md"}
    assert "torn.pdf is torn. Mend it." in capsys.readouterr().err
    assert command_line.main(["compare", str(path), "-o", str(path)]) == 2
    made_of_text = tmp_path / "notes.policyview"
    made_of_text.write_text("not a database\n")
    assert command_line.main(["extract", str(made_of_text), "-o", str(target)]) == 1
    assert f"{made_of_text} is not a workspace: its bytes are something else." in capsys.readouterr().err
    assert json.loads(target.read_text())["failures"][0]["file"] == str(made_of_text)


def test_what_a_person_said_of_versions_goes_with_the_workspace(path: Path) -> None:
    with Workspace(path) as workspace:
        sha256 = workspace.files[1].sha256
        said = Overrides().dating(sha256, "2019-01").parting(sha256, ["ff" * 32])
        workspace.set_overrides(said)
    found = read(path)
    assert found.overrides == said
    matrices = pipeline.run(pipeline.compare(found, SETTINGS, datetime.date(2026, 1, 1)))
    (column,) = [column for matrix in matrices for column in matrix.columns if column.sha256 == sha256]
    assert column.version is not None
    assert column.version.date == "2019-01"


def test_a_comparison_of_versions_takes_no_workspace(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["diff", str(path), str(path)]) == 2
    assert "Name two documents" in capsys.readouterr().err


def test_a_damaged_workspace_is_not_believed_in_part(path: Path) -> None:
    content = path.read_bytes()
    at = content.rindex(b"seasonal cough")
    path.write_bytes(content[:at] + b"S" + content[at + 1:])
    found = read(path)
    assert not found.readings
    (failure,) = found.failures
    assert failure.file == str(path)
    assert "larkspur.txt is not as it was stored" in failure.reason


def test_a_workspace_in_a_folder_is_no_document_of_it(path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tidal vest therapy is investigational for seasonal cough.\n")
    (tmp_path / "renamed.db").write_bytes(path.read_bytes())
    (tmp_path / "torn.policyview").write_bytes(path.read_bytes()[:20_000])
    (tmp_path / "zero.policyview").write_bytes(b"")
    with Workspace(tmp_path / "renamed.db"):  # that somebody has it open is no fault of the folder's
        found = read(tmp_path)
    assert [Path(reading.file).name for reading in found.readings] == ["a.txt"]
    assert [Path(failure.file).name for failure in found.failures] == ["torn.policyview", "zero.policyview"]
    skipped = [Path(name).name for name in found.skipped]
    assert sorted(skipped) == ["renamed.db", "renamed.db-holder", "vests.policyview"]


def test_the_edition_changes_with_what_reading_depends_on(tmp_path: Path) -> None:
    plain = edition.edition(SETTINGS)
    assert plain == edition.edition(Settings(workers=9))
    (tmp_path / "mine.toml").write_text('[a]\nb = "c"\n')
    own = edition.edition(Settings(lexicon_folder=tmp_path))
    (tmp_path / "mine.toml").write_text('[a]\nb = "d"\n')
    others = {edition.edition(Settings(lexicon_folder=tmp_path)), edition.edition(Settings(second_reading=True)),
              edition.edition(SETTINGS, with_units=True)}  # fmt: skip
    assert len({plain, own, *others}) == 5
