"""A folder of some hundred hostile files: each ends as it ought to, and nothing happens beside.

The folder is read once. The big and slow ones, and each problem file alone within its time and memory, are run by
hand: ``python -m pytest tests/read/hostile/by_hand.py``.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from policyview import pipeline
from policyview.collection import Collection
from policyview.export.comparison import Comparison
from policyview.export.csvfile import comparison_csv
from policyview.export.html import comparison_html
from policyview.export.jsonfile import extract_json
from policyview.export.sheet import comparison_xlsx
from policyview.settings import Settings
from tests.read.hostile import folder
from tests.read.hostile.folder import Outcome
from tests.read.hostile.kit import Ends

pytestmark = [pytest.mark.cold,
              pytest.mark.skipif(not sys.platform.startswith("linux"), reason="such names and kinds are Linux's")]
SETTINGS = Settings(workers=2)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = folder.make(tmp_path_factory.mktemp("hostile"), folder.INPUTS)
    yield made
    for locked in ("unlistable", "unreadable.pdf"):
        (made / "kinds" / locked).chmod(0o700)  # or pytest could not tidy up


@pytest.fixture(scope="module")
def sums(root: Path) -> dict[str, str]:
    """The content of every plain file before anything is read."""
    return _sums(root)


def _sums(root: Path) -> dict[str, str]:
    paths = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    small = [path for path in paths if path.stat().st_size < 1 << 20 and os.access(path, os.R_OK)]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in small}


@pytest.fixture(scope="module")
def collection(root: Path, sums: dict[str, str]) -> Collection:
    return folder.read([root], SETTINGS)


@pytest.fixture(scope="module")
def ended(collection: Collection, root: Path) -> dict[str, Outcome]:
    return folder.outcomes(collection, root)


@pytest.mark.parametrize(("name", "ends"), folder.expected(folder.INPUTS).items(), ids=lambda value: ascii(value)[:40])
def test_each_file_ends_as_it_ought_to(name: str, ends: Ends, ended: dict[str, Outcome]) -> None:
    assert ended[name].meets(ends), ended[name]


def test_all_files_are_accounted_for(root: Path, ended: dict[str, Outcome]) -> None:
    unsearched = {name for name in ended if (root / name).is_dir()}
    assert sorted(set(ended) - unsearched) == sorted(folder.files_in(root))


def test_words_on_a_page_of_absurd_size_are_not_called_invisible(ended: dict[str, Outcome]) -> None:
    assert not [reason for reason in ended["huge_page.pdf"].reasons if "not visible" in reason]


def test_nothing_was_changed_or_written(root: Path, sums: dict[str, str], collection: Collection) -> None:
    assert _sums(root) == sums
    assert not [path for path in (root.parent, *root.parents) if (path / "evil.txt").exists()]


# --------------------------------------------------------------------------- what is handed out


@pytest.fixture(scope="module")
def comparison(collection: Collection) -> Comparison:
    day = datetime.date(2026, 11, 21)
    return Comparison(collection, pipeline.aligned(None, day, None, collection.readings), day)


def test_losses_failures_and_skipped_files_stand_in_the_json(collection: Collection) -> None:
    told = json.loads(extract_json(collection).encode())
    losses = {document["file"].rsplit("/", 1)[-1]: document["losses"] for document in told["documents"]}
    assert [loss["page"] for loss in losses["scanned_only.pdf"]] == [1, 2, 3]
    assert len(told["failures"]) == len(collection.failures)
    assert len(told["skipped"]) == len(collection.skipped)
    encodings = {d["file"].rsplit("/", 1)[-1]: d["info"].get("Encoding") for d in told["documents"]}
    assert (encodings["latin1.txt"], encodings["charset_lie.html"]) == ("windows-1252", "utf-8")
    assert any("owner password" in d["info"].get("Protection", "") for d in told["documents"])


def test_a_deceiving_text_is_shown_as_what_it_is_and_kept_as_it_is(collection: Collection) -> None:
    (bidi,) = (reading for reading in collection.readings if reading.file.endswith("bidi.txt"))
    assert bidi.document.text.startswith("Coverage is \u202etiton\u202c provided.\nnot\u200bcovered")
    assert {loss.reason.split(" (")[0] for loss in bidi.losses} >= {
        "The text holds characters that turn the direction of writing",
        "The text holds characters within words that nobody sees", "The text holds Cyrillic letters within words"}


def test_the_report_holds_no_markup_of_a_document_and_one_line_names(comparison: Comparison) -> None:
    page = comparison_html(comparison)
    assert "new␊line.pdf" in page
    assert "rtl_‹RLO›fdp.exe.pdf" in page
    assert "&lt;b&gt;bold&lt;/b&gt; &amp;" in page
    assert "bad\\xff\\xfebytes.pdf" in page
    assert "scanned: no text layer; the page image is shown" in page
    for forbidden in ("<b>bold", "<img", "<script", "<iframe", "\u202e", "href=\"file:", "href=\"http", "src=\"http"):
        assert forbidden not in page


def test_no_cell_of_a_sheet_is_a_formula(comparison: Comparison) -> None:
    book = openpyxl.load_workbook(io.BytesIO(comparison_xlsx(comparison)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    names = [row[0].value for row in book["Sources"].iter_rows()]
    assert any(str(name).endswith("=cmd|'C calc'!A0.pdf") for name in names)
    assert not [row for row in csv.reader(io.StringIO(comparison_csv(comparison)[1:]))
                if any(field.startswith(("=", "+", "-", "@")) for field in row)]
