"""Bytes decide the type of a file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from policyview import read
from policyview.errors import FileError
from policyview.read import formats
from tests.read.made import make_pdf, prose

WEB_PAGE = b"<!DOCTYPE html><html><body><p>Wings are covered.</p></body></html>"


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("a.html", WEB_PAGE, formats.HTML),
    ("a.html", b"<p>Wings are covered.</p>", formats.HTML),
    ("a.txt", b"Wings are covered.", formats.PLAIN),
    ("a.log", b"Wings are covered.", formats.PLAIN),
    ("a.MD", b"# Wings", formats.MARKDOWN),
    ("a.txt", b"The mark %PDF- opens a PDF file, wings do not.", formats.PLAIN),
    ("a.txt", b"Compare <p> with <html-like> marks", formats.PLAIN),
])
def test_types_without_surprise(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = written(tmp_path / name, content)
    assert formats.media_type(path, name) == (expected, None)


@pytest.mark.parametrize(("name", "content", "expected", "called"), [
    ("a.pdf", WEB_PAGE, formats.HTML, "web page"),
    ("a.pdf", b"Wings are covered.", formats.PLAIN, "plain text"),
    ("a.txt", WEB_PAGE, formats.HTML, "web page"),
    ("a.docx", b"Wings are covered.", formats.PLAIN, "plain text"),
])
def test_where_name_and_bytes_disagree_the_document_says_so(
    tmp_path: Path, name: str, content: bytes, expected: str, called: str
) -> None:
    document = read.document(written(tmp_path / name, content))
    assert document.media_type == expected
    assert "Wings are covered." in document.text
    (loss,) = document.losses
    assert called in loss.reason
    assert Path(name).suffix in loss.reason


def test_a_pdf_under_another_name_or_none(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1)])
    for name in ("noending", "wing.TXT"):
        document = read.document(written(tmp_path / name, path.read_bytes()))
        assert document.media_type == formats.PDF
        assert [loss.reason for loss in document.losses] == (
            [] if name == "noending" else ["The name ends in .TXT, but the bytes are a PDF; it was read as such."])


def test_junk_before_a_pdf(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1)])
    assert formats.type_by_bytes(written(tmp_path / "b.pdf", b"\x00junk\xff" * 20 + path.read_bytes())) == formats.PDF


def test_a_whole_pdf_behind_a_web_page_is_one_pdf(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1)])
    both = written(tmp_path / "b.pdf", WEB_PAGE + b"\n" + path.read_bytes())
    assert formats.type_by_bytes(both) == formats.PDF
    assert "covered, line 1" in read.document(both).text


def test_a_zip_without_words_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(FileError, match="ZIP archive that holds no Word text"):
        read.document(tmp_path / "a.docx")
