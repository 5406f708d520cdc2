"""Web pages: visible text, printed in lines."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from policyview import read
from policyview.model import Document


def read_page(folder: Path, body: str, name: str = "a.html") -> Document:
    path = folder / name
    head = "<!DOCTYPE html><html><head><title>Wing &amp; tail</title></head>"
    path.write_text(f"{head}<body>{body}</body></html>", "utf-8")
    return read.document(path)


def words(document: Document) -> list[str]:
    return [document.text[line.start:line.end] for line in document.lines]


def test_blocks_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    document = read_page(tmp_path, "<div>One <i>two</i>\n three<div>four</div>five<br>six</div><p>seven&nbsp;8</p>")
    assert words(document) == ["One two three", "four", "five", "six", "seven\xa08"]
    assert dict(document.info)["Title"] == "Wing & tail"


def test_nothing_unseen(tmp_path: Path) -> None:
    document = read_page(tmp_path, """<script>var wing</script><style>p {}</style><!-- note --><noscript>no</noscript>
        <p hidden>no</p><p style="color: red; DISPLAY:none">no</p><template>no</template><svg><text>no</text></svg>
        <p>Wings <del>are</del> not</p>""")
    assert words(document) == ["Wings not"]
    said = "What is struck out was left out, for it no longer counts: 1 passage."
    assert [loss.reason for loss in document.losses] == [said]


def test_headings_and_type(tmp_path: Path) -> None:
    document = read_page(tmp_path, "<h1>Wing</h1><h3>Bent <b>wing</b></h3><p><b>All</b> <strong>bold</strong></p>"
                                   "<p><b>Part</b> bold</p><p><em>Slanted</em></p>")
    assert [(line.heading, line.bold, line.italic) for line in document.lines] == [
        (1, False, False), (3, False, False), (0, True, False), (0, False, False), (0, False, True)]


def test_lists_print_their_labels(tmp_path: Path) -> None:
    document = read_page(tmp_path, """<ul><li>one</li><li>two<ol type="a" start="3"><li>c</li><li value="9"><p>i</p>
        <p>more</p></li></ol></li></ul><ol><li>first</li><li>second</li></ol><ol type="I"><li>x<li>y</ol>""")
    assert words(document) == ["• one", "• two", "    c. c", "    i. i", "      more", "1. first", "2. second",
                               "I. x", "II. y"]
    assert [line.x for line in document.lines] == [0, 0, 20, 20, 30, 0, 0, 0, 0]


def test_table_rows_are_lines_of_cells(tmp_path: Path) -> None:
    document = read_page(tmp_path, """<table><tr><th>Code</th><th>Wing</th><th>Rule</th></tr>
        <tr><td>W1</td><td></td><td>covered <ul><li>left</li></ul></td></tr>
        <tr><td colspan="2">W2 and W3</td><td>not</td></tr></table>""")
    rows = [[document.text[a:b] for a, b, _ in line.cells] for line in document.lines]
    assert rows == [["Code", "Wing", "Rule"], ["W1", "", "covered • left"], ["W2 and W3", "not"]]
    assert [line.bold for line in document.lines] == [True, False, False]
    assert document.lines[2].cells[1][2] == document.lines[1].cells[2][2]
    assert words(document)[0] == "Code\tWing\tRule"


def test_a_layout_table_is_no_table(tmp_path: Path) -> None:
    document = read_page(tmp_path, "<table><tr><td>Menu</td><td><h2>Wings</h2><p>are covered.</p></td></tr></table>")
    assert words(document) == ["Menu", "Wings", "are covered."]
    assert [line.heading for line in document.lines] == [0, 2, 0]


def test_preformatted_text_keeps_its_lines(tmp_path: Path) -> None:
    assert words(read_page(tmp_path, "<pre>one\n  two</pre>")) == ["one", "two"]


@pytest.mark.parametrize(("said", "encoding"), [("windows-1252", "utf-8"), ("windows-1252", "windows-1252"),
                                                ("iso-8859-2", "iso-8859-2")])
def test_encodings(tmp_path: Path, said: str, encoding: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(f'<html><head><meta charset="{said}"></head><body><p>Größe</p></body></html>'.encode(encoding))
    document = read.document(path)
    assert words(document) == ["Größe"]
    assert dict(document.info)["Encoding"] == encoding


def test_deep_nesting_is_read_in_a_moment(tmp_path: Path) -> None:
    started = time.monotonic()
    assert words(read_page(tmp_path, "<div>" * 50_000 + "Wings")) == ["Wings"]
    assert time.monotonic() - started < 3


def test_offsets_hold_over_pieces(tmp_path: Path) -> None:
    paragraphs = (f"<p>Wing {k} is covered for all members of the plan.</p>" for k in range(9_000))
    document = read_page(tmp_path, "".join(paragraphs))
    assert len(document.lines) == 9_000
    assert words(document)[-1] == "Wing 8999 is covered for all members of the plan."
